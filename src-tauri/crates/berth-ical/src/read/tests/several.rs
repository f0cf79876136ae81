//! One event that says of several: further rules, rules that exclude, periods, and changes of all
//! that follow.

use super::check;

const WEEKLY: &str = "UID:1|DTSTART;TZID=Europe/Berlin:20260901T090000|DTEND;TZID=Europe/Berlin:20260901T100000|RRULE:FREQ=WEEKLY";

#[test]
fn further_rules_and_rules_that_exclude_are_written_out() {
    check(
        &[
            "UID:1|DTSTART:20260901T090000Z|RRULE:FREQ=DAILY;COUNT=3|RRULE:FREQ=WEEKLY|RRULE:FREQ=WEEKLY;COUNT=2",
            "UID:2|DTSTART:20260901T090000Z|RRULE:FREQ=DAILY;COUNT=9|EXRULE:FREQ=WEEKLY;BYDAY=SA,SU|EXRULE:FREQ=OFTEN|EXDATE:20260902T090000Z",
        ],
        &[
            "1 2026-09-01 09:00–2026-09-01 09:00 UTC | FREQ=WEEKLY +09-02 09:00 +09-03 09:00",
            "2 2026-09-01 09:00–2026-09-01 09:00 UTC | FREQ=DAILY;COUNT=9 -09-02 09:00 -09-05 09:00 -09-06 09:00",
        ],
        &[
            "line 5: an event should have one rule; the dates of this further one were added one by one",
            "line 7: an event should have one rule; the dates of this further one were added one by one",
            "line 13: rules that exclude (EXRULE) are no part of iCalendar any more; the dates of this one were taken out one by one",
            "line 14: the rule \u{201c}FREQ=OFTEN\u{201d} that excludes dates was not followed: the rule part FREQ=OFTEN is not valid; write it as in FREQ=WEEKLY;BYDAY=TU",
        ],
    );
}

/// Of two rules that never end, the first is the rule of the series.
#[test]
fn rules_without_an_end() {
    let calendar = super::events(&[
        "UID:1|DTSTART:20260901T090000Z|RRULE:FREQ=MONTHLY;BYDAY=1TU|RRULE:FREQ=MONTHLY;BYDAY=3TH",
    ]);
    let recurrence = calendar.events[0].recurrence.as_ref().unwrap();
    assert_eq!(recurrence.added.len(), 2000);
    assert_eq!(
        super::issues(&calendar),
        [
            "line 6: an event should have one rule; the dates of this further one were added one by one, up to 2193-04-18"
        ]
    );
}

/// Of an occurrence that nobody knows, the dates are nobody's either.
#[test]
fn periods_of_what_cannot_be_taken_are_none() {
    check(
        &[
            "UID:1|RECURRENCE-ID:tomorrow|DTSTART:20260922T120000Z|RDATE;VALUE=PERIOD:20260910T070000Z/PT3H",
            "UID:1|DTSTART;VALUE=DATE:20260917",
        ],
        &[
            "1 (its RECURRENCE-ID \u{201c}tomorrow\u{201d} is not a date or time, so it is not known which occurrence it changes; correct it in the program it comes from)",
            "1 2026-09-17–2026-09-18",
        ],
        &[],
    );
}

#[test]
fn periods_have_their_own_length() {
    let periods = "RDATE;VALUE=PERIOD;TZID=Europe/Berlin:20260910T090000/PT3H,20260911T090000/PT1H|RDATE;VALUE=PERIOD:20260912T070000Z/20260912T120000Z|RDATE;VALUE=PERIOD:20260913T070000Z/soon";
    check(
        &[
            &format!("{WEEKLY}|SUMMARY:a|{periods}"),
            "UID:1|RECURRENCE-ID:20260912T070000Z|DTSTART:20260912T150000Z",
        ],
        &[
            "1 2026-09-01 09:00–2026-09-01 10:00 Europe/Berlin | FREQ=WEEKLY +09-10 09:00 +09-11 09:00 +09-12 09:00 +09-13 09:00 | a",
            "1[09-12 09:00] 2026-09-12 15:00–2026-09-12 15:00 UTC",
            "1[09-10 09:00] 2026-09-10 09:00–2026-09-10 12:00 Europe/Berlin | a",
        ],
        &[
            "line 10: the length of \u{201c}20260913T070000Z/soon\u{201d} cannot be read; it got that of the series",
        ],
    );
    // It ends in the hour that the autumn repeats, the second time.
    check(
        &[&format!(
            "{WEEKLY}|RDATE;VALUE=PERIOD:20261024T200000Z/20261025T013000Z"
        )],
        &[
            "1 2026-09-01 09:00–2026-09-01 10:00 Europe/Berlin | FREQ=WEEKLY +10-24 22:00",
            "1[10-24 22:00] 2026-10-24 20:00–2026-10-25 01:30 UTC",
        ],
        &[],
    );
}

