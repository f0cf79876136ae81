//! In which of the forms of RFC 5545, 3.3.4 and 3.3.5, a time is written.

use berth_core::When;
use berth_core::time::localise;
use chrono::{NaiveDateTime, NaiveTime};
use chrono_tz::Tz;

use crate::value::moment;

/// A form of dates and times. Floating time is not among them: nobody else knows the environment's
/// zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// `;VALUE=DATE:20260917`.
    Date,
    /// `:20260917T070000Z`.
    Utc,
    /// `;TZID=Europe/Berlin:20260917T090000`.
    Zoned(Tz),
}

impl Form {
    /// How the times of a series, its changes and its exceptions are written.
    pub(super) fn of_series(when: When) -> Self {
        match when {
            When::AllDay { .. } => Self::Date,
            When::Timed { zone: Tz::UTC, .. } => Self::Utc,
            When::Timed { zone, .. } => Self::Zoned(zone),
        }
    }

    /// How the times of a single booking are written: in UTC, as every program understands that,
    /// unless a time is in the hour that the spring skips, which UTC cannot say.
    pub(super) fn of_single(when: When) -> Self {
        let series = Self::of_series(when);
        match (series, when) {
            (Self::Zoned(zone), When::Timed { start, end, .. }) => {
                let comes_back = |wall| localise(wall, zone).wall(zone) == wall;
                if comes_back(start) && comes_back(end) && start <= end {
                    Self::Utc
                } else {
                    series
                }
            }
            _ => series,
        }
    }

    /// How the RECURRENCE-ID of a change is written whose series is not in the file.
    pub(super) fn of_stray(when: When, original: NaiveDateTime, environment: Tz) -> Self {
        match Self::of_series(when) {
            Self::Date if original.time() != NaiveTime::MIN => Self::Zoned(environment),
            form => form,
        }
    }

    /// The zone that has to be described in the file.
    pub(super) fn zone(self) -> Option<Tz> {
        match self {
            Self::Zoned(zone) => Some(zone),
            Self::Date | Self::Utc => None,
        }
    }

    /// Parameters, colon and value for a wall time in `zone`.
    pub(super) fn property(self, wall: NaiveDateTime, zone: Tz) -> String {
        match self {
            Self::Date => format!(";VALUE=DATE:{}", moment::day(wall.date())),
            Self::Utc => format!(":{}Z", moment::local(localise(wall, zone).wall(Tz::UTC))),
            Self::Zoned(zone) => format!(";TZID={}:{}", zone.name(), moment::local(wall)),
        }
    }
}
