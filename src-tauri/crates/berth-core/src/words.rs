//! Times and durations as a person says them: for labels, lists and the command line.
//!
//! Everything here is for reading. Nothing parses it again.

use chrono::{Datelike, NaiveDate, TimeDelta, TimeZone, Timelike};
use chrono_tz::Tz;

use crate::time::{self, TimeRange, Timestamp};

mod language;
pub(crate) mod names;
#[cfg(test)]
mod tests;

pub use language::{Language, Words};
pub use names::{Names, kind_words};

/// How times are written: for a reader in a zone, at a time, used to 12 or 24 hours, in a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Phrasing {
    /// Whose wall clock.
    pub zone: Tz,
    /// The present. A date in another year than this is written with its year.
    pub now: Timestamp,
    /// `1:00 pm` for `13:00`.
    pub hour12: bool,
    /// What days are called.
    pub language: Language,
}

/// `4 h`, `45 min`, `1 h 30 min`, `1 day`, `2 days 3 h`. A day is 24 hours, so the night in which
/// the clocks go back makes a date `1 day 1 h` long. A negative duration reads as none: `0 min`.
#[must_use]
pub fn duration_words(length: TimeDelta) -> String {
    let seconds = length.num_seconds().max(0);
    let days = seconds / 86_400;
    let parts = [
        (days, if days == 1 { "day" } else { "days" }),
        (seconds / 3600 % 24, "h"),
        (seconds / 60 % 60, "min"),
        (seconds % 60, "s"),
    ];
    let words: Vec<String> = parts
        .iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, unit)| format!("{n} {unit}"))
        .collect();
    if words.is_empty() {
        "0 min".into()
    } else {
        words.join(" ")
    }
}

/// [`Phrasing::range`] in 24 hours: `Thu 17 Sep 09:00–13:00`.
#[must_use]
pub fn range_words(range: TimeRange, zone: Tz, now: Timestamp) -> String {
    Phrasing {
        zone,
        now,
        hour12: false,
        language: Language::English,
    }
    .range(range)
}

impl Phrasing {
    /// `Thu 17 Sep 09:00–13:00`, `Tue 15 Sep 09:00 – Thu 17 Sep 17:00`, `Wed 16 Sep 22:00–24:00`.
    #[must_use]
    pub fn range(self, range: TimeRange) -> String {
        let first = range.start().wall(self.zone).date();
        let (last, end) = self.end(range.end());
        let start = format!("{} {}", self.day(first), self.time(range.start()));
        if first == last {
            format!("{start}–{end}")
        } else {
            format!("{start} – {} {end}", self.day(last))
        }
    }

    /// [`Phrasing::range`] for something less than a week away: `Thu 13:00–17:00`.
    #[must_use]
    pub fn range_nearby(self, range: TimeRange) -> String {
        let first = range.start().wall(self.zone).date();
        let (last, _) = self.end(range.end());
        if !self.is_nearby(first) || !self.is_nearby(last) {
            self.range(range)
        } else if first == last {
            format!("{} {}", self.weekday(first), self.times(range))
        } else {
            self.times(range)
        }
    }

    /// [`Phrasing::range`] for where the week is known: `09:00–13:00`, `Tue 09:00 – Thu 17:00`.
    #[must_use]
    pub fn times(self, range: TimeRange) -> String {
        let first = range.start().wall(self.zone).date();
        let (last, end) = self.end(range.end());
        let start = self.time(range.start());
        if first == last {
            format!("{start}–{end}")
        } else {
            let (first, last) = (self.weekday(first), self.weekday(last));
            format!("{first} {start} – {last} {end}")
        }
    }

    /// Whole days from `first` to `last`, the last one included: `Thu 17 Sep`,
    /// `Tue 15 Sep – Thu 17 Sep`.
    #[must_use]
    pub fn days(self, first: NaiveDate, last: NaiveDate) -> String {
        if first >= last {
            self.day(first)
        } else {
            format!("{} – {}", self.day(first), self.day(last))
        }
    }

