//! A VTIMEZONE, interpreted (RFC 5545, 3.6.5).

use std::cell::RefCell;
use std::collections::HashMap;

use berth_core::{Recurrence, Rule};
use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use chrono_tz::Tz;

use crate::document::{Component, Property};
use crate::value::{moment, text};

/// The rules of a VTIMEZONE.
#[derive(Debug)]
pub(crate) struct Observances {
    parts: Vec<Observance>,
    /// The offset before all of them.
    first: i32,
    /// What each year was found to be.
    years: RefCell<HashMap<i32, Vec<Onset>>>,
}

/// A STANDARD or DAYLIGHT.
#[derive(Debug)]
struct Observance {
    start: NaiveDateTime,
    from: i32,
    to: i32,
    recurrence: Recurrence,
}

/// A change of the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Onset {
    /// When, on a clock that has not been changed yet.
    pub(super) wall: NaiveDateTime,
    from: i32,
    pub(super) to: i32,
}

/// No observance begins more often in a year, nor has more dates of its own that count.
const ONSETS: usize = 64;

impl Observances {
    /// Reads a VTIMEZONE; `None` where there is no observance in it that can be read.
    pub(crate) fn read(zone: Component<'_>) -> Option<Self> {
        let mut parts: Vec<Observance> = zone
            .children()
            .take(ONSETS)
            .filter_map(observance)
            .collect();
        parts.sort_by_key(|part| part.start);
        let first = parts.first()?.from;
        Some(Self {
            parts,
            first,
            years: RefCell::default(),
        })
    }

    /// Seconds east of UTC where the clock shows `wall`; in a gap those before it, in a fold those of
    /// the first pass (RFC 5545, 3.3.5).
    pub(crate) fn offset(&self, wall: NaiveDateTime) -> i32 {
        let before = self.last_before(wall.year(), wall);
        before
            .or_else(|| self.last_before(wall.year() - 1, wall))
            .unwrap_or_else(|| self.settled(wall))
    }

    fn last_before(&self, year: i32, wall: NaiveDateTime) -> Option<i32> {
        let onsets = self.onsets(year);
        let passed = |onset: &&Onset| {
            wall >= onset.wall + TimeDelta::seconds((onset.to - onset.from).max(0).into())
        };
        onsets.iter().rev().find(passed).map(|onset| onset.to)
    }

    /// The offset where nothing has changed for a year.
    fn settled(&self, wall: NaiveDateTime) -> i32 {
        let last = self.parts.iter().rev().find(|part| part.start <= wall);
        last.map_or(self.first, |part| part.to)
    }

    /// The changes within a year, in order.
    pub(super) fn onsets(&self, year: i32) -> Vec<Onset> {
        if let Some(known) = self.years.borrow().get(&year) {
            return known.clone();
        }
        let mut onsets: Vec<Onset> = self
            .parts
            .iter()
            .flat_map(|part| part.onsets(year))
            .collect();
        onsets.sort_unstable();
        self.years.borrow_mut().insert(year, onsets.clone());
        onsets
    }
}

impl Observance {
    fn onsets(&self, year: i32) -> impl Iterator<Item = Onset> {
        let first_of =
            |year| NaiveDate::from_ymd_opt(year, 1, 1).map(|day| day.and_time(NaiveTime::MIN));
        let span = first_of(year).zip(first_of(year + 1));
        let starts = span.map(|(from, to)| {
            self.recurrence
                .expand(self.start, Tz::UTC, from, to, ONSETS)
                .starts
        });
        let (from, to) = (self.from, self.to);
        starts
            .into_iter()
            .flatten()
            .map(move |wall| Onset { wall, from, to })
    }
}

fn observance(part: Component<'_>) -> Option<Observance> {
    if !part.is("STANDARD") && !part.is("DAYLIGHT") {
        return None;
    }
    let offset = |name| {
        part.property(name)
            .and_then(|property| moment::offset(property.value()))
    };
    let to = offset("TZOFFSETTO")?;
    let rule = part
        .property("RRULE")
        .and_then(|rule| Rule::parse(rule.value()).ok());
    let dates = part
        .properties()
        .filter(|property| property.name() == "RDATE");
    let added = dates
        .flat_map(|dates| text::list(dates.value()))
        .filter_map(wall)
        .take(10_000)
        .collect();
    Some(Observance {
        start: wall(part.property("DTSTART").map(Property::value)?)?,
        from: offset("TZOFFSETFROM").unwrap_or(to),
        to,
        recurrence: Recurrence {
            rule: rule.filter(|rule| !rule.sub_daily()),
            added,
            excluded: Vec::new(),
        },
    })
}

fn wall(value: &str) -> Option<NaiveDateTime> {
    moment::parse(value).map(moment::Moment::wall)
}
