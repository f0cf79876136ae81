use chrono_tz::{America, Asia, Australia, Europe, Pacific, TZ_VARIANTS};
use proptest::prelude::*;

use super::*;

fn wall(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn instant(text: &str) -> Timestamp {
    text.parse::<DateTime<Utc>>().unwrap().into()
}

#[test]
fn gaps_and_folds() {
    for (zone, local, utc, shown) in [
        // The last second before a gap, the gap, and the first instant after it.
        (
            Europe::Berlin,
            "2026-03-29 01:59",
            "2026-03-29T00:59:00Z",
            "01:59",
        ),
        (
            Europe::Berlin,
            "2026-03-29 02:00",
            "2026-03-29T01:00:00Z",
            "03:00",
        ),
        (
            Europe::Berlin,
            "2026-03-29 02:30",
            "2026-03-29T01:30:00Z",
            "03:30",
        ),
        (
            Europe::Berlin,
            "2026-03-29 03:00",
            "2026-03-29T01:00:00Z",
            "03:00",
        ),
        (
            America::New_York,
            "2026-03-08 02:30",
            "2026-03-08T07:30:00Z",
            "03:30",
        ),
        (
            Australia::Lord_Howe,
            "2026-10-04 02:15",
            "2026-10-03T15:45:00Z",
            "02:45",
        ),
        (
            America::Sao_Paulo,
            "2018-11-04 00:30",
            "2018-11-04T03:30:00Z",
            "01:30",
        ),
        (
            America::Toronto,
            "1919-03-30 23:45",
            "1919-03-31T04:45:00Z",
            "00:45",
        ),
        // A whole day that Samoa left out.
        (
            Pacific::Apia,
            "2011-12-30 12:00",
            "2011-12-30T22:00:00Z",
            "12:00",
        ),
        // Folds: the first pass. Dublin's winter time is written as a negative summer time.
        (
            Europe::Berlin,
            "2026-10-25 02:00",
            "2026-10-25T00:00:00Z",
            "02:00",
        ),
        (
            Europe::Berlin,
            "2026-10-25 02:30",
            "2026-10-25T00:30:00Z",
            "02:30",
        ),
        (
            Europe::Berlin,
            "2026-10-25 03:00",
            "2026-10-25T02:00:00Z",
            "03:00",
        ),
        (
            Europe::Dublin,
            "2026-10-25 01:30",
            "2026-10-25T00:30:00Z",
            "01:30",
        ),
        (
            America::New_York,
            "2026-11-01 01:30",
            "2026-11-01T05:30:00Z",
            "01:30",
        ),
        (
            Australia::Lord_Howe,
            "2026-04-05 01:45",
            "2026-04-04T14:45:00Z",
            "01:45",
        ),
        (
            America::Havana,
            "2026-11-01 00:30",
            "2026-11-01T04:30:00Z",
            "00:30",
        ),
        // Nothing odd about these.
        (
            Asia::Kolkata,
            "2026-09-17 09:00",
            "2026-09-17T03:30:00Z",
            "09:00",
        ),
        (
            chrono_tz::UTC,
            "2026-09-17 09:00",
            "2026-09-17T09:00:00Z",
            "09:00",
        ),
    ] {
        let found = localise(wall(local), zone);
        assert_eq!(found, instant(utc), "{zone} {local}: {found}");
        assert_eq!(
            found.wall(zone).format("%H:%M").to_string(),
            shown,
            "{zone} {local}"
        );
    }
}

#[test]
fn first_instants_of_days() {
    for (zone, day, utc, shown) in [
        (
            Europe::Berlin,
            "2026-03-29",
            "2026-03-28T23:00:00Z",
            "00:00",
        ),
        (
            America::Sao_Paulo,
            "2018-11-04",
            "2018-11-04T03:00:00Z",
            "01:00",
        ),
        (
            America::Toronto,
            "1919-03-31",
            "1919-03-31T04:30:00Z",
            "00:30",
        ),
        (
            America::Havana,
            "2026-03-08",
            "2026-03-08T05:00:00Z",
            "01:00",
        ),
        // Midnight comes twice: the first.
        (
            America::Havana,
            "2026-11-01",
            "2026-11-01T04:00:00Z",
            "00:00",
        ),
        // Clocks go back at midnight to 23:00, so the evening comes twice and midnight once.
        (
            America::Sao_Paulo,
            "2018-02-18",
            "2018-02-18T03:00:00Z",
            "00:00",
        ),
        (Pacific::Apia, "2011-12-31", "2011-12-30T10:00:00Z", "00:00"),
    ] {
        let found = midnight(date(day), zone);
        assert_eq!(found, instant(utc), "{zone} {day}: {found}");
        assert_eq!(
            found.wall(zone).format("%H:%M").to_string(),
            shown,
            "{zone} {day}"
        );
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

/// Every day of 2026 in every zone: none is missing, each begins and ends where its date does, and
/// only clock changes make it longer or shorter.
#[test]
fn every_day_of_2026_everywhere() {
    let mut changing = 0;
    for zone in TZ_VARIANTS {
        let days: Vec<NaiveDate> = date("2026-01-01").iter_days().take(365).collect();
        let mut minutes = 0;
        let mut odd = Vec::new();
        for &date in &days {
            check_day(date, zone);
            let length = day(date, zone).unwrap().length().num_minutes();
            minutes += length;
            if length != 1440 {
                odd.push(length - 1440);
            }
        }
        let (first, last) = (midnight(days[0], zone), midnight(date("2027-01-01"), zone));
        let shift = i64::from(last.offset(zone) - first.offset(zone)) / 60;
        assert_eq!(minutes, 365 * 1440 - shift, "{zone}");
        assert_eq!(odd.iter().sum::<i64>(), -shift, "{zone}");
        assert!(
            odd.iter().all(|odd| [30, 60, 120].contains(&odd.abs())),
            "{zone} {odd:?}"
        );
        changing += usize::from(!odd.is_empty());
    }
    assert!(
        changing > 100,
        "the zone data knows of clock changes: {changing}"
    );
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

fn any_zone() -> impl Strategy<Value = Tz> {
    (0..TZ_VARIANTS.len()).prop_map(|index| TZ_VARIANTS[index])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5000))]

    /// A wall time that a clock showed comes back to that instant, or to the first of two.
    #[test]
    fn what_the_wall_showed_is_found_again(zone in any_zone(), seconds in -2_200_000_000..4_000_000_000i64) {
        let at = Timestamp::from_seconds(seconds);
        let found = localise(at.wall(zone), zone);
        prop_assert!(found <= at);
        prop_assert_eq!(found.wall(zone), at.wall(zone));
    }

    #[test]
    fn days_begin_and_end_with_their_date(zone in any_zone(), days in -25_000..45_000i64) {
        check_day(NaiveDate::from_ymd_opt(1970, 1, 1).unwrap() + TimeDelta::days(days), zone);
    }
}

/// Around every clock change of some zones over 150 years, minute by minute: what no clock shows is
/// read with the offset before, and what is shown twice is the first.
#[test]
fn around_every_clock_change() {
    for zone in [
        Europe::Berlin,
        Europe::Dublin,
        America::Sao_Paulo,
        America::St_Johns,
        Australia::Lord_Howe,
    ] {
        let mut at = instant("1900-01-01T00:00:00Z");
        while at < instant("2050-01-01T00:00:00Z") {
            let next = at + TimeDelta::hours(12);
            if at.offset(zone) != next.offset(zone) {
                check_change(at, next, zone);
            }
            at = next;
        }
    }
}

/// One clock change, somewhere in `from..to`.
fn check_change(from: Timestamp, to: Timestamp, zone: Tz) {
    let (before, after) = (from.offset(zone), to.offset(zone));
    let local = |at: Timestamp| at.utc().naive_utc();
    let (mut wall, end) = (
        local(from + TimeDelta::seconds(before.into())),
        local(to + TimeDelta::seconds(after.into())),
    );
    while wall < end {
        let reading = |offset: i32| at_offset(wall, offset);
        let shown = [before, after]
            .map(reading)
            .into_iter()
            .filter(|at| at.wall(zone) == wall)
            .min();
        assert_eq!(
            localise(wall, zone),
            shown.unwrap_or(reading(before)),
            "{zone} {wall}"
        );
        wall += TimeDelta::minutes(1);
    }
}
