//! What is ahead: conflicts of months, told by series and by week.
//!
//! A series that meets another one every spring has one conflict for a reader, not four. Conflicts
//! between the same bookings are put together here, counted against the series, and where the only
//! thing they have in common is that two zones change their clocks on different days, that is said.
//! Nothing here finds conflicts; they come from [`crate::conflict`].

use std::collections::BTreeMap;

use chrono::{Datelike, Weekday};
use chrono_tz::Tz;

use crate::conflict::{Conflict, ConflictKind, Severity};
use crate::{EnvironmentId, Hold, TimeRange};

pub use clocks::{Clocks, Dials, dials};
pub use weeks::{Week, weeks};

mod clocks;
#[cfg(test)]
mod tests;
mod weeks;
mod words;

/// Where a hold comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// A number that all occurrences of a series have in common, changed ones included, and nobody
    /// else.
    pub booking: u32,
    /// The zone of its wall time.
    pub zone: Tz,
    /// Whether it is an occurrence of a series.
    pub repeats: bool,
}

/// The conflicts between the same bookings, of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Where.
    pub environment: EnvironmentId,
    /// Which rule.
    pub kind: ConflictKind,
    /// The worst of them.
    pub severity: Severity,
    /// The bookings, by [`Origin::booking`], in order.
    pub bookings: Vec<u32>,
    /// Indices of the conflicts, in their order.
    pub conflicts: Vec<u32>,
    /// How much of a series this is; `None` where nobody repeats.
    pub share: Option<Share>,
    /// What the dates have in common, if it is the clocks.
    pub clocks: Option<Clocks>,
}

/// How many occurrences of a series are in conflict: "4 of 52 Tuesdays".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// The series, by [`Origin::booking`]: of several the one with the most occurrences.
    pub booking: u32,
    /// How many of its occurrences are in conflict.
    pub met: u32,
    /// How many it has among the holds.
    pub total: u32,
    /// The day of the week that all of them are on, if they are.
    pub weekday: Option<Weekday>,
}

/// Puts conflicts of the same bookings together, in order of the first of each.
///
/// `holds` are all holds of `range`, those without conflicts as well: a series is counted by those
/// of them that touch it.
/// `origin` says where the hold with this index comes from.
#[must_use]
pub fn groups(
    conflicts: &[Conflict],
    holds: &[Hold],
    origin: impl Fn(u32) -> Origin,
    range: TimeRange,
) -> Vec<Group> {
    let series = Series::all(holds, &origin, range);
    let mut together: BTreeMap<_, Vec<u32>> = BTreeMap::new();
    for (index, conflict) in (0..).zip(conflicts) {
        let mut bookings: Vec<u32> = conflict
            .members
            .iter()
            .map(|&member| origin(member).booking)
            .collect();
        bookings.sort_unstable();
        bookings.dedup();
        let key = (conflict.environment, conflict.kind, bookings);
        together.entry(key).or_default().push(index);
    }
    let mut calendar = clocks::Calendar::new(range.start());
    let mut groups: Vec<Group> = together
        .into_iter()
        .map(|((environment, kind, bookings), indices)| {
            let of = || indices.iter().map(|&index| &conflicts[index as usize]);
            let share = share(
                &bookings,
                &series,
                of().flat_map(|one| &one.members),
                &origin,
            );
            let zones: Vec<Tz> = bookings
                .iter()
                .filter_map(|number| series.get(number))
                .map(|one| one.zone)
                .collect();
            let starts: Vec<_> = of().map(|one| one.range.start()).collect();
            let clocks = share.and_then(|_| calendar.common(&zones, &starts));
            let severity = of().map(|one| one.severity).max().unwrap_or(Severity::Info);
            Group {
                environment,
                kind,
                severity,
                bookings,
                conflicts: indices,
                share,
                clocks,
            }
        })
        .collect();
    groups.sort_by_key(|group| {
        let first = group
            .conflicts
            .first()
            .map(|&index| conflicts[index as usize].range.start());
        (first, group.environment, group.kind)
    });
    groups
}

/// A booking as it is among the holds.
struct Series {
    zone: Tz,
    repeats: bool,
    total: u32,
    /// As long as all are on the same.
    weekday: Option<Weekday>,
}

impl Series {
    fn all(
        holds: &[Hold],
        origin: &impl Fn(u32) -> Origin,
        range: TimeRange,
    ) -> BTreeMap<u32, Self> {
        let mut all: BTreeMap<u32, Self> = BTreeMap::new();
        let inside = |hold: &Hold| {
            let (start, end) = hold.footprint();
            start < range.end() && end > range.start()
        };
        for (index, hold) in (0..).zip(holds).filter(|(_, hold)| inside(hold)) {
            let Origin {
                booking,
                zone,
                repeats,
            } = origin(index);
            let weekday = Some(hold.start.wall(zone).weekday());
            let first = Self {
                zone,
                repeats,
                total: 0,
                weekday,
            };
            let series = all.entry(booking).or_insert(first);
            series.total += 1;
            series.weekday = series.weekday.filter(|day| Some(*day) == weekday);
        }
        all
    }
}

/// How much of the most frequent series among the bookings the members are.
fn share<'a>(
    bookings: &[u32],
    all: &BTreeMap<u32, Series>,
    members: impl Iterator<Item = &'a u32>,
    origin: &impl Fn(u32) -> Origin,
) -> Option<Share> {
    let repeated = bookings
        .iter()
        .rev()
        .filter_map(|&number| Some((number, all.get(&number)?)));
    let (booking, series) = repeated
        .filter(|(_, one)| one.repeats)
        .max_by_key(|(_, one)| one.total)?;
    let mut met: Vec<u32> = members
        .copied()
        .filter(|&member| origin(member).booking == booking)
        .collect();
    met.sort_unstable();
    met.dedup();
    let (met, total) = (u32::try_from(met.len()).unwrap_or(u32::MAX), series.total);
    Some(Share {
        booking,
        met,
        total,
        weekday: series.weekday,
    })
}
