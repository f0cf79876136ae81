//! What it costs to know that a file is whole, and what the commands cost that ask.

use berth_store::Store;
use berth_tests::berth::Berth;

use crate::figure::{Figure, median_of};
use crate::fill::{self, Plan};

pub(crate) fn measure() -> Vec<Figure> {
    let mut figures: Vec<Figure> = [400, 20_000, 200_000]
        .into_iter()
        .flat_map(checks)
        .collect();
    figures.extend(commands());
    figures
}

fn filled(total: usize) -> Berth {
    let berth = Berth::new().now("2024-06-03T08:00:00Z");
    let shown = None;
    fill::fill(berth.folder(), Plan { total, shown }).expect("a new database takes bookings");
    // The first change of a day makes its backup.
    let _ = berth.run(["team", "add", "QA"]).expect_code(0);
    berth
}

fn checks(total: usize) -> Vec<Figure> {
    let berth = filled(total);
    let length = std::fs::metadata(berth.folder().join("berth.db")).map_or(0, |data| data.len());
    let store = Store::open(berth.folder()).expect("it opens").store;
    let on = format!("{total} bookings, {} kB", length / 1024);
    let runs = if total > 100_000 { 3 } else { 9 };
    let pages = median_of(runs, || store.check_pages().expect("it is sound"));
    let all = median_of(runs, || {
        assert_eq!(store.check().expect("it can be read"), Vec::<String>::new());
    });
    vec![
        Figure::time("check of pages and indexes", on.clone(), pages),
        Figure::time("check of each row too", on, all),
    ]
}

/// At 20,000 bookings: a list of a file that is known to be sound, of one that somebody has touched,
/// and a booking.
fn commands() -> Vec<Figure> {
    let berth = filled(20_000);
    let on = "process start to exit, 20,000 bookings";
    let known = median_of(15, || drop(berth.ok("list")));
    let file = berth.folder().join("berth.sound");
    let touched = median_of(15, || {
        let _ = std::fs::remove_file(&file);
        drop(berth.ok("list"));
    });
    let mut nth = 0;
    let book = median_of(15, || {
        nth += 1;
        let from = format!("2025-01-{:02}T{:02}:00", 1 + nth / 20, nth % 20);
        berth.ok(&format!(
            "book --env staging --team QA --from {from} --for 30m"
        ));
    });
    let may = median_of(15, || {
        let output = berth.run(["may", "staging", "--team", "QA"]);
        assert!(matches!(output.code, Some(0 | 1)), "{output:?}");
    });
    let ratio = touched.as_secs_f64() / known.as_secs_f64();
    vec![
        Figure::time("berth list, known to be sound", on, known).at_most(50.0),
        Figure::time("berth list, touched by somebody", on, touched),
        Figure::new("the same, against known", on, ratio, "times"),
        Figure::time("berth book", on, book).at_most(30.0),
        Figure::time("berth may", on, may),
    ]
}
