//! What the person answers to a reminder: seen, or later. Known at this machine only.

use berth_core::Timestamp;
use berth_core::reminder::State;
use berth_store::{Reminder, Writer};
use chrono::TimeDelta;

use super::tag;
use crate::{Berth, Result};

/// The setting that says until when no reminder is shown, in seconds.
const PAUSED: &str = "reminders.paused";

/// How long "snooze all" lasts.
pub const PAUSE: TimeDelta = TimeDelta::hours(1);

/// An answer to a reminder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It was seen.
    Dismiss,
    /// Tell it again after so long.
    Later(TimeDelta),
    /// Tell it again when the slot starts; in a minute when it has begun already.
    AtStart,
}

impl Berth {
    /// Answers the reminders with these tags. What was answered before can be answered anew.
    ///
    /// # Errors
    /// When the file is busy for long.
    pub fn answer_reminders(
        &mut self,
        tags: &[String],
        answer: Answer,
        now: Timestamp,
    ) -> Result<()> {
        let beside = self.beside()?;
        let rows = self.read(|reader| beside.reminders(reader, Timestamp::MIN))?;
        let rows: Vec<_> = rows
            .into_iter()
            .filter(|row| tags.contains(&tag(&row.key)))
            .map(|row| answered(row, answer, now))
            .collect();
        let write = |writer: &mut Writer<'_>| -> Result<()> {
            rows.iter()
                .try_for_each(|row| writer.put_reminder(row).map_err(Into::into))
        };
        self.write_ledger(write, write)
    }

    /// Until when no reminder is shown; `None` when they are.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn paused_until(&mut self, now: Timestamp) -> Result<Option<Timestamp>> {
        let text = self.read(|reader| Ok(reader.setting(PAUSED)?))?;
        let until = text
            .and_then(|text| text.parse().ok())
            .map(Timestamp::from_seconds);
        // A pause further away than any that can be asked for dates from before the clock was set.
        Ok(until.filter(|until| now < *until && *until <= now + PAUSE))
    }

    /// Shows no reminder for an hour, or shows them again. What falls due meanwhile, and what is
    /// shown but not answered, comes then.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn pause_reminders(&mut self, on: bool, now: Timestamp) -> Result<()> {
        if on {
            let waiting = self.waiting_reminders(now)?;
            let shown = waiting
                .iter()
                .filter(|one| one.state == crate::wire::ReminderState::Shown);
            let tags: Vec<String> = shown.map(|one| one.tag.clone()).collect();
            self.answer_reminders(&tags, Answer::Later(PAUSE), now)?;
        }
        let until = if on { now + PAUSE } else { now };
        let text = until.seconds().to_string();
        self.write_unrecorded(|writer| Ok(writer.put_setting(PAUSED, &text)?))
    }
}

fn answered(mut row: Reminder, answer: Answer, now: Timestamp) -> Reminder {
    row.at = now;
    row.entry.state = match answer {
        Answer::Dismiss => State::Dismissed,
        Answer::Later(time) => State::Snoozed { until: now + time },
        Answer::AtStart => State::Snoozed {
            until: row.start.max(now + TimeDelta::minutes(1)),
        },
    };
    row
}
