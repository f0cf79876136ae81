//! The starts of a rule and single dates, merged in order and cut to a range and a number.

use chrono::{NaiveDateTime, TimeDelta};

use super::Expansion;
use super::pattern::Pattern;
use super::walk::Walk;

/// The starts in `[from, to)` of `pattern` and of `dates`, without those `excluded`, at most
/// `limit`.
pub(super) fn expand(
    pattern: Option<&Pattern>,
    dates: &[NaiveDateTime],
    excluded: &[NaiveDateTime],
    from: NaiveDateTime,
    to: NaiveDateTime,
    limit: usize,
) -> Expansion {
    let Some(last) = last_before(to).filter(|&last| from <= last) else {
        return Expansion::default();
    };
    let dates = sorted(
        dates
            .iter()
            .copied()
            .filter(|date| (from..=last).contains(date)),
    );
    let excluded = sorted(
        excluded
            .iter()
            .copied()
            .filter(|date| (from..=last).contains(date)),
    );
    let mut walk = pattern.map(|pattern| walk(pattern, from, last));
    let mut merged = Merged {
        ruled: next(&mut walk),
        walk,
        dates: dates.into_iter().peekable(),
    };
    let wanted = merged
        .by_ref()
        .filter(|at| excluded.binary_search(at).is_err());
    let mut starts: Vec<_> = wanted.take(limit.saturating_add(1)).collect();
    let more = starts.len() > limit;
    starts.truncate(limit);
    Expansion {
        starts,
        truncated: more || merged.walk.is_some_and(|walk| walk.truncated),
    }
}

fn walk<'p>(pattern: &'p Pattern, from: NaiveDateTime, last: NaiveDateTime) -> Walk<'p> {
    let mut walk = Walk::new(pattern, last);
    walk.skip_to(from);
    walk
}

/// Starts are whole seconds, so the last before `to` is a second earlier, or less.
fn last_before(to: NaiveDateTime) -> Option<NaiveDateTime> {
    let whole = super::pattern::whole_second(to);
    if whole < to {
        Some(whole)
    } else {
        to.checked_sub_signed(TimeDelta::seconds(1))
    }
}

/// In order, each once.
pub(super) fn sorted(dates: impl Iterator<Item = NaiveDateTime>) -> Vec<NaiveDateTime> {
    let mut dates: Vec<_> = dates.collect();
    dates.sort_unstable();
    dates.dedup();
    dates
}

fn next(walk: &mut Option<Walk<'_>>) -> Option<NaiveDateTime> {
    walk.as_mut().and_then(Iterator::next)
}

/// Two ordered streams as one.
struct Merged<'p> {
    walk: Option<Walk<'p>>,
    ruled: Option<NaiveDateTime>,
    dates: std::iter::Peekable<std::vec::IntoIter<NaiveDateTime>>,
}

impl Iterator for Merged<'_> {
    type Item = NaiveDateTime;

    fn next(&mut self) -> Option<NaiveDateTime> {
        let at = self
            .ruled
            .into_iter()
            .chain(self.dates.peek().copied())
            .min()?;
        self.dates.next_if_eq(&at);
        if self.ruled == Some(at) {
            self.ruled = next(&mut self.walk);
        }
        Some(at)
    }
}
