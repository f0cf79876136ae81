//! "This and following": a series parted in two. The first part keeps its UID and ends before the
//! occurrence; the second is a series of its own, as Google, Apple and Outlook do it, since few
//! programs understand a change with RANGE=THISANDFUTURE (RFC 5545, 3.2.13).

use berth_core::time::Tz;
use berth_core::{Booking, BookingId, Recurrence};
use berth_store::{Reader, Writer};
use chrono::{NaiveDateTime, TimeDelta};

use super::draft::new_uid;
use super::{series, touched};
use crate::wire::{BookingRef, Scope};
use crate::{Result, Timestamp};

/// A series parted before one of its occurrences; nothing is written yet.
#[derive(Debug, Clone)]
pub(crate) struct Split {
    /// The series as it is.
    pub(crate) whole: Booking,
    /// The row of the series, ending before the occurrence.
    pub(crate) head: Booking,
    /// The rest, without a row, under a UID of its own.
    pub(crate) tail: Booking,
    /// Changed occurrences that go with the rest, still as they are.
    pub(crate) moving: Vec<Booking>,
}

/// Parts the series that a reference names an occurrence of, where that and all that follow are meant;
/// `None` where they are all of it, or something else is meant.
///
/// # Errors
/// With code `not-found` when the series or the occurrence is gone.
pub(crate) fn at(
    reader: &Reader<'_>,
    booking: &Booking,
    reference: &BookingRef,
    scope: Scope,
    environment: Tz,
) -> Result<Option<Split>> {
    let (Scope::Following, Some(at)) = (scope, reference.occurrence()) else {
        return Ok(None);
    };
    let master = series::master(reader, booking.clone())?;
    let original = match booking.recurrence_id {
        Some(original) => original,
        None if master.recurrence.is_none() => return Ok(None),
        None => series::wall_of(&master, environment, at)?,
    };
    split(reader, &master, original, environment)
}

/// Parts a series before `original`, a start that it has; `None` where that is its first, so that
/// all of it is meant.
///
/// # Errors
/// When the data cannot be read.
pub(crate) fn split(
    reader: &Reader<'_>,
    master: &Booking,
    original: NaiveDateTime,
    environment: Tz,
) -> Result<Option<Split>> {
    let zone = master.when.zone(environment);
    let Some(recurrence) = &master.recurrence else {
        return Ok(None);
    };
    let start = master.when.start();
    let days = master.when.is_all_day();
    let Some(parted) = recurrence.parted(start, zone, original, days) else {
        return Ok(None);
    };
    let head = Booking {
        recurrence: repeating(parted.before),
        ..master.clone()
    };
    let tail = Booking {
        id: BookingId(0),
        uid: new_uid(),
        when: master.when.starting(parted.first),
        recurrence: repeating(parted.rest),
        sequence: 0,
        // The calendar it came from does not know it, and so cannot take it back.
        calendar: None,
        ..master.clone()
    };
    let of_series = reader.bookings_of(&master.uid)?.into_iter();
    let moving = of_series
        .filter(|one| one.recurrence_id.is_some_and(|id| id >= original))
        .collect();
    Ok(Some(Split {
        whole: master.clone(),
        head,
        tail,
        moving,
    }))
}

fn repeating(recurrence: Recurrence) -> Option<Recurrence> {
    Some(recurrence).filter(|one| one.rule.is_some() || !one.added.is_empty())
}

impl Split {
    /// Writes the first part, and gives the changed occurrences of the rest to `uid`, each moved by
    /// `delta`.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(crate) fn write(
        &self,
        writer: &mut Writer<'_>,
        uid: &str,
        delta: TimeDelta,
        now: Timestamp,
    ) -> Result<()> {
        writer.put_booking(&touched(self.head.clone(), now))?;
        for one in &self.moving {
            let recurrence_id = one.recurrence_id.map(|original| original + delta);
            let moved = Booking {
                uid: uid.to_owned(),
                recurrence_id,
                calendar: None,
                ..one.clone()
            };
            writer.put_booking(&touched(moved, now))?;
        }
        Ok(())
    }
}
