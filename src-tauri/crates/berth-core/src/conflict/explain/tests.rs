use chrono::NaiveDateTime;
use chrono_tz::Europe::Berlin;

use super::*;
use crate::conflict::{Hold, conflicts};
use crate::time::localise;
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
fn two_exclusive() {
    let infra = member("Infra", "17 09:00", "17 13:00");
    let perf = member("Perf", "17 09:00", "17 13:00").created("7 08:12");
    check(
        "staging",
        1,
        &[infra, perf],
        r#"
        Error staging, Thu 17 Sep 09:00–13:00 (4 h): Infra and Perf both hold it.
        staging has capacity 1; both are confirmed and exclusive. Perf booked first (Mon 08:12). Contact: Infra coordinator.
    "#,
    );
    check(
        "staging",
        1,
        &[infra.tentative(), perf],
        r#"
        Warning staging, Thu 17 Sep 09:00–13:00 (4 h): Infra and Perf both hold it.
        staging has capacity 1; both are exclusive. Infra is tentative and yields. Perf booked first (Mon 08:12). Contact: Infra coordinator.
    "#,
    );
    check(
        "staging",
        1,
        &[infra.tentative(), perf.tentative()],
        r#"
        Warning staging, Thu 17 Sep 09:00–13:00 (4 h): Infra and Perf both hold it.
        staging has capacity 1; both are exclusive. Both are tentative. Perf booked first (Mon 08:12). Contact: Infra coordinator.
    "#,
    );
    check(
        "staging",
        1,
        &[infra, perf.created("10 10:00")],
        r#"
        Error staging, Thu 17 Sep 09:00–13:00 (4 h): Infra and Perf both hold it.
        staging has capacity 1; both are confirmed and exclusive. Contact: Infra coordinator.
    "#,
    );
}

#[test]
fn three_and_many() {
    let infra = member("Infra", "17 09:00", "17 10:00").created("2 09:00");
    let (perf, qa) = (
        member("Perf", "17 09:00", "17 10:00"),
        member("QA", "17 09:00", "17 10:00"),
    );
    check(
        "staging",
        1,
        &[infra, perf, qa],
        r#"
        Error staging, Thu 17 Sep 09:00–10:00 (1 h): Infra, Perf and QA all hold it.
        staging has capacity 1; all are confirmed and exclusive. Infra booked first (Wed 2 Sep 09:00). Contact: Infra coordinator.
    "#,
    );
    check(
        "staging",
        1,
        &[infra.tentative(), perf, qa.tentative()],
        r#"
        Warning staging, Thu 17 Sep 09:00–10:00 (1 h): Infra, Perf and QA all hold it.
        staging has capacity 1; all are exclusive. Infra and QA are tentative and yield. Infra booked first (Wed 2 Sep 09:00). Contact: Infra coordinator.
    "#,
    );
    let others = ["App", "DB", "Frontend"].map(|team| member(team, "17 09:00", "17 10:00"));
    check(
        "staging",
        1,
        &[infra, perf, qa, others[0], others[1], others[2]],
        r#"
        Error staging, Thu 17 Sep 09:00–10:00 (1 h): Infra, Perf, QA and 3 others all hold it.
        staging has capacity 1; all are confirmed and exclusive. Infra booked first (Wed 2 Sep 09:00). Contact: Infra coordinator.
    "#,
    );
}

#[test]
fn shared_units() {
    let one = |team| member(team, "17 10:30", "17 11:00").units(1);
    check(
        "integration",
        2,
        &[one("A"), one("B"), one("C")],
        r#"
        Error integration, Thu 17 Sep 10:30–11:00 (30 min): A, B and C all hold it.
        integration has capacity 2; A, B and C together need 3. All are confirmed. Contact: Infra coordinator.
    "#,
    );
    check(
        "integration",
        2,
        &[member("App", "17 10:30", "17 11:00"), one("A")],
        r#"
        Error integration, Thu 17 Sep 10:30–11:00 (30 min): App and A both hold it.
        integration has capacity 2; App is exclusive, A needs 1. Both are confirmed. Contact: Infra coordinator.
    "#,
    );
    check(
        "integration",
        2,
        &[
            member("App", "17 10:30", "17 11:00"),
            one("A"),
            one("B").tentative(),
        ],
        r#"
        Error integration, Thu 17 Sep 10:30–11:00 (30 min): App, A and B all hold it.
        integration has capacity 2; App is exclusive, A and B need 2. B is tentative and yields. Contact: Infra coordinator.
    "#,
    );
    check(
        "integration",
        2,
        &[one("QA").units(3)],
        r#"
        Warning integration, Thu 17 Sep 10:30–11:00 (30 min): QA takes more than it has.
        integration has capacity 2; QA alone needs 3. Take fewer units, or raise the capacity. Contact: Infra coordinator.
    "#,
    );
    let steps = [
        one("A").units(2).plan("p"),
        one("B").units(2).plan("p"),
        one("C"),
    ];
    check(
        "integration",
        2,
        &steps,
        r#"
        Error integration, Thu 17 Sep 10:30–11:00 (30 min): A, B and C all hold it.
        integration has capacity 2; A, B and C together need 3. All are confirmed. Contact: Infra coordinator.
    "#,
    );
}

