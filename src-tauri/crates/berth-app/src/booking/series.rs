//! A series and its occurrences: which one is meant, and what becomes of the whole when one moves.

use berth_core::time::{Tz, localise};
use berth_core::{Booking, Recurrence, Timestamp, When};
use berth_store::Reader;
use chrono::{NaiveDateTime, TimeDelta};

use super::gone;
use crate::{Error, Result};

/// The master of the series that `booking` belongs to; itself when it is one.
pub(crate) fn master(reader: &Reader<'_>, booking: Booking) -> Result<Booking> {
    if booking.recurrence_id.is_none() {
        return Ok(booking);
    }
    reader.booking_by_uid(&booking.uid, None)?.ok_or_else(gone)
}

/// The wall time that a series gives to the occurrence which starts at this instant.
///
/// Not simply what the clock shows then: a start that falls into the spring gap is an hour off.
pub(crate) fn wall_of(master: &Booking, environment: Tz, at: Timestamp) -> Result<NaiveDateTime> {
    let zone = master.when.zone(environment);
    let shown = at.wall(zone);
    let near = (shown - TimeDelta::days(1), shown + TimeDelta::days(1));
    let recurrence = master.recurrence.as_ref().ok_or_else(gone)?;
    let expansion = recurrence.expand(master.when.start(), zone, near.0, near.1, 100);
    let found = expansion
        .starts
        .into_iter()
        .find(|start| localise(*start, zone) == at);
    found.ok_or_else(|| {
        Error::not_found(
            "The series has no occurrence at that time (any more).",
            "Reload and choose it again.",
        )
    })
}

/// An override for the occurrence that the series puts at `original`: the row it has, or a new one.
pub(crate) fn override_of(
    reader: &Reader<'_>,
    master: &Booking,
    original: NaiveDateTime,
) -> Result<Booking> {
    if let Some(existing) = reader.booking_by_uid(&master.uid, Some(original))? {
        return Ok(existing);
    }
    Ok(Booking {
        id: berth_core::BookingId(0),
        recurrence_id: Some(original),
        when: master.when.starting(original),
        recurrence: None,
        ..master.clone()
    })
}

/// The series as it becomes when its occurrence at `occurrence` goes to `to`: everything moves by
/// the same wall time, and takes the new length.
///
/// # Errors
/// With code `input` when the rule names days that the move would contradict.
pub(crate) fn shifted(master: &Booking, occurrence: NaiveDateTime, to: When) -> Result<Booking> {
    let delta = to.start() - occurrence;
    let recurrence = match &master.recurrence {
        None => None,
        Some(one) => Some(
            one.shifted(occurrence, delta)
                .ok_or_else(|| unfit(master, one))?,
        ),
    };
    Ok(Booking {
        when: to.starting(master.when.start() + delta),
        recurrence,
        ..master.clone()
    })
}

fn unfit(master: &Booking, recurrence: &Recurrence) -> Error {
    let rule = recurrence.rule.as_ref();
    let words = rule.map(|rule| rule.words_in(master.when.start(), master.when.zone(Tz::UTC)));
    Error::input(
        format!(
            "The series repeats {}, which does not fit the new time.",
            words.unwrap_or_default()
        ),
        "Open the booking and choose how it repeats from there, or move only this one.",
    )
}
