//! The rule of a series and its single dates, in the wall time of the series.

use berth_core::time::localise;
use berth_core::{Recurrence, Rule, Timestamp, When};
use chrono::{NaiveDateTime, NaiveTime, TimeDelta};
use chrono_tz::Tz;

use super::draft::Reader;
use super::point::{Name, Point, Time};
use super::raw::Raw;
use super::stretch::Stretch;
use crate::document::Property;
use crate::issue::{IssueKind, quote};
use crate::value::moment::{self, Moment};
use crate::value::text;

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
        self.unsupported(
            raw.rules.get(1),
            "an event can have one rule; this further one was not followed",
        );
        self.unsupported(
            raw.excluding_rules.first(),
            "rules that exclude (EXRULE) were not followed",
        );
        let rule = raw.rules.first().and_then(|rule| self.rule(*rule, home));
        let added = self.dates(&raw.added, home);
        if rule.is_none() && added.is_empty() {
            return None;
        }
        Some(Recurrence {
            rule,
            added,
            excluded: self.dates(&raw.excluded, home),
        })
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
