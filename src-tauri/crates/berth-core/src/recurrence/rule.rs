//! What a rule says, as data: the parts of RFC 5545, 3.3.10.
//!
//! A [`Rule`] does not know when its series starts; what it leaves unsaid is taken from the start
//! when it is expanded.

use chrono::{Datelike, NaiveDateTime, Timelike, Weekday};
use chrono_tz::Tz;

use super::bits::Bits;
use super::instances::Times;
use super::pattern::Pattern;
use super::until::Until;
use super::{Expansion, RuleError, parse, words};

pub(super) const ALL_HOURS: Bits = Bits::between(0, 23);
pub(super) const ALL_SIXTY: Bits = Bits::between(0, 59);

/// A rule that was understood; see [`Rule::parse`]. Two rules are equal when they say the same, in
/// whatever order and case they were written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    pub(super) frequency: Frequency,
    /// In periods of the frequency; at least 1.
    pub(super) interval: u32,
    /// At least 1.
    pub(super) count: Option<u32>,
    pub(super) until: Option<Until>,
    pub(super) seconds: Bits,
    pub(super) minutes: Bits,
    pub(super) hours: Bits,
    /// BYDAY without an ordinal; Monday is 0.
    pub(super) weekdays: Bits,
    /// BYDAY with an ordinal, only with MONTHLY and YEARLY: `(3, 0)` is the third Monday. In order,
    /// those counted from the back last.
    pub(super) nth_weekdays: Vec<(i16, u32)>,
    /// Sorted, as are the other lists.
    pub(super) month_days: Vec<i16>,
    pub(super) year_days: Vec<i16>,
    pub(super) weeks: Vec<i16>,
    /// January is 1.
    pub(super) months: Bits,
    pub(super) positions: Vec<i16>,
    pub(super) week_start: Weekday,
}

/// FREQ: the length of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Frequency {
    Secondly,
    Minutely,
    Hourly,
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

impl Rule {
    /// Reads the value of an `RRULE` (RFC 5545, 3.3.10), also the forms that the RFC does not allow
    /// but calendars contain: any case, spaces, empty parts, `X-` parts, a leading `RRULE:`,
    /// COUNT together with UNTIL, COUNT=-1 for "no end".
    ///
    /// # Errors
    /// [`RuleError`] names the part that cannot be followed.
    pub fn parse(text: &str) -> Result<Self, RuleError> {
        parse::rule(text)
    }

    /// The rule that repeats once per period of the frequency for ever.
    pub(super) fn every(frequency: Frequency) -> Self {
        Self {
            frequency,
            interval: 1,
            count: None,
            until: None,
            seconds: Bits::default(),
            minutes: Bits::default(),
            hours: Bits::default(),
            weekdays: Bits::default(),
            nth_weekdays: Vec::new(),
            month_days: Vec::new(),
            year_days: Vec::new(),
            weeks: Vec::new(),
            months: Bits::default(),
            positions: Vec::new(),
            week_start: Weekday::Mon,
        }
    }

    /// The rule with all that it leaves unsaid taken from the start of its series (RFC 5545, 3.3.10:
    /// "information, not contained in the rule, [...] is derived from DTSTART"). Above a second
    /// there is then always an hour, a minute and a second, and above a day always a day.
    pub(super) fn completed(&self, start: NaiveDateTime) -> Self {
        let mut rule = self.clone();
        rule.complete_time(start);
        if self.frequency > Frequency::Daily && !self.says_day() {
            rule.complete_day(start);
        }
        rule
    }

    fn says_day(&self) -> bool {
        let dates = [&self.month_days, &self.year_days];
        self.says_weekday() || dates.iter().any(|part| !part.is_empty())
    }

    pub(super) fn says_weekday(&self) -> bool {
        !(self.weekdays.is_empty() && self.nth_weekdays.is_empty())
    }

    fn complete_day(&mut self, start: NaiveDateTime) {
        if self.frequency == Frequency::Weekly || !self.weeks.is_empty() {
            self.weekdays = Bits::only(start.weekday().num_days_from_monday());
            return;
        }
        self.month_days = i16::try_from(start.day()).into_iter().collect();
        if self.frequency == Frequency::Yearly {
            self.months = self.months.or(Bits::only(start.month()));
        }
    }

    /// What is finer than a period is that of the start, what is coarser is not limited.
    fn complete_time(&mut self, start: NaiveDateTime) {
        let unsaid = |unit: Frequency, all: Bits, of_start: u32| {
            if self.frequency <= unit {
                all
            } else {
                Bits::only(of_start)
            }
        };
        self.hours = self
            .hours
            .or(unsaid(Frequency::Hourly, ALL_HOURS, start.hour()));
        self.minutes = self
            .minutes
            .or(unsaid(Frequency::Minutely, ALL_SIXTY, start.minute()));
        self.seconds = self
            .seconds
            .or(unsaid(Frequency::Secondly, ALL_SIXTY, start.second()));
    }

    /// The times of day that it names; of a completed rule, all it has.
    pub(super) fn times(&self) -> Times {
        Times {
            hours: self.hours,
            minutes: self.minutes,
            seconds: self.seconds,
        }
    }

    /// Whether it repeats by the hour, minute or second. Such rules are expanded, but Berth takes no
    /// bookings that follow them.
    #[must_use]
    pub fn sub_daily(&self) -> bool {
        self.frequency < Frequency::Daily
    }

    /// Whether it names its end, by COUNT or UNTIL.
    #[must_use]
    pub fn ends(&self) -> bool {
        self.count.is_some() || self.until.is_some()
    }

    /// The starts in `[from, to)` that the rule itself gives to a series beginning at `start`, at
    /// most `limit` of them (RFC 5545, 3.3.10). Unlike [`super::Recurrence::expand`] this leaves
    /// out a `start` that does not follow the rule.
    #[must_use]
    pub fn starts(
        &self,
        start: NaiveDateTime,
        zone: Tz,
        from: NaiveDateTime,
        to: NaiveDateTime,
        limit: usize,
    ) -> Expansion {
        super::merge::expand(
            Some(&Pattern::new(self, start, zone)),
            &[],
            &[],
            from,
            to,
            limit,
        )
    }

    /// The rule in plain English for a series that begins at `start`: "every 2 weeks on Tuesday and
    /// Thursday until 30 Sep 2026". An UNTIL in UTC is shown as the date in UTC; see
    /// [`Rule::words_in`].
    #[must_use]
    pub fn words(&self, start: NaiveDateTime) -> String {
        self.words_in(start, Tz::UTC)
    }

    /// As [`Rule::words`], with an UNTIL in UTC shown as the date in `zone`.
    #[must_use]
    pub fn words_in(&self, start: NaiveDateTime, zone: Tz) -> String {
        words::rule(self, start, zone)
    }
}
