//! A rule bound to the start of its series: everything the two say together, and no position in it.
//! [`super::walk`] goes along it.

use chrono::{Days, NaiveDateTime, NaiveTime, TimeDelta, Timelike};
use chrono_tz::Tz;

use super::bits::Bits;
use super::days::DayFilter;
use super::instances::{Instances, Times};
use super::rule::{ALL_HOURS, ALL_SIXTY, Frequency, Rule};
use super::until::Bound;

/// A rule and where it starts.
#[derive(Debug)]
pub(super) struct Pattern {
    /// Completed.
    pub(super) rule: Rule,
    /// In whole seconds.
    pub(super) start: NaiveDateTime,
    pub(super) until: Option<Bound>,
    /// The period that `start` lies in.
    pub(super) origin: i64,
    days: DayFilter,
    times: Times,
}

impl Pattern {
    pub(super) fn new(rule: &Rule, start: NaiveDateTime, zone: Tz) -> Self {
        let start = whole_second(start);
        let rule = rule.completed(start);
        Self {
            start,
            until: rule.until.map(|until| until.bound(zone)),
            origin: rule.frequency.period(start, rule.week_start),
            days: DayFilter::new(&rule),
            times: rule.times(),
            rule,
        }
    }

    /// Whether a start is not later than UNTIL.
    pub(super) fn admits(&self, at: NaiveDateTime) -> bool {
        self.until.is_none_or(|until| until.admits(at))
    }

    /// The period that `at` lies in.
    pub(super) fn period(&self, at: NaiveDateTime) -> i64 {
        self.rule.frequency.period(at, self.rule.week_start)
    }

    pub(super) fn interval(&self) -> i64 {
        self.rule.interval.into()
    }

    /// The first period of the series that is not before `period`.
    pub(super) fn at_or_after(&self, period: i64) -> i64 {
        let ahead = (period - self.origin).max(0);
        self.origin + (ahead + self.interval() - 1) / self.interval() * self.interval()
    }

    /// The last period of the series that is not after `period`, which is not before the origin.
    pub(super) fn at_or_before(&self, period: i64) -> i64 {
        period - (period - self.origin) % self.interval()
    }

    /// Puts the starts of a period into `instances`, and says how many days were looked at.
    pub(super) fn load(&self, period: i64, instances: &mut Instances) -> u32 {
        let (frequency, week_start) = (self.rule.frequency, self.rule.week_start);
        let mut looked = 1;
        instances.days.clear();
        frequency.runs(period, week_start, self.days.months, |first, count| {
            looked += u32::try_from(count).unwrap_or_default();
            let picked = first
                .iter_days()
                .take(count)
                .filter(|&day| self.days.matches(day));
            instances.days.extend(picked);
        });
        instances.times = self.times_in(period);
        instances.pick(&self.rule.positions);
        looked
    }

    /// The times of day that lie in a period.
    fn times_in(&self, period: i64) -> Times {
        let mut times = self.times;
        let Some(at) = self.moment(period) else {
            return times;
        };
        times.hours = times.hours.and(Bits::only(at.hour()));
        if self.rule.frequency <= Frequency::Minutely {
            times.minutes = times.minutes.and(Bits::only(at.minute()));
        }
        if self.rule.frequency == Frequency::Secondly {
            times.seconds = times.seconds.and(Bits::only(at.second()));
        }
        times
    }

    fn moment(&self, period: i64) -> Option<NaiveDateTime> {
        if self.rule.sub_daily() {
            self.rule.frequency.moment(period)
        } else {
            None
        }
    }

    /// For a period below a day that the rule leaves out: the moment before which it leaves out all
    /// others too. So a rule for the seconds of one January costs no walk through the year.
    pub(super) fn next_open(&self, period: i64) -> Option<NaiveDateTime> {
        let at = self.moment(period)?;
        if !self.days.matches(at.date()) {
            return at
                .date()
                .checked_add_days(Days::new(1))
                .map(|day| day.and_time(NaiveTime::MIN));
        }
        if !self.times.hours.contains(at.hour()) {
            return later(at, self.times.hours.after(at.hour()), 3_600, 24);
        }
        if self.rule.frequency <= Frequency::Minutely && !self.times.minutes.contains(at.minute()) {
            return later(at, self.times.minutes.after(at.minute()), 60, 60);
        }
        if self.rule.frequency == Frequency::Secondly && !self.times.seconds.contains(at.second()) {
            return later(at, self.times.seconds.after(at.second()), 1, 60);
        }
        None
    }

    /// For a period below a day whose whole day the rule leaves out: the last moment of the day
    /// before.
    pub(super) fn previous_open(&self, period: i64) -> Option<NaiveDateTime> {
        let day = self.moment(period)?.date();
        let left_out = !self.days.matches(day);
        left_out.then(|| day.and_time(NaiveTime::MIN) - TimeDelta::seconds(1))
    }

    /// Whether every period after the first has as many starts as the next, so that they can be
    /// counted without being visited.
    pub(super) fn is_steady(&self) -> bool {
        let all_hours = self.days.is_open() && self.times.hours == ALL_HOURS;
        let all_minutes = all_hours && self.times.minutes == ALL_SIXTY;
        match self.rule.frequency {
            Frequency::Yearly | Frequency::Monthly => false,
            Frequency::Weekly => self.days.only_weekdays(),
            Frequency::Daily => self.days.is_open(),
            Frequency::Hourly => all_hours,
            Frequency::Minutely => all_minutes,
            Frequency::Secondly => all_minutes && self.times.seconds == ALL_SIXTY,
        }
    }
}

/// iCalendar has no finer time than a second (RFC 5545, 3.3.5).
pub(super) fn whole_second(at: NaiveDateTime) -> NaiveDateTime {
    at.with_nanosecond(0).unwrap_or(at)
}

/// The beginning of the next allowed unit of `unit` seconds, of which `count` make up the larger
/// one; without one, the beginning of the next larger one.
fn later(at: NaiveDateTime, next: Option<u32>, unit: i64, count: i64) -> Option<NaiveDateTime> {
    let since_midnight = i64::from(at.num_seconds_from_midnight());
    let whole = since_midnight - since_midnight % (unit * count);
    let into = next.map_or(count, i64::from) * unit;
    at.date()
        .and_time(NaiveTime::MIN)
        .checked_add_signed(TimeDelta::seconds(whole + into))
}

/// The last moment that a calendar can name (RFC 5545, 3.3.4: a year has four digits).
pub(super) fn end_of_time() -> NaiveDateTime {
    crate::time::Timestamp::MAX.utc().naive_utc()
}
