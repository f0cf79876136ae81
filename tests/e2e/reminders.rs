//! Reminders from the window: a booking that is followed, the list of what waits, the test; and to
//! the window, from a notification.

use std::path::Path;
use std::time::Duration;

use berth_tests::app::{App, Options};
use berth_tests::berth::Berth;
use berth_tests::desktop::Desktop;
use berth_tests::tray::TrayItem;
use berth_tests::{place, skip, wait};

use crate::scene::{NOW, card, options, with_teams};

/// How long a notification may take to come once it is due.
const SOON: Duration = Duration::from_secs(30);

/// Infra's, eight minutes after [`NOW`]: due at once.
const DUE: &str = "book --env staging --team Infra --from 2026-09-14T10:08 --for 2h --title";

#[test]
fn a_booking_of_another_team_is_followed() {
    let desktop = Desktop::start();
    let app = with_teams(&desktop);
    let berth = Berth::at(app.data()).now(NOW);
    berth.ok("book --env staging --team Perf --from 2026-09-14T10:08 --for 2h --title load-test");
    let booked = card(&app, "load-test");
    app.press(&booked);
    app.click("@follow");
    let reminder = desktop.notifications().wait_for("load-test", SOON);
    assert!(reminder.body.contains("Perf"), "{reminder:?}");
    app.keys("Escape");
    let _ = app.find("@waiting-count[data-count='1']");
    app.click("@waiting-count");
    let _ = app.find("@reminder[data-state='shown']");
    app.picture("46-followed-and-listed");
    app.click("@reminder-dismiss");
    app.wait_gone("@reminder");
    app.wait_gone("@waiting-count[data-count='1']");
}

#[test]
fn a_test_reminder_says_what_the_desktop_can_do() {
    let desktop = Desktop::start();
    let app = with_teams(&desktop);
    app.keys("Control+,");
    app.click("@settings-reminders");
    app.click("@test-reminder");
    app.wait_for_text("A reminder was sent to dunst");
    app.wait_for_text("Snooze, dismiss and open work on the notification");
    wait::until_true("dunst shows nothing", || {
        desktop.notifications().displayed() == 1
    });
    app.picture("47-test-reminder");
}

/// The panel shows this booking, and the week its card.
#[track_caller]
fn shows_booking(app: &App<'_>, title: &str) {
    wait::until_true("the window stays away", || {
        app.desktop().shows_window("Berth")
    });
    assert_eq!(app.value("@booking-form @title"), title);
    let _ = card(app, title);
}

#[test]
fn open_on_a_notification_leads_to_the_booking() {
    let desktop = Desktop::start();
    let app = with_teams(&desktop);
    app.click("@next");
    app.click("@next");
    let _ = app.find("@cell[data-day='2026-09-28']");
    desktop.close_window("Berth");
    wait::until_true("the window stays", || !desktop.shows_window("Berth"));
    Berth::at(app.data())
        .now(NOW)
        .ok(&format!("{DUE} load-test"));
    desktop.notifications().wait_for("load-test", SOON);
    wait::until_true("dunst shows nothing", || {
        desktop.notifications().displayed() == 1
    });
    desktop.press_notification("Open");
    shows_booking(&app, "load-test");
    app.picture("48-opened-from-the-notification");
    wait::until_true("the notification stays", || {
        desktop.notifications().displayed() == 0
    });
}

#[test]
fn open_makes_a_window_where_there_is_none() {
    let desktop = Desktop::start();
    let data = desktop.home().join("data");
    let berth = Berth::at(&data).now(NOW);
    berth.ok("team add Infra --mine");
    // Not in the week that the window would show by itself.
    berth.ok("book --env staging --from 2026-09-22T10:00 --for 2h --lead 9d --title far-ahead");
    let hidden = Options {
        args: [&["--hidden".to_owned()], &*options().args].concat(),
        ..options()
    };
    let app = std::thread::scope(|scope| {
        // The driver waits for a window, which is made only now.
        scope.spawn(|| {
            desktop.notifications().wait_for("far-ahead", SOON);
            assert!(!desktop.shows_window("Berth"));
            wait::until_true("dunst shows nothing", || {
                desktop.notifications().displayed() == 1
            });
            desktop.press_notification("Open");
        });
        App::start(&desktop, &hidden)
    });
    shows_booking(&app, "far-ahead");
}

