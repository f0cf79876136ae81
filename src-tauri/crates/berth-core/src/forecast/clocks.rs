//! Whether two zones are as far apart as usual.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use chrono_tz::Tz;

use super::Week;
use crate::{Timestamp, time};

/// Two zones that are not as far apart as they usually are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clocks {
    /// The zones, in the order of the bookings that they are of.
    pub zones: (Tz, Tz),
    /// How far the first is ahead of the second in most weeks of a year.
    pub usual: TimeDelta,
    /// How far it is then, where that is the same each time.
    pub then: Option<TimeDelta>,
    /// Whether that is only so for some weeks, because the clocks change on different days; not
    /// for a season.
    pub is_brief: bool,
}

/// What the clocks of some zones do in a week and not in most.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dials {
    /// The days on which clocks change, and where.
    pub changes: Vec<(NaiveDate, Vec<Tz>)>,
    /// The first two of the zones that are not as far apart as usual in the middle of the week.
    pub apart: Option<Clocks>,
}

/// What is to be said about the clocks of each week, in the order of `weeks`.
#[must_use]
pub fn dials(weeks: &[Week], zones: &[Tz]) -> Vec<Dials> {
    let Some(first) = weeks.first() else {
        return Vec::new();
    };
    let from = zones.first().copied().unwrap_or(Tz::UTC);
    let mut calendar = Calendar::new(noon(first.monday, from));
    let dial = |week: &Week| {
        let mut changes: Vec<(NaiveDate, Vec<Tz>)> = Vec::new();
        for &zone in zones {
            for date in changes_in(week.monday, zone) {
                match changes.iter_mut().find(|(known, _)| *known == date) {
                    Some((_, zones)) => zones.push(zone),
                    None => changes.push((date, vec![zone])),
                }
            }
        }
        changes.sort_unstable_by_key(|(date, _)| *date);
        let middle = noon(week.monday + TimeDelta::days(2), from);
        let apart = calendar.common(zones, &[middle]);
        Dials {
            changes,
            apart: apart.filter(|clocks| clocks.is_brief),
        }
    };
    weeks.iter().map(dial).collect()
}

/// The days of a week on which a zone's clocks change between the noon before and its own.
fn changes_in(monday: NaiveDate, zone: Tz) -> Vec<NaiveDate> {
    let offset = |date: NaiveDate| noon(date, zone).offset(zone);
    let sunday = monday + TimeDelta::days(6);
    if offset(monday - TimeDelta::days(1)) == offset(sunday) {
        return Vec::new();
    }
    let days = monday.iter_days().take(7);
    days.filter(|&date| offset(date - TimeDelta::days(1)) != offset(date))
        .collect()
}

fn noon(date: NaiveDate, zone: Tz) -> Timestamp {
    let noon = NaiveTime::MIN + TimeDelta::hours(12);
    time::localise(date.and_time(noon), zone)
}

/// Weeks that a year is looked at in.
const WEEKS: i64 = 52;
/// What lasts for more than so many weeks of a year is a season: from October to March is 22 weeks;
/// between two changes of clocks lie one to five, twice a year.
const BRIEF: usize = 12;

/// How far zones are apart over a year, remembered for each pair.
pub(super) struct Calendar {
    from: Timestamp,
    years: HashMap<(Tz, Tz), Year>,
}

/// How many weeks of a year two zones are so many seconds apart.
#[derive(Default)]
struct Year(Vec<(usize, i32)>);

impl Calendar {
    pub(super) fn new(from: Timestamp) -> Self {
        Self {
            from,
            years: HashMap::new(),
        }
    }

    /// The first two of the zones that at none of these times are as far apart as usual.
    pub(super) fn common(&mut self, zones: &[Tz], times: &[Timestamp]) -> Option<Clocks> {
        let pairs = (0..zones.len()).flat_map(|i| (0..i).map(move |j| (zones[j], zones[i])));
        let mut different = pairs.filter(|pair| pair.0 != pair.1);
        different.find_map(|pair| {
            let mut then: Vec<i32> = times.iter().map(|&at| apart(pair, at)).collect();
            then.sort_unstable();
            then.dedup();
            self.year(pair).clocks(pair, &then)
        })
    }

    fn year(&mut self, pair: (Tz, Tz)) -> &Year {
        let from = self.from;
        self.years.entry(pair).or_insert_with(|| {
            let mut year = Year::default();
            for week in 0..WEEKS {
                year.count(apart(pair, from + TimeDelta::weeks(week)));
            }
            year
        })
    }
}

impl Year {
    fn count(&mut self, apart: i32) {
        match self.0.iter_mut().find(|(_, known)| *known == apart) {
            Some((count, _)) => *count += 1,
            None => self.0.push((1, apart)),
        }
    }

    /// What is to be said about two zones that are `then` so far apart: nothing when that is how
    /// they are most of the year.
    fn clocks(&self, zones: (Tz, Tz), then: &[i32]) -> Option<Clocks> {
        let (_, usual) = *self.0.iter().max()?;
        if then.is_empty() || then.contains(&usual) {
            return None;
        }
        let such = self.0.iter().filter(|(_, apart)| then.contains(apart));
        let weeks: usize = such.map(|(count, _)| count).sum();
        let seconds = |apart: i32| TimeDelta::seconds(i64::from(apart));
        Some(Clocks {
            zones,
            usual: seconds(usual),
            then: (then.len() == 1).then(|| seconds(then[0])),
            is_brief: weeks <= BRIEF,
        })
    }
}

/// How many seconds the first zone is ahead of the second.
fn apart((one, other): (Tz, Tz), at: Timestamp) -> i32 {
    at.offset(one) - at.offset(other)
}
