//! A strip of weeks, with how much is wrong in each.

use chrono::{Datelike, Days, NaiveDate, TimeDelta, Weekday};
use chrono_tz::Tz;

use crate::conflict::{Conflict, Severity};
use crate::{TimeRange, Timestamp};

/// One week, Monday to Sunday, and the conflicts that touch it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Week {
    /// Its first day.
    pub monday: NaiveDate,
    /// ISO 8601: the year that the week counts in.
    pub year: i32,
    /// ISO 8601: 1 to 53.
    pub number: u32,
    /// How many conflicts of each severity.
    pub errors: u32,
    /// See `errors`.
    pub warnings: u32,
    /// See `errors`.
    pub infos: u32,
}

/// All weeks that `range` touches in `zone`, also those without conflicts. A conflict counts in
/// each week that it touches.
#[must_use]
pub fn weeks(conflicts: &[Conflict], range: TimeRange, zone: Tz) -> Vec<Week> {
    let monday = monday(range.start(), zone);
    let last = last_instant(range).wall(zone).date();
    let mondays = monday.iter_weeks().take_while(|&monday| monday <= last);
    let mut weeks: Vec<Week> = mondays.map(Week::of).collect();
    for conflict in conflicts.iter().filter(|one| one.range.overlaps(range)) {
        let first = week_number(monday, conflict.range.start(), zone);
        let last = week_number(monday, last_instant(conflict.range), zone);
        let touched = weeks.iter_mut().skip(first).take(last - first + 1);
        touched.for_each(|week| week.count(conflict.severity));
    }
    weeks
}

/// How many weeks after `monday`'s; 0 before it.
fn week_number(monday: NaiveDate, at: Timestamp, zone: Tz) -> usize {
    let days = (at.wall(zone).date() - monday).num_days();
    usize::try_from(days.div_euclid(7)).unwrap_or(0)
}

fn monday(at: Timestamp, zone: Tz) -> NaiveDate {
    let date = at.wall(zone).date();
    date - Days::new(u64::from(date.weekday().days_since(Weekday::Mon)))
}

fn last_instant(range: TimeRange) -> Timestamp {
    range.end() - TimeDelta::seconds(1)
}

impl Week {
    fn of(monday: NaiveDate) -> Self {
        let (year, number) = (monday.iso_week().year(), monday.iso_week().week());
        Self {
            monday,
            year,
            number,
            errors: 0,
            warnings: 0,
            infos: 0,
        }
    }

    fn count(&mut self, severity: Severity) {
        match severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Info => self.infos += 1,
        }
    }
}
