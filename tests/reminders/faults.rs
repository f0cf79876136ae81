//! R4, R5, R14, R20: no daemon, no bus, a daemon that hangs or ends, a disk that is read-only, a
//! second start.

use std::time::{Duration, Instant};

use berth_tests::app::{App, Options};
use berth_tests::disk::Disk;
use berth_tests::process::Process;
use berth_tests::tray::TrayItem;
use berth_tests::{skip, wait};

use crate::many::{NINE, import, run_the_evening_before};
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

/// So many slots start within five minutes, so that all of them wait at the same time.
const MANY: usize = 12;

/// When they are all due, and none is over.
const ALL_DUE: &str = "2026-09-14T06:54:30Z";

/// Slots that are due one after the other, each five minutes long.
fn many_slots(scene: &Scene) {
    let start = |n: usize| {
        let seconds = 20 * i64::try_from(n).unwrap();
        (format!("slot{n:02}"), NINE + seconds)
    };
    import(scene, "staging", EARLIER, (0..MANY).map(start));
}

/// What a window over these data begins with.
fn options(scene: &Scene, args: &[&str]) -> Options {
    Options {
        data: Some(scene.data.clone()),
        args: args.iter().map(|arg| (*arg).to_owned()).collect(),
        ..Options::default()
    }
}

/// Waits until the only banner says that so many reminders could not be shown.
#[track_caller]
fn one_banner_counts(app: &App<'_>, count: usize) {
    let says = match count {
        1 => "1 reminder could not be shown".to_owned(),
        n => format!("{n} reminders could not be shown"),
    };
    app.wait_for_text(&says);
    let banners = app.all("@notice");
    let texts: Vec<String> = banners.iter().map(|one| app.text(one)).collect();
    assert_eq!(texts.len(), 1, "{texts:?}");
    assert!(
        texts[0].contains("no notification service is running"),
        "{texts:?}"
    );
}

/// How often the page told assistive technology what could not be shown, since it was asked first.
const LISTEN: &str = "window.heard = [];
    const status = document.querySelector('[data-testid=status]');
    new MutationObserver(() => heard.push(status.textContent))
        .observe(status, { childList: true, characterData: true, subtree: true })";

#[test]
fn r04_what_nobody_shows_is_one_banner() {
    let scene = Scene::with(NO_DAEMON);
    many_slots(&scene);
    let app = App::start(&scene.desktop, &options(&scene, &["--now", ALL_DUE]));
    let _ = app.find("@app");
    app.script(LISTEN, &[]);
    one_banner_counts(&app, MANY);
    for (name, width, height) in [("1280", 1280, 800), ("900", 900, 700)] {
        app.resize(width, height);
        app.picture(&format!("68-what-nobody-shows-{name}"));
    }
    let tray = TrayItem::wait(&scene.desktop);
    wait::until_true("the tray counts another number", || {
        tray.tooltip().contains("12 reminders could not be shown")
    });
    // By keys alone, as everything.
    app.script(
        "document.querySelector('[data-testid=notice-list]').focus()",
        &[],
    );
    app.keys("Enter");
    let _ = app.find("@reminder-panel");
    wait::until_true("the list is not complete", || {
        app.all("@reminder[data-state='failed']").len() == MANY
    });
    app.click("@reminder-dismiss");
    one_banner_counts(&app, MANY - 1);
    let heard = app.script("return window.heard", &[]).to_string();
    assert_eq!(heard.matches("could not be shown").count(), 1, "{heard}");

    let _mock = Mock::start(&scene.desktop, PROMPT);
    wait::until_within(Duration::from_secs(60), "the banner stays", || {
        app.all("@notice").is_empty().then_some(())
    });
    wait::until_true("the list keeps what failed", || {
        app.all("@reminder[data-state='failed']").is_empty()
            && app.all("@reminder[data-state='shown']").len() == MANY - 1
    });
    wait::until_true("the tray still complains", || {
        !tray.tooltip().contains("could not be shown")
    });
    println!(
        "R4: {MANY} reminders that nobody shows are one banner, gone once a service shows them"
    );
}

