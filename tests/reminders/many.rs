//! R11: what an imported calendar missed.

use std::fmt::Write;

use crate::mock::{Mock, PROMPT};
use crate::scene::{EARLIER, NO_DAEMON, Scene};

/// Imports single events of Perf: uid and start in seconds since 1970, each five minutes long.
#[track_caller]
pub(crate) fn import(
    scene: &Scene,
    env: &str,
    now: &str,
    events: impl Iterator<Item = (String, i64)>,
) {
    let mut text = String::from("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n");
    let utc = |seconds: i64| {
        let at = chrono::DateTime::from_timestamp(seconds, 0).unwrap();
        at.format("%Y%m%dT%H%M%SZ").to_string()
    };
    for (uid, start) in events {
        let (from, to) = (utc(start), utc(start + 300));
        let _ = write!(
            text,
            "BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTART:{from}\r\nDTEND:{to}\r\nSUMMARY:{uid}\r\nEND:VEVENT\r\n"
        );
    }
    text.push_str("END:VCALENDAR\r\n");
    let file = scene.desktop.home().join(format!("{env}.ics"));
    std::fs::write(&file, text).unwrap();
    let berth = scene.berth(now);
    let command = berth
        .command(["import", "--env", env, "--team", "Perf"])
        .arg(&file)
        .output()
        .unwrap();
    assert!(
        command.status.success(),
        "{}",
        String::from_utf8_lossy(&command.stderr)
    );
}

/// Nine in Berlin on that Monday.
pub(crate) const NINE: i64 = 1_789_369_200;

#[test]
fn r11_an_imported_calendar_while_berth_was_closed() {
    let scene = Scene::with(NO_DAEMON);
    let mock = Mock::start(&scene.desktop, PROMPT);
    import(
        &scene,
        "staging",
        EARLIER,
        [("over".to_owned(), NINE), ("runs".to_owned(), NINE + 1200)].into_iter(),
    );
    // It looked after reminders the evening before, then was closed over the due times.
    let berth = scene.start("2026-09-13T18:00:00Z");
    berth_tests::wait::until_true("it did not look", || {
        scene
            .rows("SELECT value FROM setting WHERE key = 'reminders.looked'")
            .len()
            == 1
    });
    drop(berth);
    let _berth = scene.start("2026-09-14T07:22:00Z");
    let sent = mock.wait_for(1);
    assert!(
        sent[0].summary.contains("started 2 min ago: runs"),
        "{sent:?}"
    );
    berth_tests::wait::until_true("the other is not in the missed list", || {
        scene
            .ledger()
            .iter()
            .any(|row| row.starts_with("expired start"))
    });
    assert_eq!(mock.sent().len(), 1, "what is over needs no pop-up");
    println!("R11: imported and missed: one shown with true words, the one that is over is listed");
}
