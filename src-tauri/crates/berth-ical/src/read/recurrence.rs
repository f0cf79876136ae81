//! The rule of a series and its single dates, in the wall time of the series.

use berth_core::time::localise;
use berth_core::{Recurrence, Rule, Timestamp, When};
use chrono::{NaiveDateTime, NaiveTime, TimeDelta};
use chrono_tz::Tz;

use super::draft::Reader;
use super::point::{Name, Point, Time};
use super::raw::Raw;
use super::several::Period;
use super::stretch::Stretch;
use crate::document::Property;
use crate::issue::{IssueKind, quote};
use crate::value::moment::{self, Moment};
use crate::value::{duration, text};

/// A further rule of an event is written out for so many dates: weekly, that is 38 years.
const DATES_OF_RULE: usize = 2000;

/// So many for all of a file.
pub(super) const DATES_OF_FILE: usize = 100_000;

impl<'d> Reader<'d> {
    /// What makes an event a series; `None` for a single event, for a changed occurrence, and where
    /// the rule cannot be followed and there are no dates either.
    pub(super) fn recurrence(
        &mut self,
        raw: &Raw<'d>,
        home: &Stretch<'_>,
        changed: bool,
    ) -> Option<Recurrence> {
        if changed {
            let rule = raw.rules.first();
            self.unsupported(rule, "the rule of a changed occurrence was ignored");
            return None;
        }
        let mut rules: Vec<(Property<'d>, Rule)> = Vec::new();
        for property in &raw.rules {
            rules.extend(self.rule(*property, home).map(|rule| (*property, rule)));
        }
        let main = rules.iter().position(|(_, rule)| !rule.ends()).unwrap_or(0);
        let rule = (main < rules.len()).then(|| rules.remove(main).1);
        let zone = home.when.zone(self.floating);
        let mut recurrence = Recurrence {
            rule,
            added: self.dates(&raw.added, home),
            excluded: Vec::new(),
        };
        for (property, rule) in rules {
            let main = recurrence.rule.clone();
            let is_new = |at: NaiveDateTime| {
                let next = at + TimeDelta::seconds(1);
                let starts = |main: &Rule| main.starts(home.when.start(), zone, at, next, 1).starts;
                at != home.when.start() && main.as_ref().is_none_or(|main| starts(main).is_empty())
            };
            let dates = self.written_out(property, &rule, home, NaiveDateTime::MAX, is_new);
            recurrence.added.extend(dates);
        }
        if recurrence.rule.is_none() && recurrence.added.is_empty() {
            return None;
        }
        let excluded = self.excluding(raw, home, &recurrence);
        recurrence.excluded = self.dates(&raw.excluded, home);
        recurrence.excluded.extend(excluded);
        Some(recurrence)
    }

    /// The dates that rules take out of a series (EXRULE, of RFC 2445).
    fn excluding(
        &mut self,
        raw: &Raw<'d>,
        home: &Stretch<'_>,
        series: &Recurrence,
    ) -> Vec<NaiveDateTime> {
        let (start, zone) = (home.when.start(), home.when.zone(self.floating));
        let has = |at: NaiveDateTime| {
            let next = at + TimeDelta::seconds(1);
            !series.expand(start, zone, at, next, 1).starts.is_empty()
        };
        if raw.excluding_rules.is_empty() {
            return Vec::new();
        }
        let last = series.last_start(start, zone, DATES_OF_RULE);
        let end = last.map_or(NaiveDateTime::MAX, |last| last + TimeDelta::seconds(1));
        let mut excluded = Vec::new();
        for property in &raw.excluding_rules {
            match Rule::parse(property.value()) {
                Ok(rule) => {
                    excluded.extend(self.written_out(*property, &rule, home, end, has));
                }
                Err(error) => self.issues.add(property.line(), IssueKind::Recurrence, || {
                    let value = quote(property.value());
                    format!("the rule {value} that excludes dates was not followed: {error}")
                }),
            }
        }
        excluded
    }

    /// The dates of a rule for which Berth has no place beside the first, one by one: those
    /// before a time that are `wanted`.
    fn written_out(
        &mut self,
        property: Property<'d>,
        rule: &Rule,
        home: &Stretch<'_>,
        before: NaiveDateTime,
        wanted: impl Fn(NaiveDateTime) -> bool,
    ) -> Vec<NaiveDateTime> {
        let (start, zone) = (home.when.start(), home.when.zone(self.floating));
        let limit = DATES_OF_RULE.min(self.dates);
        let found = rule.starts(start, zone, NaiveDateTime::MIN, before, limit);
        self.dates -= found.starts.len();
        let end = found.starts.last().copied().unwrap_or(start);
        self.issues.add(property.line(), IssueKind::Recurrence, || {
            let whose = match property.name() {
                "EXRULE" => "rules that exclude (EXRULE) are no part of iCalendar any more; the dates of this one were taken out one by one",
                _ => "an event should have one rule; the dates of this further one were added one by one",
            };
            if found.truncated {
                format!("{whose}, up to {}", end.date())
            } else {
                whose.to_owned()
            }
        });
        found.starts.into_iter().filter(|at| wanted(*at)).collect()
    }

    /// Added dates that are written as periods with a length unlike that of the series (RFC 5545,
    /// 3.8.5.2).
    pub(super) fn periods(&mut self, raw: &Raw<'d>, home: &Stretch<'_>) -> Vec<Period> {
        let When::Timed { zone, .. } = home.when else {
            return Vec::new();
        };
        let mut periods = Vec::new();
        for property in &raw.added {
            for value in text::list(property.value()) {
                let Some((first, rest)) = value.split_once('/') else {
                    continue;
                };
                let Some(point @ Point::Time(_)) = self.point(*property, first) else {
                    continue;
                };
                let start = in_series(&point, home, self.floating);
                let Some(end) = self.end_of_period(*property, start, zone, rest) else {
                    self.issues.add(property.line(), IssueKind::Recurrence, || {
                        format!(
                            "the length of {} cannot be read; it got that of the series",
                            quote(value)
                        )
                    });
                    continue;
                };
                let (from, series) = (localise(start, zone), home.when.starting(start));
                if end > from && series.instants(zone).1 != end {
                    let line = property.line();
                    let when = exactly(start, end, zone);
                    periods.push(Period { line, start, when });
                }
            }
        }
        periods
    }

    fn end_of_period(
        &mut self,
        property: Property<'d>,
        start: NaiveDateTime,
        zone: Tz,
        rest: &str,
    ) -> Option<Timestamp> {
        if let Some(span) = duration::parse(rest) {
            let last = start.checked_add_signed(TimeDelta::days(span.days))?;
            return Some(localise(last, zone) + TimeDelta::seconds(span.seconds));
        }
        match self.point(property, rest)? {
            Point::Time(end) => Some(end.instant()),
            Point::Day(_) => None,
        }
    }

    fn unsupported(&mut self, property: Option<&Property<'_>>, text: &str) {
        if let Some(property) = property {
            self.issues
                .add(property.line(), IssueKind::Recurrence, || text.to_owned());
        }
    }

    fn rule(&mut self, property: Property<'d>, home: &Stretch<'_>) -> Option<Rule> {
        let why = match Rule::parse(property.value()) {
            Ok(rule) if !rule.sub_daily() => {
                return Some(until_as_required(&rule, home.when, self.floating));
            }
            Ok(_) => "it repeats more often than daily".to_owned(),
            Err(error) => error.to_string(),
        };
        self.issues.add(property.line(), IssueKind::Recurrence, || {
            format!(
                "the rule {} was kept but is not followed, and the event is shown once: {why}",
                quote(property.value())
            )
        });
        None
    }

    fn dates(&mut self, properties: &[Property<'d>], home: &Stretch<'_>) -> Vec<NaiveDateTime> {
        let mut dates = Vec::new();
        for property in properties {
            for value in text::list(property.value()).filter(|value| !value.trim().is_empty()) {
                match self.point(*property, value) {
                    Some(point) => dates.push(in_series(&point, home, self.floating)),
                    None => self.issues.add(property.line(), IssueKind::Recurrence, || {
                        format!(
                            "{} in {} is not a date or time and was left out",
                            quote(value),
                            property.name()
                        )
                    }),
                }
            }
        }
        dates
    }
}

/// From a wall time to an instant on one clock; in UTC where the clock of the series cannot say it, as
/// in the hour that the autumn repeats.
fn exactly(start: NaiveDateTime, end: Timestamp, zone: Tz) -> When {
    let on = |zone: Tz, start, end| When::Timed { start, end, zone };
    let last = end.wall(zone);
    if localise(last, zone) == end && last >= start {
        on(zone, start, last)
    } else {
        on(
            Tz::UTC,
            localise(start, zone).wall(Tz::UTC),
            end.wall(Tz::UTC),
        )
    }
}

/// The wall time that a series has for a date or time that was written in another way: as a date
/// where the series has times, in UTC or another zone, or the other way round.
pub(super) fn in_series(point: &Point<'_>, home: &Stretch<'_>, floating: Tz) -> NaiveDateTime {
    match (home.when, point) {
        (When::AllDay { .. }, Point::Day(day)) => day.and_time(NaiveTime::MIN),
        (When::AllDay { .. }, Point::Time(time)) => day_of(time, floating).and_time(NaiveTime::MIN),
        (When::Timed { start, .. }, Point::Day(day)) => day.and_time(start.time()),
        (When::Timed { start, zone, .. }, Point::Time(time)) => {
            if time.name == Name::Floating || home.name.as_ref() == Some(&time.name) {
                time.wall + home.shift
            } else {
                on_clock(time.instant(), zone, start)
            }
        }
    }
}

/// The day that a time means for a series of whole days. In UTC, midnight means the day itself to
/// some programs; to others the local midnight is that day, whatever it is in UTC.
fn day_of(time: &Time<'_>, floating: Tz) -> chrono::NaiveDate {
    if time.name == Name::Utc && time.wall.time() != NaiveTime::MIN {
        return time.instant().wall(floating).date();
    }
    time.wall.date()
}

/// The wall time of an instant in the zone of a series. A start that falls into the spring gap has
/// two, and the one the rule gives has the time of day of the first start.
fn on_clock(at: Timestamp, zone: Tz, start: NaiveDateTime) -> NaiveDateTime {
    let shown = at.wall(zone);
    let ruled = shown.date().and_time(start.time());
    if localise(ruled, zone) == at {
        ruled
    } else {
        shown
    }
}

/// The rule with its UNTIL in the form that RFC 5545, 3.3.10 requires and Outlook insists on: a
/// date for whole days, UTC for times. The dates it gives are the same. `zone` is that of the
/// environment, which whole days are in.
///
/// Rules that are kept in this form come back from an exported file as they were.
#[must_use]
pub fn until_as_required(rule: &Rule, when: When, zone: Tz) -> Rule {
    let text = rule.to_string();
    let Some((before, rest)) = text.split_once("UNTIL=") else {
        return rule.clone();
    };
    let (value, after) = rest.split_at(rest.find(';').unwrap_or(rest.len()));
    let required = moment::parse(value).map(|until| required_until(until, when, zone));
    let changed =
        required.and_then(|until| Rule::parse(&format!("{before}UNTIL={until}{after}")).ok());
    changed.unwrap_or_else(|| rule.clone())
}

fn required_until(until: Moment, when: When, environment: Tz) -> String {
    match (when, until) {
        (When::AllDay { .. }, Moment::Utc(utc)) => {
            let shown = Timestamp::from(utc.and_utc()).wall(environment);
            moment::day(
                if utc.time() == NaiveTime::MIN {
                    utc
                } else {
                    shown
                }
                .date(),
            )
        }
        (When::AllDay { .. }, until) => moment::day(until.wall().date()),
        (When::Timed { .. }, Moment::Utc(utc)) => format!("{}Z", moment::local(utc)),
        (When::Timed { zone, .. }, Moment::Local(wall)) => in_utc(wall, zone),
        (When::Timed { zone, .. }, Moment::Date(date)) => in_utc(
            date.and_time(NaiveTime::MIN) + TimeDelta::seconds(86_399),
            zone,
        ),
    }
}

fn in_utc(wall: NaiveDateTime, zone: Tz) -> String {
    format!("{}Z", moment::local(localise(wall, zone).wall(Tz::UTC)))
}
