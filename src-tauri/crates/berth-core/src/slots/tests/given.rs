//! The world that the tables search in.

use chrono::{NaiveDateTime, TimeDelta};
use chrono_tz::Europe::Berlin;

use super::*;
use crate::time::localise;
use crate::window::{BLOCKS, Effect};
use crate::words::{Language, Names, Phrasing};
use crate::{Recurrence, When, Window, WindowId};

pub(super) const STAGING: EnvironmentId = EnvironmentId(1);
pub(super) const PRODUCTION: EnvironmentId = EnvironmentId(2);
pub(super) const INTEGRATION: EnvironmentId = EnvironmentId(3);

pub(super) const INFRA: TeamId = TeamId(1);
pub(super) const PERF: TeamId = TeamId(2);
pub(super) const QA: TeamId = TeamId(3);

/// September 2026 in Berlin: `"17 09:00"`; `"17 24:00"` is its end.
pub(super) fn at(text: &str) -> Timestamp {
    let (day, clock) = text.split_once(' ').unwrap();
    let (clock, more) = if clock == "24:00" {
        ("00:00", 1)
    } else {
        (clock, 0)
    };
    let wall = NaiveDateTime::parse_from_str(&format!("2026-09-{day} {clock}"), "%Y-%m-%d %H:%M");
    localise(wall.unwrap() + TimeDelta::days(more), Berlin)
}

pub(super) fn range(start: &str, end: &str) -> TimeRange {
    TimeRange::new(at(start), at(end)).unwrap()
}

pub(super) fn hold(team: TeamId, start: &str, end: &str) -> Hold {
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

pub(super) fn window(effect: Effect, title: &str, start: &str, end: &str) -> Window {
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
        recurrence: None::<Recurrence>,
        title: title.into(),
        blocks: BLOCKS.to_vec(),
        exceptions: vec![],
        sequence: 0,
        created: Timestamp::default(),
        modified: Timestamp::default(),
        calendar: None,
        source: None,
    }
}

pub(super) fn place(environment: EnvironmentId) -> Place {
    let capacity = if environment == INTEGRATION { 2 } else { 1 };
    Place {
        environment,
        capacity,
        units: None,
        set_up: 0,
        clean_up: 0,
    }
}

/// Four hours on staging, anywhere from Mon 14 Sep to Fri 18 Sep.
pub(super) fn search(places: &[Place]) -> Search<'_> {
    Search {
        places,
        range: range("14 00:00", "18 24:00"),
        length: Length::Time(TimeDelta::hours(4)),
        team: INFRA,
        kind: Kind::Deploy,
        plan: None,
        busy: &[],
        zone: Berlin,
        within: None,
        preferred: None,
        apart: TimeDelta::zero(),
        order: Order::Earliest,
        count: 3,
    }
}

pub(super) fn daily(from: u32, to: u32) -> Option<Daily> {
    Some(Daily {
        hours: Hours::from_minutes(from * 60, to * 60),
        days: Days::Any,
    })
}

/// What is there, all deployments.
pub(super) struct World {
    pub(super) holds: Vec<Hold>,
    pub(super) windows: Vec<Window>,
}

impl World {
    pub(super) fn of(holds: &[Hold]) -> Self {
        Self {
            holds: holds.to_vec(),
            windows: vec![],
        }
    }

    pub(super) fn with(self, windows: &[Window]) -> Self {
        Self {
            windows: windows.to_vec(),
            ..self
        }
    }

    pub(super) fn around<T>(&self, ask: impl Fn(&Surroundings, &Names) -> T) -> T {
        let schedule = Schedule::new(&self.windows, |_| Berlin, range("1 00:00", "30 24:00"));
        let kinds = vec![Kind::Deploy; self.holds.len()];
        let around = Surroundings {
            holds: &self.holds,
            kinds: &kinds,
            schedule: &schedule,
        };
        let environment =
            |id: EnvironmentId| ["", "staging", "production", "integration"][id.0 as usize];
        let team = |id: TeamId| ["", "Infra", "Perf", "QA"][id.0 as usize];
        let title = |window: u32| self.windows[window as usize].title.as_str();
        ask(
            &around,
            &Names {
                environment: &environment,
                team: &team,
                window: &title,
            },
        )
    }

    /// `Thu 17 Sep 09:00–13:00 (free) · …`, or `none: why`.
    pub(super) fn told(&self, search: &Search) -> String {
        self.around(|around, names| say(&slots(search, around), names))
    }
}

pub(super) fn phrasing() -> Phrasing {
    Phrasing {
        zone: Berlin,
        now: at("11 12:00"),
        hour12: false,
        language: Language::English,
    }
}

pub(super) fn say(found: &Result<Vec<Slot>, Obstacle>, names: &Names) -> String {
    match found {
        Err(obstacle) => format!("none: {}", obstacle.words(names, phrasing())),
        Ok(slots) => {
            let one =
                |slot: &Slot| format!("{} ({})", phrasing().range(slot.range), slot.reason(names));
            slots.iter().map(one).collect::<Vec<_>>().join(" · ")
        }
    }
}

#[track_caller]
pub(super) fn check(what: &str, world: &World, search: &Search, expected: &str) {
    assert_eq!(world.told(search), expected, "{what}");
}
