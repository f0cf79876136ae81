//! Tables of rules and the starts they give. Times are written as in iCalendar.

use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;

use super::{Expansion, Recurrence, Rule, RuleError};

mod corpus;
mod differential;
mod hostile;
mod parts;
mod properties;
mod rfc;
mod series;
mod text;
mod words;

/// `19970902T090000`, or a date alone for midnight.
fn at(text: &str) -> NaiveDateTime {
    let date = |text: &str| NaiveDate::parse_from_str(text, "%Y%m%d").unwrap();
    match text.split_once('T') {
        Some(_) => NaiveDateTime::parse_from_str(text, "%Y%m%dT%H%M%S").unwrap(),
        None => date(text).and_hms_opt(0, 0, 0).unwrap(),
    }
}

fn rule(text: &str) -> Rule {
    Rule::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// A series of a rule alone.
fn series(text: &str) -> Recurrence {
    Recurrence {
        rule: Some(rule(text)),
        ..Recurrence::default()
    }
}

/// The first `limit` starts of the rule itself.
fn first(text: &str, start: NaiveDateTime, limit: usize) -> Expansion {
    rule(text).starts(
        start,
        Tz::UTC,
        NaiveDateTime::MIN,
        NaiveDateTime::MAX,
        limit,
    )
}

fn written(starts: &[NaiveDateTime]) -> Vec<String> {
    starts
        .iter()
        .map(|start| start.format("%Y%m%dT%H%M%S").to_string())
        .collect()
}

/// The rule gives exactly these starts, or begins with them where `expected` ends in "...". A day
/// or time in `expected` that is left out is the one before.
#[track_caller]
fn check(text: &str, start: &str, expected: &str) {
    let (expected, open) = expected
        .strip_suffix("...")
        .map_or((expected, false), |listed| (listed, true));
    let expected = listed(expected, at(start));
    let limit = expected.len() + usize::from(!open);
    assert_eq!(
        written(&first(text, at(start), limit).starts),
        written(&expected),
        "{text} from {start}"
    );
}

/// Reads "19970902 04 11 1001 19980105T0915 T10": of each entry, what is not written is as in the
/// one before, for the first as in `start`.
fn listed(text: &str, start: NaiveDateTime) -> Vec<NaiveDateTime> {
    let mut last = start.format("%Y%m%dT%H%M%S").to_string();
    let mut read = |entry: &str| {
        let (date, time) = entry.split_once('T').unwrap_or((entry, ""));
        last = format!(
            "{}{date}T{time}{}",
            &last[..8 - date.len()],
            &last[9 + time.len()..]
        );
        at(&last)
    };
    text.split_whitespace().map(&mut read).collect()
}
