//! When a booking of certain units and buffers cannot be in an environment because of others.
//!
//! It is a sweep like that of [`crate::conflict`], over the same presence, with one more hold that
//! is always there: the booking that is looked for.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::{Place, Search, Surroundings};
use crate::conflict::presence::Presence;
use crate::{Hold, Kind, TeamId, TimeRange, Timestamp, ranges};

/// Whose holds are in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    Everybody,
    /// Tentative bookings yield.
    Confirmed,
}

/// A stretch that the footprint of the booking must keep out of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Busy {
    pub(super) range: TimeRange,
    /// The hold whose set-up it begins with, if it does.
    pub(super) set_up_of: Option<u32>,
    /// The hold whose clean-up it ends with, if it does.
    pub(super) clean_up_of: Option<u32>,
}

/// A hold that matters, by its footprint.
struct Entry {
    footprint: TimeRange,
    /// Index into the holds.
    hold: u32,
}

/// [`busy`] for each place of the search.
pub(super) fn at_places(search: &Search, holds: &[Hold], who: Who) -> Vec<Vec<Busy>> {
    search
        .places
        .iter()
        .map(|place| busy(place, search, holds, who))
        .collect()
}

/// The stretches in which a booking at `place` would be in conflict, in order.
fn busy(place: &Place, search: &Search, holds: &[Hold], who: Who) -> Vec<Busy> {
    let span = place.footprint(search.range);
    let entry = |(hold, one)| {
        let footprint = in_the_way(place, one, who, span)?;
        Some(Entry { footprint, hold })
    };
    let mut entries: Vec<Entry> = (0..).zip(holds).filter_map(entry).collect();
    // A database gives them in this order.
    if !entries.is_sorted_by_key(|entry| entry.footprint.start()) {
        entries.sort_unstable_by_key(|entry| (entry.footprint.start(), entry.hold));
    }
    let itself = Hold {
        plan: search.plan,
        ..place.hold(search.team, search.range)
    };
    Sweep::new(place, &itself, &entries, holds).run()
}

/// Goes along the footprints by their starts. Whoever is present waits to leave in a heap, which
/// is small where few are present together: much less to sort than all ends.
struct Sweep<'a> {
    entries: &'a [Entry],
    holds: &'a [Hold],
    /// How many of the entries have come.
    come: usize,
    leaving: BinaryHeap<Reverse<(Timestamp, u32)>>,
    present: Presence,
    /// Since when it is busy, and whose set-up that was.
    open: Option<(Timestamp, Option<u32>)>,
    found: Vec<Busy>,
}

impl<'a> Sweep<'a> {
    fn new(place: &Place, itself: &Hold, entries: &'a [Entry], holds: &'a [Hold]) -> Self {
        let mut present = Presence::default();
        present.reset(place.capacity.max(1), entries.len() + 1);
        present.add(entries.len() as u32, itself);
        let (leaving, found) = (BinaryHeap::new(), Vec::new());
        Self {
            entries,
            holds,
            come: 0,
            leaving,
            present,
            open: None,
            found,
        }
    }

    fn run(mut self) -> Vec<Busy> {
        while let Some(at) = self.next() {
            let clean_up_of = self.leave(at);
            let set_up_of = self.come(at);
            let is_busy = self.present.exceeds() && self.present.is_shared();
            match self.open {
                None if is_busy => self.open = Some((at, set_up_of)),
                Some((from, set_up_of)) if !is_busy => {
                    let busy = |range| Busy {
                        range,
                        set_up_of,
                        clean_up_of,
                    };
                    self.found.extend(TimeRange::new(from, at).map(busy));
                    self.open = None;
                }
                _ => {}
            }
        }
        self.found
    }

    /// When somebody comes or leaves next.
    fn next(&self) -> Option<Timestamp> {
        let comes = self
            .entries
            .get(self.come)
            .map(|entry| entry.footprint.start());
        let leaves = self.leaving.peek().map(|Reverse((at, _))| *at);
        comes.into_iter().chain(leaves).min()
    }