/// A machine of its own for one program, whose zone can be set as `timedatectl` does: `/etc` is a
/// copy. `None` where this user may not mount.
fn own_zone(home: &Path) -> Option<(Options, impl Fn(&str))> {
    let etc = home.join("etc");
    let copied = std::process::Command::new("cp")
        .args(["-a", "/etc"])
        .arg(&etc)
        .status();
    assert!(
        copied.is_ok_and(|status| status.success()),
        "no copy of /etc"
    );
    let link = etc.join("localtime");
    let set = move |zone: &str| {
        let new = link.with_extension("new");
        std::os::unix::fs::symlink(format!("/usr/share/zoneinfo/{zone}"), &new).unwrap();
        std::fs::rename(&new, &link).unwrap();
    };
    set("Europe/Berlin");
    let program = home.join("berth-in-its-own-zone");
    let script = format!(
        "#!/bin/sh\nunset TZ\nexec unshare --mount sh -c 'mount --bind \"$0\" /etc && exec \"$@\"' {} {} \"$@\"\n",
        etc.display(),
        place::program("berth-desktop").display()
    );
    std::fs::write(&program, script).unwrap();
    let mut mode = std::fs::metadata(&program).unwrap().permissions();
    std::os::unix::fs::PermissionsExt::set_mode(&mut mode, 0o755);
    std::fs::set_permissions(&program, mode).unwrap();
    let may = std::process::Command::new("unshare")
        .args(["--mount", "mount", "--bind"])
        .args([&etc, &etc])
        .status();
    let options = Options {
        program: Some(program),
        ..options()
    };
    may.is_ok_and(|status| status.success())
        .then_some((options, set))
}

#[test]
fn the_machine_moves_to_another_zone() {
    let desktop = Desktop::start();
    let Some((options, set_zone)) = own_zone(desktop.home()) else {
        return skip::skip("this user may not mount");
    };
    let berth = Berth::at(&desktop.home().join("data")).now(NOW);
    berth.ok("team add Infra --mine");
    berth.ok(&format!("{DUE} one"));
    let app = App::start(&desktop, &options);
    let tray = TrayItem::wait(&desktop);
    let tray_says = |text: &str| {
        wait::until_true(&format!("the tray does not say {text:?}"), || {
            tray.menu().iter().any(|line| line.label.contains(text))
        });
    };
    let notified = |title: &str, time: &str| {
        let reminder = desktop.notifications().wait_for(title, SOON);
        assert!(reminder.body.contains(time), "{reminder:?}");
    };
    notified("one", "10:08–12:08");
    tray_says("staging: free until 10:08");
    assert!(app.name(&card(&app, "one")).contains("10:08"));

    set_zone("Asia/Kolkata");
    let moved = std::time::Instant::now();
    tray_says("staging: free until 13:38");
    assert!(
        moved.elapsed() < Duration::from_secs(16),
        "{:?}",
        moved.elapsed()
    );
    wait::until_true("the window keeps the zone", || {
        app.name(&card(&app, "one")).contains("13:38")
    });
    berth.ok("book --env production --from 2026-09-14T10:05 --for 1h --title two");
    notified("two", "13:35–14:35");
    app.picture("49-in-another-zone");
}

#[test]
fn the_desktop_speaks_the_language_of_the_window() {
    let desktop = Desktop::start();
    let app = with_teams(&desktop);
    let tray = TrayItem::wait(&desktop);
    let says = |text: &str| tray.menu().iter().any(|line| line.label.contains(text));
    wait::until_true("the tray is not English", || says("Open Berth"));
    app.keys("Control+,");
    app.choose("@language", "Deutsch");
    // All of the dialog is drawn again, and hears keys only then.
    app.wait_for_text("Einstellungen");
    app.keys("Escape");
    app.wait_gone("@settings");
    wait::until_true("the tray stays English", || {
        says("Berth öffnen") && says("staging: frei") && says("Beenden")
    });
    Berth::at(app.data())
        .now(NOW)
        .ok(&format!("{DUE} load-test"));
    let reminder = desktop.notifications().wait_for("load-test", SOON);
    let labels: Vec<&str> = reminder.actions.iter().map(String::as_str).collect();
    assert_eq!(
        labels,
        [
            "default",
            "Öffnen",
            "later-5",
            "In 5 min wieder",
            "later-15",
            "In 15 min wieder",
            "start",
            "Bis zum Beginn",
            "dismiss",
            "Erledigt",
        ]
    );
    wait::until_true("the tray counts nothing", || {
        says("1 Erinnerung wartet auf eine Antwort")
    });
    app.click("@waiting-count");
    let _ = app.find("@reminder[data-state='shown']");
    app.picture("50-german");
}
