//! R1, R2, R3, R13, R17, R19: what a person answers to a notification, and what it says.

use std::time::Duration;

use berth_tests::desktop::Parts;
use berth_tests::tray::TrayItem;
use berth_tests::wait;

use crate::mock::{Mock, PRESSED_AT_ONCE, PROMPT};
use crate::scene::{DUE, EARLIER, NO_DAEMON, SLOT, Scene};

/// Ten past nine in Berlin, in the slot: seconds since 1970.
const NINE: i64 = 1_789_369_200;

#[test]
fn r01_r02_every_button_is_heard_and_stored() {
    let scene = Scene::with(NO_DAEMON);
    let mock = Mock::start(&scene.desktop, PROMPT);
    scene.berth(EARLIER).ok(&format!("{SLOT} one"));
    let berth = scene.start(DUE);
    let sent = mock.wait_for(1);
    assert_eq!(
        sent[0].actions,
        [
            "default",
            "Open",
            "later-5",
            "Snooze 5 min",
            "later-15",
            "Snooze 15 min",
            "start",
            "Snooze until start",
            "dismiss",
            "Dismiss",
        ]
    );
    scene.wait_for_ledger("delivered start 1");
    mock.press(1, "start");
    scene.wait_for_ledger(&format!("snoozed start 1 {NINE}"));
    wait::until_true("it is not closed", || mock.closed() == [1]);
    drop(berth);

    // R13: after a restart, at a clock that jumped to the start of the slot.
    let berth = scene.start("2026-09-14T06:59:59Z");
    let sent = mock.wait_for(2);
    assert!(sent[1].summary.contains("now: one"), "{:?}", sent[1]);
    scene.wait_for_ledger("delivered start");
    mock.press(2, "later-5");
    scene.wait_for_ledger("snoozed start");
    drop(berth);

    let berth = scene.start("2026-09-14T07:06:00Z");
    let sent = mock.wait_for(3);
    assert!(
        sent[2].summary.contains("started 6 min ago"),
        "{:?}",
        sent[2]
    );
    scene.wait_for_ledger("delivered start");
    mock.press(3, "default");
    wait::until_true("no window", || scene.desktop.shows_window("Berth"));
    scene.wait_for_ledger("dismissed start");
    drop(berth);

    let _berth = scene.start("2026-09-14T07:30:00Z");
    scene.wait_until_looked(wait::PATIENCE, "2026-09-14T07:30:00Z");
    assert!(scene.ledger()[0].starts_with("dismissed start"));
    assert_eq!(mock.sent().len(), 3, "answered for good");
    println!(
        "R1 R2 R13: open, snooze (until start, 5 min) and dismiss of 3 notifications heard; snoozes survive restarts and clock jumps"
    );
}

#[test]
fn what_others_do_to_a_slot_is_told() {
    let scene = Scene::with(NO_DAEMON);
    let mock = Mock::start(&scene.desktop, PROMPT);
    let elsewhere = || scene.berth(EARLIER);
    elsewhere().ok(&format!("{SLOT} one"));
    let _berth = scene.start(EARLIER);
    scene.wait_until_looked(wait::PATIENCE, EARLIER);

    elsewhere().ok("book --env staging --team QA --from 2026-09-14T11:00 --for 1h --title two");
    let sent = mock.wait_for(1);
    let summary = &sent[0].summary;
    assert!(summary.contains("staging has a new conflict"), "{summary}");

    let list = elsewhere().json("list --team Perf --from 2026-09-14 --to 2026-09-15");
    let id = list[0]["id"].as_str().unwrap();
    elsewhere().ok(&format!("move {id} --from 2026-09-14T14:00"));
    let sent = mock.wait_for(2);
    let summary = &sent[1].summary;
    assert!(summary.contains("staging was moved"), "{summary}");
    println!("moved by others, and in a new conflict: one notification each");
}

#[test]
fn r02_closing_it_answers_and_the_others_say_so() {
    let scene = Scene::with(NO_DAEMON);
    let mock = Mock::start(&scene.desktop, PROMPT);
    scene.berth(EARLIER).ok(&format!("{SLOT} one"));
    let _berth = scene.start(DUE);
    mock.wait_for(1);
    let tray = TrayItem::wait(&scene.desktop);
    wait::until_true("the tray counts nothing", || {
        tray.tooltip().contains("1 reminder waits")
    });
    mock.close(1);
    scene.wait_for_ledger("dismissed start");
    wait::until_true("the tray still counts", || {
        !tray.tooltip().contains("waits")
    });
    println!("R2: closing is an answer; the tray counted it until then");
}

#[test]
fn r03_a_press_before_the_call_has_its_answer() {
    let scene = Scene::with(NO_DAEMON);
    let mock = Mock::start(&scene.desktop, PRESSED_AT_ONCE);
    scene.berth(EARLIER).ok(&format!("{SLOT} one"));
    let _berth = scene.start(DUE);
    mock.wait_for(1);
    wait::until_true("the press was lost", || {
        let ledger = scene.ledger();
        ledger.len() == 1 && ledger[0].starts_with("dismissed")
    });
    println!("R3: a press 0 ms after it was shown is heard");
}

