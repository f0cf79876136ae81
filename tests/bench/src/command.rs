//! One booking from the command line, and what a pipeline asks, from the start of the process to its
//! end.

use berth_tests::berth::Berth;

use crate::calendar::calendar;
use crate::figure::{Figure, median_of};
use crate::fill::{self, Plan};

pub(crate) fn measure() -> Vec<Figure> {
    let berth = Berth::new().now("2024-06-03T08:00:00Z");
    let plan = Plan {
        total: 10_000,
        shown: None,
    };
    fill::fill(berth.folder(), plan).expect("a new database takes bookings");
    let mut nth = 0;
    let book = median_of(30, || {
        nth += 1;
        let from = format!("2025-01-{:02}T{:02}:00", 1 + nth / 20, nth % 20);
        let line =
            format!("book --env staging --team Team\u{a0}0 --from {from} --for 30m --title bench");
        // The name has a space, which the line is cut at.
        let words = line.split(' ').map(|word| word.replace('\u{a0}', " "));
        let _ = berth.run(words).expect_code(0);
    });
    let list = median_of(30, || drop(berth.ok("list")));
    let file = berth.folder().join("team.ics");
    std::fs::write(&file, calendar(10_000)).expect("a file beside the database");
    let question = ["may", "staging", "--team", "infra", "--from-ics"];
    let may = median_of(30, || {
        let words = question.iter().map(ToString::to_string);
        let output = berth.run(words.chain([file.display().to_string()]));
        assert!(matches!(output.code, Some(0 | 1)), "{output:?}");
    });
    let database = median_of(30, || {
        let _ = berth.run(
            "may staging --team Team\u{a0}0"
                .split(' ')
                .map(|word| word.replace('\u{a0}', " ")),
        );
    });
    let on = "process start to exit, 10,000 bookings";
    vec![
        Figure::time("berth book", on, book).at_most(30.0),
        Figure::time("berth may", on, database).at_most(50.0),
        Figure::time("berth may --from-ics", "10,000 events, 9 MB", may).at_most(50.0),
        Figure::time("berth list (a week)", on, list),
    ]
}
