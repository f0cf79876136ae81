//! The first minute with Berth, and the minute after the next start.

use berth_tests::app::{App, Options};
use berth_tests::desktop::Desktop;

use crate::scene::{book, card, options, with_teams};

#[test]
fn first_start() {
    let desktop = Desktop::start();
    let app = App::start(&desktop, &options());
    let _ = app.find("@welcome");
    app.picture("01-first-start");
    app.fill("@welcome @team-name", "Release Management");
    assert_eq!(
        app.value("@welcome @team-code"),
        "RM",
        "a code is suggested"
    );
    app.click("@welcome-go");
    app.wait_gone("@welcome");
    app.wait_for_text("Start here");
    app.wait_for_text("staging");
    app.wait_for_text("production");
    app.picture("02-empty-week");
}

#[test]
fn restart_keeps_everything() {
    let desktop = Desktop::start();
    let data = desktop.home().join("data");
    let options = Options {
        data: Some(data),
        ..options()
    };
    {
        let app = with_teams(&desktop);
        book(
            &app,
            "Infra",
            "infrastructure changes",
            "2026-09-15",
            9.0,
            13.0,
        );
    }
    let app = App::start(&desktop, &options);
    let booked = card(&app, "infrastructure changes");
    assert!(app.name(&booked).contains("09:00"), "{}", app.name(&booked));
    assert!(app.all("@welcome").is_empty(), "the team is known");
    app.picture("03-after-restart");
}
