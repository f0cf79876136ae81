//! What a person waits for in the window: the first week, and the next one.
//!
//! Both are measured in the page's own clock. The page marks `painted` when a frame that shows a
//! week has been painted; a program's start is written down by the script that becomes it.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use berth_tests::app::{App, Options};
use berth_tests::desktop::Desktop;
use berth_tests::place;

use crate::figure::{Figure, median};
use crate::fill::{self, Plan};

const NOW: &str = "2024-06-05T09:00:00Z";

pub(crate) fn start() -> Vec<Figure> {
    let data = tempfile::tempdir().expect("a temporary folder can be made");
    let plan = Plan {
        total: 100_000,
        shown: Some(50),
    };
    fill::fill(data.path(), plan).expect("a new database takes bookings");
    let desktop = Desktop::start();
    let hello = Options {
        program: Some(place::program("examples/hello")),
        ..Options::default()
    };
    let berth = Options {
        data: Some(data.path().to_owned()),
        args: vec!["--now".to_owned(), NOW.to_owned()],
        program: Some(place::program("berth-desktop")),
        ..Options::default()
    };
    // Side by side, so that both meet the same machine; the first round warms the caches.
    let rounds: Vec<[Started; 2]> = (0..8)
        .map(|_| [&hello, &berth].map(|options| started(&desktop, options)))
        .skip(1)
        .collect();
    let middle = |which: usize, part: fn(&Started) -> f64| {
        let mut times: Vec<f64> = rounds.iter().map(|round| part(&round[which])).collect();
        median(&mut times)
    };
    let (hello, berth) = (middle(0, |one| one.painted), middle(1, |one| one.painted));
    let on = "release, median of 7, from the start of the process";
    let week = "the same, 100,000 bookings, 50 in the week";
    vec![
        Figure::new(
            "bare window: its page begins",
            on,
            middle(0, |one| one.page),
            "ms",
        ),
        Figure::new("bare window that says hello, painted", on, hello, "ms"),
        Figure::new(
            "Berth: its page begins",
            on,
            middle(1, |one| one.page),
            "ms",
        ),
        Figure::new("first painted week", week, berth, "ms"),
        Figure::new("ratio of the two", "side by side", berth / hello, "×").at_most(1.3),
    ]
}

/// Milliseconds after the start of a process.
struct Started {
    /// When the webview began with the page.
    page: f64,
    /// When the page marked its first `painted`.
    painted: f64,
}

fn started(desktop: &Desktop, options: &Options) -> Started {
    let program = options.program.clone().expect("a program is named");
    let (script, stamp) = stamped(desktop.home(), &program);
    let options = Options {
        program: Some(script),
        ..options.clone()
    };
    let app = App::start(desktop, &options);
    let painted = mark(&app, "painted");
    let origin = app.script("return performance.timeOrigin", &[]).as_f64();
    let text = std::fs::read_to_string(stamp).expect("the script wrote when it started");
    let nanoseconds: f64 = text.trim().parse().expect("a number of nanoseconds");
    let page = origin.expect("a page has a beginning") - nanoseconds / 1e6;
    Started {
        page,
        painted: page + painted,
    }
}

/// A script that writes down the time and becomes the program.
fn stamped(folder: &Path, program: &Path) -> (PathBuf, PathBuf) {
    let (script, stamp) = (folder.join("start.sh"), folder.join("started"));
    let text = format!(
        "#!/bin/sh\ndate +%s%N > '{}'\nexec '{}' \"$@\"\n",
        stamp.display(),
        program.display()
    );
    std::fs::write(&script, text).expect("a script can be written");
    let all = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(&script, all).expect("a script can be made to run");
    (script, stamp)
}

pub(crate) fn next_week() -> Vec<Figure> {
    vec![next_week_of(50, 40.0), next_week_of(500, 150.0)]
}

/// There and back, by the keys a person would press.
fn next_week_of(bookings: usize, limit: f64) -> Figure {
    let data = tempfile::tempdir().expect("a temporary folder can be made");
    let plan = Plan {
        total: 10_000,
        shown: Some(bookings),
    };
    fill::fill(data.path(), plan).expect("a new database takes bookings");
    let desktop = Desktop::start();
    let options = Options {
        data: Some(data.path().to_owned()),
        args: vec!["--now".to_owned(), NOW.to_owned()],
        ..Options::default()
    };
    let app = App::start(&desktop, &options);
    let _ = app.find("@card");
    app.script(
        "addEventListener('keydown', e => performance.mark('pressed'), { capture: true })",
        &[],
    );
    let mut laps: Vec<f64> = (0..20)
        .map(|round| lap(&app, if round % 2 == 0 { "j" } else { "k" }))
        .collect();
    let input = format!("WebKitGTK, {bookings} bookings in the week, median of 20");
    Figure::new(
        "next week, key press to painted",
        input,
        median(&mut laps),
        "ms",
    )
    .at_most(limit)
}

/// Milliseconds from the key's event to the mark of the frame that shows the other week.
fn lap(app: &App<'_>, key: &str) -> f64 {
    app.script("performance.clearMarks()", &[]);
    app.keys(key);
    let [pressed, painted] = ["pressed", "painted"].map(|name| mark(app, name));
    painted - pressed
}

/// When the page set a mark, in its own milliseconds. The page itself waits for it, since asking
/// again and again would slow down what is measured.
fn mark(app: &App<'_>, name: &str) -> f64 {
    let body = "return new Promise(done => {
        const look = () => {
            const found = performance.getEntriesByName(arguments[0])[0];
            if (found) { observer.disconnect(); done(found.startTime); }
        };
        const observer = new PerformanceObserver(look);
        observer.observe({ type: 'mark' });
        look();
    })";
    app.script(body, &[name.into()])
        .as_f64()
        .expect("a mark has a time")
}
