mod corners;
mod oracle;
mod sample_week;
mod speed;
mod vectors;
mod window_oracle;
mod windows;

use std::num::NonZeroU32;

use chrono::NaiveDate;
use chrono_tz::{Europe::Berlin, Tz};

use super::*;
use crate::time::localise;

const STAGING: EnvironmentId = EnvironmentId(1);
const PRODUCTION: EnvironmentId = EnvironmentId(2);
const INTEGRATION: EnvironmentId = EnvironmentId(3);

const INFRA: TeamId = TeamId(1);
const PERF: TeamId = TeamId(2);
const QA: TeamId = TeamId(3);
const APP: TeamId = TeamId(4);
const DB: TeamId = TeamId(5);
const FRONTEND: TeamId = TeamId(6);

fn capacity(environment: EnvironmentId) -> u32 {
    if environment == INTEGRATION { 2 } else { 1 }
}

/// Days of September 2026 in Berlin: `"17 09:00"`; `"16 24:00"` is the end of the 16th.
fn at(text: &str) -> Timestamp {
    wall(9, text, Berlin)
}

fn wall(month: u32, text: &str, zone: Tz) -> Timestamp {
    let (day, time) = text.split_once(' ').unwrap();
    let (hour, minute) = time.split_once(':').unwrap();
    let minutes = hour.parse::<i64>().unwrap() * 60 + minute.parse::<i64>().unwrap();
    let date = NaiveDate::from_ymd_opt(2026, month, day.parse().unwrap()).unwrap();
    localise(
        date.and_hms_opt(0, 0, 0).unwrap() + chrono::TimeDelta::minutes(minutes),
        zone,
    )
}

/// A confirmed, exclusive hold on staging without buffers, unless changed.
fn hold(team: TeamId, start: &str, end: &str) -> Hold {
    Hold {
        environment: STAGING,
        team,
        plan: None,
        start: at(start),
        end: at(end),
        set_up: 0,
        clean_up: 0,
        units: None,
        confirmed: true,
    }
}

impl Hold {
    fn on(self, environment: EnvironmentId) -> Self {
        Self {
            environment,
            ..self
        }
    }
    fn units(self, units: u32) -> Self {
        Self {
            units: NonZeroU32::new(units),
            ..self
        }
    }
    fn plan(self, plan: u32) -> Self {
        Self {
            plan: NonZeroU32::new(plan),
            ..self
        }
    }
    fn set_up(self, hours: u32) -> Self {
        Self {
            set_up: hours * 3600,
            ..self
        }
    }
    fn clean_up(self, hours: u32) -> Self {
        Self {
            clean_up: hours * 3600,
            ..self
        }
    }
    fn tentative(self) -> Self {
        Self {
            confirmed: false,
            ..self
        }
    }
}

/// What a test expects: kind, severity, start, end, members.
type Expected<'a> = (ConflictKind, Severity, &'a str, &'a str, &'a [u32]);

#[track_caller]
fn check(what: &str, holds: &[Hold], expected: &[Expected]) {
    let found = conflicts(holds, capacity);
    let found: Vec<_> = found
        .iter()
        .map(|c| {
            (
                c.kind,
                c.severity,
                c.range.start(),
                c.range.end(),
                c.members.as_slice(),
            )
        })
        .collect();
    let expected: Vec<_> = expected
        .iter()
        .map(|&(kind, severity, start, end, members)| (kind, severity, at(start), at(end), members))
        .collect();
    assert_eq!(found, expected, "{what}");
}

/// Infra Tue and Wed, Perf Thu and Fri: no two at once.
fn quiet_week() -> Vec<Hold> {
    vec![
        hold(INFRA, "15 09:00", "15 13:00"),
        hold(INFRA, "16 09:00", "16 13:00"),
        hold(PERF, "17 09:00", "17 13:00"),
        hold(PERF, "18 09:00", "18 13:00"),
    ]
}
