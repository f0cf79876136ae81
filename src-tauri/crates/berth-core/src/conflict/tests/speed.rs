//! How long a million bookings take. `cargo test --release -p berth-core conflict::tests::speed --
//! --ignored --nocapture` prints it.

use std::time::Instant;

use super::*;
use crate::conflict::window::window_conflicts;
use crate::window::{BLOCKS, Effect, Schedule};
use crate::{Kind, Recurrence, Rule, When, Window, WindowId};

const HOUR: i64 = 3600;

/// Ten environments, each with a booking of an hour or two every hour and a half.
fn crowd(count: i64) -> Vec<Hold> {
    let one = |i: i64| Hold {
        environment: EnvironmentId(i % 10),
        team: TeamId(i % 7),
        plan: None,
        start: Timestamp::from_seconds(i / 10 * HOUR * 3 / 2),
        end: Timestamp::from_seconds(i / 10 * HOUR * 3 / 2 + HOUR * (1 + i % 7 / 6)),
        set_up: 0,
        clean_up: 600,
        units: None,
        confirmed: i % 5 > 0,
    };
    (0..count).map(one).collect()
}

/// Weekly for as long as there are bookings: frozen at the weekend, open at night.
fn windows() -> Vec<Window> {
    let weekly = |effect, start: i64, hours: i64, rule: &str| {
        let (start, zone) = (Timestamp::from_seconds(start * HOUR), Berlin);
        let end = Timestamp::from_seconds(start.seconds() + hours * HOUR);
        Window {
            id: WindowId(0),
            uid: String::new(),
            environments: (0..10).map(EnvironmentId).collect(),
            effect,
            when: When::Timed {
                start: start.wall(zone),
                end: end.wall(zone),
                zone,
            },
            recurrence: Some(Recurrence {
                rule: Rule::parse(rule).ok(),
                ..Recurrence::default()
            }),
            title: String::new(),
            blocks: BLOCKS.to_vec(),
            exceptions: vec![],
            sequence: 0,
            created: Timestamp::default(),
            modified: Timestamp::default(),
            calendar: None,
            source: None,
        }
    };
    vec![
        weekly(Effect::Freeze, 48, 48, "FREQ=WEEKLY"),
        weekly(Effect::Allow, 20, 8, "FREQ=DAILY"),
    ]
}

#[test]
#[ignore = "a measurement"]
fn a_million_bookings() {
    for count in [250_000, 500_000, 1_000_000] {
        let holds = crowd(count);
        let kinds: Vec<_> = (0..count)
            .map(|i| if i % 2 == 0 { Kind::Deploy } else { Kind::Test })
            .collect();
        let end = holds.last().unwrap().end;
        let range = TimeRange::new(Timestamp::from_seconds(0), end).unwrap();
        let time = || {
            let started = Instant::now();
            let schedule = Schedule::new(&windows(), |_| Berlin, range);
            let laid_out = started.elapsed();
            let found = window_conflicts(&holds, &kinds, &schedule, |_, _| false);
            (started.elapsed(), laid_out, found.len())
        };
        let (took, laid_out, found) = (0..5).map(|_| time()).min().unwrap();
        eprintln!("windows, {count}: {took:?}, of it windows laid out {laid_out:?}, {found} found");
        let time = || {
            let started = Instant::now();
            let found = conflicts(&holds, |_| 1);
            (started.elapsed(), found.len())
        };
        let (took, found) = (0..5).map(|_| time()).min().unwrap();
        eprintln!("conflicts, {count}: {took:?}, {found} found");
    }
}
