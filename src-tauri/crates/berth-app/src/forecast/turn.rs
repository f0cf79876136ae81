//! What a change did to the conflicts ahead.

use std::collections::HashMap;

use berth_core::words::Phrasing;
use berth_core::{ConflictKind, TimeRange, Timestamp};
use berth_store::Reader;
use chrono::TimeDelta;

use super::forecast_end;
use crate::conflict::{Found, Member, Teller, find};
use crate::wire::Turn;
use crate::{Berth, OpenOptions, Result};

/// So many occurrences of series that repeat daily are looked at together, so that thousands of them
/// do not fill the memory.
const TOGETHER: i64 = 400_000;

/// The conflicts of the next 26 weeks that count, as they were at a moment: who with whom, and when
/// first. Those that are accepted or within a team do not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlook {
    at: Timestamp,
    until: Timestamp,
    conflicts: HashMap<(ConflictKind, Vec<Member>), TimeRange>,
}

impl Berth {
    /// The conflicts ahead, to be compared with those of another moment.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn outlook(&mut self, now: Timestamp) -> Result<Outlook> {
        let phrasing = self.phrasing(now)?;
        self.read(|reader| Outlook::look(reader, phrasing))
    }

    /// The same data through a connection of its own, to read for long without making anybody wait;
    /// none where they are in memory only.
    ///
    /// # Errors
    /// When the file cannot be opened again.
    pub fn another(&self, now: Timestamp) -> Result<Option<Self>> {
        let OpenOptions { demo, .. } = self.options;
        let open = || Self::open(self.options.clone(), now);
        (!demo).then(open).transpose()
    }
}

impl Outlook {
    pub(crate) fn look(reader: &Reader<'_>, phrasing: Phrasing) -> Result<Self> {
        let series = reader.count_series()?.max(1);
        Self::look_by(
            reader,
            phrasing,
            TimeDelta::days((TOGETHER / series).max(7)),
        )
    }

    /// [`Outlook::look`], so much time at once.
    pub(crate) fn look_by(
        reader: &Reader<'_>,
        phrasing: Phrasing,
        step: TimeDelta,
    ) -> Result<Self> {
        let (at, until) = (phrasing.now, forecast_end(phrasing.now, phrasing.zone));
        let environments = reader.environments()?;
        let mut teller = Teller::new(reader, phrasing)?;
        let mut conflicts = HashMap::new();
        let mut from = at;
        while from < until {
            let to = until.min(from + step);
            // One that goes on beyond is found again, in the same length.
            for found in find(reader, &environments, from, to)? {
                if teller.counts(&found)? {
                    let range = found.conflict.range;
                    conflicts.entry(identity(&found)).or_insert(range);
                }
            }
            from = to;
        }
        Ok(Self {
            at,
            until,
            conflicts,
        })
    }

    /// How many conflicts there are in `next` that are not here, and the other way round. What only
    /// came into sight, or is over, was neither caused nor solved by anybody.
    #[must_use]
    pub fn turn(&self, next: &Self) -> Turn {
        let count = |of: &Self, other: &Self| {
            let alone = of.conflicts.iter().filter(|(who, range)| {
                let seen_by_both = range.start() < other.until && range.end() > other.at;
                seen_by_both && !other.conflicts.contains_key(*who)
            });
            u32::try_from(alone.count()).unwrap_or(u32::MAX)
        };
        Turn {
            caused: count(next, self),
            solved: count(self, next),
            here: false,
        }
    }
}

fn identity(found: &Found) -> (ConflictKind, Vec<Member>) {
    let mut members: Vec<Member> = found.members.iter().map(|(member, _)| *member).collect();
    members.sort_unstable();
    (found.conflict.kind, members)
}
