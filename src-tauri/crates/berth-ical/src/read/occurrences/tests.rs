use chrono::NaiveDateTime;

use super::{Edge, Occurrences, occurrences};
use crate::document::{Document, parse};
use crate::limits::Limits;

fn document(text: &str) -> Document {
    let text = format!("BEGIN:VCALENDAR|{text}|END:VCALENDAR").replace('|', "\r\n");
    parse(text.as_bytes(), &Limits::default()).unwrap()
}

fn wall(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").unwrap()
}

fn september(text: &str) -> Occurrences {
    let edge = |text| Edge::Wall(wall(text));
    occurrences(
        &document(text),
        edge("2026-09-01T00:00"),
        edge("2026-10-01T00:00"),
        1000,
    )
}

fn event(lines: &str) -> String {
    format!("BEGIN:VEVENT|UID:a|{lines}|END:VEVENT")
}

/// Start and end of each, with the start that the rule gave where that is another one.
fn check(text: &str, expected: &[&str]) {
    let found = september(text);
    assert!(!found.truncated);
    let shown: Vec<String> = found
        .found
        .iter()
        .map(|one| {
            let moved = one
                .recurrence_id
                .filter(|id| *id != one.start)
                .map(|id| format!(" for {id}"));
            format!("{} {}{}", one.start, one.end, moved.unwrap_or_default())
        })
        .collect();
    assert_eq!(shown, expected, "{text}");
}

#[test]
fn kinds() {
    let kinds = |lines: &str| {
        let found = september(&event(lines)).found.remove(0);
        format!(
            "{} {} {} {}",
            found.kind.name(),
            found.zone.unwrap_or_default(),
            found.start,
            found.end
        )
    };
    for (lines, expected) in [
        ("DTSTART;VALUE=DATE:20260917", "date  2026-09-17 2026-09-18"),
        (
            "DTSTART:20260917T090000|DURATION:PT2H",
            "floating  2026-09-17T09:00:00 2026-09-17T11:00:00",
        ),
        (
            "DTSTART:20260917T090000Z|DURATION:PT2H",
            "utc UTC 2026-09-17T09:00:00Z 2026-09-17T11:00:00Z",
        ),
        (
            "DTSTART;TZID=W. Europe Standard Time:20260917T090000|DTEND:20260917T110000Z",
            "zoned Europe/Berlin 2026-09-17T07:00:00Z 2026-09-17T11:00:00Z",
        ),
        (
            "DTSTART;TZID=Nowhere:20260917T090000",
            "floating  2026-09-17T09:00:00 2026-09-17T09:00:00",
        ),
        (
            "DTSTART;VALUE=DATE;TZID=Europe/Berlin:20260917",
            "zoned Europe/Berlin 2026-09-16T22:00:00Z 2026-09-17T22:00:00Z",
        ),
        (
            "DTSTART:20260917|DTEND:20260917T020000",
            "floating  2026-09-17T00:00:00 2026-09-17T02:00:00",
        ),
    ] {
        assert_eq!(kinds(lines), expected, "{lines}");
    }
}

#[test]
fn all_that_repeats() {
    let start = "DTSTART:20260917T090000Z|DURATION:PT1H";
    check(
        &event(&format!("{start}|RRULE:FREQ=HOURLY;INTERVAL=5;COUNT=3")),
        &[
            "2026-09-17T09:00:00Z 2026-09-17T10:00:00Z",
            "2026-09-17T14:00:00Z 2026-09-17T15:00:00Z",
            "2026-09-17T19:00:00Z 2026-09-17T20:00:00Z",
        ],
    );
    check(
        &event(&format!(
            "{start}|RRULE:FREQ=DAILY;COUNT=2|RRULE:FREQ=WEEKLY;COUNT=2"
        )),
        &[
            "2026-09-17T09:00:00Z 2026-09-17T10:00:00Z",
            "2026-09-18T09:00:00Z 2026-09-18T10:00:00Z",
            "2026-09-24T09:00:00Z 2026-09-24T10:00:00Z",
        ],
    );
    check(
        &event(&format!(
            "{start}|RDATE;VALUE=PERIOD:20260918T080000Z/PT3H,20260919/20260920|EXDATE:20260917T090000Z"
        )),
        &[
            "2026-09-18T08:00:00Z 2026-09-18T11:00:00Z",
            "2026-09-19T00:00:00Z 2026-09-20T00:00:00Z",
        ],
    );
}

