//! What others did to the slots ahead: a booking of mine was moved, a new conflict touches it.
//!
//! The slots of the next two weeks are kept as they were last known. What differs is news, unless
//! it was done in the window of this machine.

use std::collections::HashMap;

use berth_core::Timestamp;
use berth_core::reminder::{About, Entry, State};
use berth_store::{Known, Reader, Reminder};
use chrono::TimeDelta;

use super::agenda::Agenda;
use crate::conflict::{Teller, find};
use crate::{Berth, Result};

/// So far ahead a change is news.
const AHEAD: TimeDelta = TimeDelta::weeks(2);

/// What is known of a slot by its booking and occurrence.
type Memory<'a> = HashMap<(&'a str, Option<Timestamp>), &'a Known>;

impl Berth {
    /// Differs whenever there may be news.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn operations_so_far(&mut self) -> Result<(i64, i64)> {
        self.read(|reader| Ok(reader.operations_so_far()?))
    }

    /// Compares the slots ahead with what was known of them. What differs will be told by
    /// [`Berth::reminders`], unless it is `known` already, for this person did it.
    ///
    /// # Errors
    /// When the file cannot be read, or written where something differs.
    pub fn look_for_news(&mut self, known: bool, now: Timestamp) -> Result<()> {
        let phrasing = self.phrasing(now)?;
        let (before, present) = self.read(|reader| {
            let agenda = Agenda::between(reader, now, now + AHEAD, now)?;
            Ok((reader.known()?, agenda.known(reader, phrasing)?))
        })?;
        if before == present {
            return Ok(());
        }
        let news = if known {
            Vec::new()
        } else {
            news(&before, &present, now)
        };
        self.write_unrecorded(|writer| {
            for row in &news {
                writer.put_reminder(row)?;
            }
            Ok(writer.put_known(&present)?)
        })
    }
}

impl Agenda {
    /// What there is to know about the slots.
    fn known(
        &self,
        reader: &Reader<'_>,
        phrasing: berth_core::words::Phrasing,
    ) -> Result<Vec<Known>> {
        let mut all: Vec<Known> = self
            .slots
            .iter()
            .map(|slot| Known {
                uid: slot.uid.clone(),
                recurrence_id: slot.recurrence_id,
                appointment: slot.appointment.clone(),
                conflicts: Vec::new(),
                start: slot.start,
            })
            .collect();
        let Some(end) = self.slots.iter().map(|slot| slot.end).max() else {
            return Ok(all);
        };
        // A busy fortnight has as many conflicts as slots.
        let mut places: HashMap<(String, i64), Vec<usize>> = HashMap::new();
        for (index, one) in all.iter().enumerate() {
            let place = (one.uid.clone(), one.start.millis());
            places.entry(place).or_default().push(index);
        }
        let mut teller = Teller::new(reader, phrasing)?;
        for found in find(reader, self.environments(), self.now(), end)? {
            if found.conflict.severity == berth_core::Severity::Info {
                continue;
            }
            let (id, _) = teller.identify(&found)?;
            for member in teller.bookings(&found)? {
                for index in places
                    .get(&(member.uid, member.start))
                    .into_iter()
                    .flatten()
                {
                    all[*index].conflicts.push(id.clone());
                }
            }
        }
        all.iter_mut().for_each(|one| {
            one.conflicts.sort();
            one.conflicts.dedup();
        });
        all.sort_by(|a, b| {
            (a.start, &a.uid, a.recurrence_id).cmp(&(b.start, &b.uid, b.recurrence_id))
        });
        Ok(all)
    }
}

/// What is to be told of slots that were known before.
fn news(before: &[Known], present: &[Known], now: Timestamp) -> Vec<Reminder> {
    let before: Memory<'_> = before
        .iter()
        .map(|one| ((one.uid.as_str(), one.recurrence_id), one))
        .collect();
    let mut news = Vec::new();
    for one in present {
        let Some(was) = before.get(&(one.uid.as_str(), one.recurrence_id)) else {
            continue;
        };
        if was.appointment != one.appointment {
            news.push(row(one, About::Moved, now));
        }
        if one.conflicts.iter().any(|id| !was.conflicts.contains(id)) {
            news.push(row(one, About::Conflict, now));
        }
    }
    news
}

/// A reminder that is due at once.
fn row(known: &Known, about: About, now: Timestamp) -> Reminder {
    Reminder {
        key: berth_core::reminder::Key {
            uid: known.uid.clone(),
            recurrence_id: known.recurrence_id,
            about,
            lead: TimeDelta::zero(),
        },
        entry: Entry {
            appointment: known.appointment.clone(),
            state: State::Failed { next: now },
        },
        start: known.start,
        at: now,
        owner: String::new(),
        attempt: 0,
    }
}
