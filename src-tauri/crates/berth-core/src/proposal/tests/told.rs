//! What is proposed, in words.

use chrono::{NaiveDateTime, TimeDelta, Weekday};
use chrono_tz::Europe::Berlin;

use super::*;
use crate::conflict::{conflicts, window::window_conflicts};
use crate::slots::{Days, Hours};
use crate::time::localise;
use crate::window::{BLOCKS, Effect};
use crate::words::{Language, Names, Phrasing};
use crate::{TeamId, When, Window, WindowId};

const STAGING: EnvironmentId = EnvironmentId(1);
const INTEGRATION: EnvironmentId = EnvironmentId(2);
const INFRA: TeamId = TeamId(1);
const PERF: TeamId = TeamId(2);
const QA: TeamId = TeamId(3);

/// September 2026 in Berlin.
fn at(text: &str) -> Timestamp {
    let (day, clock) = text.split_once(' ').unwrap();
    let (clock, more) = if clock == "24:00" {
        ("00:00", 1)
    } else {
        (clock, 0)
    };
    let wall = NaiveDateTime::parse_from_str(&format!("2026-09-{day} {clock}"), "%Y-%m-%d %H:%M");
    localise(wall.unwrap() + TimeDelta::days(more), Berlin)
}

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

fn shared(units: u32, hold: Hold) -> Hold {
    Hold {
        environment: INTEGRATION,
        units: NonZeroU32::new(units),
        ..hold
    }
}

fn window(effect: Effect, start: &str, end: &str) -> Window {
    let (start, end) = (at(start).wall(Berlin), at(end).wall(Berlin));
    Window {
        id: WindowId(0),
        uid: String::new(),
        environments: vec![STAGING],
        effect,
        when: When::Timed {
            start,
            end,
            zone: Berlin,
        },
        recurrence: None,
        title: String::new(),
        blocks: BLOCKS.to_vec(),
        exceptions: vec![],
        sequence: 0,
        created: Timestamp::default(),
        modified: Timestamp::default(),
        calendar: None,
        source: None,
    }
}

struct World {
    holds: Vec<Hold>,
    windows: Vec<Window>,
    whole_days: bool,
    now: &'static str,
}

impl World {
    fn of(holds: &[Hold]) -> Self {
        Self {
            holds: holds.to_vec(),
            windows: vec![],
            whole_days: false,
            now: "14 08:00",
        }
    }

    /// The proposals for the first conflict of the first hold, a line each.
    fn told(&self) -> String {
        self.ask(|question, names| {
            let phrasing = Phrasing {
                zone: Berlin,
                now: question.now,
                hour12: false,
                language: Language::English,
            };
            let line = |one: &Proposal| {
                let consequences = one.consequences(question, names, phrasing);
                let consequences = if consequences.is_empty() {
                    consequences
                } else {
                    format!(": {consequences}")
                };
                let request = one.request(question, names, phrasing);
                let request = if request.is_empty() {
                    request
                } else {
                    format!("\n{request}")
                };
                format!(
                    "{}{consequences}{request}",
                    one.words(question, names, phrasing)
                )
            };
            proposals(question)
                .iter()
                .map(line)
                .collect::<Vec<_>>()
                .join("\n")
        })
    }

    fn ask<T>(&self, with: impl Fn(&Question, &Names) -> T) -> T {
        let kinds = vec![Kind::Deploy; self.holds.len()];
        let range = TimeRange::new(at("1 00:00"), at("30 24:00")).unwrap();
        let schedule = Schedule::new(&self.windows, |_| Berlin, range);
        let capacity = |id| if id == INTEGRATION { 2 } else { 1 };
        let mut found = conflicts(&self.holds, capacity);
        let windows = window_conflicts(&self.holds, &kinds, &schedule, |_, _| false);
        found.extend(windows.into_iter().map(|one| one.conflict));
        let days = Days::Weekdays(vec![
            Weekday::Mon,
            Weekday::Tue,
            Weekday::Wed,
            Weekday::Thu,
            Weekday::Fri,
        ]);
        let working = Daily {
            hours: Hours::from_minutes(8 * 60, 20 * 60),
            days,
        };
        let question = Question {
            conflict: found.iter().find(|one| one.members.contains(&0)).unwrap(),
            mine: 0,
            holds: &self.holds,
            kinds: &kinds,
            schedule: &schedule,
            capacity: &capacity,
            excepted: &|_, _| false,
            whole_days: &|_| self.whole_days,
            zone: Berlin,
            preferred: Some(&working),
            now: at(self.now),
            until: at("28 00:00"),
        };
        let environment = |id: EnvironmentId| ["", "staging", "integration"][id.0 as usize];
        let team = |id: TeamId| ["", "Infra", "Perf", "QA"][id.0 as usize];
        with(
            &question,
            &Names {
                environment: &environment,
                team: &team,
                window: &|_| "",
            },
        )
    }
}

