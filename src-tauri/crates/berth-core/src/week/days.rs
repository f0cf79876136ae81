//! Days as a grid draws them, and which week a day is in.

use chrono::{Datelike, Days, IsoWeek, NaiveDate, NaiveTime, TimeDelta, Timelike, Weekday};
use chrono_tz::Tz;

use crate::time::{self, TimeRange, Timestamp};

#[cfg(test)]
mod tests;

/// One day in a zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// Its date.
    pub date: NaiveDate,
    /// From its first instant to the next day's.
    pub range: TimeRange,
    /// How many real minutes it has: 1440, and 1380 or 1500 when the clocks change, or what else a
    /// zone came up with. Part of a minute (before 1972) counts as a whole one.
    pub minutes: u32,
    /// Where the full hours of the wall clock stand, in order. One hour is missing in spring and
    /// one stands twice in autumn, except where clocks change by half an hour.
    pub hours: Vec<HourMark>,
    /// Where the wall clock jumps, on the few days on which it does.
    pub change: Option<ClockChange>,
}

/// A jump of the wall clock inside a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockChange {
    /// Real minutes after the day's first instant: 0 where midnight itself is skipped, the length of
    /// the day where its last hour is.
    pub minute: u32,
    /// By how many minutes: forward in spring, back (negative) in autumn.
    pub by: i32,
}

/// A full hour on a day's axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HourMark {
    /// Real minutes after the day's first instant.
    pub minute: u32,
    /// What the wall clock shows, 0 to 23.
    pub hour: u8,
}

/// The dates from `from` on, `count` of them, as days in `zone`. A date that the zone skipped
/// (Samoa, 2011-12-30) is left out, so there may be fewer.
#[must_use]
pub fn days(from: NaiveDate, count: u32, zone: Tz) -> Vec<Day> {
    let date = |n| from.checked_add_days(Days::new(u64::from(n)));
    (0..count)
        .map_while(date)
        .filter_map(|date| day(date, zone))
        .collect()
}

fn day(date: NaiveDate, zone: Tz) -> Option<Day> {
    let range = time::day(date, zone)?;
    let minutes = minutes_up(range.length());
    Some(Day {
        date,
        range,
        minutes,
        hours: hours(range, zone),
        change: change(date, range, zone),
    })
}

/// A jump to a midnight belongs to the day that it makes shorter.
fn change(date: NaiveDate, day: TimeRange, zone: Tz) -> Option<ClockChange> {
    let late = (day.start().wall(zone) - date.and_time(NaiveTime::MIN)).num_minutes();
    if late != 0 {
        let by = i32::try_from(late).ok()?;
        return Some(ClockChange { minute: 0, by });
    }
    let at = time::change_of_offset(day, zone)?;
    let by = (at.offset(zone) - day.start().offset(zone)) / 60;
    let next_begins_late = at == day.end() && at.wall(zone).time() != NaiveTime::MIN;
    (!next_begins_late).then(|| ClockChange {
        minute: minutes_up(at - day.start()),
        by,
    })
}

/// Whole minutes, a started one included; none when negative.
pub(super) fn minutes_up(length: TimeDelta) -> u32 {
    let minutes = (length.num_seconds() + 59).div_euclid(60);
    u32::try_from(minutes).unwrap_or(0)
}

fn hours(day: TimeRange, zone: Tz) -> Vec<HourMark> {
    let mut marks = Vec::new();
    let mut at = day.start();
    while at < day.end() {
        let wall = at.wall(zone);
        if (wall.minute(), wall.second()) == (0, 0) {
            let minute = minutes_up(at - day.start());
            marks.push(HourMark {
                minute,
                hour: wall.hour() as u8,
            });
        }
        at = next_hour(at, zone);
    }
    marks
}

/// The next instant worth looking at: the next full hour, or, while the clocks are about to change
/// before it, the next full minute.
fn next_hour(at: Timestamp, zone: Tz) -> Timestamp {
    let wall = at.wall(zone);
    let past = i64::from(wall.minute() * 60 + wall.second());
    let hour = at + TimeDelta::seconds(3600 - past);
    if hour.offset(zone) == at.offset(zone) {
        hour
    } else {
        at + TimeDelta::seconds(60 - i64::from(wall.second()))
    }
}

/// The first day of the week that `date` is in, where weeks begin on `first_day`.
#[must_use]
pub fn week_start(date: NaiveDate, first_day: Weekday) -> NaiveDate {
    let since = u64::from(date.weekday().days_since(first_day));
    date.checked_sub_days(Days::new(since)).unwrap_or(date)
}

/// The ISO 8601 week of the first Thursday among `count` days from `from`, which is the number
/// that people give to a screen of a week, whatever day it begins on. Without a Thursday, the week
/// of `from`.
#[must_use]
pub fn iso_week(from: NaiveDate, count: u32) -> IsoWeek {
    let until = Weekday::Thu.days_since(from.weekday());
    let thursday = from.checked_add_days(Days::new(u64::from(until)));
    thursday
        .filter(|_| until < count)
        .unwrap_or(from)
        .iso_week()
}
