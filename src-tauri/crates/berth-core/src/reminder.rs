//! Reminders as a pure function: which slots a team is to be told about now, and when to look again.
//!
//! The loop that calls [`plan`] reads the clock, the bookings and the ledger; nothing here knows a
//! timer, a database or a notification. Whatever the clock did since the last call (a machine that
//! slept, a change by hand), the answer depends on `now` alone, so nothing is lost and nothing is
//! told twice.

use std::collections::HashMap;

use chrono::TimeDelta;

use crate::time::Timestamp;
use crate::{Occurrence, When};

mod words;
pub use words::{Message, Tell, digest, message};

#[cfg(test)]
mod tests;

/// How long a claim holds before another process may take it over.
pub const LEASE: TimeDelta = TimeDelta::seconds(20);

/// So far back the plan looks for reminders that fell due while nothing ran.
pub const LOOK_BACK: TimeDelta = TimeDelta::days(7);

/// More slots than this at a time become one message.
pub const MOST_AT_ONCE: usize = 3;

/// A slot without a length counts as over this long after its instant.
const SHORTEST: TimeDelta = TimeDelta::seconds(60);

/// So long before a slot ends its team is told, when somebody else is next.
pub const BEFORE_END: TimeDelta = TimeDelta::minutes(15);

/// Seconds to wait after the first, second … attempt that failed; the last one repeats.
const RETRY: [i64; 5] = [1, 2, 5, 15, 30];

/// What a reminder tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum About {
    /// The slot starts.
    Start,
    /// The slot ends, and somebody else is next.
    End,
    /// Somebody else moved it.
    Moved,
    /// It is part of a conflict that was not there before.
    Conflict,
}

impl About {
    /// What happened to a booking, in contrast to what the clock says about it.
    #[must_use]
    pub fn is_news(self) -> bool {
        matches!(self, Self::Moved | Self::Conflict)
    }
}

/// Identifies a reminder for good: a change of time-zone data moves the instant, not the key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// Of the booking or its series.
    pub uid: String,
    /// Which occurrence of a series, by the start that the series gives it.
    pub recurrence_id: Option<Timestamp>,
    /// What it tells.
    pub about: About,
    /// How long before the start or the end; zero for news.
    pub lead: TimeDelta,
}

/// An occurrence that somebody is to be told about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// Of the booking or its series.
    pub uid: String,
    /// See [`Key::recurrence_id`].
    pub recurrence_id: Option<Timestamp>,
    /// What people agreed on, from [`appointment`]: when it differs from what the ledger holds, the
    /// booking was moved and the reminder is a new one.
    pub appointment: String,
    /// First instant.
    pub start: Timestamp,
    /// First instant after.
    pub end: Timestamp,
    /// How long before the start to tell, in any order.
    pub leads: Vec<TimeDelta>,
    /// Whether to tell [`BEFORE_END`] as well.
    pub tell_end: bool,
}

/// What the ledger knows of a reminder. No entry: nothing has happened to it yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The [`Slot::appointment`] it was about.
    pub appointment: String,
    /// What became of it.
    pub state: State,
}

/// What became of a reminder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// A process is about to show it.
    Claimed {
        /// Since when.
        at: Timestamp,
    },
    /// It was shown.
    Delivered,
    /// It was shown, and the person has seen it.
    Dismissed,
    /// The person wants to be told again.
    Snoozed {
        /// When.
        until: Timestamp,
    },
    /// Its slot was over before it could be shown.
    Expired,
    /// It could not be shown.
    Failed {
        /// When to try again.
        next: Timestamp,
    },
}

/// A slot and those of its reminders that are due. One message serves them all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// Index into the slots that were planned.
    pub slot: usize,
    /// What to say: of several things that the clock says, the last one.
    pub about: About,
    /// Its keys that are due, the shortest lead first.
    pub keys: Vec<Key>,
}

/// What to do now.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// Slots to tell about, by start.
    pub tell: Vec<Due>,
    /// Slots that are over and that nobody was told about, by start.
    pub missed: Vec<Due>,
    /// When something falls due next, as far as the slots reach.
    pub next: Option<Timestamp>,
}

/// What a booking's time says to people, without UTC: the wall time and its zone.
#[must_use]
pub fn appointment(when: When) -> String {
    match when {
        // Chrono promises `2026-09-17T09:00:00` for `Debug`, and a pattern takes ten times as long.
        When::Timed { start, zone, .. } => format!("{start:?} {zone}"),
        When::AllDay { start, .. } => start.to_string(),
    }
}

impl Slot {
    /// The slot of an occurrence, told `leads` before it starts.
    #[must_use]
    pub fn of(occurrence: &Occurrence<'_>, leads: Vec<TimeDelta>) -> Self {
        Self {
            uid: occurrence.booking.uid.clone(),
            recurrence_id: occurrence.recurrence_id,
            appointment: appointment(occurrence.when),
            start: occurrence.start,
            end: occurrence.end,
            leads,
            tell_end: false,
        }
    }

    /// Whether there is no use in telling anybody any more.
    #[must_use]
    pub fn is_over(&self, now: Timestamp) -> bool {
        now >= self.end.max(self.start + SHORTEST)
    }

    /// Whether it is long enough to tell [`BEFORE_END`]: a shorter one has just begun then.
    #[must_use]
    pub fn can_tell_end(&self) -> bool {
        self.end - self.start > BEFORE_END * 2
    }

