//! `cargo xtask`: the one command surface for people who work on Berth.
//!
//! One file per verb, and what they share:
//!
//! - [`setup`]: what the machine must have, installed or named
//! - [`run`], [`test`], [`bench`], [`bundle`]: build and do the thing
//! - [`check`], [`bindings`]: tests about the source itself
//! - [`fuzz`]: hostile calendars, where the machine can make them
//! - [`compare`]: other calendars, for the bench
//! - [`ui`]: the web half, through npm · [`tally`]: how many passed
//! - [`tools`]: how all of them start a program
//!
//! It knows commands and files. It does not know the domain: no crate of Berth is linked here.
#![allow(
    clippy::print_stdout,
    reason = "a command line tool speaks on standard output"
)]

mod bench;
mod bindings;
mod bundle;
mod check;
mod compare;
mod fuzz;
mod run;
mod setup;
mod tally;
mod test;
mod tools;
mod ui;

use std::process::ExitCode;

use anyhow::{Result, bail};

const USAGE: &str = "\
cargo xtask <verb>

  setup [--tests]         install what is missing, or say how
  run [--demo] [ARGS]     build and open the app (--release: as it ships)
  test [--no-e2e]         everything: source, interface, Rust, the real app; an hour at most
  test --deep             what takes longer: Rust and the whole system with many more rounds,
                          ten minutes for each target of hostile calendars
  test e2e [FILTER]       only the journeys on the real app
  test system [FILTER]    only the whole-system tests
  test fuzz               only hostile calendars, a minute each target
  check                   only the tests about the source
  bindings                write the TypeScript of the wire types again
  bench [FILTER]          the figures, as a table and as target/bench.json
  bench memory-half-hour  3,000 changes in half an hour: does anything grow
  bundle                  .deb and .rpm
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&args) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(args: &[String]) -> Result<ExitCode> {
    let sh = tools::shell()?;
    let (verb, rest) = args
        .split_first()
        .map_or(("help", &[][..]), |(verb, rest)| (verb.as_str(), rest));
    match verb {
        "setup" => setup::setup(&sh, setup::Need::from_args(rest))?,
        "run" => return run::run(&sh, rest),
        "test" => test::test(&sh, rest)?,
        "check" => check::check(&sh)?,
        "bindings" => bindings::write(&sh)?,
        "bench" => bench::bench(&sh, rest)?,
        "bundle" => bundle::bundle(&sh)?,
        "help" | "--help" | "-h" => print!("{USAGE}"),
        other => bail!("no verb `{other}`\n\n{USAGE}"),
    }
    Ok(ExitCode::SUCCESS)
}
