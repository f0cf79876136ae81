//! The clock that the times of an event are read from.

use berth_core::Timestamp;
use chrono::{NaiveDateTime, TimeDelta};
use chrono_tz::Tz;

use super::{Edge, Mark, TimeKind};
use crate::zone::Clock;

/// What times are, and what makes instants of them.
#[derive(Debug, Clone)]
pub(super) struct Dial {
    pub(super) kind: TimeKind,
    /// None for whole days and for times without a zone.
    pub(super) clock: Option<Clock>,
    pub(super) zone: Option<String>,
}

impl Dial {
    pub(super) fn days() -> Self {
        Self {
            kind: TimeKind::Date,
            clock: None,
            zone: None,
        }
    }

    pub(super) fn floating() -> Self {
        Self {
            kind: TimeKind::Floating,
            ..Self::days()
        }
    }

    pub(super) fn zone(zone: Tz) -> Self {
        let kind = if zone == Tz::UTC {
            TimeKind::Utc
        } else {
            TimeKind::Zoned
        };
        Self {
            kind,
            clock: Some(Clock::Zone(zone)),
            zone: Some(zone.name().to_owned()),
        }
    }

    pub(super) fn named(clock: Clock, name: &str) -> Self {
        let zone = match &clock {
            Clock::Zone(zone) => zone.name().to_owned(),
            Clock::Own(..) => name.trim().to_owned(),
        };
        Self {
            kind: TimeKind::Zoned,
            clock: Some(clock),
            zone: Some(zone),
        }
    }

    /// The instant at which it shows `wall`; without a zone, as if that were UTC.
    pub(super) fn instant(&self, wall: NaiveDateTime) -> Timestamp {
        self.clock
            .as_ref()
            .map_or_else(|| wall.and_utc().into(), |clock| clock.instant(wall))
    }

    /// What it shows at an instant.
    pub(super) fn wall(&self, at: Timestamp) -> NaiveDateTime {
        self.clock
            .as_ref()
            .map_or_else(|| at.wall(Tz::UTC), |clock| clock.wall(at))
    }

    pub(super) fn edge(&self, edge: Edge) -> Timestamp {
        match edge {
            Edge::Wall(wall) => self.instant(wall),
            Edge::Instant(at) => at,
        }
    }

    /// How a wall time is said.
    pub(super) fn mark(&self, wall: NaiveDateTime) -> Mark {
        match self.kind {
            TimeKind::Date => Mark::Date(wall.date()),
            TimeKind::Floating => Mark::Floating(wall),
            TimeKind::Zoned | TimeKind::Utc => Mark::Instant(self.instant(wall)),
        }
    }

    /// How the end of what begins at `wall` is said.
    pub(super) fn end(&self, wall: NaiveDateTime, length: Length) -> Mark {
        let last = wall
            .checked_add_signed(TimeDelta::days(length.days))
            .unwrap_or(wall);
        let more = TimeDelta::seconds(length.seconds);
        match self.mark(last) {
            Mark::Instant(at) => Mark::Instant(at + more),
            Mark::Floating(_) => Mark::Floating(last.checked_add_signed(more).unwrap_or(last)),
            Mark::Date(date) => Mark::Date(date),
        }
    }
}

/// How long an occurrence is: days on the wall, then exact seconds (RFC 5545, 3.3.6 and 3.8.5.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Length {
    pub(super) days: i64,
    pub(super) seconds: i64,
}

impl Length {
    pub(super) fn between(dial: &Dial, start: NaiveDateTime, end: Timestamp) -> Self {
        let seconds = (end - dial.instant(start)).num_seconds().max(0);
        match dial.kind {
            TimeKind::Date => Self {
                days: (seconds / 86_400).max(1),
                seconds: 0,
            },
            _ => Self { days: 0, seconds },
        }
    }

    /// Its length where every day has 24 hours.
    pub(super) fn most(self) -> TimeDelta {
        TimeDelta::days(self.days) + TimeDelta::seconds(self.seconds)
    }
}
