//! Memory in use: the app with all its webview processes, with the window open and in the tray.

use berth_tests::desktop::Desktop;
use berth_tests::process::{Process, members_of};
use berth_tests::{place, wait};
use std::time::Duration;

use crate::figure::Figure;

pub(crate) fn measure() -> Vec<Figure> {
    let desktop = Desktop::start();
    let mut command = desktop.command(place::program("berth-desktop"));
    let app = Process::start(command.arg("--demo"));
    let visible = || {
        desktop
            .windows()
            .iter()
            .any(|title| title.contains("Berth"))
    };
    wait::until_true("Berth shows no window", visible);
    let open = settled(app.id());
    desktop.close_window("Berth");
    wait::until_true("the window stays", || !visible());
    let hidden = settled(app.id());
    // A window in the tray is kept for a minute, then its memory is given back.
    let processes = members_of(app.id()).len();
    wait::until_within(
        Duration::from_secs(120),
        "the webview is kept for ever",
        || (members_of(app.id()).len() < processes).then_some(()),
    );
    let resting = settled(app.id());
    let on = "sample week, proportional set size of all its processes";
    vec![
        Figure::new("memory with the window open", on, open, "MB"),
        Figure::new("memory in the tray, just closed", on, hidden, "MB"),
        Figure::new("memory in the tray, a minute later", on, resting, "MB"),
    ]
}

/// The megabytes of a process group once they no longer change by a hundredth in a second.
pub(crate) fn settled(group: u32) -> f64 {
    let mut before = 0.0;
    wait::until_within(Duration::from_secs(60), "memory never settles", || {
        std::thread::sleep(Duration::from_secs(1));
        let now = megabytes_of_group(group);
        let still = (now - before).abs() < now / 100.0;
        before = now;
        still.then_some(now)
    })
}

/// What the group's processes use, shared pages divided among those that share them.
fn megabytes_of_group(group: u32) -> f64 {
    members_of(group)
        .into_iter()
        .filter_map(|id| kilobytes(&format!("/proc/{id}/smaps_rollup"), "Pss:"))
        .sum::<f64>()
        / 1000.0
}

/// The most megabytes that a process ever had in memory; none once it is gone.
pub(crate) fn peak_of(process: u32) -> Option<f64> {
    Some(kilobytes(&format!("/proc/{process}/status"), "VmHWM:")? / 1000.0)
}

/// A value of `/proc`, from kibibytes to kilobytes.
pub(crate) fn kilobytes(file: &str, key: &str) -> Option<f64> {
    let text = std::fs::read_to_string(file).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(key))?;
    let number: f64 = line.split_whitespace().next()?.parse().ok()?;
    Some(number * 1.024)
}
