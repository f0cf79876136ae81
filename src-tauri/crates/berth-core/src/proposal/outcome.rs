//! What would be after a proposal, found by the rules themselves.

use std::collections::HashSet;

use super::{Change, Draft, Proposal, Question};
use crate::conflict::window::window_conflicts;
use crate::conflict::{Conflict, ConflictKind, conflicts};
use crate::{EnvironmentId, Hold, TimeRange, ranges};

/// The conflicts before anything is changed.
pub(super) struct Before {
    conflicts: Vec<Conflict>,
    exactly: HashSet<(Identity, TimeRange)>,
}

/// What makes two conflicts the same one, whenever they are (rule 13).
type Identity = (EnvironmentId, ConflictKind, Vec<u32>);

impl Before {
    pub(super) fn new(question: &Question) -> Self {
        let conflicts = all(question, question.holds);
        let exactly = conflicts
            .iter()
            .map(|one| (identity(one), one.range))
            .collect();
        Self { conflicts, exactly }
    }

    /// The proposal with its consequences; `None` where it does not solve the conflict, or where
    /// mine would still be in a part of it.
    pub(super) fn judge(&self, question: &Question, draft: Draft) -> Option<Proposal> {
        let after = all(question, &applied(question.holds, &draft.changes));
        let solved = identity(question.conflict);
        if after.iter().any(|one| identity(one) == solved) {
            return None;
        }
        let new = after
            .into_iter()
            .filter(|one| !self.exactly.contains(&(identity(one), one.range)));
        let (leaves, causes): (Vec<_>, Vec<_>) = new.partition(|one| self.is_rest(one));
        if leaves.iter().any(|one| is_part(question, one)) {
            return None;
        }
        let Draft {
            action,
            changes,
            notes,
        } = draft;
        Some(Proposal {
            action,
            changes,
            notes,
            causes,
            leaves,
        })
    }

    /// Whether all of its members were in conflict all of that time already.
    fn is_rest(&self, conflict: &Conflict) -> bool {
        let wider = self.conflicts.iter().filter(|one| {
            one.environment == conflict.environment
                && one.range.overlaps(conflict.range)
                && conflict
                    .members
                    .iter()
                    .all(|member| one.members.contains(member))
        });
        let covered = ranges::union(wider.map(|one| one.range).collect());
        ranges::without(&[conflict.range], &covered).is_empty()
    }
}

/// Whether mine is still in a part of the conflict that was to be solved.
fn is_part(question: &Question, left: &Conflict) -> bool {
    left.members.contains(&question.mine) && left.range.overlaps(question.conflict.range)
}

/// The holds after the changes.
pub(super) fn applied(holds: &[Hold], changes: &[Change]) -> Vec<Hold> {
    let mut holds = holds.to_vec();
    for change in changes {
        let hold = &mut holds[change.hold as usize];
        (hold.start, hold.end) = (change.range.start(), change.range.end());
        hold.units = change.units;
    }
    holds
}

/// All conflicts that are not accepted by an exception.
fn all(question: &Question, holds: &[Hold]) -> Vec<Conflict> {
    let mut found = conflicts(holds, question.capacity);
    let windows = window_conflicts(holds, question.kinds, question.schedule, question.excepted);
    found.extend(
        windows
            .into_iter()
            .filter(|one| !one.accepted)
            .map(|one| one.conflict),
    );
    found
}

fn identity(conflict: &Conflict) -> Identity {
    let mut members = conflict.members.clone();
    members.sort_unstable();
    (conflict.environment, conflict.kind, members)
}
