//! R11: what an imported calendar missed.

use std::fmt::Write;

use berth_tests::app::{App, Options};
use berth_tests::desktop::Parts;
use berth_tests::wait;

use crate::mock::{Mock, PROMPT};
use crate::scene::{DUE, EARLIER, NO_DAEMON, SLOT, Scene};

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

/// It looked after reminders the evening before, then was closed over the due times.
pub(crate) fn run_the_evening_before(scene: &Scene) {
    let evening = "2026-09-13T18:00:00Z";
    let _berth = scene.start(evening);
    scene.wait_until_looked(wait::PATIENCE, evening);
}

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
    run_the_evening_before(&scene);
    let _berth = scene.start("2026-09-14T07:22:00Z");
    let sent = mock.wait_for(1);
    assert!(
        sent[0].summary.contains("started 2 min ago: runs"),
        "{sent:?}"
    );
    wait::until_true("the other is not in the missed list", || {
        scene
            .ledger()
            .iter()
            .any(|row| row.starts_with("expired start"))
    });
    assert_eq!(mock.sent().len(), 1, "what is over needs no pop-up");
    println!("R11: imported and missed: one shown with true words, the one that is over is listed");
}

#[test]
fn r11_the_window_lists_what_was_missed() {
    let scene = Scene::with(Parts::ALL);
    let berth = scene.berth(EARLIER);
    berth.ok("book --env staging --team Perf --from 2026-09-13T22:00 --for 1h --title night-run");
    berth.ok(&format!("{SLOT} load-test"));
    run_the_evening_before(&scene);
    let options = Options {
        data: Some(scene.data.clone()),
        args: ["--now", DUE].map(str::to_owned).to_vec(),
        ..Options::default()
    };
    let app = App::start(&scene.desktop, &options);
    app.wait_for_text("A slot of your teams passed while Berth was not running");
    app.click("@waiting-count");
    let listed = |state: &str, text: &str| {
        let one = app.find(&format!("@reminder[data-state='{state}']"));
        assert!(app.text(&one).contains(text), "{}", app.text(&one));
    };
    listed("missed", "night-run");
    listed("shown", "load-test");
    wait::until_true("dunst shows nothing", || {
        scene.desktop.notifications().displayed() == 1
    });
    app.picture("66-missed-list");
    app.keys("Control+,");
    app.click("@theme-dark");
    app.keys("Escape");
    app.wait_gone("dialog");
    app.picture("67-missed-list-dark");
    app.click("@reminder[data-state='missed'] @reminder-dismiss");
    app.wait_gone("@reminder[data-state='missed']");
    listed("shown", "load-test");
    println!(
        "R11: what passed while Berth was closed is listed in the window until it is dismissed"
    );
}
