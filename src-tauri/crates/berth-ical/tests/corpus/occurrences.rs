//! Where each event of a real file takes place, against a second opinion that another program gave.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use berth_ical::{Document, Edge, Limits, Mark, occurrences, parse};
use chrono::{NaiveDate, NaiveTime};
use serde_json::Value;

use crate::manifest::{folder, say};

/// UID (nothing where the file has none) and start: `D` and a date, `F` and a wall time, `U` and a time in UTC.
type Starts = BTreeSet<(String, String)>;

fn edge(record: &Value, name: &str) -> Edge {
    let day = NaiveDate::parse_from_str(record[name].as_str().unwrap(), "%Y%m%d").unwrap();
    Edge::Wall(day.and_time(NaiveTime::MIN))
}

fn label(start: Mark) -> String {
    match start {
        Mark::Date(date) => date.format("D%Y%m%d").to_string(),
        Mark::Floating(wall) => wall.format("F%Y%m%dT%H%M%S").to_string(),
        Mark::Instant(at) => at.utc().format("U%Y%m%dT%H%M%S").to_string(),
    }
}

fn starts(document: &Document, record: &Value) -> Starts {
    let found = occurrences(document, edge(record, "lo"), edge(record, "hi"), 100_000);
    assert!(!found.truncated, "{}", record["path"]);
    found
        .found
        .into_iter()
        .map(|one| (one.uid, label(one.start)))
        .collect()
}

fn expected(record: &Value) -> Starts {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    record["occ"]
        .as_array()
        .unwrap()
        .iter()
        .map(|pair| (text(&pair[0]), text(&pair[1])))
        .collect()
}

/// Files where Berth and the other program differ, and why.
const DIFFERENT: [(&str, &str); 13] = [
    (
        "collective+icalendar/src/icalendar/tests/calendars/issue_165_missing_event.ics",
        "spaces in BYDAY: against the RFC, but understood; the other program drops the event",
    ),
    (
        "fullcalendar+fullcalendar/packages/vanilla-tests/manual/ics/feed.ics",
        "two versions of one UID: by RFC 5546, 2.1.5 the later DTSTAMP counts, the other program takes the first",
    ),
    (
        "ical-org+ical.net/Ical.Net.Tests/Calendars/Recurrence/HourlyInterval1.ics",
        BEFORE_GAP,
    ),
    (
        "rianjs+ical.net/src/Ical.Net.CoreUnitTests/Calendars/Recurrence/HourlyInterval1.ics",
        BEFORE_GAP,
    ),
    (
        "kewisch+ical.js/samples/google_birthday.ics",
        "RDATE:20131210Z is no date by the RFC, but understood; the other program drops the event",
    ),
    (
        "py-vobject+vobject/test_files/vobject_0050.ics",
        "DTEND and DURATION together, which the RFC forbids, but which agree; the other program drops the event",
    ),
    (
        "rianjs+ical.net/src/Ical.Net.CoreUnitTests/Calendars/Recurrence/YearlyByWeekNo2.ics",
        SEVEN_DAYS,
    ),
    (
        "rianjs+ical.net/src/Ical.Net.CoreUnitTests/Calendars/Recurrence/YearlyByWeekNo3.ics",
        SEVEN_DAYS,
    ),
    (
        "stalwartlabs+calcard/resources/ical/006.ics",
        "names that Windows shows, without a VTIMEZONE: the RFC says nothing; Berth knows them",
    ),
    (
        "stalwartlabs+calcard/resources/ical/009.ics",
        "a zone that is nowhere described: floating is all the RFC leaves; the other program has an offset from another file",
    ),
    (
        "stalwartlabs+calcard/resources/ical/010.ics",
        "the file describes the zone, and Berth follows it; the other program has an offset from another file",
    ),
    (
        "stalwartlabs+calcard/resources/ical/021.ics",
        "a name that Windows shows; the other program takes the zone of the end for the start",
    ),
    (
        "stalwartlabs+calcard/resources/ical/041.ics",
        "the TZID begins with a space, and so does its VTIMEZONE; Berth follows it, as the RFC says",
    ),
];

const BEFORE_GAP: &str =
    "01:00 on the morning of the spring gap is before it, so still standard time: Berth is right";
const SEVEN_DAYS: &str =
    "a week without BYDAY is its day of DTSTART (RFC 5545, 3.3.10), not all seven: Berth is right";

/// Of a hundred files, so many at least take place at the same times.
const IDENTICAL: usize = 97;

#[test]
fn files_take_place_when_another_program_says() {
    let Some(folder) = folder() else { return };
    let records = fs::read_to_string(folder.join("occurrences.jsonl")).unwrap();
    let (mut all, mut different) = (0, BTreeMap::new());
    for record in records.lines() {
        let record: Value = serde_json::from_str(record).unwrap();
        let path = record["path"].as_str().unwrap();
        let document = parse(fs::read(folder.join(path)).unwrap(), &Limits::raised()).unwrap();
        let (ours, theirs) = (starts(&document, &record), expected(&record));
        all += 1;
        if ours != theirs {
            let extra: Vec<_> = ours.difference(&theirs).take(3).collect();
            let missing: Vec<_> = theirs.difference(&ours).take(3).collect();
            let path = path.trim_start_matches("ics/").to_owned();
            different.insert(path, format!("missing {missing:?}, extra {extra:?}"));
        }
    }
    let same = all - different.len();
    let reasons = DIFFERENT.map(|(path, reason)| format!("  {path}: {reason}"));
    say(&format!(
        "{same} of {all} files take place at the same times; the others:\n{}",
        reasons.join("\n")
    ));
    let known: BTreeSet<&str> = DIFFERENT.iter().map(|(path, _)| *path).collect();
    let found: BTreeSet<&str> = different.keys().map(String::as_str).collect();
    assert_eq!(found, known, "{different:#?}");
    assert!(same * 100 >= IDENTICAL * all, "{same} of {all}");
}
