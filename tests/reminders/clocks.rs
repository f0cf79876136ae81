//! R8: the wall clock jumps while Berth runs; libfaketime is the clock.

use std::time::{Duration, Instant};

use berth_tests::process::Process;
use berth_tests::{skip, wait};

use crate::mock::{Mock, PROMPT};
use crate::scene::{NO_DAEMON, Scene};

const FAKETIME: &str = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";

/// Within this a jump is noticed: a round sleeps 15 seconds at most.
const SOON: Duration = Duration::from_secs(16);

#[test]
fn r08_the_clock_jumps() {
    if !std::path::Path::new(FAKETIME).exists() {
        return skip::skip("libfaketime is not installed");
    }
    let scene = Scene::with(NO_DAEMON);
    let mock = Mock::start(&scene.desktop, PROMPT);
    let offset = scene.desktop.home().join("offset");
    let jump = |to: &str| {
        std::fs::write(scene.desktop.home().join("new"), to).unwrap();
        std::fs::rename(scene.desktop.home().join("new"), &offset).unwrap();
        Instant::now()
    };
    let now = chrono::DateTime::<chrono::Utc>::from(std::time::SystemTime::now());
    let book = |title: &str, ahead: i64, long: &str| {
        let start = now + chrono::TimeDelta::minutes(ahead);
        let start = start.format("%Y-%m-%dT%H:%M:00Z");
        let at = now.format("%Y-%m-%dT%H:%M:%SZ").to_string();
        let book =
            format!("book --env staging --team Perf --from {start} --for {long} --title {title}");
        scene.berth(&at).ok(&book);
    };
    book("first", 65, "1h");
    book("second", 3 * 24 * 60 + 5, "2h");
    jump("+0");
    let mut command = scene.command("berth-desktop");
    command
        .arg("--hidden")
        .env("LD_PRELOAD", FAKETIME)
        .env("FAKETIME_TIMESTAMP_FILE", &offset)
        .env("FAKETIME_CACHE_DURATION", "1")
        .env("FAKETIME_DONT_FAKE_MONOTONIC", "1");
    let _berth = Process::start(&mut command);
    wait::until_true("it did not look", || {
        scene
            .rows("SELECT value FROM setting WHERE key = 'reminders.looked'")
            .len()
            == 1
    });
    assert_eq!(mock.sent().len(), 0);
    let heard = |count: usize, text: &str, since: Instant| {
        let sent = wait::until_within(SOON + Duration::from_secs(4), text, || {
            Some(mock.sent()).filter(|sent| sent.len() >= count)
        });
        assert!(
            sent[count - 1].summary.contains(text),
            "{:?}",
            sent[count - 1]
        );
        assert_eq!(sent.len(), count, "{sent:?}");
        since.elapsed()
    };
    let forward = heard(1, "first", jump("+1h"));
    let days = heard(2, "second", jump("+3d"));
    for (to, ahead) in [("-3h", -3), ("+3d", 3 * 24)] {
        let shown = chrono::Utc::now() + chrono::TimeDelta::hours(ahead);
        jump(to);
        scene.wait_until_looked(SOON + Duration::from_secs(4), &shown.to_rfc3339());
        assert_eq!(mock.sent().len(), 2, "nothing fires again");
    }
    println!(
        "R8: +1 h noticed after {forward:.1?}, +3 d after {days:.1?}, -3 h and back: nothing again"
    );
    assert!(forward < SOON && days < SOON);
}
