//! Booking.

use berth_core::{Booking, Timestamp};

use super::draft::{Choices, blank, refused};
use super::outcome::{Candidate, name, outcome};
use crate::wire::{BookingInput, BookingRef, Outcome};
use crate::{Berth, Result};

impl Berth {
    /// Books. Conflicts are told, and keep nothing from being saved (rule 15).
    ///
    /// # Errors
    /// With code `input` when the form has problems; the hint names each.
    pub fn book(&mut self, input: &BookingInput, now: Timestamp) -> Result<Outcome> {
        let phrasing = self.phrasing(now)?;
        let done = self.write(now, |writer| {
            let drafted = Choices::read(writer)?.fill(input, blank(now));
            let drafted = drafted.map_err(|problems| refused(&problems))?;
            let id = writer.put_booking(&drafted)?;
            let booking = Booking { id, ..drafted };
            let title = format!("Booked {}", name(writer, &booking, phrasing)?);
            let conflicts = Candidate::stored(writer, booking)?.conflicts(writer, phrasing)?;
            Ok(((BookingRef::new(id, None), conflicts), title))
        })?;
        Ok(outcome(done))
    }
}
