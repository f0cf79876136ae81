//! Berth's week beside other calendars that draw the same bookings in the same webview.
//!
//! Each calendar has a window of its own on one desktop, and they take turns, so that all meet the
//! same machine. The others are the pages of `tests/bench/compare`, shown by the bare window of
//! `src-tauri/examples/hello`: a release build of the same shell, of the same size. What they draw
//! is what `berth list` says. They have it in memory; Berth asks its database for each week.

use std::path::PathBuf;

use berth_tests::app::{App, Options};
use berth_tests::berth::Berth;
use berth_tests::desktop::Desktop;
use berth_tests::place;
use serde_json::{Value, json};

use crate::figure::{Figure, median};
use crate::size;
use crate::window::{CARD, Drag, ShownWeek, lap, mark, mark_keys};

/// The first day of the two weeks from [`crate::fill::SHOWN`], and the last.
const FROM: &str = "2024-06-03";
const TO: &str = "2024-06-16";

/// The environments that Berth shows.
const SHOWN: [&str; 2] = ["staging", "production"];

/// Berth tells the webview so where there is no graphics card; here all are told.
const DRAWING: (&str, &str) = ("WEBKIT_DISABLE_DMABUF_RENDERER", "1");

/// Says which versions are compared.
const PACKAGE: &str = include_str!("../compare/package.json");

struct Calendar {
    name: &'static str,
    /// None is Berth.
    library: Option<Library>,
}

struct Library {
    /// Its files in `target/compare`.
    file: &'static str,
    package: &'static str,
}

const BERTH: usize = 0;
const CALENDARS: [Calendar; 3] = [
    Calendar {
        name: "Berth",
        library: None,
    },
    Calendar {
        name: "FullCalendar",
        library: Some(Library {
            file: "fullcalendar",
            package: "fullcalendar",
        }),
    },
    Calendar {
        name: "EventCalendar",
        library: Some(Library {
            file: "event-calendar",
            package: "@event-calendar/core",
        }),
    },
];

impl Calendar {
    /// Its bookings on the page.
    fn cards(&self) -> &'static str {
        self.library.as_ref().map_or(CARD, |_| ".booking")
    }

    fn title(&self) -> String {
        let package: Value = serde_json::from_str(PACKAGE).expect("package.json is JSON");
        let version = |library: &Library| package["devDependencies"][library.package].clone();
        match self.library.as_ref().map(version) {
            None => self.name.to_owned(),
            Some(version) => format!("{} {}", self.name, version.as_str().unwrap_or_default()),
        }
    }
}

impl Library {
    fn built(&self, ending: &str) -> PathBuf {
        place::top().join(format!("target/compare/{}.{ending}", self.file))
    }
}

/// Nothing where the libraries are not there since they could not be installed; standard error says
/// so then.
pub(crate) fn measure() -> Vec<Figure> {
    let libraries = CALENDARS.iter().filter_map(|one| one.library.as_ref());
    let mut pages = libraries.map(|library| library.built("html"));
    if let Some(missing) = pages.find(|page| !page.is_file()) {
        let path = missing.display();
        eprintln!(
            "nothing is compared: there is no {path}; `cargo xtask bench compare` makes it, with a network"
        );
        return Vec::new();
    }
    let mut figures = sizes();
    for bookings in [50, 500, 5_000] {
        figures.extend(weeks(bookings));
    }
    figures
}

/// What is loaded before the first week is there: of Berth all of it, with what is around the grid;
/// of a library its script and styles alone.
fn sizes() -> Vec<Figure> {
    let values = CALENDARS.map(|calendar| match calendar.library {
        None => size::first_week(),
        Some(library) => ["js", "css"]
            .map(|ending| size::packed(&library.built(ending)))
            .iter()
            .sum(),
    });
    let on = ["all that the first week needs", "alone", "alone"].map(str::to_owned);
    side_by_side("scripts and styles, gzip", &on, values, "kB")
}

