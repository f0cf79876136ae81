//! Where more is held than there is: the rules 1 to 6 of the domain, as a sweep line; rules 8 and
//! 9 are in [`window`].
//!
//! Input are plain [`Hold`]s, occurrences reduced to what the rules look at; output are stretches
//! of time with the indices of the holds involved. Nothing here knows of names, series or
//! acceptance. [`explain`] puts a conflict into words.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use crate::{EnvironmentId, TeamId, TimeRange, Timestamp};

pub mod explain;
pub(crate) mod presence;
mod sweep;
#[cfg(test)]
mod tests;
pub mod window;

/// One occurrence as the rules see it. Only bookings that block (not cancelled, opaque) are holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hold {
    /// What is held.
    pub environment: EnvironmentId,
    /// Who holds it.
    pub team: TeamId,
    /// Holds with the same plan never conflict with each other, and count once.
    pub plan: Option<NonZeroU32>,
    /// First instant of the core.
    pub start: Timestamp,
    /// First instant after the core. A hold that ends where it starts, or before, conflicts with
    /// nothing, and its buffers do not either.
    pub end: Timestamp,
    /// Seconds needed before the start.
    pub set_up: u32,
    /// Seconds needed after the end.
    pub clean_up: u32,
    /// How many units it takes; `None` is exclusive and takes the whole capacity.
    pub units: Option<NonZeroU32>,
    /// Whether it is certain; a tentative hold yields.
    pub confirmed: bool,
}

/// Which rule is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConflictKind {
    /// The cores demand more than the capacity.
    Overlap,
    /// The cores fit, but not with the time they need before and after.
    Buffer,
    /// A booking of a blocked kind meets a freeze. Found by [`window::window_conflicts`].
    Freeze,
    /// A deployment lies outside the allowed windows. Found by [`window::window_conflicts`].
    OutsideWindow,
}

/// How bad a conflict is; errors compare greatest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Within one team: shown, not counted.
    Info,
    /// Somebody can yield.
    Warning,
    /// Two or more are certain.
    Error,
}

/// A maximal stretch of time in which the same holds break the same rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Where.
    pub environment: EnvironmentId,
    /// Which rule.
    pub kind: ConflictKind,
    /// How bad.
    pub severity: Severity,
    /// When.
    pub range: TimeRange,
    /// Who is part of it: indices into the slice that was searched, by start, then index. One
    /// member alone is a hold that takes more units than there are.
    pub members: Vec<u32>,
}

impl Hold {
    /// The units it takes of `capacity`; may be more than that.
    #[must_use]
    pub fn demand(&self, capacity: u32) -> u32 {
        self.units.map_or(capacity, NonZeroU32::get)
    }

    /// From when set-up begins to when clean-up is over.
    pub(crate) fn footprint(&self) -> (Timestamp, Timestamp) {
        let start = self.start.seconds() - i64::from(self.set_up);
        let end = self.end.seconds() + i64::from(self.clean_up);
        (Timestamp::from_seconds(start), Timestamp::from_seconds(end))
    }
}

/// All conflicts among `holds`, by start, then environment.
///
/// `capacity` says how many units an environment has; 0 is read as 1. Takes O(n log n) time, and
/// less where the holds of each environment are in order of their footprints already.
#[must_use]
pub fn conflicts(holds: &[Hold], capacity: impl Fn(EnvironmentId) -> u32) -> Vec<Conflict> {
    let mut found = Vec::new();
    for (environment, mut entries) in by_environment(holds) {
        entries.sort_unstable_by_key(|entry| (entry.from, entry.hold));
        let mut sweep =
            sweep::Sweep::new(holds, environment, capacity(environment).max(1), &mut found);
        sweep.run(&entries);
    }
    found.sort_unstable_by_key(|conflict| (conflict.range.start(), conflict.environment));
    found
}

/// The conflicts that `one` would be part of if it stood among `others`, in the same order as from
/// [`conflicts`]. Among the members, `one` has the index `others.len()`.
#[must_use]
pub fn conflicts_with(
    one: Hold,
    others: &[Hold],
    capacity: impl Fn(EnvironmentId) -> u32,
) -> Vec<Conflict> {
    let (from, to) = one.footprint();
    // Whoever is not there during its footprint decides nothing about it.
    let meets = |other: &Hold| {
        let (start, end) = other.footprint();
        other.environment == one.environment && start < to && from < end
    };
    let (mut indices, mut near): (Vec<u32>, Vec<Hold>) =
        (0..).zip(others).filter(|(_, other)| meets(other)).unzip();
    let itself = near.len() as u32;
    indices.push(others.len() as u32);
    near.push(one);
    let mut found = conflicts(&near, capacity);
    found.retain(|conflict| conflict.members.contains(&itself));
    for member in found.iter_mut().flat_map(|conflict| &mut conflict.members) {
        *member = indices[*member as usize];
    }
    found
}

/// The footprint of a hold, small enough to be sorted by the million.
struct Entry {
    from: Timestamp,
    to: Timestamp,
    hold: u32,
    /// Takes units: may be more than there are, and so a conflict by itself.
    shared: bool,
}

fn by_environment(holds: &[Hold]) -> BTreeMap<EnvironmentId, Vec<Entry>> {
    let mut entries: BTreeMap<EnvironmentId, Vec<Entry>> = BTreeMap::new();
    for (index, hold) in (0..).zip(holds).filter(|(_, hold)| hold.start < hold.end) {
        let (from, to) = hold.footprint();
        let entry = Entry {
            from,
            to,
            hold: index,
            shared: hold.units.is_some(),
        };
        entries.entry(hold.environment).or_default().push(entry);
    }
    entries
}
