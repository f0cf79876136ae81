//! One screen of the week view, with all geometry that needs a calendar.

mod columns;
mod label;

use std::collections::HashMap;

use berth_core::week::{self, Day};
use berth_core::words::Phrasing;
use berth_core::{Environment, Team, TeamId, TimeRange, Timestamp};
use berth_store::Reader;
use chrono::{Datelike, NaiveDate, Weekday};

use crate::conflict::{Teller, find, original_start};
use crate::schedule::{Filter, Slot, slots};
use crate::setup::minutes;
use crate::wire::{self, BookingRef, Conflict, Occurrence, Severity, Week, WeekQuery};
use crate::{Berth, Error, Result};

/// The days of the six weeks around any month.
const MONTH: u8 = 42;

const WEEKDAYS: [Weekday; 7] = [
    Weekday::Sun,
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
];

impl Berth {
    /// Everything one screen of the week view shows.
    ///
    /// # Errors
    /// With code `input` when the date is not one, or there are more days than a screen has.
    pub fn week(&mut self, query: &WeekQuery, now: Timestamp) -> Result<Week> {
        let phrasing = self.phrasing(now)?;
        let (from, count) = range(query, phrasing)?;
        let settings = self.settings()?;
        self.read(|reader| {
            let days = week::days(from, count, phrasing.zone);
            let screen = Screen {
                from,
                days,
                phrasing,
                work: (settings.work_start, settings.work_end),
            };
            screen.draw(reader)
        })
    }
}

/// The first day and the number of days.
fn range(query: &WeekQuery, phrasing: Phrasing) -> Result<(NaiveDate, u32)> {
    let date = match &query.date {
        None => phrasing.now.wall(phrasing.zone).date(),
        Some(text) => {
            let date = crate::booking::parse_wall(text).map(|wall| wall.date());
            date.ok_or_else(|| {
                Error::input(
                    format!("“{text}” is not a date."),
                    "Write it as 2026-09-17.",
                )
            })?
        }
    };
    let first_day = WEEKDAYS
        .get(usize::from(query.first_day))
        .copied()
        .unwrap_or(Weekday::Mon);
    match query.days {
        7 => Ok((week::week_start(date, first_day), 7)),
        MONTH => {
            let first = date.with_day(1).unwrap_or(date);
            Ok((week::week_start(first, first_day), MONTH.into()))
        }
        count @ 1..=31 => Ok((date, count.into())),
        _ => Err(Error::input(
            "A screen has 1 to 31 days, or the 42 around a month.",
            "Ask for fewer days.",
        )),
    }
}

struct Screen {
    from: NaiveDate,
    days: Vec<Day>,
    phrasing: Phrasing,
    work: (u8, u8),
}

impl Screen {
    fn draw(&self, reader: &Reader<'_>) -> Result<Week> {
        let environments = reader.environments()?;
        let teams = reader.teams()?;
        let shown: Vec<Environment> = environments
            .iter()
            .filter(|one| !one.hidden)
            .cloned()
            .collect();
        let (from, to) = self.range();
        let slots = slots(reader, &shown, from, to, &Filter::default())?;
        let mut teller = Teller::new(reader, self.phrasing)?;
        for slot in &slots {
            teller.know(slot.booking.clone());
        }
        let found = find(reader, &shown, from, to)?;
        let conflicts: Vec<Conflict> = found
            .iter()
            .filter_map(|one| teller.tell_readable(one).transpose())
            .collect::<Result<_>>()?;
        let windows = reader.windows()?;
        let columns = columns::Columns::new(&self.days, &shown);
        let (blocks, folds) = columns.blocks(&slots);
        Ok(Week {
            from: self.from.to_string(),
            iso_week: u8::try_from(week::iso_week(self.from, self.count()).week()).unwrap_or(0),
            zone: self.phrasing.zone.name().into(),
            now: self.phrasing.now.millis(),
            today: self.today().to_string(),
            days: self.days.iter().map(|day| self.day(day)).collect(),
            occurrences: self.occurrences(&slots, &shown, &teams, &conflicts),
            blocks,
            bars: columns.bars(&slots),
            folds,
            marks: columns.marks(&conflicts),
            spans: columns.spans(&windows, from, to),
            windows: windows
                .iter()
                .map(|one| crate::window::wired(one, &environments))
                .collect(),
            conflict_count: u32::try_from(conflicts.iter().filter(|one| counts(one)).count())
                .unwrap_or(u32::MAX),
            conflicts,
            any_booking: reader.has_bookings()?,
            undo: reader.next_undo()?.map(Into::into),
            redo: reader.next_redo()?.map(Into::into),
            environments: environments.iter().map(Into::into).collect(),
            teams: teams.iter().map(Into::into).collect(),
        })
    }

