//! Calendars into the window and out of it.

use berth_tests::app::App;
use berth_tests::desktop::Desktop;
use berth_tests::place::fixture;
use berth_tests::wait;

use crate::scene::{book, card, options, with_teams};

/// Starts Berth a second time with a file, as "open with" does: the first window shows it.
fn open_with(desktop: &Desktop, app: &App<'_>, file: &std::path::Path) {
    let mut again = desktop.command(berth_tests::place::program("berth-desktop"));
    let ended = again.env("BERTH_DATA_DIR", app.data()).arg(file).status();
    assert!(
        ended.is_ok_and(|status| status.success()),
        "a second start ends by itself"
    );
}

#[test]
fn import_with_a_preview() {
    let desktop = Desktop::start();
    let app = with_teams(&desktop);
    open_with(&desktop, &app, &fixture("release-week.ics"));
    let _ = app.find("@import-table");
    app.wait_for_text("schema change, first part");
    assert_eq!(app.all("@card").len(), 0, "nothing is booked before a yes");
    app.choose("@import-environment-all", "staging");
    app.choose("@import-team-all", "Perf");
    app.wait_for_text("Import 5 bookings");
    app.picture("20-import-preview");
    app.click("@import-apply");
    let _ = card(&app, "schema change, first part");
    let _ = card(&app, "weekly smoke test, in the afternoon");
    let _ = app.find("@toast");
    app.picture("21-imported");
    app.keys("Control+z");
    app.wait_gone("@card");
}

#[test]
fn the_same_file_again_changes_nothing() {
    let desktop = Desktop::start();
    let app = with_teams(&desktop);
    open_with(&desktop, &app, &fixture("release-week.ics"));
    app.choose("@import-environment-all", "staging");
    app.choose("@import-team-all", "Perf");
    app.wait_for_text("Import 5 bookings");
    app.click("@import-apply");
    app.wait_gone("@import-table");
    open_with(&desktop, &app, &fixture("release-week.ics"));
    app.wait_for_text("Nothing to import");
    app.picture("22-nothing-to-import");
}

#[test]
fn html_in_a_title_stays_text() {
    let desktop = Desktop::start();
    let app = with_teams(&desktop);
    open_with(&desktop, &app, &fixture("hostile.ics"));
    app.choose("@import-environment-all", "staging");
    app.choose("@import-team-all", "Perf");
    app.wait_for_text("<img src=x onerror=alert(1)>");
    app.click("@import-apply");
    let booked = card(&app, "<img src=x onerror=alert(1)><b>bold</b>");
    app.press(&booked);
    let _ = app.find("@booking-form");
    let found = app.script(
        "return document.querySelectorAll('img, [onerror], .card b b').length",
        &[],
    );
    assert_eq!(found, 0, "no element was made of it");
    let scripts = app.script("return document.scripts.length", &[]);
    assert_eq!(scripts, 1, "the page's own, and no other");
    let ran = app.script(
        "const [script, button] = ['script', 'button'].map((name) => document.createElement(name));
        script.textContent = 'window.ran = true';
        button.setAttribute('onclick', 'window.ran = true');
        document.body.append(script, button);
        button.click();
        return window.ran === true",
        &[],
    );
    assert_eq!(
        ran, false,
        "the policy lets no script in but the page's own"
    );
    assert_eq!(app.script("return document.title", &[]), "Berth");
    app.picture("23-hostile-title");
}

#[test]
fn a_file_at_the_first_start_shows_its_preview() {
    let desktop = Desktop::start();
    let mut options = options();
    options
        .args
        .push(fixture("release-week.ics").to_string_lossy().into_owned());
    let app = App::start(&desktop, &options);
    app.fill("@welcome @team-name", "Infra");
    app.click("@welcome-go");
    app.wait_for_text("schema change, first part");
}

#[test]
fn a_file_dropped_on_the_window() {
    let desktop = Desktop::start();
    let app = with_teams(&desktop);
    desktop.drop_file(&fixture("release-week.ics"), || {
        app.wait_for_text("Drop the calendar here");
        desktop.picture("26-drop-here");
    });
    app.wait_for_text("schema change, first part");
    app.picture("27-dropped");
}

#[test]
fn what_is_exported_comes_back_unchanged() {
    let desktop = Desktop::start();
    let app = with_teams(&desktop);
    book(
        &app,
        "Infra",
        "infrastructure changes",
        "2026-09-15",
        9.0,
        13.0,
    );
    book(&app, "Perf", "performance tests", "2026-09-17", 9.0, 13.0);
    app.click("@export");
    app.wait_for_text("2 bookings");
    app.picture("24-export");
    app.click("@export-save");
    desktop.focus_window("Export bookings");
    desktop.picture("25-save-as");
    let file = desktop.home().join("out.ics");
    desktop.type_line(&file.to_string_lossy());
    wait::until_true("no file was written", || file.is_file());
    app.wait_for_text("Exported 2 bookings");
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains("SUMMARY:performance tests"), "{text}");
    open_with(&desktop, &app, &file);
    app.wait_for_text("Nothing to import");
    let unchanged = app.named("[data-testid^=import-filter-]", "unchanged");
    assert!(
        app.text(&unchanged).starts_with('2'),
        "{}",
        app.text(&unchanged)
    );
}
