//! A team's hold on an environment, and the occurrences of a series.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use chrono_tz::Tz;

use crate::occurrence::{Instance, Series};
use crate::time::{self, TimeRange, Timestamp};
use crate::{EnvironmentId, Recurrence, TeamId};

#[cfg(test)]
mod tests;

crate::id! {
    /// The row of a booking.
    BookingId
}
crate::id! {
    /// The row of a calendar that bookings were imported from.
    CalendarId
}

/// Set-up and clean-up are at most this long; what needs more is a booking of its own.
pub const LONGEST_BUFFER: TimeDelta = TimeDelta::days(7);

/// A booking as it is stored: a single one, the master of a series, or one moved or changed
/// occurrence of a series (an override).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booking {
    /// Its row; 0 while it has none.
    pub id: BookingId,
    /// RFC 5545, 3.8.4.7: the same for a series and its overrides, never changed.
    pub uid: String,
    /// RFC 5545, 3.8.4.4: in an override, the start that the series gave to this occurrence, as
    /// wall time in the zone of the series (midnight for an all-day series).
    pub recurrence_id: Option<NaiveDateTime>,
    /// What is held.
    pub environment: EnvironmentId,
    /// Who holds it.
    pub team: TeamId,
    /// The core interval: without set-up and clean-up.
    pub when: When,
    /// The rule of a series; `None` for a single booking and for an override.
    pub recurrence: Option<Recurrence>,
    /// One line.
    pub title: String,
    /// Any text, line ends as `\n`.
    pub notes: String,
    /// RFC 5545, 3.8.1.11.
    pub status: Status,
    /// RFC 5545, 3.8.2.7.
    pub transparency: Transparency,
    /// `None` is exclusive: the whole capacity. `Some(n)` shares the environment and takes n of it.
    pub units: Option<u32>,
    /// Time needed before the start; at most [`LONGEST_BUFFER`].
    pub set_up: TimeDelta,
    /// Time needed after the end; at most [`LONGEST_BUFFER`].
    pub clean_up: TimeDelta,
    /// What it is for.
    pub kind: Kind,
    /// Bookings of one plan belong to each other and never conflict among themselves.
    pub plan: Option<String>,
    /// How long before the start to tell the team; `None` takes the environment's.
    pub lead_times: Option<Vec<TimeDelta>>,
    /// RFC 5545, 3.8.7.4: goes up with every change.
    pub sequence: u32,
    /// When it was first written down.
    pub created: Timestamp,
    /// When it was last changed.
    pub modified: Timestamp,
    /// The imported calendar it came from.
    pub calendar: Option<CalendarId>,
    /// The iCalendar component it was imported as, unfolded, one property a line, so that an
    /// export loses nothing Berth has no field for.
    pub source: Option<String>,
}

/// When a booking is, as people wrote it down. UTC is derived from it, never stored as the truth,
/// so that a change of zone rules moves the instant and not the appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum When {
    /// From one wall time to another, both in `zone`.
    Timed {
        /// First moment.
        start: NaiveDateTime,
        /// First moment after.
        end: NaiveDateTime,
        /// Where the wall clock hangs.
        zone: Tz,
    },
    /// Whole days in the zone of the environment.
    AllDay {
        /// First day.
        start: NaiveDate,
        /// First day after.
        end: NaiveDate,
    },
}

impl When {
    /// The wall time it starts at.
    #[must_use]
    pub fn start(self) -> NaiveDateTime {
        match self {
            Self::Timed { start, .. } => start,
            Self::AllDay { start, .. } => start.and_time(NaiveTime::MIN),
        }
    }

    /// The wall time it ends at.
    #[must_use]
    pub fn end(self) -> NaiveDateTime {
        match self {
            Self::Timed { end, .. } => end,
            Self::AllDay { end, .. } => end.and_time(NaiveTime::MIN),
        }
    }

    /// Its own zone, else the environment's.
    #[must_use]
    pub fn zone(self, environment: Tz) -> Tz {
        match self {
            Self::Timed { zone, .. } => zone,
            Self::AllDay { .. } => environment,
        }
    }

    /// Whether it is whole days.
    #[must_use]
    pub fn is_all_day(self) -> bool {
        matches!(self, Self::AllDay { .. })
    }

