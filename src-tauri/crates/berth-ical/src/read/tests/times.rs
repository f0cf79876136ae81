//! DTSTART, DTEND, DURATION and zones.

use chrono_tz::Tz;

use super::{calendar, check, events, lines};

/// What one event with these lines is, in the zone of Berlin.
fn at(lines: &str, expected: &str) {
    check(
        &[&format!("UID:1|{lines}")],
        &[&format!("1 {expected}")],
        &[],
    );
}

fn wrong(lines: &str, expected: &str, issue: &str) {
    check(
        &[&format!("UID:1|{lines}")],
        &[&format!("1 {expected}")],
        &[issue],
    );
}

#[test]
fn timed() {
    at(
        "DTSTART:20260917T070000Z|DTEND:20260917T080000Z",
        "2026-09-17 07:00–2026-09-17 08:00 UTC",
    );
    at(
        "DTSTART;TZID=Europe/Berlin:20260917T090000|DTEND;TZID=Europe/Berlin:20260917T100000",
        "2026-09-17 09:00–2026-09-17 10:00 Europe/Berlin",
    );
    at(
        "DTSTART;TZID=Europe/Berlin:20260917T090000",
        "2026-09-17 09:00–2026-09-17 09:00 Europe/Berlin",
    );
    // The end in another zone, in UTC, in none.
    at(
        "DTSTART;TZID=Europe/Berlin:20260917T090000|DTEND;TZID=America/New_York:20260917T050000",
        "2026-09-17 09:00–2026-09-17 11:00 Europe/Berlin",
    );
    at(
        "DTSTART;TZID=Europe/Berlin:20260917T090000|DTEND:20260917T090000Z",
        "2026-09-17 09:00–2026-09-17 11:00 Europe/Berlin",
    );
    at(
        "DTSTART;TZID=Europe/Berlin:20260917T090000|DTEND:20260917T110000",
        "2026-09-17 09:00–2026-09-17 11:00 Europe/Berlin",
    );
    at(
        "DTSTART;TZID=Europe/Berlin:20260917T090000|DTEND;VALUE=DATE:20260918",
        "2026-09-17 09:00–2026-09-18 00:00 Europe/Berlin",
    );
    at(
        "DTSTART;VALUE=DATE:20260917T090000|DTEND;VALUE=DATE:20260917T100000",
        "2026-09-17 09:00–2026-09-17 10:00 Europe/Berlin | floating",
    );
}

#[test]
fn floating_times_take_the_zone_of_the_calendar_else_that_of_the_environment() {
    at(
        "DTSTART:20260917T090000|DTEND:20260917T100000",
        "2026-09-17 09:00–2026-09-17 10:00 Europe/Berlin | floating",
    );
    let own = calendar(b"BEGIN:VCALENDAR\nX-WR-TIMEZONE:Eastern Standard Time\nBEGIN:VEVENT\nUID:1\nDTSTART:20260917T090000\nEND:VEVENT\nEND:VCALENDAR");
    assert_eq!(
        lines(&own),
        ["1 2026-09-17 09:00–2026-09-17 09:00 America/New_York | floating | "]
    );
    assert_eq!(
        (own.zone, own.floating, own.floating_zone),
        (Some(Tz::America__New_York), 1, Tz::America__New_York)
    );
    wrong(
        "DTSTART;TZID=Nowhere/Middle:20260917T090000",
        "2026-09-17 09:00–2026-09-17 09:00 Europe/Berlin | floating",
        "line 4: the zone \u{201c}Nowhere/Middle\u{201d}: it is not known; its times were read in Europe/Berlin",
    );
}

#[test]
fn all_day() {
    at("DTSTART;VALUE=DATE:20260917", "2026-09-17–2026-09-18");
    at("DTSTART:20260917|DTEND:20260919", "2026-09-17–2026-09-19");
    at(
        "DTSTART;VALUE=DATE:20260917|DTEND;VALUE=DATE:20260917",
        "2026-09-17–2026-09-18",
    );
    at(
        "DTSTART;VALUE=DATE:20260917|DURATION:P2D",
        "2026-09-17–2026-09-19",
    );
    at(
        "DTSTART;VALUE=DATE:20260917|DURATION:PT12H",
        "2026-09-17–2026-09-18",
    );
    at(
        "DTSTART;VALUE=DATE:20260917|DTEND:20260918T120000Z",
        "2026-09-17–2026-09-19",
    );
    at(
        "DTSTART;VALUE=DATE:20260917|DTEND:20260918T000000Z",
        "2026-09-17–2026-09-18",
    );
    let free = events(&[
        "UID:1|DTSTART;VALUE=DATE:20260917|TRANSP:TRANSPARENT",
        "UID:2|DTSTART;VALUE=DATE:20260917",
    ]);
    assert_eq!(
        free.events
            .iter()
            .map(super::Event::is_free_all_day)
            .collect::<Vec<_>>(),
        [true, false]
    );
}

