mod buffers;
mod overlaps;

use chrono::NaiveDateTime;
use chrono_tz::Europe::Berlin;

use super::*;
use crate::conflict::{Hold, conflicts};
use crate::time::localise;
use crate::words::Language;
use crate::{EnvironmentId, TeamId};

/// Berlin: `"2026-09-17 09:00"`, or only `"17 09:00"` in September 2026.
fn at(text: &str) -> Timestamp {
    let full = if text.len() < 10 {
        format!("2026-09-{text}")
    } else {
        text.to_owned()
    };
    localise(
        NaiveDateTime::parse_from_str(&full, "%Y-%m-%d %H:%M").unwrap(),
        Berlin,
    )
}

fn member(team: &'static str, start: &str, end: &str) -> Member<'static> {
    Member {
        team,
        title: "",
        start: at(start),
        end: at(end),
        set_up: TimeDelta::zero(),
        clean_up: TimeDelta::zero(),
        units: None,
        confirmed: true,
        plan: None,
        created: at("10 10:00"),
    }
}

impl Member<'static> {
    fn titled(self, title: &'static str) -> Self {
        Self { title, ..self }
    }
    fn created(self, text: &str) -> Self {
        Self {
            created: at(text),
            ..self
        }
    }
    fn units(self, units: u32) -> Self {
        Self {
            units: NonZeroU32::new(units),
            ..self
        }
    }
    fn plan(self, plan: &'static str) -> Self {
        Self {
            plan: Some(plan),
            ..self
        }
    }
    fn tentative(self) -> Self {
        Self {
            confirmed: false,
            ..self
        }
    }
    fn set_up(self, hours: i64) -> Self {
        Self {
            set_up: TimeDelta::hours(hours),
            ..self
        }
    }
    fn clean_up(self, hours: i64) -> Self {
        Self {
            clean_up: TimeDelta::hours(hours),
            ..self
        }
    }
}

/// Finds the conflicts among the members by the rules and puts each into words.
fn told(environment: &str, capacity: u32, all: &[Member]) -> String {
    let mut teams: Vec<&str> = all.iter().map(|member| member.team).collect();
    teams.sort_unstable();
    teams.dedup();
    let hold = |member: &Member| Hold {
        environment: EnvironmentId(1),
        team: TeamId(teams.binary_search(&member.team).unwrap() as i64),
        plan: member.plan.and(NonZeroU32::new(1)),
        start: member.start,
        end: member.end,
        set_up: member.set_up.num_seconds() as u32,
        clean_up: member.clean_up.num_seconds() as u32,
        units: member.units,
        confirmed: member.confirmed,
    };
    let holds: Vec<Hold> = all.iter().map(hold).collect();
    let found = conflicts(&holds, |_| capacity);
    let words = found.iter().map(|conflict| {
        let members: Vec<Member> = conflict.members.iter().map(|&i| all[i as usize]).collect();
        let situation = Situation {
            environment,
            capacity,
            contact: "Infra coordinator",
            kind: conflict.kind,
            severity: conflict.severity,
            range: conflict.range,
            members: &members,
            window: "",
            phrasing: Phrasing {
                zone: Berlin,
                now: at("11 12:00"),
                hour12: false,
                language: Language::English,
            },
        };
        format!(
            "{:?} {}\n{}\n",
            conflict.severity,
            headline(&situation),
            explanation(&situation)
        )
    });
    words.collect::<Vec<_>>().join("")
}

#[track_caller]
fn check(environment: &str, capacity: u32, members: &[Member], expected: &str) {
    let trimmed: Vec<&str> = expected
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    assert_eq!(
        told(environment, capacity, members).trim_end(),
        trimmed.join("\n")
    );
}

#[test]
fn over_midnight_and_years() {
    let infra = member("Infra", "15 09:00", "17 17:00");
    check(
        "staging",
        1,
        &[infra, member("QA", "14 09:00", "18 00:00")],
        r#"
        Error staging, Tue 15 Sep 09:00 – Thu 17 Sep 17:00 (2 days 8 h): QA and Infra both hold it.
        staging has capacity 1; both are confirmed and exclusive. Contact: Infra coordinator.
    "#,
    );
    let new_year = ["Infra", "QA"].map(|team| member(team, "2026-12-31 22:00", "2027-01-01 02:00"));
    check(
        "staging",
        1,
        &new_year,
        r#"
        Error staging, Thu 31 Dec 22:00 – Fri 1 Jan 2027 02:00 (4 h): Infra and QA both hold it.
        staging has capacity 1; both are confirmed and exclusive. Contact: Infra coordinator.
    "#,
    );
    let perf = member("Perf", "18 20:00", "18 23:00").clean_up(4);
    check(
        "staging",
        1,
        &[perf, member("Infra", "18 23:30", "19 06:00")],
        r#"
        Warning staging, Fri 18 Sep 23:30 – Sat 19 Sep 03:00 (3 h 30 min): Perf's clean-up runs into Infra's booking.
        Perf needs 4 h after its booking (until Sat 19 Sep 03:00); Infra starts at 23:30. Contact: Infra coordinator.
    "#,
    );
}

#[test]
fn windows() {
    let members = [member("App", "16 22:00", "17 00:00")];
    let freeze = Situation {
        environment: "production",
        capacity: 1,
        contact: "",
        kind: ConflictKind::Freeze,
        severity: Severity::Error,
        range: TimeRange::new(at("16 23:00"), at("17 00:00")).unwrap(),
        members: &members,
        window: "quarter end",
        phrasing: Phrasing {
            zone: Berlin,
            now: at("11 12:00"),
            hour12: true,
            language: Language::English,
        },
    };
    let outside = Situation {
        kind: ConflictKind::OutsideWindow,
        window: "",
        contact: "Ops.",
        ..freeze
    };
    for (situation, first, second) in [
        (
            freeze,
            "production, Wed 16 Sep 11:00 pm–midnight (1 h): App falls into a freeze.",
            "production is frozen then (\"quarter end\"). Move it out of the freeze, or ask for an exception.",
        ),
        (
            outside,
            "production, Wed 16 Sep 11:00 pm–midnight (1 h): App lies outside the allowed windows.",
            "production allows this only in its windows. Move it inside a window, or ask for another one. Contact: Ops.",
        ),
    ] {
        assert_eq!(headline(&situation), first);
        assert_eq!(explanation(&situation), second);
    }
}
