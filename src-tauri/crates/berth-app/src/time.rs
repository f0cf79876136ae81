//! Times and durations as a person types them.
//!
//! A text becomes a [`Moment`]: an instant, a wall time, or a whole day. What the wall time means is
//! decided by the environment it is for. Nothing here asks what time it is.

mod duration;
mod span;
#[cfg(test)]
mod tests;

pub use duration::Length;
pub(crate) use span::{Span, clock, hour, span};

use berth_core::Timestamp;
use berth_core::time::{Tz, localise, midnight};
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Weekday};

use crate::{Error, Result};

/// The present, and the zone whose "today" is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Present {
    /// The instant.
    pub now: Timestamp,
    /// Whose wall clock it is read on.
    pub zone: Tz,
}

/// A point in time as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// With an offset or `Z`, or relative to now.
    At(Timestamp),
    /// What a clock on the wall shows.
    Wall(NaiveDateTime),
    /// A day without a time: its first instant as a start, the whole of it as an end.
    Day(NaiveDate),
}

impl Present {
    /// Reads `2026-09-17T09:00`, the same with an offset or `Z`, `2026-09-17`, `tomorrow 9:00`,
    /// `thu 14:00`, `14:00`, `+2h`, `now`. A weekday is the next one, today included; `24:00` is the
    /// end of its day.
    ///
    /// # Errors
    /// With code `input` when it is none of these.
    pub fn read(self, text: &str) -> Result<Moment> {
        self.read_from(text, self.now.wall(self.zone).date())
    }

    /// Reads the end of what begins at `start`: a weekday is the first from the day of the start on,
    /// so that `wed 18:00` to `mon 8:00` ends on the Monday after, and a time alone the first that
    /// is not before the start, as in `22:00` to `6:00`. Everything else is as in [`Present::read`].
    ///
    /// # Errors
    /// As [`Present::read`]; whether the end is after the start is for the caller to say.
    pub fn read_end(self, text: &str, start: Timestamp) -> Result<Moment> {
        let day = start.wall(self.zone).date();
        let same = self.read_from(text, day)?;
        if same.end(self.zone) < start && wall_time(text.trim()).is_some() {
            return self.read_from(text, day + Days::new(1));
        }
        Ok(same)
    }

    /// Reads a text in which a weekday or a time alone is the first from `day` on.
    fn read_from(self, text: &str, day: NaiveDate) -> Result<Moment> {
        let clean = text.trim().to_lowercase();
        self.relative(&clean)
            .or_else(|| self.absolute(&clean, day))
            .ok_or_else(|| {
                Error::input(
                    format!("“{text}” is not a time."),
                    "Write 2026-09-17T09:00, 2026-09-17, tomorrow 9:00, thu 14:00, +2h or now.",
                )
            })
    }

    /// `now`, `+2h`, `-1d`: days and weeks by the wall clock, hours and minutes in real time.
    fn relative(self, text: &str) -> Option<Moment> {
        if text == "now" {
            return Some(Moment::At(self.now));
        }
        let (sign, length) = match text.split_at_checked(1)? {
            ("+", length) => (1, length),
            ("-", length) => (-1, length),
            _ => return None,
        };
        let length: Length = length.parse().ok()?;
        let wall = self
            .now
            .wall(self.zone)
            .checked_add_signed(TimeDelta::days(sign * length.days))?;
        let at = if length.days == 0 {
            self.now
        } else {
            localise(wall, self.zone)
        };
        Some(Moment::At(at + TimeDelta::minutes(sign * length.minutes)))
    }

    fn absolute(self, text: &str, from: NaiveDate) -> Option<Moment> {
        let today = self.now.wall(self.zone).date();
        let (day, rest) = match text.find([' ', 't']) {
            Some(at) if iso_date(&text[..at]).is_some() => (&text[..at], &text[at + 1..]),
            _ => text.split_once(' ').unwrap_or((text, "")),
        };
        if let Some(date) = iso_date(day)
            .or_else(|| near_day(day, today))
            .or_else(|| weekday(day, from))
        {
            return if rest.trim().is_empty() {
                Some(Moment::Day(date))
            } else {
                on_day(date, rest.trim())
            };
        }
        wall_time(text)
            .map(|(time, days)| Moment::Wall(from.and_time(time) + TimeDelta::days(days)))
    }
}

impl Moment {
    /// The instant a range begins at.
    #[must_use]
    pub fn start(self, zone: Tz) -> Timestamp {
        match self {
            Self::At(at) => at,
            Self::Wall(wall) => localise(wall, zone),
            Self::Day(date) => midnight(date, zone),
        }
    }

