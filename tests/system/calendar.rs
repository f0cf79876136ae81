//! Calendars in and out: what is exported comes back unchanged, what is hostile stays harmless.

use std::path::Path;

use berth_tests::berth::Berth;
use berth_tests::golden::golden;
use berth_tests::place::fixture;
use serde_json::json;

use crate::sample::{NOW, book, titles, two_bookings};

fn import(berth: &Berth, file: &Path, more: &str) -> serde_json::Value {
    berth.json(&format!("import {} {more}", file.display()))
}

/// An empty database in which the team Release is known.
fn with_release_team() -> Berth {
    let berth = Berth::new().now(NOW);
    berth.ok("team add Release");
    berth
}

fn counts(answer: &serde_json::Value) -> [i64; 5] {
    ["added", "updated", "unchanged", "cancelled", "skipped"]
        .map(|key| answer[key].as_i64().unwrap_or(-1))
}

#[test]
fn an_export_comes_back_unchanged() {
    let berth = two_bookings();
    let file = berth.folder().join("out.ics");
    berth.ok(&format!("export -o {}", file.display()));
    let again = import(&berth, &file, "");
    assert_eq!(counts(&again), [0, 0, 2, 0, 0], "{again:#}");
}

#[test]
fn an_export_fills_another_database() {
    let berth = two_bookings();
    let file = berth.folder().join("out.ics");
    berth.ok(&format!("export -o {}", file.display()));
    let other = with_release_team();
    assert_eq!(counts(&import(&other, &file, ""))[0], 2);
    assert_eq!(titles(&other), titles(&berth));
    let back = other.folder().join("back.ics");
    other.ok(&format!("export -o {}", back.display()));
    let again = import(&berth, &back, "");
    assert_eq!(counts(&again), [0, 0, 2, 0, 0], "{again:#}");
}

#[test]
fn importing_twice_changes_nothing() {
    let berth = with_release_team();
    let file = fixture("release-week.ics");
    let first = import(&berth, &file, "--env staging --team Release");
    assert_eq!(counts(&first)[4], 0, "{first:#}");
    assert!(counts(&first)[0] > 0, "{first:#}");
    let list = berth.json("list --from 2026-09-01 --to 2026-10-31");
    let second = import(&berth, &file, "--env staging --team Release");
    assert_eq!(
        [counts(&second)[0], counts(&second)[1]],
        [0, 0],
        "{second:#}"
    );
    assert_eq!(berth.json("list --from 2026-09-01 --to 2026-10-31"), list);
}

#[test]
fn an_import_is_one_operation() {
    let berth = two_bookings();
    berth.ok("team add Release");
    let before = berth.json("list");
    import(
        &berth,
        &fixture("release-week.ics"),
        "--env staging --team Release",
    );
    assert_ne!(berth.json("list"), before);
    berth.ok("undo");
    assert_eq!(berth.json("list"), before);
}

#[test]
fn a_dry_run_shows_and_writes_nothing() {
    let berth = two_bookings();
    berth.ok("team add Release");
    let before = berth.json("list");
    let seen = import(
        &berth,
        &fixture("release-week.ics"),
        "--env staging --team Release --dry-run",
    );
    assert!(counts(&seen)[0] > 0, "{seen:#}");
    assert_eq!(berth.json("list"), before);
    golden(
        "import-preview.txt",
        &berth.ok(&format!(
            "import {} --env staging --team Release --dry-run",
            fixture("release-week.ics").display()
        )),
    );
}

#[test]
fn what_is_broken_is_told_by_line_and_the_rest_goes_on() {
    let berth = with_release_team();
    let answer = import(
        &berth,
        &fixture("half-broken.ics"),
        "--env staging --team Release",
    );
    assert_eq!(counts(&answer)[0], 1, "{answer:#}");
    let issues = answer["issues"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    assert!(!issues.is_empty(), "{answer:#}");
    assert!(
        issues.iter().all(|issue| issue["line"].as_i64() > Some(0)),
        "{answer:#}"
    );
    assert_eq!(titles(&berth), ["the good one"]);
}

#[test]
fn an_environment_that_nobody_named_is_not_guessed() {
    let berth = with_release_team();
    let answer = import(&berth, &fixture("release-week.ics"), "");
    assert_eq!(counts(&answer)[0], 0, "{answer:#}");
    assert!(counts(&answer)[4] > 0, "{answer:#}");
    assert!(titles(&berth).is_empty());
}

#[test]
fn what_is_no_calendar_is_refused() {
    let berth = two_bookings();
    let before = berth.json("list");
    for (name, content) in [
        ("picture.ics", &b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..]),
        ("page.ics", b"<!doctype html><title>Sign in</title>"),
        ("empty.ics", b""),
        ("zeros.ics", &[0; 4096]),
    ] {
        let file = berth.folder().join(name);
        std::fs::write(&file, content).unwrap();
        let answer = berth
            .run(["import", &file.to_string_lossy()])
            .expect_code(3);
        assert!(answer.stderr.contains(name), "{name}: {}", answer.stderr);
        assert_eq!(berth.json("list"), before, "{name}");
    }
}

#[test]
fn html_in_a_title_is_text() {
    let berth = with_release_team();
    import(
        &berth,
        &fixture("hostile.ics"),
        "--env staging --team Release",
    );
    let hostile = "<img src=x onerror=alert(1)><b>bold</b>";
    assert!(
        titles(&berth).contains(&hostile.to_owned()),
        "{:?}",
        titles(&berth)
    );
}

#[test]
fn a_rule_from_1900_answers_at_once() {
    let berth = with_release_team();
    let start = std::time::Instant::now();
    import(
        &berth,
        &fixture("hostile.ics"),
        "--env staging --team Release",
    );
    berth.ok("week");
    assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
}

#[test]
fn a_moved_booking_is_exported_as_it_is_now() {
    let berth = two_bookings();
    let id = berth.json("list")[0]["id"].as_str().unwrap().to_owned();
    berth.ok(&format!("move {id} --from 2026-09-16T10:00"));
    let text = berth.ok("export");
    assert!(text.contains("DTSTART:20260916T080000Z"), "{text}");
    assert!(
        text.lines().all(|line| line.len() <= 75),
        "lines are folded"
    );
}

#[test]
fn an_export_can_be_narrowed() {
    let berth = two_bookings();
    book(&berth, "Infra", "2026-10-15T09:00", "2026-10-15T13:00");
    let check = |options: &str, expected: usize| {
        let text = berth.ok(&format!("export {options}"));
        assert_eq!(text.matches("BEGIN:VEVENT").count(), expected, "{options}");
    };
    check("", 3);
    check("--team Infra", 2);
    check("--env production", 0);
    check("--from 2026-09-14 --to 2026-09-21", 2);
    check("--team Infra --from 2026-09-14 --to 2026-09-21", 1);
}

#[test]
fn mappings_are_told() {
    let berth = with_release_team();
    let answer = import(
        &berth,
        &fixture("release-week.ics"),
        "--env staging --team Release",
    );
    assert_ne!(answer["mappings"], json!([]), "{answer:#}");
}
