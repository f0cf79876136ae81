//! `berth-bench`: the figures that Berth promises, measured and held against their limits.
//!
//! `cargo xtask bench [FILTER]` builds what is measured and calls this. Each file measures one
//! thing; each figure says what it was measured on, so that it can be measured again elsewhere.
#![allow(clippy::print_stdout, reason = "a table is what it is for")]

mod calendar;
mod changes;
mod child;
mod command;
mod compare;
mod conflict;
mod figure;
mod fill;
mod hostile;
mod import;
mod memory;
mod parse;
mod python;
mod query;
mod size;
mod soundness;
mod tray;
mod window;

use std::process::ExitCode;

use figure::{Figure, Report};

type Part = (&'static str, fn() -> Vec<Figure>);

/// A name for the filter, and what measures it.
const PARTS: &[Part] = &[
    ("size", size::measure),
    ("query", query::measure),
    ("conflict", conflict::measure),
    ("told", conflict::told),
    ("command", command::measure),
    ("soundness", soundness::measure),
    ("parse", parse::measure),
    ("import", import::measure),
    ("linear", import::linear),
    ("hostile", hostile::measure),
    ("start", window::start),
    ("grid", window::grid),
    ("compare", compare::measure),
    ("weeks", window::many_weeks),
    ("memory", memory::measure),
    ("memory-changes", changes::measure),
    ("tray", tray::measure),
];

/// Those that take so long that they run only where somebody names them in full.
const ON_DEMAND: &[Part] = &[("memory-half-hour", changes::half_an_hour)];

fn main() -> ExitCode {
    let filter = std::env::args().nth(1).unwrap_or_default();
    let mut report = Report::default();
    let parts = PARTS.iter().filter(|(name, _)| name.contains(&filter));
    let named = ON_DEMAND.iter().filter(|(name, _)| *name == filter);
    for (name, measure) in parts.chain(named) {
        eprintln!("measuring {name} …");
        report.add(name, measure());
    }
    print!("{}", report.table());
    println!("\n{}", figure::machine());
    let path = berth_tests::place::top().join("target/bench.json");
    if let Err(error) = std::fs::write(&path, report.json()) {
        eprintln!("cannot write {}: {error}", path.display());
        return ExitCode::FAILURE;
    }
    println!("also as JSON: target/bench.json");
    if report.holds() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
