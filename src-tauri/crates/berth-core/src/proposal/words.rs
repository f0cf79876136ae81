//! Proposals as a person says them.

use super::{Action, Change, Proposal, Question};
use crate::conflict::{Conflict, ConflictKind, Severity};
use crate::slots::Slot;
use crate::words::{Names, Phrasing, duration_words, list_words};
use crate::{TeamId, TimeRange};

impl Proposal {
    /// What to do: `Move Infra to Thu 13:00–17:00 (free)`, `Share`, `Accept because…`.
    #[must_use]
    pub fn words(&self, question: &Question, names: &Names, phrasing: Phrasing) -> String {
        let first = self.changes.first();
        match (self.action, first) {
            (Action::MoveMine, Some(change)) => {
                let team = (names.team)(question.hold(change.hold).team);
                format!(
                    "Move {team} to {}",
                    self.target(change, question, names, phrasing)
                )
            }
            (Action::MoveTheirs, Some(change)) => {
                let team = (names.team)(question.hold(change.hold).team);
                format!(
                    "Ask {team} to move to {}",
                    self.target(change, question, names, phrasing)
                )
            }
            (Action::Shorten, Some(change)) => {
                let team = (names.team)(question.hold(change.hold).team);
                let (range, length) = (change.range, duration_words(change.range.length()));
                format!(
                    "Shorten {team} to {} ({length})",
                    when(change, range, question, phrasing)
                )
            }
            (Action::Share, Some(_)) => {
                let place = (names.environment)(question.conflict.environment);
                format!("Share {place}: {}", units(&self.changes, question, names))
            }
            (Action::Share, None) => "Share".into(),
            _ => "Accept because…".into(),
        }
    }

    /// What it would cause elsewhere: `would overlap QA, Thu 14:00–16:00 (warning)`; empty where it
    /// causes nothing.
    #[must_use]
    pub fn consequences(&self, question: &Question, names: &Names, phrasing: Phrasing) -> String {
        let one = |conflict: &Conflict| {
            let changed = |index: &u32| self.changes.iter().any(|change| change.hold == *index);
            let others = conflict.members.iter().filter(|index| !changed(index));
            let teams: Vec<TeamId> = others.map(|&index| question.hold(index).team).collect();
            let teams = if teams.is_empty() {
                "its own bookings".into()
            } else {
                names.teams(&teams)
            };
            let what = match conflict.kind {
                ConflictKind::Overlap => format!("would overlap {teams}"),
                ConflictKind::Buffer => format!("would be too close to {teams}"),
                ConflictKind::Freeze => "would fall into a freeze".into(),
                ConflictKind::OutsideWindow => "would lie outside the allowed windows".into(),
            };
            let when = phrasing.range_nearby(conflict.range);
            format!("{what}, {when} ({})", severity(conflict.severity))
        };
        self.causes.iter().map(one).collect::<Vec<_>>().join("; ")
    }

    /// A message to whoever would have to move, to be copied; empty for other proposals.
    #[must_use]
    pub fn request(&self, question: &Question, names: &Names, phrasing: Phrasing) -> String {
        let (Action::MoveTheirs, Some(change)) = (self.action, self.changes.first()) else {
            return String::new();
        };
        let (mine, theirs) = (question.hold(question.mine), question.hold(change.hold));
        let (me, you) = ((names.team)(mine.team), (names.team)(theirs.team));
        let place = (names.environment)(question.conflict.environment);
        let range = |index| {
            question
                .core(index)
                .map(|core| phrasing.range(core))
                .unwrap_or_default()
        };
        let target = phrasing.range(change.range);
        let reason = self.slot(change).reason(names);
        format!(
            "{you}, your booking of {place} ({}) is in conflict with {me}'s ({}). Could you move yours to {target}? That time is {}.",
            range(change.hold),
            range(question.mine),
            if reason.starts_with("free") {
                reason
            } else {
                format!("free {reason}")
            },
        )
    }

    /// `Thu 13:00–17:00 (free)`.
    fn target(
        &self,
        change: &Change,
        question: &Question,
        names: &Names,
        phrasing: Phrasing,
    ) -> String {
        let when = when(change, change.range, question, phrasing);
        format!("{when} ({})", self.slot(change).reason(names))
    }

    fn slot(&self, change: &Change) -> Slot {
        Slot {
            range: change.range,
            notes: self.notes.clone(),
        }
    }
}

fn when(change: &Change, range: TimeRange, question: &Question, phrasing: Phrasing) -> String {
    if !(question.whole_days)(change.hold) {
        return phrasing.range_nearby(range);
    }
    let date = |at: crate::Timestamp| at.wall(question.zone).date();
    phrasing.days(
        date(range.start()),
        date(range.end() - chrono::TimeDelta::seconds(1)),
    )
}

/// `Infra and Perf take 1 of 2 units each`.
fn units(changes: &[Change], question: &Question, names: &Names) -> String {
    let team = |change: &Change| (names.team)(question.hold(change.hold).team).to_owned();
    let taken = changes
        .first()
        .and_then(|change| change.units)
        .map_or(1, |units| units.get());
    let capacity = (question.capacity)(question.conflict.environment);
    match changes {
        [only] => format!("{} takes {taken} of {capacity} units", team(only)),
        _ => {
            let teams = list_words(&changes.iter().map(team).collect::<Vec<_>>());
            format!("{teams} take {taken} of {capacity} units each")
        }
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "info",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}