fn weeks(bookings: usize) -> Vec<Figure> {
    let week = ShownWeek::of(bookings);
    let given = given(&week, bookings);
    let desktop = Desktop::start();
    let apps = CALENDARS.map(|calendar| {
        let app = open(&calendar, &desktop, &week, &given);
        // Now, while its window is in front.
        app.picture(&format!("compare-{bookings}-{}", calendar.name));
        app
    });
    let drawn: Vec<usize> = CALENDARS
        .iter()
        .zip(&apps)
        .map(|(calendar, app)| app.all(calendar.cards()).len())
        .collect();
    let compare = |name: &str, taken: &str, times: [Vec<f64>; 3], of: fn(&mut [f64]) -> f64| {
        let on = [0, 1, 2].map(|which| {
            let (drawn, count) = (drawn[which], times[which].len());
            format!("WebKitGTK, {bookings} bookings in the week, {drawn} drawn, {taken} of {count}")
        });
        side_by_side(name, &on, times.map(|mut all| of(&mut all)), "ms")
    };
    let turns = match bookings {
        // Here a library takes seconds each time.
        5_000 => Turns {
            warm: 1,
            counted: 3,
        },
        _ => Turns {
            warm: 10,
            counted: 10,
        },
    };
    // The agenda takes Berth's grid away, and a library is ended; the week brings a new one.
    let firsts = laps(&apps, ["a", "w"], turns).map(every_second);
    let mut figures = compare(
        "first paint of a week, key press to painted",
        "median",
        firsts,
        median,
    );
    let nexts = laps(&apps, ["j", "k"], turns);
    let name = "next week, key press to painted";
    figures.extend(compare(name, "median", nexts, median));
    if bookings == 500 {
        let moves = dragging(&apps);
        let name = "pointer move while dragging, unpainted";
        figures.extend(compare(name, "mean", moves, mean));
    }
    figures
}

/// How often a pair of keys is pressed.
#[derive(Clone, Copy)]
struct Turns {
    /// First, uncounted: caches fill, and the webview compiles what it runs often.
    warm: usize,
    counted: usize,
}

/// The bookings of two weeks, as the command line tells them.
fn given(week: &ShownWeek, bookings: usize) -> Value {
    let listed = Berth::at(week.folder()).json(&format!(
        "list --from {FROM} --to {TO} --env {} --env {}",
        SHOWN[0], SHOWN[1]
    ));
    let count = listed.as_array().map_or(0, Vec::len);
    assert_eq!(count, 2 * bookings, "two weeks of {bookings} are listed");
    json!({ "bookings": listed, "environments": SHOWN, "monday": FROM, "each": bookings })
}

fn open<'d>(calendar: &Calendar, desktop: &'d Desktop, week: &ShownWeek, given: &Value) -> App<'d> {
    let Some(library) = &calendar.library else {
        return week.open_in(desktop, vec![DRAWING]);
    };
    let options = Options {
        program: Some(place::program("examples/hello")),
        env: vec![DRAWING],
        ..Options::default()
    };
    let app = App::start(desktop, &options);
    let address = format!("file://{}", library.built("html").display());
    let went = app.session().post("url", &json!({ "url": address }));
    went.expect("the window goes to another page");
    mark_keys(&app);
    app.script("start(arguments[0])", std::slice::from_ref(given));
    mark(&app, "painted");
    app
}

/// Milliseconds of each key press after the warm ones, of each app. The apps take turns.
fn laps(apps: &[App<'_>; 3], keys: [&str; 2], turns: Turns) -> [Vec<f64>; 3] {
    let mut times = [const { Vec::new() }; 3];
    for press in 0..2 * (turns.warm + turns.counted) {
        for (times, app) in times.iter_mut().zip(apps) {
            let time = lap(app, keys[press % 2]);
            if press >= 2 * turns.warm {
                times.push(time);
            }
        }
    }
    times
}

fn every_second(times: Vec<f64>) -> Vec<f64> {
    times.into_iter().skip(1).step_by(2).collect()
}

/// A page's clock shows whole milliseconds: the middle of such small times would say only that.
fn mean(times: &mut [f64]) -> f64 {
    times.iter().sum::<f64>() / times.len() as f64
}

/// Milliseconds of each move of the pointer, of each app. The apps take turns.
fn dragging(apps: &[App<'_>; 3]) -> [Vec<f64>; 3] {
    let take = |which: usize| Drag::of(&apps[which], CALENDARS[which].cards());
    let mut drags = [0, 1, 2].map(take);
    for _ in 0..5 {
        for drag in &mut drags {
            drag.go_on(20);
        }
    }
    drags.map(|drag| drag.moves())
}

/// The figure of each calendar, and how much more that is than Berth's.
fn side_by_side(name: &str, on: &[String; 3], values: [f64; 3], unit: &'static str) -> Vec<Figure> {
    let mut figures = Vec::new();
    for (which, calendar) in CALENDARS.iter().enumerate() {
        let title = calendar.title();
        let figure = format!("{name}: {title}");
        figures.push(Figure::new(&figure, &on[which], values[which], unit));
        if which != BERTH {
            let ratio = values[which] / values[BERTH];
            let name = format!("… {title} / Berth");
            figures.push(Figure::new(&name, "side by side", ratio, "×"));
        }
    }
    figures
}
