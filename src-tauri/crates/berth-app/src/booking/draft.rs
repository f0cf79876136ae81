//! From a form to a booking: every field checked, every problem named with its next step.

use berth_core::booking::LONGEST_BUFFER;
use berth_core::time::Tz;
use berth_core::{
    Booking, BookingId, Environment, Recurrence, Rule, Status, TeamId, Timestamp, Transparency,
    When,
};
use berth_store::Reader;
use chrono::{NaiveDate, TimeDelta};

use super::wall::{self, Point};
use crate::wire::{BookingInput, Problem};
use crate::{Error, Result};

/// The environments and teams a form can name.
pub(crate) struct Choices {
    environments: Vec<Environment>,
    teams: Vec<berth_core::Team>,
}

/// What is wrong with a form; never empty as an error.
pub(crate) type Problems = Vec<Problem>;

impl Choices {
    pub(crate) fn read(reader: &Reader<'_>) -> Result<Self> {
        Ok(Self {
            environments: reader.environments()?,
            teams: reader.teams()?,
        })
    }

    pub(crate) fn environment(&self, id: &str) -> Option<&Environment> {
        self.environments
            .iter()
            .find(|one| one.id.to_string() == id)
    }

    fn team(&self, id: &str) -> Option<TeamId> {
        self.teams
            .iter()
            .find(|one| one.id.to_string() == id)
            .map(|one| one.id)
    }

    /// Writes the form over `base`: a booking that exists, or [`blank`].
    pub(crate) fn fill(
        &self,
        input: &BookingInput,
        base: Booking,
    ) -> std::result::Result<Booking, Problems> {
        let mut problems = Vec::new();
        let environment = self.environment(&input.environment_id);
        if environment.is_none() {
            problem(&mut problems, "environmentId", "Choose the environment.");
        }
        let team = self.team(&input.team_id);
        if team.is_none() {
            problem(
                &mut problems,
                "teamId",
                "Choose the team, or add one first.",
            );
        }
        let zone = environment.map_or(Tz::UTC, |one| one.zone);
        let when = when(input, zone, &base, &mut problems);
        let mut recurrence = recurrence(input, &base, &mut problems);
        if let (Some(when), Some(rule)) =
            (when, recurrence.as_mut().and_then(|one| one.rule.as_mut()))
        {
            // What is stored is what an export writes, so that it comes back as it was.
            *rule = berth_ical::until_as_required(rule, when, zone);
        }
        let (set_up, clean_up) = buffers(input, environment, &mut problems);
        if input.units == Some(0) {
            problem(
                &mut problems,
                "units",
                "Take at least one unit, or the whole environment.",
            );
        }
        match (environment, team, when) {
            (Some(environment), Some(team), Some(when)) if problems.is_empty() => Ok(Booking {
                environment: environment.id,
                team,
                when,
                recurrence,
                title: one_line(&input.title),
                notes: input.notes.replace("\r\n", "\n"),
                status: input.status.into(),
                transparency: if input.blocks {
                    Transparency::Opaque
                } else {
                    Transparency::Transparent
                },
                units: input.units,
                set_up,
                clean_up,
                kind: input.kind.into(),
                plan: input
                    .plan
                    .as_deref()
                    .map(str::trim)
                    .filter(|plan| !plan.is_empty())
                    .map(Into::into),
                lead_times: input.lead_times.as_ref().map(|leads| {
                    leads
                        .iter()
                        .map(|&lead| TimeDelta::minutes(lead.into()))
                        .collect()
                }),
                ..base
            }),
            _ => Err(problems),
        }
    }
}

/// A booking with nothing decided yet.
pub(crate) fn blank(now: Timestamp) -> Booking {
    Booking {
        id: BookingId(0),
        uid: new_uid(),
        recurrence_id: None,
        environment: berth_core::EnvironmentId(0),
        team: TeamId(0),
        when: When::AllDay {
            start: NaiveDate::MIN,
            end: NaiveDate::MIN,
        },
        recurrence: None,
        title: String::new(),
        notes: String::new(),
        status: Status::Confirmed,
        transparency: Transparency::Opaque,
        units: None,
        set_up: TimeDelta::zero(),
        clean_up: TimeDelta::zero(),
        kind: berth_core::Kind::Test,
        plan: None,
        lead_times: None,
        sequence: 0,
        created: now,
        modified: now,
        calendar: None,
        source: None,
    }
}

/// A UID that no other booking has, anywhere.
pub(crate) fn new_uid() -> String {
    format!("{}@berth", uuid::Uuid::new_v4())
}

/// The problems as one error, for a form that is saved all the same.
pub(crate) fn refused(problems: &[Problem]) -> Error {
    let all: Vec<&str> = problems.iter().map(|one| one.message.as_str()).collect();
    Error::input("The booking cannot be saved like this.", all.join(" "))
}

fn problem(problems: &mut Problems, field: &str, message: impl Into<String>) {
    problems.push(Problem {
        field: field.into(),
        message: message.into(),
    });
}

/// A title is one line: other white space and control characters become spaces.
fn one_line(title: &str) -> String {
    let clean = title.replace(char::is_control, " ");
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn when(input: &BookingInput, zone: Tz, base: &Booking, problems: &mut Problems) -> Option<When> {
    let start = Point::parse(&input.start);
    let end = Point::parse(&input.end);
    for (field, value) in [("start", start), ("end", end)] {
        if value.is_none() {
            problem(
                problems,
                field,
                "Write a date and a time, such as 2026-09-17 and 09:00.",
            );
        }
    }
    let (start, end) = (start?, end?);
    let when = if input.all_day {
        When::AllDay {
            start: start.wall.date(),
            end: end.wall.date().succ_opt()?,
        }
    } else {
        wall::said(start, end, base, input.repeat.is_some(), zone)
    };
    if when.range(zone).is_none() {
        problem(
            problems,
            "end",
            "The end must be after the start: make it later, or the start earlier.",
        );
        return None;
    }
    Some(when)
}

fn recurrence(input: &BookingInput, base: &Booking, problems: &mut Problems) -> Option<Recurrence> {
    let text = input
        .repeat
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty())?;
    if base.recurrence_id.is_some() {
        return None;
    }
    let before = base.recurrence.clone().unwrap_or_default();
    match Rule::parse(text) {
        Ok(rule) if rule.sub_daily() => {
            problem(
                problems,
                "repeat",
                "Bookings repeat daily or less often: choose daily, weekly or monthly.",
            );
            None
        }
        Ok(rule) => Some(Recurrence {
            rule: Some(rule),
            ..before
        }),
        Err(error) => {
            problem(problems, "repeat", format!("{error}."));
            None
        }
    }
}

fn buffers(
    input: &BookingInput,
    environment: Option<&Environment>,
    problems: &mut Problems,
) -> (TimeDelta, TimeDelta) {
    let mut one = |field: &str, minutes: Option<u32>, default: Option<TimeDelta>| {
        let buffer = minutes.map_or(default.unwrap_or_default(), |n| {
            TimeDelta::minutes(n.into())
        });
        if buffer > LONGEST_BUFFER {
            problem(
                problems,
                field,
                "At most 7 days: book a longer preparation as a booking of its own.",
            );
        }
        buffer
    };
    (
        one("setUp", input.set_up, environment.map(|one| one.set_up)),
        one(
            "cleanUp",
            input.clean_up,
            environment.map(|one| one.clean_up),
        ),
    )
}
