mod everywhere;

use chrono_tz::{America, Australia, Europe, Pacific};

use super::*;

fn wall(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn clock(at: Timestamp, zone: Tz) -> String {
    at.wall(zone).format("%H:%M").to_string()
}

/// The words of each line of a table.
fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
    table
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>())
        .filter(|row| !row.is_empty())
}

fn instant(text: &str) -> Timestamp {
    text.parse::<DateTime<Utc>>().unwrap().into()
}

/// Zone, wall time, instant, and what the wall shows then.
const GAPS_AND_FOLDS: &str = "
    Europe/Berlin        2026-03-29 01:59  2026-03-29T00:59:00Z  01:59
    Europe/Berlin        2026-03-29 02:00  2026-03-29T01:00:00Z  03:00
    Europe/Berlin        2026-03-29 02:30  2026-03-29T01:30:00Z  03:30
    Europe/Berlin        2026-03-29 03:00  2026-03-29T01:00:00Z  03:00
    America/New_York     2026-03-08 02:30  2026-03-08T07:30:00Z  03:30
    Australia/Lord_Howe  2026-10-04 02:15  2026-10-03T15:45:00Z  02:45
    America/Sao_Paulo    2018-11-04 00:30  2018-11-04T03:30:00Z  01:30
    America/Toronto      1919-03-30 23:45  1919-03-31T04:45:00Z  00:45
    Pacific/Apia         2011-12-30 12:00  2011-12-30T22:00:00Z  12:00
    Europe/Berlin        2026-10-25 02:00  2026-10-25T00:00:00Z  02:00
    Europe/Berlin        2026-10-25 02:30  2026-10-25T00:30:00Z  02:30
    Europe/Berlin        2026-10-25 03:00  2026-10-25T02:00:00Z  03:00
    Europe/Dublin        2026-10-25 01:30  2026-10-25T00:30:00Z  01:30
    America/New_York     2026-11-01 01:30  2026-11-01T05:30:00Z  01:30
    Australia/Lord_Howe  2026-04-05 01:45  2026-04-04T14:45:00Z  01:45
    America/Havana       2026-11-01 00:30  2026-11-01T04:30:00Z  00:30
    Asia/Kolkata         2026-09-17 09:00  2026-09-17T03:30:00Z  09:00
    UTC                  2026-09-17 09:00  2026-09-17T09:00:00Z  09:00
";

/// Dublin's winter is written as a negative summer time; Samoa left out a whole day.
#[test]
fn gaps_and_folds() {
    for row in rows(GAPS_AND_FOLDS) {
        let [zone, day, time, utc, shown] = row.try_into().unwrap();
        let zone: Tz = zone.parse().unwrap();
        let found = localise(wall(&format!("{day} {time}")), zone);
        assert_eq!(found, instant(utc), "{zone} {day} {time}: {found}");
        assert_eq!(clock(found, zone), shown, "{zone} {day} {time}");
    }
}

/// Zone, date, its first instant, and what the wall shows then. In Havana midnight is skipped in
/// spring and comes twice in autumn; in Sao Paulo the evening came twice, and midnight once.
const FIRST_INSTANTS: &str = "
    Europe/Berlin      2026-03-29  2026-03-28T23:00:00Z  00:00
    America/Sao_Paulo  2018-11-04  2018-11-04T03:00:00Z  01:00
    America/Sao_Paulo  2018-02-18  2018-02-18T03:00:00Z  00:00
    America/Toronto    1919-03-31  1919-03-31T04:30:00Z  00:30
    America/Havana     2026-03-08  2026-03-08T05:00:00Z  01:00
    America/Havana     2026-11-01  2026-11-01T04:00:00Z  00:00
    Pacific/Apia       2011-12-31  2011-12-30T10:00:00Z  00:00
";

#[test]
fn first_instants_of_days() {
    for row in rows(FIRST_INSTANTS) {
        let [zone, day, utc, shown] = row.try_into().unwrap();
        let zone: Tz = zone.parse().unwrap();
        let found = midnight(date(day), zone);
        assert_eq!(found, instant(utc), "{zone} {day}: {found}");
        assert_eq!(clock(found, zone), shown, "{zone} {day}");
    }
}

#[test]
fn day_lengths() {
    for (zone, day_, minutes) in [
        (Europe::Berlin, "2026-09-17", Some(1440)),
        (Europe::Berlin, "2026-03-29", Some(1380)),
        (Europe::Berlin, "2026-10-25", Some(1500)),
        (America::New_York, "2026-03-08", Some(1380)),
        (America::New_York, "2026-11-01", Some(1500)),
        (Australia::Lord_Howe, "2026-10-04", Some(1410)),
        (Australia::Lord_Howe, "2026-04-05", Some(1470)),
        (America::Sao_Paulo, "2018-11-04", Some(1380)),
        (America::Sao_Paulo, "2018-02-17", Some(1500)),
        (America::Havana, "2026-11-01", Some(1500)),
        (America::Toronto, "1919-03-30", Some(1410)),
        (America::Toronto, "1919-03-31", Some(1410)),
        (Pacific::Apia, "2011-12-29", Some(1440)),
        (Pacific::Apia, "2011-12-30", None),
        (Pacific::Apia, "2011-12-31", Some(1440)),
        (Pacific::Kwajalein, "1993-08-21", None),
    ] {
        let found = day(date(day_), zone).map(|range| range.length().num_minutes());
        assert_eq!(found, minutes, "{zone} {day_}");
    }
}

