//! Writing a rule as the value of an RRULE, in the one form that Berth exports: parts in the order
//! Outlook and Google write them, nothing that is the default anyway.

use std::fmt;

use chrono::Weekday;

use super::bits::Bits;
use super::rule::{Frequency, Rule};
use super::until::Until;

/// What [`Rule::parse`] reads back as an equal rule (RFC 5545, 3.3.10).
impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FREQ={}", self.frequency.name())?;
        if self.interval > 1 {
            write!(f, ";INTERVAL={}", self.interval)?;
        }
        self.count
            .map_or(Ok(()), |count| write!(f, ";COUNT={count}"))?;
        self.until
            .map_or(Ok(()), |until| write!(f, ";UNTIL={until}"))?;
        list(f, "BYMONTH", self.months.iter())?;
        list(f, "BYWEEKNO", front_first(&self.weeks))?;
        list(f, "BYYEARDAY", front_first(&self.year_days))?;
        list(f, "BYMONTHDAY", front_first(&self.month_days))?;
        list(f, "BYDAY", by_day(self))?;
        list(f, "BYHOUR", self.hours.iter())?;
        list(f, "BYMINUTE", self.minutes.iter())?;
        list(f, "BYSECOND", self.seconds.iter())?;
        list(f, "BYSETPOS", front_first(&self.positions))?;
        let week_start = Some(self.week_start).filter(|&day| day != Weekday::Mon);
        week_start.map_or(Ok(()), |day| {
            write!(f, ";WKST={}", code(day.num_days_from_monday()))
        })
    }
}

impl fmt::Display for Until {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Date(date) => write!(f, "{}", date.format("%Y%m%d")),
            Self::Wall(at) => write!(f, "{}", at.format("%Y%m%dT%H%M%S")),
            Self::Utc(at) => write!(f, "{}", at.format("%Y%m%dT%H%M%SZ")),
        }
    }
}

impl Frequency {
    fn name(self) -> &'static str {
        match self {
            Self::Secondly => "SECONDLY",
            Self::Minutely => "MINUTELY",
            Self::Hourly => "HOURLY",
            Self::Daily => "DAILY",
            Self::Weekly => "WEEKLY",
            Self::Monthly => "MONTHLY",
            Self::Yearly => "YEARLY",
        }
    }
}

fn list(
    f: &mut fmt::Formatter<'_>,
    name: &str,
    entries: impl Iterator<Item = impl fmt::Display>,
) -> fmt::Result {
    for (index, entry) in entries.enumerate() {
        if index == 0 {
            write!(f, ";{name}={entry}")?
        } else {
            write!(f, ",{entry}")?
        }
    }
    Ok(())
}

/// 1, 2, -2, -1: as one reads a calendar.
pub(super) fn front_first(numbers: &[i16]) -> impl Iterator<Item = i16> {
    let split = numbers.partition_point(|&number| number < 0);
    numbers[split..].iter().chain(&numbers[..split]).copied()
}

fn by_day(rule: &Rule) -> impl Iterator<Item = String> {
    let plain = |days: Bits| days.iter().map(|day| code(day).to_owned());
    let nth = rule
        .nth_weekdays
        .iter()
        .map(|&(ordinal, day)| format!("{ordinal}{}", code(day)));
    plain(rule.weekdays).chain(nth)
}

fn code(weekday: u32) -> &'static str {
    ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
        .get(weekday as usize)
        .copied()
        .unwrap_or_default()
}
