//! Bookings: one file per verb.

mod book;
mod cancel;
mod delete;
mod draft;
mod edit;
mod find;
mod move_to;
mod outcome;
mod preview;
mod quick;
mod search;
mod series;
mod show;
mod split;
mod wall;

pub(crate) use delete::put_back_into_series;
pub(crate) use draft::blank;
pub(crate) use edit::write;
pub(crate) use move_to::refitted;
pub(crate) use outcome::{Candidate, name, outcome};
pub(crate) use wall::{parse_wall, written};

use berth_core::time::Tz;
use berth_core::{Booking, BookingId, Timestamp};
use berth_store::Reader;

use crate::wire::{BookingRef, Kind, Scope, Status};
use crate::{Error, Result, setup};

impl BookingRef {
    pub(crate) fn new(id: BookingId, recurrence_id: Option<Timestamp>) -> Self {
        Self {
            id: id.to_string(),
            recurrence_id: recurrence_id.map(Timestamp::millis),
        }
    }

    pub(crate) fn row(&self) -> Result<BookingId> {
        setup::row(&self.id).map(BookingId)
    }

    pub(crate) fn occurrence(&self) -> Option<Timestamp> {
        self.recurrence_id.map(Timestamp::from_millis)
    }
}

/// The row a reference names, with the zone of its environment.
pub(crate) fn load(reader: &Reader<'_>, reference: &BookingRef) -> Result<(Booking, Tz)> {
    let booking = reader.booking(reference.row()?)?.ok_or_else(gone)?;
    let zone = environment_zone(reader, &booking)?;
    Ok((booking, zone))
}

pub(crate) fn environment_zone(reader: &Reader<'_>, booking: &Booking) -> Result<Tz> {
    let environments = reader.environments()?;
    let environment = environments
        .iter()
        .find(|one| one.id == booking.environment);
    environment.map(|one| one.zone).ok_or_else(gone)
}

pub(crate) fn gone() -> Error {
    Error::not_found(
        "The booking does not exist any more.",
        "Reload, or undo its removal.",
    )
}

/// Marks a change: iCalendar wants the sequence to go up (RFC 5545, 3.8.7.4).
pub(crate) fn touched(mut booking: Booking, now: Timestamp) -> Booking {
    booking.sequence = booking.sequence.saturating_add(1);
    booking.modified = now;
    booking
}

/// What a change is meant for: one occurrence of a series, or everything with its UID.
pub(crate) fn is_one_of_series(booking: &Booking, reference: &BookingRef, scope: Scope) -> bool {
    let in_series = booking.recurrence.is_some() || booking.recurrence_id.is_some();
    scope == Scope::This && in_series && reference.recurrence_id.is_some()
}

impl From<Kind> for berth_core::Kind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Deploy => Self::Deploy,
            Kind::Test => Self::Test,
            Kind::Maintenance => Self::Maintenance,
            Kind::Watch => Self::Watch,
        }
    }
}

impl From<berth_core::Kind> for Kind {
    fn from(kind: berth_core::Kind) -> Self {
        match kind {
            berth_core::Kind::Deploy => Self::Deploy,
            berth_core::Kind::Test => Self::Test,
            berth_core::Kind::Maintenance => Self::Maintenance,
            berth_core::Kind::Watch => Self::Watch,
        }
    }
}

impl From<Status> for berth_core::Status {
    fn from(status: Status) -> Self {
        match status {
            Status::Tentative => Self::Tentative,
            Status::Confirmed => Self::Confirmed,
            Status::Cancelled => Self::Cancelled,
        }
    }
}

impl From<berth_core::Status> for Status {
    fn from(status: berth_core::Status) -> Self {
        match status {
            berth_core::Status::Tentative => Self::Tentative,
            berth_core::Status::Confirmed => Self::Confirmed,
            berth_core::Status::Cancelled => Self::Cancelled,
        }
    }
}
