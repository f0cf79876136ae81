//! What is understood, what it means, and on which days it is not that simple.

use berth_core::Timestamp;
use berth_core::time::{Tz, localise};
use chrono::{DateTime, NaiveDateTime};

use super::{Length, Moment, Present, wall_of};

const BERLIN: Tz = Tz::Europe__Berlin;

fn utc(text: &str) -> Timestamp {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc().into()
}

fn wall(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").unwrap()
}

/// Thursday 17 September 2026, 14:20 in Berlin.
fn thursday() -> Present {
    Present {
        now: utc("2026-09-17T12:20:00Z"),
        zone: BERLIN,
    }
}

#[test]
fn wall_times() {
    for (text, expected) in [
        ("2026-09-17T09:00", "2026-09-17T09:00"),
        ("2026-09-17t09:00", "2026-09-17T09:00"),
        ("2026-09-17 9:00", "2026-09-17T09:00"),
        (" 2026-09-17T09:00 ", "2026-09-17T09:00"),
        ("2026-09-16T24:00", "2026-09-17T00:00"),
        ("2026-12-31 24:00", "2027-01-01T00:00"),
        ("today 9:00", "2026-09-17T09:00"),
        ("Tomorrow 9:00", "2026-09-18T09:00"),
        ("yesterday 23:59", "2026-09-16T23:59"),
        ("thu 14:00", "2026-09-17T14:00"),
        ("thu 24:00", "2026-09-18T00:00"),
        ("fri 14:00", "2026-09-18T14:00"),
        ("WEDNESDAY 14:00", "2026-09-23T14:00"),
        ("tue  07:05", "2026-09-22T07:05"),
        ("9:30", "2026-09-17T09:30"),
        ("24:00", "2026-09-18T00:00"),
    ] {
        assert_eq!(
            thursday().read(text).unwrap(),
            Moment::Wall(wall(expected)),
            "{text}"
        );
    }
}

#[test]
fn instants() {
    for (text, expected) in [
        ("2026-09-17T09:00Z", "2026-09-17T09:00:00Z"),
        ("2026-09-17t09:00:30z", "2026-09-17T09:00:30Z"),
        ("2026-09-17T09:00+02:00", "2026-09-17T07:00:00Z"),
        ("2026-09-17 09:00 -0500", "2026-09-17T14:00:00Z"),
        ("2026-09-16T24:00Z", "2026-09-17T00:00:00Z"),
        ("now", "2026-09-17T12:20:00Z"),
        ("+2h", "2026-09-17T14:20:00Z"),
        ("-30m", "2026-09-17T11:50:00Z"),
        ("+1w", "2026-09-24T12:20:00Z"),
        ("+1d2h", "2026-09-18T14:20:00Z"),
    ] {
        assert_eq!(
            thursday().read(text).unwrap(),
            Moment::At(utc(expected)),
            "{text}"
        );
    }
}

#[test]
fn days() {
    for (text, expected) in [
        ("2026-09-17", "2026-09-17"),
        ("today", "2026-09-17"),
        ("tomorrow", "2026-09-18"),
        ("yesterday", "2026-09-16"),
        ("thursday", "2026-09-17"),
        ("wed", "2026-09-23"),
        ("2028-02-29", "2028-02-29"),
    ] {
        let expected = Moment::Day(expected.parse().unwrap());
        assert_eq!(thursday().read(text).unwrap(), expected, "{text}");
    }
}

#[test]
fn an_end_follows_its_start() {
    // Thursday 17 September 2026; the present is 14:20 of that day.
    for (start, end, expected) in [
        ("wed 18:00", "mon 8:00", "2026-09-28T08:00"),
        ("fri 9:00", "13:00", "2026-09-18T13:00"),
        ("fri 22:00", "6:00", "2026-09-19T06:00"),
        ("fri 22:00", "22:00", "2026-09-18T22:00"),
        ("fri 22:00", "fri 6:00", "2026-09-18T06:00"),
        ("fri 22:00", "24:00", "2026-09-19T00:00"),
        ("fri 9:00", "tomorrow 10:00", "2026-09-18T10:00"),
        ("mon 9:00", "tomorrow 10:00", "2026-09-18T10:00"),
        ("fri 9:00", "2026-09-19T01:00", "2026-09-19T01:00"),
        // 25 October: 02:30 comes twice, and means the first.
        ("2026-10-24T22:00", "2:30", "2026-10-25T02:30"),
    ] {
        let from = thursday().read(start).unwrap().start(BERLIN);
        let read = thursday().read_end(end, from).unwrap();
        assert_eq!(read, Moment::Wall(wall(expected)), "{start} to {end}");
    }
    let monday = thursday().read("mon").unwrap().start(BERLIN);
    let sunday = Moment::Day("2026-09-27".parse().unwrap());
    assert_eq!(thursday().read_end("sun", monday).unwrap(), sunday);
}

