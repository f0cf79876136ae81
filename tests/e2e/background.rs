//! Berth in the background: reminders, the tray, one instance, the command line beside it.

use std::time::Duration;

use berth_tests::app::{App, Options};
use berth_tests::desktop::{Desktop, Parts};
use berth_tests::process::Process;
use berth_tests::tray::TrayItem;
use berth_tests::{place, wait};
use serde_json::json;

use crate::scene::{options, with_teams};

/// Berth as a person starts it, without a driver.
fn started(desktop: &Desktop, args: &[&str]) -> Process {
    let mut command = desktop.command(place::program("berth-desktop"));
    command
        .args(args)
        .env("BERTH_DATA_DIR", desktop.home().join("data"));
    Process::start(&mut command)
}

#[test]
fn a_reminder_arrives() {
    let desktop = Desktop::start();
    // In the present, since the shell sleeps by the real clock.
    let app = App::start(&desktop, &Options::default());
    app.fill("@welcome @team-name", "Infra");
    app.click("@welcome-go");
    app.wait_gone("@welcome");
    let startup = app.invoke("startup", json!({}));
    let week = app.invoke(
        "week",
        json!({ "query": { "date": null, "firstDay": 1, "days": 7 } }),
    );
    let at = |minutes: i64| {
        let now = chrono::DateTime::from_timestamp_millis(week["now"].as_i64().unwrap()).unwrap();
        let local =
            now + chrono::TimeDelta::minutes(minutes) + chrono::TimeDelta::hours(berlin(now));
        local.format("%Y-%m-%dT%H:%M").to_string()
    };
    let input = json!({
        "environmentId": week["environments"][0]["id"], "teamId": week["teams"][0]["id"],
        "title": "schema <b>change</b>", "notes": "", "allDay": false, "start": at(2), "end": at(62),
        "status": "confirmed", "blocks": true, "kind": "deploy", "units": null,
        "setUpMinutes": null, "cleanUpMinutes": null, "recurrence": null, "plan": null,
        "leadTimes": [1],
    });
    let _ = startup;
    app.invoke("book", json!({ "input": input }));
    let reminder = desktop
        .notifications()
        .wait_for("schema", Duration::from_secs(100));
    assert!(reminder.summary.contains("staging"), "{reminder:?}");
    assert!(
        !reminder.body.contains("<b>change"),
        "markup is escaped: {reminder:?}"
    );
    wait::until_true("dunst shows nothing", || {
        desktop.notifications().displayed() == 1
    });
    app.picture("40-reminder");
}

/// Hours that Berlin is ahead of UTC. Bookings here are minutes away, so an hour's doubt at the
/// moment of a clock change does not matter.
fn berlin(now: chrono::DateTime<chrono::Utc>) -> i64 {
    use chrono::Datelike;
    // From the last Sunday of March to the last Sunday of October, by day.
    let last_sunday = |month: u32| {
        let end = chrono::NaiveDate::from_ymd_opt(now.year(), month, 31).unwrap();
        end - chrono::TimeDelta::days(i64::from(end.weekday().num_days_from_sunday()))
    };
    let today = now.date_naive();
    if today >= last_sunday(3) && today < last_sunday(10) {
        2
    } else {
        1
    }
}

#[test]
fn the_tray_lists_now_and_next() {
    let desktop = Desktop::start();
    let args = ["--demo", "--now", "2026-09-17T06:00:00Z"];
    let _berth = started(&desktop, &args);
    let tray = TrayItem::wait(&desktop);
    let says = |text: &str| tray.menu().iter().any(|line| line.label.contains(text));
    wait::until_true("staging is not in the menu", || {
        says("staging: QA until 17:00, then Perf")
    });
    assert!(
        says("production: free until 20:00, then DB"),
        "{:?}",
        tray.menu()
    );
    assert!(says("Open Berth") && says("Quit"), "{:?}", tray.menu());
    assert!(
        tray.tooltip().contains("production in 12 h"),
        "{}",
        tray.tooltip()
    );
    wait::until_true("no window", || desktop.shows_window("Berth"));
    desktop.open_tray_menu();
    desktop.picture("41-tray");
}

#[test]
fn closed_to_the_tray_and_back() {
    let desktop = Desktop::start();
    let mut berth = started(&desktop, &[]);
    let tray = TrayItem::wait(&desktop);
    wait::until_true("no window", || desktop.shows_window("Berth"));
    desktop.close_window("Berth");
    wait::until_true("the window stays", || !desktop.shows_window("Berth"));
    assert!(berth.runs(), "Berth goes on");
    desktop.picture("42-closed-to-the-tray");
    tray.press("Open Berth");
    wait::until_true("the tray does not bring it back", || {
        desktop.shows_window("Berth")
    });
    desktop.close_window("Berth");
    wait::until_true("the window stays", || !desktop.shows_window("Berth"));
    let mut second = started(&desktop, &[]);
    wait::until_true("a second start does not bring it back", || {
        desktop.shows_window("Berth")
    });
    wait::until_true("the second process stays", || !second.runs());
    tray.press("Quit");
    wait::until_true("Berth does not quit", || !berth.runs());
}

