//! Booking, moving, changing, calling off, removing; undo and redo; ids; times.

use crate::berth::{Berth, Output};
use crate::golden::golden;

const THURSDAY: &str = "--env staging --team Infra --from 2026-09-17T09:00 --for 4h";

/// `start end title` of what is booked in week 38, in UTC.
fn listed(berth: &Berth) -> Vec<String> {
    let all = berth.json("list --from 2026-09-14 --to 2026-09-30");
    let text = |one: &serde_json::Value, name: &str| one[name].as_str().unwrap().to_owned();
    let line = |one: &serde_json::Value| {
        format!(
            "{} {}–{} {}",
            text(one, "id"),
            &text(one, "start")[5..16],
            &text(one, "end")[5..16],
            text(one, "title")
        )
    };
    all.as_array().unwrap().iter().map(line).collect()
}

#[test]
fn a_booking_and_what_it_meets() {
    let berth = Berth::begun();
    let mut said = berth.ok(&format!("book {THURSDAY} --title \"load test\""));
    said += &berth.ok(
        "book --env STAGING --team per --from 2026-09-17T12:00 --to 2026-09-17T14:00 --dry-run",
    );
    assert_eq!(listed(&berth).len(), 1, "a dry run books nothing");
    said +=
        &berth.ok("book --env staging --team perf --from 2026-09-17T12:00 --to 2026-09-17T14:00");
    golden("book.txt", &said);
}

#[test]
fn times_as_people_say_them() {
    // Tuesday 1 September 2026, two in the morning in Berlin.
    for (options, expected) in [
        (
            "--from 2026-09-17T09:00 --for 90m",
            "2026-09-17T07:00:00Z 2026-09-17T08:30:00Z",
        ),
        (
            "--from 2026-09-17T09:00-04:00 --for 1h",
            "2026-09-17T13:00:00Z 2026-09-17T14:00:00Z",
        ),
        (
            "--from \"tomorrow 9:00\" --for 4h",
            "2026-09-02T07:00:00Z 2026-09-02T11:00:00Z",
        ),
        (
            "--from \"thu 14:00\" --to \"thu 24:00\"",
            "2026-09-03T12:00:00Z 2026-09-03T22:00:00Z",
        ),
        (
            "--from now --to +2h",
            "2026-09-01T00:00:00Z 2026-09-01T02:00:00Z",
        ),
        (
            "--from today --to tomorrow",
            "2026-08-31T22:00:00Z 2026-09-02T22:00:00Z",
        ),
        (
            "--from 2026-10-24T22:00 --to 2026-10-25T06:00",
            "2026-10-24T20:00:00Z 2026-10-25T05:00:00Z",
        ),
        (
            "--from 2027-03-27T22:00 --for 8h",
            "2027-03-27T21:00:00Z 2027-03-28T05:00:00Z",
        ),
        (
            "--from 2027-03-28T02:30 --for 1h",
            "2027-03-28T01:30:00Z 2027-03-28T02:30:00Z",
        ),
        (
            "--from wed --all-day --for 2d",
            "2026-09-01T22:00:00Z 2026-09-03T22:00:00Z",
        ),
        (
            "--from 2026-10-24 --to 2026-10-25 --all-day",
            "2026-10-23T22:00:00Z 2026-10-25T23:00:00Z",
        ),
    ] {
        let made = Berth::begun().json(&format!("book --env staging --team Infra {options}"));
        let (start, end) = (&made["booking"]["start"], &made["booking"]["end"]);
        assert_eq!(
            format!("{} {}", start.as_str().unwrap(), end.as_str().unwrap()),
            expected,
            "{options}"
        );
    }
}

#[test]
fn elsewhere_times_are_said_as_they_are_read() {
    let berth = Berth::begun();
    let elsewhere = |words: &[&str]| {
        let mut command = berth.command(words);
        let output = command.env("TZ", "America/New_York").output().unwrap();
        Output::of(output).exits(0).stdout
    };
    let from = ["--from", "fri 9:00", "--for", "1h"];
    let said = elsewhere(&[&["book", "--env", "staging", "--team", "Infra"], &from[..]].concat());
    assert!(
        said.contains("Fri 4 Sep 09:00–10:00") && said.ends_with("Times are in Europe/Berlin.\n"),
        "{said}"
    );
}

#[test]
fn the_zone_is_that_of_the_environment() {
    let berth = Berth::begun();
    berth.ok("env add lab --zone America/New_York");
    let there = berth.json("book --env lab --team Infra --from 2026-09-17T09:00 --for 1h");
    assert_eq!(there["booking"]["start"], "2026-09-17T13:00:00Z");
    assert_eq!(there["booking"]["zone"], "America/New_York");
    let said = berth.ok("book --env lab --team Infra --from 2026-09-18T09:00 --for 1h");
    assert!(
        said.contains("Fri 18 Sep 15:00–16:00") && said.ends_with("Times are in Europe/Berlin.\n"),
        "{said}"
    );
    // Its evening is the next morning in Berlin.
    berth.ok("book --env lab --team Infra --from 2026-09-17T22:00 --for 1h");
    let on = |day: &str| {
        berth
            .json(&format!("list --env lab --from {day} --to {day}"))
            .as_array()
            .unwrap()
            .len()
    };
    assert_eq!((on("2026-09-17"), on("2026-09-18")), (2, 1));
}

