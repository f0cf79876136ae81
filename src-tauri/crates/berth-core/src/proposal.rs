//! Ways out of a conflict, ranked, each with what it would cause elsewhere.
//!
//! A proposal is data: which holds get which range and units. It is made of slots that are free, and
//! then held against the rules once more, all of them, before it is given away: it says no less
//! than what would be found after it. It stores nothing; whoever applies it moves the bookings.

use std::num::NonZeroU32;

use chrono_tz::Tz;

use crate::conflict::Conflict;
use crate::slots::{Daily, Note};
use crate::window::Schedule;
use crate::{EnvironmentId, Hold, Kind, TimeRange, Timestamp};

mod moves;
mod outcome;
mod share;
mod shorten;
#[cfg(test)]
mod tests;
mod words;

/// A conflict, and everything around it.
#[derive(Clone, Copy)]
pub struct Question<'a> {
    /// The conflict; its members are indices into `holds`.
    pub conflict: &'a Conflict,
    /// The member that is to give way; the others are "theirs".
    pub mine: u32,
    /// Whatever blocks in the environment between `now` and `until`, and all members.
    pub holds: &'a [Hold],
    /// What each hold is for, at the same index.
    pub kinds: &'a [Kind],
    /// The windows over all of that time.
    pub schedule: &'a Schedule,
    /// How many units an environment has.
    pub capacity: &'a dyn Fn(EnvironmentId) -> u32,
    /// Whether the hold with this index may break the window with this number.
    pub excepted: &'a dyn Fn(u32, u32) -> bool,
    /// Whether the hold with this index is whole days, and must stay so.
    pub whole_days: &'a dyn Fn(u32) -> bool,
    /// The zone of the environment.
    pub zone: Tz,
    /// Bookings in these hours are moved within these hours; others keep their own where they can.
    pub preferred: Option<&'a Daily>,
    /// Nothing is moved to before this, and what has begun is not moved.
    pub now: Timestamp,
    /// Nothing is moved to after this.
    pub until: Timestamp,
}

/// A way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// What is to be done.
    pub action: Action,
    /// What becomes of which holds. Nothing where the conflict is accepted as it is.
    pub changes: Vec<Change>,
    /// What to know about the slot of a move.
    pub notes: Vec<Note>,
    /// Conflicts that there would be and are not now; members are indices into the same holds.
    pub causes: Vec<Conflict>,
    /// What would be left of conflicts that there are now, in which somebody takes no part any
    /// more: they are no worse than now, but they are others.
    pub leaves: Vec<Conflict>,
}

/// What a proposal does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// Mine begins later, or on another day.
    MoveMine,
    /// Mine becomes shorter.
    Shorten,
    /// All take units, so that there is room for all; or, where nothing is changed because there is
    /// no room, all use it at the same time and know of it: an acceptance.
    Share,
    /// Theirs is moved: a request that can be sent, not something that one does to others.
    MoveTheirs,
    /// Nothing changes; somebody says why that is all right. Of a freeze or of allow windows it is
    /// an exception.
    Accept,
}

/// What becomes of one hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// Index into the holds.
    pub hold: u32,
    /// Its core from then on.
    pub range: TimeRange,
    /// Its units from then on; `None` is exclusive.
    pub units: Option<NonZeroU32>,
}

impl Proposal {
    /// Whether nothing is changed and the conflict is only accepted.
    #[must_use]
    pub fn accepts(&self) -> bool {
        self.changes.is_empty()
    }
}

/// The ways out of a conflict, best first; none where `mine` is not a member of it.
///
/// Those that cause nothing come first, and of these: moving mine (later the same day, another day,
/// earlier), shortening it to the longest stretch that is free if that is at least half of it,
/// sharing where there are enough units, asking one of the others to move. Accepting comes last.
/// Every proposal that changes something leaves no conflict of this kind between these members.
#[must_use]
pub fn proposals(question: &Question) -> Vec<Proposal> {
    if !question.conflict.members.contains(&question.mine) {
        return Vec::new();
    }
    let before = outcome::Before::new(question);
    let mut found: Vec<Proposal> = Vec::new();
    let drafts = moves::mine(question)
        .into_iter()
        .chain(shorten::shorten(question))
        .chain(share::by_units(question))
        .chain(moves::theirs(question));
    for draft in drafts {
        let known = |one: &Proposal| one.changes == draft.changes;
        let doubled =
            draft.action == Action::Share && found.iter().any(|one| one.action == Action::Share);
        if !doubled && !found.iter().any(known) {
            found.extend(before.judge(question, draft));
        }
    }
    found.sort_by_key(|one| (!one.causes.is_empty(), one.action));
    let shared = found.iter().any(|one| one.action == Action::Share);
    if !shared && question.conflict.members.len() > 1 {
        found.push(Draft::accepting(Action::Share));
    }
    found.push(Draft::accepting(Action::Accept));
    found
}

/// A proposal that has not been held against the rules.
#[derive(Debug)]
struct Draft {
    action: Action,
    changes: Vec<Change>,
    notes: Vec<Note>,
}

impl Draft {
    fn accepting(action: Action) -> Proposal {
        let (changes, notes) = (Vec::new(), Vec::new());
        Proposal {
            action,
            changes,
            notes,
            causes: Vec::new(),
            leaves: Vec::new(),
        }
    }
}

impl Question<'_> {
    fn hold(&self, index: u32) -> &Hold {
        &self.holds[index as usize]
    }

    fn kind(&self, index: u32) -> Kind {
        self.kinds.get(index as usize).copied().unwrap_or_default()
    }

    fn core(&self, index: u32) -> Option<TimeRange> {
        let hold = self.hold(index);
        TimeRange::new(hold.start, hold.end)
    }

    /// The members that somebody else would have to move.
    fn theirs(&self) -> impl Iterator<Item = u32> + '_ {
        let mine = self.hold(self.mine);
        self.conflict.members.iter().copied().filter(move |&index| {
            let other = self.hold(index);
            other.team != mine.team && (other.plan.is_none() || other.plan != mine.plan)
        })
    }
}
