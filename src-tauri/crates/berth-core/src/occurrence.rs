//! Instances of whatever may repeat: the one expansion that bookings and windows share.
//!
//! It knows wall time, a rule and the time needed around; not what is repeated.

use chrono::{NaiveDateTime, TimeDelta};
use chrono_tz::Tz;

use crate::time;
use crate::{Recurrence, Timestamp, When};

/// One instance of a booking or of a window at a certain time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Instance {
    /// Which instance of the series it is, by the start that the series gives it, in UTC; `None`
    /// where nothing repeats.
    pub recurrence_id: Option<Timestamp>,
    /// When it is, as wall time.
    pub when: When,
    /// First instant.
    pub start: Timestamp,
    /// First instant after. Equal to `start` where it has no length.
    pub end: Timestamp,
}

/// What is expanded.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Series<'a> {
    /// The first instance, or the only one.
    pub(crate) when: When,
    pub(crate) recurrence: Option<&'a Recurrence>,
    /// Starts of the series that stand for themselves elsewhere.
    pub(crate) overridden: &'a [NaiveDateTime],
    /// Needed before each start.
    pub(crate) before: TimeDelta,
    /// Needed after each end.
    pub(crate) after: TimeDelta,
    /// The zone that whole days are read in.
    pub(crate) environment: Tz,
    /// At most so many starts are followed inside one range.
    pub(crate) limit: usize,
}

impl Series<'_> {
    /// The instances that touch `[from, to)` with the time needed around them, in order of start.
    /// One of no length touches the range when its instant lies inside.
    pub(crate) fn touching(&self, from: Timestamp, to: Timestamp) -> Vec<Instance> {
        let touches = |one: &Instance| {
            let (start, end) = (one.start - self.before, one.end + self.after);
            start < to && (end > from || start == end && start == from)
        };
        let Some(recurrence) = self.recurrence else {
            let only = self.instance(self.when, None);
            return Some(only).filter(touches).into_iter().collect();
        };
        let zone = self.zone();
        let length = (self.when.end() - self.when.start()).max(TimeDelta::zero());
        // A day more on both sides covers any offset from UTC and any clock change.
        let first = (from - self.after - length).wall(zone) - TimeDelta::days(1);
        let last = (to + self.before).wall(zone) + TimeDelta::days(1);
        let mut found: Vec<_> = recurrence
            .expand(self.when.start(), zone, first, last, self.limit)
            .starts
            .into_iter()
            .filter(|start| !self.overridden.contains(start))
            .map(|start| self.instance(self.when.starting(start), Some(start)))
            .filter(touches)
            .collect();
        // Two starts that the spring gap moves to one instant are one (RFC 5545, 3.8.5.3).
        found.sort_by_key(|one| one.start);
        found.dedup_by_key(|one| one.start);
        found
    }

    /// From the first start to the last end, with the time needed around them; an end that never
    /// comes is [`Timestamp::MAX`].
    pub(crate) fn span(&self) -> (Timestamp, Timestamp) {
        let (mut start, mut end) = self.when.instants(self.environment);
        if let Some(recurrence) = self.recurrence {
            let of = |start| self.when.starting(start).instants(self.environment);
            if let Some(first) = recurrence.added.iter().min() {
                start = start.min(of(*first).0);
            }
            let last = recurrence.last_start(self.when.start(), self.zone(), self.limit * 5);
            end = last.map_or(Timestamp::MAX, |last| of(last).1.max(end));
        }
        (start - self.before, end + self.after)
    }

    fn instance(&self, when: When, start_given: Option<NaiveDateTime>) -> Instance {
        let (start, end) = when.instants(self.environment);
        let recurrence_id = start_given.map(|wall| time::localise(wall, self.zone()));
        Instance {
            recurrence_id,
            when,
            start,
            end,
        }
    }

    fn zone(&self) -> Tz {
        self.when.zone(self.environment)
    }
}
