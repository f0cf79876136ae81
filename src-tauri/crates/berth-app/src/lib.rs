//! The use cases of Berth, shared by the window and the command line.
//!
//! [`Berth`] is an open data directory; each use case is a method on it, in a file named after its
//! verb. Times come in as arguments, results go out as [`wire`] types. Nothing here knows a window,
//! a terminal, or a thread.

mod backup;
mod berth;
mod booking;
mod conflict;
mod demo;
pub mod error;
mod exchange;
mod finding;
mod forecast;
mod free;
mod history;
mod may;
mod now_next;
mod phrase;
mod reminder;
mod repair;
mod schedule;
mod setup;
pub mod time;
mod trash;
mod week;
mod window;
pub mod wire;

pub use berth::{Berth, OpenOptions, common_zone, zone_here};
pub use berth_core::Timestamp;
pub use berth_core::words::{Language, Words};
pub use berth_ical::{Edge, Mark, Occurrence as FileOccurrence, Occurrences, TimeKind};
pub use berth_store::{Check, Mended};
pub use conflict::digest;
pub use demo::DEMO_NOW;
pub use error::{Code, Error, Result};
pub use exchange::{CalendarFile, Checked, Listed};
pub use finding::{Finding, NotificationDaemon, tray_finding};
pub use forecast::{Outlook, forecast_end};
pub use free::{FreeAnswer, FreeSearch, FreeSlot};
pub use may::{CalendarSource, OfCalendar, Question, Verdict};
pub use reminder::{Answer, NextSlot, PAUSE, Round, Telling};
pub use repair::{outcome as repair_outcome, repair};
pub use schedule::{Filter, Slot};
pub use window::{ImportedWindows, WindowFile};

#[cfg(test)]
mod tests;
