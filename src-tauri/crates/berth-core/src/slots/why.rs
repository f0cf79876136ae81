//! Who took the last of what was left.

use super::busy::{Busy, Who, deployments, in_the_way};
use super::narrow::Stuck;
use super::{Obstacle, Place, Search, Surroundings};
use crate::{Hold, TeamId, TimeRange, Timestamp, ranges};

/// Puts a name to where a search got stuck because of `who`, by whom the places are `taken`.
pub(super) fn why(
    stuck: &Stuck,
    search: &Search,
    around: &Surroundings,
    taken: &[Vec<Busy>],
    who: Who,
) -> Obstacle {
    match stuck {
        Stuck::NeverTogether { at } => {
            let places = search.places.iter().take(at + 1);
            let environments = places.map(|place| place.environment).collect();
            Obstacle::NeverTogether { environments }
        }
        Stuck::Held { at, before, left } => {
            let place = &search.places[*at];
            let closed = closed(place, &taken[*at], before);
            let (by, until) = holders(place, search, around, &closed, who);
            let (environment, longest) = (place.environment, ranges::longest(left));
            Obstacle::Held {
                environment,
                by,
                until,
                longest,
            }
        }
        Stuck::TooClose { before } => too_close(search, around, before),
    }
}

/// When the place was busy for a core in what was left before.
fn closed(place: &Place, taken: &[Busy], before: &[TimeRange]) -> Vec<TimeRange> {
    let (set_up, clean_up) = place.buffers();
    let matters =
        |busy: &TimeRange| !ranges::touching(before, busy.widened(clean_up, set_up)).is_empty();
    taken
        .iter()
        .map(|busy| busy.range)
        .filter(matters)
        .collect()
}

/// Whose holds that is, in the order of the holds, and when the last is over. Looks closely only at
/// those who would change the answer: the teams are few, and from the end, so are the ends.
fn holders(
    place: &Place,
    search: &Search,
    around: &Surroundings,
    closed: &[TimeRange],
    who: Who,
) -> (Vec<TeamId>, Timestamp) {
    let span = place.footprint(search.range);
    let there = |hold: &Hold| {
        let foreign = hold.plan.is_none() || hold.plan != search.plan;
        let footprint = in_the_way(place, hold, who, span).filter(|_| foreign)?;
        (!ranges::touching(closed, footprint).is_empty()).then_some(footprint.end())
    };
    let mut teams = Vec::new();
    for hold in around.holds {
        if !teams.contains(&hold.team) && there(hold).is_some() {
            teams.push(hold.team);
        }
    }
    let mut until = None;
    for hold in around.holds.iter().rev() {
        if until.is_none_or(|until| hold.footprint().1 > until) {
            until = there(hold).or(until);
        }
    }
    (teams, until.unwrap_or(search.range.end()))
}

/// The first deployment that is too close to something that was left before.
fn too_close(search: &Search, around: &Surroundings, before: &[TimeRange]) -> Obstacle {
    let apart = search.apart;
    let close = |core: &TimeRange| !ranges::touching(before, core.widened(apart, apart)).is_empty();
    let near = deployments(search, around, search.range).map(|(hold, core)| (core, hold.team));
    let first = near.filter(|(core, _)| close(core)).min();
    let (range, team) = first.unwrap_or((search.range, search.team));
    Obstacle::TooClose { apart, team, range }
}