    /// Takes out who leaves; answers with the first of them who had cleaned up.
    fn leave(&mut self, now: Timestamp) -> Option<u32> {
        let mut clean_up_of = None;
        while let Some(&Reverse((at, position))) = self.leaving.peek()
            && at == now
        {
            self.leaving.pop();
            let index = self.entries[position as usize].hold;
            let hold = &self.holds[index as usize];
            self.present.remove(position, hold);
            clean_up_of = clean_up_of.or((hold.clean_up > 0).then_some(index));
        }
        clean_up_of
    }

    /// Takes in who comes; answers with the first of them who begins to set up.
    fn come(&mut self, now: Timestamp) -> Option<u32> {
        let mut set_up_of = None;
        while let Some(entry) = self.entries.get(self.come)
            && entry.footprint.start() == now
        {
            let (position, hold) = (self.come as u32, &self.holds[entry.hold as usize]);
            self.present.add(position, hold);
            self.leaving
                .push(Reverse((entry.footprint.end(), position)));
            set_up_of = set_up_of.or((hold.set_up > 0).then_some(entry.hold));
            self.come += 1;
        }
        set_up_of
    }
}

/// The footprint of a hold that matters to the place in `span`.
pub(super) fn in_the_way(
    place: &Place,
    hold: &Hold,
    who: Who,
    span: TimeRange,
) -> Option<TimeRange> {
    let matters = hold.environment == place.environment
        && hold.start < hold.end
        && (hold.confirmed || who == Who::Everybody);
    if !matters {
        return None;
    }
    let (start, end) = hold.footprint();
    TimeRange::new(start, end).filter(|footprint| footprint.overlaps(span))
}

/// The deployments, with their cores, that a slot in `range` would be too close to.
pub(super) fn deployments<'a>(
    search: &'a Search,
    around: &'a Surroundings,
    range: TimeRange,
) -> impl Iterator<Item = (&'a Hold, TimeRange)> + 'a {
    let wide = range.widened(search.apart, search.apart);
    let here = |hold: &Hold| {
        search
            .places
            .iter()
            .any(|one| one.environment == hold.environment)
    };
    let deploys = |&(index, _): &(usize, &Hold)| kind_at(around, index) == Kind::Deploy;
    let others = move |hold: &&Hold| hold.plan.is_none() || hold.plan != search.plan;
    let holds = around
        .holds
        .iter()
        .enumerate()
        .filter(deploys)
        .map(|(_, hold)| hold);
    holds
        .filter(others)
        .filter(move |hold| here(hold))
        .filter_map(move |hold| {
            let core = TimeRange::new(hold.start, hold.end)?;
            core.overlaps(wide).then_some((hold, core))
        })
}

/// When a team holds anything that is not of the plan of the search.
pub(super) fn of_team(search: &Search, around: &Surroundings, team: TeamId) -> Vec<TimeRange> {
    let its = around.holds.iter().filter(|hold| hold.team == team);
    let others = its.filter(|hold| hold.plan.is_none() || hold.plan != search.plan);
    ranges::union(
        others
            .filter_map(|hold| TimeRange::new(hold.start, hold.end))
            .collect(),
    )
}

/// The holds that can matter to the search, with their kinds.
pub(super) fn near(search: &Search, around: &Surroundings) -> (Vec<Hold>, Vec<Kind>) {
    let wide = |place: &Place| {
        let range = place.footprint(search.range);
        range.widened(search.apart, search.apart)
    };
    let matters = |hold: &Hold| {
        let at = |place| in_the_way(place, hold, Who::Everybody, wide(place)).is_some();
        search.busy.contains(&hold.team) || search.places.iter().any(at)
    };
    let near = around
        .holds
        .iter()
        .enumerate()
        .filter(|(_, hold)| matters(hold));
    near.map(|(index, hold)| (*hold, kind_at(around, index)))
        .unzip()
}

/// What the hold with this index is for.
pub(super) fn kind_at(around: &Surroundings, index: usize) -> Kind {
    around.kinds.get(index).copied().unwrap_or_default()
}
