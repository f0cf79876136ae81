//! What Berth costs in the tray with its window closed: processes, memory, processor time. The
//! bare app is the one of `src-tauri/examples/hello`, its main process alone.

use std::time::{Duration, Instant};

use berth_tests::desktop::Desktop;
use berth_tests::process::{Process, members_of};
use berth_tests::{place, wait};

use crate::figure::Figure;

/// The window is kept for a minute after it was closed.
const KEPT: Duration = Duration::from_secs(70);

/// Processor time is measured over this.
const MEASURED: Duration = Duration::from_secs(300);

/// A tick of `/proc/<pid>/stat`, by the interface of Linux for user programs.
pub(crate) const TICK: f64 = 0.01;

pub(crate) fn measure() -> Vec<Figure> {
    let desktop = Desktop::start();
    let mut hello = desktop.command(place::program("examples/hello"));
    let bare = Process::start(&mut hello);
    wait_for_window(&desktop, "Hello");
    std::thread::sleep(Duration::from_secs(5));
    let bare_memory = megabytes(bare.id());
    drop(bare);

    let mut command = desktop.command(place::program("berth-desktop"));
    command.env("BERTH_DATA_DIR", desktop.home().join("data"));
    let app = Process::start(&mut command);
    wait_for_window(&desktop, "Berth");
    std::thread::sleep(Duration::from_secs(5));
    desktop.close_window("Berth");
    std::thread::sleep(KEPT);
    let left: Vec<String> = members_of(app.id()).into_iter().map(name).collect();
    let webviews = left
        .iter()
        .filter(|name| name.starts_with("WebKit"))
        .count();
    eprintln!("left in the tray: {left:?}");
    let memory = megabytes(app.id());
    let (before, start) = (processor(app.id()), Instant::now());
    std::thread::sleep(MEASURED);
    let used = (processor(app.id()) - before) / start.elapsed().as_secs_f64() * 100.0;

    let closed = "nothing booked, window closed for 70 s";
    vec![
        Figure::new("webview processes", closed, webviews as f64, "").at_most(0.0),
        Figure::new("main process in the tray", closed, memory, "MB"),
        Figure::new(
            "main process of a bare app",
            "a window that says hello",
            bare_memory,
            "MB",
        ),
        Figure::new(
            "in the tray against bare",
            closed,
            memory / bare_memory,
            "×",
        )
        .at_most(1.15),
        Figure::new("processor time in the tray", "over five minutes", used, "%").at_most(0.1),
    ]
}

fn wait_for_window(desktop: &Desktop, title: &str) {
    wait::until_true(&format!("no window {title}"), || {
        desktop
            .windows()
            .iter()
            .any(|window| window.contains(title))
    });
}

/// What the kernel calls a process.
pub(crate) fn name(process: u32) -> String {
    let name = std::fs::read_to_string(format!("/proc/{process}/comm"));
    name.unwrap_or_default().trim().to_owned()
}

/// What a process uses, shared pages divided among those that share them.
fn megabytes(process: u32) -> f64 {
    crate::memory::kilobytes(&format!("/proc/{process}/smaps_rollup"), "Pss:").unwrap_or(0.0)
        / 1000.0
}

/// Seconds of processor time of all processes of a group.
fn processor(group: u32) -> f64 {
    members_of(group).into_iter().filter_map(ticks).sum::<f64>() * TICK
}

/// Its processor time.
pub(crate) fn ticks(process: u32) -> Option<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // After the name, which may hold anything: state, ten more, then user and system time.
    let (_, rest) = stat.rsplit_once(')')?;
    let mut words = rest.split_whitespace().skip(11);
    let mut next = || words.next()?.parse::<f64>().ok();
    Some(next()? + next()?)
}