#[test]
fn what_cannot_be_booked() {
    let berth = Berth::begun();
    let book = |options: &str| berth.line(&format!("book {options}"));
    book("--env stagng --team Infra --from now --for 1h").fails(
        3,
        "no environment “stagng”",
        "Did you mean staging?",
    );
    book("--env staging --team Ops --from now --for 1h").fails(
        3,
        "no team “Ops”",
        "`berth team add Ops`",
    );
    book("--env staging --team Infra --from tomorow --for 1h").fails(
        3,
        "“tomorow” is not a time",
        "tomorrow 9:00",
    );
    book("--env staging --team Infra --from \"thu 14:00\" --to \"thu 14:00\"").fails(
        3,
        "is not after the start",
        "--for",
    );
    book("--env staging --team Infra --from 2026-10-25T01:30:00Z --for 1h").fails(
        3,
        "second 02:30",
        "outside the hour",
    );
    book("--env staging --team Infra --from 2026-10-24 --all-day --for 5h").fails(
        3,
        "last for days",
        "--for 2d",
    );
    book("--env staging --team Infra --from now --for 1h --repeat FREQ=SOMETIMES").fails(
        3,
        "cannot be saved",
        "FREQ=WEEKLY",
    );
    book("--env staging --team Infra --from now --for 1h --set-up 8d --dry-run").fails(
        3,
        "could not be booked",
        "7 days",
    );
    for wrong in [
        "",
        "--env staging",
        "--env staging --team Infra --from now",
        "--env staging --from now --for 4x",
    ] {
        let output = book(wrong).exits(2);
        assert!(output.stderr.contains("--help"), "{output:?}");
    }
    assert_eq!(listed(&berth), [""; 0]);
}

#[test]
fn my_team_books_unless_another_is_named() {
    let berth = Berth::begun();
    let made = berth.json("book --env staging --from 2026-09-17T09:00 --for 1h");
    assert_eq!(made["booking"]["team"], "Infra");
    berth.ok("team edit Perf --mine");
    berth
        .line("book --env staging --from now --for 1h")
        .fails(3, "Which team books?", "--team");
}

#[test]
fn everything_that_can_be_said_of_a_booking() {
    let berth = Berth::begun();
    let id = berth.book(
        "--env staging --team Perf --from 2026-09-17T09:00 --for 4h --title \"load  test\" --kind deploy \
         --tentative --units 1 --set-up 30m --clean-up 1h30m --plan release-7 --lead 1h,10m --free \
         --notes \"bring cake\" --repeat RRULE:FREQ=WEEKLY;BYDAY=TH;COUNT=3",
    );
    golden(
        "show.txt",
        &crate::golden::anonymous(&without_uid(&berth.ok(&format!("show {id}")))),
    );
    berth.ok(&format!(
        "edit {id} --title other --kind watch --confirmed --units all --set-up 0 --clean-up 0 --plan none \
         --lead never --blocks --repeat never --team QA"
    ));
    golden(
        "show-edited.txt",
        &without_uid(&berth.ok(&format!("show {id}"))),
    );
}

fn without_uid(text: &str) -> String {
    text.lines()
        .filter(|line| !line.starts_with("uid "))
        .collect::<Vec<_>>()
        .join("\n")
        + "\n"
}

#[test]
fn moved_by_start_end_length_and_environment() {
    let berth = Berth::begun();
    let id = berth.book(&format!("{THURSDAY} --title x"));
    for (options, expected) in [
        ("--from \"2026-09-18 10:00\"", "1 09-18T08:00–09-18T12:00 x"),
        ("--for 1h", "1 09-18T08:00–09-18T09:00 x"),
        ("--to 2026-09-18T12:30", "1 09-18T08:00–09-18T10:30 x"),
        (
            "--from 2026-09-17T22:00 --to 2026-09-17T24:00",
            "1 09-17T20:00–09-17T22:00 x",
        ),
        ("--env production", "1 09-17T20:00–09-17T22:00 x"),
    ] {
        let moved = berth.json(&format!("move {id} {options}"));
        assert_eq!(moved["booking"]["id"], id.as_str());
        assert_eq!(listed(&berth), [expected], "{options}");
    }
    assert_eq!(
        berth
            .json("list --env production --from 2026-09-17")
            .as_array()
            .unwrap()
            .len(),
        1
    );
    assert_eq!(
        berth.ok(&format!("move {id} --env production")),
        format!("Nothing to change (id {id})\n")
    );
    berth.line(&format!("move {id}")).exits(2);
    berth
        .line("move 99 --for 1h")
        .fails(3, "no booking “99”", "berth list");
    berth
        .line(&format!("move {id} --to 2026-09-17T21:00"))
        .fails(3, "is not after the start", "--to");
}

