//! From the range of a search to what is free: one rule after the other, until nothing is left.

use super::busy::{self, Busy, Who, deployments};
use super::{Obstacle, Place, Search, Surroundings};
use crate::{TimeRange, ranges};

/// What a search may use as far as hours, days and windows say.
pub(super) fn eligible(search: &Search, around: &Surroundings) -> Result<Vec<TimeRange>, Obstacle> {
    let too_many = search.places.iter().find_map(too_many_units);
    if let Some(obstacle) = too_many {
        return Err(obstacle);
    }
    let whole = vec![search.range];
    let (length, range) = (search.length, search.range);
    let mut left = fitting(search, whole).map_err(|_| Obstacle::TooShort { length, range })?;
    if let Some(within) = &search.within {
        let hours = within.ranges(search.zone, search.range);
        let within = within.clone();
        left = fitting(search, ranges::intersect(&left, &hours))
            .map_err(|_| Obstacle::Hours { length, within })?;
    }
    for place in search.places {
        left = allowed(search, around, place, left)?;
        left = not_frozen(search, around, place, left)?;
    }
    for &team in search.busy {
        let elsewhere = busy::of_team(search, around, team);
        left = fitting(search, ranges::without(&left, &elsewhere)).map_err(|left| {
            let longest = ranges::longest(&left);
            Obstacle::TeamBusy { team, longest }
        })?;
    }
    Ok(left)
}

/// What of the eligible is free of bookings, and far enough from deployments: in order, some of it
/// too short for a slot. `taken` is when each place is busy because of `who`.
pub(super) fn free(
    search: &Search,
    around: &Surroundings,
    eligible: &[TimeRange],
    taken: &[Vec<Busy>],
    who: Who,
) -> Result<Vec<TimeRange>, Stuck> {
    let mut cores = eligible.to_vec();
    for (at, (place, taken)) in search.places.iter().zip(taken).enumerate() {
        let open = open(place, search, taken);
        let left = ranges::intersect(&cores, &open);
        cores = fitting(search, left).map_err(|left| {
            let alone = fitting(search, ranges::intersect(eligible, &open)).is_ok();
            let before = std::mem::take(&mut cores);
            if alone {
                Stuck::NeverTogether { at }
            } else {
                Stuck::Held { at, before, left }
            }
        })?;
    }
    let left = ranges::without(&cores, &too_close(search, around, who));
    fitting(search, left).map_err(|_| Stuck::TooClose { before: cores })
}

/// Where nothing was left any more; why is found out when somebody asks.
#[derive(Debug)]
pub(super) enum Stuck {
    /// At the place with this index, which is free for long enough when the others are not.
    NeverTogether { at: usize },
    /// At the place with this index: what was left before it, and after.
    Held {
        at: usize,
        before: Vec<TimeRange>,
        left: Vec<TimeRange>,
    },
    /// At the distance from deployments: what was left before.
    TooClose { before: Vec<TimeRange> },
}

/// The set itself, when a slot fits into it somewhere.
fn fitting(search: &Search, left: Vec<TimeRange>) -> Result<Vec<TimeRange>, Vec<TimeRange>> {
    if left.iter().any(|&range| search.fits(range)) {
        Ok(left)
    } else {
        Err(left)
    }
}

fn too_many_units(place: &Place) -> Option<Obstacle> {
    let (wanted, capacity) = (place.units?.get(), place.capacity.max(1));
    let environment = place.environment;
    (wanted > capacity).then_some(Obstacle::TooManyUnits {
        environment,
        wanted,
        capacity,
    })
}

fn allowed(
    search: &Search,
    around: &Surroundings,
    place: &Place,
    left: Vec<TimeRange>,
) -> Result<Vec<TimeRange>, Obstacle> {
    let (environment, kind) = (place.environment, search.kind);
    let Some(open) = around.schedule.open(environment, kind) else {
        return Ok(left);
    };
    fitting(search, ranges::intersect(&left, open)).map_err(|left| Obstacle::NotAllowed {
        environment,
        kind,
        windows: around.schedule.allowing(environment, kind).to_vec(),
        longest: ranges::longest(&left),
    })
}

fn not_frozen(
    search: &Search,
    around: &Surroundings,
    place: &Place,
    before: Vec<TimeRange>,
) -> Result<Vec<TimeRange>, Obstacle> {
    let (environment, kind) = (place.environment, search.kind);
    let frozen = around.schedule.frozen(environment, kind);
    fitting(search, ranges::without(&before, &frozen)).map_err(|left| {
        let met = before
            .iter()
            .flat_map(|&range| around.schedule.freezing(environment, kind, range));
        let mut windows: Vec<u32> = met.collect();
        windows.sort_unstable();
        windows.dedup();
        Obstacle::Frozen {
            environment,
            windows,
            longest: ranges::longest(&left),
        }
    })
}

/// Where a core may lie when its footprint keeps out of what is taken.
fn open(place: &Place, search: &Search, taken: &[Busy]) -> Vec<TimeRange> {
    let span = place.footprint(search.range);
    let taken: Vec<TimeRange> = taken.iter().map(|busy| busy.range).collect();
    let gaps = ranges::without(&[span], &taken);
    gaps.into_iter().filter_map(|gap| place.core(gap)).collect()
}

/// Where a core would be too close to a deployment.
fn too_close(search: &Search, around: &Surroundings, who: Who) -> Vec<TimeRange> {
    if search.apart.num_seconds() <= 0 {
        return Vec::new();
    }
    let near = deployments(search, around, search.range);
    let certain = near.filter(|(hold, _)| hold.confirmed || who == Who::Everybody);
    let wide = |(_, core): (_, TimeRange)| core.widened(search.apart, search.apart);
    ranges::union(certain.map(wide).collect())
}
