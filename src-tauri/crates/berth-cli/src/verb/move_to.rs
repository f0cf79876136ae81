//! `berth move`

use berth_app::wire;
use berth_app::{Error, Result, Slot};
use berth_core::time::{Tz, localise, midnight};
use berth_core::{Timestamp, When};
use chrono::Days;

use super::{Target, changed, told};
use crate::answer::Ended;
use crate::session::Session;
use crate::stretch::Stretch;

/// Moves a booking to another time, length or environment. An occurrence (12@…) moves alone.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("where").required(true).multiple(true).args(["from", "to", "length", "env"]))]
pub(crate) struct Move {
    #[command(flatten)]
    target: Target,
    #[command(flatten)]
    stretch: Stretch,
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
        let (start, end) = self.when(session, &slot, environment.zone)?;
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

    fn when(&self, session: &Session, slot: &Slot, zone: Tz) -> Result<(Timestamp, Timestamp)> {
        if self.stretch.is_empty() {
            return Ok((slot.start, slot.end));
        }
        if let When::AllDay { start, end } = slot.when {
            let old = (start, end.pred_opt().unwrap_or(end).max(start));
            let (first, last) = self.stretch.days(session, zone, Some(old))?;
            return Ok((midnight(first, zone), midnight(last + Days::new(1), zone)));
        }
        let old = (slot.start.wall(zone), slot.end.wall(zone));
        let (start, end) = self.stretch.times(session, zone, Some(old))?;
        Ok((localise(start, zone), localise(end, zone)))
    }
}

fn gone() -> Error {
    Error::not_found(
        "Its environment does not exist any more.",
        "Name another with --env.",
    )
}
