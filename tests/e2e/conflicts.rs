//! Conflicts: met, read, solved; seen weeks ahead; and avoided.

use std::process::Command;

use berth_tests::app::App;
use berth_tests::berth::Berth;
use berth_tests::desktop::Desktop;
use berth_tests::place;

use crate::scene::{NOW, book, card, drag_hours, fill_form, with_teams};

const THURSDAY: &str = "2026-09-17";

/// The command line over the data of the app.
fn shell(app: &App<'_>) -> Berth {
    Berth::at(app.data()).now(NOW)
}

fn conflicts_shown(app: &App<'_>, count: u32) {
    let _ = app.find(&format!("@conflict-count[data-count='{count}']"));
}

#[test]
fn a_conflict_is_read_solved_and_brought_back() {
    let desktop = Desktop::start();
    let app = with_teams(&desktop);
    shell(&app).ok("env edit staging --owner Ops");
    // Not from the window in the same moment: within one second nobody was first.
    let earlier = Berth::at(app.data()).now("2026-09-14T06:12:00Z");
    earlier.ok("book --env staging --team Perf --from 2026-09-17T09:00 --for 4h --title tests");
    let _ = card(&app, "tests");
    book(
        &app,
        "Infra",
        "infrastructure changes",
        THURSDAY,
        12.0,
        15.0,
    );
    conflicts_shown(&app, 1);
    app.wait_for_text("caused 1 new conflict");
    app.click("@conflict-count");
    let item = app.find("@conflict");
    let said = app.text(&item);
    for words in [
        "Perf and Infra both hold it",
        "staging, Thu 17 Sep 12:00–13:00 (1 h)",
        "staging has capacity 1; both are confirmed and exclusive",
        "Perf booked first (Mon 08:12)",
        "Contact: Ops",
    ] {
        assert!(said.contains(words), "{words} in {said}");
    }
    app.click("@solve-conflict");
    let _ = app.find("@way");
    app.picture("16-ways-out");
    let ways = app.all("@way");
    let second = app.text(&ways[1]);
    assert!(second.starts_with("Move Infra to "), "{second}");
    app.press(&ways[1]);
    conflicts_shown(&app, 0);
    app.wait_for_text("solved 1 conflict");
    app.keys("Control+z");
    conflicts_shown(&app, 1);
    let name = app.name(&card(&app, "infrastructure changes"));
    assert!(name.contains("12:00"), "{name}");
}

#[test]
fn a_freeze_stops_a_deploy_and_not_a_test() {
    let desktop = Desktop::start();
    let app = with_teams(&desktop);
    shell(&app).ok("freeze --env staging --from 2026-09-17 --to 2026-09-17 --title quarter-end");
    app.wait_for_text("quarter-end");
    drag_hours(&app, THURSDAY, "staging", 9.0, 11.0);
    fill_form(&app, "Infra", "release");
    let _ = app.find("@outlook @conflict[data-kind='freeze'][data-severity='error']");
    app.wait_for_text("staging is frozen then");
    app.choose("@booking-form @kind", "Test");
    app.wait_for_text("Free: no conflicts");
    app.choose("@booking-form @kind", "Deployment");
    let _ = app.find("@outlook @conflict[data-kind='freeze']");
    app.picture("17-freeze");
    app.click("@save");
    conflicts_shown(&app, 1);
    app.click("@conflict-count");
    let _ = app.find("@conflict-panel @conflict[data-kind='freeze']");
}

/// A pipeline asks the same data that the window writes.
#[test]
fn a_script_asks_before_it_deploys() {
    let desktop = Desktop::start();
    let app = with_teams(&desktop);
    let script = "if berth may staging --team Infra --kind deploy --now \"$NOW\"; \
        then echo deploying; else echo waiting; exit 1; fi";
    let run = || {
        let folder = place::program("berth");
        let folder = folder.parent().map(|path| path.display().to_string());
        let path = format!("{}:/usr/bin:/bin", folder.unwrap_or_default());
        let mut command = Command::new("sh");
        command.args(["-c", script]).env("PATH", path);
        command.env("BERTH_DATA_DIR", app.data()).env("NOW", NOW);
        command.env("TZ", "Europe/Berlin");
        let output = command.output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        (output.status.code(), said)
    };
    let (code, said) = run();
    assert_eq!(code, Some(0), "{said}");
    assert!(
        said.starts_with("yes: ") && said.ends_with("deploying\n"),
        "{said}"
    );
    book(&app, "Perf", "performance tests", "2026-09-14", 9.0, 13.0);
    let (code, said) = run();
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("held by Perf until 13:00"), "{said}");
    assert!(said.ends_with("waiting\n"), "{said}");
    app.keys("Control+z");
    app.wait_gone("@card");
    assert_eq!(run().0, Some(0));
}

