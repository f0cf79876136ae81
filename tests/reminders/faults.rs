//! R4, R5, R14, R20: no daemon, no bus, a daemon that hangs or ends, a disk that is read-only, a
//! second start.

use std::time::{Duration, Instant};

use berth_tests::desktop::Parts;
use berth_tests::disk::Disk;
use berth_tests::process::Process;
use berth_tests::tray::TrayItem;
use berth_tests::{skip, wait};

use crate::mock::{HUNG, Mock, PROMPT};
use crate::scene::{DUE, EARLIER, NO_DAEMON, SLOT, Scene};

/// So long the thread of the window may be blocked.
const BLOCKED: u64 = 50;

/// What this machine adds by itself: how much longer than asked a sleep is at worst meanwhile.
fn noise(time: Duration) -> u64 {
    let start = Instant::now();
    let mut worst = Duration::ZERO;
    while start.elapsed() < time {
        let before = Instant::now();
        std::thread::sleep(Duration::from_millis(5));
        worst = worst.max(before.elapsed() - Duration::from_millis(5));
    }
    u64::try_from(worst.as_millis()).unwrap()
}

/// With a window, a reminder due, and nobody who shows it: how long the window was blocked at most.
fn blocked(scene: &Scene, what: &str) {
    scene.berth(EARLIER).ok(&format!("{SLOT} one"));
    let file = scene.desktop.home().join("heartbeat");
    let mut command = scene.command("berth-desktop-faults");
    command.args(["--now", DUE]).env("BERTH_HEARTBEAT", &file);
    let _berth = Process::start(&mut command);
    let noise = noise(Duration::from_secs(12));
    let text = std::fs::read_to_string(&file).unwrap_or_default();
    let worst: u64 = text
        .parse()
        .unwrap_or_else(|_| panic!("{what}: no heartbeat {text:?}"));
    let ledger = scene.ledger();
    println!(
        "R4 {what}: the window was blocked {worst} ms at most (the machine itself {noise} ms); ledger {ledger:?}"
    );
    assert!(worst <= BLOCKED + noise, "{what}: {worst} ms");
    assert!(
        ledger.len() == 1 && !ledger[0].starts_with("delivered"),
        "{what}: {ledger:?}"
    );
}

#[test]
fn r04_no_daemon() {
    blocked(&Scene::with(NO_DAEMON), "no daemon");
}

#[test]
fn r04_no_bus() {
    let parts = Parts {
        bus: false,
        tray: false,
        notifications: false,
    };
    blocked(&Scene::with(parts), "no bus");
}

#[test]
fn r04_a_daemon_that_hangs() {
    let scene = Scene::with(NO_DAEMON);
    let _mock = Mock::start(&scene.desktop, HUNG);
    blocked(&scene, "hung daemon");
}

#[test]
fn r04_an_activation_that_hangs() {
    let scene = Scene::with(NO_DAEMON);
    let service = "[D-BUS Service]\nName=org.freedesktop.Notifications\nExec=/bin/sleep 3600\n";
    let folder = scene.desktop.home().join("services");
    std::fs::write(
        folder.join("org.freedesktop.Notifications.service"),
        service,
    )
    .unwrap();
    blocked(&scene, "hanging activation");
}

#[test]
fn r05_the_daemon_is_restarted() {
    let scene = Scene::with(NO_DAEMON);
    let first = Mock::start(&scene.desktop, PROMPT);
    scene.berth(EARLIER).ok(&format!("{SLOT} one"));
    let _berth = scene.start(DUE);
    first.wait_for(1);
    scene.wait_for_ledger("delivered start 1");
    drop(first);
    std::thread::sleep(Duration::from_millis(500));
    let second = Mock::start(&scene.desktop, PROMPT);
    let again = second.wait_for(1);
    assert!(again[0].summary.contains("one"), "{again:?}");
    second.press(1, "dismiss");
    scene.wait_for_ledger("dismissed start 1");
    println!("R5: what the old daemon showed the new one shows, and its buttons are heard");
}

