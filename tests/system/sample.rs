//! Data folders that several tests begin with.

use berth_tests::berth::Berth;

/// Monday of the week that the tests live in, 10:00 in Berlin.
pub(crate) const NOW: &str = "2026-09-14T08:00:00Z";

/// Two teams, no bookings.
pub(crate) fn teams() -> Berth {
    let berth = Berth::new().now(NOW);
    berth.ok("team add Infra --code INF --mine");
    berth.ok("team add Perf --code PRF");
    berth
}

/// Two teams and a booking of each, on different days.
pub(crate) fn two_bookings() -> Berth {
    let berth = teams();
    book(&berth, "Infra", "2026-09-15T09:00", "2026-09-15T13:00");
    book(&berth, "Perf", "2026-09-17T09:00", "2026-09-17T13:00");
    berth
}

/// Books staging and returns the answer of `book --json`.
#[track_caller]
pub(crate) fn book(berth: &Berth, team: &str, from: &str, to: &str) -> serde_json::Value {
    berth.json(&format!(
        "book --env staging --team {team} --from {from} --to {to} --title {team}-slot"
    ))
}

/// The titles of the bookings in the week of [`NOW`].
#[track_caller]
pub(crate) fn titles(berth: &Berth) -> Vec<String> {
    let list = berth.json("list");
    let rows = list.as_array().into_iter().flatten();
    rows.map(|row| row["title"].as_str().unwrap_or_default().to_owned())
        .collect()
}