/// Checks a day by what the wall shows at its ends, and not by how they are found.
fn check_day(date: NaiveDate, zone: Tz) {
    let shown = |at: Timestamp| at.wall(zone).date();
    let first = midnight(date, zone);
    assert!(
        shown(first - TimeDelta::seconds(1)) < date,
        "{zone} {date} begins too late"
    );
    match day(date, zone) {
        Some(range) => {
            assert_eq!(range.start(), first);
            assert_eq!(shown(first), date, "{zone} {date} begins too early");
            assert!(shown(range.end()) > date, "{zone} {date} ends too early");
        }
        None => assert!(shown(first) > date, "{zone} {date} does exist"),
    }
}

#[test]
fn ranges_relate() {
    let range = |start, end| TimeRange::new(Timestamp(start), Timestamp(end));
    assert_eq!(range(5, 5), None, "empty");
    assert_eq!(range(6, 5), None, "backwards");
    let here = range(10, 20).unwrap();
    // Another range, whether they overlap, what they share, and the hull.
    for (start, end, shared, hull) in [
        (0, 5, None, (0, 20)),
        (0, 10, None, (0, 20)),
        (0, 11, Some((10, 11)), (0, 20)),
        (5, 15, Some((10, 15)), (5, 20)),
        (10, 20, Some((10, 20)), (10, 20)),
        (12, 18, Some((12, 18)), (10, 20)),
        (0, 30, Some((10, 20)), (0, 30)),
        (19, 30, Some((19, 20)), (10, 30)),
        (20, 30, None, (10, 30)),
        (25, 30, None, (10, 30)),
    ] {
        let other = range(start, end).unwrap();
        let shared = shared.and_then(|(start, end)| range(start, end));
        for (a, b) in [(here, other), (other, here)] {
            assert_eq!(a.overlaps(b), shared.is_some(), "{other:?}");
            assert_eq!(a.intersection(b), shared, "{other:?}");
            assert_eq!(Some(a.hull(b)), range(hull.0, hull.1), "{other:?}");
        }
    }
    for (at, inside) in [(9, false), (10, true), (19, true), (20, false)] {
        assert_eq!(here.contains(Timestamp(at)), inside, "{at}");
    }
    assert_eq!(here.length(), TimeDelta::seconds(10));
    let wide = here.widened(TimeDelta::seconds(3), TimeDelta::seconds(4));
    assert_eq!(Some(wide), range(7, 24));
}

#[test]
fn timestamps_stay_within_the_calendar() {
    assert_eq!(Timestamp::from_seconds(i64::MIN), Timestamp::MIN);
    assert_eq!(Timestamp::from_seconds(i64::MAX), Timestamp::MAX);
    assert_eq!(Timestamp::from_millis(i64::MIN), Timestamp::MIN);
    assert_eq!(
        Timestamp::from_millis(-1),
        Timestamp::from_seconds(-1),
        "rounded down"
    );
    assert_eq!(Timestamp::from_millis(1999), Timestamp::from_seconds(1));
    assert_eq!(Timestamp::MAX + TimeDelta::days(1), Timestamp::MAX);
    assert_eq!(Timestamp::MIN - TimeDelta::MAX, Timestamp::MIN);
    assert_eq!(Timestamp::MIN.to_string(), "0001-01-01T00:00:00Z");
    assert_eq!(Timestamp::MAX.to_string(), "9999-12-31T23:59:59Z");
    assert_eq!(
        Timestamp::from_seconds(1_789_628_400).to_string(),
        "2026-09-17T07:00:00Z"
    );
    assert_eq!(
        Timestamp::from_seconds(1_789_628_400).millis(),
        1_789_628_400_000
    );
}

/// Dates outside of what can be named are clamped, and nothing panics.
#[test]
fn dates_without_end() {
    for zone in [Europe::Berlin, Pacific::Apia, chrono_tz::UTC] {
        for far in [NaiveDate::MIN, NaiveDate::MAX] {
            assert_eq!(day(far, zone), None, "{zone} {far}");
            let instant = localise(far.and_hms_opt(12, 0, 0).unwrap(), zone);
            assert!(instant == Timestamp::MIN || instant == Timestamp::MAX);
        }
    }
}
