//! Sets of time: ranges in order that neither overlap nor touch.
//!
//! What is free, what is frozen and what is allowed are such sets; all questions about them are
//! made of the four functions here. Each takes time in proportion to the ranges it is given.

use crate::TimeRange;

#[cfg(test)]
mod tests;

/// The set that any ranges cover together, in any order; ranges that touch become one.
pub(crate) fn union(mut ranges: Vec<TimeRange>) -> Vec<TimeRange> {
    ranges.sort_unstable();
    ranges.dedup_by(|next, last| {
        let joins = next.start() <= last.end();
        if joins {
            *last = last.hull(*next);
        }
        joins
    });
    ranges
}

/// What lies in both sets.
pub(crate) fn intersect(one: &[TimeRange], other: &[TimeRange]) -> Vec<TimeRange> {
    let mut found = Vec::new();
    let (mut i, mut j) = (0, 0);
    while let (Some(a), Some(b)) = (one.get(i), other.get(j)) {
        found.extend(a.intersection(*b));
        if a.end() < b.end() { i += 1 } else { j += 1 }
    }
    found
}

/// What lies in `set` and not in `holes`.
pub(crate) fn without(set: &[TimeRange], holes: &[TimeRange]) -> Vec<TimeRange> {
    let mut left = Vec::new();
    for &range in set {
        let mut from = range.start();
        for hole in touching(holes, range) {
            left.extend(TimeRange::new(from, hole.start()));
            from = hole.end();
        }
        left.extend(TimeRange::new(from, range.end()));
    }
    left
}

/// The ranges of a set that overlap `with`.
pub(crate) fn touching(set: &[TimeRange], with: TimeRange) -> &[TimeRange] {
    let first = set.partition_point(|range| range.end() <= with.start());
    let set = &set[first..];
    &set[..set.partition_point(|range| range.start() < with.end())]
}

/// The longest range of a set, the first where there are several.
pub(crate) fn longest(set: &[TimeRange]) -> Option<TimeRange> {
    set.iter().copied().rev().max_by_key(|range| range.length())
}
