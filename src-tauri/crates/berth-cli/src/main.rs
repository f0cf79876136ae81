//! `berth`, the command line of Berth: the same use cases as the window, over the same data.
//!
//! Parse, open, do, print, and look after the file. The clock is asked once, here; everything below is given the time.
//! Nothing here draws a window or knows how bookings are kept.

mod answer;
mod arguments;
mod details;
mod fetch;
mod json;
mod names;
mod print;
mod session;
mod stretch;
mod style;
mod table;
mod verb;

use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use berth_app::time;
use berth_core::Timestamp;
use clap::Parser;

use arguments::Arguments;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let (ended, session) = arguments.command.run(&arguments.global, clock());
    let exit = match ended {
        Ok(answer) => print::answer(&answer),
        Err(failure) => print::failure(&failure, arguments.global.json),
    };
    // Nobody waits for the answer while the backup of the day is made.
    if let Some(session) = session {
        session.finish();
    }
    exit
}

/// What the machine's clock shows.
fn clock() -> Timestamp {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |past| past.as_secs());
    Timestamp::from_seconds(i64::try_from(since).unwrap_or(i64::MAX))
}
