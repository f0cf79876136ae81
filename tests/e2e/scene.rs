//! What journeys begin with, and where things are in the week.

use std::path::Path;

use berth_tests::app::{App, Options, Point};
use berth_tests::berth::Berth;
use berth_tests::desktop::Desktop;
use berth_tests::wait;
use berth_tests::webdriver::Element;
use serde_json::json;

/// Monday of the week that the journeys live in, 10:00 in Berlin.
pub(crate) const NOW: &str = "2026-09-14T08:00:00Z";

/// Pixels of an hour in the grid.
const HOUR: f64 = 48.0;

/// Starts in the week of [`NOW`].
pub(crate) fn options() -> Options {
    Options {
        args: vec!["--now".to_owned(), NOW.to_owned()],
        ..Options::default()
    }
}

/// The app with the teams Infra (mine) and Perf, and nothing booked.
#[track_caller]
pub(crate) fn with_teams(desktop: &Desktop) -> App<'_> {
    let app = App::start(desktop, &options());
    app.fill("@welcome @team-name", "Infra");
    app.click("@welcome-go");
    app.wait_gone("@welcome");
    let perf = json!({ "id": "", "name": "Perf", "code": "PRF", "colour": 1, "mine": false });
    app.invoke("save_team", json!({ "team": perf }));
    app.click("@today");
    app
}

/// Presses at one hour of a column and drags to another.
#[track_caller]
pub(crate) fn drag_hours(app: &App<'_>, day: &str, environment: &str, from: f64, to: f64) {
    app.drag(
        hour(app, day, environment, from),
        hour(app, day, environment, to),
    );
}

/// Where an hour of a day and environment is.
#[track_caller]
pub(crate) fn hour(app: &App<'_>, day: &str, environment: &str, hour: f64) -> Point {
    let css = format!("@cell[data-day='{day}'][data-environment-name='{environment}']");
    let place = app.place_of(&app.find(&css));
    Point {
        x: place.corner.x + place.width - 4.0,
        y: place.corner.y + hour * HOUR,
    }
}

/// The card of the booking with this title. Others may name it as well, where they overlap it.
#[track_caller]
pub(crate) fn card(app: &App<'_>, title: &str) -> Element {
    wait::until(&format!("no card {title:?}"), || {
        let cards = app.all("@card").into_iter();
        cards
            .filter(|card| app.shows(card))
            .find(|card| app.name(card).starts_with(title))
    })
}

/// Books in the form that a drag opened.
#[track_caller]
pub(crate) fn fill_form(app: &App<'_>, team: &str, title: &str) {
    app.choose("@booking-form @teamId", team);
    app.fill("@booking-form @title", title);
}

/// Drags free hours of staging, fills the form and saves.
#[track_caller]
pub(crate) fn book(app: &App<'_>, team: &str, title: &str, day: &str, from: f64, to: f64) {
    drag_hours(app, day, "staging", from, to);
    fill_form(app, team, title);
    app.click("@save");
    app.wait_gone("@booking-form");
    let _ = card(app, title);
}

/// Makes the database one that this Berth must not touch, once nobody has it open; returns its bytes.
#[track_caller]
pub(crate) fn of_a_newer_version(data: &Path) -> Vec<u8> {
    let file = data.join("berth.db");
    // The last one who writes puts everything into the file when it closes it, and takes the log away.
    wait::until_true("somebody still has the file open", || {
        Berth::at(data).ok("env edit staging --owner Ops");
        !data.join("berth.db-wal").exists()
    });
    let mut bytes = std::fs::read(&file).unwrap();
    bytes[60..64].copy_from_slice(&9999_u32.to_be_bytes());
    std::fs::write(&file, &bytes).unwrap();
    bytes
}
