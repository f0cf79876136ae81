//! Bookings in a local SQLite file: opened with care, migrated, backed up, and written only by
//! named operations that can be undone.
//!
//! The store knows rows and instants. It does not know iCalendar text, conflicts, or windows, and it
//! never asks what time it is.

mod backup;
mod error;
mod migrate;
mod open;
mod table;
mod transact;

pub use backup::Backups;
pub use error::{Result, StoreError};
pub use open::{Access, Opened, Store};
pub use table::acceptance::Acceptance;
pub use table::booking::{HoldRow, Series};
pub use table::calendar::Calendar;
pub use table::operation::{Operation, OperationId};
pub use table::reminder::{Known, Past, Reminder, Settled};
pub use transact::{Done, Reader, Writer};

#[cfg(test)]
mod tests;
