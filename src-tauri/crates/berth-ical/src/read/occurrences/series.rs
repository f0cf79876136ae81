//! One event: what it says of its times, and the occurrences that follow from that.

use std::borrow::Cow;
use std::collections::BTreeMap;

use berth_core::{Recurrence, Rule, Timestamp};
use chrono::{NaiveDateTime, NaiveTime, TimeDelta};
use chrono_tz::Tz;

use super::dial::{Dial, Length};
use super::names::Names;
use super::{Changes, Edge, Occurrence, TimeKind};
use crate::document::{Component, Property};
use crate::read::draft::Reader;
use crate::read::point::{Name, Point};
use crate::read::raw::Raw;
use crate::value::moment::{self, Moment};
use crate::value::{duration, text};
use crate::zone::Clock;

/// An event of the file.
pub(super) struct Draft<'d> {
    pub(super) uid: String,
    /// Whether the file gives it a UID.
    pub(super) is_named: bool,
    pub(super) line: u32,
    pub(super) has_start: bool,
    /// Its RECURRENCE-ID.
    pub(super) original: Option<Point<'d>>,
    /// Whether it changes all later occurrences as well.
    pub(super) onwards: bool,
    /// None where something that decides about its times cannot be read.
    pub(super) plan: Option<Plan<'d>>,
}

/// When an event is, and when again.
pub(super) struct Plan<'d> {
    pub(super) dial: Dial,
    /// What the file calls the clock.
    pub(super) name: Option<Name<'d>>,
    start: NaiveDateTime,
    length: Length,
    repeats: bool,
    rules: Vec<Rule>,
    /// RDATE: starts, some with a length of their own.
    added: Vec<(NaiveDateTime, Option<Length>)>,
    pub(super) excluded: Names,
}

/// Walls are looked up for so much longer than asked for, as their order is not that of instants where
/// a clock changes.
const CLOCK_CHANGE: TimeDelta = TimeDelta::hours(3);

/// So many starts in that time, and in the length of an occurrence, are not counted as too many.
const BESIDE: usize = 25_000;

/// A change of an occurrence and of all that follow.
pub(super) struct Onwards {
    pub(super) from: Timestamp,
    by: TimeDelta,
    length: Length,
}

/// What is asked for.
#[derive(Clone, Copy)]
pub(super) struct Range {
    pub(super) from: Edge,
    pub(super) to: Edge,
    pub(super) limit: usize,
}

