//! Durations: `4h`, `30m`, `1h30m`, `2d`, `1w`.

use std::str::FromStr;

use berth_core::Timestamp;
use berth_core::time::{Tz, localise};
use chrono::{NaiveDateTime, TimeDelta};

/// A length of time. Days follow the wall clock (a day on which the clocks change is one all the
/// same), minutes are real ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Length {
    /// Days of the wall clock.
    pub days: i64,
    /// Real minutes beside them.
    pub minutes: i64,
}

/// A hundred years; longer is a mistake.
const LONGEST_DAYS: i64 = 36_500;

impl FromStr for Length {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        parse(text).ok_or_else(|| "write a duration as 4h, 30m, 1h30m, 2d or 1w".to_owned())
    }
}

fn parse(text: &str) -> Option<Length> {
    let text = text.trim().to_lowercase();
    if text == "0" {
        return Some(Length::default());
    }
    let mut length = Length::default();
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let digits = rest.find(|letter: char| !letter.is_ascii_digit())?;
        let number: i64 = rest[..digits].parse().ok()?;
        let unit = rest[digits..].chars().next()?;
        match unit {
            'w' => length.days = length.days.checked_add(number.checked_mul(7)?)?,
            'd' => length.days = length.days.checked_add(number)?,
            'h' => length.minutes = length.minutes.checked_add(number.checked_mul(60)?)?,
            'm' => length.minutes = length.minutes.checked_add(number)?,
            _ => return None,
        }
        rest = rest[digits + 1..].trim_start();
    }
    let possible = length.days <= LONGEST_DAYS && length.minutes <= LONGEST_DAYS * 24 * 60;
    (possible && !text.is_empty()).then_some(length)
}

impl Length {
    /// When it is over, for something that starts at `wall` in `zone`.
    #[must_use]
    pub fn after(self, wall: NaiveDateTime, zone: Tz) -> Timestamp {
        let day = wall
            .checked_add_signed(TimeDelta::days(self.days))
            .unwrap_or(wall);
        localise(day, zone) + TimeDelta::minutes(self.minutes)
    }

    /// Its minutes, a day counted as 24 hours: for set-up, clean-up and reminders.
    #[must_use]
    pub fn total_minutes(self) -> u32 {
        u32::try_from(self.days * 24 * 60 + self.minutes).unwrap_or(u32::MAX)
    }

    /// The number of days, when that is all it is.
    #[must_use]
    pub fn whole_days(self) -> Option<i64> {
        (self.minutes == 0 && self.days > 0).then_some(self.days)
    }
}