#[test]
fn r04_a_daemon_that_comes_late() {
    let scene = Scene::with(NO_DAEMON);
    scene.berth(EARLIER).ok(&format!("{SLOT} one"));
    let _berth = scene.start(DUE);
    let tray = TrayItem::wait(&scene.desktop);
    wait::until_true("two failures are not loud", || {
        tray.tooltip().contains("could not be shown")
    });
    scene.desktop.picture("63-a-reminder-that-nobody-shows");
    let mock = Mock::start(&scene.desktop, PROMPT);
    let sent = wait::until_within(Duration::from_secs(40), "it never comes", || {
        Some(mock.sent()).filter(|sent| !sent.is_empty())
    });
    assert!(sent[0].summary.contains("one"), "{sent:?}");
    scene.wait_for_ledger("delivered start");
    println!("R4: tried again until a daemon came: {:?}", scene.ledger());
}

#[test]
fn r14_a_disk_that_can_only_be_read() {
    let Some(disk) = Disk::of_kibibytes(4096) else {
        return skip::skip("this user may not mount");
    };
    let mut scene = Scene::with(NO_DAEMON);
    let mock = Mock::start(&scene.desktop, PROMPT);
    scene.data = disk.path().join("data");
    scene.berth(EARLIER).ok("team add Perf --mine");
    scene.berth(EARLIER).ok(&format!("{SLOT} one"));
    disk.make_read_only();
    let _berth = scene.start(DUE);
    let sent = mock.wait_for(1);
    mock.press(1, "dismiss");
    std::thread::sleep(Duration::from_secs(20));
    assert_eq!(
        mock.sent().len(),
        1,
        "once, though nothing can be written: {sent:?}"
    );
    println!("R14: on a read-only disk: shown once, its answer is heard");
}

#[test]
fn r14_the_database_is_locked_for_ten_seconds() {
    let scene = Scene::with(NO_DAEMON);
    let mock = Mock::start(&scene.desktop, PROMPT);
    scene.berth(EARLIER).ok(&format!("{SLOT} one"));
    let script = "import sqlite3, sys, time
c = sqlite3.connect(sys.argv[1] + '/berth.db', isolation_level=None, timeout=20)
c.execute('BEGIN IMMEDIATE'); print('locked', flush=True); time.sleep(10); c.execute('COMMIT')";
    let mut lock = std::process::Command::new("/usr/bin/python3");
    let mut lock = Process::start_piped(lock.args(["-c", script]).arg(&scene.data));
    let mut line = String::new();
    let output = lock.child().stdout.take().unwrap();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(output), &mut line).unwrap();
    assert_eq!(line.trim(), "locked");
    let began = Instant::now();
    let _berth = scene.start(DUE);
    let sent = wait::until_within(Duration::from_secs(40), "it was lost", || {
        Some(mock.sent()).filter(|sent| !sent.is_empty())
    });
    let after = began.elapsed();
    scene.wait_for_ledger("delivered start");
    std::thread::sleep(Duration::from_secs(2));
    assert_eq!(mock.sent().len(), 1, "{sent:?}");
    println!("R14: locked for 10 s: shown once, after {after:.1?}");
}

#[test]
fn r20_started_twice() {
    let scene = Scene::with(NO_DAEMON);
    let mock = Mock::start(&scene.desktop, PROMPT);
    scene.berth(EARLIER).ok(&format!("{SLOT} one"));
    let _first = scene.start(DUE);
    let mut second = scene.start(DUE);
    wait::until_true("the second stays", || !second.runs());
    mock.wait_for(1);
    scene.wait_for_ledger("delivered start 1");
    std::thread::sleep(Duration::from_secs(3));
    assert_eq!(mock.sent().len(), 1);
    println!("R20: the second start ends, one notification");
}
