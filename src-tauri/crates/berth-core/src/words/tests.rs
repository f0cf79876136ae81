use chrono::NaiveDateTime;
use chrono_tz::{America, Europe::Berlin};

use super::*;
use crate::time::localise;

fn wall(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S").unwrap()
}

fn phrasing(zone: Tz, hour12: bool) -> Phrasing {
    Phrasing {
        zone,
        now: localise(wall("2026-09-14 08:00:00"), zone),
        hour12,
        language: Language::English,
    }
}

fn range(start: &str, end: &str, zone: Tz) -> TimeRange {
    let at = |text: &str| localise(wall(&format!("{text}:00")), zone);
    TimeRange::new(at(start), at(end)).unwrap()
}

#[test]
fn durations() {
    for (seconds, expected) in [
        (0, "0 min"),
        (-5, "0 min"),
        (30, "30 s"),
        (60, "1 min"),
        (45 * 60, "45 min"),
        (90 * 60, "1 h 30 min"),
        (4 * 3600, "4 h"),
        (23 * 3600, "23 h"),
        (86_400, "1 day"),
        (25 * 3600, "1 day 1 h"),
        (2 * 86_400 + 3 * 3600, "2 days 3 h"),
        (86_400 + 61, "1 day 1 min 1 s"),
        (365 * 86_400, "365 days"),
    ] {
        assert_eq!(duration_words(TimeDelta::seconds(seconds)), expected);
    }
}

#[test]
fn ranges() {
    for (start, end, full, short) in [
        (
            "2026-09-17 09:00",
            "2026-09-17 13:00",
            "Thu 17 Sep 09:00–13:00",
            "09:00–13:00",
        ),
        (
            "2026-09-15 09:00",
            "2026-09-17 17:00",
            "Tue 15 Sep 09:00 – Thu 17 Sep 17:00",
            "Tue 09:00 – Thu 17:00",
        ),
        (
            "2026-09-16 22:00",
            "2026-09-17 00:00",
            "Wed 16 Sep 22:00–24:00",
            "22:00–24:00",
        ),
        (
            "2026-09-16 22:00",
            "2026-09-17 02:00",
            "Wed 16 Sep 22:00 – Thu 17 Sep 02:00",
            "Wed 22:00 – Thu 02:00",
        ),
        (
            "2026-09-15 00:00",
            "2026-09-18 00:00",
            "Tue 15 Sep 00:00 – Thu 17 Sep 24:00",
            "Tue 00:00 – Thu 24:00",
        ),
        (
            "2027-09-17 09:00",
            "2027-09-17 13:00",
            "Fri 17 Sep 2027 09:00–13:00",
            "09:00–13:00",
        ),
        (
            "2025-12-31 22:00",
            "2026-01-01 02:00",
            "Wed 31 Dec 2025 22:00 – Thu 1 Jan 02:00",
            "Wed 22:00 – Thu 02:00",
        ),
    ] {
        let range = range(start, end, Berlin);
        assert_eq!(phrasing(Berlin, false).range(range), full);
        assert_eq!(phrasing(Berlin, false).times(range), short);
        assert_eq!(
            range_words(range, Berlin, phrasing(Berlin, false).now),
            full
        );
    }
}

#[test]
fn twelve_hours() {
    for (start, end, expected) in [
        (
            "2026-09-17 00:00",
            "2026-09-17 12:00",
            "Thu 17 Sep 12:00 am–12:00 pm",
        ),
        (
            "2026-09-17 09:05",
            "2026-09-17 13:00",
            "Thu 17 Sep 9:05 am–1:00 pm",
        ),
        (
            "2026-09-17 22:00",
            "2026-09-18 00:00",
            "Thu 17 Sep 10:00 pm–midnight",
        ),
        (
            "2026-09-17 22:00",
            "2026-09-19 00:00",
            "Thu 17 Sep 10:00 pm – Fri 18 Sep midnight",
        ),
    ] {
        assert_eq!(
            phrasing(Berlin, true).range(range(start, end, Berlin)),
            expected
        );
    }
}

