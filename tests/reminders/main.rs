//! Reminders that cannot be missed: the real app on a real bus, with a real notification daemon
//! (dunst) and with one that is played (python3-dbusmock), killed and started, at clocks that jump.
//!
//! Each test prints what it shows; `R1` to `R20` are the cases of the specification. Those that
//! need no desktop are in `berth-app/src/reminder/tests.rs` and beside it.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, reason = "figures are what it is for")]

mod answers;
mod clocks;
mod crashes;
mod faults;
mod file;
mod many;
mod measured;
mod mock;
mod scene;
mod tray;
