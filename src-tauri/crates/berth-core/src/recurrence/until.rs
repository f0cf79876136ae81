//! UNTIL: the end of a rule, and what is too late for it in a zone.
//!
//! The one place of the engine where a zone matters: a rule in wall time that ends at an instant.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use chrono_tz::Tz;

use crate::time::{Timestamp, localise};

/// UNTIL as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Until {
    Date(NaiveDate),
    Wall(NaiveDateTime),
    Utc(NaiveDateTime),
}

/// UNTIL made ready for comparison with wall times.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bound {
    /// Nothing up to here is too late.
    sure: NaiveDateTime,
    /// Everything after is too late.
    pub(super) last: NaiveDateTime,
    /// What decides between the two.
    exact: Option<(Timestamp, Tz)>,
}

/// More than any clock change, and than the whole day that some zones once skipped.
const CLOCK_CHANGE: TimeDelta = TimeDelta::hours(26);

impl Until {
    /// The bound it means in `zone`. A date includes that whole day, also for a timed series: many
    /// producers mean it so.
    pub(super) fn bound(self, zone: Tz) -> Bound {
        match self {
            Self::Date(date) => {
                Bound::at(date.and_time(NaiveTime::MIN) + TimeDelta::seconds(86_399))
            }
            Self::Wall(wall) => Bound::at(wall),
            Self::Utc(utc) => Bound::instant(utc.and_utc().into(), zone),
        }
    }
}

impl Bound {
    fn at(wall: NaiveDateTime) -> Self {
        Self {
            sure: wall,
            last: wall,
            exact: None,
        }
    }

    /// Around a clock change the order of wall times is not the order of instants, so there each
    /// start is compared as an instant.
    fn instant(at: Timestamp, zone: Tz) -> Self {
        let wall = at.wall(zone);
        if (at - CLOCK_CHANGE).offset(zone) == (at + CLOCK_CHANGE).offset(zone) {
            return Self::at(wall);
        }
        Self {
            sure: wall - CLOCK_CHANGE,
            last: wall + CLOCK_CHANGE,
            exact: Some((at, zone)),
        }
    }

    /// Whether a start is not too late.
    pub(super) fn admits(&self, start: NaiveDateTime) -> bool {
        start <= self.sure
            || start <= self.last
                && self
                    .exact
                    .is_some_and(|(until, zone)| localise(start, zone) <= until)
    }
}