const STANDBY: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//test//EN\r\n\
    BEGIN:VEVENT\r\nUID:standby\r\nDTSTAMP:20260901T000000Z\r\n\
    DTSTART;TZID=America/New_York:20260901T090000\r\nDTEND;TZID=America/New_York:20260901T110000\r\n\
    RRULE:FREQ=WEEKLY\r\nLOCATION:staging\r\nCATEGORIES:Perf\r\nSUMMARY:standby\r\n\
    END:VEVENT\r\nEND:VCALENDAR\r\n";

#[test]
fn the_weeks_ahead_show_a_conflict_and_lead_there() {
    let desktop = Desktop::start();
    let app = with_teams(&desktop);
    let berth = shell(&app);
    berth.ok("env edit staging --zone Europe/Berlin");
    berth.ok("book --env staging --team Infra --from 2026-09-01T13:00 --for 2h --title sync --repeat FREQ=WEEKLY");
    let file = app.data().join("standby.ics");
    std::fs::write(&file, STANDBY).unwrap();
    berth.ok(&format!("import {}", file.display()));
    // Told although somebody else did it, and nothing of it is in this week.
    app.wait_for_text("Something was changed elsewhere");
    app.wait_for_text("This caused 1 new conflict");
    conflicts_shown(&app, 0);
    app.click("@conflict-count");
    app.click("@conflict-panel label:has(@ahead)");
    let week = app.find("@strip-week[data-week='44'][data-count='1']");
    assert!(
        app.name(&week)
            .contains("Berlin and New York are 5 h apart")
    );
    let group = app.text(&app.find("@ahead-group"));
    assert!(
        group.contains(
            "1 of 26 Tuesdays, in the weeks when Berlin's and New York's clocks disagree"
        ),
        "{group}"
    );
    app.picture("18-weeks-ahead");
    app.press(&week);
    conflicts_shown(&app, 1);
    let _ = app.find("@strip-week[data-week='44'][aria-current='true']");
    app.keys("ArrowLeft");
    app.keys("Enter");
    let _ = app.find("@strip-week[data-week='43'][aria-current='true']");
    app.click("@ahead-date");
    let _ = app.find("@strip-week[data-week='44'][aria-current='true']");
    let name = app.name(&card(&app, "standby"));
    assert!(name.contains("Infra"), "overlaps whom: {name}");
}

#[test]
fn a_free_slot_is_found_from_the_form() {
    let desktop = Desktop::start();
    let app = with_teams(&desktop);
    book(&app, "Perf", "performance tests", THURSDAY, 9.0, 13.0);
    drag_hours(&app, THURSDAY, "staging", 9.0, 13.0);
    fill_form(&app, "Infra", "infrastructure changes");
    app.wait_for_text("1 conflict");
    app.click("@find-a-slot");
    assert_eq!(app.value("@find-length"), "4h");
    app.wait_for_text("Thu 17 Sep 13:00–17:00");
    app.picture("19-free-slots");
    app.fill("@find-length", "9h");
    app.choose("@find-hours", "Only working hours");
    app.click("label:has(@find-day-4)");
    app.click("label:has(@find-each)");
    let why = app.text(&app.find("@find-why"));
    assert!(why.contains("staging is held by Perf"), "{why}");
    app.fill("@find-length", "2h30m");
    app.click_named("@find-slot", "Thu 17 Sep 13:00–15:30");
    app.wait_gone("@find-dialog");
    assert_eq!(app.value("@startTime"), "13:00");
    assert_eq!(app.value("@endTime"), "15:30");
    app.wait_for_text("Free: no conflicts");
    app.click("@save");
    conflicts_shown(&app, 0);
    let booked = app.name(&card(&app, "infrastructure changes"));
    assert!(booked.contains("13:00"), "{booked}");
    // The same from the palette, into a new form.
    app.keys("Control+k");
    app.fill("@palette-text", "find a slot");
    app.keys("Enter");
    app.click("@find-slot");
    app.wait_gone("@find-dialog");
    assert_eq!(app.value("@startDate"), "2026-09-14");
}
