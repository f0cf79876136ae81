//! The IANA zone that behaves like the rules of a file.
//!
//! Exchange writes "Customized Time Zone" and the like, with rules that are those of a zone with a
//! name. A booking in that zone can be moved and repeated like any other, so it is looked for.

use std::sync::LazyLock;

use berth_core::time::localise;
use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use chrono_tz::{TZ_VARIANTS, Tz};
use strum::IntoEnumIterator;
use windows_timezones::WindowsTimezone;

use super::observance::Observances;

/// For so many years from that of the event the two have to agree.
const YEARS: i32 = 5;

/// Zones in the order in which they are tried: those that Windows offers, as each stands for a
/// region, then all.
static CANDIDATES: LazyLock<Vec<Tz>> = LazyLock::new(|| {
    let windows = WindowsTimezone::iter().filter_map(|zone| zone.tzdb_id().parse().ok());
    windows.chain(TZ_VARIANTS.iter().copied()).collect()
});

/// The first zone that has the offsets of `rules` in `year` and the years after it; `home` before
/// any other.
pub(super) fn zone_like(rules: &Observances, home: Tz, year: i32) -> Option<Tz> {
    let samples: Vec<(NaiveDateTime, i32)> =
        times(rules, year).into_iter().map(|wall| (wall, rules.offset(wall))).collect();
    let agrees = |zone: &Tz| samples.iter().all(|(wall, offset)| localise(*wall, *zone).offset(*zone) == *offset);
    std::iter::once(home).chain(CANDIDATES.iter().copied()).find(agrees)
}

/// Wall times at which zones differ if they do: a day before and after each change, which leaves
/// out the hour of the change itself, and the middle of every month.
fn times(rules: &Observances, year: i32) -> Vec<NaiveDateTime> {
    let mut times = Vec::new();
    for year in year..year.saturating_add(YEARS) {
        let months = (1..=12).filter_map(|month| NaiveDate::from_ymd_opt(year, month, 15));
        times.extend(months.map(|day| day.and_time(NaiveTime::MIN)));
        for onset in rules.onsets(year) {
            let around = [onset.wall.checked_sub_days(Days::new(1)), onset.wall.checked_add_days(Days::new(1))];
            times.extend(around.into_iter().flatten());
            times.push(onset.wall + TimeDelta::hours(4));
            times.push(onset.wall - TimeDelta::hours(2));
        }
    }
    times
}
