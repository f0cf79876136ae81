//! What a person waits for in the window: the first week, and the next one.
//!
//! Both are measured in the page's own clock. The page marks `painted` when a frame that shows a
//! week has been painted; a program's start is written down by the script that becomes it.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use berth_tests::app::{App, Options};
use berth_tests::desktop::Desktop;
use berth_tests::place;
use serde_json::{Value, json};

use crate::figure::{Figure, median};
use crate::fill::{self, Plan};
use crate::memory;

/// The moment of all weeks that are shown.
pub(crate) const NOW: &str = "2024-06-05T09:00:00Z";

/// A booking on the page.
pub(crate) const CARD: &str = "[data-testid=card]";

/// A page that was started so long ago has painted and rests.
const SETTLED: Duration = Duration::from_secs(1);

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
    // Side by side, so that both meet the same machine; the first round warms the caches. So many,
    // since what is painted waits for the next frame, and a start falls on either side of one.
    let rounds: Vec<[Started; 2]> = (0..16)
        .map(|_| [&hello, &berth].map(|options| started(&desktop, options)))
        .skip(1)
        .collect();
    let middle = |which: usize, part: fn(&Started) -> f64| {
        let mut times: Vec<f64> = rounds.iter().map(|round| part(&round[which])).collect();
        median(&mut times)
    };
    let (hello, berth) = (middle(0, |one| one.painted), middle(1, |one| one.painted));
    let on = "release, median of 15, from the start of the process";
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
    // A question to the page is work for it, which nobody's start has: it comes when all is done.
    std::thread::sleep(SETTLED);
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

/// The figures of the grid, with few bookings in the week, many, and far too many.
pub(crate) fn grid() -> Vec<Figure> {
    let mut figures = Vec::new();
    let limits = [
        (50, Some(40.0), 30.0),
        (500, Some(150.0), 120.0),
        (5_000, None, 1_000.0),
    ];
    for (bookings, first, next) in limits {
        let week = ShownWeek::of(bookings);
        let desktop = Desktop::start();
        let app = week.open(&desktop);
        let input = format!("WebKitGTK, {bookings} bookings in the week, median of 10 or 20");
        if let Some(limit) = first {
            // The agenda takes the grid away, the week brings a new one.
            let both = laps(&app, ["a", "w"]);
            let mut weeks: Vec<f64> = both.into_iter().skip(1).step_by(2).collect();
            let name = "first paint of a week, key press to painted";
            figures.push(Figure::new(name, input.clone(), median(&mut weeks), "ms").at_most(limit));
        }
        let mut laps = laps(&app, ["j", "k"]);
        let name = "next week, key press to painted";
        figures.push(Figure::new(name, input, median(&mut laps), "ms").at_most(next));
        if bookings == 500 {
            figures.push(dragging(&app));
        }
    }
    figures
}

/// A database with two weeks that hold so many bookings.
pub(crate) struct ShownWeek(tempfile::TempDir);

impl ShownWeek {
    pub(crate) fn of(bookings: usize) -> Self {
        let data = tempfile::tempdir().expect("a temporary folder can be made");
        let plan = Plan {
            total: 10_000.max(3 * bookings),
            shown: Some(bookings),
        };
        fill::fill(data.path(), plan).expect("a new database takes bookings");
        Self(data)
    }

    pub(crate) fn folder(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn open<'d>(&self, desktop: &'d Desktop) -> App<'d> {
        self.open_in(desktop, Vec::new())
    }

    /// Shows it in Berth, with something besides in its environment.
    pub(crate) fn open_in<'d>(
        &self,
        desktop: &'d Desktop,
        env: Vec<(&'static str, &'static str)>,
    ) -> App<'d> {
        let options = Options {
            data: Some(self.folder().to_owned()),
            args: vec!["--now".to_owned(), NOW.to_owned()],
            env,
            ..Options::default()
        };
        let app = App::start(desktop, &options);
        let _ = app.find(CARD);
        mark_keys(&app);
        app
    }
}

/// Has the page mark when a key was pressed, before anything else hears of it.
pub(crate) fn mark_keys(app: &App<'_>) {
    let body = "addEventListener('keydown', () => performance.mark('pressed'), { capture: true })";
    app.script(body, &[]);
}

/// Twenty times by the keys a person would press, in turn.
fn laps(app: &App<'_>, keys: [&str; 2]) -> Vec<f64> {
    (0..40)
        .map(|round| lap(app, keys[round % 2]))
        .skip(20)
        .collect()
}