/// Calls `--quit` where the bus is seen and the display is not, as over the network.
fn quit(desktop: &Desktop, args: &[&str]) -> (Option<i32>, String) {
    let mut command = desktop.command(place::program("berth-desktop"));
    let output = command
        .args(["--quit"])
        .args(args)
        .env("BERTH_DATA_DIR", desktop.home().join("data"))
        .env_remove("DISPLAY")
        .output()
        .unwrap();
    let says = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code(), says)
}

#[test]
fn quit_ends_the_one_that_runs_and_claims_nothing_else() {
    let desktop = Desktop::start();
    let none = "berth-desktop: no Berth is running with these bookings\n\
        hint: a Berth that was started with --demo or --data-dir is ended with the same one\n";
    assert_eq!(quit(&desktop, &[]), (Some(1), none.to_owned()));
    let mut berth = started(&desktop, &["--hidden"]);
    let _tray = TrayItem::wait(&desktop);
    assert_eq!(quit(&desktop, &["--demo"]), (Some(1), none.to_owned()));
    assert!(berth.runs(), "the sample week is another Berth");

    let signal = |name: &str| {
        let id = berth.id().to_string();
        let sent = desktop.command("kill").args(["-s", name, &id]).status();
        assert!(sent.unwrap().success());
    };
    signal("STOP");
    let stuck = "berth-desktop: the running Berth does not end\n\
        hint: try again in a moment, or end its process\n";
    assert_eq!(quit(&desktop, &[]), (Some(4), stuck.to_owned()));
    signal("CONT");
    wait::until_true("Berth does not end once it can", || !berth.runs());

    let mut berth = started(&desktop, &["--hidden"]);
    let _tray = TrayItem::wait(&desktop);
    assert_eq!(quit(&desktop, &[]), (Some(0), String::new()));
    wait::until_true("Berth does not quit", || !berth.runs());
}

#[test]
fn without_tray_daemon_or_bus_the_window_works() {
    for (what, parts) in [
        (
            "no tray",
            Parts {
                tray: false,
                ..Parts::ALL
            },
        ),
        (
            "no daemon",
            Parts {
                notifications: false,
                ..Parts::ALL
            },
        ),
        (
            "no bus",
            Parts {
                bus: false,
                tray: false,
                notifications: false,
            },
        ),
    ] {
        let desktop = Desktop::with(parts);
        let app = with_teams(&desktop);
        crate::scene::book(
            &app,
            "Infra",
            "infrastructure changes",
            "2026-09-15",
            9.0,
            11.0,
        );
        app.picture(&format!("43-{}", what.replace(' ', "-")));
    }
}

#[test]
fn what_the_command_line_books_appears_within_a_second() {
    let desktop = Desktop::start();
    let app = with_teams(&desktop);
    let berth = berth_tests::berth::Berth::at(app.data()).now(crate::scene::NOW);
    let start = std::time::Instant::now();
    berth.ok(
        "book --env staging --team Perf --from 2026-09-16T09:00 --for 2h --title from-the-terminal",
    );
    let booked = start.elapsed();
    let _ = crate::scene::card(&app, "from-the-terminal");
    let seen = start.elapsed();
    assert!(
        seen - booked < Duration::from_millis(1500),
        "seen {:?} later",
        seen - booked
    );
    app.picture("44-booked-by-the-command-line");
    crate::scene::book(&app, "Infra", "from-the-window", "2026-09-15", 9.0, 11.0);
    let list = berth.ok("list");
    assert!(
        list.contains("from-the-window") && list.contains("from-the-terminal"),
        "{list}"
    );
}

#[test]
fn a_database_that_cannot_be_used_is_explained() {
    let desktop = Desktop::start();
    let data = desktop.home().join("data");
    drop(App::start(&desktop, &options()));
    let bytes = crate::scene::of_a_newer_version(&data);
    let app = App::start(&desktop, &options());
    let fault = app.find("@fault");
    assert!(
        app.text(&fault).contains("newer version"),
        "{}",
        app.text(&fault)
    );
    app.picture("45-newer-database");
    assert_eq!(
        std::fs::read(data.join("berth.db")).unwrap(),
        bytes,
        "untouched"
    );
}
