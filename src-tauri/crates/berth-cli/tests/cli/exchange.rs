//! Import and export.

use crate::berth::Berth;
use crate::golden::golden;
use crate::serve::serving;

/// A calendar by another program: two events that say where they belong, one that does not, one
/// whose end is before its start, one called off.
const CALENDAR: &str = "\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Example//Planner//EN
X-WR-CALNAME:Releases
BEGIN:VEVENT
UID:release@example.com
DTSTAMP:20260901T000000Z
DTSTART;TZID=Europe/Berlin:20260917T200000
DTEND;TZID=Europe/Berlin:20260917T220000
SUMMARY:Release\\, the big one
LOCATION:Production
CATEGORIES:Ops
END:VEVENT
BEGIN:VEVENT
UID:test@example.com
DTSTAMP:20260901T000000Z
DTSTART:20260917T070000Z
DTEND:20260917T110000Z
SUMMARY:Load \u{1b}[2Jtest
LOCATION:staging
END:VEVENT
BEGIN:VEVENT
UID:meeting@example.com
DTSTAMP:20260901T000000Z
DTSTART:20260917T120000Z
DTEND:20260917T130000Z
SUMMARY:Meeting
LOCATION:Room 5
END:VEVENT
BEGIN:VEVENT
UID:backwards@example.com
DTSTAMP:20260901T000000Z
DTSTART:20260917T130000Z
DTEND:20260917T120000Z
SUMMARY:Backwards
LOCATION:staging
END:VEVENT
BEGIN:VEVENT
UID:off@example.com
DTSTAMP:20260901T000000Z
DTSTART:20260918T130000Z
DTEND:20260918T140000Z
SUMMARY:Called off
LOCATION:staging
STATUS:CANCELLED
END:VEVENT
END:VCALENDAR
";

fn saved(berth: &Berth, name: &str, text: &str) -> String {
    let path = berth.file(name);
    std::fs::write(&path, text.replace('\n', "\r\n")).unwrap();
    path.to_str().unwrap().to_owned()
}

fn count(berth: &Berth) -> usize {
    berth
        .json("list --from 2026-09-14 --to 2026-12-31")
        .as_array()
        .unwrap()
        .len()
}

#[test]
fn a_preview_then_one_operation() {
    let berth = Berth::begun();
    let file = saved(&berth, "releases.ics", CALENDAR);
    let mut said = berth.run(&["import", &file, "--dry-run"]).exits(0).stdout;
    assert_eq!(count(&berth), 0, "a preview writes nothing");
    golden(
        "import.json",
        &berth
            .run(&["--json", "import", &file, "--dry-run"])
            .exits(0)
            .stdout,
    );
    berth.book("--env staging --team Infra --from 2026-09-17T10:00 --for 1h");
    said += &berth.run(&["import", &file]).exits(0).stdout;
    said += &berth.run(&["import", &file]).exits(0).stdout;
    golden("import.txt", &said);
    let before = count(&berth);
    let again = berth.json(&format!("import {file}"));
    assert_eq!((&again["added"], &again["updated"]), (&0.into(), &0.into()));
    assert_eq!(count(&berth), before, "importing again changes nothing");
    berth.ok("undo");
    assert_eq!(count(&berth), 1, "all of the import, and nothing else");
}

#[test]
fn the_rest_goes_where_it_is_told() {
    let berth = Berth::begun();
    let file = saved(&berth, "releases.ics", CALENDAR);
    let all = berth.json(&format!("import {file} --env integration --team perf"));
    let place = |uid: &str| {
        let all = all["mappings"].as_array().unwrap();
        let one = all.iter().find(|one| one["uid"] == uid).unwrap();
        format!("{} {} {}", one["environment"], one["team"], one["action"]).replace('"', "")
    };
    assert_eq!(place("meeting@example.com"), "integration Perf add");
    assert_eq!(
        place("release@example.com"),
        "production Ops add",
        "what says so itself stays there"
    );
    assert_eq!(place("test@example.com"), "staging Perf add");
    berth.run(&["import", &file, "--env", "nowhere"]).fails(
        3,
        "no environment “nowhere”",
        "staging",
    );
    berth.run(&["import", &file, "--team", "nobody"]).fails(
        3,
        "no team “nobody”",
        "berth team add nobody",
    );
}

#[test]
fn a_calendar_behind_an_address() {
    let berth = Berth::begun();
    let address = serving("200 OK", CALENDAR.as_bytes().to_vec());
    let import = ["import", &address, "--env", "staging", "--team", "Perf"];
    let said = berth.run(&import).exits(0).stdout;
    assert!(
        !said.contains("private-key") && !said.contains("secret"),
        "{said}"
    );
    let booked = count(&berth);
    assert!(booked > 0, "{said}");
    berth.run(&import).exits(0);
    assert_eq!(count(&berth), booked);
    assert!(!berth.ok("history").contains("private-key"));
}

#[test]
fn what_is_no_calendar() {
    let berth = Berth::begun();
    let text = saved(&berth, "notes.txt", "Dear diary\n");
    berth.run(&["import", &text]).fails(3, "notes.txt", ".ics");
    berth
        .run(&["import", "nowhere.ics"])
        .fails(3, "Cannot read nowhere.ics", "Check the name");
    berth
        .fed(&["import", "-"], "")
        .fails(3, "standard input", ".ics");
    let gone = serving("404 Not Found", Vec::new());
    berth
        .run(&["import", &gone])
        .fails(3, "Cannot load the calendar from 127.0.0.1", "browser");
    let large = saved(
        &berth,
        "large.ics",
        &CALENDAR.replace(
            "DTSTAMP",
            &format!("{}DTSTAMP", "X-A:b\n".repeat(2_000_000)),
        ),
    );
    berth
        .run(&["import", &large])
        .fails(3, "large.ics", "--large");
    assert_eq!(count(&berth), 0);
}

#[test]
fn export_and_back_without_a_change() {
    let berth = Berth::begun();
    berth.book("--env staging --team Infra --from 2026-09-17T09:00 --for 4h --title \"load test\" --clean-up 1h");
    berth.book(
        "--env production --team QA --from 2026-09-18 --all-day --title audit --kind maintenance",
    );
    berth.book("--env integration --team QA --from 2026-09-15T09:00 --for 1h --repeat FREQ=WEEKLY;COUNT=5 --units 1");
    berth.ok("move 3@2026-09-22T07:00:00Z --from 2026-09-23T09:00");
    berth.ok("delete 3@2026-09-29T07:00:00Z");
    let printed = berth.ok("export");
    assert!(
        printed.starts_with("BEGIN:VCALENDAR\r\nPRODID")
            || printed.starts_with("BEGIN:VCALENDAR\r\nVERSION")
    );
    let file = berth.file("out.ics");
    let file = file.to_str().unwrap();
    assert_eq!(
        berth.run(&["export", "-o", file]).exits(0).stdout,
        format!("Exported 3 bookings to {file}.\n")
    );
    assert_eq!(std::fs::read_to_string(file).unwrap(), printed);
    let back = berth.json(&format!("import {file}"));
    let unchanged = |key: &str| back[key].as_u64().unwrap();
    assert_eq!(
        [
            unchanged("added"),
            unchanged("updated"),
            unchanged("cancelled"),
            unchanged("skipped"),
            unchanged("unchanged")
        ],
        [0, 0, 0, 0, 4]
    );
    let other = Berth::begun();
    other.fed(&["import", "-"], &printed).exits(0);
    let listed = |berth: &Berth| -> Vec<String> {
        let all = berth.json("list --from 2026-09-14 --to 2026-12-31");
        let all = all.as_array().unwrap().clone();
        all.into_iter()
            .map(|mut one| {
                one["id"].take();
                one.to_string()
            })
            .collect()
    };
    assert_eq!(
        listed(&other),
        listed(&berth),
        "another Berth shows the same"
    );
}

#[test]
fn a_part_of_it() {
    let berth = Berth::begun();
    berth.book("--env staging --team Infra --from 2026-09-17T09:00 --for 4h --title one");
    berth.book("--env production --team QA --from 2026-09-18T09:00 --for 4h --title two");
    let titles = |options: &str| -> Vec<String> {
        let text = berth.ok(&format!("export {options}"));
        text.lines()
            .filter_map(|line| line.strip_prefix("SUMMARY:"))
            .map(str::to_owned)
            .collect()
    };
    assert_eq!(titles("--env staging"), ["one"]);
    assert_eq!(titles("--team QA --for outlook"), ["two"]);
    assert_eq!(titles("--from 2026-09-18 --for google"), ["two"]);
    assert_eq!(titles("--to 2026-09-17"), ["one"]);
    assert_eq!(titles("--from 2026-09-19").len(), 0);
    berth
        .line("export --from 2026-09-18 --to 2026-09-17")
        .fails(3, "before the first", "later last day");
    berth
        .line("--json export")
        .fails(3, "both iCalendar and JSON", "-o FILE");
    berth
        .line("export -o no/such/folder/x.ics")
        .fails(3, "Cannot write", "folder");
    let file = berth.file("x.ics");
    let told = berth.json(&format!("export -o {}", file.display()));
    assert_eq!(
        (&told["bookings"], told["files"].as_array().unwrap().len()),
        (&2.into(), 1)
    );
    assert_eq!(
        told["bytes"].as_u64().unwrap(),
        std::fs::metadata(file).unwrap().len()
    );
}

#[test]
fn what_cannot_be_read_or_written_ends_in_a_next_step() {
    let berth = Berth::begun();
    let folder = saved(&berth, "calendar.ics", CALENDAR).replace("/calendar.ics", "");
    let none = saved(
        &berth,
        "none.ics",
        "BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n",
    );
    let missing = format!("{folder}/missing.ics");
    let nowhere = format!("{folder}/nowhere/week.ics");
    let into = |path: &str| format!("-o{path}");
    let (onto, into) = (into(&folder), into(&nowhere));
    for (words, said, next) in [
        (["import", &folder], "it is a folder", "Name a file in it"),
        (["import", &missing], "no such file", "Check the name"),
        (["export", &onto], "it is a folder", "Name a file in it"),
        (
            ["export", &into],
            "its folder is not there",
            "Choose a folder",
        ),
    ] {
        berth.run(&words).fails(3, said, next);
    }
    let output = berth.run(&["import", &none]).exits(0);
    let said = "holds no events: export";
    assert!(output.stdout.contains(said), "{}", output.stdout);
}
