//! A date or time of the file with the clock it is meant on.

use std::borrow::Cow;

use berth_core::Timestamp;
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use chrono_tz::Tz;

use super::draft::Reader;
use crate::document::Property;
use crate::issue::{IssueKind, quote};
use crate::value::moment::{self, Moment};
use crate::zone::{Clock, Found};

/// A date, or a wall time on a clock.
#[derive(Debug, Clone)]
pub(super) enum Point<'d> {
    Day(NaiveDate),
    Time(Time<'d>),
}

#[derive(Debug, Clone)]
pub(super) struct Time<'d> {
    pub(super) wall: NaiveDateTime,
    pub(super) clock: Clock,
    /// What the file calls the clock; two times of the same name are on the same one.
    pub(super) name: Name<'d>,
}

/// What a file calls a clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Name<'d> {
    Utc,
    Floating,
    Tzid(Cow<'d, str>),
    /// A TZID that nothing is known of.
    Unknown(Cow<'d, str>),
}

impl Time<'_> {
    pub(super) fn instant(&self) -> Timestamp {
        self.clock.instant(self.wall)
    }
}

impl<'d> Reader<'d> {
    /// The date or time that a property has; `value` is its value or a part of it. `None` where that
    /// is neither.
    pub(super) fn point(&mut self, property: Property<'d>, value: &str) -> Option<Point<'d>> {
        let Some(moment) = moment::parse(value) else {
            let (tzid, value) = unquoted(property, value)?;
            let wall = moment::parse(value)?.wall();
            let (clock, name) = self.clock(property, tzid.into(), wall);
            return Some(Point::Time(Time { wall, clock, name }));
        };
        // Where a time is written after all, it is meant, unless it is midnight.
        let is_day = property.has("VALUE", "DATE") && moment.wall().time() == NaiveTime::MIN;
        if is_day || matches!(moment, Moment::Date(_)) {
            return Some(Point::Day(moment.wall().date()));
        }
        let (clock, name) = match (moment, property.param("TZID")) {
            (Moment::Utc(_), _) => (Clock::Zone(Tz::UTC), Name::Utc),
            (_, Some(tzid)) if !tzid.trim().is_empty() => self.clock(property, tzid, moment.wall()),
            _ => (Clock::Zone(self.floating), Name::Floating),
        };
        Some(Point::Time(Time {
            wall: moment.wall(),
            clock,
            name,
        }))
    }

    pub(super) fn clock(
        &mut self,
        property: Property<'d>,
        tzid: Cow<'d, str>,
        wall: NaiveDateTime,
    ) -> (Clock, Name<'d>) {
        let Found { clock, remark } = self.zones.find(&tzid, wall);
        if let Some(remark) = remark {
            let done = if clock.is_none() {
                format!("; its times were read in {}", self.floating)
            } else {
                String::new()
            };
            let name = quote(&tzid);
            self.issues.add(property.line(), IssueKind::Zone, || {
                format!("the zone {name}: {remark}{done}")
            });
        }
        match clock {
            Some(clock) => (clock, Name::Tzid(tzid)),
            None => (Clock::Zone(self.floating), Name::Unknown(tzid)),
        }
    }
}

/// A TZID with a colon in it that was not put in quotes, as Exchange and others write it, so that the
/// rest of it stands before the value.
fn unquoted<'v>(property: Property<'_>, value: &'v str) -> Option<(String, &'v str)> {
    let (rest, value) = value.rsplit_once(':')?;
    Some((format!("{}:{rest}", property.param("TZID")?), value))
}