#[test]
fn whole_days_move_by_days() {
    let berth = Berth::begun();
    let id = berth.book(
        "--env staging --team Infra --from 2026-09-17 --to 2026-09-18 --all-day --title audit",
    );
    berth.ok(&format!("move {id} --from 2026-09-21"));
    assert_eq!(listed(&berth), ["1 09-20T22:00–09-22T22:00 audit"]);
    berth.ok(&format!("edit {id} --for 1d"));
    assert_eq!(listed(&berth), ["1 09-20T22:00–09-21T22:00 audit"]);
    let shown = berth.json(&format!("show {id}"));
    assert_eq!(
        (&shown["allDay"], &shown["zone"]),
        (&true.into(), &"Europe/Berlin".into())
    );
}

#[test]
fn occurrences_move_and_go_alone_and_series_as_a_whole() {
    let berth = Berth::begun();
    let id = berth.book(
        "--env staging --team Infra --from 2026-09-15T09:00 --for 1h --title weekly --repeat FREQ=WEEKLY;COUNT=3",
    );
    let first = [
        "1@2026-09-15T07:00:00Z 09-15T07:00–09-15T08:00 weekly",
        "1@2026-09-22T07:00:00Z 09-22T07:00–09-22T08:00 weekly",
        "1@2026-09-29T07:00:00Z 09-29T07:00–09-29T08:00 weekly",
    ];
    assert_eq!(listed(&berth), first);
    berth.ok("move 1@2026-09-22T07:00:00Z --from \"2026-09-23 14:00\"");
    assert_eq!(
        listed(&berth)[1],
        "2@2026-09-22T07:00:00Z 09-23T12:00–09-23T13:00 weekly"
    );
    berth.ok("edit 2 --title once");
    assert!(listed(&berth)[1].ends_with("once") && listed(&berth)[0].ends_with("weekly"));
    berth.ok("cancel 1@2026-09-29T09:00:00+02:00");
    berth.ok("delete 2");
    assert_eq!(
        listed(&berth),
        &first[..1],
        "a changed occurrence by its row is that occurrence alone"
    );
    assert_eq!(
        berth
            .json("list --cancelled --from 2026-09-29")
            .as_array()
            .unwrap()
            .len(),
        1
    );
    berth.ok("move 1@2026-09-15T07:00:00Z --from 2026-09-15T11:00 --series");
    assert!(listed(&berth)[0].contains("09-15T09:00–09-15T10:00"));
    berth.line("show 1@2026-09-16T07:00:00Z").fails(
        3,
        "no occurrence that starts at",
        "berth list",
    );
    let uid = berth.json("show 1@2026-09-15T09:00:00Z --series")["uid"]
        .as_str()
        .unwrap()
        .to_owned();
    berth.ok(&format!("delete {uid}"));
    assert_eq!(listed(&berth), [""; 0]);
    for _ in 0..6 {
        berth.ok("undo");
    }
    assert_eq!(listed(&berth), first, "{id} is as it was");
}

#[cfg(unix)]
#[test]
fn the_history_names_the_user_without_any_variable() {
    let berth = Berth::begun();
    let id = std::process::Command::new("id")
        .arg("-un")
        .output()
        .unwrap();
    let name = String::from_utf8(id.stdout).unwrap();
    for (day, variables) in [("14", &[][..]), ("15", &["USER", "LOGNAME", "USERNAME"])] {
        let book = format!("book --env staging --team Infra --from 2026-09-{day}T09:00 --for 1h");
        let words: Vec<&str> = book.split(' ').collect();
        let mut command = berth.command(&words);
        command.env_remove("USER");
        command.envs(variables.iter().map(|variable| (variable, "")));
        assert!(command.output().unwrap().status.success());
        let last = &berth.json("history")[0];
        assert_eq!(last["who"], name.trim(), "{variables:?} are empty");
    }
}

#[test]
fn undo_and_redo_in_other_processes() {
    let berth = Berth::begun();
    let id = berth.book(&format!("{THURSDAY} --title x"));
    let mut states = vec![listed(&berth)];
    for change in [
        "move ID --from 2026-09-18T10:00",
        "edit ID --title y",
        "cancel ID",
        "delete ID",
    ] {
        berth.ok(&change.replace("ID", &id));
        states.push(listed(&berth));
    }
    let last = states.len() - 1;
    for state in states[..last].iter().rev() {
        assert!(berth.ok("undo").starts_with("Undid: "));
        assert_eq!(&listed(&berth), state);
    }
    for state in &states[1..] {
        assert!(berth.ok("redo").starts_with("Did again: "));
        assert_eq!(&listed(&berth), state);
    }
    berth
        .line("redo")
        .fails(1, "nothing to redo", "something new");
    golden("history.txt", &berth.ok("history"));
    for _ in 0..9 {
        berth.ok("undo");
    }
    berth.line("undo").fails(1, "nothing to undo", "too old");
}
