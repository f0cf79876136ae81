//! Groups of conflicts as a person says them.

use chrono::{Datelike, NaiveDate, Weekday};
use chrono_tz::Tz;

use super::{Clocks, Group, Share};
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
        match (self.share, ranges.as_slice()) {
            (None, [only]) => phrasing.range(*only),
            (None, all) => format!("{} times: {dates}", all.len()),
            (Some(share), _) => {
                let clocks = self.clocks.map(|clocks| {
                    let all = if share.met == 1 { "" } else { "all " };
                    format!(", {all}{}", clocks.words())
                });
                format!("{}{}: {dates}", share.words(), clocks.unwrap_or_default())
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
