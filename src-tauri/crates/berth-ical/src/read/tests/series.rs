//! Rules, dates of a series, changed occurrences, versions of one event.

use berth_core::{Rule, When};
use chrono::NaiveDate;
use chrono_tz::Tz;

use super::{calendar, check, events, issues, lines};
use crate::read::until_as_required;

const WEEKLY: &str = "UID:1|DTSTART;TZID=Europe/Berlin:20260901T090000|DTEND;TZID=Europe/Berlin:20260901T100000|RRULE:FREQ=WEEKLY";
const DAILY: &str = "UID:1|DTSTART;VALUE=DATE:20260901|RRULE:FREQ=DAILY";

fn dates(series: &str, more: &str, expected: &str) {
    let calendar = events(&[&format!("{series}|{more}")]);
    assert_eq!(super::recurrence(&calendar.events[0]), expected, "{more}");
    assert_eq!(issues(&calendar), [""; 0]);
}

#[test]
fn exceptions_take_the_clock_of_their_series() {
    dates(
        WEEKLY,
        "EXDATE;TZID=Europe/Berlin:20260908T090000",
        " | FREQ=WEEKLY -09-08 09:00",
    );
    dates(
        WEEKLY,
        "EXDATE:20260908T070000Z",
        " | FREQ=WEEKLY -09-08 09:00",
    );
    dates(
        WEEKLY,
        "EXDATE:20260908T090000",
        " | FREQ=WEEKLY -09-08 09:00",
    );
    dates(
        WEEKLY,
        "EXDATE;TZID=America/New_York:20260908T030000",
        " | FREQ=WEEKLY -09-08 09:00",
    );
    dates(
        WEEKLY,
        "EXDATE;TZID=W. Europe Standard Time:20260908T090000",
        " | FREQ=WEEKLY -09-08 09:00",
    );
    dates(
        WEEKLY,
        "EXDATE;VALUE=DATE:20260908,20260915",
        " | FREQ=WEEKLY -09-08 09:00 -09-15 09:00",
    );
    dates(
        WEEKLY,
        "RDATE;TZID=Europe/Berlin;VALUE=PERIOD:20260910T090000/PT3H",
        " | FREQ=WEEKLY +09-10 09:00",
    );
    dates(
        DAILY,
        "EXDATE;VALUE=DATE:20260908",
        " | FREQ=DAILY -09-08 00:00",
    );
    dates(
        DAILY,
        "EXDATE;TZID=America/New_York:20260908T000000",
        " | FREQ=DAILY -09-08 00:00",
    );
    dates(
        DAILY,
        "EXDATE:20260907T220000Z",
        " | FREQ=DAILY -09-08 00:00",
    );
    dates(
        DAILY,
        "EXDATE:20260908T000000Z",
        " | FREQ=DAILY -09-08 00:00",
    );
}

/// At 02:30 on 29 March 2026 the clocks of Berlin show 03:30: the exception is the same instant.
#[test]
fn an_exception_in_the_skipped_hour() {
    let nightly = "UID:1|DTSTART;TZID=Europe/Berlin:20260301T023000|RRULE:FREQ=DAILY";
    dates(
        nightly,
        "EXDATE:20260329T013000Z",
        " | FREQ=DAILY -03-29 02:30",
    );
}

#[test]
fn rules_that_are_not_followed() {
    let why = |rule: &str| {
        issues(&events(&[&format!(
            "UID:1|DTSTART:20260901T090000Z|RRULE:{rule}"
        )]))
        .join("; ")
    };
    assert_eq!(
        why("FREQ=MINUTELY"),
        "line 5: the rule \u{201c}FREQ=MINUTELY\u{201d} was kept but is not followed, and the event is shown once: it repeats more often than daily"
    );
    assert!(why("FREQ=SOMETIMES").starts_with(
        "line 5: the rule \u{201c}FREQ=SOMETIMES\u{201d} was kept but is not followed"
    ));
    check(
        &["UID:1|DTSTART:20260901T090000Z|RRULE:FREQ=DAILY|EXDATE:never"],
        &["1 2026-09-01 09:00–2026-09-01 09:00 UTC | FREQ=DAILY"],
        &["line 6: \u{201c}never\u{201d} in EXDATE is not a date or time and was left out"],
    );
}