#[test]
fn clock_changes() {
    let fold = localise(wall("2026-10-25 02:30:00"), Berlin);
    let both = TimeRange::new(fold, fold + TimeDelta::hours(1)).unwrap();
    assert_eq!(
        phrasing(Berlin, false).range(both),
        "Sun 25 Oct 02:30 CEST–02:30 CET"
    );
    assert_eq!(phrasing(Berlin, true).time(fold), "2:30 am CEST");
    let night = range("2026-10-24 22:00", "2026-10-25 06:00", Berlin);
    assert_eq!(
        phrasing(Berlin, false).range(night),
        "Sat 24 Oct 22:00 – Sun 25 Oct 06:00"
    );
    assert_eq!(duration_words(night.length()), "9 h");
    // Sunday began at one o'clock, so Saturday ended there.
    let zone = America::Sao_Paulo;
    let saturday = range("2018-11-03 20:00", "2018-11-04 00:00", zone);
    assert_eq!(
        phrasing(zone, false).range(saturday),
        "Sat 3 Nov 2018 20:00–24:00"
    );
}

#[test]
fn moments() {
    let here = phrasing(Berlin, false);
    for (text, nearby, full) in [
        ("2026-09-14 08:12:00", "Mon 08:12", "Mon 14 Sep 08:12"),
        ("2026-09-08 23:59:59", "Tue 23:59:59", "Tue 8 Sep 23:59:59"),
        ("2026-09-07 23:59:00", "Mon 7 Sep 23:59", "Mon 7 Sep 23:59"),
        ("2026-09-20 09:00:00", "Sun 09:00", "Sun 20 Sep 09:00"),
        (
            "2026-09-21 00:00:00",
            "Mon 21 Sep 00:00",
            "Mon 21 Sep 00:00",
        ),
        (
            "2025-09-14 08:00:00",
            "Sun 14 Sep 2025 08:00",
            "Sun 14 Sep 2025 08:00",
        ),
    ] {
        let at = localise(wall(text), Berlin);
        assert_eq!(here.moment_nearby(at), nearby);
        assert_eq!(here.moment(at), full);
    }
}

/// Now is Monday the 14th.
#[test]
fn ranges_nearby() {
    for (start, end, expected) in [
        (
            "2026-09-17 13:00:00",
            "2026-09-17 17:00:00",
            "Thu 13:00–17:00",
        ),
        (
            "2026-09-17 20:00:00",
            "2026-09-18 00:00:00",
            "Thu 20:00–24:00",
        ),
        (
            "2026-09-17 20:00:00",
            "2026-09-18 06:00:00",
            "Thu 20:00 – Fri 06:00",
        ),
        (
            "2026-09-19 20:00:00",
            "2026-09-21 06:00:00",
            "Sat 19 Sep 20:00 – Mon 21 Sep 06:00",
        ),
        (
            "2026-09-21 09:00:00",
            "2026-09-21 10:00:00",
            "Mon 21 Sep 09:00–10:00",
        ),
    ] {
        let here = phrasing(Berlin, false);
        assert_eq!(
            here.range_nearby(range(&start[..16], &end[..16], Berlin)),
            expected
        );
    }
}

#[test]
fn days_and_lists() {
    let date = |day| NaiveDate::from_ymd_opt(2026, 9, day).unwrap();
    let here = phrasing(Berlin, false);
    assert_eq!(here.days(date(17), date(17)), "Thu 17 Sep");
    assert_eq!(here.days(date(15), date(17)), "Tue 15 Sep – Thu 17 Sep");
    for (names, expected) in [
        (&[][..], ""),
        (&["A"], "A"),
        (&["A", "B"], "A and B"),
        (&["A", "B", "C"], "A, B and C"),
    ] {
        let names: Vec<String> = names.iter().map(|name| name.to_string()).collect();
        assert_eq!(list_words(&names), expected);
    }
}
