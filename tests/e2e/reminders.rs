//! Reminders from the window: a booking that is followed, the list of what waits, the test.

use std::time::Duration;

use berth_tests::berth::Berth;
use berth_tests::desktop::Desktop;
use berth_tests::wait;

use crate::scene::{NOW, card, with_teams};

#[test]
fn a_booking_of_another_team_is_followed() {
    let desktop = Desktop::start();
    let app = with_teams(&desktop);
    let berth = Berth::at(app.data()).now(NOW);
    berth.ok("book --env staging --team Perf --from 2026-09-14T10:08 --for 2h --title load-test");
    let booked = card(&app, "load-test");
    app.press(&booked);
    app.click("@follow");
    let reminder = desktop
        .notifications()
        .wait_for("load-test", Duration::from_secs(30));
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
