//! From DTSTART, DTEND and DURATION to when an event is.

use berth_core::time::localise;
use berth_core::{Timestamp, When};
use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use chrono_tz::Tz;

use super::draft::Reader;
use super::point::{Name, Point, Time};
use super::raw::Raw;
use crate::document::Property;
use crate::issue::{IssueKind, quote};
use crate::value::duration;
use crate::zone::{self, Clock};

/// When an event is, and how its start was written: what other dates of its series follow.
#[derive(Debug, Clone)]
pub(super) struct Stretch<'d> {
    pub(super) when: When,
    /// What the file calls the clock of the start; `None` for whole days.
    pub(super) name: Option<Name<'d>>,
    /// How far the wall time of the start was moved when its clock was replaced by a zone.
    pub(super) shift: TimeDelta,
}

/// Where an event ends.
enum End {
    /// On the clock of its start.
    Wall(NaiveDateTime),
    /// Elsewhere.
    Instant(Timestamp),
}

impl<'d> Reader<'d> {
    /// When an event is; `single` where nothing repeats from it, so that its times may be moved to
    /// another zone if they cannot be said in their own. `Err` says why it cannot be taken.
    pub(super) fn stretch(&mut self, raw: &Raw<'d>, single: bool) -> Result<Stretch<'d>, String> {
        let Some(start) = raw.start else {
            return Err("it has no start (DTSTART); add one in the program it comes from".into());
        };
        match self.point(start, start.value()) {
            None => Err(format!(
                "its start {} is not a date or time; correct it in the program it comes from",
                quote(start.value())
            )),
            Some(Point::Day(first)) => self.days(raw, first),
            Some(Point::Time(time)) => self.times(raw, time, single),
        }
    }

    fn days(&mut self, raw: &Raw<'d>, first: NaiveDate) -> Result<Stretch<'d>, String> {
        let next = first.checked_add_days(Days::new(1)).unwrap_or(first);
        let end = match (raw.end, raw.duration) {
            (Some(end), _) => self.last_day(end).unwrap_or(next),
            (None, Some(length)) => self.after_days(length, first).unwrap_or(next),
            (None, None) => next,
        };
        if end < first {
            return Err(backwards(first.to_string(), end.to_string()));
        }
        // Many programs write the day itself where the RFC wants the day after.
        let when = When::AllDay {
            start: first,
            end: end.max(next),
        };
        Ok(Stretch {
            when,
            name: None,
            shift: TimeDelta::zero(),
        })
    }

    fn last_day(&mut self, end: Property<'d>) -> Option<NaiveDate> {
        match self.point(end, end.value()) {
            Some(Point::Day(day)) => Some(day),
            Some(Point::Time(time)) if time.wall.time() == NaiveTime::MIN => Some(time.wall.date()),
            Some(Point::Time(time)) => time.wall.date().checked_add_days(Days::new(1)),
            None => self.unread_end(end),
        }
    }

    fn after_days(&mut self, length: Property<'d>, first: NaiveDate) -> Option<NaiveDate> {
        let Some(span) = duration::parse(length.value()) else {
            return self.unread_end(length);
        };
        let days =
            span.days + span.seconds.div_euclid(86_400) + i64::from(span.seconds % 86_400 > 0);
        first.checked_add_signed(TimeDelta::days(days))
    }

    fn times(
        &mut self,
        raw: &Raw<'d>,
        start: Time<'d>,
        single: bool,
    ) -> Result<Stretch<'d>, String> {
        let end = match (raw.end, raw.duration) {
            (Some(end), _) => self.end(end, &start),
            (None, Some(length)) => self.after(length, &start),
            (None, None) => None,
        };
        let end = end.unwrap_or(End::Wall(start.wall));
        let instant = match end {
            End::Wall(wall) => start.clock.instant(wall),
            End::Instant(at) => at,
        };
        // On one clock its hands decide: a start in the hour that the spring skips is a later instant
        // than an end that follows it.
        let is_backwards = match end {
            End::Wall(wall) => wall < start.wall,
            End::Instant(at) => at < start.instant(),
        };
        if is_backwards {
            return Err(backwards(start.instant().to_string(), instant.to_string()));
        }
        let when = between(&start, &end, instant, single);
        Ok(Stretch {
            when,
            shift: when.start() - start.wall,
            name: Some(start.name),
        })
    }

    fn end(&mut self, end: Property<'d>, start: &Time<'_>) -> Option<End> {
        match self.point(end, end.value()) {
            Some(Point::Day(day)) => Some(End::Wall(day.and_time(NaiveTime::MIN).max(start.wall))),
            // An end that names no zone is meant in that of the start.
            Some(Point::Time(time)) if time.name == start.name || time.name == Name::Floating => {
                Some(End::Wall(time.wall))
            }
            Some(Point::Time(time)) => Some(End::Instant(time.instant())),
            None => self.unread_end(end),
        }
    }

    /// RFC 5545, 3.3.6: days are added to the wall time, hours are exact.
    fn after(&mut self, length: Property<'d>, start: &Time<'_>) -> Option<End> {
        let Some(span) = duration::parse(length.value()) else {
            return self.unread_end(length);
        };
        let wall = start.wall.checked_add_signed(TimeDelta::days(span.days))?;
        if span.seconds == 0 {
            return Some(End::Wall(wall));
        }
        Some(End::Instant(
            start.clock.instant(wall) + TimeDelta::seconds(span.seconds),
        ))
    }

    fn unread_end<T>(&mut self, end: Property<'d>) -> Option<T> {
        self.issues.add(end.line(), IssueKind::Time, || {
            format!(
                "{} of {} cannot be read; the event was taken without it",
                end.name(),
                quote(end.value())
            )
        });
        None
    }
}

fn backwards(start: String, end: String) -> String {
    format!(
        "it ends ({end}) before it starts ({start}); correct its end in the program it comes from"
    )
}

/// The stretch in the zone of its start, or in UTC where a single event cannot be said there: its
/// clock is no zone, or it ends in the hour that the autumn repeats, the second time.
fn between(start: &Time<'_>, end: &End, end_instant: Timestamp, single: bool) -> When {
    let zone = match &start.clock {
        Clock::Zone(zone) => *zone,
        Clock::Own(..) if single => Tz::UTC,
        Clock::Own(rules, near) => near.unwrap_or_else(|| zone::fixed(rules.offset(start.wall))),
    };
    let is_own = matches!(start.clock, Clock::Own(..));
    let first = if is_own {
        start.instant().wall(zone)
    } else {
        start.wall
    };
    let last = match end {
        End::Wall(wall) if !is_own => *wall,
        _ => end_instant.wall(zone),
    };
    let exact = localise(last, zone) == end_instant && last >= first;
    if single && !exact {
        let (start, end) = (start.instant().wall(Tz::UTC), end_instant.wall(Tz::UTC));
        return When::Timed {
            start,
            end,
            zone: Tz::UTC,
        };
    }
    When::Timed {
        start: first,
        end: last.max(first),
        zone,
    }
}