#[track_caller]
fn check(what: &str, world: World, expected: &str) {
    let expected: Vec<&str> = expected
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    assert_eq!(world.told(), expected.join("\n"), "{what}");
}

#[test]
fn two_exclusive_bookings() {
    let perf = [
        hold(PERF, "17 09:00", "17 13:00"),
        Hold {
            clean_up: 7200,
            ..hold(PERF, "18 09:00", "18 13:00")
        },
    ];
    let infra = hold(INFRA, "17 09:00", "17 13:00");
    check(
        "as the domain says it",
        World { now: "17 08:00", ..World::of(&[infra, perf[0], perf[1]]) },
        "Move Infra to Thu 13:00–17:00 (free)
         Move Infra to Fri 15:00–19:00 (after Perf's clean-up)
         Ask Perf to move to Thu 13:00–17:00 (free)
         Perf, your booking of staging (Thu 17 Sep 09:00–13:00) is in conflict with Infra's (Thu 17 Sep 09:00–13:00). Could you move yours to Thu 17 Sep 13:00–17:00? That time is free.
         Share
         Accept because…",
    );
    check(
        "with days before it",
        World::of(&[infra, perf[0], hold(QA, "17 13:00", "18 20:00"), hold(QA, "15 08:00", "16 17:00")]),
        "Move Infra to Mon 21 Sep 08:00–12:00 (free)
         Move Infra to Mon 21 Sep 12:00–16:00 (free)
         Move Infra to Mon 16:00–20:00 (free)
         Ask Perf to move to Mon 21 Sep 08:00–12:00 (free)
         Perf, your booking of staging (Thu 17 Sep 09:00–13:00) is in conflict with Infra's (Thu 17 Sep 09:00–13:00). Could you move yours to Mon 21 Sep 08:00–12:00? That time is free.
         Share
         Accept because…",
    );
    check(
        "what has begun stays",
        World {
            now: "17 10:00",
            ..World::of(&[infra, perf[0]])
        },
        "Share
         Accept because…",
    );
}

#[test]
fn a_clean_up() {
    let perf = Hold {
        clean_up: 7200,
        ..hold(PERF, "18 09:00", "18 13:00")
    };
    check(
        "V6",
        World { now: "18 08:00", ..World::of(&[hold(INFRA, "18 13:30", "18 15:30"), perf]) },
        "Move Infra to Fri 15:00–17:00 (after Perf's clean-up)
         Move Infra to Mon 08:00–10:00 (free)
         Ask Perf to move to Fri 15:30–19:30 (free)
         Perf, your booking of staging (Fri 18 Sep 09:00–13:00) is in conflict with Infra's (Fri 18 Sep 13:30–15:30). Could you move yours to Fri 18 Sep 15:30–19:30? That time is free.
         Share
         Accept because…",
    );
}

#[test]
fn a_useful_rest() {
    check(
        "the last of four hours",
        World {
            now: "17 08:30",
            ..World::of(&[hold(INFRA, "17 09:00", "17 13:00"), hold(QA, "17 12:00", "18 20:00")])
        },
        "Move Infra to Mon 08:00–12:00 (free)
         Move Infra to Mon 12:00–16:00 (free)
         Shorten Infra to Thu 09:00–12:00 (3 h)
         Ask QA to move to Thu 13:00 – Fri 21:00 (free)
         QA, your booking of staging (Thu 17 Sep 12:00 – Fri 18 Sep 20:00) is in conflict with Infra's (Thu 17 Sep 09:00–13:00). Could you move yours to Thu 17 Sep 13:00 – Fri 18 Sep 21:00? That time is free.
         Share
         Accept because…",
    );
}

#[test]
fn room_for_two() {
    let exclusive = |team, start, end| Hold {
        environment: INTEGRATION,
        ..hold(team, start, end)
    };
    let week = |team| exclusive(team, "14 08:00", "25 20:00");
    check(
        "both take one",
        World::of(&[week(INFRA), week(PERF)]),
        "Share integration: Infra and Perf take 1 of 2 units each
         Share
         Accept because…"
            .replace("Share\n", "")
            .as_str(),
    );
    let units = |team| shared(1, week(team));
    check(
        "mine takes what is left",
        World::of(&[week(INFRA), units(PERF)]),
        "Share integration: Infra takes 1 of 2 units
         Accept because…",
    );
    check(
        "not for three",
        World::of(&[week(INFRA), units(PERF), units(QA)]),
        "Share
         Accept because…",
    );
}

#[test]
fn windows() {
    let night = hold(INFRA, "16 22:00", "16 24:00");
    let windows = vec![window(Effect::Freeze, "16 23:00", "18 18:00")];
    check(
        "out of the freeze",
        World {
            windows,
            ..World::of(&[night])
        },
        "Move Infra to Fri 22:00–24:00 (free)
         Move Infra to Sat 22:00–24:00 (free)
         Move Infra to Wed 21:00–23:00 (free)
         Shorten Infra to Wed 22:00–23:00 (1 h)
         Accept because…",
    );
    let windows = vec![
        window(Effect::Allow, "16 20:00", "16 23:00"),
        window(Effect::Allow, "17 20:00", "17 21:00"),
    ];
    check(
        "into the window",
        World {
            windows,
            ..World::of(&[night])
        },
        "Move Infra to Wed 21:00–23:00 (free)
         Shorten Infra to Wed 22:00–23:00 (1 h)
         Accept because…",
    );
}

/// Mine is whole days, and stays so.
#[test]
fn whole_days() {
    let days = hold(INFRA, "16 00:00", "17 24:00");
    check(
        "two days",
        World { whole_days: true, now: "16 00:00", ..World::of(&[days, hold(QA, "17 09:00", "18 12:00")]) },
        "Move Infra to Sat 19 Sep – Sun 20 Sep (free)
         Move Infra to Mon 21 Sep – Tue 22 Sep (free)
         Shorten Infra to Wed 16 Sep (1 day)
         Ask QA to move to Fri 18 Sep (free)
         QA, your booking of staging (Thu 17 Sep 09:00 – Fri 18 Sep 12:00) is in conflict with Infra's (Wed 16 Sep 00:00 – Thu 17 Sep 24:00). Could you move yours to Fri 18 Sep 00:00–24:00? That time is free.
         Share
         Accept because…",
    );
}

#[test]
fn what_it_would_cause() {
    let maybe = Hold {
        confirmed: false,
        ..hold(QA, "17 13:00", "27 24:00")
    };
    check(
        "somebody tentative would have to yield",
        World { now: "17 09:00", ..World::of(&[hold(INFRA, "17 09:00", "17 13:00"), hold(PERF, "17 09:00", "17 13:00"), maybe]) },
        "Move Infra to Thu 13:00–17:00 (if QA's tentative booking yields): would overlap QA, Thu 13:00–17:00 (warning)
         Move Infra to Fri 08:00–12:00 (if QA's tentative booking yields): would overlap QA, Fri 08:00–12:00 (warning)
         Ask Perf to move to Thu 13:00–17:00 (if QA's tentative booking yields): would overlap QA, Thu 13:00–17:00 (warning)
         Perf, your booking of staging (Thu 17 Sep 09:00–13:00) is in conflict with Infra's (Thu 17 Sep 09:00–13:00). Could you move yours to Thu 17 Sep 13:00–17:00? That time is free if QA's tentative booking yields.
         Share
         Accept because…",
    );
}

/// One of three leaves; the others stay in conflict, and that is said.
#[test]
fn what_it_leaves() {
    let all = [INFRA, PERF, QA].map(|team| hold(team, "17 09:00", "17 13:00"));
    World::of(&all).ask(|question, _| {
        let first = &proposals(question)[0];
        assert_eq!((first.action, first.causes.len()), (Action::MoveMine, 0));
        let left: Vec<_> = first
            .leaves
            .iter()
            .map(|one| one.members.as_slice())
            .collect();
        assert_eq!(left, [&[1, 2][..]]);
    });
    let alone = World::of(&all);
    alone.ask(|question, _| {
        let asks = proposals(question)
            .iter()
            .any(|one| one.action == Action::MoveTheirs);
        assert!(!asks, "one of two others would not be enough");
        let stranger = Question {
            mine: 9,
            ..*question
        };
        assert_eq!(proposals(&stranger), []);
    });
}
