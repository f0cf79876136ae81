//! Following a booking of another team: the person at this machine is reminded of it as well.

use super::agenda::Agenda;
use crate::booking::load;
use crate::wire::BookingRef;
use crate::{Berth, Result, Timestamp};
use chrono::TimeDelta;

impl Berth {
    /// Follows a booking, with all its occurrences, or no longer. Known at this machine only.
    ///
    /// # Errors
    /// With code `not-found` when it is gone.
    pub fn follow_booking(&mut self, reference: &BookingRef, on: bool) -> Result<()> {
        let uid = self.read(|reader| Ok(load(reader, reference)?.0.uid))?;
        self.write_unrecorded(|writer| Ok(writer.follow(&uid, on)?))
    }

    /// How many slots will be reminded of before `until`: those that nobody hears of when Berth is
    /// not running then.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn reminders_before(&mut self, until: Timestamp, now: Timestamp) -> Result<usize> {
        self.read(|reader| {
            let agenda = Agenda::between(reader, now, until + super::agenda::LONGEST_LEAD, now)?;
            let due = |slot: &&berth_core::reminder::Slot| {
                let at = |lead: &TimeDelta| slot.start - *lead;
                slot.leads
                    .iter()
                    .any(|lead| (now..until).contains(&at(lead)))
            };
            Ok(agenda.slots.iter().filter(due).count())
        })
    }
}
