//! Groups of conflicts as a person says them.

use chrono::{Datelike, NaiveDate, Weekday};
use chrono_tz::Tz;

use super::{Clocks, Dials, Group, Share};
use crate::conflict::Conflict;
use crate::words::{Phrasing, duration_words, list_words};

/// More dates than this are counted, not listed.
const MOST: usize = 6;

impl Group {
    /// `4 of 52 Tuesdays, all in the weeks when Berlin's and New York's clocks disagree: 10 Mar,
    /// 17 Mar, 24 Mar and 27 Oct`; of a single conflict only when it is: `Thu 17 Sep 09:00–13:00`.
    #[must_use]
    pub fn words(&self, conflicts: &[Conflict], phrasing: Phrasing) -> String {
        let of = self
            .conflicts
            .iter()
            .filter_map(|&index| conflicts.get(index as usize));
        let ranges: Vec<_> = of.map(|one| one.range).collect();
        let weekday = self.share.and_then(|share| share.weekday);
        let days = ranges
            .iter()
            .map(|range| range.start().wall(phrasing.zone).date());
        let mut days: Vec<NaiveDate> = days.collect();
        days.dedup();
        let dates = dates(&days, weekday, phrasing);
        match (self.summary(), ranges.as_slice()) {
            (summary, [only]) if summary.is_empty() => phrasing.range(*only),
            (summary, _) => format!("{summary}: {dates}"),
        }
    }

    /// The same without the dates: `4 of 52 Tuesdays, all in the weeks when Berlin's and New York's
    /// clocks disagree`; empty of a single conflict that does not repeat.
    #[must_use]
    pub fn summary(&self) -> String {
        match (self.share, self.conflicts.len()) {
            (None, 1) => String::new(),
            (None, count) => format!("{count} times"),
            (Some(share), _) => {
                let clocks = self.clocks.map(|clocks| {
                    let all = if share.met == 1 { "" } else { "all " };
                    format!(", {all}{}", clocks.words())
                });
                format!("{}{}", share.words(), clocks.unwrap_or_default())
            }
        }
    }
}

impl Share {
    /// `4 of 52 Tuesdays`.
    fn words(self) -> String {
        let what = match self.weekday {
            Some(day) => format!("{}s", weekday_words(day)),
            None => "occurrences".into(),
        };
        match (self.met, self.total) {
            (1, 1) => "the only occurrence".into(),
            (met, total) if met == total => format!("all {total} {what}"),
            (met, total) => format!("{met} of {total} {what}"),
        }
    }
}

impl Clocks {
    /// `in the weeks when Berlin's and New York's clocks disagree`.
    #[must_use]
    pub fn words(self) -> String {
        let (one, other) = (city(self.zones.0), city(self.zones.1));
        let usual = duration_words(self.usual.abs());
        match self.then {
            _ if self.is_brief => {
                format!("in the weeks when {one}'s and {other}'s clocks disagree")
            }
            Some(then) => {
                let then = duration_words(then.abs());
                format!("while {one} and {other} are {then} apart instead of {usual}")
            }
            None => format!("while {one} and {other} are not {usual} apart"),
        }
    }
}

impl Dials {
    /// `clocks change in Berlin and London on Sun 25 Oct; Berlin and New York are 5 h apart instead
    /// of 6 h`; empty where there is nothing to say.
    #[must_use]
    pub fn words(&self, phrasing: Phrasing) -> String {
        let change = |(date, zones): &(NaiveDate, Vec<Tz>)| {
            let mut cities: Vec<String> = zones.iter().map(|&zone| city(zone)).collect();
            cities.dedup();
            let (cities, day) = (list_words(&cities), phrasing.day(*date));
            format!("clocks change in {cities} on {day}")
        };
        let apart = self.apart.and_then(|clocks| {
            let (one, other) = (city(clocks.zones.0), city(clocks.zones.1));
            let (then, usual) = (clocks.then?.abs(), clocks.usual.abs());
            let (then, usual) = (duration_words(then), duration_words(usual));
            Some(format!(
                "{one} and {other} are {then} apart instead of {usual}"
            ))
        });
        let all: Vec<String> = self.changes.iter().map(change).chain(apart).collect();
        all.join("; ")
    }
}

/// `10 Mar, 17 Mar and 27 Oct`, with the day of the week unless all have the same.
fn dates(days: &[NaiveDate], weekday: Option<Weekday>, phrasing: Phrasing) -> String {
    let known = days.iter().all(|day| Some(day.weekday()) == weekday);
    let mut words: Vec<String> = days
        .iter()
        .map(|&day| {
            let full = phrasing.day(day);
            match full.split_once(' ') {
                Some((_, rest)) if known => rest.to_owned(),
                _ => full,
            }
        })
        .collect();
    if words.len() > MOST {
        let more = words.len() - (MOST - 1);
        words.truncate(MOST - 1);
        words.push(format!("{more} more"));
    }
    list_words(&words)
}

fn weekday_words(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

/// `New York` of `America/New_York`.
fn city(zone: Tz) -> String {
    let name = zone.name();
    name.rsplit('/').next().unwrap_or(name).replace('_', " ")
}
