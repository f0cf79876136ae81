//! What a conflict says, in words: a headline and an explanation, the same everywhere.
//!
//! Pure text from names and times. Suggestions of other slots are not made here.

use std::num::NonZeroU32;

use chrono::TimeDelta;

use super::{ConflictKind, Severity};
use crate::words::{Phrasing, duration_words};
use crate::{TimeRange, Timestamp};

mod buffer;
mod names;
mod overlap;
#[cfg(test)]
mod tests;
mod window;

/// Everything that the words about one conflict are made of.
#[derive(Debug, Clone, Copy)]
pub struct Situation<'a> {
    /// The environment's name.
    pub environment: &'a str,
    /// How many units it has.
    pub capacity: u32,
    /// Whom to ask; may be empty.
    pub contact: &'a str,
    /// Which rule is broken.
    pub kind: ConflictKind,
    /// How bad it is.
    pub severity: Severity,
    /// When.
    pub range: TimeRange,
    /// Who is part of it, in the order of [`super::Conflict::members`].
    pub members: &'a [Member<'a>],
    /// The title of the freeze, or of the allowed windows; empty for other kinds, or for none.
    pub window: &'a str,
    /// For whom it is written.
    pub phrasing: Phrasing,
}

/// A booking in a [`Situation`].
#[derive(Debug, Clone, Copy)]
pub struct Member<'a> {
    /// The team's name.
    pub team: &'a str,
    /// Its title; may be empty.
    pub title: &'a str,
    /// First instant of its core.
    pub start: Timestamp,
    /// First instant after its core.
    pub end: Timestamp,
    /// Time needed before.
    pub set_up: TimeDelta,
    /// Time needed after.
    pub clean_up: TimeDelta,
    /// How many units it takes; `None` is exclusive.
    pub units: Option<NonZeroU32>,
    /// Whether it is certain.
    pub confirmed: bool,
    /// The plan it belongs to; bookings of one plan count once.
    pub plan: Option<&'a str>,
    /// When it was first written down.
    pub created: Timestamp,
}

/// `staging, Thu 17 Sep 09:00–13:00 (4 h): Infra and Perf both hold it.`
#[must_use]
pub fn headline(situation: &Situation) -> String {
    let when = situation.phrasing.range(situation.range);
    let length = duration_words(situation.range.length());
    let what = what(situation);
    format!("{}, {when} ({length}): {what}", situation.environment)
}

/// `Infra and Perf both hold it.`: the headline for where it is known which environment and when.
#[must_use]
pub fn what(situation: &Situation) -> String {
    match situation.kind {
        ConflictKind::Overlap => overlap::headline(situation),
        ConflictKind::Buffer => buffer::headline(situation),
        ConflictKind::Freeze | ConflictKind::OutsideWindow => window::headline(situation),
    }
}

/// `staging has capacity 1; both are confirmed and exclusive. Perf booked first (Mon 08:12).
/// Contact: Infra coordinator.`
#[must_use]
pub fn explanation(situation: &Situation) -> String {
    let mut sentences = match situation.kind {
        ConflictKind::Overlap => overlap::explanation(situation),
        ConflictKind::Buffer => buffer::explanation(situation),
        ConflictKind::Freeze | ConflictKind::OutsideWindow => window::explanation(situation),
    };
    if !situation.contact.is_empty() && situation.severity != Severity::Info {
        sentences.push(format!(
            "Contact: {}.",
            situation.contact.trim_end_matches('.')
        ));
    }
    sentences.join(" ")
}

impl Situation<'_> {
    /// Whether all bookings are one team's.
    fn is_one_team(&self) -> bool {
        self.members
            .windows(2)
            .all(|pair| pair[0].team == pair[1].team)
    }

    /// `both`, or `all` where there are more.
    fn both(&self) -> &'static str {
        if self.members.len() == 2 {
            "both"
        } else {
            "all"
        }
    }
}
