//! What was told and not answered, or could not be told: the answer to "why did nothing come".

use std::collections::HashMap;

use berth_core::Timestamp;
use berth_core::reminder::{self, About, LOOK_BACK, State, message};
use berth_core::words::Phrasing;
use berth_store::Reminder;
use chrono::TimeDelta;

use super::agenda::Agenda;
use super::tag;
use crate::wire::{self, ReminderState};
use crate::{Berth, Result};

impl Berth {
    /// How many reminders wait that the desktop could not show.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn undelivered_reminders(&mut self, now: Timestamp) -> Result<usize> {
        let waiting = self.waiting_reminders(now)?;
        let failed = |one: &&wire::Reminder| one.state == ReminderState::Failed;
        Ok(waiting.iter().filter(failed).count())
    }

    /// Reminders of the last seven days that wait for an answer, by start. One for each slot,
    /// and one for its conflict.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn waiting_reminders(&mut self, now: Timestamp) -> Result<Vec<wire::Reminder>> {
        let phrasing = self.phrasing_spoken(now)?;
        let beside = self.beside()?;
        self.read(|reader| {
            let mut rows = beside.reminders(reader, now - LOOK_BACK)?;
            rows.retain(waits);
            let Some(last) = rows.iter().map(|row| row.start).max() else {
                return Ok(Vec::new());
            };
            let mut agenda =
                Agenda::between(reader, now - LOOK_BACK, last + TimeDelta::seconds(1), now)?;
            let indices: HashMap<_, _> = agenda
                .slots
                .iter()
                .enumerate()
                .map(|(index, slot)| ((slot.uid.clone(), slot.recurrence_id), index))
                .collect();
            let standing = rows.iter().filter_map(|row| {
                let slot = (row.key.uid.clone(), row.key.recurrence_id);
                let index = *indices.get(&slot)?;
                let same = agenda.slots[index].appointment == row.entry.appointment;
                same.then_some((index, row))
            });
            let standing: Vec<(usize, &Reminder)> = standing.collect();
            let conflicts = standing
                .iter()
                .filter(|(_, row)| row.key.about == About::Conflict);
            let conflicts: Vec<usize> = conflicts.map(|(index, _)| *index).collect();
            agenda.learn_conflicts(reader, &conflicts, phrasing)?;
            let mut waiting: Vec<wire::Reminder> = Vec::new();
            let mut lines: HashMap<String, usize> = HashMap::new();
            for (index, row) in standing {
                let one = agenda.waiting(index, row, phrasing);
                let line = *lines.entry(one.tag.clone()).or_insert(waiting.len());
                add(&mut waiting, line, one);
            }
            Ok(waiting)
        })
    }
}

/// What is tried again at this moment waits as before: whoever looks would see it go and come back.
fn waits(row: &Reminder) -> bool {
    match row.entry.state {
        State::Dismissed => false,
        State::Claimed { .. } => row.attempt > 1,
        _ => true,
    }
}

/// One line for each tag: a snooze hides what was shown before it.
fn add(waiting: &mut Vec<wire::Reminder>, line: usize, one: wire::Reminder) {
    match waiting.get_mut(line) {
        Some(known) if known.state == ReminderState::Snoozed => {}
        Some(known) => *known = one,
        None => waiting.push(one),
    }
}

impl Agenda {
    fn waiting(&self, index: usize, row: &Reminder, phrasing: Phrasing) -> wire::Reminder {
        let slot = &self.slots[index];
        let about = match row.key.about {
            // What follows is not known here, and the end is near or over.
            About::End => About::Start,
            about => about,
        };
        let (summary, body) = message(&self.message(index), self.tell(index, about), phrasing);
        wire::Reminder {
            tag: tag(&row.key),
            summary,
            body,
            booking: self.reference(index),
            start: slot.start.millis(),
            end: slot.end.millis(),
            state: state(row, slot, phrasing.now),
            until: match row.entry.state {
                State::Snoozed { until } => Some(until.millis()),
                _ => None,
            },
        }
    }
}

fn state(row: &Reminder, slot: &reminder::Slot, now: Timestamp) -> ReminderState {
    match row.entry.state {
        _ if slot.is_over(now) => ReminderState::Missed,
        State::Snoozed { .. } => ReminderState::Snoozed,
        // News that nobody has tried to show yet is in the ledger as due again.
        State::Failed { .. } if row.attempt == 0 => ReminderState::Shown,
        State::Failed { .. } | State::Claimed { .. } => ReminderState::Failed,
        State::Expired => ReminderState::Missed,
        _ => ReminderState::Shown,
    }
}
