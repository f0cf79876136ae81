//! `berth book`

use berth_app::wire::{BookingInput, Kind, Preview, Scope, Status};
use berth_app::{Error, Result};
use berth_core::time::Tz;
use berth_core::words::Phrasing;
use berth_core::{Environment, TimeRange, Timestamp};
use chrono::{NaiveDateTime, TimeDelta};

use super::{changed, explained, told};
use crate::answer::Ended;
use crate::details::Details;
use crate::json;
use crate::session::Session;
use crate::stretch::Stretch;
use crate::style::plain;
use crate::time::Length;

/// Books an environment for a team. Conflicts are said, and never keep it from being booked.
#[derive(Debug, clap::Args)]
pub(crate) struct Book {
    /// The environment.
    #[arg(long, value_name = "ENV")]
    env: String,
    /// The team [default: yours].
    #[arg(long, value_name = "TEAM")]
    team: Option<String>,
    /// When it starts.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    from: String,
    /// When it ends.
    #[arg(
        long,
        value_name = "TIME",
        allow_hyphen_values = true,
        required_unless_present_any = ["length", "all_day"]
    )]
    to: Option<String>,
    /// How long it is, such as 4h, 1h30m or 2d.
    #[arg(
        long = "for",
        id = "length",
        value_name = "DURATION",
        conflicts_with = "to"
    )]
    length: Option<Length>,
    /// Whole days; --to names the last of them.
    #[arg(long)]
    all_day: bool,
    /// Not certain: yields to what is confirmed.
    #[arg(long)]
    tentative: bool,
    /// Only shown: keeps nobody out.
    #[arg(long)]
    free: bool,
    #[command(flatten)]
    details: Details,
    /// Say what would be booked and what it would conflict with, and book nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,
}

impl Book {
    pub(crate) fn run(&self, session: &mut Session) -> Ended {
        let environment = session.environment(&self.env)?.clone();
        let input = self.input(session, &environment)?;
        if self.dry_run {
            return self.preview(session, &environment, &input);
        }
        let outcome = session.berth.book(&input, session.now)?;
        let booked = match &outcome.booking {
            Some(reference) => changed(session, &outcome, reference)?,
            None => {
                return Err(Error::input("Nothing was booked.", "Look at `berth history`.").into());
            }
        };
        Ok(session.answer(&booked, || told(session, &outcome))?)
    }

    fn input(&self, session: &Session, environment: &Environment) -> Result<BookingInput> {
        let (start, end) = self.stretch(session, environment.zone)?;
        let mut input = BookingInput {
            environment_id: environment.id.to_string(),
            team_id: session.team_or_mine(self.team.as_deref())?.id.to_string(),
            title: String::new(),
            notes: String::new(),
            start,
            end,
            all_day: self.all_day,
            status: if self.tentative {
                Status::Tentative
            } else {
                Status::Confirmed
            },
            blocks: !self.free,
            kind: Kind::Test,
            units: None,
            set_up: None,
            clean_up: None,
            repeat: None,
            lead_times: None,
            plan: None,
        };
        self.details.fill(&mut input);
        Ok(input)
    }

    /// Start and end as the form takes them: wall times of the environment, or days.
    fn stretch(&self, session: &Session, zone: Tz) -> Result<(String, String)> {
        let stretch = Stretch {
            from: Some(self.from.clone()),
            to: self.to.clone(),
            length: self.length,
        };
        if self.all_day {
            let (first, last) = stretch.days(session, zone, None)?;
            return Ok((first.to_string(), last.to_string()));
        }
        let (start, end) = stretch.times(session, zone, None)?;
        Ok((written(start), written(end)))
    }

    fn preview(
        &self,
        session: &mut Session,
        environment: &Environment,
        input: &BookingInput,
    ) -> Ended {
        let preview = session
            .berth
            .preview_booking(None, Scope::All, input, session.now)?;
        if let Some(problem) = preview.problems.first() {
            return Err(
                Error::input("It could not be booked like this.", problem.message.clone()).into(),
            );
        }
        let team = session
            .teams
            .iter()
            .find(|team| team.id.to_string() == input.team_id);
        let team = team.map(|team| team.name.clone()).unwrap_or_default();
        let would = json::Booked {
            booking: unsaved(environment, team, input, &preview),
            conflicts: session.json_conflicts(&preview.conflicts),
        };
        Ok(session.answer(&would, || would_be(session, environment, input, &preview))?)
    }
}

/// As the form takes a wall time.
pub(super) fn written(wall: NaiveDateTime) -> String {
    wall.format("%Y-%m-%dT%H:%M:%S").to_string()
}

/// The booking that is not one yet.
fn unsaved(
    environment: &Environment,
    team: String,
    input: &BookingInput,
    preview: &Preview,
) -> json::Booking {
    let buffer = |minutes: Option<u32>, default: TimeDelta| {
        json::duration(minutes.map_or(default, |minutes| TimeDelta::minutes(minutes.into())))
    };
    json::Booking {
        id: None,
        uid: None,
        recurrence_id: None,
        environment: environment.name.clone(),
        team,
        title: input.title.clone(),
        start: json::instant(preview.start.unwrap_or_default()),
        end: json::instant(preview.end.unwrap_or_default()),
        zone: environment.zone.name().to_owned(),
        all_day: input.all_day,
        status: input.status,
        transparency: json::transparency(input.blocks),
        kind: input.kind,
        units: input.units,
        set_up: buffer(input.set_up, environment.set_up),
        clean_up: buffer(input.clean_up, environment.clean_up),
        plan: input.plan.clone(),
    }
}

/// `Would book “load test” on staging, Thu 17 Sep 09:00–13:00 (4 h)`.
fn would_be(
    session: &Session,
    environment: &Environment,
    input: &BookingInput,
    preview: &Preview,
) -> String {
    let title = plain(&input.title);
    let what = if title.trim().is_empty() {
        "a booking".to_owned()
    } else {
        format!("“{}”", title.trim())
    };
    let when = range(session.phrasing, preview);
    let repeat = preview
        .repeat_words
        .as_ref()
        .map(|words| format!(", {words}"))
        .unwrap_or_default();
    let length = preview.duration.as_deref().unwrap_or_default();
    let conflicts: String = preview
        .conflicts
        .iter()
        .map(|one| explained(session, one))
        .collect();
    format!(
        "Would book {what} on {}, {when} ({length}){repeat}\n{conflicts}{}",
        plain(&environment.name),
        session.zone_note()
    )
}

fn range(phrasing: Phrasing, preview: &Preview) -> String {
    let at = |millis: Option<i64>| Timestamp::from_millis(millis.unwrap_or_default());
    let range = TimeRange::new(at(preview.start), at(preview.end));
    range.map(|range| phrasing.range(range)).unwrap_or_default()
}
