//! What is on in a stretch of time: single bookings, overrides, and the occurrences of series,
//! together.

use std::sync::Arc;

use berth_core::words::Phrasing;
use berth_core::{Booking, Environment, EnvironmentId, Occurrence, TeamId, Timestamp, When};
use berth_store::Reader;

use crate::{Berth, Result, phrase};

/// A booking at a time: a single one, or one occurrence of a series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// The row it comes from.
    pub booking: Arc<Booking>,
    /// Which occurrence of a series it is, by the start its series gives it.
    pub recurrence_id: Option<Timestamp>,
    /// When it is, as wall time.
    pub when: When,
    /// First instant of the core.
    pub start: Timestamp,
    /// First instant after the core.
    pub end: Timestamp,
}

impl Slot {
    /// When it is, with its day: `Thu 17 Sep 09:00–13:00`, `Thu 17 Sep, all day`.
    #[must_use]
    pub fn words(&self, phrasing: Phrasing) -> String {
        phrase::slot_time(phrasing, self)
    }
}

/// Which slots to list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Only these environments; empty is all.
    pub environments: Vec<EnvironmentId>,
    /// Only these teams; empty is all.
    pub teams: Vec<TeamId>,
    /// Cancelled ones too.
    pub cancelled: bool,
}

impl Filter {
    pub(crate) fn environment(&self, id: EnvironmentId) -> bool {
        self.environments.is_empty() || self.environments.contains(&id)
    }

    pub(crate) fn team(&self, id: TeamId) -> bool {
        self.teams.is_empty() || self.teams.contains(&id)
    }
}

impl Berth {
    /// The slots whose core touches `[from, to)`, by start, then environment.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn slots(&mut self, from: Timestamp, to: Timestamp, filter: &Filter) -> Result<Vec<Slot>> {
        self.read(|reader| slots(reader, &reader.environments()?, from, to, filter))
    }
}

pub(crate) fn slots(
    reader: &Reader<'_>,
    environments: &[Environment],
    from: Timestamp,
    to: Timestamp,
    filter: &Filter,
) -> Result<Vec<Slot>> {
    let mut found = Vec::new();
    for environment in environments
        .iter()
        .filter(|environment| filter.environment(environment.id))
    {
        let zone = environment.zone;
        for booking in reader.bookings_touching(environment.id, from, to)? {
            let booking = Arc::new(booking);
            found.extend(
                booking
                    .occurrences(zone, &[], from, to)
                    .iter()
                    .map(|one| slot(&booking, one)),
            );
        }
        for series in reader.series_touching(environment.id, from, to)? {
            let booking = Arc::new(series.booking);
            let occurrences = booking.occurrences(zone, &series.overridden, from, to);
            found.extend(occurrences.iter().map(|one| slot(&booking, one)));
        }
    }
    // The rows were found by their footprint; a list is of cores.
    found.retain(|slot| {
        let core =
            slot.start < to && (slot.end > from || slot.start == slot.end && slot.start >= from);
        core && filter.team(slot.booking.team)
            && (filter.cancelled || slot.booking.status != berth_core::Status::Cancelled)
    });
    found.sort_by_key(|slot| {
        (
            slot.start,
            slot.booking.environment,
            slot.end,
            slot.booking.id,
        )
    });
    Ok(found)
}

fn slot(booking: &Arc<Booking>, occurrence: &Occurrence<'_>) -> Slot {
    Slot {
        booking: Arc::clone(booking),
        recurrence_id: occurrence.recurrence_id,
        when: occurrence.when,
        start: occurrence.start,
        end: occurrence.end,
    }
}
