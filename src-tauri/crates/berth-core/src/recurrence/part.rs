//! A series parted in two, as "this and all that follow" wants it (RFC 5545, 3.2.13, has that as
//! RANGE=THISANDFUTURE, which few programs understand).

use chrono::{NaiveDateTime, TimeDelta};
use chrono_tz::Tz;

use super::Recurrence;
use super::rule::Rule;
use super::until::Until;
use crate::time::localise;

/// The two parts of a series. In neither has a start been moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parted {
    /// What comes before. It may be a single date, without a rule or added dates.
    pub before: Recurrence,
    /// Where the rest begins. Later than where the series was parted when that is an added date: the
    /// rule takes from its start what it leaves unsaid, so it has to go on from one of its own.
    pub first: NaiveDateTime,
    /// What comes from there on.
    pub rest: Recurrence,
}

impl Recurrence {
    /// Parts the series that begins at `start` in `zone` before `original`, one of its starts;
    /// `None` where no start comes before that. `days` says that it is of whole days.
    ///
    /// The first part ends by UNTIL also where it had a COUNT, as every program understands that, in
    /// the form that RFC 5545, 3.3.10, requires.
    #[must_use]
    pub fn parted(
        &self,
        start: NaiveDateTime,
        zone: Tz,
        original: NaiveDateTime,
        days: bool,
    ) -> Option<Parted> {
        let earlier = self.expand(start, zone, NaiveDateTime::MIN, original, 1);
        if earlier.starts.is_empty() {
            return None;
        }
        let until = if days {
            Until::Date(original.date().pred_opt()?)
        } else {
            let last = original.checked_sub_signed(TimeDelta::seconds(1))?;
            Until::Utc(localise(last, zone).wall(Tz::UTC))
        };
        let ended = |rule: &Rule| Rule {
            count: None,
            until: Some(until),
            ..rule.clone()
        };
        let (first, rest) = self.rest(start, zone, original);
        Some(Parted {
            before: Self {
                rule: self.rule.as_ref().map(ended),
                added: parted(&self.added, original).0,
                excluded: parted(&self.excluded, original).0,
            },
            first,
            rest,
        })
    }

    fn rest(
        &self,
        start: NaiveDateTime,
        zone: Tz,
        original: NaiveDateTime,
    ) -> (NaiveDateTime, Self) {
        let next = |rule: &Rule| {
            let found = rule.starts(start, zone, original, NaiveDateTime::MAX, 1);
            found.starts.first().copied()
        };
        let next = self.rule.as_ref().and_then(next);
        let first = next.unwrap_or(original);
        let mut added = parted(&self.added, original).1;
        added.push(original);
        added.sort_unstable();
        added.dedup();
        added.retain(|at| *at != first);
        let rule = self.rule.as_ref().filter(|_| next.is_some());
        let rest = Self {
            rule: rule.map(|rule| rule.remaining(start, zone, original)),
            added,
            excluded: parted(&self.excluded, original).1,
        };
        (first, rest)
    }
}

impl Rule {
    /// The rule with what is left of its COUNT from `original` on.
    fn remaining(&self, start: NaiveDateTime, zone: Tz, original: NaiveDateTime) -> Self {
        let left = self.count.map(|count| {
            let limit = usize::try_from(count).unwrap_or(usize::MAX);
            let passed = self.starts(start, zone, NaiveDateTime::MIN, original, limit);
            let passed = u32::try_from(passed.starts.len()).unwrap_or(u32::MAX);
            count.saturating_sub(passed).max(1)
        });
        Self {
            count: left,
            ..self.clone()
        }
    }
}

/// The dates before `original`, and the others.
fn parted(
    dates: &[NaiveDateTime],
    original: NaiveDateTime,
) -> (Vec<NaiveDateTime>, Vec<NaiveDateTime>) {
    dates.iter().partition(|at| **at < original)
}
