//! The shapes of `--json` that scripts rely on, and the week as text. A change here breaks
//! somebody's script.

use crate::berth::Berth;
use crate::golden::{anonymous, golden, golden_json};

fn week() -> Berth {
    let berth = Berth::begun();
    berth.book("--env staging --team Infra --from 2026-09-17T09:00 --for 4h --title \"load test\" --clean-up 1h");
    berth.book("--env staging --team Perf --from 2026-09-17T12:00 --for 2h --units 1 --plan p --kind deploy");
    berth.book(
        "--env production --team QA --from 2026-09-18 --all-day --tentative --free --title audit",
    );
    berth.book("--env integration --team QA --from 2026-09-15T09:00 --for 1h --repeat FREQ=WEEKLY");
    berth
}

#[test]
fn list() {
    let berth = week();
    golden_json("list.json", &berth.ok("--json list --from 2026-09-14"));
    assert_eq!(
        berth.ok("--json list --from 2026-09-14 --env production --team Perf"),
        "[]\n"
    );
    golden("list.txt", &berth.ok("list --from 2026-09-14"));
    assert_eq!(
        berth.ok("list --from 2026-08-01 --to 2026-08-02"),
        "Nothing is booked from Sat 1 Aug 00:00 to Mon 3 Aug 00:00.\n"
    );
    berth
        .line("list --from 2026-09-14 --to 2026-09-13")
        .fails(3, "not after it begins", "--to");
    let today = berth.at("2026-09-20T21:00:00Z");
    let week = today.json("list");
    assert_eq!(
        week.as_array().unwrap().len(),
        4,
        "Sunday evening is still week 38 in Berlin"
    );
    let next = today.at("2026-09-20T22:00:00Z").json("list");
    assert_eq!(
        next.as_array().unwrap().len(),
        1,
        "and an hour later it is Monday"
    );
}

#[test]
fn book() {
    let berth = week();
    let again = "book --env staging --team QA --from 2026-09-17T10:00 --for 1h --title x";
    golden_json(
        "book-dry-run.json",
        &berth.ok(&format!("--json {again} --dry-run")),
    );
    golden_json("book.json", &berth.ok(&format!("--json {again}")));
}

#[test]
fn conflicts() {
    let berth = week();
    let output = berth.line("--json conflicts").exits(1);
    golden_json("conflicts.json", &output.stdout);
    golden("conflicts.txt", &berth.line("conflicts").exits(1).stdout);
    assert_eq!(berth.ok("--json conflicts --env production"), "[]\n");
    assert_eq!(berth.ok("--json conflicts --team QA"), "[]\n");
    assert_eq!(
        berth.ok("conflicts --to 2026-09-10"),
        "No conflicts from Tue 1 Sep 02:00 to Fri 11 Sep 00:00.\n"
    );
    berth.ok("edit 2 --tentative");
    assert_eq!(berth.json("conflicts")[0]["severity"], "warning");
    berth.line("conflicts").exits(0);
}

#[test]
fn show_and_changes() {
    let berth = week();
    golden_json("show.json", &berth.ok("--json show 4@2026-09-22T07:00:00Z"));
    golden_json(
        "move.json",
        &berth.ok("--json move 4@2026-09-22T07:00:00Z --from 2026-09-23T09:00"),
    );
    golden_json("cancel.json", &berth.ok("--json cancel 1"));
    golden_json("undo.json", &berth.ok("--json undo"));
    let history = berth.ok("--json history");
    golden_json("history.json", &history);
}

#[test]
fn the_sample_week() {
    let berth = Berth::empty();
    let demo = |words: &[&str]| {
        let output = berth.without_now(words).output().unwrap();
        (
            output.status.code(),
            String::from_utf8_lossy(&output.stdout).into_owned(),
        )
    };
    let (code, week) = demo(&["--demo", "week"]);
    assert_eq!(code, Some(0));
    golden("week.txt", &week);
    let (_, json) = demo(&["--demo", "--json", "week"]);
    golden("week.json", &anonymous(&json));
    let (code, conflicts) = demo(&["--demo", "conflicts"]);
    assert_eq!(code, Some(1));
    golden("week-conflicts.txt", &conflicts);
    assert!(!berth.data().exists(), "the sample week is kept nowhere");
}

#[test]
fn weeks_that_are_special() {
    let berth = Berth::begun();
    let mut said = berth.ok("week");
    berth.book(
        "--env staging --team Infra --from 2026-10-24T22:00 --to 2026-10-25T06:00 --title night",
    );
    berth.book(
        "--env production --team QA --from 2026-10-22 --to 2026-10-27 --all-day --title freeze",
    );
    berth.book("--env integration --team QA --from 2026-10-20T09:00 --for 1h --units 1");
    berth.book(
        "--env integration --team Perf --from 2026-10-20T09:00 --for 1h --units 1 --tentative",
    );
    said += &berth.ok("week --from 2026-10-21");
    golden("weeks.txt", &said);
}