    /// The same wall duration from another start: how an occurrence follows from its series. A
    /// night shift from 22:00 to 06:00 so lasts nine hours when the clocks go back.
    #[must_use]
    pub fn starting(self, at: NaiveDateTime) -> Self {
        match self {
            Self::Timed { start, end, zone } => {
                let end = at.checked_add_signed(end - start).unwrap_or(at);
                Self::Timed {
                    start: at,
                    end,
                    zone,
                }
            }
            Self::AllDay { start, end } => {
                let days = Days::new((end - start).num_days().max(0).unsigned_abs());
                let first = at.date();
                Self::AllDay {
                    start: first,
                    end: first.checked_add_days(days).unwrap_or(first),
                }
            }
        }
    }

    /// First and last instant in UTC; the two are equal for a booking of no length, and the end is
    /// never before the start.
    #[must_use]
    pub fn instants(self, environment: Tz) -> (Timestamp, Timestamp) {
        let (start, end) = match self {
            Self::Timed { start, end, zone } => {
                (time::localise(start, zone), time::localise(end, zone))
            }
            Self::AllDay { start, end } => (
                time::midnight(start, environment),
                time::midnight(end, environment),
            ),
        };
        (start, end.max(start))
    }

    /// The core range, `None` for a booking of no length.
    #[must_use]
    pub fn range(self, environment: Tz) -> Option<TimeRange> {
        let (start, end) = self.instants(environment);
        TimeRange::new(start, end)
    }
}

/// RFC 5545, 3.8.1.11, for events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Status {
    /// Not certain: yields to confirmed bookings.
    Tentative,
    /// Certain.
    #[default]
    Confirmed,
    /// Called off: kept for the record, holds nothing.
    Cancelled,
}

/// RFC 5545, 3.8.2.7.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Transparency {
    /// Blocks the environment.
    #[default]
    Opaque,
    /// Is shown, blocks nothing.
    Transparent,
}

/// What a booking is for. Freeze and allow windows name the kinds they block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Kind {
    /// Something is rolled out.
    Deploy,
    /// Something is tried.
    #[default]
    Test,
    /// The environment itself is worked on.
    Maintenance,
    /// Somebody keeps an eye on it.
    Watch,
}

impl Booking {
    /// Whether it holds its environment against others (rule 5 of the conflict rules).
    #[must_use]
    pub fn blocks(&self) -> bool {
        self.status != Status::Cancelled && self.transparency == Transparency::Opaque
    }
}

/// One instance of a booking at a certain time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occurrence<'a> {
    /// The row it comes from: the single booking, the series, or the override.
    pub booking: &'a Booking,
    /// Which occurrence of the series it is, by the start that the series gives it, in UTC; `None`
    /// for a single booking. With the UID this identifies it.
    pub recurrence_id: Option<Timestamp>,
    /// When it is, as wall time.
    pub when: When,
    /// When it is: first instant, and first instant after. Equal where it has no length.
    pub start: Timestamp,
    /// See `start`.
    pub end: Timestamp,
}

/// A series is followed for at most this many occurrences inside one range.
pub const MOST_OCCURRENCES: usize = 2_000;

impl Booking {
    /// The occurrences that touch `[from, to)` with their footprint (set-up and clean-up included),
    /// in order of start. `environment` is the zone of its environment; `overridden` are the
    /// recurrence ids of the series that have a row of their own, which stand for themselves.
    ///
    /// A booking of no length touches the range when its instant lies inside. Of a series at most
    /// [`MOST_OCCURRENCES`] are followed.
    #[must_use]
    pub fn occurrences(
        &self,
        environment: Tz,
        overridden: &[NaiveDateTime],
        from: Timestamp,
        to: Timestamp,
    ) -> Vec<Occurrence<'_>> {
        // An override is a single booking that knows which start of its series it stands for.
        let zone = self.when.zone(environment);
        let stands_for = self.recurrence_id.map(|wall| time::localise(wall, zone));
        let occurrence = |one: Instance| Occurrence {
            booking: self,
            recurrence_id: one.recurrence_id.or(stands_for),
            when: one.when,
            start: one.start,
            end: one.end,
        };
        self.series(environment, overridden)
            .touching(from, to)
            .into_iter()
            .map(occurrence)
            .collect()
    }

    /// From the first set-up to the last clean-up of all its occurrences; an end that never comes
    /// is [`Timestamp::MAX`].
    #[must_use]
    pub fn span(&self, environment: Tz) -> (Timestamp, Timestamp) {
        self.series(environment, &[]).span()
    }

    fn series<'a>(&'a self, environment: Tz, overridden: &'a [NaiveDateTime]) -> Series<'a> {
        Series {
            when: self.when,
            recurrence: self.recurrence.as_ref(),
            overridden,
            before: self.set_up,
            after: self.clean_up,
            environment,
            limit: MOST_OCCURRENCES,
        }
    }
}
