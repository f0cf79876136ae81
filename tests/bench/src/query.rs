//! What the week and the conflict list ask of the database, and how it grows with it.

use std::hint::black_box;
use std::num::NonZeroU32;
use std::time::Duration;

use berth_core::conflict::{Conflict, Hold, conflicts};
use berth_core::{EnvironmentId, Timestamp};
use berth_store::{HoldRow, Store, StoreError};
use chrono::TimeDelta;

use crate::figure::{Figure, median_of};
use crate::fill::{self, Plan};

pub(crate) fn measure() -> Vec<Figure> {
    let mut figures = Vec::new();
    let mut times = Vec::new();
    for total in [10_000, 100_000, 1_000_000] {
        let (of_size, time) = of_size(total);
        figures.extend(of_size);
        times.push(time.as_secs_f64());
    }
    // Ten times as many take 12 times as long where the time is n log n, and 100 where it is n².
    if let [_, few, many] = times.as_slice() {
        let input = "from 100,000 to 1,000,000 bookings";
        figures
            .push(Figure::new("all conflicts, growth", input, many / few, "times").at_most(20.0));
    }
    figures
}

fn of_size(total: usize) -> (Vec<Figure>, Duration) {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    fill::fill(folder.path(), Plan { total, shown: None }).expect("a new database takes bookings");
    let mut store = Store::open(folder.path())
        .expect("a filled database opens")
        .store;
    let largest = total == 1_000_000;
    let week = week(&mut store, total, largest);
    let (conflicts, time) = all_conflicts(&mut store, total, largest);
    (vec![week, conflicts], time)
}

/// The bookings touching a week, of the four environments in turn, so that no answer is cached.
fn week(store: &mut Store, total: usize, limited: bool) -> Figure {
    let mut round = 0;
    let mut rows = 0;
    let time = median_of(200, || {
        let start = fill::SHOWN + TimeDelta::weeks(round % 100);
        let (from, to) = (
            fill::instant(start),
            fill::instant(start + TimeDelta::weeks(1)),
        );
        let environment = EnvironmentId(round % 4 + 1);
        round += 1;
        rows = black_box(holds(store, &[environment], from, to)).len();
    });
    let input = format!(
        "{} bookings, {rows} in the week of one environment",
        grouped(total)
    );
    let figure = Figure::time("bookings touching a week", input, time);
    if limited { figure.at_most(1.0) } else { figure }
}

fn all_conflicts(store: &mut Store, total: usize, limited: bool) -> (Figure, Duration) {
    let (from, to) = fill::everything();
    let environments: Vec<_> = (1..=4).map(EnvironmentId).collect();
    let mut found: Vec<Conflict> = Vec::new();
    let time = median_of(5, || {
        found = conflicts(&holds(store, &environments, from, to), |_| 1);
    });
    let input = format!(
        "{} bookings, {} conflicts",
        grouped(total),
        grouped(found.len())
    );
    let figure = Figure::time("all conflicts, read and found", input, time);
    let figure = if limited {
        figure.at_most(400.0)
    } else {
        figure
    };
    (figure, time)
}

fn holds(store: &mut Store, of: &[EnvironmentId], from: Timestamp, to: Timestamp) -> Vec<Hold> {
    let read = store.read(|reader| {
        let mut holds = Vec::new();
        for environment in of {
            reader.holds_touching(*environment, from, to, |row| holds.push(hold(&row)))?;
        }
        Ok::<_, StoreError>(holds)
    });
    read.expect("a filled database can be read")
}

fn hold(row: &HoldRow) -> Hold {
    Hold {
        environment: row.environment,
        team: row.team,
        plan: None::<NonZeroU32>,
        start: row.start,
        end: row.end,
        set_up: row.set_up,
        clean_up: row.clean_up,
        units: row.units,
        confirmed: row.confirmed,
    }
}

/// `1000000` as `1,000,000`.
pub(crate) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> = digits
        .as_bytes()
        .rchunks(3)
        .rev()
        .filter_map(|group| std::str::from_utf8(group).ok())
        .collect();
    groups.join(",")
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_are_told_apart() {
        assert_eq!(grouped(12), "12");
        assert_eq!(grouped(10_000), "10,000");
        assert_eq!(grouped(1_000_000), "1,000,000");
    }
}
