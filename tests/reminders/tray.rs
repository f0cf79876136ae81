//! What the tray does about reminders: a pause for all, and a question before it is quit.

use berth_tests::tray::TrayItem;
use berth_tests::wait;

use crate::mock::{Mock, PROMPT};
use crate::scene::{DUE, EARLIER, NO_DAEMON, SLOT, Scene};

#[test]
fn all_are_snoozed_for_an_hour_from_the_tray() {
    let scene = Scene::with(NO_DAEMON);
    let mock = Mock::start(&scene.desktop, PROMPT);
    scene.berth(EARLIER).ok(&format!("{SLOT} one"));
    let berth = scene.start(DUE);
    mock.wait_for(1);
    scene.wait_for_ledger("delivered start");
    let tray = TrayItem::wait(&scene.desktop);
    let says = |text: &str| tray.menu().iter().any(|line| line.label.contains(text));
    wait::until_true("the tray counts nothing", || says("1 reminder waits"));
    tray.press("Snooze all for 1 h");
    wait::until_true("it is not closed", || mock.closed() == [1]);
    scene.wait_for_ledger("snoozed start");
    wait::until_true("it cannot be resumed", || says("Resume reminders (60 min"));
    assert!(!says("waits"), "{:?}", tray.menu());
    // Within the hour nothing comes, neither it nor another that falls due.
    let two = SLOT.replace("staging", "production");
    scene.berth(EARLIER).ok(&format!("{two} two"));
    drop(berth);
    let _berth = scene.start("2026-09-14T07:40:00Z");
    let tray = TrayItem::wait(&scene.desktop);
    let says = |text: &str| tray.menu().iter().any(|line| line.label.contains(text));
    wait::until_true("a restart ends the pause", || says("Resume reminders"));
    mock.hears_no_more(1, std::time::Duration::from_secs(3));
    tray.press("Resume reminders");
    let sent = mock.wait_for(2);
    assert!(
        sent[1].summary.contains("started 40 min ago: two"),
        "{sent:?}"
    );
    println!(
        "tray: all snoozed for an hour, over a restart; resumed, what fell due meanwhile comes"
    );
}

/// Where the buttons of the question are, by fractions of its width.
const QUIT: f64 = 0.25;
const KEEP_RUNNING: f64 = 0.75;

#[test]
fn quitting_asks_when_reminders_would_be_missed() {
    let scene = Scene::with(NO_DAEMON);
    let mut berth = scene.start(DUE);
    let asks = || scene.desktop.shows_window("Quit Berth?");
    // Nothing is ahead: it goes at once.
    TrayItem::wait(&scene.desktop).press("Quit");
    wait::until_true("it asks about nothing", || !berth.runs());
    assert!(!asks());

    scene.berth(EARLIER).ok(&format!("{SLOT} one"));
    let mut berth = scene.start("2026-09-14T04:00:00Z");
    let tray = wait::until("no item in the tray", || {
        (!TrayItem::registered(&scene.desktop).is_empty()).then(|| TrayItem::wait(&scene.desktop))
    });
    tray.press("Quit");
    tray.press("Quit");
    wait::until_true("it does not ask", asks);
    scene.desktop.picture("65-quit");
    scene.desktop.close_window("Quit Berth?");
    wait::until_true("it was asked twice", || !asks());
    assert!(berth.runs(), "no answer is no");
    // The one before may still be ending; pressed once more, it asks no second time.
    let asks_again = || {
        tray.press("Quit");
        asks()
    };
    wait::until_true("it does not ask again", asks_again);
    scene.desktop.press_button("Quit Berth?", KEEP_RUNNING);
    wait::until_true("the question stays", || !asks());
    assert!(berth.runs() && !tray.menu().is_empty(), "it keeps running");
    wait::until_true("it does not ask again", asks_again);
    scene.desktop.press_button("Quit Berth?", QUIT);
    wait::until_true("it goes on", || !berth.runs());
    println!(
        "tray: quitting asks where a reminder falls due within 24 h; closing the question and \"Keep running\" keep Berth, \"Quit\" ends it"
    );
}
