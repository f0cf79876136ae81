//! Any zone, any time: what must always hold.

use chrono_tz::TZ_VARIANTS;
use proptest::prelude::*;

use super::*;

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
