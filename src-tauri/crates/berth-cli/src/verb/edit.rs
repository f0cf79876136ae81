//! `berth edit`

use berth_app::wire::{BookingInput, Status};
use berth_app::{Error, Result};
use berth_core::time::Tz;
use chrono::{Days, NaiveDate, NaiveDateTime};

use super::book::written;
use super::{Target, changed, told};
use crate::answer::Ended;
use crate::details::{Details, set};
use crate::session::Session;
use crate::time::{Length, wall_of};

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
    /// When it starts; the length stays, unless it is named.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    from: Option<String>,
    /// When it ends; of whole days, the last of them.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    to: Option<String>,
    /// How long it is.
    #[arg(
        long = "for",
        id = "length",
        value_name = "DURATION",
        conflicts_with = "to"
    )]
    length: Option<Length>,
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
        if self.from.is_none() && self.to.is_none() && self.length.is_none() {
            return Ok(());
        }
        if input.all_day {
            self.days(session, input, zone)
        } else {
            self.times(session, input, zone)
        }
    }

    fn times(&self, session: &Session, input: &mut BookingInput, zone: Tz) -> Result<()> {
        let (old_start, old_end) = (wall(&input.start)?, wall(&input.end)?);
        let start = match &self.from {
            Some(from) => session.read(from, zone)?.start_wall(zone)?,
            None => old_start,
        };
        let end = match (&self.to, self.length) {
            (Some(to), _) => session.read(to, zone)?.end_wall(zone)?,
            (None, Some(length)) => wall_of(length.after(start, zone), zone)?,
            (None, None) => start + (old_end - old_start),
        };
        (input.start, input.end) = (written(start), written(end));
        Ok(())
    }

    fn days(&self, session: &Session, input: &mut BookingInput, zone: Tz) -> Result<()> {
        let (old_first, old_last) = (day(&input.start)?, day(&input.end)?);
        let first = match &self.from {
            Some(from) => session.read(from, zone)?.date(zone),
            None => old_first,
        };
        let last = match (&self.to, self.length.map(Length::whole_days)) {
            (Some(to), _) => session.read(to, zone)?.date(zone),
            (None, Some(days)) => {
                let days = days.and_then(|days| u64::try_from(days - 1).ok());
                first
                    + Days::new(days.ok_or_else(|| {
                        Error::input("Whole days last for days.", "Write --for 2d.")
                    })?)
            }
            (None, None) => first + (old_last - old_first),
        };
        (input.start, input.end) = (first.to_string(), last.to_string());
        Ok(())
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
