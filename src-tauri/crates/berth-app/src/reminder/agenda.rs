//! The slots that reminders are about at a moment, and what is known of them.

use std::collections::{HashMap, HashSet};

use berth_core::reminder::{self, About, BEFORE_END, Entry, Key, Message, Plan, State, Tell};
use berth_core::words::Phrasing;
use berth_core::{Environment, Team, TimeRange, Timestamp};
use berth_store::{Reader, Reminder, Writer};
use chrono::TimeDelta;

use super::ledger::{Beside, LOOKED};
use crate::conflict::{Teller, find};
use crate::schedule::{Filter, Slot, slots};
use crate::wire::BookingRef;
use crate::{Result, phrase};

/// The agenda is read so often at least, and is known so far ahead. That it was read is written
/// down as often where nothing else is written: an older mark only makes the next start look back a
/// little further.
const AHEAD: TimeDelta = TimeDelta::minutes(10);

/// A lead is followed up to this; a longer one is told so long before.
pub(super) const LONGEST_LEAD: TimeDelta = TimeDelta::days(35);

/// Who begins so soon after a slot is next.
const NEXT: TimeDelta = TimeDelta::hours(1);

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
    /// Who is next after a slot, by its index.
    next: HashMap<usize, String>,
    /// With whom a slot conflicts.
    with: HashMap<usize, String>,
    now: Timestamp,
    marked: Option<Timestamp>,
}

impl Agenda {
    /// The agenda of this moment. Empty where reminders are switched off, or nothing is the
    /// person's own.
    pub(super) fn read(reader: &Reader<'_>, beside: &Beside, phrasing: Phrasing) -> Result<Self> {
        let mut agenda = Self::empty(reader, phrasing.now)?;
        agenda.marked = beside.looked(reader)?;
        if crate::setup::read_settings(reader)?.reminders {
            agenda.fill(reader, beside)?;
            agenda.learn_told_conflicts(reader, phrasing)?;
        }
        Ok(agenda)
    }

    /// The slots that touch a stretch of time, without a plan.
    pub(super) fn between(
        reader: &Reader<'_>,
        from: Timestamp,
        to: Timestamp,
        now: Timestamp,
    ) -> Result<Self> {
        let mut agenda = Self::empty(reader, now)?;
        agenda.list(reader, from, to)?;
        Ok(agenda)
    }

    fn empty(reader: &Reader<'_>, now: Timestamp) -> Result<Self> {
        Ok(Self {
            slots: Vec::new(),
            plan: Plan::default(),
            outdated: Vec::new(),
            bookings: Vec::new(),
            environments: reader.environments()?,
            teams: reader.teams()?,
            next: HashMap::new(),
            with: HashMap::new(),
            now,
            marked: None,
        })
    }

    /// Lists the slots of my teams and those I follow.
    fn list(&mut self, reader: &Reader<'_>, from: Timestamp, to: Timestamp) -> Result<()> {
        let mine: Vec<_> = self
            .teams
            .iter()
            .filter(|team| team.mine)
            .map(|team| team.id)
            .collect();
        let followed = reader.followed()?;
        if mine.is_empty() && followed.is_empty() {
            return Ok(());
        }
        let filter = Filter {
            // All teams' where one of their bookings is followed.
            teams: if followed.is_empty() {
                mine.clone()
            } else {
                Vec::new()
            },
            ..Filter::default()
        };
        self.bookings = slots(reader, &self.environments, from, to, &filter)?;
        self.bookings.retain(|slot| {
            mine.contains(&slot.booking.team) || followed.contains(&slot.booking.uid)
        });
        self.slots = self.bookings.iter().map(|slot| self.slot(slot)).collect();
        Ok(())
    }

    fn fill(&mut self, reader: &Reader<'_>, beside: &Beside) -> Result<()> {
        let since = reminder::looking_back(self.marked, self.now);
        let until = self.horizon(reader, since)?;
        // As far as anything was told about, so that what is missing there is known to be gone.
        let told = beside
            .last_start(reader)?
            .map_or(until, |start| start + TimeDelta::seconds(1));
        self.list(reader, since, until.max(told))?;
        let first = self.slots.iter().map(|slot| slot.start).min();
        let ledger = beside.reminders(reader, first.unwrap_or(self.now).min(self.now))?;
        self.find_next(reader, since)?;
        self.outdated = outdated(&ledger, &self.slots, self.now);
        let ledger: HashMap<Key, Entry> =
            ledger.into_iter().map(|row| (row.key, row.entry)).collect();
        self.plan = reminder::plan(&self.slots, &ledger, since, self.now);
        Ok(())
    }

    /// Finds out who is next after the slots that end soon.
    fn find_next(&mut self, reader: &Reader<'_>, since: Timestamp) -> Result<()> {
        let soon = self.now + AHEAD + BEFORE_END;
        let ends: Vec<usize> = (0..self.slots.len())
            .filter(|index| {
                let slot = &self.slots[*index];
                slot.can_tell_end() && (since..=soon).contains(&slot.end)
            })
            .collect();
        let Some(first) = ends.iter().map(|index| self.slots[*index].end).min() else {
            return Ok(());
        };
        let all = slots(
            reader,
            &self.environments,
            first,
            soon + NEXT,
            &Filter::default(),
        )?;
        for index in ends {
            if let Some(next) = self.next_after(index, &all) {
                self.next.insert(index, next);
                self.slots[index].tell_end = true;
            }
        }
        Ok(())
    }

