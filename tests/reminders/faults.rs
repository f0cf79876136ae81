//! R4, R5, R14, R20: no daemon, no bus, a daemon that hangs or ends, a disk that is read-only, a
//! second start.

use std::time::{Duration, Instant};

use berth_tests::disk::Disk;
use berth_tests::process::Process;
use berth_tests::tray::TrayItem;
use berth_tests::{skip, wait};

use crate::mock::{Mock, PROMPT};
use crate::scene::{DUE, EARLIER, NO_DAEMON, SLOT, Scene};

#[test]
fn r05_the_daemon_is_restarted() {
    let scene = Scene::with(NO_DAEMON);
    let first = Mock::start(&scene.desktop, PROMPT);
    scene.berth(EARLIER).ok(&format!("{SLOT} one"));
    let _berth = scene.start(DUE);
    first.wait_for(1);
    scene.wait_for_ledger("delivered start 1");
    drop(first);
    wait::until_true("the first daemon stays", || !Mock::any(&scene.desktop));
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

/// A booking in a data folder on that disk, and a daemon that answers.
fn booked_on(disk: &Disk) -> (Scene, Mock) {
    let mut scene = Scene::with(NO_DAEMON);
    let mock = Mock::start(&scene.desktop, PROMPT);
    scene.data = disk.path().join("data");
    scene.berth(EARLIER).ok("team add Perf --mine");
    scene.berth(EARLIER).ok(&format!("{SLOT} one"));
    (scene, mock)
}

#[test]
fn r14_a_disk_that_can_only_be_read() {
    let Some(disk) = Disk::of_kibibytes(4096) else {
        return skip::skip("this user may not mount");
    };
    let (scene, mock) = booked_on(&disk);
    disk.make_read_only();
    let _berth = scene.start(DUE);
    let sent = mock.wait_for(1);
    mock.press(1, "dismiss");
    // Longer than it takes until writing is tried again.
    mock.hears_no_more(1, Duration::from_secs(20));
    assert!(sent[0].summary.contains("one"), "{sent:?}");
    println!("R14: on a read-only disk: shown once, its answer is heard");
}

#[test]
fn r14_a_disk_that_is_full() {
    let Some(disk) = Disk::of_kibibytes(8192) else {
        return skip::skip("this user may not mount");
    };
    let (scene, mock) = booked_on(&disk);
    let berth = scene.start("2026-09-14T06:49:50Z");
    let tray = TrayItem::wait(&scene.desktop);
    disk.fill();
    let two = format!("{SLOT} two");
    let refused = scene.berth(EARLIER).run(two.split_whitespace());
    assert!(refused.stderr.contains("disk is full"), "{refused:?}");
    mock.wait_for(1);
    mock.press(1, "later-15");
    wait::until_true("the answer is not heard", || mock.closed() == [1]);
    assert_eq!(scene.ledger(), [""; 0], "nothing could be written");
    tray.press("Open Berth");
    wait::until_true("no window", || scene.desktop.shows_window("Berth"));
    scene.desktop.picture("64-the-disk-is-full");
    disk.empty();
    let freed = Instant::now();
    wait::until_within(Duration::from_secs(40), "the answer is lost", || {
        let ledger = scene.ledger();
        (ledger.len() == 1 && ledger[0].starts_with("snoozed start")).then_some(())
    });
    let after = freed.elapsed();
    scene.berth(EARLIER).ok(&two);
    drop(berth);
    let _berth = scene.start("2026-09-14T07:06:00Z");
    let sent = mock.wait_for(2);
    assert!(
        sent[1..].iter().any(|one| one.summary.contains("one")),
        "{sent:?}"
    );
    println!(
        "R14: on a full disk: shown once, its snooze kept and written {after:.1?} after there was space, heard after a restart"
    );
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
    mock.hears_no_more(1, Duration::from_secs(2));
    assert!(sent[0].summary.contains("one"), "{sent:?}");
    println!("R14: locked for 10 s: shown once, after {after:.1?}");
}

#[test]
fn r20_started_twice() {
    let scene = Scene::with(NO_DAEMON);
    let mock = Mock::start(&scene.desktop, PROMPT);
    scene.berth(EARLIER).ok(&format!("{SLOT} one"));
    // Which of the two comes first is theirs to find out.
    let mut both = [scene.start(DUE), scene.start(DUE)];
    wait::until_true("two of them stay", || {
        both.iter_mut()
            .filter_map(|one| one.runs().then_some(()))
            .count()
            == 1
    });
    mock.wait_for(1);
    scene.wait_for_ledger("delivered start 1");
    mock.hears_no_more(1, Duration::from_secs(3));
    assert!(both.iter_mut().any(|one| one.runs()), "one stays");
    println!("R20: one of two starts ends, one notification");
}
