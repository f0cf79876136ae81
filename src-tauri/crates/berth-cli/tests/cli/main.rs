//! The command line as scripts and people use it: the real binary, real files, several processes.

#![allow(
    clippy::unwrap_used,
    reason = "clippy knows tests by their attribute, and not what they call"
)]

mod berth;
mod bookings;
mod data;
mod exchange;
mod forecast;
mod foreign;
mod free;
mod golden;
mod ical;
mod may;
mod pipelines;
mod rules;
mod serve;
mod setup;
mod shapes;
mod vectors;
mod windows;
