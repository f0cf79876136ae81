//! Whole-system tests: the real programs over real files, started as a script starts them.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, reason = "figures are what some are for")]

mod calendar;
mod ci;
mod commands;
mod crash;
mod damage;
mod database;
mod days;
mod killed;
#[cfg(target_os = "linux")]
mod no_desktop;
mod places;
mod race;
mod readme;
mod sample;
