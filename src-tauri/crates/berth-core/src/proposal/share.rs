//! Units instead of the whole: room for all at the same time.

use std::num::NonZeroU32;

use super::{Action, Change, Draft, Question};
use crate::ConflictKind;

/// Mine takes what the others leave; else everybody who takes the whole takes one unit. Nothing
/// where there is only one unit, or where it is not about units.
pub(super) fn by_units(question: &Question) -> Vec<Draft> {
    let conflict = question.conflict;
    let capacity = (question.capacity)(conflict.environment);
    let about_units = matches!(conflict.kind, ConflictKind::Overlap | ConflictKind::Buffer);
    if !about_units || capacity < 2 {
        return Vec::new();
    }
    let taken: u32 = conflict
        .members
        .iter()
        .filter(|&&index| index != question.mine)
        .map(|&index| question.hold(index).demand(capacity))
        .fold(0, u32::saturating_add);
    let left = capacity.checked_sub(taken).and_then(NonZeroU32::new);
    let mine_less = left.and_then(|units| change(question, question.mine, units));
    let exclusive = conflict
        .members
        .iter()
        .filter(|&&index| question.hold(index).units.is_none());
    let all_one: Vec<Change> = exclusive
        .filter_map(|&index| change(question, index, NonZeroU32::MIN))
        .collect();
    [mine_less.into_iter().collect(), all_one]
        .into_iter()
        .filter(|changes: &Vec<Change>| !changes.is_empty())
        .map(|changes| Draft {
            action: Action::Share,
            changes,
            notes: Vec::new(),
        })
        .collect()
}

fn change(question: &Question, hold: u32, units: NonZeroU32) -> Option<Change> {
    let range = question.core(hold)?;
    Some(Change {
        hold,
        range,
        units: Some(units),
    })
}