#[test]
fn what_is_no_time() {
    for text in [
        "",
        " ",
        "tomorow",
        "2026-02-29",
        "2026-13-01",
        "25:00",
        "24:01",
        "9",
        "09.00",
        "thu14:00",
        "+",
        "+2",
        "+2x",
        "-",
        "2026-09-17Tnoon",
        "2026-09-17T09:00+25:00",
        "17.9.2026",
        "2026-09-17T09:00[Europe/Berlin]",
        "0017-09-17",
        "99999-01-01",
        "€",
        "tomorrow tomorrow",
        "é 9:00",
    ] {
        let error = thursday().read(text).unwrap_err();
        assert!(
            error.message.contains(text.trim()) && error.hint.contains("tomorrow 9:00"),
            "{text}"
        );
    }
}

#[test]
fn today_is_that_of_the_zone() {
    let late = Present {
        now: utc("2026-09-17T23:30:00Z"),
        zone: BERLIN,
    };
    assert_eq!(
        late.read("today").unwrap(),
        Moment::Day("2026-09-18".parse().unwrap())
    );
    let there = Present {
        zone: Tz::America__New_York,
        ..late
    };
    assert_eq!(
        there.read("today").unwrap(),
        Moment::Day("2026-09-17".parse().unwrap())
    );
}

/// Berlin, 29 March 2026: the clocks go from 02:00 to 03:00; 25 October: from 03:00 back to 02:00.
#[test]
fn when_the_clocks_change() {
    let starts = |text: &str, zone| thursday().read(text).unwrap().start(zone);
    let ends = |text: &str, zone| thursday().read(text).unwrap().end(zone);
    assert_eq!(
        starts("2026-03-29T02:30", BERLIN),
        utc("2026-03-29T01:30:00Z"),
        "read as 03:30"
    );
    assert_eq!(
        starts("2026-10-25T02:30", BERLIN),
        utc("2026-10-25T00:30:00Z"),
        "the first of two"
    );
    assert_eq!(
        ends("2026-03-29", BERLIN) - starts("2026-03-29", BERLIN),
        chrono::TimeDelta::hours(23)
    );
    assert_eq!(
        ends("2026-10-25", BERLIN) - starts("2026-10-25", BERLIN),
        chrono::TimeDelta::hours(25)
    );
    let saturday = Present {
        now: utc("2026-10-24T16:00:00Z"),
        zone: BERLIN,
    };
    assert_eq!(
        saturday.read("+1d").unwrap(),
        Moment::At(utc("2026-10-25T17:00:00Z")),
        "18:00 again"
    );
    assert_eq!(
        saturday.read("+24h").unwrap(),
        Moment::At(utc("2026-10-25T16:00:00Z")),
        "17:00 by now"
    );
}

#[test]
fn lengths_from_a_start() {
    for (start, length, expected) in [
        ("2026-09-17T09:00", "4h", "2026-09-17T11:00:00Z"),
        ("2026-09-17T09:00", "1h30m", "2026-09-17T08:30:00Z"),
        ("2026-09-17T09:00", "2d", "2026-09-19T07:00:00Z"),
        ("2026-03-28T22:00", "8h", "2026-03-29T05:00:00Z"),
        ("2026-03-28T22:00", "1d", "2026-03-29T20:00:00Z"),
        ("2026-10-24T22:00", "9h", "2026-10-25T05:00:00Z"),
        ("2026-10-24T22:00", "1w", "2026-10-31T21:00:00Z"),
        ("2026-03-29T02:30", "1h", "2026-03-29T02:30:00Z"),
    ] {
        let length: Length = length.parse().unwrap();
        assert_eq!(
            length.after(wall(start), BERLIN),
            utc(expected),
            "{start} {length:?}"
        );
    }
}

#[test]
fn lengths() {
    for (text, days, minutes) in [
        ("4h", 0, 240),
        ("30m", 0, 30),
        ("1h30m", 0, 90),
        ("1h 30m", 0, 90),
        ("2d", 2, 0),
        ("1w", 7, 0),
        ("1w2d3h4m", 9, 184),
        ("90M", 0, 90),
        ("0", 0, 0),
        ("0m", 0, 0),
    ] {
        assert_eq!(text.parse(), Ok(Length { days, minutes }), "{text}");
    }
    for text in [
        "",
        "4",
        "h",
        "4x",
        "-1h",
        "1.5h",
        "4 h",
        "99999999999999999999h",
        "99999999d",
        "4h€",
        "€",
    ] {
        assert!(text.parse::<Length>().is_err(), "{text}");
    }
    let day: Length = "2d".parse().unwrap();
    assert_eq!((day.total_minutes(), day.whole_days()), (2880, Some(2)));
    assert_eq!("36h".parse::<Length>().unwrap().whole_days(), None);
}

#[test]
fn an_instant_that_the_wall_clock_cannot_name() {
    let second = utc("2026-10-25T01:30:00Z");
    let error = wall_of(second, BERLIN).unwrap_err();
    assert!(
        error.message.contains("second 02:30") && error.hint.contains("outside the hour"),
        "{error:?}"
    );
    for text in [
        "2026-10-25T00:30:00Z",
        "2026-10-25T02:00:00Z",
        "2026-03-29T01:00:00Z",
    ] {
        let at = utc(text);
        assert_eq!(localise(wall_of(at, BERLIN).unwrap(), BERLIN), at, "{text}");
    }
}