/// Days are counted on the calendar, hours on the clock: in Berlin 24 October 2026 is followed by a
/// day of 25 hours, and 28 March by one of 23.
#[test]
fn durations_around_a_clock_change() {
    at(
        "DTSTART;TZID=Europe/Berlin:20261024T120000|DURATION:P1D",
        "2026-10-24 12:00–2026-10-25 12:00 Europe/Berlin",
    );
    at(
        "DTSTART;TZID=Europe/Berlin:20261024T120000|DURATION:PT24H",
        "2026-10-24 12:00–2026-10-25 11:00 Europe/Berlin",
    );
    at(
        "DTSTART;TZID=Europe/Berlin:20260328T120000|DURATION:PT24H",
        "2026-03-28 12:00–2026-03-29 13:00 Europe/Berlin",
    );
    // It ends at 02:30 the second time, which only UTC can say.
    at(
        "DTSTART;TZID=Europe/Berlin:20261025T003000|DURATION:PT3H",
        "2026-10-24 22:30–2026-10-25 01:30 UTC",
    );
    at(
        "DTSTART;TZID=Europe/Berlin:20261025T003000|DURATION:PT2H",
        "2026-10-25 00:30–2026-10-25 02:30 Europe/Berlin",
    );
}

#[test]
fn what_cannot_be_taken_says_why() {
    at(
        "SUMMARY:x",
        "(it has no start (DTSTART); add one in the program it comes from) | x",
    );
    at(
        "DTSTART:soon",
        "(its start \u{201c}soon\u{201d} is not a date or time; correct it in the program it comes from)",
    );
    let backwards = "it ends (2026-09-17T06:00:00Z) before it starts (2026-09-17T07:00:00Z); correct its end in the program it comes from";
    at(
        "DTSTART:20260917T070000Z|DTEND:20260917T060000Z",
        &format!("({backwards})"),
    );
    at(
        "DTSTART:20260917T070000Z|DURATION:-PT1H",
        &format!("({backwards})"),
    );
    at(
        "DTSTART;VALUE=DATE:20260917|DTEND;VALUE=DATE:20260916",
        "(it ends (2026-09-16) before it starts (2026-09-17); correct its end in the program it comes from)",
    );
    wrong(
        "DTSTART:20260917T070000Z|DTEND:later",
        "2026-09-17 07:00–2026-09-17 07:00 UTC",
        "line 5: DTEND of \u{201c}later\u{201d} cannot be read; the event was taken without it",
    );
}

/// A zone that no other is like: single events are converted, and a series repeats as near as may be.
#[test]
fn rules_of_the_file() {
    let zone = "BEGIN:VTIMEZONE|TZID:Odd|BEGIN:STANDARD|DTSTART:16010101T000000|TZOFFSETFROM:+0107|TZOFFSETTO:+0107|END:STANDARD|END:VTIMEZONE";
    let event = |lines: &str| {
        format!(
            "BEGIN:VEVENT|UID:1|DTSTART;TZID=Odd:20260917T090000|DTEND;TZID=Odd:20260917T100000|{lines}END:VEVENT"
        )
    };
    let read = |lines: &str| {
        super::lines(&calendar(
            format!("BEGIN:VCALENDAR|{zone}|{}|END:VCALENDAR", event(lines))
                .replace('|', "\n")
                .as_bytes(),
        ))
    };
    assert_eq!(read(""), ["1 2026-09-17 07:53–2026-09-17 08:53 UTC | "]);
    assert_eq!(
        read("RRULE:FREQ=DAILY|EXDATE;TZID=Odd:20260918T090000|"),
        ["1 2026-09-17 07:53–2026-09-17 08:53 UTC | FREQ=DAILY -09-18 07:53 | "]
    );
}
