//! Dates, date-times and periods (RFC 5545, 3.3.4, 3.3.5 and 3.3.9) and UTC offsets (3.3.14).

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

/// A date or time as it is written, before any zone is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moment {
    /// A whole day.
    Date(NaiveDate),
    /// Wall time in the zone of its TZID, or floating.
    Local(NaiveDateTime),
    /// Wall time in UTC.
    Utc(NaiveDateTime),
}

impl Moment {
    /// What a clock shows, midnight for a date.
    pub(crate) fn wall(self) -> NaiveDateTime {
        match self {
            Self::Date(date) => date.and_time(NaiveTime::MIN),
            Self::Local(wall) | Self::Utc(wall) => wall,
        }
    }
}

/// Reads a DATE or DATE-TIME; of a PERIOD, the start. Also accepts what real files have: hyphens
/// and colons, seconds left out, 24:00, a leap second, a space for the `T`.
pub(crate) fn parse(value: &str) -> Option<Moment> {
    let value = value.trim().split('/').next()?;
    let (value, utc) = match value.strip_suffix(['Z', 'z']) {
        Some(rest) => (rest, true),
        None => (value, false),
    };
    let mut parts = value.splitn(2, ['T', 't', ' ']);
    let date = date(parts.next()?)?;
    let Some(time) = parts.next() else {
        return Some(Moment::Date(date));
    };
    let wall = wall(date, time)?;
    Some(if utc {
        Moment::Utc(wall)
    } else {
        Moment::Local(wall)
    })
}

fn date(text: &str) -> Option<NaiveDate> {
    let digits = digits(text, '-')?;
    let [a, b, c, d, month, month2, day, day2] = *digits.as_slice() else {
        return None;
    };
    let year = number(&[a, b, c, d]);
    NaiveDate::from_ymd_opt(
        i32::try_from(year).ok()?,
        number(&[month, month2]),
        number(&[day, day2]),
    )
    .filter(|_| year > 0)
}

fn wall(date: NaiveDate, text: &str) -> Option<NaiveDateTime> {
    let digits = digits(text, ':')?;
    let (hour, minute, second) = match *digits.as_slice() {
        [a, b, c, d, e, f] => (number(&[a, b]), number(&[c, d]), number(&[e, f])),
        [a, b, c, d] => (number(&[a, b]), number(&[c, d]), 0),
        _ => return None,
    };
    if (hour, minute, second) == (24, 0, 0) {
        return Some(
            date.checked_add_days(Days::new(1))?
                .and_time(NaiveTime::MIN),
        );
    }
    Some(date.and_time(NaiveTime::from_hms_opt(hour, minute, second.min(59))?))
}

/// The digits of a text that has nothing else but a separator.
fn digits(text: &str, separator: char) -> Option<Vec<u8>> {
    let bytes = text.bytes().filter(|byte| char::from(*byte) != separator);
    bytes
        .map(|byte| byte.is_ascii_digit().then(|| byte - b'0'))
        .collect()
}

fn number(digits: &[u8]) -> u32 {
    digits
        .iter()
        .fold(0, |sum, digit| sum * 10 + u32::from(*digit))
}

/// `20260917T090000`.
pub(crate) fn local(wall: NaiveDateTime) -> String {
    let (date, time) = (wall.date(), wall.time());
    let (hour, minute, second) = (time.hour(), time.minute(), time.second());
    format!("{}T{hour:02}{minute:02}{second:02}", day(date))
}

/// `20260917`.
pub(crate) fn day(date: NaiveDate) -> String {
    format!("{:04}{:02}{:02}", date.year(), date.month(), date.day())
}

/// Reads `+0100`, `-033000` or `+01:00` as seconds east of UTC; less than a day.
pub(crate) fn offset(value: &str) -> Option<i32> {
    let value = value.trim();
    let (sign, rest) = match value.as_bytes().first()? {
        b'-' => (-1, &value[1..]),
        b'+' => (1, &value[1..]),
        _ => (1, value),
    };
    let digits = digits(rest, ':')?;
    let pairs: Vec<u32> = digits.chunks(2).map(number).collect();
    let (true, 1..=3) = (digits.len() % 2 == 0, pairs.len()) else {
        return None;
    };
    let seconds = pairs
        .iter()
        .zip([3600, 60, 1])
        .map(|(pair, unit)| pair * unit)
        .sum::<u32>();
    i32::try_from(seconds)
        .ok()
        .filter(|seconds| *seconds < 86_400)
        .map(|seconds| sign * seconds)
}

/// `+0100`, with seconds only where there are any.
pub(crate) fn offset_text(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let (hours, minutes, rest) = (
        seconds.abs() / 3600,
        seconds.abs() / 60 % 60,
        seconds.abs() % 60,
    );
    let tail = if rest == 0 {
        String::new()
    } else {
        format!("{rest:02}")
    };
    format!("{sign}{hours:02}{minutes:02}{tail}")
}
