//! Which days a rule picks: BYMONTH, BYWEEKNO, BYYEARDAY, BYMONTHDAY and BYDAY as one question
//! asked of each day of a period (RFC 5545, 3.3.10, the table of expansions and limitations).
//!
//! In that table every BYxxx part either expands a period into days or limits the days there are.
//! Both come to the same: of all days of the period, those that every part agrees to, once what the
//! rule leaves unsaid is taken from the start ([`Rule::completed`]).

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::bits::Bits;
use super::rule::{Frequency, Rule};

/// The days a rule picks.
#[derive(Debug)]
pub(super) struct DayFilter {
    pub(super) months: Bits,
    month_days: Ends,
    weeks: Ends,
    year_days: Vec<i16>,
    weekdays: Bits,
    /// For each weekday, Monday first.
    nth_weekdays: [Ends; 7],
    any_nth: bool,
    nth_in_month: bool,
    week_start: Weekday,
}

/// Places counted from the front (1 is the first) and from the back (1 is the last).
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Ends {
    front: Bits,
    back: Bits,
}

impl Ends {
    fn new(places: impl Iterator<Item = i16> + Clone) -> Self {
        let side = |back: bool| {
            let here = places.clone().filter(move |&place| (place < 0) == back);
            here.map(|place| place.unsigned_abs().into()).collect()
        };
        Self {
            front: side(false),
            back: side(true),
        }
    }

    fn is_empty(self) -> bool {
        self == Self::default()
    }

    /// Whether place `number` of `count` is among them.
    fn contains(self, number: u32, count: u32) -> bool {
        self.front.contains(number) || self.back.contains(count + 1 - number)
    }
}

impl DayFilter {
    /// The filter of a completed rule.
    pub(super) fn new(rule: &Rule) -> Self {
        let nth = |weekday| {
            rule.nth_weekdays
                .iter()
                .filter(move |nth| nth.1 == weekday)
                .map(|nth| nth.0)
        };
        Self {
            months: rule.months,
            month_days: Ends::new(rule.month_days.iter().copied()),
            weeks: Ends::new(rule.weeks.iter().copied()),
            year_days: rule.year_days.clone(),
            weekdays: rule.weekdays,
            nth_weekdays: [0, 1, 2, 3, 4, 5, 6].map(|weekday| Ends::new(nth(weekday))),
            any_nth: !rule.nth_weekdays.is_empty(),
            nth_in_month: rule.frequency == Frequency::Monthly || !rule.months.is_empty(),
            week_start: rule.week_start,
        }
    }

    fn takes_any_weekday(&self) -> bool {
        self.weekdays.is_empty() && !self.any_nth
    }

    /// Whether it picks every day, or every day of certain weekdays.
    pub(super) fn only_weekdays(&self) -> bool {
        let rest = self.months.is_empty() && self.month_days.is_empty() && self.weeks.is_empty();
        rest && self.year_days.is_empty() && !self.any_nth
    }

    /// Whether it picks every day.
    pub(super) fn is_open(&self) -> bool {
        self.only_weekdays() && self.weekdays.is_empty()
    }

    /// Whether it picks `date`.
    pub(super) fn matches(&self, date: NaiveDate) -> bool {
        self.months.allows(date.month())
            && self.matches_month_day(date)
            && self.matches_weekday(date)
            && self.matches_year_day(date)
            && self.matches_week(date)
    }

    fn matches_month_day(&self, date: NaiveDate) -> bool {
        self.month_days.is_empty()
            || self
                .month_days
                .contains(date.day(), date.num_days_in_month().into())
    }

    fn matches_weekday(&self, date: NaiveDate) -> bool {
        let weekday = date.weekday().num_days_from_monday();
        self.takes_any_weekday()
            || self.weekdays.contains(weekday)
            || self.any_nth && self.matches_nth(date, self.nth_weekdays[weekday as usize])
    }

    /// Whether `date` is, say, the third Monday of its month or year, or the last.
    fn matches_nth(&self, date: NaiveDate, places: Ends) -> bool {
        let (day, days) = if self.nth_in_month {
            (date.day(), date.num_days_in_month().into())
        } else {
            (date.ordinal(), days_in_year(date))
        };
        places.front.contains(day.div_ceil(7)) || places.back.contains((days + 1 - day).div_ceil(7))
    }

    fn matches_year_day(&self, date: NaiveDate) -> bool {
        let has = |day: i64| {
            i16::try_from(day).is_ok_and(|day| self.year_days.binary_search(&day).is_ok())
        };
        let (day, days) = (i64::from(date.ordinal()), i64::from(days_in_year(date)));
        self.year_days.is_empty() || has(day) || has(day - days - 1)
    }

    fn matches_week(&self, date: NaiveDate) -> bool {
        self.weeks.is_empty()
            || week(date, self.week_start)
                .is_some_and(|(number, count)| self.weeks.contains(number, count))
    }
}

/// The number of the week that `date` lies in, and how many weeks that week's year has (RFC 5545,
/// 3.3.10: week 1 is the first with at least four days in its year, so the year of a week is the
/// year of its fourth day).
fn week(date: NaiveDate, week_start: Weekday) -> Option<(u32, u32)> {
    let into_week = date.weekday().days_since(week_start);
    let first = date.checked_sub_days(Days::new(into_week.into()))?;
    let fourth = first.checked_add_days(Days::new(3))?;
    let number = fourth.ordinal().div_ceil(7);
    Some((
        number,
        number + (days_in_year(fourth) - fourth.ordinal()) / 7,
    ))
}

fn days_in_year(date: NaiveDate) -> u32 {
    if date.leap_year() { 366 } else { 365 }
}