#[test]
fn r01_a_real_button_of_dunst() {
    let scene = Scene::with(Parts::ALL);
    scene.berth(EARLIER).ok(&format!("{SLOT} load-test"));
    let _berth = scene.start(DUE);
    let notifications = scene.desktop.notifications();
    notifications.wait_for("load-test", Duration::from_secs(20));
    scene.wait_for_ledger("delivered start");
    wait::until_true("dunst shows nothing", || notifications.displayed() == 1);
    scene.desktop.picture("60-reminder-with-buttons");
    scene.desktop.press_notification("Snooze 15 min");
    scene.wait_for_ledger("snoozed start");
    wait::until_true("it stays", || notifications.displayed() == 0);
    println!("R1: a button pressed in dunst's own menu is heard and stored, then it closes");
}

#[test]
fn r17_do_not_disturb() {
    let scene = Scene::with(Parts::ALL);
    scene.berth(EARLIER).ok(&format!("{SLOT} one"));
    let dunst = |on: &str| {
        let set = scene
            .desktop
            .command("dunstctl")
            .args(["set-paused", on])
            .status();
        assert!(set.unwrap().success());
    };
    dunst("true");
    let _berth = scene.start(DUE);
    scene.wait_for_ledger("delivered start");
    assert_eq!(scene.desktop.notifications().displayed(), 0);
    let tray = TrayItem::wait(&scene.desktop);
    wait::until_true("the tray does not keep it", || {
        tray.menu()
            .iter()
            .any(|line| line.label.contains("1 reminder waits"))
    });
    scene.desktop.picture("61-tray-keeps-what-waits");
    tray.press("1 reminder waits");
    wait::until_true("no window", || scene.desktop.shows_window("Berth"));
    scene.desktop.picture("62-opened-from-the-tray");
    println!("R17: shown by nobody, kept by the tray until it is answered");
}

#[test]
fn r19_hostile_text() {
    let scene = Scene::with(NO_DAEMON);
    let mock = Mock::start(&scene.desktop, PROMPT);
    let calendar = scene.desktop.home().join("hostile.ics");
    let long = "0123456789 ".repeat(1000);
    let event = |n: u32, summary: &str| {
        format!(
            "BEGIN:VEVENT\r\nUID:h{n}\r\nDTSTART:20260914T0700{n:02}Z\r\nDTEND:20260914T110000Z\r\nSUMMARY:{summary}\r\nEND:VEVENT\r\n"
        )
    };
    let text = format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{}{}{}END:VCALENDAR\r\n",
        event(0, "<b>bold</b> &amp; <img src=x>"),
        event(20, "\u{202E}rtl \u{5E9}\u{5DC}\u{5D5}\u{5DD}"),
        event(40, &long)
    );
    std::fs::write(&calendar, text).unwrap();
    let berth = scene.berth(EARLIER);
    berth.ok("team add <i>R&D</i> --mine");
    let output = berth
        .command(["import", "--env", "production", "--team", "<i>R&D</i>"])
        .arg(&calendar)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let _berth = scene.start("2026-09-14T06:55:00Z");
    for one in mock.wait_for(3) {
        assert!(one.summary.chars().count() <= 200, "{one:?}");
        assert!(one.body.chars().count() <= 210, "{one:?}");
        assert!(one.body.contains("&lt;i&gt;R&amp;D&lt;/i&gt;"), "{one:?}");
        assert!(!one.summary.contains('\u{202E}'), "{one:?}");
    }
    println!("R19: markup escaped, direction marks dropped, 10 kB cut to 200 characters");
}

#[test]
fn doctor_says_what_this_desktop_can_do() {
    let scene = Scene::with(Parts::ALL);
    scene.berth(EARLIER).ok(&format!("{SLOT} one"));
    let doctor = || {
        let mut command = scene.command("berth");
        let output = command.args(["--now", DUE, "doctor"]).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let says = |text: &str, lines: &[&str]| {
        for line in lines {
            assert!(text.contains(line), "{line:?} is not in\n{text}");
        }
    };
    let before = doctor();
    says(
        &before,
        &[
            "notifications   dunst 1.",
            "snooze, dismiss and open work on the notification",
            "do not disturb is off",
            "the desktop shows tray icons",
            "no reminder in the last 7 days",
            "settings: Start with the desktop",
        ],
    );
    let _berth = scene.start(DUE);
    scene.wait_for_ledger("delivered start");
    let paused = scene
        .desktop
        .command("dunstctl")
        .args(["set-paused", "true"])
        .status();
    assert!(paused.unwrap().success());
    let after = doctor();
    says(
        &after,
        &[
            "Mon 14 Sep 08:5",
            "do not disturb is on",
            "hint: Switch it off",
        ],
    );
    println!("doctor, with dunst and a panel:\n{before}then, paused:\n{after}");
}