/// The pointer with a card in its hand.
pub(crate) struct Drag<'a> {
    app: &'a App<'a>,
    /// Where it took the card.
    from: [i64; 2],
    moved: i64,
}

impl<'a> Drag<'a> {
    /// Takes a card in the middle of the week. From then on the page notes what each move of the
    /// pointer costs: all scripts, styles and layout that it causes. Painting waits for the next
    /// frame and is not in it.
    pub(crate) fn of(app: &'a App<'a>, cards: &str) -> Self {
        let body = "window.moves = [];
            const channel = new MessageChannel();
            let began = 0;
            channel.port1.onmessage = () => {
                void document.body.getBoundingClientRect();
                window.moves.push(performance.now() - began);
            };
            addEventListener('pointermove', () => {
                began = performance.now();
                channel.port2.postMessage(0);
            }, { capture: true });
            const card = document.querySelectorAll(arguments[0])[200];
            card.scrollIntoView({ block: 'center' });
            const { x, y } = card.getBoundingClientRect();
            return [x + 20, y + 8]";
        let place = app.script(body, &[cards.into()]);
        let at = |index: usize| place[index].as_f64().unwrap_or(0.0).round() as i64;
        let mut drag = Self {
            app,
            from: [at(0), at(1)],
            moved: 0,
        };
        let down = json!({ "type": "pointerDown", "button": 0 });
        drag.act(vec![drag.to(0), down]);
        // The first moves begin the drag.
        drag.go_on(20);
        drag
    }

    /// So many moves, a pixel to the right and down each, as often as a screen is painted.
    pub(crate) fn go_on(&mut self, moves: i64) {
        let steps = (self.moved + 1..=self.moved + moves).map(|step| self.to(step));
        self.act(steps.collect());
        self.moved += moves;
    }

    fn to(&self, step: i64) -> Value {
        let [x, y] = self.from.map(|start| start + step);
        json!({ "type": "pointerMove", "duration": 16, "origin": "viewport", "x": x, "y": y })
    }

    fn act(&self, steps: Vec<Value>) {
        let actions = json!([{
            "type": "pointer", "id": "mouse", "parameters": { "pointerType": "mouse" }, "actions": steps,
        }]);
        let moved = self.app.session().actions(&actions);
        moved.expect("the driver moves the pointer");
    }

    /// The milliseconds of each move after those that began the drag.
    pub(crate) fn moves(&self) -> Vec<f64> {
        let moves = self.app.script("return window.moves", &[]);
        let moves = moves.as_array().into_iter().flatten();
        moves.filter_map(Value::as_f64).skip(20).collect()
    }
}

fn dragging(app: &App<'_>) -> Figure {
    let mut drag = Drag::of(app, CARD);
    drag.go_on(100);
    let mut moves = drag.moves();
    app.keys("Escape");
    let input = format!(
        "WebKitGTK, 500 bookings in the week, median of {} moves, without painting",
        moves.len()
    );
    Figure::new(
        "pointer move while dragging",
        input,
        median(&mut moves),
        "ms",
    )
    .at_most(8.0)
}

/// Whether going through weeks leaves anything behind.
pub(crate) fn many_weeks() -> Vec<Figure> {
    let week = ShownWeek::of(50);
    let desktop = Desktop::start();
    let app = week.open(&desktop);
    // What the engine has not collected yet comes and goes, so one look is not enough: the median of
    // five over the last hundred changes, always with the first of the two weeks on the screen.
    let leaf = |times: usize| {
        let mut seen = Vec::new();
        for left in (1..=times).rev() {
            lap(&app, if left % 2 == 0 { "j" } else { "k" });
            if left < 100 && left % 20 == 1 {
                seen.push(memory::settled(app.group()));
            }
        }
        median(&mut seen)
    };
    let (before, after) = (leaf(100), leaf(500));
    let on =
        "WebKitGTK, 50 bookings in the week, proportional set size of all processes, median of 5";
    vec![
        Figure::new("memory before 500 changes of week", on, before, "MB"),
        Figure::new("memory after, as a share of that", on, after / before, "×").at_most(1.05),
    ]
}

/// Milliseconds from the key's event to the mark of the frame that shows the other week.
pub(crate) fn lap(app: &App<'_>, key: &str) -> f64 {
    app.script("performance.clearMarks()", &[]);
    app.keys(key);
    let [pressed, painted] = ["pressed", "painted"].map(|name| mark(app, name));
    painted - pressed
}

/// When the page set a mark, in its own milliseconds. The page itself waits for it, since asking
/// again and again would slow down what is measured.
pub(crate) fn mark(app: &App<'_>, name: &str) -> f64 {
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
