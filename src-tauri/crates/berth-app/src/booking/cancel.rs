//! Calling a booking off. It stays on record, and in what is exported.

use berth_core::{Booking, Status, Timestamp};
use berth_store::Writer;
use chrono::TimeDelta;

use super::outcome::name;
use super::{is_one_of_series, load, series, split, touched};
use crate::wire::{BookingRef, Outcome, Scope};
use crate::{Berth, Result, history};

impl Berth {
    /// Calls off a booking, one occurrence, or a whole series.
    ///
    /// # Errors
    /// With code `not-found` when the booking is gone.
    pub fn cancel_booking(
        &mut self,
        reference: &BookingRef,
        scope: Scope,
        now: Timestamp,
    ) -> Result<Outcome> {
        let phrasing = self.phrasing(now)?;
        let done = self.write(now, |writer| {
            let (booking, zone) = load(writer, reference)?;
            let title = format!("Cancelled {}", name(writer, &booking, phrasing)?);
            if is_one_of_series(&booking, reference, scope) {
                let one = match booking.recurrence_id {
                    Some(_) => booking,
                    None => {
                        let at = reference.occurrence().unwrap_or_default();
                        let original = series::wall_of(&booking, zone, at)?;
                        series::override_of(writer, &booking, original)?
                    }
                };
                let title = format!("Cancelled {}", name(writer, &one, phrasing)?);
                call_off(writer, one, now)?;
                return Ok(((), title));
            }
            if let Some(split) = split::at(writer, &booking, reference, scope, zone)? {
                let title = format!(
                    "Cancelled {} and all that follow",
                    name(writer, &split.tail, phrasing)?
                );
                let uid = split.tail.uid.clone();
                split.write(writer, &uid, TimeDelta::zero(), now)?;
                for one in writer.bookings_of(&uid)?.into_iter().chain([split.tail]) {
                    call_off(writer, one, now)?;
                }
                return Ok(((), title));
            }
            for one in writer.bookings_of(&booking.uid)? {
                call_off(writer, one, now)?;
            }
            Ok(((), title))
        })?;
        Ok(history::outcome(done.operation))
    }
}

fn call_off(writer: &mut Writer<'_>, booking: Booking, now: Timestamp) -> Result<()> {
    if booking.status != Status::Cancelled {
        writer.put_booking(&touched(
            Booking {
                status: Status::Cancelled,
                ..booking
            },
            now,
        ))?;
    }
    Ok(())
}
