//! How long a forecast takes. `cargo test --release -p berth-core forecast::tests::speed --
//! --ignored --nocapture` prints it.

use std::time::Instant;

use chrono_tz::America::New_York;
use chrono_tz::Europe::Berlin;

use super::given::*;
use super::*;

#[test]
#[ignore = "a measurement"]
fn half_a_year_of_three_hundred_weekly_series() {
    let bookings: Vec<_> = (0..300)
        .map(|i| {
            let start = format!("2025-01-{:02} {:02}:00", 6 + i % 5, 7 + i % 11);
            let zone = if i % 3 == 0 { New_York } else { Berlin };
            let series = booking(i, &start, 45 + i64::from(i % 4) * 15, zone, "FREQ=WEEKLY");
            crate::Booking {
                environment: EnvironmentId(i64::from(i % 10)),
                ..series
            }
        })
        .collect();
    let range = range("2026-09-14 00:00", "2027-03-15 00:00");
    let time = || {
        let started = Instant::now();
        let found = ahead(&bookings, range);
        (started.elapsed(), found)
    };
    let (took, found) = (0..9)
        .map(|_| time())
        .min_by_key(|(took, _)| *took)
        .unwrap();
    eprintln!(
        "{took:?}: {} conflicts in {} groups",
        found.conflicts.len(),
        found.groups.len()
    );
    eprintln!("{}", found.told().lines().next().unwrap_or_default());
}
