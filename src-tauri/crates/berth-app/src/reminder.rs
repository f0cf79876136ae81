//! Reminders: what to tell now, what became of it, and what comes next.
//!
//! The caller shows what [`Berth::reminders`] hands out and reports back. Between the two the
//! reminder is claimed: nobody else shows it, and when the caller dies, the claim runs out and
//! somebody shows it after all.

mod agenda;
mod answer;
mod follow;
mod health;
mod ledger;
mod news;
mod next;
mod settle;
mod waiting;

pub use answer::{Answer, PAUSE};
pub use next::NextSlot;

use berth_core::Timestamp;
use berth_core::reminder::{About, Due, Key, MOST_AT_ONCE, digest, message};
use berth_core::words::Phrasing;
use berth_store::{Settled, Writer};
use chrono::TimeDelta;

use crate::wire::BookingRef;
use crate::{Berth, Result};
use agenda::Agenda;

#[cfg(test)]
mod tests;

/// While the file cannot be written, it is tried so often.
const WRITE_AGAIN: TimeDelta = TimeDelta::seconds(15);

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
    /// Names the reminders in it, for an answer: its tag, or those of a digest's parts.
    pub tags: Vec<String>,
    /// The heading: one line of plain text.
    pub summary: String,
    /// The text below: plain, may have several lines.
    pub body: String,
    /// What it is about; `None` for several bookings at once.
    pub booking: Option<BookingRef>,
    /// When the slot starts; of several, the first.
    pub start: Timestamp,
    /// When it has no use any more.
    pub until: Timestamp,
    /// The how manieth time it is tried, from 1.
    pub attempt: u32,
    claims: Vec<Key>,
}

impl Berth {
    /// What to tell now. `owner` names the calling process among all that use these data.
    ///
    /// # Errors
    /// When the file cannot be read, or written where there is something to tell.
    pub fn reminders(&mut self, owner: &str, now: Timestamp) -> Result<Round> {
        let phrasing = self.phrasing_spoken(now)?;
        let beside = self.beside()?;
        let (agenda, version) = self.read(|reader| {
            let agenda = Agenda::read(reader, &beside, phrasing)?;
            Ok((agenda, reader.data_version()?))
        })?;
        if agenda.is_quiet() && self.beside.is_none() {
            return Ok(Round {
                next: Some(agenda.next()),
                ..Round::default()
            });
        }
        let mut round = self.write_ledger(
            |writer| {
                // Another process may have claimed it before this one had the lock.
                if writer.data_version()? == version {
                    return agenda.follow(writer, owner, phrasing);
                }
                let agenda = Agenda::read(writer, &ledger::Beside::default(), phrasing)?;
                agenda.follow(writer, owner, phrasing)
            },
            |writer| agenda.follow(writer, owner, phrasing),
        )?;
        if self.beside.is_some() {
            let again = now + WRITE_AGAIN;
            round.next = Some(round.next.map_or(again, |next| next.min(again)));
        }
        Ok(round)
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
            self.claim(writer, due, owner, now)?;
            for key in &due.keys {
                writer.settle_reminder(key, owner, Settled::Expired, now)?;
            }
            round.missed.push(self.in_words(due.slot, phrasing));
        }
        for due in &self.plan.tell {
            let attempt = self.claim(writer, due, owner, now)?;
            round.tell.push(self.telling(due, attempt, phrasing));
        }
        if round.tell.len() > MOST_AT_ONCE {
            round.tell = vec![self.all_in_one(round.tell, phrasing)];
        }
        self.remember(writer)?;
        Ok(round)
    }

    fn claim(
        &self,
        writer: &mut Writer<'_>,
        due: &Due,
        owner: &str,
        now: Timestamp,
    ) -> Result<u32> {
        let slot = &self.slots[due.slot];
        let mut attempt = 1;
        for key in &due.keys {
            let tried = writer.claim_reminder(key, &slot.appointment, slot.start, owner, now)?;
            attempt = attempt.max(tried);
        }
        Ok(attempt)
    }

    fn telling(&self, due: &Due, attempt: u32, phrasing: Phrasing) -> Telling {
        let about = self.tell(due.slot, due.about);
        let (summary, body) = message(&self.message(due.slot), about, phrasing);
        let tag = due.keys.first().map(tag).unwrap_or_default();
        Telling {
            tags: vec![tag.clone()],
            tag,
            summary,
            body,
            booking: Some(self.reference(due.slot)),
            start: self.slots[due.slot].start,
            until: self.slots[due.slot].end,
            attempt,
            claims: due.keys.clone(),
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
        let now = phrasing.now;
        let each = tellings.iter();
        Telling {
            tag: "several".into(),
            tags: each.clone().map(|one| one.tag.clone()).collect(),
            summary,
            body,
            booking: None,
            start: each.clone().map(|one| one.start).min().unwrap_or(now),
            until: each.clone().map(|one| one.until).max().unwrap_or(now),
            attempt: each.map(|one| one.attempt).max().unwrap_or(1),
            claims: tellings.into_iter().flat_map(|one| one.claims).collect(),
        }
    }
}

/// The same for all that the clock says of an occurrence, so that the later message replaces the
/// earlier; a conflict is told beside it.
fn tag(key: &Key) -> String {
    let mut tag = key
        .recurrence_id
        .map_or_else(|| key.uid.clone(), |at| format!("{} {at}", key.uid));
    if key.about == About::Conflict {
        tag.push_str(" conflict");
    }
    tag
}