    /// `Thu 17 Sep`, or `Thu 17 Sep 2027` when that is not the present year.
    #[must_use]
    pub fn day(self, date: NaiveDate) -> String {
        let time = &self.words().time;
        let month = time.months[date.month0() as usize % 12];
        let day = format!("{} {}", self.weekday(date), (time.date)(date.day(), month));
        if date.year() == self.now.wall(self.zone).year() {
            day
        } else {
            format!("{day} {}", date.year())
        }
    }

    /// `Thu 17 Sep 09:00`.
    #[must_use]
    pub fn moment(self, at: Timestamp) -> String {
        format!("{} {}", self.day(at.wall(self.zone).date()), self.time(at))
    }

    /// [`Phrasing::moment`] for something less than a week away: `Mon 08:12`.
    #[must_use]
    pub fn moment_nearby(self, at: Timestamp) -> String {
        let date = at.wall(self.zone).date();
        if self.is_nearby(date) {
            format!("{} {}", self.weekday(date), self.time(at))
        } else {
            self.moment(at)
        }
    }

    /// The end of something that was said to be on `date`: `15:00`, `24:00`, else with its day.
    #[must_use]
    pub fn until(self, end: Timestamp, date: NaiveDate) -> String {
        let (last, time) = self.end(end);
        if last == date {
            time
        } else {
            format!("{} {time}", self.day(last))
        }
    }

    /// `09:00`, or `9:00 am`; with the seconds where there are any, and with the name of the offset
    /// (`02:30 CET`) in the hour that comes twice when the clocks go back.
    #[must_use]
    pub fn time(self, at: Timestamp) -> String {
        let wall = at.wall(self.zone);
        let format = match (self.hour12, wall.second() == 0) {
            (false, true) => "%H:%M",
            (false, false) => "%H:%M:%S",
            (true, true) => "%-I:%M %P",
            (true, false) => "%-I:%M:%S %P",
        };
        let time = wall.format(format).to_string();
        match self.zone.offset_from_local_datetime(&wall) {
            chrono::LocalResult::Ambiguous(..) => {
                format!("{time} {}", at.utc().with_timezone(&self.zone).format("%Z"))
            }
            _ => time,
        }
    }

    /// `Infra`, `Infra and Perf`, `Infra, Perf and QA`.
    #[must_use]
    pub fn list(self, names: &[String]) -> String {
        joined(names, self.words().time.and)
    }

    /// The words of its language.
    #[must_use]
    pub fn words(self) -> &'static Words {
        self.language.words()
    }

    fn weekday(self, date: NaiveDate) -> &'static str {
        let days = date.weekday().num_days_from_monday();
        self.words().time.weekdays[days as usize % 7]
    }

    /// Whether the name of the weekday is enough.
    fn is_nearby(self, date: NaiveDate) -> bool {
        (date - self.now.wall(self.zone).date()).num_days().abs() < 7
    }

    /// An end at midnight belongs to the day before, as `24:00`.
    fn end(self, at: Timestamp) -> (NaiveDate, String) {
        let date = at.wall(self.zone).date();
        if time::midnight(date, self.zone) != at {
            return (date, self.time(at));
        }
        let before = (at - TimeDelta::seconds(1)).wall(self.zone).date();
        (
            before,
            if self.hour12 {
                self.words().time.midnight
            } else {
                "24:00"
            }
            .to_owned(),
        )
    }
}

/// [`Phrasing::list`] in English.
#[must_use]
pub fn list_words(names: &[String]) -> String {
    joined(names, Language::English.words().time.and)
}

fn joined(names: &[String], and: &str) -> String {
    match names {
        [] => String::new(),
        [name] => name.clone(),
        [names @ .., last] => format!("{} {and} {last}", names.join(", ")),
    }
}