#[test]
fn one_team() {
    let infra = |title| member("Infra", "17 12:00", "17 13:00").titled(title);
    check(
        "staging",
        1,
        &[infra("a"), infra("b")],
        r#"
        Info staging, Thu 17 Sep 12:00–13:00 (1 h): Infra holds it twice.
        staging has capacity 1; both bookings are Infra's own, so this is only for information.
    "#,
    );
    check(
        "staging",
        1,
        &[infra("a"), infra("b"), infra("c")],
        r#"
        Info staging, Thu 17 Sep 12:00–13:00 (1 h): Infra holds it 3 times.
        staging has capacity 1; all bookings are Infra's own, so this is only for information.
    "#,
    );
    let perf = member("Perf", "17 12:00", "17 13:00");
    check(
        "staging",
        1,
        &[
            infra("patches").tentative(),
            infra("backup").created("7 08:12"),
            perf,
        ],
        r#"
        Error staging, Thu 17 Sep 12:00–13:00 (1 h): Infra (2 bookings) and Perf all hold it.
        staging has capacity 1; all are exclusive. Infra "patches" is tentative and yields. Infra "backup" booked first (Mon 08:12). Contact: Infra coordinator.
    "#,
    );
}

#[test]
fn buffers() {
    let perf = member("Perf", "18 09:00", "18 13:00").clean_up(2);
    let infra = member("Infra", "18 13:30", "18 15:30");
    check(
        "staging",
        1,
        &[perf, infra.tentative()],
        r#"
        Warning staging, Fri 18 Sep 13:30–15:00 (1 h 30 min): Perf's clean-up runs into Infra's booking.
        Perf needs 2 h after its booking (until 15:00); Infra starts at 13:30. Contact: Infra coordinator.
    "#,
    );
    let bare = member("Perf", "18 09:00", "18 13:00");
    check(
        "staging",
        1,
        &[bare, infra.set_up(1)],
        r#"
        Warning staging, Fri 18 Sep 12:30–13:00 (30 min): Perf's booking runs into Infra's set-up.
        Perf ends at 13:00; Infra needs 1 h before its booking (from 12:30). Contact: Infra coordinator.
    "#,
    );
    let later = member("Infra", "18 15:30", "18 16:30").set_up(1);
    check(
        "staging",
        1,
        &[perf, later],
        r#"
        Warning staging, Fri 18 Sep 14:30–15:00 (30 min): Perf's clean-up runs into Infra's set-up.
        Perf needs 2 h after its booking (until 15:00); Infra needs 1 h before its booking (from 14:30). Contact: Infra coordinator.
    "#,
    );
    check(
        "integration",
        2,
        &[perf, infra.units(1)],
        r#"
        Warning integration, Fri 18 Sep 13:30–15:00 (1 h 30 min): Perf's clean-up runs into Infra's booking.
        integration has capacity 2; Perf needs 2 h after its booking (until 15:00); Infra starts at 13:30. Contact: Infra coordinator.
    "#,
    );
    check(
        "staging",
        1,
        &[
            perf.titled("load"),
            member("Perf", "18 13:30", "18 15:30").titled("soak"),
        ],
        r#"
        Info staging, Fri 18 Sep 13:30–15:00 (1 h 30 min): Perf's clean-up runs into its own booking.
        Perf "load" needs 2 h after its booking (until 15:00); Perf "soak" starts at 13:30. All are the team's own, so this is only for information.
    "#,
    );
}

#[test]
fn buffers_that_lie_beside_each_other() {
    let perf = member("Perf", "18 09:00", "18 13:00").clean_up(2);
    check(
        "staging",
        1,
        &[perf, member("Infra", "18 12:00", "18 18:00")],
        r#"
        Error staging, Fri 18 Sep 12:00–13:00 (1 h): Perf and Infra both hold it.
        staging has capacity 1; both are confirmed and exclusive. Contact: Infra coordinator.
        Warning staging, Fri 18 Sep 13:00–15:00 (2 h): Perf's clean-up runs into Infra's booking.
        Perf needs 2 h after its booking (until 15:00); Infra holds it until 18:00. Contact: Infra coordinator.
    "#,
    );
    let next = member("Infra", "18 13:00", "18 15:00").set_up(4);
    check(
        "staging",
        1,
        &[perf, next],
        r#"
        Warning staging, Fri 18 Sep 09:00–15:00 (6 h): Perf and Infra leave too little time between them.
        Perf needs 2 h after its booking (until 15:00); Infra needs 4 h before its booking (from 09:00). Contact: Infra coordinator.
    "#,
    );
    let third = member("QA", "18 15:00", "18 16:00").set_up(1);
    check(
        "staging",
        1,
        &[perf, member("Infra", "18 14:00", "18 14:30"), third],
        r#"
        Warning staging, Fri 18 Sep 14:00–14:30 (30 min): Perf, Infra and QA leave too little time between them.
        Perf needs 2 h after its booking (until 15:00); Infra starts at 14:00; QA needs 1 h before its booking (from 14:00). Contact: Infra coordinator.
        Warning staging, Fri 18 Sep 14:30–15:00 (30 min): Perf's clean-up runs into QA's set-up.
        Perf needs 2 h after its booking (until 15:00); QA needs 1 h before its booking (from 14:00). Contact: Infra coordinator.
    "#,
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