impl<'d> Reader<'d> {
    /// Reads an event; `calendar` is the zone that its calendar names.
    pub(super) fn occurring(
        &mut self,
        component: Component<'d>,
        calendar: Option<Tz>,
    ) -> Draft<'d> {
        let raw = Raw::of(component);
        let uid = raw
            .uid
            .map(|uid| uid.text().into_owned())
            .unwrap_or_default();
        let original = raw.recurrence_id.and_then(|id| self.point(id, id.value()));
        let known = raw.recurrence_id.is_none() || original.is_some();
        Draft {
            is_named: raw.uid.is_some(),
            uid,
            line: component.line(),
            has_start: raw.start.is_some(),
            onwards: raw
                .recurrence_id
                .is_some_and(|id| id.has("RANGE", "THISANDFUTURE")),
            plan: known
                .then(|| self.plan(&raw, original.is_some(), calendar))
                .flatten(),
            original,
        }
    }

    fn plan(&mut self, raw: &Raw<'d>, changed: bool, calendar: Option<Tz>) -> Option<Plan<'d>> {
        let has_dates = !raw.rules.is_empty() || !raw.added.is_empty();
        let repeats = !changed && has_dates;
        let (mut dial, mut start, name) = self.start(raw, calendar)?;
        let (first, length) = self.length(raw, &dial, start)?;
        start = first;
        // Programs that name the zone of a calendar mean its clock when they repeat in UTC.
        if let (true, TimeKind::Utc, Some(zone)) = (repeats, dial.kind, calendar) {
            let at = dial.instant(start);
            dial = Dial::zone(zone);
            start = dial.wall(at);
        }
        let mut plan = Plan {
            name,
            start,
            length,
            repeats,
            rules: Vec::new(),
            added: Vec::new(),
            excluded: Names::default(),
            dial,
        };
        if repeats {
            plan.rules = rules(&raw.rules, &plan.dial)?;
            self.further_dates(raw, &mut plan);
        }
        Some(plan)
    }

    fn start(
        &mut self,
        raw: &Raw<'d>,
        calendar: Option<Tz>,
    ) -> Option<(Dial, NaiveDateTime, Option<Name<'d>>)> {
        let property = raw.start?;
        match self.point(property, property.value())? {
            Point::Time(time) => {
                let dial = match &time.name {
                    Name::Utc => Dial::zone(Tz::UTC),
                    Name::Floating => calendar.map_or_else(Dial::floating, Dial::zone),
                    Name::Tzid(name) => Dial::named(time.clock, name),
                    Name::Unknown(_) => Dial::floating(),
                };
                Some((dial, time.wall, Some(time.name)))
            }
            Point::Day(day) => {
                let wall = day.and_time(NaiveTime::MIN);
                Some((self.dial_of_day(raw, property, wall), wall, None))
            }
        }
    }

    /// A date that names a zone is that day on the clock of the zone, and one with an end at a time
    /// of day is its midnight. RFC 5545 allows neither (3.2.19, 3.8.2.2).
    fn dial_of_day(&mut self, raw: &Raw<'d>, property: Property<'d>, wall: NaiveDateTime) -> Dial {
        if let Some(tzid) = property
            .param("TZID")
            .filter(|tzid| !tzid.trim().is_empty())
            && let (clock, Name::Tzid(name)) = self.clock(property, tzid, wall)
        {
            return Dial::named(clock, &name);
        }
        let end = raw.end.and_then(|end| self.point(end, end.value()));
        match end {
            Some(Point::Time(_)) => Dial::floating(),
            _ => Dial::days(),
        }
    }

    /// The start and the length; where the end lies before the start, the two were mixed up. None
    /// where an end is written, but cannot be read.
    fn length(
        &mut self,
        raw: &Raw<'d>,
        dial: &Dial,
        start: NaiveDateTime,
    ) -> Option<(NaiveDateTime, Length)> {
        let length = match (raw.end, raw.duration) {
            (Some(end), _) => {
                let end = self.point(end, end.value())?;
                let (first, last) = (dial.instant(start), instant(&end, dial));
                if last < first {
                    let start = dial.wall(last);
                    return Some((start, Length::between(dial, start, first)));
                }
                Length::between(dial, start, last)
            }
            (None, Some(length)) => span(length.value(), dial)?,
            (None, None) => Length {
                days: i64::from(is_day(raw, dial)),
                seconds: 0,
            },
        };
        Some((start, length))
    }

    fn further_dates(&mut self, raw: &Raw<'d>, plan: &mut Plan<'d>) {
        for property in &raw.excluded {
            for value in text::list(property.value()) {
                if let Some(point) = self.point(*property, value) {
                    let mut excluded = std::mem::take(&mut plan.excluded);
                    excluded.add(&point, plan);
                    plan.excluded = excluded;
                }
            }
        }
        for property in &raw.added {
            for value in text::list(property.value()) {
                let (first, rest) = value
                    .split_once('/')
                    .map_or((value, None), |(first, rest)| (first, Some(rest)));
                let Some(point) = self.point(*property, first) else {
                    continue;
                };
                let start = plan.start_of(&point, rest.is_some());
                let length = rest.and_then(|rest| match self.point(*property, rest) {
                    Some(end) => Some(Length::between(
                        &plan.dial,
                        start,
                        instant(&end, &plan.dial),
                    )),
                    None => span(rest, &plan.dial),
                });
                plan.added.push((start, length));
            }
        }
    }
}

fn is_day(raw: &Raw<'_>, dial: &Dial) -> bool {
    let starts_with_day = raw.start.and_then(|start| moment::parse(start.value()));
    dial.kind == TimeKind::Date || matches!(starts_with_day, Some(Moment::Date(_)))
}

/// When a date or time is that belongs to an event on that dial: one that names no zone is meant on
/// the same clock.
fn instant(point: &Point<'_>, dial: &Dial) -> Timestamp {
    match point {
        Point::Day(day) => dial.instant(day.and_time(NaiveTime::MIN)),
        Point::Time(time) if matches!(time.name, Name::Floating | Name::Unknown(_)) => {
            dial.instant(time.wall)
        }
        Point::Time(time) if dial.clock.is_none() => dial.instant(time.wall),
        Point::Time(time) => time.instant(),
    }
}

