//! Journeys: what a person does with Berth, on the real app in a real desktop session.
//!
//! Each starts a desktop and an app of its own, and leaves pictures in `target/artefacts`.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod accessible;
mod background;
mod backups;
mod booking;
mod conflicts;
mod damage;
mod exchange;
mod first_start;
mod keyboard;
mod looks;
mod reminders;
mod scene;
mod screen_reader;
mod session;
mod views;
