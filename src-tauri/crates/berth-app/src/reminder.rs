//! Reminders: what to tell now, what became of it, and what comes next.
//!
//! The caller shows what [`Berth::reminders`] hands out and reports back. Between the two the
//! reminder is claimed: nobody else shows it, and when the caller dies, the claim runs out and
//! somebody shows it after all.

mod agenda;
mod next;
mod settle;

pub use next::NextSlot;

use berth_core::Timestamp;
use berth_core::reminder::{Key, MOST_AT_ONCE, digest, message};
use berth_core::words::Phrasing;
use berth_store::{Settled, Writer};

use crate::wire::BookingRef;
use crate::{Berth, Result};
use agenda::Agenda;

#[cfg(test)]
mod tests;

/// What to do about reminders at a moment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Round {
    /// To show now; claimed for the caller, who says what became of each.
    pub tell: Vec<Telling>,
    /// Tags of messages that are not true any more: the booking was moved, cancelled or deleted.
    pub withdraw: Vec<String>,
    /// Slots that began and ended untold, because no Berth was running: `staging Thu 17 Sep
    /// 09:00–13:00`.
    pub missed: Vec<String>,
    /// When to look again, if nothing changes before.
    pub next: Option<Timestamp>,
}

/// A message to the person at this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Telling {
    /// A later message with the same tag takes the place of this one.
    pub tag: String,
    /// The heading: one line of plain text.
    pub summary: String,
    /// The text below: plain, may have several lines.
    pub body: String,
    /// What it is about; `None` for several bookings at once.
    pub booking: Option<BookingRef>,
    /// When it has no use any more.
    pub until: Timestamp,
    /// The how manieth time it is tried, from 1.
    pub attempt: u32,
    keys: Vec<Key>,
}

impl Berth {
    /// What to tell now. `owner` names the calling process among all that use these data.
    ///
    /// # Errors
    /// When the file cannot be read, or written where there is something to tell.
    pub fn reminders(&mut self, owner: &str, now: Timestamp) -> Result<Round> {
        let phrasing = self.phrasing(now)?;
        let agenda = self.read(|reader| Agenda::read(reader, now))?;
        if agenda.is_quiet() {
            return Ok(Round {
                next: Some(agenda.next()),
                ..Round::default()
            });
        }
        self.store.write_unrecorded(|writer| {
            // Read again: another process may have claimed it before this one had the lock.
            let agenda = Agenda::read(writer, now)?;
            agenda.follow(writer, owner, phrasing)
        })
    }
}

impl Agenda {
    /// Claims what is to be told, notes what was missed, forgets what is not true any more.
    fn follow(&self, writer: &mut Writer<'_>, owner: &str, phrasing: Phrasing) -> Result<Round> {
        let now = phrasing.now;
        let mut round = Round {
            next: Some(self.next()),
            ..Round::default()
        };
        for key in &self.outdated {
            writer.forget_reminder(key)?;
            round.withdraw.push(tag(key));
        }
        for due in &self.plan.missed {
            self.claim(writer, &due.keys, due.slot, owner, now)?;
            for key in &due.keys {
                writer.settle_reminder(key, owner, Settled::Expired, now)?;
            }
            round.missed.push(self.in_words(due.slot, phrasing));
        }
        let mut tellings = Vec::new();
        for due in &self.plan.tell {
            let attempt = self.claim(writer, &due.keys, due.slot, owner, now)?;
            tellings.push(self.telling(due.slot, due.keys.clone(), attempt, phrasing));
        }
        if tellings.len() > MOST_AT_ONCE {
            tellings = vec![self.all_in_one(tellings, phrasing)];
        }
        round.tell = tellings;
        self.remember(writer)?;
        Ok(round)
    }

    fn claim(
        &self,
        writer: &mut Writer<'_>,
        keys: &[Key],
        slot: usize,
        owner: &str,
        now: Timestamp,
    ) -> Result<u32> {
        let slot = &self.slots[slot];
        let mut attempt = 1;
        for key in keys {
            attempt = attempt.max(writer.claim_reminder(
                key,
                &slot.appointment,
                slot.start,
                owner,
                now,
            )?);
        }
        Ok(attempt)
    }

    fn telling(&self, slot: usize, keys: Vec<Key>, attempt: u32, phrasing: Phrasing) -> Telling {
        let (summary, body) = message(&self.message(slot), phrasing);
        Telling {
            tag: keys.first().map(tag).unwrap_or_default(),
            summary,
            body,
            booking: Some(self.reference(slot)),
            until: self.slots[slot].end,
            attempt,
            keys,
        }
    }

    fn all_in_one(&self, tellings: Vec<Telling>, phrasing: Phrasing) -> Telling {
        let messages: Vec<_> = self
            .plan
            .tell
            .iter()
            .map(|due| self.message(due.slot))
            .collect();
        let (summary, body) = digest(&messages, phrasing);
        Telling {
            tag: "several".into(),
            summary,
            body,
            booking: None,
            until: tellings
                .iter()
                .map(|telling| telling.until)
                .max()
                .unwrap_or(phrasing.now),
            attempt: tellings
                .iter()
                .map(|telling| telling.attempt)
                .max()
                .unwrap_or(1),
            keys: tellings
                .into_iter()
                .flat_map(|telling| telling.keys)
                .collect(),
        }
    }
}

/// The same for all leads of an occurrence, so that the later message replaces the earlier.
fn tag(key: &Key) -> String {
    key.recurrence_id
        .map_or_else(|| key.uid.clone(), |at| format!("{} {at}", key.uid))
}