/// None where it runs backwards, or has weeks after the T, which RFC 5545, 3.3.6 does not allow and
/// which programs read as weeks or as nothing.
fn span(value: &str, dial: &Dial) -> Option<Length> {
    let (_, time) = value.split_once(['T', 't']).unwrap_or_default();
    let duration::Span { days, seconds } = duration::parse(value)?;
    if time.contains(['W', 'w']) || days < 0 || seconds < 0 {
        return None;
    }
    Some(match dial.kind {
        TimeKind::Date => Length {
            days: (days + (seconds + 86_399) / 86_400).max(1),
            seconds: 0,
        },
        _ => Length { days, seconds },
    })
}

/// None where one of them cannot be followed.
fn rules(properties: &[Property<'_>], dial: &Dial) -> Option<Vec<Rule>> {
    properties
        .iter()
        .map(|property| Rule::parse(&until_on(property.value(), dial)).ok())
        .collect()
}

/// The rule with its UNTIL on the clock of the series. Beside a start on the clock of a zone the
/// time of an UNTIL can only be UTC (RFC 5545, 3.3.10), so it is read as UTC, with or without a Z.
fn until_on<'v>(value: &'v str, dial: &Dial) -> Cow<'v, str> {
    let upper = value.to_ascii_uppercase();
    let until = upper.find("UNTIL=").map(|at| at + "UNTIL=".len());
    let until = until
        .filter(|_| dial.kind == TimeKind::Zoned)
        .and_then(|at| {
            let end = value[at..]
                .find(';')
                .map_or(value.len(), |length| at + length);
            match moment::parse(&value[at..end])? {
                Moment::Utc(utc) | Moment::Local(utc) => Some((at, end, utc)),
                Moment::Date(_) => None,
            }
        });
    let Some((at, end, utc)) = until else {
        return value.into();
    };
    let until = match dial.clock {
        Some(Clock::Own(..)) => moment::local(dial.wall(utc.and_utc().into())),
        _ => format!("{}Z", moment::local(utc)),
    };
    format!("{}{until}{}", &value[..at], &value[end..]).into()
}

impl<'d> Plan<'d> {
    /// The wall time of a date that is added to the series; of a period, its first moment.
    fn start_of(&self, point: &Point<'_>, period: bool) -> NaiveDateTime {
        match point {
            Point::Day(day) if period => day.and_time(NaiveTime::MIN),
            Point::Day(day) => day.and_time(self.start.time()),
            Point::Time(time)
                if time.name == Name::Floating || self.name.as_ref() == Some(&time.name) =>
            {
                let at = Some(&Name::Utc) == self.name.as_ref();
                if at {
                    self.dial.wall(time.instant())
                } else {
                    time.wall
                }
            }
            Point::Time(time) if self.dial.clock.is_none() => time.wall,
            Point::Time(time) => self.dial.wall(time.instant()),
        }
    }

    /// Adds the occurrences of a single event or a series; answers whether there are more.
    pub(super) fn list(
        &self,
        draft: &Draft<'_>,
        changes: Option<&Changes<'_, '_>>,
        range: Range,
        found: &mut Vec<Occurrence>,
    ) -> bool {
        let (starts, truncated) = self.starts(changes, range);
        let mut last = None;
        for (wall, own_length) in starts {
            let changed = changes.is_some_and(|changes| changes.own.has(self, wall));
            let excluded = self.repeats && self.excluded.has(self, wall);
            // Two starts that the spring gap moves to one instant are one (RFC 5545, 3.8.5.3).
            let at = self.dial.instant(wall);
            if changed || excluded || last.replace(at) == Some(at) {
                continue;
            }
            let onwards =
                changes.and_then(|changes| changes.onwards.iter().rev().find(|one| one.from < at));
            let shifted = onwards
                .and_then(|one| wall.checked_add_signed(one.by))
                .unwrap_or(wall);
            let length = onwards
                .map(|one| one.length)
                .or(own_length)
                .unwrap_or(self.length);
            let original = self.repeats.then_some(wall);
            self.push(
                draft,
                (shifted, length),
                original.map(|wall| self.dial.mark(wall)),
                range,
                found,
            );
        }
        truncated
    }

