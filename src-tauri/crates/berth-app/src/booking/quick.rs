//! A booking in plain words: `staging tomorrow 9-13 load test @perf`.
//!
//! What a word means is decided in [`words`]; here it becomes a form, with what was not said filled
//! in, and what it would conflict with.

#[cfg(test)]
mod tests;
mod words;

use berth_core::time::Tz;
use berth_core::words::Phrasing;
use berth_core::{Environment, Timestamp};
use chrono::{NaiveDateTime, TimeDelta, Timelike};

use self::words::{Said, Time};
use super::draft::{Choices, blank};
use crate::time::{Span, wall_of};
use crate::wire::{BookingInput, Kind, QuickAdd, QuickInput, Scope, Status};
use crate::{Berth, Result, phrase};

/// How long a booking is whose end is not said.
const USUAL: TimeDelta = TimeDelta::hours(1);

impl Berth {
    /// What a line of plain words would book, and what it would conflict with. Nothing is written.
    ///
    /// # Errors
    /// When the file cannot be read. Words that say too little are part of the answer.
    pub fn quick_add(&mut self, quick: &QuickInput, now: Timestamp) -> Result<QuickAdd> {
        let phrasing = self.phrasing(now)?;
        let environments = self.environments()?;
        let teams = self.teams()?;
        let said = words::read(&quick.text, &environments, &teams, now);
        let shown = |one: &&Environment| !one.hidden;
        let environment = environments
            .iter()
            .find(|one| said.environment == Some(one.id))
            .or_else(|| {
                environments
                    .iter()
                    .find(|one| one.id.to_string() == quick.environment_id)
            })
            .or_else(|| environments.iter().find(shown));
        let team = teams
            .iter()
            .find(|one| said.team == Some(one.id))
            .or_else(|| teams.iter().find(|one| one.mine))
            .or_else(|| teams.first());
        let zone = environment.map_or(Tz::UTC, |one| one.zone);
        let (start, end, all_day) = stretch(&said, zone, now);
        let input = BookingInput {
            environment_id: environment
                .map(|one| one.id.to_string())
                .unwrap_or_default(),
            team_id: team.map(|one| one.id.to_string()).unwrap_or_default(),
            title: said.title.clone(),
            start: written(start, all_day),
            end: written(end, all_day),
            all_day,
            status: if said.tentative {
                Status::Tentative
            } else {
                Status::Confirmed
            },
            ..empty()
        };
        let preview = self.preview_booking(None, Scope::All, &input, now)?;
        let when = self.read(|reader| Ok(said_time(&Choices::read(reader)?, &input, phrasing)))?;
        Ok(QuickAdd {
            when,
            environment: environment.map(|one| one.name.clone()).unwrap_or_default(),
            team: team.map(|one| one.name.clone()).unwrap_or_default(),
            said_environment: said.environment.is_some(),
            said_team: said.team.is_some(),
            said_time: said.day.is_some() || said.time.is_some(),
            unknown: said.unknown,
            duration: preview.duration,
            conflicts: preview.conflicts,
            problems: preview.problems,
            input,
        })
    }
}

fn empty() -> BookingInput {
    BookingInput {
        environment_id: String::new(),
        team_id: String::new(),
        title: String::new(),
        notes: String::new(),
        start: String::new(),
        end: String::new(),
        all_day: false,
        status: Status::Confirmed,
        blocks: true,
        kind: Kind::Deploy,
        units: None,
        set_up: None,
        clean_up: None,
        repeat: None,
        lead_times: None,
        plan: None,
    }
}

fn written(wall: NaiveDateTime, all_day: bool) -> String {
    wall.format(if all_day {
        "%Y-%m-%d"
    } else {
        "%Y-%m-%dT%H:%M"
    })
    .to_string()
}

/// `Wed 16 Sep 09:00–13:00`; empty where the form has problems.
fn said_time(choices: &Choices, input: &BookingInput, phrasing: Phrasing) -> String {
    let Ok(booking) = choices.fill(input, blank(phrasing.now)) else {
        return String::new();
    };
    let zone = choices
        .environment(&input.environment_id)
        .map_or(Tz::UTC, |one| one.zone);
    let (start, end) = booking.when.instants(zone);
    match booking.when {
        berth_core::When::AllDay { start, end } => {
            format!(
                "{}, all day",
                phrasing.days(start, end.pred_opt().unwrap_or(end))
            )
        }
        berth_core::When::Timed { .. } => phrase::range_or_moment(phrasing, start, end),
    }
}

/// From when to when, and whether it is whole days (then the end is the last of them). A day alone
/// is the whole of it; a time alone is its next one; nothing at all is the next full half hour.
fn stretch(said: &Said, zone: Tz, now: Timestamp) -> (NaiveDateTime, NaiveDateTime, bool) {
    let here = now.wall(zone);
    let today = here.date();
    let day = said.day.unwrap_or(today);
    if said.all_day || (said.time.is_none() && said.length.is_none() && said.day.is_some()) {
        let last = said.last_day.unwrap_or(day).max(day);
        return (day.into(), last.into(), true);
    }
    let mut start = match said.time {
        Some(Time::From(time) | Time::Span(Span { start: time, .. })) => day.and_time(time),
        Some(Time::Now) => whole_minute(here),
        None if said.day.is_some_and(|day| day != today) => {
            day.and_hms_opt(9, 0, 0).unwrap_or(here)
        }
        None => next_half_hour(here),
    };
    let mut end = match (said.time, said.length) {
        (Some(Time::Span(Span { end, .. })), _) => {
            let last = said.last_day.unwrap_or(day).and_time(end);
            if last <= start {
                last + TimeDelta::days(1)
            } else {
                last
            }
        }
        (_, Some(length)) => wall_of(length.after(start, zone), zone).unwrap_or(start + USUAL),
        _ => start + USUAL,
    };
    // `9-13` in the afternoon means tomorrow's.
    if said.day.is_none() && end <= here {
        (start, end) = (start + TimeDelta::days(1), end + TimeDelta::days(1));
    }
    (start, end, false)
}

fn whole_minute(wall: NaiveDateTime) -> NaiveDateTime {
    wall.with_second(0).unwrap_or(wall)
}

fn next_half_hour(wall: NaiveDateTime) -> NaiveDateTime {
    let minutes = i64::from(wall.num_seconds_from_midnight() / 60);
    NaiveDateTime::from(wall.date()) + TimeDelta::minutes((minutes / 30 + 1) * 30)
}
