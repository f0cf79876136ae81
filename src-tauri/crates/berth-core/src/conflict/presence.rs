//! Who is present at the instant that a sweep has come to, and how much they demand together.
//!
//! Adding and removing takes constant time (with a plan: logarithmic), so that a sweep costs no
//! more where many are present and nothing is wrong.

use std::collections::{BTreeMap, HashMap};
use std::num::NonZeroU32;

use super::Hold;

/// The holds present, by their position in the stretch that is swept.
#[derive(Default)]
pub(crate) struct Presence {
    capacity: u32,
    members: Vec<u32>,
    /// Where in `members` each position stands, while it is there.
    place: Vec<u32>,
    demand: u64,
    /// How many are there that could be in each other's way: a plan is one.
    parties: usize,
    /// For each plan that is there, how many of its holds take how many units.
    plans: HashMap<NonZeroU32, BTreeMap<u32, u32>>,
}

impl Presence {
    /// Begins again, for positions below `count`.
    pub(crate) fn reset(&mut self, capacity: u32, count: usize) {
        self.capacity = capacity;
        self.members.clear();
        self.place.clear();
        self.place.resize(count, 0);
        self.demand = 0;
        self.parties = 0;
        self.plans.clear();
    }

    pub(crate) fn add(&mut self, position: u32, hold: &Hold) {
        self.place[position as usize] = self.members.len() as u32;
        self.members.push(position);
        let units = hold.demand(self.capacity);
        match hold.plan {
            None => {
                self.demand += u64::from(units);
                self.parties += 1;
            }
            Some(plan) => self.change_plan(plan, |present| *present.entry(units).or_default() += 1),
        }
    }

    /// Takes out a position that was added before.
    pub(crate) fn remove(&mut self, position: u32, hold: &Hold) {
        let place = self.place[position as usize];
        self.members.swap_remove(place as usize);
        if let Some(&moved) = self.members.get(place as usize) {
            self.place[moved as usize] = place;
        }
        let units = hold.demand(self.capacity);
        match hold.plan {
            None => {
                self.demand -= u64::from(units);
                self.parties -= 1;
            }
            Some(plan) => self.change_plan(plan, |present| remove_one(present, units)),
        }
    }

    /// A plan demands as much as the greediest of its holds.
    fn change_plan(&mut self, plan: NonZeroU32, change: impl FnOnce(&mut BTreeMap<u32, u32>)) {
        let present = self.plans.entry(plan).or_default();
        let before = greatest(present);
        change(present);
        let after = greatest(present);
        self.demand = self.demand - u64::from(before.unwrap_or(0)) + u64::from(after.unwrap_or(0));
        self.parties = self.parties + usize::from(after.is_some()) - usize::from(before.is_some());
        if after.is_none() {
            self.plans.remove(&plan);
        }
    }

    /// Whether more is demanded than there is.
    pub(crate) fn exceeds(&self) -> bool {
        self.demand > u64::from(self.capacity)
    }

    /// Whether there are two that do not belong to the same plan.
    pub(crate) fn is_shared(&self) -> bool {
        self.parties > 1
    }

    /// Who is there, in no order.
    pub(crate) fn members(&self) -> &[u32] {
        &self.members
    }
}

fn greatest(units: &BTreeMap<u32, u32>) -> Option<u32> {
    units.last_key_value().map(|(&units, _)| units)
}

fn remove_one(present: &mut BTreeMap<u32, u32>, units: u32) {
    if let Some(count) = present.get_mut(&units) {
        *count -= 1;
        if *count == 0 {
            present.remove(&units);
        }
    }
}