#[test]
fn r04_a_banner_that_was_dismissed_stays_away_until_there_are_more() {
    let scene = Scene::with(NO_DAEMON);
    many_slots(&scene);
    let app = App::start(&scene.desktop, &options(&scene, &["--now", ALL_DUE]));
    one_banner_counts(&app, MANY);
    app.click("@notice-dismiss");
    app.wait_gone("@notice");
    // It is tried again in the meantime, and fails again.
    wait::stays_true(Duration::from_secs(8), "it came back", || {
        app.all("@notice").is_empty()
    });
    let late = "book --env production --team Perf --from 2026-09-14T09:00 --for 1h --title late";
    scene.berth(ALL_DUE).ok(late);
    one_banner_counts(&app, MANY + 1);
    println!("R4: a dismissed banner comes back with the next reminder alone");
}

#[test]
fn r04_what_nobody_shows_waits_in_the_tray_as_one_banner() {
    let scene = Scene::with(NO_DAEMON);
    many_slots(&scene);
    let options = options(&scene, &["--hidden", "--now", ALL_DUE]);
    let app = std::thread::scope(|scope| {
        // The driver waits for a window, which is made only now.
        scope.spawn(|| {
            let tray = TrayItem::wait(&scene.desktop);
            wait::until_true("not all of them failed", || {
                tray.tooltip().contains("12 reminders could not be shown")
            });
            tray.press("Open Berth");
        });
        App::start(&scene.desktop, &options)
    });
    one_banner_counts(&app, MANY);
    app.keys("Control+,");
    app.click("@theme-dark");
    app.choose("@language", "Deutsch");
    app.keys("Escape");
    app.wait_gone("dialog");
    app.wait_for_text("12 Erinnerungen ließen sich nicht zeigen");
    let says = "the reason stays English";
    wait::until_within(Duration::from_secs(40), says, || {
        let text = app.page_text();
        text.contains("kein Dienst für Benachrichtigungen läuft")
            .then_some(())
    });
    for (name, width, height) in [("1280", 1280, 800), ("900", 900, 700)] {
        app.resize(width, height);
        app.picture(&format!("70-german-dark-{name}"));
    }
    println!("R4: what failed while there was no window is one banner in the next one");
}

#[test]
fn several_banners_leave_the_week_its_room() {
    let Some(disk) = Disk::of_kibibytes(8192) else {
        return skip::skip("this user may not mount");
    };
    let mut scene = Scene::with(NO_DAEMON);
    scene.data = disk.path().join("data");
    scene.berth(EARLIER).ok("team add Perf --mine");
    let night = |n: usize| (format!("night{n}"), NINE - 3600 * i64::try_from(n).unwrap());
    import(&scene, "production", EARLIER, (1..8).map(night));
    many_slots(&scene);
    run_the_evening_before(&scene);
    disk.make_read_only();
    let app = App::start(&scene.desktop, &options(&scene, &["--now", ALL_DUE]));
    app.resize(900, 700);
    // That the disk is read-only, since the start; the others as they happen.
    let more = app.named("@more-notices", "2 more messages");
    app.picture("69-several-banners-900");
    let room = |part: f64| {
        let week = app.place_of(&app.find("main"));
        assert!(week.height > 700.0 * part, "the week has {week:?}");
    };
    room(0.6);
    app.press(&more);
    for says in [
        "12 reminders could not",
        "7 slots of your teams",
        "Reminders still come",
    ] {
        app.wait_for_text(says);
    }
    assert_eq!(app.all("@notice").len(), 4);
    app.picture("69-several-banners-900-all");
    room(0.45);
    println!("R4 R14: four kinds of banners leave the week its room");
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
    // What waits in the log goes into the file, and gives room back: none is left after that.
    wait::until_true("the log is not put away", || {
        std::fs::metadata(scene.data.join("berth.db-wal")).is_ok_and(|log| log.len() == 0)
    });
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