    /// Adds a changed occurrence, unless its series leaves it out.
    pub(super) fn changed(
        &self,
        draft: &Draft<'_>,
        original: &Point<'_>,
        home: Option<&Plan<'_>>,
        excluded: &Names,
        range: Range,
        found: &mut Vec<Occurrence>,
    ) {
        let series = home.map(|home| (home, home.start_of(original, false)));
        if series.is_some_and(|(home, wall)| excluded.has(home, wall)) {
            return;
        }
        let mark = match series {
            Some((home, wall)) => home.dial.mark(wall),
            None => self.dial.mark(self.start_of(original, false)),
        };
        self.push(draft, (self.start, self.length), Some(mark), range, found);
    }

    /// What a change of this and all later occurrences does to the later ones.
    pub(super) fn onwards(&self, original: &Point<'_>, change: &Plan<'_>) -> Option<Onwards> {
        let wall = self.start_of(original, false);
        let moved = if change.name == self.name {
            change.start
        } else {
            self.dial.wall(change.dial.instant(change.start))
        };
        Some(Onwards {
            from: self.dial.instant(wall),
            by: moved - wall,
            length: change.length,
        })
    }

    /// Every start that may matter, with a length where it has its own; whether there are more.
    fn starts(
        &self,
        changes: Option<&Changes<'_, '_>>,
        range: Range,
    ) -> (BTreeMap<NaiveDateTime, Option<Length>>, bool) {
        if !self.repeats {
            return (BTreeMap::from([(self.start, None)]), false);
        }
        let shifts = changes.into_iter().flat_map(|changes| &changes.onwards);
        let longest = self
            .added
            .iter()
            .filter_map(|added| added.1)
            .chain([self.length])
            .map(Length::most)
            .max();
        let (mut before, mut after) = (longest.unwrap_or_default(), CLOCK_CHANGE);
        for shift in shifts {
            before = before.max(shift.by + shift.length.most());
            after = after.max(CLOCK_CHANGE - shift.by);
        }
        let from = self
            .dial
            .wall(self.dial.edge(range.from) - before - CLOCK_CHANGE);
        let to = self.dial.wall(self.dial.edge(range.to) + after);
        let mut truncated = false;
        let mut starts: BTreeMap<NaiveDateTime, Option<Length>> = BTreeMap::new();
        let zone = self.zone();
        let none = Recurrence::default();
        let only_start = self
            .rules
            .is_empty()
            .then(|| none.expand(self.start, zone, from, to, 1));
        let ruled = self.rules.iter().map(|rule| {
            let recurrence = Recurrence {
                rule: Some(rule.clone()),
                ..Recurrence::default()
            };
            recurrence.expand(
                self.start,
                zone,
                from,
                to,
                range.limit.saturating_add(BESIDE),
            )
        });
        for expansion in ruled.chain(only_start) {
            truncated |= expansion.truncated;
            starts.extend(expansion.starts.into_iter().map(|wall| (wall, None)));
        }
        let added = self
            .added
            .iter()
            .filter(|added| from <= added.0 && added.0 < to);
        added.for_each(|(wall, length)| {
            let entry = starts.entry(*wall).or_default();
            *entry = entry.or(*length);
        });
        (starts, truncated)
    }

    /// The zone that an UNTIL in UTC is read in.
    fn zone(&self) -> Tz {
        match self.dial.clock {
            Some(Clock::Zone(zone)) => zone,
            _ => Tz::UTC,
        }
    }

    fn push(
        &self,
        draft: &Draft<'_>,
        (wall, length): (NaiveDateTime, Length),
        recurrence_id: Option<super::Mark>,
        range: Range,
        found: &mut Vec<Occurrence>,
    ) {
        let (start, end) = (self.dial.mark(wall), self.dial.end(wall, length));
        let (from, to) = (self.dial.edge(range.from), self.dial.edge(range.to));
        let inside = start.order() < to && (end.order() > from || start.order() >= from);
        if inside {
            found.push(Occurrence {
                uid: draft.uid.clone(),
                line: draft.line,
                recurrence_id,
                start,
                end,
                kind: self.dial.kind,
                zone: self.dial.zone.clone(),
            });
        }
    }
}
