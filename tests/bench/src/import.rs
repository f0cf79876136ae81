//! Large calendars into an empty database, by the command line: time, memory at the peak, and how
//! both grow.

use std::fs::File;
use std::io::BufWriter;

use berth_tests::berth::Berth;

use crate::calendar;
use crate::child::{self, Run};
use crate::figure::Figure;

/// The whole of an import: read, parsed, resolved, stored, conflicts found.
const LIMIT: f64 = 2000.0;

pub(crate) fn measure() -> Vec<Figure> {
    let (input, megabytes, first, again, out) = twice(50_000);
    let milliseconds = |run: &Run| run.time.as_secs_f64() * 1000.0;
    let memory = |name: &str, run: &Run| Figure::new(name, &input, run.peak / megabytes, "×");
    vec![
        Figure::new(
            "import into an empty database",
            &input,
            milliseconds(&first),
            "ms",
        )
        .at_most(LIMIT),
        memory("its memory at the peak, per size of the file", &first).at_most(4.0),
        Figure::new(
            "import of the same once more",
            &input,
            milliseconds(&again),
            "ms",
        )
        .at_most(LIMIT),
        memory("its memory at the peak, per size of the file", &again).at_most(4.0),
        Figure::new("export of all", &input, milliseconds(&out), "ms").at_most(1000.0),
        memory("its memory at the peak, per size of the file", &out),
    ]
}

/// Time for each event, from a thousand to half a million.
pub(crate) fn linear() -> Vec<Figure> {
    let sizes = [1_000, 10_000, 50_000, 100_000, 500_000];
    let each = sizes.map(|events| {
        let (_folder, _, megabytes, run) = once(events);
        let time = run.time.as_secs_f64() * 1e6 / events as f64;
        (events, megabytes, time)
    });
    let mut figures: Vec<Figure> = each
        .iter()
        .map(|(events, megabytes, time)| {
            let input = format!("{events} events, {megabytes:.0} MB");
            Figure::new("import, for each event", input, *time, "µs")
        })
        .collect();
    // A thousand are mostly the start of the process and the fsync of the disk.
    let of = |events: usize| {
        each.iter()
            .find(|one| one.0 == events)
            .map_or(f64::NAN, |one| one.2)
    };
    figures.push(
        Figure::new(
            "each of half a million, beside each of ten thousand",
            "500,000 : 10,000 events",
            of(500_000) / of(10_000),
            "×",
        )
        .at_most(1.5),
    );
    figures
}

/// Imports so many events, and answers with the database, the file, its megabytes, and what it took.
fn once(events: usize) -> (Berth, String, f64, Run) {
    let berth = Berth::new().now("2022-01-01T08:00:00Z");
    berth.ok("env list");
    let path = berth.folder().with_extension("ics");
    let file = File::create(&path).expect("a calendar can be written");
    calendar::write(BufWriter::new(file), events).expect("a calendar can be written");
    let megabytes = path.metadata().expect("it is there").len() as f64 / 1e6;
    let path = path.to_string_lossy().into_owned();
    let run = import(&berth, &path, &format!("{events} added"));
    (berth, path, megabytes, run)
}

/// The same file twice, then everything out again.
fn twice(events: usize) -> (String, f64, Run, Run, Run) {
    let (berth, path, megabytes, first) = once(events);
    let again = import(&berth, &path, &format!("{events} unchanged"));
    let out = child::run(berth.command(["export", "-o", &format!("{path}.out.ics")]));
    assert_eq!(out.code, Some(0), "{}", out.printed);
    let input = format!("{events} events, {megabytes:.0} MB, a tenth recurring");
    (input, megabytes, first, again, out)
}

fn import(berth: &Berth, path: &str, expected: &str) -> Run {
    let run = child::run(berth.command(["import", "--large", path]));
    assert!(
        run.code == Some(0) && run.printed.contains(expected),
        "{}",
        run.printed
    );
    run
}
