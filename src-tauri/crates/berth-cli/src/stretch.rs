//! From when to when: the options that `book`, `move` and `edit` share, and what they mean.

use berth_app::{Error, Result};
use berth_core::time::{Tz, localise, midnight};
use chrono::{Days, NaiveDate, NaiveDateTime};

use crate::session::Session;
use crate::time::{Length, wall_of};

/// A new start, end or length; what is not named stays as it was.
#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct Stretch {
    /// When it starts; the length stays, unless it is named.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub(crate) from: Option<String>,
    /// When it ends; of whole days, the last of them.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub(crate) to: Option<String>,
    /// How long it is, such as 4h, 1h30m or 2d.
    #[arg(
        long = "for",
        id = "length",
        value_name = "DURATION",
        conflicts_with = "to"
    )]
    pub(crate) length: Option<Length>,
}

impl Stretch {
    /// Whether anything is named.
    pub(crate) fn is_empty(&self) -> bool {
        self.from.is_none() && self.to.is_none() && self.length.is_none()
    }

    /// Start and end on the wall clock of `zone`. A length that is not named is kept by the wall
    /// clock, as a series keeps it; one that is named is real time.
    ///
    /// # Errors
    /// With code `input` for what is no time, and for an end that is not after the start.
    pub(crate) fn times(
        &self,
        session: &Session,
        zone: Tz,
        old: Option<(NaiveDateTime, NaiveDateTime)>,
    ) -> Result<(NaiveDateTime, NaiveDateTime)> {
        let start = match (&self.from, old) {
            (Some(from), _) => session.read(from, zone)?.start_wall(zone)?,
            (None, old) => old.ok_or_else(no_start)?.0,
        };
        let end = match (&self.to, self.length, old) {
            (Some(to), ..) => {
                let begins = localise(start, zone);
                session.read_end(to, begins, zone)?.end_wall(zone)?
            }
            (None, Some(length), _) => wall_of(length.after(start, zone), zone)?,
            (None, None, old) => {
                let (old_start, old_end) = old.ok_or_else(no_end)?;
                start + (old_end - old_start)
            }
        };
        if end > start {
            return Ok((start, end));
        }
        let shown = |wall: NaiveDateTime| wall.format("%Y-%m-%d %H:%M").to_string();
        let message = format!(
            "The end, {}, is not after the start, {}.",
            shown(end),
            shown(start)
        );
        Err(Error::input(
            message,
            "Name a later end with --to, or a length with --for.",
        ))
    }

    /// The first and the last of whole days. Where no end is named, it is the first, or as many
    /// days as before.
    ///
    /// # Errors
    /// As [`Stretch::times`], and for a length that is not of whole days.
    pub(crate) fn days(
        &self,
        session: &Session,
        zone: Tz,
        old: Option<(NaiveDate, NaiveDate)>,
    ) -> Result<(NaiveDate, NaiveDate)> {
        let first = match (&self.from, old) {
            (Some(from), _) => session.read(from, zone)?.date(zone),
            (None, old) => old.ok_or_else(no_start)?.0,
        };
        let last = match (&self.to, self.length, old) {
            (Some(to), ..) => {
                let begins = midnight(first, zone);
                session.read_end(to, begins, zone)?.date(zone)
            }
            (None, Some(length), _) => first + whole(length)?,
            (None, None, old) => old.map_or(first, |(start, end)| first + (end - start)),
        };
        if last >= first {
            return Ok((first, last));
        }
        let message = format!("The last day, {last}, is before the first, {first}.");
        Err(Error::input(message, "Name a later day with --to."))
    }
}

/// The days from the first to the last.
fn whole(length: Length) -> Result<Days> {
    let days = length
        .whole_days()
        .and_then(|days| u64::try_from(days - 1).ok());
    days.map(Days::new)
        .ok_or_else(|| Error::input("Whole days last for days.", "Write --for 2d."))
}

fn no_start() -> Error {
    Error::input("There is no start.", "Name it with --from.")
}

fn no_end() -> Error {
    Error::input(
        "There is no end.",
        "Name it with --to, or a length with --for.",
    )
}