#[test]
fn exceptions_in_any_form() {
    let series = "DTSTART;TZID=Europe/Berlin:20260917T090000|RRULE:FREQ=DAILY;COUNT=2";
    for exception in [
        "EXDATE;TZID=Europe/Berlin:20260917T090000",
        "EXDATE:20260917T070000Z",
        "EXDATE:20260917T090000",
        "EXDATE;VALUE=DATE:20260917",
        "EXDATE;TZID=America/New_York:20260917T030000",
    ] {
        check(
            &event(&format!("{series}|{exception}")),
            &["2026-09-18T07:00:00Z 2026-09-18T07:00:00Z"],
        );
    }
}

#[test]
fn changes_of_one_and_of_all_later() {
    let series =
        event("DTSTART;TZID=Europe/Berlin:20260914T090000|DURATION:PT1H|RRULE:FREQ=DAILY;COUNT=4");
    let change = |params: &str| {
        event(&format!(
            "RECURRENCE-ID{params}:20260915T070000Z|DTSTART;TZID=Europe/Berlin:20260915T110000|DURATION:PT2H"
        ))
    };
    check(
        &format!("{series}|{}", change("")),
        &[
            "2026-09-14T07:00:00Z 2026-09-14T08:00:00Z",
            "2026-09-15T09:00:00Z 2026-09-15T11:00:00Z for 2026-09-15T07:00:00Z",
            "2026-09-16T07:00:00Z 2026-09-16T08:00:00Z",
            "2026-09-17T07:00:00Z 2026-09-17T08:00:00Z",
        ],
    );
    check(
        &format!("{series}|{}", change(";RANGE=THISANDFUTURE")),
        &[
            "2026-09-14T07:00:00Z 2026-09-14T08:00:00Z",
            "2026-09-15T09:00:00Z 2026-09-15T11:00:00Z for 2026-09-15T07:00:00Z",
            "2026-09-16T09:00:00Z 2026-09-16T11:00:00Z for 2026-09-16T07:00:00Z",
            "2026-09-17T09:00:00Z 2026-09-17T11:00:00Z for 2026-09-17T07:00:00Z",
        ],
    );
}

#[test]
fn the_rules_of_the_file_are_those_of_its_zone() {
    let zone = "BEGIN:VTIMEZONE|TZID:Ship|BEGIN:STANDARD|DTSTART:16010101T000000|TZOFFSETFROM:+0245|TZOFFSETTO:+0245|END:STANDARD|END:VTIMEZONE";
    let series = event("DTSTART;TZID=Ship:20260917T090000|RRULE:FREQ=DAILY;UNTIL=20260918T061500Z");
    check(
        &format!("{zone}|{series}"),
        &[
            "2026-09-17T06:15:00Z 2026-09-17T06:15:00Z",
            "2026-09-18T06:15:00Z 2026-09-18T06:15:00Z",
        ],
    );
    let unnamed = event("DTSTART;TZID=Customized Time Zone:20260917T090000");
    let berlin = zone
        .replace("Ship", "W. Europe Standard Time")
        .replace("+0245", "+0100");
    check(
        &format!("{berlin}|{unnamed}"),
        &["2026-09-17T08:00:00Z 2026-09-17T08:00:00Z"],
    );
}

#[test]
fn what_cannot_be_read_has_no_occurrences_but_a_line() {
    let start = "DTSTART:20260917T090000Z";
    for wrong in [
        "RRULE:FREQ=OFTEN",
        "DTEND:None",
        "DURATION:an hour",
        "DURATION:PT1W",
        "DURATION:-PT1H",
    ] {
        let found = september(&event(&format!("{start}|{wrong}")));
        assert_eq!((found.found.len(), found.unknown), (0, vec![2]), "{wrong}");
    }
    assert_eq!(
        september(&event("SUMMARY:no start")),
        Occurrences::default()
    );
}

#[test]
fn the_work_is_bounded() {
    let series = document(&event("DTSTART:19000101T000000Z|RRULE:FREQ=SECONDLY"));
    let edge = |text| Edge::Wall(wall(text));
    let found = occurrences(
        &series,
        edge("2026-09-01T00:00"),
        edge("2036-09-01T00:00"),
        500,
    );
    assert_eq!((found.found.len(), found.truncated), (500, true));
    assert_eq!(found.found[0].start.to_string(), "2026-09-01T00:00:00Z");
}