#[test]
fn a_series_goes_on_otherwise() {
    check(
        &[
            &format!(
                "{WEEKLY};COUNT=9|EXDATE;TZID=Europe/Berlin:20260908T090000,20261006T090000|SUMMARY:a"
            ),
            "UID:1|RECURRENCE-ID;RANGE=THISANDFUTURE:20260922T070000Z|DTSTART:20260923T120000Z|DTEND:20260923T140000Z|SUMMARY:b",
            "UID:1|RECURRENCE-ID:20260915T070000Z|DTSTART:20260915T120000Z|SUMMARY:c",
            "UID:1|RECURRENCE-ID:20260929T070000Z|DTSTART:20260929T120000Z|SUMMARY:d",
        ],
        &[
            "1 2026-09-01 09:00–2026-09-01 10:00 Europe/Berlin | FREQ=WEEKLY;UNTIL=20260922T065959Z -09-08 09:00 | a",
            "1-from-20260922T090000 2026-09-23 14:00–2026-09-23 16:00 Europe/Berlin | FREQ=WEEKLY;COUNT=6 -10-07 14:00 | b",
            "1[09-15 09:00] 2026-09-15 12:00–2026-09-15 12:00 UTC | c",
            "1-from-20260922T090000[09-30 14:00] 2026-09-29 12:00–2026-09-29 12:00 UTC | d",
        ],
        &[
            "line 12: this and all later occurrences are changed: from here on the series goes on as one of its own, with the UID \u{201c}1-from-20260922T090000\u{201d}",
        ],
    );
}

#[test]
fn it_goes_on_otherwise_twice_from_its_start_or_not_at_all() {
    let from = |id: &str, start: &str| {
        format!(
            "UID:1|RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:{id}|DTSTART;TZID=Europe/Berlin:{start}"
        )
    };
    check(
        &[
            WEEKLY,
            &from("20260915T090000", "20260915T100000"),
            &from("20260929T090000", "20260930T110000"),
        ],
        &[
            "1 2026-09-01 09:00–2026-09-01 10:00 Europe/Berlin | FREQ=WEEKLY;UNTIL=20260915T065959Z",
            "1-from-20260915T090000 2026-09-15 10:00–2026-09-15 10:00 Europe/Berlin | FREQ=WEEKLY;UNTIL=20260929T075959Z",
            "1-from-20260929T090000 2026-09-30 11:00–2026-09-30 11:00 Europe/Berlin | FREQ=WEEKLY",
        ],
        &[
            "line 10: this and all later occurrences are changed: from here on the series goes on as one of its own, with the UID \u{201c}1-from-20260915T090000\u{201d}",
            "line 15: this and all later occurrences are changed: from here on the series goes on as one of its own, with the UID \u{201c}1-from-20260929T090000\u{201d}",
        ],
    );
    check(
        &[WEEKLY, &from("20260901T090000", "20260901T100000")],
        &["1 2026-09-01 10:00–2026-09-01 10:00 Europe/Berlin | FREQ=WEEKLY"],
        &[
            "line 10: this and all later occurrences are changed: from here on the series goes on as one of its own, with the UID \u{201c}1\u{201d}",
        ],
    );
    check(
        &[
            WEEKLY,
            &format!(
                "{}|STATUS:CANCELLED",
                from("20260915T090000", "20260915T090000")
            ),
        ],
        &[
            "1 2026-09-01 09:00–2026-09-01 10:00 Europe/Berlin | FREQ=WEEKLY;UNTIL=20260915T065959Z",
            "1[09-15 09:00] 2026-09-15 09:00–2026-09-15 09:00 Europe/Berlin | cancelled",
        ],
        &["line 10: this and all later occurrences are called off: the series ends before it"],
    );
    check(
        &[&from("20260901T090000", "20260901T100000")],
        &["1[09-01 09:00] 2026-09-01 10:00–2026-09-01 10:00 Europe/Berlin"],
        &[
            "line 4: a change of this and all later occurrences was taken as one of this occurrence alone",
        ],
    );
}

/// The first Tuesday of a month cannot become a day later: its dates are moved one by one.
#[test]
fn a_rule_that_does_not_fit_the_new_day() {
    check(
        &[
            "UID:1|DTSTART;VALUE=DATE:20260901|RRULE:FREQ=MONTHLY;BYDAY=1TU;COUNT=4",
            "UID:1|RECURRENCE-ID;RANGE=THISANDFUTURE;VALUE=DATE:20261006|DTSTART;VALUE=DATE:20261007",
        ],
        &[
            "1 2026-09-01–2026-09-02 | FREQ=MONTHLY;UNTIL=20261005;BYDAY=1TU",
            "1-from-20261006T000000 2026-10-07–2026-10-08 +11-04 00:00 +12-02 00:00",
        ],
        &[
            "line 9: this and all later occurrences are changed: from here on the series goes on as one of its own, with the UID \u{201c}1-from-20261006T000000\u{201d}",
        ],
    );
}

/// Ten thousand dates of their own length, and a thousand changes of all that follow.
#[test]
fn hostile_events_are_bounded() {
    let dates: String = (0..10_000)
        .map(|hour| {
            let at = chrono::DateTime::UNIX_EPOCH + chrono::TimeDelta::hours(hour);
            format!("|RDATE;VALUE=PERIOD:{}/PT7M", at.format("%Y%m%dT%H%M%SZ"))
        })
        .collect();
    let calendar = super::events(&[&format!("UID:1|DTSTART:19700101T000000Z{dates}")]);
    assert_eq!(calendar.events.len(), 1001);
    let change = |day: i64| {
        let at = chrono::DateTime::UNIX_EPOCH + chrono::TimeDelta::days(day);
        let at = at.format("%Y%m%dT%H%M%SZ");
        format!("UID:1|RECURRENCE-ID;RANGE=THISANDFUTURE:{at}|DTSTART:{at}")
    };
    let changes: Vec<String> = (1..1000).map(change).collect();
    let daily = "UID:1|DTSTART:19700101T000000Z|RRULE:FREQ=DAILY";
    let texts: Vec<&str> = [daily]
        .into_iter()
        .chain(changes.iter().map(String::as_str))
        .collect();
    let calendar = super::events(&texts);
    let own = calendar
        .events
        .iter()
        .filter(|event| event.recurrence.is_some());
    assert_eq!(own.count(), 101);
}
