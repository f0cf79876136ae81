//! Going back to a backup, bringing back what was deleted, and an import that would remove bookings.

use std::fs;

use berth_tests::app::App;
use berth_tests::berth::Berth;
use berth_tests::desktop::Desktop;
use berth_tests::place;
use serde_json::json;

use crate::scene::{NOW, book, card, with_teams};

/// Makes the backup of the day before with one booking, and leaves another week behind.
fn another_week(app: &App<'_>) {
    book(app, "Infra", "load test", "2026-09-15", 9.0, 13.0);
    let before = Berth::at(app.data()).now("2026-09-13T08:00:00Z");
    before.ok("team edit Perf --code PF");
    book(app, "Infra", "soak test", "2026-09-16", 9.0, 13.0);
    let now = Berth::at(app.data()).now(NOW);
    now.ok("edit 1 --title renamed");
    let _ = card(app, "renamed");
}

fn theme(app: &App<'_>, theme: &str) {
    let settings = app.invoke("startup", json!({}))["settings"].clone();
    let mut settings = settings.as_object().unwrap().clone();
    settings.insert("theme".into(), theme.into());
    app.invoke("save_settings", json!({ "settings": settings }));
}

#[test]
fn going_back_to_a_backup() {
    let desktop = Desktop::start();
    let app = with_teams(&desktop);
    another_week(&app);
    app.click("@menu");
    app.click("@menu-go-back");
    app.click("@backup[data-name='day-2026-09-13']");
    app.wait_for_text("1 booking goes, 1 booking changes");
    app.wait_for_text("→ “load test” on staging, Tue 15 Sep 09:00–13:00");
    app.picture("62-go-back");
    for (width, height) in [(900, 700), (1280, 800)] {
        app.resize(width, height);
        app.picture(&format!("62-go-back-{width}"));
    }
    app.click("@go-back-go");
    let _ = card(&app, "load test");
    app.wait_gone("@go-back");
    app.picture("63-went-back");
    app.keys("Control+z");
    let _ = (card(&app, "renamed"), card(&app, "soak test"));
    // By keys, and nothing to do for the state that was just kept.
    app.keys("Control+k");
    app.write("go back");
    app.keys("Enter");
    app.click("@backup[data-name='before-2026-09-14-1']");
    let _ = app.find("@go-back-nothing");
    app.picture("64-nothing-changes");
    app.keys("Escape");
    app.wait_gone("@go-back");
}

#[test]
fn what_was_deleted_comes_back() {
    let desktop = Desktop::start();
    let app = with_teams(&desktop);
    another_week(&app);
    for title in ["renamed", "soak test"] {
        let booked = card(&app, title);
        app.press(&booked);
        app.keys("Escape");
        app.keys("Delete");
    }
    app.wait_gone("@card");
    app.click("@menu");
    app.click("@menu-trash");
    app.wait_for_text("“soak test” on staging, Wed 16 Sep 09:00–13:00");
    app.picture("65-trash");
    app.click_named(
        "@trash button",
        "Bring back “renamed” on staging, Tue 15 Sep 09:00–13:00",
    );
    let _ = card(&app, "renamed");
    app.click_named(
        "@trash button",
        "Bring back “soak test” on staging, Wed 16 Sep 09:00–13:00",
    );
    let _ = app.find("@trash-empty");
    app.picture("66-trash-empty");
    app.keys("Escape");
    let _ = (card(&app, "renamed"), card(&app, "soak test"));
    app.keys("Control+z");
    app.click("@menu");
    app.click("@menu-trash");
    app.wait_for_text("“soak test”");
    app.keys("Escape");
    theme(&app, "dark");
}

#[test]
fn an_import_asks_before_it_removes() {
    let desktop = Desktop::start();
    let app = with_teams(&desktop);
    let file = desktop.home().join("team.ics");
    let write = |hours: &[u32]| {
        let event = |hour: &u32| {
            format!(
                "BEGIN:VEVENT\r\nUID:{hour}@example\r\nDTSTAMP:20260901T000000Z\r\nDTSTART:20260915T{hour:02}0000Z\r\n\
                 DURATION:PT1H\r\nSUMMARY:slot {hour}\r\nEND:VEVENT\r\n"
            )
        };
        let events: String = hours.iter().map(event).collect();
        let text = format!(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t//EN\r\nX-WR-CALNAME:Team\r\n{events}END:VCALENDAR\r\n"
        );
        fs::write(&file, text).unwrap();
    };
    let open = || {
        let mut again = desktop.command(place::program("berth-desktop"));
        let ended = again.env("BERTH_DATA_DIR", app.data()).arg(&file).status();
        assert!(ended.unwrap().success());
        let _ = app.find("@import-table");
    };
    write(&[8, 10, 12]);
    open();
    app.choose("@import-environment-all", "staging");
    app.choose("@import-team-all", "Perf");
    app.wait_for_text("Import 3 bookings");
    app.click("@import-apply");
    app.wait_gone("@import-table");
    write(&[8, 12, 14]);
    open();
    app.wait_for_text("1 booking of this calendar is no longer in the file");
    app.wait_for_text("Import 1 booking");
    app.picture("67-import-asks");
    app.click("@import-apply");
    app.wait_gone("@import-table");
    let _ = (card(&app, "slot 10"), card(&app, "slot 14"));
    open();
    app.click("@import-remove");
    app.wait_for_text("Remove 1 booking");
    app.picture("68-import-removes");
    app.click("@import-apply");
    app.wait_gone("@import-table");
    app.wait_gone("@card[aria-label*='slot 10']");
    app.keys("Control+z");
    let _ = card(&app, "slot 10");
}