#[test]
fn changes_are_named_by_the_clock_of_their_series() {
    let change = |id: &str| {
        let calendar = events(&[
            &format!("UID:1|DTSTART:20260909T100000Z|RECURRENCE-ID{id}"),
            WEEKLY,
        ]);
        lines(&calendar).swap_remove(0)
    };
    for id in [
        ";TZID=Europe/Berlin:20260908T090000",
        ":20260908T070000Z",
        ":20260908T090000",
        ";VALUE=DATE:20260908",
        ";TZID=America/New_York:20260908T030000",
    ] {
        assert_eq!(
            change(id),
            "1[09-08 09:00] 2026-09-09 10:00–2026-09-09 10:00 UTC | ",
            "{id}"
        );
    }
    check(
        &[
            WEEKLY,
            "UID:1|DTSTART:20260909T100000Z|RECURRENCE-ID:20260908T070000Z|RRULE:FREQ=DAILY",
        ],
        &[
            "1 2026-09-01 09:00–2026-09-01 10:00 Europe/Berlin | FREQ=WEEKLY",
            "1[09-08 09:00] 2026-09-09 10:00–2026-09-09 10:00 UTC",
        ],
        &["line 12: the rule of a changed occurrence was ignored"],
    );
}

#[test]
fn a_change_of_an_unknown_occurrence_names_no_other() {
    let calendar = events(&[
        "UID:1|DTSTART:20260922T120000Z|RECURRENCE-ID:tomorrow",
        DAILY,
        "UID:1|DTSTART:20260923T120000Z|RECURRENCE-ID:20260922T070000Z",
    ]);
    assert_eq!(
        lines(&calendar).pop().as_deref(),
        Some("1[09-22 00:00] 2026-09-23 12:00–2026-09-23 12:00 UTC | ")
    );
}

#[test]
fn changes_without_their_series() {
    check(
        &[
            "UID:1|DTSTART;TZID=Europe/Berlin:20260909T100000|RECURRENCE-ID:20260908T070000Z",
            "UID:2|DTSTART;VALUE=DATE:20260909|RECURRENCE-ID;VALUE=DATE:20260908",
            "UID:3|DTSTART;VALUE=DATE:20260909|RECURRENCE-ID;TZID=Europe/Berlin:20260908T090000",
            "UID:4|DTSTART;VALUE=DATE:20260909|RECURRENCE-ID:whenever",
        ],
        &[
            "1[09-08 09:00] 2026-09-09 10:00–2026-09-09 10:00 Europe/Berlin",
            "2[09-08 00:00] 2026-09-09–2026-09-10",
            "3[09-08 09:00] 2026-09-09–2026-09-10",
            "4 (its RECURRENCE-ID \u{201c}whenever\u{201d} is not a date or time, so it is not known which occurrence it changes; correct it in the program it comes from)",
        ],
        &[],
    );
}

#[test]
fn the_newest_version_wins() {
    let version = |sequence: u32, stamp: u32, title: &str| {
        format!(
            "UID:1|SEQUENCE:{sequence}|DTSTAMP:202609{stamp:02}T000000Z|DTSTART:20260917T090000Z|SUMMARY:{title}"
        )
    };
    let winner = |versions: &[String]| {
        let versions: Vec<&str> = versions.iter().map(String::as_str).collect();
        let calendar = events(&versions);
        assert_eq!(
            (calendar.events.len(), calendar.issues.len()),
            (1, versions.len() - 1)
        );
        calendar.events[0].title.clone()
    };
    assert_eq!(winner(&[version(1, 1, "old"), version(2, 1, "new")]), "new");
    assert_eq!(winner(&[version(2, 1, "new"), version(1, 9, "old")]), "new");
    assert_eq!(
        winner(&[
            version(1, 1, "old"),
            version(1, 2, "new"),
            version(0, 3, "older")
        ]),
        "new"
    );
    assert_eq!(
        winner(&[version(1, 1, "same"), version(1, 1, "same")]),
        "same"
    );
}

