//! Hours of the day and days of the week, as ranges.

use chrono::{Datelike, Days as DayCount, NaiveDate, NaiveTime, TimeDelta, Weekday};
use chrono_tz::Tz;

use crate::{TimeRange, Timestamp, ranges, time};

/// Certain hours of certain days, again and again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Daily {
    /// Which hours; `None` is the whole day, and days that follow each other are one stretch.
    pub hours: Option<Hours>,
    /// Which days.
    pub days: Days,
}

/// From a time of day to another: `09:00–18:00`. Where the end is not after the start it is on the
/// next day: `20:00–00:00` lasts until midnight, `22:00–06:00` all night, `00:00–00:00` all day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours {
    /// First moment.
    pub from: NaiveTime,
    /// First moment after.
    pub to: NaiveTime,
}

/// Which days. Hours over midnight belong to the day that they begin on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Days {
    /// All.
    Any,
    /// These of each week.
    Weekdays(Vec<Weekday>),
    /// These.
    Dates(Vec<NaiveDate>),
}

impl Daily {
    /// The stretches that touch `range`, in order, those that touch each other as one.
    pub(crate) fn ranges(&self, zone: Tz, range: TimeRange) -> Vec<TimeRange> {
        let first = range.start().wall(zone).date() - DayCount::new(1);
        let last = range.end().wall(zone).date();
        let days = first.iter_days().take_while(|&date| date <= last);
        let stretches = days
            .filter(|&date| self.days.contains(date))
            .filter_map(|date| self.on(date, zone))
            .filter(|stretch| stretch.overlaps(range));
        ranges::union(stretches.collect())
    }

    fn on(&self, date: NaiveDate, zone: Tz) -> Option<TimeRange> {
        let Some(Hours { from, to }) = self.hours else {
            return time::day(date, zone);
        };
        let until = if to > from {
            date
        } else {
            date.checked_add_days(DayCount::new(1))?
        };
        TimeRange::new(instant(date, from, zone), instant(until, to, zone))
    }
}

impl Days {
    /// Whether the date is one of them.
    #[must_use]
    pub fn contains(&self, date: NaiveDate) -> bool {
        match self {
            Self::Any => true,
            Self::Weekdays(weekdays) => weekdays.contains(&date.weekday()),
            Self::Dates(dates) => dates.contains(&date),
        }
    }
}

impl Hours {
    /// From and to as minutes after midnight; `None` above 24 hours. `1440` is the midnight at the
    /// end of the day.
    #[must_use]
    pub fn from_minutes(from: u32, to: u32) -> Option<Self> {
        let time = |minutes: u32| {
            let within = TimeDelta::minutes(i64::from(minutes % 1440));
            (minutes <= 1440).then(|| NaiveTime::MIN.overflowing_add_signed(within).0)
        };
        Some(Self {
            from: time(from)?,
            to: time(to)?,
        })
    }
}

fn instant(date: NaiveDate, at: NaiveTime, zone: Tz) -> Timestamp {
    if at == NaiveTime::MIN {
        time::midnight(date, zone)
    } else {
        time::localise(date.and_time(at), zone)
    }
}
