//! Removing a booking. It goes into the trash, from where it comes back for 30 days.

use berth_core::{Booking, Recurrence, Timestamp};
use berth_store::Writer;
use chrono::NaiveDateTime;

use super::outcome::name;
use super::{is_one_of_series, load, series, split, touched};
use crate::wire::{BookingRef, Outcome, Scope};
use crate::{Berth, Result, history};

impl Berth {
    /// Removes a booking, one occurrence, or a whole series.
    ///
    /// # Errors
    /// With code `not-found` when the booking is gone.
    pub fn delete_booking(
        &mut self,
        reference: &BookingRef,
        scope: Scope,
        now: Timestamp,
    ) -> Result<Outcome> {
        let phrasing = self.phrasing(now)?;
        let done = self.write(now, |writer| {
            let (booking, zone) = load(writer, reference)?;
            if is_one_of_series(&booking, reference, scope) {
                let master = series::master(writer, booking.clone())?;
                let original = match booking.recurrence_id {
                    Some(original) => original,
                    None => {
                        series::wall_of(&master, zone, reference.occurrence().unwrap_or_default())?
                    }
                };
                let one = series::override_of(writer, &master, original)?;
                let title = format!("Deleted {}", name(writer, &one, phrasing)?);
                exclude(writer, master, &one, original, now)?;
                return Ok(((), title));
            }
            if let Some(split) = split::at(writer, &booking, reference, scope, zone)? {
                let title = format!(
                    "Deleted {} and all that follow",
                    name(writer, &split.tail, phrasing)?
                );
                writer.put_booking(&touched(split.head, now))?;
                let uid = split.tail.uid.clone();
                discard(writer, split.tail)?;
                for one in split.moving {
                    let uid = uid.clone();
                    discard(writer, Booking { uid, ..one })?;
                }
                return Ok(((), title));
            }
            let title = format!("Deleted {}", name(writer, &booking, phrasing)?);
            for one in writer.bookings_of(&booking.uid)? {
                writer.remove_booking(one.id)?;
            }
            Ok(((), title))
        })?;
        Ok(history::outcome(done.operation))
    }
}

/// Removes what has no row of its own too, by way of one: so the trash has it as it was.
fn discard(writer: &mut Writer<'_>, booking: Booking) -> Result<()> {
    let id = writer.put_booking(&booking)?;
    Ok(writer.remove_booking(id)?)
}

/// Lets a series have again what [`exclude`] took out of it.
pub(crate) fn put_back_into_series(
    writer: &mut Writer<'_>,
    one: &Booking,
    now: Timestamp,
) -> Result<()> {
    let Some(original) = one.recurrence_id else {
        return Ok(());
    };
    let Some(mut master) = writer.booking_by_uid(&one.uid, None)? else {
        return Ok(());
    };
    if let Some(recurrence) = &mut master.recurrence
        && recurrence.excluded.contains(&original)
    {
        recurrence.excluded.retain(|wall| *wall != original);
        writer.put_booking(&touched(master, now))?;
    }
    Ok(())
}

/// Takes an occurrence out of its series (RFC 5545, 3.8.5.1).
fn exclude(
    writer: &mut Writer<'_>,
    master: Booking,
    one: &Booking,
    original: NaiveDateTime,
    now: Timestamp,
) -> Result<()> {
    discard(
        writer,
        Booking {
            recurrence_id: Some(original),
            ..one.clone()
        },
    )?;
    let mut recurrence = master.recurrence.clone().unwrap_or_default();
    // An added date that is taken out again is simply not there.
    recurrence.added.retain(|wall| *wall != original);
    if !recurrence.excluded.contains(&original) {
        recurrence.excluded.push(original);
        recurrence.excluded.sort_unstable();
    }
    let recurrence = Some(Recurrence { ..recurrence });
    writer.put_booking(&touched(
        Booking {
            recurrence,
            ..master
        },
        now,
    ))?;
    Ok(())
}
