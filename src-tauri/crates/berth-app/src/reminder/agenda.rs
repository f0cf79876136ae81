//! The slots that reminders are about at a moment, and what is known of them.

use std::collections::HashMap;

use berth_core::reminder::{self, Entry, Key, Message, Plan, State};
use berth_core::words::Phrasing;
use berth_core::{Environment, Team, Timestamp};
use berth_store::{Reader, Reminder, Writer};
use chrono::TimeDelta;

use crate::schedule::{Filter, Slot, slots};
use crate::wire::BookingRef;
use crate::{Result, phrase};

/// The setting that says when reminders were looked after last, in seconds.
const LOOKED: &str = "reminders.looked";

/// That is written down so often at most: a disk has better things to do. An older mark only makes
/// the next start look back a little further.
const MARK_EVERY: TimeDelta = TimeDelta::minutes(10);

/// Slots that fall due within this are known; then the agenda is read again.
const AHEAD: TimeDelta = TimeDelta::minutes(15);

/// A lead is followed up to this; a longer one is told so long before.
const LONGEST_LEAD: TimeDelta = TimeDelta::days(35);

/// The ledger forgets slots that started so long ago.
const MEMORY: TimeDelta = TimeDelta::days(60);

/// What there is to tell about.
pub(super) struct Agenda {
    pub(super) slots: Vec<reminder::Slot>,
    pub(super) plan: Plan,
    /// Told, but not true any more.
    pub(super) outdated: Vec<Key>,
    bookings: Vec<Slot>,
    environments: Vec<Environment>,
    teams: Vec<Team>,
    now: Timestamp,
    marked: Option<Timestamp>,
}

impl Agenda {
    /// The agenda of this moment. Empty where reminders are switched off, or no team is the
    /// person's own.
    pub(super) fn read(reader: &Reader<'_>, now: Timestamp) -> Result<Self> {
        let marked = reader
            .setting(LOOKED)?
            .and_then(|text| text.parse().ok())
            .map(Timestamp::from_seconds);
        let (environments, teams) = (reader.environments()?, reader.teams()?);
        let mut agenda = Self {
            slots: Vec::new(),
            plan: Plan::default(),
            outdated: Vec::new(),
            bookings: Vec::new(),
            environments,
            teams,
            now,
            marked,
        };
        if crate::setup::read_settings(reader)?.reminders {
            agenda.fill(reader)?;
        }
        Ok(agenda)
    }

    fn fill(&mut self, reader: &Reader<'_>) -> Result<()> {
        let mine: Vec<_> = self
            .teams
            .iter()
            .filter(|team| team.mine)
            .map(|team| team.id)
            .collect();
        if mine.is_empty() {
            return Ok(());
        }
        let since = reminder::looking_back(self.marked, self.now);
        let ledger = reader.reminders(since - LONGEST_LEAD)?;
        let until = self.horizon(reader, since)?;
        // As far as anything was told about, so that what is missing there is known to be gone.
        let told = ledger
            .iter()
            .map(|row| row.start + TimeDelta::seconds(1))
            .max()
            .unwrap_or(until);
        let filter = Filter {
            teams: mine,
            ..Filter::default()
        };
        self.bookings = slots(reader, &self.environments, since, until.max(told), &filter)?;
        self.slots = self.bookings.iter().map(|slot| self.slot(slot)).collect();
        self.outdated = outdated(&ledger, &self.slots, self.now);
        let ledger: HashMap<Key, Entry> =
            ledger.into_iter().map(|row| (row.key, row.entry)).collect();
        self.plan = reminder::plan(&self.slots, &ledger, since, self.now);
        Ok(())
    }

    /// Slots that start later than this are not due before the agenda is read again.
    fn horizon(&self, reader: &Reader<'_>, since: Timestamp) -> Result<Timestamp> {
        let own = reader.longest_lead(since, self.now + LONGEST_LEAD)?;
        let leads = self
            .environments
            .iter()
            .flat_map(|environment| &environment.lead_times);
        let longest = leads
            .fold(own, |longest, lead| longest.max(*lead))
            .min(LONGEST_LEAD);
        Ok(self.now + longest + AHEAD)
    }

    fn slot(&self, slot: &Slot) -> reminder::Slot {
        let leads = slot.booking.lead_times.clone();
        reminder::Slot {
            uid: slot.booking.uid.clone(),
            recurrence_id: slot.recurrence_id,
            appointment: reminder::appointment(slot.when),
            start: slot.start,
            end: slot.end,
            leads: leads.unwrap_or_else(|| {
                self.environment(slot)
                    .map(|environment| environment.lead_times.clone())
                    .unwrap_or_default()
            }),
        }
    }

    /// Whether there is nothing to write down.
    pub(super) fn is_quiet(&self) -> bool {
        let told =
            self.plan.tell.is_empty() && self.plan.missed.is_empty() && self.outdated.is_empty();
        told && !self.is_mark_old()
    }

    /// When to look again.
    pub(super) fn next(&self) -> Timestamp {
        let again = self.now + AHEAD.min(MARK_EVERY);
        self.plan.next.map_or(again, |next| next.min(again))
    }

    fn is_mark_old(&self) -> bool {
        self.marked
            .is_none_or(|marked| marked > self.now || self.now - marked >= MARK_EVERY)
    }

    /// Notes that reminders were looked after up to now.
    pub(super) fn remember(&self, writer: &mut Writer<'_>) -> Result<()> {
        if self.is_mark_old() {
            writer.put_setting(LOOKED, &self.now.seconds().to_string())?;
            writer.forget_reminders_before(self.now - MEMORY)?;
        }
        Ok(())
    }

    /// What a message about this slot says.
    pub(super) fn message(&self, index: usize) -> Message<'_> {
        let slot = &self.bookings[index];
        let team = self.teams.iter().find(|team| team.id == slot.booking.team);
        Message {
            environment: self
                .environment(slot)
                .map_or("", |environment| environment.name.as_str()),
            team: team.map_or("", |team| team.name.as_str()),
            title: &slot.booking.title,
            when: slot.when,
            start: slot.start,
            end: slot.end,
        }
    }

    /// Which booking it is.
    pub(super) fn reference(&self, index: usize) -> BookingRef {
        let slot = &self.bookings[index];
        BookingRef::new(slot.booking.id, slot.recurrence_id)
    }

    /// `staging Thu 17 Sep 09:00–13:00`.
    pub(super) fn in_words(&self, index: usize, phrasing: Phrasing) -> String {
        let slot = &self.bookings[index];
        let environment = self
            .environment(slot)
            .map_or("", |environment| environment.name.as_str());
        format!("{environment} {}", phrase::slot_time(phrasing, slot))
    }

    fn environment(&self, slot: &Slot) -> Option<&Environment> {
        self.environments
            .iter()
            .find(|environment| environment.id == slot.booking.environment)
    }
}

/// What was told of a slot to come that is no longer there, or at another time.
fn outdated(ledger: &[Reminder], slots: &[reminder::Slot], now: Timestamp) -> Vec<Key> {
    let told = |row: &&Reminder| {
        row.start > now && matches!(row.entry.state, State::Delivered | State::Snoozed { .. })
    };
    let stands = |row: &Reminder| {
        slots.iter().any(|slot| {
            (&slot.uid, slot.recurrence_id) == (&row.key.uid, row.key.recurrence_id)
                && slot.appointment == row.entry.appointment
        })
    };
    ledger
        .iter()
        .filter(told)
        .filter(|row| !stands(row))
        .map(|row| row.key.clone())
        .collect()
}
