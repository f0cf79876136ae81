//! The conflicts of one booking: before it is saved, and after.

use std::collections::HashSet;
use std::sync::Arc;

use berth_core::words::Phrasing;
use berth_core::{Booking, BookingId, Environment, Occurrence, Timestamp};
use berth_store::{Done, Reader};
use chrono::{NaiveDateTime, TimeDelta};

use super::gone;
use crate::conflict::{Holds, Teller};
use crate::wire::{BookingRef, Conflict, Outcome};
use crate::{Result, Slot, phrase};

/// A series is looked at for so long from now on (rule 10).
const HORIZON: TimeDelta = TimeDelta::weeks(26);

/// More conflicts than this are not told for one booking.
const MOST: usize = 100;

/// A booking as it will be, and what of the present it takes the place of.
pub(crate) struct Candidate {
    pub(crate) booking: Arc<Booking>,
    /// Occurrences with rows of their own.
    pub(crate) overridden: Vec<NaiveDateTime>,
    /// Rows that it replaces.
    pub(crate) replaces: HashSet<BookingId>,
    /// Of the rows it replaces, only this occurrence.
    pub(crate) occurrence: Option<Timestamp>,
}

impl Candidate {
    /// A booking that is stored.
    pub(crate) fn stored(reader: &Reader<'_>, booking: Booking) -> Result<Self> {
        let series = reader.series(booking)?;
        let replaces = HashSet::from([series.booking.id]);
        let overridden = if series.booking.recurrence.is_some() {
            series.overridden
        } else {
            Vec::new()
        };
        Ok(Self {
            booking: Arc::new(series.booking),
            overridden,
            replaces,
            occurrence: None,
        })
    }

    /// The conflicts it is or would be part of. One that has ended raises none (rule 12).
    pub(crate) fn conflicts(
        &self,
        reader: &Reader<'_>,
        phrasing: Phrasing,
    ) -> Result<Vec<Conflict>> {
        if !self.booking.blocks() {
            return Ok(Vec::new());
        }
        let environments = reader.environments()?;
        let environment = environments
            .iter()
            .find(|one| one.id == self.booking.environment)
            .ok_or_else(gone)?;
        let occurrences = self.occurrences(environment, phrasing.now);
        let (Some(first), Some(last)) = (
            occurrences.first(),
            occurrences.iter().map(|one| one.end).max(),
        ) else {
            return Ok(Vec::new());
        };
        let (from, to) = (
            first.start - self.booking.set_up,
            last + self.booking.clean_up,
        );
        let mut holds = Holds::load(reader, std::slice::from_ref(environment), from, to)?;
        holds.without(&self.replaces, self.occurrence);
        let found = holds.conflicts_with(&occurrences);
        let mut teller = Teller::new(reader, phrasing)?;
        teller.know(Arc::clone(&self.booking));
        found
            .iter()
            .take(MOST)
            .filter_map(|one| teller.tell_readable(one).transpose())
            .collect()
    }

    fn occurrences(&self, environment: &Environment, now: Timestamp) -> Vec<Occurrence<'_>> {
        let (start, end) = self.booking.span(environment.zone);
        let (from, to) = match &self.booking.recurrence {
            None => (start, end + TimeDelta::seconds(1)),
            Some(_) => (start.max(now), (start.max(now) + HORIZON).min(end)),
        };
        let mut found = self
            .booking
            .occurrences(environment.zone, &self.overridden, from, to);
        found.retain(|one| one.end > now);
        found
    }
}

/// How a booking is called in a toast: `“load test” on staging, Thu 17 Sep 09:00–13:00`.
pub(crate) fn name(reader: &Reader<'_>, booking: &Booking, phrasing: Phrasing) -> Result<String> {
    let environments = reader.environments()?;
    let environment = environments
        .iter()
        .find(|one| one.id == booking.environment)
        .ok_or_else(gone)?;
    let (start, end) = booking.when.instants(environment.zone);
    let booking = Arc::new(booking.clone());
    let when = booking.when;
    let slot = Slot {
        booking,
        recurrence_id: None,
        when,
        start,
        end,
    };
    let time = phrase::slot_time(phrasing, &slot);
    Ok(format!(
        "{} on {}, {time}",
        phrase::quoted(&slot.booking.title),
        environment.name
    ))
}

/// The outcome of an operation on one booking, with the conflicts that it has now.
pub(crate) fn outcome(done: Done<(BookingRef, Vec<Conflict>)>) -> Outcome {
    let (booking, conflicts) = done.value;
    Outcome {
        operation: done.operation.map(Into::into),
        booking: Some(booking),
        conflicts,
    }
}
