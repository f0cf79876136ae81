//! A series at another time or on other days.

use chrono::{NaiveDateTime, TimeDelta, Timelike, Weekday};

use super::Recurrence;
use super::bits::Bits;
use super::rule::{Frequency, Rule};
use super::until::Until;

impl Recurrence {
    /// The series with every start moved by as much wall time as moves `occurrence`, one of its
    /// starts, by `delta`; `None` where its rule names days or times that the move would contradict.
    /// A weekly rule turns its weekdays, so it always fits.
    #[must_use]
    pub fn shifted(&self, occurrence: NaiveDateTime, delta: TimeDelta) -> Option<Self> {
        let to = occurrence.checked_add_signed(delta)?;
        let moved = |dates: &[NaiveDateTime]| {
            let dates = dates.iter().map(|at| at.checked_add_signed(delta));
            dates.collect::<Option<Vec<_>>>()
        };
        let rule = match &self.rule {
            Some(rule) => Some(rule.shifted(occurrence, to)?),
            None => None,
        };
        Some(Self {
            rule,
            added: moved(&self.added)?,
            excluded: moved(&self.excluded)?,
        })
    }
}

impl Rule {
    fn shifted(&self, from: NaiveDateTime, to: NaiveDateTime) -> Option<Self> {
        let days = (to.date() - from.date()).num_days();
        let mut rule = self.clone();
        if from.time() != to.time() {
            rule.forget_time(from)?;
        }
        if days != 0 {
            rule.turn(days)?;
        }
        let delta = to - from;
        // The end moves with the occurrences, or the last of them would be lost. One in UTC moves by
        // as much wall time; where the clocks change in between it is an hour off, which matters only
        // within that hour.
        rule.until = match self.until {
            None => None,
            Some(Until::Date(date)) => Some(Until::Date(date + TimeDelta::days(days))),
            Some(Until::Wall(wall)) => Some(Until::Wall(wall.checked_add_signed(delta)?)),
            Some(Until::Utc(utc)) => Some(Until::Utc(utc.checked_add_signed(delta)?)),
        };
        Some(rule)
    }

    /// Leaves the time of day to the start, where the rule names just that of `start`.
    fn forget_time(&mut self, start: NaiveDateTime) -> Option<()> {
        let own = [
            (&mut self.hours, start.hour()),
            (&mut self.minutes, start.minute()),
            (&mut self.seconds, start.second()),
        ];
        for (named, of_start) in own {
            if !named.is_empty() && *named != Bits::only(of_start) {
                return None;
            }
            *named = Bits::default();
        }
        Some(())
    }

    /// Moves the days by which a weekly rule repeats. With an interval the week has to begin so much
    /// later too, or some of the days would fall into another week.
    fn turn(&mut self, days: i64) -> Option<()> {
        let dates = [&self.month_days, &self.year_days, &self.weeks];
        let of_month_or_year = !self.months.is_empty() || dates.iter().any(|part| !part.is_empty());
        let weekly = self.frequency == Frequency::Weekly;
        if of_month_or_year || !weekly && self.says_weekday() {
            return None;
        }
        let turned = |day: u32| u32::try_from((i64::from(day) + days).rem_euclid(7)).unwrap_or(day);
        self.weekdays = self.weekdays.iter().map(turned).collect();
        if self.interval > 1 && self.weekdays.len() > 1 || !self.positions.is_empty() {
            let first = turned(self.week_start.num_days_from_monday());
            self.week_start = Weekday::try_from(u8::try_from(first).ok()?).ok()?;
        }
        Some(())
    }
}
