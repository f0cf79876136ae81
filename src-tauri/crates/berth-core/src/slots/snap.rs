//! Where in a free stretch slots begin.
//!
//! At an edge that something makes, the end of somebody's clean-up or the beginning of a working
//! day, a slot begins there exactly. At an edge that only the search makes ("from now on"), and
//! after another slot, it begins at the quarter of an hour. Where only one minute is right, that is.

use chrono::{Days, TimeDelta};
use chrono_tz::Tz;

use super::{Length, Order, Search};
use crate::{TimeRange, Timestamp, time};

const QUARTER: i64 = 15 * 60;

/// The slots one after the other in a free stretch, from the end that the order says, where those
/// `taken` are slots already.
pub(super) fn along<'a>(
    search: &'a Search<'a>,
    stretch: TimeRange,
    taken: &[TimeRange],
) -> impl Iterator<Item = TimeRange> + use<'a> {
    let mut rest = Some(stretch);
    let mut exact = !match search.order {
        Order::Earliest => {
            let edge = stretch.start();
            edge == search.range.start() || taken.iter().any(|slot| slot.end() == edge)
        }
        Order::Latest => {
            let edge = stretch.end();
            edge == search.range.end() || taken.iter().any(|slot| slot.start() == edge)
        }
    };
    std::iter::from_fn(move || {
        let within = rest?;
        let core = next(search, within, exact)?;
        exact = false;
        rest = match search.order {
            Order::Earliest => TimeRange::new(core.end(), within.end()),
            Order::Latest => TimeRange::new(within.start(), core.start()),
        };
        Some(core)
    })
}

/// Any slot in a free stretch.
pub(super) fn first(search: &Search, stretch: TimeRange) -> Option<TimeRange> {
    next(search, stretch, true)
}

fn next(search: &Search, within: TimeRange, exact: bool) -> Option<TimeRange> {
    match (search.length, search.order) {
        (Length::Days(days), order) => whole_days(within, days, order, search.zone),
        (Length::Time(length), order) => {
            let at = |start: Timestamp| {
                let core = TimeRange::new(start, start + length)?;
                (within.start() <= start && core.end() <= within.end()).then_some(core)
            };
            let edge = match order {
                Order::Earliest => within.start(),
                Order::Latest => within.end() - length,
            };
            let snapped = if exact {
                edge
            } else {
                quarter(edge, order, search.zone)
            };
            at(snapped).or_else(|| at(edge))
        }
    }
}

/// The quarter of an hour on the wall at `at`, or the next one.
fn quarter(at: Timestamp, order: Order, zone: Tz) -> Timestamp {
    let past = (at.seconds() + i64::from(at.offset(zone))).rem_euclid(QUARTER);
    match order {
        _ if past == 0 => at,
        Order::Earliest => at + TimeDelta::seconds(QUARTER - past),
        Order::Latest => at - TimeDelta::seconds(past),
    }
}

fn whole_days(within: TimeRange, days: u32, order: Order, zone: Tz) -> Option<TimeRange> {
    let days = Days::new(u64::from(days));
    let from = match order {
        Order::Earliest => within.start().wall(zone).date(),
        Order::Latest => within.end().wall(zone).date().checked_sub_days(days)?,
    };
    // The first or last day may be cut, and one more may have been skipped by its zone.
    (0..3).find_map(|step| {
        let first = match order {
            Order::Earliest => from.checked_add_days(Days::new(step))?,
            Order::Latest => from.checked_sub_days(Days::new(step))?,
        };
        let after = first.checked_add_days(days)?;
        let core = TimeRange::new(time::midnight(first, zone), time::midnight(after, zone))?;
        (within.start() <= core.start() && core.end() <= within.end()).then_some(core)
    })
}