    /// The other team that has the environment next, among the slots of all by start. An
    /// environment that is shared is nobody's.
    fn next_after(&self, index: usize, all: &[Slot]) -> Option<String> {
        let (slot, end) = (&self.bookings[index], self.slots[index].end);
        self.environment(slot)
            .filter(|environment| environment.capacity <= 1)?;
        let first = all.partition_point(|one| one.start < end);
        let next = all[first..]
            .iter()
            .take_while(|one| one.start < end + NEXT)
            .find(|one| one.booking.environment == slot.booking.environment)?;
        (next.booking.team != slot.booking.team).then(|| self.team(next).to_owned())
    }

    /// Finds out with whom the slots conflict whose conflict is to be told.
    fn learn_told_conflicts(&mut self, reader: &Reader<'_>, phrasing: Phrasing) -> Result<()> {
        let told = self.plan.tell.iter();
        let slots: Vec<usize> = told
            .filter(|due| due.about == About::Conflict)
            .map(|due| due.slot)
            .collect();
        self.learn_conflicts(reader, &slots, phrasing)
    }

    /// Finds out with whom slots conflict: one look at each environment for all of its slots, since
    /// hundreds may wait.
    pub(super) fn learn_conflicts(
        &mut self,
        reader: &Reader<'_>,
        slots: &[usize],
        phrasing: Phrasing,
    ) -> Result<()> {
        if slots.is_empty() {
            return Ok(());
        }
        let mut teller = Teller::new(reader, phrasing)?;
        for environment in &self.environments {
            let there = |index: &usize| self.bookings[*index].booking.environment == environment.id;
            let there: Vec<usize> = slots.iter().copied().filter(there).collect();
            let times = || there.iter().map(|index| &self.slots[*index]);
            let from = times().map(|slot| slot.start).min();
            let to = times().map(|slot| slot.end).max();
            let (Some(from), Some(to)) = (from, to) else {
                continue;
            };
            let touches = |slot: &reminder::Slot, range: TimeRange| {
                range.start() < slot.end && range.end() > slot.start
            };
            let mut conflicts = Vec::new();
            for found in find(reader, std::slice::from_ref(environment), from, to)? {
                let range = found.conflict.range;
                if times().any(|slot| touches(slot, range)) {
                    conflicts.push((range, teller.bookings(&found)?));
                }
            }
            for index in there {
                let slot = &self.slots[index];
                let mut with: Vec<String> = conflicts
                    .iter()
                    .filter(|(range, _)| touches(slot, *range))
                    .flat_map(|(_, bookings)| bookings)
                    .filter(|one| one.uid != slot.uid)
                    .map(|one| format!("{}: {}", one.team, one.title))
                    .collect();
                with.dedup();
                self.with.insert(index, with.join(", "));
            }
        }
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
            tell_end: false,
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
        let again = self.now + AHEAD;
        self.plan.next.map_or(again, |next| next.min(again))
    }

    fn is_mark_old(&self) -> bool {
        self.marked
            .is_none_or(|marked| marked > self.now || self.now - marked >= AHEAD)
    }

    /// Notes that reminders were looked after up to now.
    pub(super) fn remember(&self, writer: &mut Writer<'_>) -> Result<()> {
        // It costs nothing beside what is written anyway, and the next look is shorter by it.
        writer.put_setting(LOOKED, &self.now.seconds().to_string())?;
        if self.is_mark_old() {
            writer.forget_reminders_before(self.now - MEMORY)?;
        }
        Ok(())
    }

    /// What a message about this slot says.
    pub(super) fn message(&self, index: usize) -> Message<'_> {
        let slot = &self.bookings[index];
        Message {
            environment: self
                .environment(slot)
                .map_or("", |environment| environment.name.as_str()),
            team: self.team(slot),
            title: &slot.booking.title,
            when: slot.when,
            start: slot.start,
            end: slot.end,
        }
    }

    /// What a message about this slot tells.
    pub(super) fn tell(&self, index: usize, about: About) -> Tell<'_> {
        match about {
            About::Start => Tell::Start,
            About::End => self
                .next
                .get(&index)
                .map_or(Tell::Start, |next| Tell::End { next }),
            About::Moved => Tell::Moved,
            About::Conflict => Tell::Conflict {
                with: self.with.get(&index).map_or("", String::as_str),
            },
        }
    }

    pub(super) fn environments(&self) -> &[Environment] {
        &self.environments
    }

    pub(super) fn now(&self) -> Timestamp {
        self.now
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

    fn team(&self, slot: &Slot) -> &str {
        self.teams
            .iter()
            .find(|team| team.id == slot.booking.team)
            .map_or("", |team| team.name.as_str())
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
    let standing: HashSet<_> = slots
        .iter()
        .map(|slot| (&slot.uid, slot.recurrence_id, &slot.appointment))
        .collect();
    let stands = |row: &Reminder| {
        standing.contains(&(&row.key.uid, row.key.recurrence_id, &row.entry.appointment))
    };
    ledger
        .iter()
        .filter(told)
        .filter(|row| !stands(row))
        .map(|row| row.key.clone())
        .collect()
}
