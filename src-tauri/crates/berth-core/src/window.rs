//! Freeze and allow windows: when an environment must not, or may only, be used for something.
//!
//! A window is not a booking: it holds nothing, has no team, and never yields. What a window does
//! to bookings is in [`crate::conflict::window`]; [`Schedule`] lays windows out over time.

use chrono::TimeDelta;
use chrono_tz::Tz;

use crate::booking::MOST_OCCURRENCES;
use crate::occurrence::{Instance, Series};
use crate::{CalendarId, EnvironmentId, Kind, Recurrence, Timestamp, When};

pub use schedule::Schedule;
pub(crate) use schedule::touching;

mod schedule;
#[cfg(test)]
mod tests;

crate::id! {
    /// The row of a window.
    WindowId
}

/// A freeze or an allow window over environments, once or again and again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// Its row; 0 while it has none.
    pub id: WindowId,
    /// RFC 5545, 3.8.4.7, as for bookings.
    pub uid: String,
    /// Where it applies; nowhere when empty.
    pub environments: Vec<EnvironmentId>,
    /// What it does.
    pub effect: Effect,
    /// When it is, or when its first occurrence is. One of no length does nothing.
    pub when: When,
    /// The rule of a recurring window.
    pub recurrence: Option<Recurrence>,
    /// One line; may be empty.
    pub title: String,
    /// The kinds of bookings that it is about: a freeze keeps them out, an allow window keeps them
    /// in. Other kinds do not see it.
    pub blocks: Vec<Kind>,
    /// Who may break it, and why.
    pub exceptions: Vec<Exception>,
    /// RFC 5545, 3.8.7.4: goes up with every change.
    pub sequence: u32,
    /// When it was first written down.
    pub created: Timestamp,
    /// When it was last changed.
    pub modified: Timestamp,
    /// The imported calendar it came from.
    pub calendar: Option<CalendarId>,
    /// The text it was imported from, so that an export loses nothing.
    pub source: Option<String>,
}

/// What a window blocks unless it says otherwise.
pub const BLOCKS: [Kind; 1] = [Kind::Deploy];

/// What a window does to the kinds it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// They must not take place in it. Wins over [`Effect::Allow`].
    Freeze,
    /// They must take place in it, or in another allow window of the environment.
    Allow,
}

/// Somebody allowed a booking to break a window, and said why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception {
    /// The booking.
    pub uid: String,
    /// Which occurrence of it; `None` is all of them.
    pub recurrence_id: Option<Timestamp>,
    /// Who allowed it.
    pub who: String,
    /// Why.
    pub reason: String,
    /// When it was allowed.
    pub at: Timestamp,
}

/// A window is followed for at most this many occurrences in one range: more than a booking,
/// because one missed would call a deployment wrong that is right.
const MOST: usize = MOST_OCCURRENCES * 10;

impl Window {
    /// The occurrences that touch `[from, to)`, in order of start; whole days are read in
    /// `environment`, the zone of the environment asked about.
    #[must_use]
    pub fn occurrences(&self, environment: Tz, from: Timestamp, to: Timestamp) -> Vec<Instance> {
        self.series(environment).touching(from, to)
    }

    /// From the first start to the last end; an end that never comes is [`Timestamp::MAX`].
    #[must_use]
    pub fn span(&self, environment: Tz) -> (Timestamp, Timestamp) {
        self.series(environment).span()
    }

    /// The exception that lets this occurrence of this booking break the window: one for the
    /// occurrence itself, else one for the whole booking.
    #[must_use]
    pub fn exception(&self, uid: &str, recurrence_id: Option<Timestamp>) -> Option<&Exception> {
        let of = |id: Option<Timestamp>| {
            self.exceptions
                .iter()
                .find(|one| one.uid == uid && one.recurrence_id == id)
        };
        recurrence_id
            .and_then(|id| of(Some(id)))
            .or_else(|| of(None))
    }

    /// Whether it can have any effect at all: one of no length, by the wall clock, has none.
    fn lasts(&self) -> bool {
        self.when.start() < self.when.end()
    }

    fn series(&self, environment: Tz) -> Series<'_> {
        Series {
            when: self.when,
            recurrence: self.recurrence.as_ref(),
            overridden: &[],
            before: TimeDelta::zero(),
            after: TimeDelta::zero(),
            environment,
            limit: MOST,
        }
    }
}