    /// The reminder that it starts, with this lead.
    #[must_use]
    pub fn key(&self, lead: TimeDelta) -> Key {
        self.key_about(About::Start, lead)
    }

    /// The reminder that tells this; `lead` is zero for news.
    #[must_use]
    pub fn key_about(&self, about: About, lead: TimeDelta) -> Key {
        Key {
            uid: self.uid.clone(),
            recurrence_id: self.recurrence_id,
            about,
            lead,
        }
    }

    /// All reminders it can have, and when each is due; news are, as soon as they are known.
    fn calls(&self) -> Vec<(Key, Timestamp)> {
        let mut calls: Vec<_> = sorted(&self.leads)
            .into_iter()
            .map(|lead| (self.key(lead), self.start - lead))
            .collect();
        if self.tell_end && self.can_tell_end() {
            calls.push((
                self.key_about(About::End, BEFORE_END),
                self.end - BEFORE_END,
            ));
        }
        for news in [About::Moved, About::Conflict] {
            calls.push((self.key_about(news, TimeDelta::zero()), Timestamp::MAX));
        }
        calls
    }
}

/// What to tell about now.
///
/// `since` is when the plan was last followed: a slot that had begun by then and of which the ledger
/// knows nothing is left alone, for somebody wrote it down afterwards. Never later than `now`;
/// [`looking_back`] makes it.
#[must_use]
pub fn plan<S: std::hash::BuildHasher>(
    slots: &[Slot],
    ledger: &HashMap<Key, Entry, S>,
    since: Timestamp,
    now: Timestamp,
) -> Plan {
    let mut plan = Plan::default();
    for (index, slot) in slots.iter().enumerate() {
        let mut due: Vec<(Key, bool)> = Vec::new();
        for (key, at) in slot.calls() {
            let entry = ledger.get(&key);
            match turn(slot, key.about, at, entry, since, now) {
                Turn::Now => due.push((key, slot.is_over(now))),
                Turn::At(at) => plan.next = Some(plan.next.map_or(at, |next| next.min(at))),
                Turn::Never => {}
            }
        }
        for (key, over) in due {
            let list = if over {
                &mut plan.missed
            } else {
                &mut plan.tell
            };
            add(list, index, key);
        }
    }
    plan.tell.sort_by_key(|due| slots[due.slot].start);
    plan.missed.sort_by_key(|due| slots[due.slot].start);
    plan
}

/// The `since` of [`plan`]: the last time it was followed, but not further back than [`LOOK_BACK`],
/// and not in the future when the clock was set back. On the very first time there is no past.
#[must_use]
pub fn looking_back(last: Option<Timestamp>, now: Timestamp) -> Timestamp {
    last.unwrap_or(now).clamp(now - LOOK_BACK, now)
}

/// When to try again after so many attempts that failed.
#[must_use]
pub fn retry(attempt: u32, now: Timestamp) -> Timestamp {
    let index = usize::try_from(attempt.saturating_sub(1)).unwrap_or(usize::MAX);
    now + TimeDelta::seconds(RETRY[index.min(RETRY.len() - 1)])
}

/// Adds a key to the message about its slot; each piece of news is a message of its own.
fn add(list: &mut Vec<Due>, slot: usize, key: Key) {
    let about = key.about;
    let joins = |due: &&mut Due| due.slot == slot && !due.about.is_news() && !about.is_news();
    if let Some(due) = list.iter_mut().find(joins) {
        due.about = due.about.max(about);
        due.keys.push(key);
    } else {
        list.push(Due {
            slot,
            about,
            keys: vec![key],
        });
    }
}

enum Turn {
    Now,
    At(Timestamp),
    Never,
}

fn turn(
    slot: &Slot,
    about: About,
    at: Timestamp,
    entry: Option<&Entry>,
    since: Timestamp,
    now: Timestamp,
) -> Turn {
    let state = entry
        .filter(|entry| entry.appointment == slot.appointment)
        .map(|entry| entry.state);
    // Only of a slot as a whole it is worth saying that it was missed.
    if about != About::Start && slot.is_over(now) {
        return Turn::Never;
    }
    let begun = match about {
        About::End => at,
        _ => slot.start,
    };
    match state {
        None if about.is_news() => Turn::Never,
        None if begun <= since && begun < now => Turn::Never,
        None => from(at, now),
        // A claim of the far future was made before the clock was set back; one of the near
        // future by a process that read the clock a moment later than this one.
        Some(State::Claimed { at }) if at > now + LEASE => Turn::Now,
        Some(State::Claimed { at }) => from(at + LEASE, now),
        Some(State::Snoozed { until }) => from(until, now),
        // So is a retry further away than any.
        Some(State::Failed { next }) if next > now + TimeDelta::seconds(RETRY[4]) => Turn::Now,
        Some(State::Failed { next }) => from(next, now),
        Some(State::Delivered | State::Dismissed | State::Expired) => Turn::Never,
    }
}

fn from(at: Timestamp, now: Timestamp) -> Turn {
    if at <= now { Turn::Now } else { Turn::At(at) }
}

fn sorted(leads: &[TimeDelta]) -> Vec<TimeDelta> {
    let mut leads = leads.to_vec();
    leads.sort_unstable();
    leads.dedup();
    leads
}
