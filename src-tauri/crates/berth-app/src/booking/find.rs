//! Finding a booking by what a person types: an id, an occurrence, a UID.

use std::sync::Arc;

use berth_core::{Booking, BookingId, Timestamp};
use berth_store::Reader;
use chrono::DateTime;

use super::{environment_zone, load, series};
use crate::wire::BookingRef;
use crate::{Berth, Error, Result, Slot, conflict};

impl Berth {
    /// The booking that `text` names: a row (`12`), an occurrence of a series by the start that its
    /// series gives it (`12@2026-09-22T07:00:00Z`), or a UID, with or without such a start.
    ///
    /// A row or UID alone means all of a series. An occurrence that has a row of its own is found
    /// by that row, by the series' row, and by the UID alike.
    ///
    /// # Errors
    /// With code `not-found` when there is no such booking or occurrence.
    pub fn find_booking(&mut self, text: &str) -> Result<BookingRef> {
        self.read(|reader| find(reader, text.trim()))
    }

    /// The booking, or the occurrence of a series, that a reference names. A series as a whole is
    /// where its first occurrence is.
    ///
    /// # Errors
    /// With code `not-found` when it is gone.
    pub fn slot(&mut self, reference: &BookingRef) -> Result<Slot> {
        self.read(|reader| {
            let (booking, zone) = load(reader, reference)?;
            let when = match (&booking.recurrence, reference.occurrence()) {
                (Some(_), Some(at)) => booking.when.starting(series::wall_of(&booking, zone, at)?),
                _ => booking.when,
            };
            let (start, end) = when.instants(zone);
            let recurrence_id = reference.occurrence();
            Ok(Slot {
                booking: Arc::new(booking),
                recurrence_id,
                when,
                start,
                end,
            })
        })
    }
}

fn find(reader: &Reader<'_>, text: &str) -> Result<BookingRef> {
    if let Some(booking) = row_or_uid(reader, text)? {
        return whole(reader, &booking);
    }
    let parts = text
        .rsplit_once('@')
        .and_then(|(name, at)| Some((name, instant(at)?)));
    let Some((name, at)) = parts else {
        return Err(unknown(text));
    };
    let booking = row_or_uid(reader, name)?.ok_or_else(|| unknown(text))?;
    occurrence(reader, booking, at)
}

fn row_or_uid(reader: &Reader<'_>, text: &str) -> Result<Option<Booking>> {
    if let Some(booking) = text
        .parse()
        .ok()
        .map(|row| reader.booking(BookingId(row)))
        .transpose()?
        .flatten()
    {
        return Ok(Some(booking));
    }
    // An imported override may have no series beside it.
    Ok(reader.bookings_of(text)?.into_iter().next())
}

/// A row as it stands: all of a series, but of a changed occurrence only that one.
fn whole(reader: &Reader<'_>, booking: &Booking) -> Result<BookingRef> {
    let zone = environment_zone(reader, booking)?;
    Ok(BookingRef::new(
        booking.id,
        conflict::original_start(booking, zone),
    ))
}

fn occurrence(reader: &Reader<'_>, booking: Booking, at: Timestamp) -> Result<BookingRef> {
    let zone = environment_zone(reader, &booking)?;
    if conflict::original_start(&booking, zone) == Some(at) {
        return Ok(BookingRef::new(booking.id, Some(at)));
    }
    let master = series::master(reader, booking)?;
    let original = series::wall_of(&master, zone, at).map_err(|_| {
        let message = format!(
            "The booking {} has no occurrence that starts at {at}.",
            master.id
        );
        Error::not_found(
            message,
            "`berth list` shows the occurrences of a week with their ids.",
        )
    })?;
    let own_row = reader.booking_by_uid(&master.uid, Some(original))?;
    Ok(BookingRef::new(
        own_row.map_or(master.id, |one| one.id),
        Some(at),
    ))
}

fn instant(text: &str) -> Option<Timestamp> {
    DateTime::parse_from_rfc3339(text)
        .ok()
        .map(|time| time.to_utc().into())
}

fn unknown(text: &str) -> Error {
    Error::not_found(
        format!("There is no booking “{text}”."),
        "`berth list` shows the bookings of a week with their ids; `berth history` what was removed.",
    )
}
