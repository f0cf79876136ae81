//! The sample week: two environments, five teams, four conflicts.

use berth_core::time::{Tz, localise};
use berth_core::{Booking, Kind, Status, TeamId, Timestamp, When};
use chrono::{NaiveDateTime, TimeDelta};

use crate::setup::{new_environment, new_team};
use crate::wire::Settings;
use crate::{Berth, Result};

/// The time at which the sample week is looked at: its Monday morning, when all of it is ahead.
pub const DEMO_NOW: &str = "2026-09-14T07:20:00Z";

/// The Monday of the sample week.
pub(crate) const FIRST_DAY: &str = "2026-09-14";

const ZONE: Tz = Tz::Europe__Berlin;
const TEAMS: [&str; 6] = ["Infra", "Perf", "QA", "App", "DB", "Frontend"];

/// One line of the sample week.
struct Line {
    environment: i64,
    team: &'static str,
    title: &'static str,
    start: &'static str,
    end: &'static str,
    kind: Kind,
    tentative: bool,
    clean_up: i64,
    plan: &'static str,
    notes: &'static str,
}

const STAGING: Line = Line {
    environment: 1,
    team: "Infra",
    title: "infrastructure changes",
    start: "",
    end: "",
    kind: Kind::Test,
    tentative: false,
    clean_up: 0,
    plan: "",
    notes: "",
};

const DEPLOYMENT: Line = Line {
    environment: 2,
    kind: Kind::Deploy,
    plan: "deployment",
    ..STAGING
};
const RELEASE: Line = Line {
    environment: 2,
    kind: Kind::Deploy,
    plan: "services release",
    ..STAGING
};

const WEEK: &[Line] = &[
    Line {
        kind: Kind::Maintenance,
        start: "15T09:00",
        end: "15T13:00",
        ..STAGING
    },
    Line {
        kind: Kind::Maintenance,
        start: "16T09:00",
        end: "16T13:00",
        ..STAGING
    },
    Line {
        team: "Perf",
        title: "performance tests",
        start: "17T09:00",
        end: "17T13:00",
        ..STAGING
    },
    Line {
        team: "Perf",
        title: "performance tests",
        start: "18T09:00",
        end: "18T13:00",
        clean_up: 120,
        ..STAGING
    },
    Line {
        team: "QA",
        title: "acceptance hold",
        start: "15T09:00",
        end: "17T17:00",
        ..STAGING
    },
    Line {
        title: "extra time",
        start: "18T13:30",
        end: "18T15:30",
        tentative: true,
        ..STAGING
    },
    Line {
        title: "dry run",
        start: "16T15:00",
        end: "16T15:30",
        ..DEPLOYMENT
    },
    Line {
        title: "deployment: infrastructure",
        start: "16T22:00",
        end: "16T22:30",
        notes: "Decide by 22:20 whether to go on.",
        ..DEPLOYMENT
    },
    Line {
        team: "App",
        title: "deployment: application",
        start: "16T22:30",
        end: "16T23:30",
        ..DEPLOYMENT
    },
    Line {
        team: "App",
        title: "deployment: watch",
        start: "16T23:30",
        end: "17T00:00",
        kind: Kind::Watch,
        ..DEPLOYMENT
    },
    Line {
        team: "DB",
        title: "services release: database",
        start: "17T20:00",
        end: "17T20:30",
        ..RELEASE
    },
    Line {
        title: "services release: infrastructure",
        start: "17T20:45",
        end: "17T21:15",
        ..RELEASE
    },
    Line {
        team: "Frontend",
        title: "services release: frontend",
        start: "17T21:30",
        end: "17T22:00",
        ..RELEASE
    },
    Line {
        team: "App",
        title: "release",
        start: "18T14:00",
        end: "18T15:00",
        plan: "",
        ..RELEASE
    },
];

/// Fills an empty store with the sample week.
pub(crate) fn fill(berth: &mut Berth) -> Result<()> {
    let booked = at("07T08:12");
    let who = "demo".to_owned();
    berth.store.write_unrecorded(|writer| -> Result<()> {
        let staging = berth_core::Environment {
            owner: "Infra coordinator".into(),
            aliases: vec!["stg".into()],
            ..new_environment("staging", ZONE)
        };
        writer.put_environment(&staging)?;
        writer.put_environment(&berth_core::Environment {
            owner: "Release manager".into(),
            ..new_environment("production", ZONE)
        })?;
        for name in TEAMS {
            let known = writer.teams()?;
            writer.put_team(&berth_core::Team {
                mine: name == "Infra",
                ..new_team(name, &known)
            })?;
        }
        let teams = writer.teams()?;
        for (line, n) in WEEK.iter().zip(0_i32..) {
            let team = teams
                .iter()
                .find(|team| team.name == line.team)
                .map_or(TeamId(1), |team| team.id);
            writer.put_booking(&booking(
                line,
                team,
                booked + TimeDelta::minutes((n * 7).into()),
            ))?;
        }
        Ok(())
    })?;
    berth.options.who = who;
    berth.save_settings(&Settings {
        zone: Some(ZONE.name().into()),
        ..Settings::default()
    })
}

fn booking(line: &Line, team: TeamId, created: Timestamp) -> Booking {
    Booking {
        environment: berth_core::EnvironmentId(line.environment),
        team,
        when: When::Timed {
            start: wall(line.start),
            end: wall(line.end),
            zone: ZONE,
        },
        title: line.title.into(),
        notes: line.notes.into(),
        status: if line.tentative {
            Status::Tentative
        } else {
            Status::Confirmed
        },
        clean_up: TimeDelta::minutes(line.clean_up),
        kind: line.kind,
        plan: Some(line.plan)
            .filter(|plan| !plan.is_empty())
            .map(Into::into),
        ..crate::booking::blank(created)
    }
}

fn wall(text: &str) -> NaiveDateTime {
    crate::booking::parse_wall(&format!("2026-09-{text}")).unwrap_or_default()
}

fn at(text: &str) -> Timestamp {
    localise(wall(text), ZONE)
}
