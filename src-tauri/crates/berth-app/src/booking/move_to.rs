//! Moving and resizing: a drag, or arrow keys.

use berth_core::time::Tz;
use berth_core::{Booking, EnvironmentId, Timestamp, When};
use berth_store::Reader;

use super::edit::{Base, Edit, Refusal};
use super::wall::timed;
use crate::wire::{Move, Outcome};
use crate::{Berth, Error, Result, setup};

impl Berth {
    /// Moves a booking to another time, length or environment.
    ///
    /// # Errors
    /// With code `input` when the end is not after the start, `not-found` when the booking is gone.
    pub fn move_booking(&mut self, to: &Move, now: Timestamp) -> Result<Outcome> {
        self.apply(now, "Moved", |reader| moved(reader, to))
    }
}

/// What the drag makes of the booking.
pub(crate) fn moved(reader: &Reader<'_>, to: &Move) -> std::result::Result<Edit, Refusal> {
    refitted(reader, to, |units| units)
}

/// [`moved`], with other units.
pub(crate) fn refitted(
    reader: &Reader<'_>,
    to: &Move,
    units: impl FnOnce(Option<u32>) -> Option<u32>,
) -> std::result::Result<Edit, Refusal> {
    let reference = to.reference.as_ref().ok_or_else(super::gone)?;
    let base = Base::find(reader, reference, to.scope)?;
    let (environment, zone) = environment(reader, &to.environment_id)?;
    let when = when(&base.booking, zone, to)?;
    let units = units(base.booking.units);
    let filled = Booking {
        environment,
        when,
        units,
        ..base.booking.clone()
    };
    Ok(base.changed_to(filled)?)
}

pub(crate) fn environment(reader: &Reader<'_>, id: &str) -> Result<(EnvironmentId, Tz)> {
    let id = EnvironmentId(setup::row(id)?);
    let environments = reader.environments()?;
    let found = environments
        .iter()
        .find(|one| one.id == id)
        .map(|one| (id, one.zone));
    found.ok_or_else(|| Error::not_found("The environment does not exist any more.", "Reload."))
}

fn when(booking: &Booking, environment: Tz, to: &Move) -> Result<When> {
    let (start, end) = (
        Timestamp::from_millis(to.start),
        Timestamp::from_millis(to.end),
    );
    if end <= start {
        let message = "The end must be after the start.";
        return Err(Error::input(
            message,
            "Drag the end further down, or the start further up.",
        ));
    }
    Ok(match booking.when {
        When::Timed { .. } => timed(start, end, booking, environment),
        When::AllDay { .. } => {
            let first = start.wall(environment).date();
            // An end inside a day takes the whole of it.
            let last = (end - chrono::TimeDelta::seconds(1))
                .wall(environment)
                .date()
                .max(first);
            When::AllDay {
                start: first,
                end: last.succ_opt().unwrap_or(last),
            }
        }
    })
}