    /// The instant a range ends at: of a day, when the next begins.
    #[must_use]
    pub fn end(self, zone: Tz) -> Timestamp {
        match self {
            Self::Day(date) => midnight(date + Days::new(1), zone),
            other => other.start(zone),
        }
    }

    /// The day it lies in.
    #[must_use]
    pub fn date(self, zone: Tz) -> NaiveDate {
        match self {
            Self::At(at) => at.wall(zone).date(),
            Self::Wall(wall) => wall.date(),
            Self::Day(date) => date,
        }
    }

    /// What the wall clock of `zone` shows when a booking starts.
    ///
    /// # Errors
    /// With code `input` for an instant that the wall clock cannot name.
    pub fn start_wall(self, zone: Tz) -> Result<NaiveDateTime> {
        match self {
            Self::At(at) => wall_of(at, zone),
            Self::Wall(wall) => Ok(wall),
            Self::Day(date) => Ok(date.and_time(NaiveTime::MIN)),
        }
    }

    /// What the wall clock of `zone` shows when a booking ends; see [`Moment::end`].
    ///
    /// # Errors
    /// As [`Moment::start_wall`].
    pub fn end_wall(self, zone: Tz) -> Result<NaiveDateTime> {
        match self {
            Self::Day(date) => Ok((date + Days::new(1)).and_time(NaiveTime::MIN)),
            other => other.start_wall(zone),
        }
    }
}

/// The wall time of an instant, if it names that instant again: in the hour that comes twice when
/// the clocks go back, a wall time means the first (RFC 5545, 3.3.5).
///
/// # Errors
/// With code `input` for an instant in the second of the two.
pub fn wall_of(at: Timestamp, zone: Tz) -> Result<NaiveDateTime> {
    let wall = at.wall(zone);
    if localise(wall, zone) == at {
        return Ok(wall);
    }
    let message = format!(
        "{at} is the second {} of that night in {zone}.",
        wall.format("%H:%M")
    );
    Err(Error::input(
        message,
        "A wall time means the first: choose one outside the hour that comes twice.",
    ))
}

pub(crate) fn iso_date(text: &str) -> Option<NaiveDate> {
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    (1900..=9000).contains(&date.year()).then_some(date)
}

pub(crate) fn named_day(name: &str, today: NaiveDate) -> Option<NaiveDate> {
    near_day(name, today).or_else(|| weekday(name, today))
}

fn near_day(name: &str, today: NaiveDate) -> Option<NaiveDate> {
    match name {
        "today" => Some(today),
        "tomorrow" => today.succ_opt(),
        "yesterday" => today.pred_opt(),
        _ => None,
    }
}

/// The next one from `day` on, that day included.
fn weekday(name: &str, day: NaiveDate) -> Option<NaiveDate> {
    let wanted: Weekday = name.parse().ok()?;
    let ahead = wanted.num_days_from_monday() + 7 - day.weekday().num_days_from_monday();
    day.checked_add_days(Days::new(u64::from(ahead % 7)))
}

/// A time of `date`, with or without an offset from UTC.
fn on_day(date: NaiveDate, text: &str) -> Option<Moment> {
    if let Some((time, days)) = wall_time(text) {
        return Some(Moment::Wall(date.and_time(time) + TimeDelta::days(days)));
    }
    let at = text.find(['z', '+', '-'])?;
    let (time, days) = wall_time(text[..at].trim_end())?;
    let offset = if &text[at..] == "z" {
        "+00:00"
    } else {
        &text[at..]
    };
    let written = format!("{date}T{}{offset}", time.format("%H:%M:%S"));
    let instant = DateTime::parse_from_str(&written, "%Y-%m-%dT%H:%M:%S%:z")
        .or_else(|_| DateTime::parse_from_str(&written, "%Y-%m-%dT%H:%M:%S%z"));
    Some(Moment::At(
        Timestamp::from(instant.ok()?.to_utc()) + TimeDelta::days(days),
    ))
}

/// `9:00`, `09:00:30`, and `24:00` as the next day's first moment.
fn wall_time(text: &str) -> Option<(NaiveTime, i64)> {
    if matches!(text, "24:00" | "24:00:00") {
        return Some((NaiveTime::MIN, 1));
    }
    let formats = ["%H:%M", "%H:%M:%S"];
    let time = formats
        .iter()
        .find_map(|format| NaiveTime::parse_from_str(text, format).ok());
    time.map(|time| (time, 0))
}
