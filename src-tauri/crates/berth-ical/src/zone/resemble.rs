//! The IANA zone that behaves like the rules of a file.
//!
//! Exchange writes "Customized Time Zone" and the like, with rules that are those of a zone with a
//! name. A booking in that zone can be moved and repeated like any other, so it is looked for.

use std::sync::LazyLock;

use berth_core::time::localise;
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use chrono_tz::{TZ_VARIANTS, Tz};
use strum::IntoEnumIterator;
use windows_timezones::WindowsTimezone;

use super::observance::Observances;
use super::windows;

/// For so many years from that of the event a zone should agree; if none does, for fewer.
const YEARS: [i32; 3] = [5, 2, 1];

/// Of a hundred times, so many have to agree where none agrees in all.
const NEAR: usize = 85;

/// Zones in the order in which they are tried: those that Windows offers, as each stands for a
/// region, then all.
static CANDIDATES: LazyLock<Vec<Tz>> = LazyLock::new(|| {
    let windows = WindowsTimezone::iter().filter_map(windows::iana);
    windows.chain(TZ_VARIANTS.iter().copied()).collect()
});

/// The first zone that has the offsets of `rules` from `year` on, `home` before any other, and
/// whether it has them exactly.
pub(super) fn zone_like(rules: &Observances, home: Tz, year: i32) -> (Option<Tz>, bool) {
    let candidates = || std::iter::once(home).chain(CANDIDATES.iter().copied());
    for years in YEARS {
        let samples = samples(rules, year, years);
        if let Some(zone) =
            candidates().find(|zone| samples.iter().all(|sample| sample.agrees(*zone)))
        {
            return (Some(zone), true);
        }
    }
    let samples = samples(rules, year, 1);
    let agreeing = |zone: Tz| samples.iter().filter(|sample| sample.agrees(zone)).count();
    // Of equals the last is the maximum, so the order is turned round.
    let mut reversed: Vec<Tz> = candidates().collect();
    reversed.reverse();
    let best = reversed.into_iter().max_by_key(|zone| agreeing(*zone));
    (
        best.filter(|zone| agreeing(*zone) * 100 >= NEAR * samples.len()),
        false,
    )
}

/// What the rules say of a wall time.
struct Sample {
    wall: NaiveDateTime,
    offset: i32,
}

impl Sample {
    fn agrees(&self, zone: Tz) -> bool {
        localise(self.wall, zone).offset(zone) == self.offset
    }
}

fn samples(rules: &Observances, year: i32, years: i32) -> Vec<Sample> {
    let times = (year..year.saturating_add(years)).flat_map(|year| times(rules, year));
    times
        .map(|wall| Sample {
            wall,
            offset: rules.offset(wall),
        })
        .collect()
}

/// Wall times at which zones differ if they do: around each change, but not in the hour of it, and
/// all through the year.
fn times(rules: &Observances, year: i32) -> Vec<NaiveDateTime> {
    let days =
        (1..=12).flat_map(|month| [5, 15, 25].map(|day| NaiveDate::from_ymd_opt(year, month, day)));
    let through = days.flatten().map(|day| day.and_time(NaiveTime::MIN));
    let changes = rules
        .onsets(year)
        .into_iter()
        .flat_map(|onset| [-24, -2, 4, 24].map(|hours| onset.wall + TimeDelta::hours(hours)));
    through.chain(changes).collect()
}
