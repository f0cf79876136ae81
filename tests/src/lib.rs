//! What the whole-system tests and the journeys stand on: programs started from outside, as a
//! person or a script would, and looked at from outside.
//!
//! It links no crate of Berth: what it sees is what a user can see. Where something does not
//! come to pass it panics with a sentence, which is how a test fails.

pub mod app;
pub mod berth;
pub mod chance;
pub mod deep;
pub mod desktop;
pub mod disk;
pub mod golden;
pub mod notification;
pub mod place;
pub mod process;
pub mod reader;
pub mod skip;
pub mod tray;
pub mod wait;
pub mod webdriver;
