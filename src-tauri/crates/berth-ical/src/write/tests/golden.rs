//! A file as a person reads it.

use super::*;

fn series() -> Vec<Booking> {
    let mut series = booking(
        "nightly@berth",
        timed(at(9, 15, 9, 0), at(9, 15, 13, 0), Tz::Europe__Berlin),
    );
    series.recurrence = Some(Recurrence {
        added: vec![at(9, 19, 9, 0)],
        excluded: vec![at(9, 29, 9, 0)],
        ..weekly("FREQ=WEEKLY;UNTIL=20261231T225959Z;BYDAY=TU").unwrap()
    });
    series.title = "infrastructure; changes".into();
    series.notes = "first line\nsecond, line".into();
    series.sequence = 3;
    (series.kind, series.units, series.plan) = (Kind::Deploy, Some(2), Some("R42".into()));
    (series.set_up, series.clean_up) = (TimeDelta::minutes(30), TimeDelta::hours(2));
    series.lead_times = Some(vec![TimeDelta::minutes(10), TimeDelta::hours(1)]);
    let mut change = series.clone();
    (change.recurrence, change.recurrence_id) = (None, Some(at(9, 22, 9, 0)));
    change.when = timed(at(9, 23, 14, 0), at(9, 23, 18, 0), Tz::Europe__Berlin);
    change.status = Status::Tentative;
    change.lead_times = Some(Vec::new());
    vec![series, change]
}

#[test]
fn a_calendar() {
    let single = booking(
        "single@berth",
        timed(at(9, 17, 9, 0), at(9, 17, 13, 0), Tz::Europe__Berlin),
    );
    let mut days = booking(
        "days@berth",
        When::AllDay {
            start: at(9, 18, 0, 0).date(),
            end: at(9, 20, 0, 0).date(),
        },
    );
    days.transparency = Transparency::Transparent;
    let mut bookings = series();
    bookings.extend([single, days]);
    let options = WriteOptions {
        name: Some("Staging, all"),
        refresh: Some(TimeDelta::hours(1)),
        ..WriteOptions::default()
    };
    let expected = include_str!("../../../tests-data/export.golden.ics");
    assert_eq!(
        text(&bookings, &options).replace("\r\n", "\n"),
        expected,
        "{}",
        text(&bookings, &options)
    );
}

#[test]
fn a_feed_has_no_cancelled_bookings() {
    let mut bookings = series();
    bookings[1].status = Status::Cancelled;
    let feed = text(&bookings, &WriteOptions::default());
    assert_eq!(feed.matches("BEGIN:VEVENT").count(), 1);
    // The series would show the occurrence in its old place.
    assert!(feed.contains("\r\nEXDATE;TZID=Europe/Berlin:20260922T090000\r\n"));
    assert!(plain(&bookings).contains("\r\nSTATUS:CANCELLED\r\n"));
    bookings[0].status = Status::Cancelled;
    assert!(!text(&bookings, &WriteOptions::default()).contains("VEVENT"));
}

#[test]
fn what_other_programs_need() {
    let file = plain(&series());
    assert!(file.starts_with("BEGIN:VCALENDAR\r\nPRODID:-//Berth//Berth//EN\r\nVERSION:2.0\r\n"));
    assert!(!file.contains("X-WR-CALNAME") && !file.contains("\r\nNAME:"));
    for word in ["VALARM", "ORGANIZER", "ATTENDEE", "METHOD:REQUEST"] {
        assert!(!file.contains(word), "{word}");
    }
    assert_eq!(file.matches("BEGIN:VTIMEZONE").count(), 1);
    assert!(file.find("END:VTIMEZONE") < file.find("BEGIN:VEVENT"));
}

#[test]
fn an_end_of_a_rule_is_written_as_outlook_wants_it() {
    let mut series = series();
    series[0].recurrence = weekly("FREQ=WEEKLY;UNTIL=20261231;BYDAY=TU");
    assert!(plain(&series).contains("\r\nRRULE:FREQ=WEEKLY;UNTIL=20261231T225959Z;BYDAY=TU\r\n"));
}
