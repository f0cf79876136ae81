//! Which of the free slots to offer, in which order, and what to say about each.

use super::busy::{Busy, Who, deployments, in_the_way};
use super::{Note, Order, Place, Search, Slot, Surroundings, snap};
use crate::{Hold, TeamId, TimeRange, Timestamp, ranges};

/// What there is to pick from.
pub(super) struct Free<'a> {
    /// Where a core may lie, in order; some may be too short for a slot.
    pub(super) cores: &'a [TimeRange],
    /// Who is around, for each place of the search.
    pub(super) taken: &'a [Vec<Busy>],
}

/// Adds free slots until there are as many as wanted.
pub(super) fn pick(search: &Search, around: &Surroundings, free: &Free, chosen: &mut Vec<Slot>) {
    let preferred = search
        .preferred
        .as_ref()
        .map(|hours| hours.ranges(search.zone, search.range));
    if let Some(preferred) = &preferred {
        let inside = ranges::intersect(free.cores, preferred);
        let notes = |core| notes(search, around.holds, free, core);
        take(search, &inside, free, chosen, notes);
    }
    let notes = |core: TimeRange| {
        let mut notes = notes(search, around.holds, free, core);
        let inside = |preferred: &Vec<TimeRange>| ranges::without(&[core], preferred).is_empty();
        if !preferred.as_ref().is_none_or(inside) {
            notes.push(Note::OutsidePreferred);
        }
        notes
    };
    take(search, free.cores, free, chosen, notes);
}

/// The same among slots that are free once the tentative bookings are out of the way; `taken` is
/// when the places are busy because of anybody.
pub(super) fn pick_yielding(
    search: &Search,
    around: &Surroundings,
    free: &Free,
    taken: &[Vec<Busy>],
    chosen: &mut Vec<Slot>,
) {
    let first = chosen.len();
    pick(search, around, free, chosen);
    for slot in &mut chosen[first..] {
        let teams = yielding(search, around, taken, slot.range);
        if !teams.is_empty() {
            slot.notes.insert(0, Note::IfTheyYield(teams));
        }
    }
}

/// Adds the best slots in `set` that overlap none of the chosen.
fn take(
    search: &Search,
    set: &[TimeRange],
    free: &Free,
    chosen: &mut Vec<Slot>,
    notes: impl Fn(TimeRange) -> Vec<Note>,
) {
    let missing = search.count.saturating_sub(chosen.len());
    let mut found = candidates(search, set, chosen, missing);
    found.sort_by_key(|&core| {
        let late = touches_buffer(search, free, core);
        steps(search, core) + if late { AS_IF_LATER } else { 0 }
    });
    let slots = found.into_iter().take(missing);
    chosen.extend(slots.map(|range| Slot {
        range,
        notes: notes(range),
    }));
}

/// A slot right at somebody's clean-up or set-up counts as if it began so many seconds later: work
/// that takes longer than it should would run into it.
const AS_IF_LATER: i64 = 3600;

/// At least so many candidates, if there are, and those that could still be better than the last.
fn candidates(
    search: &Search,
    set: &[TimeRange],
    chosen: &[Slot],
    wanted: usize,
) -> Vec<TimeRange> {
    let mut found: Vec<TimeRange> = Vec::new();
    let taken = ranges::union(chosen.iter().map(|slot| slot.range).collect());
    let left = ranges::without(set, &taken);
    let in_order: Box<dyn Iterator<Item = &TimeRange>> = match search.order {
        Order::Earliest => Box::new(left.iter()),
        Order::Latest => Box::new(left.iter().rev()),
    };
    for core in in_order.flat_map(|&stretch| snap::along(search, stretch, &taken)) {
        let last = wanted.checked_sub(1).map(|last| found.get(last));
        let enough = last.is_none_or(|last| {
            last.is_some_and(|last| steps(search, core) > steps(search, *last) + AS_IF_LATER)
        });
        if enough {
            break;
        }
        found.push(core);
    }
    found
}

/// When it begins, in seconds that grow in the order of the search.
fn steps(search: &Search, core: TimeRange) -> i64 {
    let start = core.start().seconds();
    if search.order == Order::Latest {
        -start
    } else {
        start
    }
}

fn touches_buffer(search: &Search, free: &Free, core: TimeRange) -> bool {
    neighbours(search, free, core).next().is_some()
}

/// The holds whose clean-up ends where the slot begins, or whose set-up begins where it ends.
fn neighbours<'a>(
    search: &'a Search,
    free: &'a Free,
    core: TimeRange,
) -> impl Iterator<Item = Neighbour> + 'a {
    let of = move |(place, busy): (&'a Place, &'a Vec<Busy>)| {
        let footprint = place.footprint(core);
        let before = busy.binary_search_by_key(&footprint.start(), |one| one.range.end());
        let after = busy.binary_search_by_key(&footprint.end(), |one| one.range.start());
        let clean_up = before
            .ok()
            .and_then(|at| busy[at].clean_up_of)
            .map(Neighbour::CleanUp);
        let set_up = after
            .ok()
            .and_then(|at| busy[at].set_up_of)
            .map(Neighbour::SetUp);
        clean_up.into_iter().chain(set_up)
    };
    search.places.iter().zip(free.taken).flat_map(of)
}

enum Neighbour {
    CleanUp(u32),
    SetUp(u32),
}

fn notes(search: &Search, holds: &[Hold], free: &Free, core: TimeRange) -> Vec<Note> {
    let team = |hold: u32| holds[hold as usize].team;
    let mut notes: Vec<Note> = Vec::new();
    for neighbour in neighbours(search, free, core) {
        let note = match neighbour {
            Neighbour::CleanUp(hold) => Note::AfterCleanUp(team(hold)),
            Neighbour::SetUp(hold) => Note::BeforeSetUp(team(hold)),
        };
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    notes
}

/// The teams whose tentative bookings are in the way of a slot, by start, each once.
fn yielding(
    search: &Search,
    around: &Surroundings,
    taken: &[Vec<Busy>],
    core: TimeRange,
) -> Vec<TeamId> {
    let mut teams: Vec<_> = Vec::new();
    let tentative = || around.holds.iter().filter(|hold| !hold.confirmed);
    for (place, taken) in search.places.iter().zip(taken) {
        let span = place.footprint(core);
        let closed: Vec<_> = taken
            .iter()
            .filter_map(|busy| busy.range.intersection(span))
            .collect();
        let meets = |hold: &Hold| {
            let footprint = in_the_way(place, hold, Who::Everybody, span)?;
            let there = !ranges::touching(&closed, footprint).is_empty();
            there.then_some((footprint.start(), hold.team))
        };
        teams.extend(tentative().filter_map(meets));
    }
    if search.apart.num_seconds() > 0 {
        let close = deployments(search, around, core).filter(|(hold, _)| !hold.confirmed);
        teams.extend(close.map(|(hold, core)| (core.start(), hold.team)));
    }
    teams_in_order(teams)
}

/// The teams in order of the times beside them, each once.
fn teams_in_order(mut of: Vec<(Timestamp, TeamId)>) -> Vec<TeamId> {
    of.sort_unstable();
    let mut teams = Vec::new();
    for (_, team) in of {
        if !teams.contains(&team) {
            teams.push(team);
        }
    }
    teams
}
