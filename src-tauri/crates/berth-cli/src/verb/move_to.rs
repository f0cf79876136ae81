//! `berth move`

use berth_app::wire;
use berth_app::{Error, Result, Slot};
use berth_core::time::{Tz, localise, midnight};
use berth_core::{Timestamp, When};
use chrono::Days;

use super::{Target, changed, told};
use crate::answer::Ended;
use crate::session::Session;
use crate::time::{Length, wall_of};

/// Moves a booking to another time, length or environment. An occurrence (12@…) moves alone.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("where").required(true).multiple(true).args(["from", "to", "length", "env"]))]
pub(crate) struct Move {
    #[command(flatten)]
    target: Target,
    /// When it starts [default: as before].
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    from: Option<String>,
    /// When it ends [default: as long as before].
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    to: Option<String>,
    /// How long it is [default: as long as before].
    #[arg(
        long = "for",
        id = "length",
        value_name = "DURATION",
        conflicts_with = "to"
    )]
    length: Option<Length>,
    /// The environment [default: the same].
    #[arg(long, value_name = "ENV")]
    env: Option<String>,
}

impl Move {
    pub(crate) fn run(&self, session: &mut Session) -> Ended {
        let (reference, scope) = self.target.find(session)?;
        let slot = session.berth.slot(&reference)?;
        let environment = match &self.env {
            Some(name) => session.environment(name)?,
            None => session.environment_of(&slot).ok_or_else(gone)?,
        };
        let (start, end) = self.stretch(session, &slot, environment.zone)?;
        let to = wire::Move {
            reference: Some(reference.clone()),
            scope,
            environment_id: environment.id.to_string(),
            team_id: None,
            start: start.millis(),
            end: end.millis(),
        };
        let outcome = session.berth.move_booking(&to, session.now)?;
        let moved = changed(session, &outcome, &reference)?;
        Ok(session.answer(&moved, || told(session, &outcome))?)
    }

    fn stretch(&self, session: &Session, slot: &Slot, zone: Tz) -> Result<(Timestamp, Timestamp)> {
        let (start, end) = match slot.when {
            When::Timed { .. } => self.times(session, slot, zone)?,
            When::AllDay { start, end } => {
                let length = u64::try_from((end - start).num_days()).unwrap_or(1);
                self.days(session, midnight(start, zone), length, zone)?
            }
        };
        if end <= start {
            let message = format!("The end, {end}, is not after the start, {start}.");
            return Err(Error::input(
                message,
                "Name a later end with --to, or a length with --for.",
            ));
        }
        Ok((start, end))
    }

    /// A length that is not named is kept by the wall clock, as a series keeps it.
    fn times(&self, session: &Session, slot: &Slot, zone: Tz) -> Result<(Timestamp, Timestamp)> {
        let (old_start, old_end) = (slot.start.wall(zone), slot.end.wall(zone));
        let start = match &self.from {
            Some(from) => session.read(from, zone)?.start_wall(zone)?,
            None => old_start,
        };
        let end = match (&self.to, self.length) {
            (Some(to), _) => session.read(to, zone)?.end_wall(zone)?,
            (None, Some(length)) => wall_of(length.after(start, zone), zone)?,
            (None, None) => start + (old_end - old_start),
        };
        Ok((localise(start, zone), localise(end, zone)))
    }

    fn days(
        &self,
        session: &Session,
        old: Timestamp,
        days: u64,
        zone: Tz,
    ) -> Result<(Timestamp, Timestamp)> {
        let first = match &self.from {
            Some(from) => session.read(from, zone)?.date(zone),
            None => old.wall(zone).date(),
        };
        let next = match (&self.to, self.length) {
            (Some(to), _) => session.read(to, zone)?.date(zone) + Days::new(1),
            (None, Some(length)) => {
                let days = length
                    .whole_days()
                    .and_then(|days| u64::try_from(days).ok());
                first
                    + Days::new(days.ok_or_else(|| {
                        Error::input("Whole days last for days.", "Write --for 2d.")
                    })?)
            }
            (None, None) => first + Days::new(days),
        };
        Ok((midnight(first, zone), midnight(next, zone)))
    }
}

fn gone() -> Error {
    Error::not_found(
        "Its environment does not exist any more.",
        "Name another with --env.",
    )
}
