//! How long a search takes. `cargo test --release -p berth-core slots::tests::speed -- --ignored
//! --nocapture` prints the figures.

use std::time::Instant;

use super::given::{INTEGRATION, STAGING, place};
use super::*;

/// Spread over 90 days like the bookings of a busy year, in the order of a database.
fn crowd(count: i64, environment: EnvironmentId, units: u32) -> Vec<Hold> {
    let step = 90 * 86_400 / count + 1;
    let one = |i: i64| Hold {
        environment,
        team: TeamId(i % 3 + 1),
        plan: None,
        start: Timestamp::from_seconds(i * step),
        end: Timestamp::from_seconds(i * step + step * (1 + i * 7919 % 5) / 3),
        set_up: 0,
        clean_up: (i % 4 * step / 8) as u32,
        units: NonZeroU32::new(units),
        confirmed: i % 10 > 0,
    };
    (0..count).map(one).collect()
}

#[test]
#[ignore = "a measurement"]
fn ninety_days_among_a_hundred_thousand() {
    let range = TimeRange::new(
        Timestamp::from_seconds(0),
        Timestamp::from_seconds(90 * 86_400),
    )
    .unwrap();
    let schedule = Schedule::new(&[], |_| Tz::UTC, range);
    for (environment, units) in [(STAGING, 0), (INTEGRATION, 1)] {
        let holds = crowd(100_000, environment, units);
        let kinds = vec![Kind::Deploy; holds.len()];
        let around = Surroundings {
            holds: &holds,
            kinds: &kinds,
            schedule: &schedule,
        };
        let places = [Place {
            units: NonZeroU32::new(units),
            ..place(environment)
        }];
        for (what, minutes) in [("nothing fits", 240), ("a minute", 1)] {
            let length = Length::Time(TimeDelta::minutes(minutes));
            let search = Search {
                range,
                length,
                ..super::given::search(&places)
            };
            let time = || {
                let started = Instant::now();
                (slots(&search, &around), started.elapsed())
            };
            let (found, took) = (0..9)
                .map(|_| time())
                .min_by_key(|(_, took)| *took)
                .unwrap();
            eprintln!(
                "{units} units, {what}: {took:?}, {}",
                found.map_or(0, |slots| slots.len())
            );
        }
    }
}