    fn count(&self) -> u32 {
        u32::try_from(self.days.len()).unwrap_or(1)
    }

    fn today(&self) -> NaiveDate {
        self.phrasing.now.wall(self.phrasing.zone).date()
    }

    /// From the first instant of the first day to the last of the last.
    fn range(&self) -> (Timestamp, Timestamp) {
        let first = self
            .days
            .first()
            .map_or(Timestamp::MIN, |day| day.range.start());
        let last = self
            .days
            .last()
            .map_or(Timestamp::MIN, |day| day.range.end());
        (first, last)
    }

    fn day(&self, day: &Day) -> wire::Day {
        let (start, end) = self.work;
        let minute = |hour: u8| {
            let at = day
                .hours
                .iter()
                .find(|mark| u32::from(mark.hour) >= u32::from(hour));
            at.map_or(day.minutes, |mark| mark.minute)
        };
        let weekend = matches!(day.date.weekday(), Weekday::Sat | Weekday::Sun);
        let works = !weekend && start < end;
        wire::Day {
            date: day.date.to_string(),
            start: day.range.start().millis(),
            minutes: day.minutes,
            hours: day
                .hours
                .iter()
                .map(|m| wire::HourMark {
                    minute: m.minute,
                    hour: m.hour,
                })
                .collect(),
            change: day.change.map(|c| wire::ClockChange {
                minute: c.minute,
                by: c.by,
            }),
            is_today: day.date == self.today(),
            is_weekend: weekend,
            work_start: if works { minute(start) } else { 0 },
            work_end: if works { minute(end) } else { 0 },
        }
    }

    fn occurrences(
        &self,
        slots: &[Slot],
        environments: &[Environment],
        teams: &[Team],
        conflicts: &[Conflict],
    ) -> Vec<Occurrence> {
        let teams: HashMap<TeamId, &Team> = teams.iter().map(|team| (team.id, team)).collect();
        let mut of: HashMap<&BookingRef, Vec<&Conflict>> = HashMap::new();
        for conflict in conflicts {
            for member in &conflict.bookings {
                of.entry(&member.reference).or_default().push(conflict);
            }
        }
        slots
            .iter()
            .map(|slot| {
                let environment = environments
                    .iter()
                    .find(|one| one.id == slot.booking.environment);
                let zone = environment.map_or(chrono_tz::Tz::UTC, |one| one.zone);
                let id = slot
                    .recurrence_id
                    .or_else(|| original_start(&slot.booking, zone));
                let reference = BookingRef::new(slot.booking.id, id);
                let mine = of.get(&reference).map_or(&[][..], Vec::as_slice);
                let subject = label::Subject {
                    slot,
                    environment: environment.map_or("", |one| &one.name),
                    team: teams.get(&slot.booking.team).map_or("", |team| &team.name),
                    reference: &reference,
                    conflicts: mine,
                    phrasing: self.phrasing,
                };
                let label = label::label(&subject);
                self.occurrence(slot, reference.clone(), mine, label)
            })
            .collect()
    }

    fn occurrence(
        &self,
        slot: &Slot,
        reference: BookingRef,
        conflicts: &[&Conflict],
        label: String,
    ) -> Occurrence {
        let booking = &slot.booking;
        let counted = conflicts
            .iter()
            .filter(|one| one.severity != Severity::Info);
        Occurrence {
            key: format!(
                "{}/{}",
                reference.id,
                reference.recurrence_id.unwrap_or_default()
            ),
            uid: booking.uid.clone(),
            environment_id: booking.environment.to_string(),
            team_id: booking.team.to_string(),
            title: booking.title.clone(),
            start: slot.start.millis(),
            end: slot.end.millis(),
            time: self.time(slot),
            all_day: slot.when.is_all_day(),
            status: booking.status.into(),
            blocks: booking.blocks(),
            kind: booking.kind.into(),
            units: booking.units,
            set_up: minutes(booking.set_up),
            clean_up: minutes(booking.clean_up),
            in_series: booking.recurrence.is_some() || booking.recurrence_id.is_some(),
            plan: booking.plan.clone(),
            conflicts: counted.map(|one| one.id.clone()).collect(),
            label,
            reference,
        }
    }

    fn time(&self, slot: &Slot) -> String {
        if slot.when.is_all_day() {
            return "all day".into();
        }
        let range = TimeRange::new(slot.start, slot.end);
        range.map_or_else(
            || self.phrasing.time(slot.start),
            |range| self.phrasing.times(range),
        )
    }
}

/// Whether a conflict is counted: not within one team, and not accepted.
fn counts(conflict: &Conflict) -> bool {
    conflict.severity != Severity::Info && conflict.accepted.is_none()
}
