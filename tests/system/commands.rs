//! The commands as a person types them, and the shapes that scripts rely on.

use berth_tests::berth::Berth;
use berth_tests::golden::golden;

use crate::sample::{NOW, book, teams, titles, two_bookings};

#[test]
fn a_new_folder_has_staging_and_production() {
    let berth = Berth::new().now(NOW);
    let list = berth.json("env list");
    let names: Vec<_> = list
        .as_array()
        .into_iter()
        .flatten()
        .map(|one| &one["name"])
        .collect();
    assert_eq!(names, ["staging", "production"]);
}

#[test]
fn a_booking_is_told_with_the_conflicts_it_makes() {
    let berth = teams();
    let first = book(&berth, "Perf", "2026-09-17T09:00", "2026-09-17T13:00");
    assert_eq!(first["conflicts"], serde_json::json!([]));
    let second = book(&berth, "Infra", "2026-09-17T12:00", "2026-09-17T14:00");
    let conflict = &second["conflicts"][0];
    assert_eq!(conflict["kind"], "overlap");
    assert_eq!(conflict["severity"], "error");
    assert_eq!(conflict["start"], "2026-09-17T10:00:00Z");
    assert_eq!(conflict["end"], "2026-09-17T11:00:00Z");
    let answer = berth.run(["conflicts"]).expect_code(1);
    assert!(
        answer.stdout.contains("Perf") && answer.stdout.contains("Infra"),
        "{}",
        answer.stdout
    );
}

#[test]
fn bookings_that_only_touch_do_not_conflict() {
    let berth = teams();
    book(&berth, "Perf", "2026-09-17T09:00", "2026-09-17T13:00");
    let next = book(&berth, "Infra", "2026-09-17T13:00", "2026-09-17T17:00");
    assert_eq!(next["conflicts"], serde_json::json!([]));
    let _ = berth.run(["conflicts"]).expect_code(0);
}

#[test]
fn a_dry_run_writes_nothing() {
    let berth = two_bookings();
    let before = berth.json("list");
    let line = "book --env staging --team Infra --from 2026-09-17T10:00 --for 1h --dry-run";
    assert_eq!(berth.json(line)["conflicts"][0]["kind"], "overlap");
    assert_eq!(berth.json("list"), before);
}

#[test]
fn undo_and_redo_go_back_and_forth() {
    let berth = two_bookings();
    let before = berth.json("list");
    let id = before[0]["id"].as_str().unwrap().to_owned();
    berth.ok(&format!("delete {id}"));
    assert_eq!(titles(&berth), ["Perf-slot"]);
    berth.ok("undo");
    assert_eq!(berth.json("list"), before);
    berth.ok("redo");
    assert_eq!(titles(&berth), ["Perf-slot"]);
}

#[test]
fn a_booking_can_be_moved_edited_and_cancelled() {
    let berth = two_bookings();
    let id = berth.json("list")[0]["id"].as_str().unwrap().to_owned();
    berth.ok(&format!("move {id} --from 2026-09-16T10:00"));
    let moved = berth.json("list")[0].clone();
    assert_eq!(moved["start"], "2026-09-16T08:00:00Z");
    assert_eq!(moved["end"], "2026-09-16T12:00:00Z", "its length stays");
    berth.ok(&format!("edit {id} --title another"));
    assert_eq!(titles(&berth), ["another", "Perf-slot"]);
    berth.ok(&format!("cancel {id}"));
    assert_eq!(berth.json(&format!("show {id}"))["status"], "cancelled");
}

#[test]
fn a_series_takes_part_in_conflicts() {
    let berth = teams();
    berth.ok("book --env staging --team Perf --from 2026-09-15T09:00 --for 4h --repeat FREQ=WEEKLY;COUNT=4");
    let clash = book(&berth, "Infra", "2026-09-29T12:00", "2026-09-29T14:00");
    assert_eq!(clash["conflicts"].as_array().map(Vec::len), Some(1));
    assert_eq!(clash["conflicts"][0]["start"], "2026-09-29T10:00:00Z");
}

#[test]
fn the_week_is_readable() {
    let berth = two_bookings();
    book(&berth, "Infra", "2026-09-17T12:00", "2026-09-17T14:00");
    golden("week.txt", &berth.ok("week"));
}

#[test]
fn a_list_is_readable_and_has_a_stable_shape() {
    let berth = two_bookings();
    golden("list.txt", &without_ids(&berth.ok("list")));
    let text = format!("{:#}\n", berth.json("list"));
    golden("list.json", &without_ids(&text));
}

#[test]
fn conflicts_have_a_stable_shape() {
    let berth = two_bookings();
    book(&berth, "Infra", "2026-09-17T12:00", "2026-09-17T14:00");
    let answer = berth.run(["--json", "conflicts"]).expect_code(1);
    golden(
        "conflicts.json",
        &without_ids(&format!("{:#}\n", answer.json())),
    );
    golden(
        "conflicts.txt",
        &without_ids(&berth.run(["conflicts"]).expect_code(1).stdout),
    );
}

#[test]
fn what_is_wrong_is_said_with_a_next_step() {
    let berth = teams();
    let check = |line: &str, code: i32, says: &str| {
        let answer = berth.run(line.split(' ')).expect_code(code);
        assert!(answer.stderr.contains(says), "{line}: {}", answer.stderr);
        assert!(
            !answer.stderr.contains("panicked"),
            "{line}: {}",
            answer.stderr
        );
    };
    check(
        "book --env nowhere --team Infra --from 2026-09-15T09:00 --for 1h",
        3,
        "nowhere",
    );
    check(
        "book --env staging --team Nobody --from 2026-09-15T09:00 --for 1h",
        3,
        "Nobody",
    );
    check(
        "book --env staging --team Infra --from 2026-09-15T09:00 --to 2026-09-15T08:00",
        3,
        "end",
    );
    check(
        "book --env staging --team Infra --from yesterdayish --for 1h",
        3,
        "yesterdayish",
    );
    check("book --env staging", 2, "--from");
    check("show 999999", 3, "999999");
    check("import no-such-file.ics", 3, "no-such-file.ics");
}

#[test]
fn a_backup_is_a_database_that_opens() {
    let berth = two_bookings();
    let other = tempfile::tempdir().unwrap();
    let copy = other.path().join("berth.db");
    berth.ok(&format!("backup {}", copy.display()));
    assert_eq!(titles(&Berth::at(other.path()).now(NOW)), titles(&berth));
}

#[test]
fn doctor_says_what_works() {
    let berth = two_bookings();
    let answer = berth.run(["doctor"]);
    assert!(answer.stdout.contains("database"), "{}", answer.stdout);
}

/// UIDs, and the ids of conflicts made from them, are new on every run.
fn without_ids(text: &str) -> String {
    let is_hash = |value: &str| value.len() == 16 && value.chars().all(|c| c.is_ascii_hexdigit());
    let blank = |line: &str| match line.split_once("\": \"") {
        Some((before, rest)) if before.trim() == "\"uid" || before.trim() == "\"id" => {
            let (value, after) = rest.split_once('"')?;
            (before.trim() == "\"uid" || is_hash(value))
                .then(|| format!("{before}\": \"…\"{after}"))
        }
        _ => None,
    };
    text.split_inclusive('\n')
        .map(|line| blank(line).unwrap_or_else(|| line.to_owned()))
        .collect()
}
