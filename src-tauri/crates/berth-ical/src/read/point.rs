//! A date or time of the file with the clock it is meant on.

use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;

use berth_core::Timestamp;

use super::draft::Reader;
use crate::document::Property;
use crate::issue::{IssueKind, quote};
use crate::value::moment::{self, Moment};
use crate::zone::Clock;

/// A date, or a wall time on a clock.
#[derive(Debug, Clone)]
pub(super) enum Point {
    Day(NaiveDate),
    Time(Time),
}

#[derive(Debug, Clone)]
pub(super) struct Time {
    pub(super) wall: NaiveDateTime,
    pub(super) clock: Clock,
    /// What the file calls the clock; two times of the same name are on the same one.
    pub(super) name: Name,
}

/// What a file calls a clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Name {
    Utc,
    Floating,
    Tzid(String),
}

impl Time {
    pub(super) fn instant(&self) -> Timestamp {
        self.clock.instant(self.wall)
    }
}

impl Reader<'_> {
    /// The date or time that a property has; `value` is its value or a part of it. `None` where that
    /// is neither.
    pub(super) fn point(&mut self, property: Property<'_>, value: &str) -> Option<Point> {
        let moment = moment::parse(value)?;
        if let (Moment::Date(_), _) | (_, true) = (moment, property.has("VALUE", "DATE")) {
            return Some(Point::Day(moment.wall().date()));
        }
        let (clock, name) = match (moment, property.param("TZID")) {
            (Moment::Utc(_), _) => (Clock::Zone(Tz::UTC), Name::Utc),
            (_, Some(tzid)) if !tzid.trim().is_empty() => self.clock(property, &tzid, moment.wall()),
            _ => (Clock::Zone(self.floating), Name::Floating),
        };
        Some(Point::Time(Time { wall: moment.wall(), clock, name }))
    }

    fn clock(&mut self, property: Property<'_>, tzid: &str, wall: NaiveDateTime) -> (Clock, Name) {
        let (found, is_new) = self.zones.find(tzid, wall);
        let remark = match &found {
            None => Some(format!("it is not known, and its times were read in {}", self.floating)),
            Some(found) => found.remark.clone(),
        };
        if let Some(remark) = remark.filter(|_| is_new) {
            let name = quote(tzid);
            self.issues.add(property.line(), IssueKind::Zone, || format!("the zone {name}: {remark}"));
        }
        let clock = found.map_or(Clock::Zone(self.floating), |found| found.clock);
        (clock, Name::Tzid(tzid.to_owned()))
    }
}
