//! The expectations of three other projects, read where they lie beside the checkout.

use std::io::Write;
use std::path::Path;

use chrono_tz::Tz;
use serde_json::Value;

use super::{Rule, at, written};

/// Rows of valid rules where Berth differs on purpose: suite, rule, reason.
const DIFFERENT: [(&str, &str, &str); 5] = [
    ("dateutil", "FREQ=YEARLY;COUNT=3;BYWEEKNO=20", SEVEN_DAYS),
    ("rrule.js", "FREQ=YEARLY;COUNT=3;BYWEEKNO=20", SEVEN_DAYS),
    ("php-rrule", "FREQ=YEARLY;COUNT=3;BYWEEKNO=20", SEVEN_DAYS),
    (
        "php-rrule",
        "FREQ=DAILY;COUNT=3;BYHOUR=6,18;BYMINUTE=15,45;BYSETPOS=3,-3",
        OTHER_START,
    ),
    (
        "php-rrule",
        "FREQ=SECONDLY;COUNT=3;BYSECOND=0;BYMINUTE=1",
        OTHER_START,
    ),
];

const OTHER_START: &str =
    "the row expects what another DTSTART would give (09:00, and 22 March 2010)";
const SEVEN_DAYS: &str =
    "a week without BYDAY is its day of DTSTART (RFC 5545, 3.3.10), not all seven";

fn rows() -> Option<Vec<Value>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../../shared/corpus/recurrence-rules.jsonl");
    let text = std::fs::read_to_string(path).ok()?;
    Some(
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect(),
    )
}

fn text<'r>(row: &'r Value, name: &str) -> &'r str {
    row[name].as_str().unwrap()
}

/// Whether Berth gives the starts that a row expects: all, where it says that these are all.
fn agrees(row: &Value) -> bool {
    let expected: Vec<&str> = row["expected"]
        .as_array()
        .unwrap()
        .iter()
        .map(|start| start.as_str().unwrap())
        .collect();
    let Ok(rule) = Rule::parse(text(row, "rrule")) else {
        return false;
    };
    let start = at(text(row, "dtstart"));
    let complete = row["complete"] == true;
    let limit = expected.len() + usize::from(complete);
    let (from, to) = (chrono::NaiveDateTime::MIN, chrono::NaiveDateTime::MAX);
    written(&rule.starts(start, Tz::UTC, from, to, limit).starts) == expected
}

fn share<'r>(rows: impl Iterator<Item = &'r Value> + Clone) -> String {
    let (all, same) = (rows.clone().count(), rows.filter(|row| agrees(row)).count());
    format!(
        "{same} of {all} ({:.2} %)",
        100.0 * same as f64 / all as f64
    )
}

#[test]
fn other_projects_expect_the_same() {
    let Some(rows) = rows() else {
        eprintln!("the corpus of recurrence rules is not here: nothing compared");
        return;
    };
    let valid = || {
        rows.iter()
            .filter(|row| row["rfc_violations"].as_array().unwrap().is_empty())
    };
    let others = rows
        .iter()
        .filter(|row| !row["rfc_violations"].as_array().unwrap().is_empty());
    // Past the test harness, which keeps the output of tests that pass to itself.
    let _ = writeln!(
        std::io::stderr(),
        "\nvalid rules: {}; what RFC 5545 does not allow: {}",
        share(valid()),
        share(others)
    );
    let mut different: Vec<_> = valid()
        .filter(|row| !agrees(row))
        .map(|row| (text(row, "suite"), text(row, "rrule")))
        .collect();
    different.sort_unstable();
    different.dedup();
    let mut known = DIFFERENT.map(|(suite, rule, reason)| {
        eprintln!("{suite} differs on {rule}: {reason}");
        (suite, rule)
    });
    known.sort_unstable();
    assert_eq!(different, known);
}
