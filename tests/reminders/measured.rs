//! R4, R10 and the lateness awake: what is measured, and so runs alone.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use berth_tests::desktop::Parts;
use berth_tests::process::Process;

use crate::many::{NINE, import};
use crate::mock::{HUNG, Mock, PROMPT};
use crate::scene::{DUE, EARLIER, NO_DAEMON, SLOT, Scene};

/// So long the thread of the window may be blocked.
const BLOCKED: u64 = 50;

/// The heartbeat begins two seconds after the start; a service that hangs is given up twice.
const SHORTEST: Duration = Duration::from_secs(5);
const LONGEST: Duration = Duration::from_secs(20);

/// What this machine adds by itself: how much longer than asked a sleep is at worst meanwhile.
fn noise(mut is_over: impl FnMut() -> bool) -> u64 {
    let start = Instant::now();
    let mut worst = Duration::ZERO;
    while start.elapsed() < SHORTEST || (start.elapsed() < LONGEST && !is_over()) {
        for _ in 0..100 {
            let before = Instant::now();
            std::thread::sleep(Duration::from_millis(5));
            worst = worst.max(before.elapsed() - Duration::from_millis(5));
        }
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
    let noise = noise(|| {
        let ledger = scene.ledger();
        ledger.len() == 1 && ledger[0].starts_with("failed start 2")
    });
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
fn r10_300_due_at_once() {
    let scene = Scene::with(NO_DAEMON);
    let mock = Mock::start(&scene.desktop, PROMPT);
    import(
        &scene,
        "staging",
        EARLIER,
        (0..300).map(|n| (format!("slot {n}"), NINE)),
    );
    let _berth = scene.start("2026-09-14T06:49:50Z");
    let began = Instant::now();
    let sent = mock.wait_for(1);
    // Due ten seconds after the start, by a clock of whole seconds.
    let late = began.elapsed().saturating_sub(Duration::from_secs(9));
    let delivered = || {
        scene
            .ledger()
            .iter()
            .filter(|row| row.starts_with("delivered"))
            .count()
    };
    berth_tests::wait::until_true("not all are delivered", || delivered() == 300);
    let took = began.elapsed().saturating_sub(Duration::from_secs(9));
    // All are written down, so what was to be shown was sent.
    let count = mock.sent().len();
    println!(
        "R10: 300 due at once: {count} notification(s), shown after {late:.2?}, all written down after {took:.2?}: {:?}",
        sent[0].summary
    );
    assert!(count <= 4, "{count} notifications");
    assert!(late < Duration::from_secs(2), "{late:?}");
}

#[test]
fn awake_it_is_on_time() {
    let scene = Scene::with(NO_DAEMON);
    let mock = Mock::start(&scene.desktop, PROMPT);
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_secs();
    let start = i64::try_from(now).unwrap() + 612;
    let text = chrono::DateTime::from_timestamp(start, 0).unwrap();
    let text = text.format("%Y-%m-%dT%H:%M:%SZ").to_string();
    import(
        &scene,
        "staging",
        &text,
        (0..30).map(|n| (format!("uid{n}"), start + n)),
    );
    let mut command = scene.command("berth-desktop");
    let _berth = Process::start(command.arg("--hidden"));
    let mut late: Vec<f64> = Vec::new();
    let mut seen = 0;
    while late.len() < 30 {
        let sent = mock.sent();
        let heard = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap()
            .as_secs_f64();
        for one in &sent[seen..] {
            if let Some(n) = one.tag.strip_prefix("uid") {
                let due = (start - 600 + n.parse::<i64>().unwrap()) as f64;
                late.push(heard - due);
            }
        }
        seen = sent.len();
        assert!(
            heard < (start - 600 + 60) as f64,
            "{} of 30 came",
            late.len()
        );
        std::thread::sleep(Duration::from_millis(5));
    }
    late.sort_by(f64::total_cmp);
    println!(
        "lateness awake: 30 of 30, median {:.0} ms, worst (p99) {:.0} ms",
        late[15] * 1000.0,
        late[29] * 1000.0
    );
    assert!(late[29] < 1.0, "{late:?}");
}
