//! Whether changes leave anything behind: memory and processor time of the shell and of its page,
//! while bookings are made, moved and deleted from outside and taken back in the window. At the end
//! there are as many bookings as at the beginning, so that what grows is not the data.

use std::time::{Duration, Instant};

use berth_tests::app::App;
use berth_tests::berth::Berth;
use berth_tests::desktop::Desktop;
use berth_tests::process::members_of;

use crate::figure::Figure;
use crate::memory::kilobytes;
use crate::tray::{TICK, name, ticks};
use crate::window::{NOW, ShownWeek};

/// The changes that lead back to where they began; `A` is a booking of mine, `B` one of others. `A`
/// is the next one, and its reminder is due at once, so that the tray and the desktop's notifications
/// change as well.
const ROUND: [Change; 10] = [
    Change::Book("A", "Team 0", "2024-06-05T12:00", "2h"),
    Change::Line("move A --from 2024-06-05T12:15"),
    Change::Book("B", "Team 1", "2024-06-05T12:45", "1h"),
    Change::Line("move B --from 2024-06-07T19:00"),
    Change::Keys("Control+z"),
    Change::Keys("Control+y"),
    Change::Line("edit A --title another"),
    Change::Line("delete B"),
    Change::Line("move A --from 2024-06-05T12:30"),
    Change::Line("delete A"),
];

/// The processes that are measured, by the name that the kernel has for them, and by how much their
/// memory may differ: the heap of the page's engine comes and goes by a twentieth even in the least
/// that is seen.
const PROCESSES: [(&str, &str, f64); 2] = [
    ("the shell", "berth-desktop", 1.05),
    ("the page", "WebKitWebProces", 1.1),
];

/// After so many changes the engine of the page holds as much as it is going to: it compiles what runs
/// often, and its heap finds its size.
const WARM: usize = 40 * ROUND.len();

/// Those come as fast as the window takes them, which looks for changes twice a second.
const QUICKLY: Duration = Duration::from_millis(150);

enum Change {
    /// A booking of a team on staging, from when, and how long before it is reminded of.
    Book(&'static str, &'static str, &'static str, &'static str),
    /// A line of the command line; the letter stands for the id of the booking.
    Line(&'static str),
    /// Keys pressed in the window.
    Keys(&'static str),
}

/// How many changes, how long after each other; and how many of them the first and the last figure
/// are of. What the engine of the page has not collected yet comes and goes within half a minute.
#[derive(Clone, Copy)]
struct Pace {
    changes: usize,
    every: Duration,
    measured: usize,
}

/// What some changes took, of the shell and of the page.
struct Spent {
    /// Milliseconds of processor time, each change.
    processor: [f64; 2],
    /// Megabytes in use, the least that was seen: what can be collected is not in it.
    memory: [f64; 2],
}

/// Two minutes.
pub(crate) fn measure() -> Vec<Figure> {
    figures(Pace {
        changes: 300,
        every: Duration::from_millis(250),
        measured: 120,
    })
}

/// Half an hour of what a busy hour brings.
pub(crate) fn half_an_hour() -> Vec<Figure> {
    figures(Pace {
        changes: 3_000,
        every: Duration::from_millis(600),
        measured: 300,
    })
}

fn figures(pace: Pace) -> Vec<Figure> {
    let week = ShownWeek::of(50);
    let desktop = Desktop::start();
    let app = week.open(&desktop);
    let mut person = Person::new(&app);
    person.make(WARM, QUICKLY);
    let first = person.make(pace.measured, pace.every);
    person.make(pace.changes - 2 * pace.measured, pace.every);
    let last = person.make(pace.measured, pace.every);
    let on = format!(
        "WebKitGTK, {} changes, one every {} ms, 50 bookings in the week",
        pace.changes,
        pace.every.as_millis()
    );
    let mut all = Vec::new();
    for (index, (who, _, memory)) in PROCESSES.into_iter().enumerate() {
        let figures = [
            ("memory of", "MB", first.memory, last.memory, memory),
            (
                "processor time of",
                "ms",
                first.processor,
                last.processor,
                1.2,
            ),
        ];
        for (what, unit, first, last, limit) in figures {
            let (first, growth) = (first[index], last[index] / first[index]);
            let name = format!("{what} {who}, first changes");
            all.push(Figure::new(&name, &on, first, unit));
            let growth = Figure::new("last changes, as a share of that", &on, growth, "×");
            all.push(growth.at_most(limit));
        }
    }
    all
}

/// Who makes the changes, from outside and in the window.
struct Person<'a> {
    app: &'a App<'a>,
    berth: Berth,
    processes: [u32; 2],
    /// The ids of `A` and `B`.
    ids: [String; 2],
    made: usize,
}

impl<'a> Person<'a> {
    fn new(app: &'a App<'a>) -> Self {
        let members = members_of(app.group());
        let process = |wanted: &str| {
            let found = members.iter().find(|process| name(**process) == wanted);
            *found.unwrap_or_else(|| panic!("no process is named {wanted}"))
        };
        Self {
            app,
            berth: Berth::at(app.data()).now(NOW),
            processes: PROCESSES.map(|(_, name, _)| process(name)),
            ids: [String::new(), String::new()],
            made: 0,
        }
    }

    /// Makes so many changes.
    fn make(&mut self, changes: usize, every: Duration) -> Spent {
        let before = self.processor();
        let mut memory = [f64::INFINITY; 2];
        for _ in 0..changes {
            let start = Instant::now();
            self.change();
            std::thread::sleep(every.saturating_sub(start.elapsed()));
            let now = self.processes.map(own_megabytes);
            memory = [0, 1].map(|index| now[index].min(memory[index]));
        }
        let after = self.processor();
        let each = |index: usize| (after[index] - before[index]) * 1000.0 / changes as f64;
        Spent {
            processor: [0, 1].map(each),
            memory,
        }
    }

    fn change(&mut self) {
        let change = &ROUND[self.made % ROUND.len()];
        self.made += 1;
        match change {
            Change::Book(letter, team, from, lead) => {
                let words = [
                    "--json", "book", "--env", "staging", "--team", team, "--from", from,
                ];
                let rest = ["--for", "1h", "--lead", lead, "--title", "bench"];
                let booked = self.berth.run(words.iter().chain(&rest)).expect_code(0);
                let id = &booked.json()["booking"]["id"];
                self.ids[usize::from(*letter == "B")] = id.as_str().unwrap_or_default().to_owned();
            }
            Change::Line(line) => {
                let [a, b] = &self.ids;
                let named = |word: &'static str| match word {
                    "A" => a.clone(),
                    "B" => b.clone(),
                    word => word.to_owned(),
                };
                let _ = self.berth.run(line.split(' ').map(named)).expect_code(0);
            }
            Change::Keys(keys) => self.app.keys(keys),
        }
    }

    fn processor(&self) -> [f64; 2] {
        self.processes
            .map(|process| ticks(process).unwrap_or(0.0) * TICK)
    }
}

/// What it alone holds and has written to: what it shares comes and goes with whatever else runs.
fn own_megabytes(process: u32) -> f64 {
    kilobytes(&format!("/proc/{process}/smaps_rollup"), "Private_Dirty:").unwrap_or(0.0) / 1000.0
}
