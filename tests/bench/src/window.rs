//! What a person waits for in the window: the first week, and the next one.
//!
//! Both are measured in the page's own clock. The page marks `painted` when a frame that shows a
//! week has been painted; a program's start is written down by the script that becomes it.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use berth_tests::app::{App, Options};
use berth_tests::desktop::Desktop;
use berth_tests::{place, wait};

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
    };
    let mut times = (Vec::new(), Vec::new());
    // Side by side, so that both meet the same machine; the first round warms the caches.
    for round in 0..8 {
        let one = (
            until_painted(&desktop, &hello),
            until_painted(&desktop, &berth),
        );
        if round > 0 {
            times.0.push(one.0);
            times.1.push(one.1);
        }
    }
    let (hello, berth) = (median(&mut times.0), median(&mut times.1));
    let on = "release, median of 7, process start to painted";
    vec![
        Figure::new("bare window that says hello", on, hello, "ms"),
        Figure::new(
            "first painted week",
            "the same, 100,000 bookings, 50 in the week",
            berth,
            "ms",
        ),
        Figure::new("ratio of the two", "side by side", berth / hello, "×").at_most(1.3),
    ]
}

/// Milliseconds from the start of the process to the first `painted` mark.
fn until_painted(desktop: &Desktop, options: &Options) -> f64 {
    let program = options.program.clone().expect("a program is named");
    let (script, started) = stamped(desktop.home(), &program);
    let app = App::start(
        desktop,
        &Options {
            program: Some(script),
            ..options.clone()
        },
    );
    let painted = wait::until("the page never says that it was painted", || {
        app.script("const m = performance.getEntriesByName('painted')[0]; return m ? performance.timeOrigin + m.startTime : null", &[]).as_f64()
    });
    let text = std::fs::read_to_string(started).expect("the script wrote when it started");
    let nanoseconds: f64 = text.trim().parse().expect("a number of nanoseconds");
    painted - nanoseconds / 1e6
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
        program: None,
    };
    let app = App::start(&desktop, &options);
    let _ = app.find("[data-testid=booking]");
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
    wait::until("the next week was never painted", || {
        app.script(
            "const at = name => performance.getEntriesByName(name)[0]?.startTime;
             const [pressed, painted] = [at('pressed'), at('painted')];
             return pressed && painted ? painted - pressed : null",
            &[],
        )
        .as_f64()
    })
}
