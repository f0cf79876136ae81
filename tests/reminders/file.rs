//! The file beside a window that runs for weeks: it is everything by itself, and is backed up.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use berth_tests::berth::Berth;
use berth_tests::process::Process;
use berth_tests::wait;

use crate::scene::{DUE, NO_DAEMON, Scene};

/// What `berth.db` alone says is booked, copied away without its log.
fn alone(scene: &Scene) -> String {
    let folder = scene.desktop.home().join("copied");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir(&folder).unwrap();
    fs::copy(scene.data.join("berth.db"), folder.join("berth.db")).unwrap();
    Berth::at(&folder)
        .now(DUE)
        .ok("list --from 2026-09-14 --to 2026-10-30")
}

fn book(scene: &Scene, title: &str) {
    let day = 20 + title.len();
    scene.berth(DUE).ok(&format!(
        "book --env staging --team QA --from 2026-09-{day}T09:00 --for 1h --title {title}"
    ));
}

#[test]
fn the_file_alone_is_everything() {
    let scene = Scene::with(NO_DAEMON);
    for (signal, title) in [("TERM", "a"), ("INT", "bb")] {
        let mut berth = scene.start(DUE);
        wait::until_true("it has not opened the file", || {
            scene.data.join("berth.db-wal").exists()
        });
        book(&scene, title);
        std::thread::sleep(Duration::from_secs(5));
        assert!(alone(&scene).contains(title), "five seconds after a write");
        book(&scene, &format!("{title}-late"));
        let sent = Command::new("kill")
            .args(["-s", signal, &berth.id().to_string()])
            .status();
        assert!(sent.unwrap().success());
        wait::until_true("it goes on in spite of the signal", || !berth.runs());
        assert!(alone(&scene).contains("-late"), "after SIG{signal}");
    }
}

/// The backups by name, and that each of them can be gone back to.
fn backups(data: &Path) -> Vec<String> {
    let berth = Berth::at(data);
    let listed = berth.json("restore");
    let rows = listed.as_array().unwrap().iter();
    let names: Vec<String> = rows
        .map(|row| row["name"].as_str().unwrap().to_owned())
        .collect();
    for name in &names {
        let preview = berth.run(["restore", name]);
        assert!(matches!(preview.code, Some(0 | 1)), "{name}: {preview:?}");
    }
    names
}

/// Forty days with the window alone, at a clock that shows a day in each second and a half.
#[test]
fn forty_days_by_the_window() {
    const RATE: f64 = 57_600.0;
    let scene = Scene::with(NO_DAEMON);
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let mut command = scene.command("berth-desktop-faults");
    command
        .args(["--hidden"])
        .env("BERTH_CLOCK", format!("{RATE},{}", since.as_secs_f64()));
    let berth = Process::start(&mut command);
    let begin = chrono::DateTime::<chrono::Utc>::from(UNIX_EPOCH + since);
    std::thread::sleep(Duration::from_secs_f64(40.0 * 86_400.0 / RATE));
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap() - since;
    let shown = begin + chrono::TimeDelta::seconds((now.as_secs_f64() * RATE) as i64);
    drop(berth);
    let names = backups(&scene.data);
    println!("after 40 days: {names:?}");
    // Those of the first start and of the command line that made the teams are among them.
    assert!((7..=11).contains(&names.len()), "{names:?}");
    let newest = names
        .iter()
        .filter_map(|name| name.strip_prefix("day-"))
        .max()
        .unwrap();
    let newest: chrono::NaiveDate = newest.parse().unwrap();
    let age = shown.date_naive() - newest;
    assert!(
        age <= chrono::TimeDelta::days(1),
        "the newest is of {newest}, at {shown}"
    );
}
