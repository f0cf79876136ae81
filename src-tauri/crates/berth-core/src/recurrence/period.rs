//! Periods as numbers: every year, month, week, day, hour, minute and second has one, so that
//! INTERVAL is a multiplication and a jump over sixteen years costs as much as a step.
//!
//! It knows nothing of rules; only how a frequency cuts the calendar.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Weekday};

use super::bits::Bits;
use super::rule::Frequency;

const ALL_MONTHS: Bits = Bits::between(1, 12);

impl Frequency {
    /// The number of the period that `at` lies in.
    pub(super) fn period(self, at: NaiveDateTime, week_start: Weekday) -> i64 {
        let day = i64::from(at.num_days_from_ce());
        let (hour, minute) = (i64::from(at.hour()), i64::from(at.minute()));
        match self {
            Self::Yearly => at.year().into(),
            Self::Monthly => i64::from(at.year()) * 12 + i64::from(at.month0()),
            Self::Weekly => (day - first_week_start(week_start)).div_euclid(7),
            Self::Daily => day,
            Self::Hourly => day * 24 + hour,
            Self::Minutely => (day * 24 + hour) * 60 + minute,
            Self::Secondly => ((day * 24 + hour) * 60 + minute) * 60 + i64::from(at.second()),
        }
    }

    /// Seconds in a period that is part of a day, and of a day itself.
    fn seconds(self) -> i64 {
        match self {
            Self::Secondly => 1,
            Self::Minutely => 60,
            Self::Hourly => 3_600,
            _ => 86_400,
        }
    }

    /// The first moment of a period of a day or less; `None` outside chrono's calendar.
    pub(super) fn moment(self, period: i64) -> Option<NaiveDateTime> {
        let seconds = period * self.seconds();
        let midnight = day(seconds.div_euclid(86_400))?.and_time(NaiveTime::MIN);
        midnight.checked_add_signed(TimeDelta::seconds(seconds.rem_euclid(86_400)))
    }

    /// Calls `visit` with the days of a period that lie in `months` (an empty set is all of them),
    /// as runs of a first day and a length. For periods below a day, the day they are part of.
    pub(super) fn runs(
        self,
        period: i64,
        week_start: Weekday,
        months: Bits,
        mut visit: impl FnMut(NaiveDate, usize),
    ) {
        match self {
            Self::Yearly => months
                .or(ALL_MONTHS)
                .iter()
                .filter_map(|number| month(period * 12 + i64::from(number) - 1))
                .for_each(|first| visit(first, days_in(first))),
            Self::Monthly => month(period)
                .into_iter()
                .for_each(|first| visit(first, days_in(first))),
            Self::Weekly => day(period * 7 + first_week_start(week_start))
                .into_iter()
                .for_each(|first| visit(first, 7)),
            _ => self
                .moment(period)
                .into_iter()
                .for_each(|at| visit(at.date(), 1)),
        }
    }

    /// How many periods in a row without a start prove that there will never be one. The calendar
    /// repeats after 400 years, which are 4,800 months, 20,871 weeks and 146,097 days; so does
    /// every rule over it, whatever its interval.
    pub(super) fn cycle(self) -> u32 {
        match self {
            Self::Yearly => 400,
            Self::Monthly => 4_800,
            Self::Weekly => 20_871,
            Self::Daily => 146_097,
            // Below a day there are more steps than anyone would wait for: the budget ends it.
            _ => u32::MAX,
        }
    }
}

/// The first day of week 0. Day 1 is Monday, 1 January of the year 1.
fn first_week_start(week_start: Weekday) -> i64 {
    1 + i64::from(week_start.num_days_from_monday())
}

fn day(number: i64) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(i32::try_from(number).ok()?)
}

/// The first day of a month, counted from January of the year 0.
fn month(number: i64) -> Option<NaiveDate> {
    let month = u32::try_from(number.rem_euclid(12)).ok()? + 1;
    NaiveDate::from_ymd_opt(i32::try_from(number.div_euclid(12)).ok()?, month, 1)
}

fn days_in(first_of_month: NaiveDate) -> usize {
    first_of_month.num_days_in_month().into()
}
