mod occurrences;

use chrono_tz::{America, Europe::Berlin, Pacific};

use super::*;

fn wall(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn timed(start: &str, end: &str, zone: Tz) -> When {
    When::Timed {
        start: wall(start),
        end: wall(end),
        zone,
    }
}

fn all_day(start: &str, end: &str) -> When {
    When::AllDay {
        start: date(start),
        end: date(end),
    }
}

fn minutes(when: When, environment: Tz) -> Option<i64> {
    when.range(environment)
        .map(|range| range.length().num_minutes())
}

#[test]
fn night_shifts_when_clocks_change() {
    for (day, next, zone, hours) in [
        ("2026-09-17", "2026-09-18", Berlin, 8),
        ("2026-10-24", "2026-10-25", Berlin, 9),
        ("2026-03-28", "2026-03-29", Berlin, 7),
        ("2026-10-24", "2026-10-25", America::New_York, 8),
        ("2026-10-31", "2026-11-01", America::New_York, 9),
    ] {
        let night = timed(&format!("{day} 22:00"), &format!("{next} 06:00"), zone);
        assert_eq!(
            minutes(night, chrono_tz::UTC),
            Some(hours * 60),
            "{zone} {day}"
        );
    }
}

#[test]
fn the_zone_of_a_booking() {
    let there = timed("2026-09-17 09:00", "2026-09-17 11:00", America::New_York);
    assert_eq!(there.zone(Berlin), America::New_York);
    assert_eq!(there.instants(Berlin).0.to_string(), "2026-09-17T13:00:00Z");
    assert!(!there.is_all_day());

    let day = all_day("2026-09-17", "2026-09-18");
    assert_eq!(day.zone(Berlin), Berlin);
    assert!(day.is_all_day());
    assert_eq!(
        (day.start(), day.end()),
        (wall("2026-09-17 00:00"), wall("2026-09-18 00:00"))
    );
    for (zone, start) in [
        (Berlin, "2026-09-16T22:00:00Z"),
        (America::New_York, "2026-09-17T04:00:00Z"),
    ] {
        assert_eq!(day.instants(zone).0.to_string(), start);
        assert_eq!(minutes(day, zone), Some(1440));
    }
}

#[test]
fn all_day_is_from_midnight_to_midnight() {
    for (start, end, zone, expected) in [
        ("2026-03-29", "2026-03-30", Berlin, Some(1380)),
        ("2026-10-25", "2026-10-26", Berlin, Some(1500)),
        ("2026-10-19", "2026-10-26", Berlin, Some(7 * 1440 + 60)),
        ("2018-11-04", "2018-11-05", America::Sao_Paulo, Some(1380)),
        ("2011-12-29", "2012-01-01", Pacific::Apia, Some(2 * 1440)),
        ("2011-12-30", "2011-12-31", Pacific::Apia, None),
        ("2026-09-17", "2026-09-17", Berlin, None),
        ("2026-09-17", "2026-09-16", Berlin, None),
    ] {
        assert_eq!(
            minutes(all_day(start, end), zone),
            expected,
            "{zone} {start}"
        );
    }
}

#[test]
fn no_length_and_backwards() {
    for (start, end) in [
        ("2026-09-17 09:00", "2026-09-17 09:00"),
        ("2026-09-17 09:00", "2026-09-17 08:00"),
        // Both are read as 03:30, or the second as earlier than the first.
        ("2026-03-29 02:30", "2026-03-29 03:30"),
        ("2026-03-29 02:45", "2026-03-29 03:30"),
    ] {
        let when = timed(start, end, Berlin);
        let (first, last) = when.instants(Berlin);
        assert_eq!(first, last, "{start}");
        assert_eq!(first, time::localise(wall(start), Berlin));
        assert_eq!(when.range(Berlin), None);
    }
}

#[test]
fn an_occurrence_keeps_the_wall_duration() {
    let night = timed("2026-09-17 22:00", "2026-09-18 06:00", Berlin);
    let autumn = night.starting(wall("2026-10-24 22:00"));
    assert_eq!(
        autumn,
        timed("2026-10-24 22:00", "2026-10-25 06:00", Berlin)
    );
    assert_eq!(minutes(autumn, Berlin), Some(540));
    assert_eq!(
        minutes(night.starting(wall("2026-03-28 22:00")), Berlin),
        Some(420)
    );

    let days = all_day("2026-09-17", "2026-09-19");
    assert_eq!(
        days.starting(wall("2026-10-24 00:00")),
        all_day("2026-10-24", "2026-10-26")
    );
    assert_eq!(
        minutes(days.starting(wall("2026-10-24 00:00")), Berlin),
        Some(2 * 1440 + 60)
    );
    let backwards = all_day("2026-09-17", "2026-09-15");
    assert_eq!(
        backwards.starting(wall("2026-10-24 00:00")),
        all_day("2026-10-24", "2026-10-24")
    );
}

/// A series that never ends runs into the end of the calendar, not into a panic.
#[test]
fn an_occurrence_at_the_end_of_time() {
    let (first, last) = (NaiveDateTime::MIN, NaiveDateTime::MAX);
    let longest = When::Timed {
        start: first,
        end: last,
        zone: Berlin,
    };
    let moved = longest.starting(last);
    assert_eq!(moved.start(), last);
    assert_eq!(moved.range(Berlin), None);
    let days = all_day("2026-09-17", "2026-09-19").starting(last);
    assert_eq!(days.range(Berlin), None);
}

#[test]
fn what_blocks() {
    for (status, transparency, expected) in [
        (Status::Confirmed, Transparency::Opaque, true),
        (Status::Tentative, Transparency::Opaque, true),
        (Status::Cancelled, Transparency::Opaque, false),
        (Status::Confirmed, Transparency::Transparent, false),
        (Status::Tentative, Transparency::Transparent, false),
    ] {
        let booking = Booking {
            status,
            transparency,
            ..single(all_day("2026-09-17", "2026-09-18"))
        };
        assert_eq!(booking.blocks(), expected, "{status:?} {transparency:?}");
    }
}

fn single(when: When) -> Booking {
    Booking {
        id: BookingId(1),
        uid: "uid".into(),
        recurrence_id: None,
        environment: EnvironmentId(1),
        team: TeamId(1),
        when,
        recurrence: None,
        title: String::new(),
        notes: String::new(),
        status: Status::Confirmed,
        transparency: Transparency::Opaque,
        units: None,
        set_up: TimeDelta::zero(),
        clean_up: TimeDelta::zero(),
        kind: Kind::Test,
        plan: None,
        lead_times: None,
        sequence: 0,
        created: Timestamp::default(),
        modified: Timestamp::default(),
        calendar: None,
        source: None,
    }
}
