//! The desktop itself: if this fails, no other journey means anything.

use berth_tests::desktop::{Desktop, Parts};
use berth_tests::tray::TrayItem;

#[test]
fn a_notification_is_overheard_and_shown() {
    let desktop = Desktop::start();
    let sent = desktop
        .command("notify-send")
        .args(["A summary", "a <b>body</b>"])
        .status();
    assert!(sent.is_ok_and(|status| status.success()));
    let heard = desktop
        .notifications()
        .wait_for("A summary", berth_tests::wait::PATIENCE);
    assert_eq!(heard.body, "a <b>body</b>");
    berth_tests::wait::until_true("dunst shows nothing", || {
        desktop.notifications().displayed() == 1
    });
    assert_eq!(TrayItem::registered(&desktop), Vec::<String>::new());
    desktop.picture("00-desktop");
}

#[test]
fn a_desktop_may_lack_everything_but_its_display() {
    let desktop = Desktop::with(Parts {
        bus: false,
        tray: false,
        notifications: false,
    });
    let sent = desktop
        .command("notify-send")
        .arg("Nobody listens")
        .status();
    assert!(sent.is_ok_and(|status| !status.success()));
}