#[test]
fn events_that_share_a_uid_by_mistake_are_all_taken() {
    let given = [
        "UID:1|DTSTART:20260917T090000Z|SUMMARY:a",
        "UID:1|DTSTART:20260918T090000Z|SUMMARY:b",
        "UID:1|DTSTART:20260917T090000Z|SUMMARY:a",
    ];
    let calendar = events(&given);
    assert_eq!(
        calendar
            .events
            .iter()
            .map(|event| event.title.as_str())
            .collect::<Vec<_>>(),
        ["a", "b"]
    );
    let uid = &calendar.events[1].uid;
    assert!(uid.starts_with("1-") && uid.len() == 10, "{uid}");
    // It is the same whatever else is in the file.
    assert_eq!(*uid, events(&[given[0], given[2], given[1]]).events[1].uid);
}

#[test]
fn a_missing_uid_is_derived_from_what_does_not_change() {
    let uid = |lines: &str| events(&[lines]).events[0].uid.clone();
    let first = uid("DTSTART:20260917T090000Z|SUMMARY:a|DTSTAMP:20260101T000000Z");
    assert_eq!(first, "berth-2c631db11a59e98900739fe39179fec4");
    assert_eq!(
        first,
        uid("DTSTART:20260917T090000Z|SUMMARY:a|DTSTAMP:20260202T000000Z|SEQUENCE:3")
    );
    assert_ne!(first, uid("DTSTART:20260917T090000Z|SUMMARY:b"));
    assert_ne!(first, uid("DTSTART;TZID=UTC:20260917T090000Z|SUMMARY:a"));
}

#[test]
fn cancellations() {
    check(
        &[
            "UID:1|DTSTART:20260917T090000Z|STATUS:CANCELLED",
            "UID:2|DTSTART:20260917T090000Z|STATUS:odd",
        ],
        &[
            "1 2026-09-17 09:00–2026-09-17 09:00 UTC | cancelled",
            "2 2026-09-17 09:00–2026-09-17 09:00 UTC",
        ],
        &["line 10: STATUS cannot be \u{201c}odd\u{201d}; the event was taken as confirmed"],
    );
    let cancel = calendar(b"BEGIN:VCALENDAR\nMETHOD:CANCEL\nBEGIN:VEVENT\nUID:1\nSEQUENCE:4\nEND:VEVENT\nEND:VCALENDAR");
    assert_eq!(cancel.method.as_deref(), Some("CANCEL"));
    assert_eq!(
        lines(&cancel),
        ["1 (it has no start (DTSTART); add one in the program it comes from) | cancelled | "]
    );
}

#[test]
fn the_end_of_a_rule_is_put_into_the_form_required() {
    let day = NaiveDate::from_ymd_opt(2026, 9, 1).unwrap();
    let at = day.and_hms_opt(9, 0, 0).unwrap();
    let timed = When::Timed {
        start: at,
        end: at,
        zone: Tz::Europe__Berlin,
    };
    let all_day = When::AllDay {
        start: day,
        end: day,
    };
    for (when, until, expected) in [
        (timed, "20261231", "20261231T225959Z"),
        (timed, "20260930T090000", "20260930T070000Z"),
        (timed, "20260930T070000Z", "20260930T070000Z"),
        (all_day, "20261231", "20261231"),
        (all_day, "20261231T235959", "20261231"),
        (all_day, "20261230T230000Z", "20261231"),
        (all_day, "20261231T000000Z", "20261231"),
    ] {
        let rule = Rule::parse(&format!("FREQ=WEEKLY;UNTIL={until};BYDAY=TU")).unwrap();
        let required = until_as_required(&rule, when, Tz::Europe__Berlin).to_string();
        assert_eq!(
            required,
            format!("FREQ=WEEKLY;UNTIL={expected};BYDAY=TU"),
            "{until}"
        );
    }
    let endless = Rule::parse("FREQ=DAILY").unwrap();
    assert_eq!(until_as_required(&endless, timed, Tz::UTC), endless);
}

#[test]
fn a_namesake_that_is_there_twice_is_taken_once() {
    let other = "UID:a|SUMMARY:y|DTSTART:20260917T090000Z";
    let calendar = super::events(&["UID:a|SUMMARY:x|DTSTART:20260917T090000Z", other, other]);
    assert_eq!(calendar.events.len(), 2, "{:?}", super::lines(&calendar));
}
