//! `berth edit`

use berth_app::wire::{BookingInput, Status};
use berth_app::{Error, Result};
use berth_core::time::Tz;
use chrono::{NaiveDate, NaiveDateTime};

use super::book::written;
use super::{Target, changed, told};
use crate::answer::Ended;
use crate::details::{Details, set};
use crate::session::Session;
use crate::stretch::Stretch;

/// Changes a booking; what is not named stays as it is. Of an occurrence (12@…) only itself.
#[derive(Debug, clap::Args)]
pub(crate) struct Edit {
    #[command(flatten)]
    target: Target,
    /// The environment.
    #[arg(long, value_name = "ENV")]
    env: Option<String>,
    /// The team.
    #[arg(long, value_name = "TEAM")]
    team: Option<String>,
    #[command(flatten)]
    stretch: Stretch,
    /// Not certain: yields to what is confirmed.
    #[arg(long, conflicts_with = "confirmed")]
    tentative: bool,
    /// Certain.
    #[arg(long)]
    confirmed: bool,
    /// Only shown: keeps nobody out.
    #[arg(long, conflicts_with = "blocks")]
    free: bool,
    /// Keeps others out.
    #[arg(long)]
    blocks: bool,
    #[command(flatten)]
    details: Details,
}

impl Edit {
    pub(crate) fn run(&self, session: &mut Session) -> Ended {
        let (reference, scope) = self.target.find(session)?;
        let mut input = session.berth.show_booking(&reference, session.now)?.input;
        self.fill(session, &mut input)?;
        let outcome = session
            .berth
            .edit_booking(&reference, scope, &input, session.now)?;
        let edited = changed(session, &outcome, &reference)?;
        Ok(session.answer(&edited, || told(session, &outcome))?)
    }

    fn fill(&self, session: &Session, input: &mut BookingInput) -> Result<()> {
        let environment = self
            .env
            .as_deref()
            .map(|name| session.environment(name))
            .transpose()?;
        let team = self
            .team
            .as_deref()
            .map(|name| session.team(name))
            .transpose()?;
        set(
            &mut input.environment_id,
            environment.map(|one| one.id.to_string()),
        );
        set(&mut input.team_id, team.map(|one| one.id.to_string()));
        set(
            &mut input.status,
            self.tentative.then_some(Status::Tentative),
        );
        set(
            &mut input.status,
            self.confirmed.then_some(Status::Confirmed),
        );
        set(
            &mut input.blocks,
            (self.free || self.blocks).then_some(self.blocks),
        );
        self.details.fill(input);
        let zone = session
            .environments
            .iter()
            .find(|one| one.id.to_string() == input.environment_id);
        let zone = zone.map_or(session.phrasing.zone, |one| one.zone);
        if !self.stretch.is_empty() {
            (input.start, input.end) = self.when(session, input, zone)?;
        }
        Ok(())
    }

    fn when(&self, session: &Session, input: &BookingInput, zone: Tz) -> Result<(String, String)> {
        if input.all_day {
            let old = (day(&input.start)?, day(&input.end)?);
            let (first, last) = self.stretch.days(session, zone, Some(old))?;
            return Ok((first.to_string(), last.to_string()));
        }
        let old = (wall(&input.start)?, wall(&input.end)?);
        let (start, end) = self.stretch.times(session, zone, Some(old))?;
        Ok((written(start), written(end)))
    }
}

/// A wall time as the form shows it.
fn wall(text: &str) -> Result<NaiveDateTime> {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").map_err(|_| unreadable(text))
}

/// A day as the form shows it.
fn day(text: &str) -> Result<NaiveDate> {
    text.parse().map_err(|_| unreadable(text))
}

fn unreadable(text: &str) -> Error {
    Error::input(
        format!("Its time, {text}, cannot be read."),
        "Name both --from and --to.",
    )
}
