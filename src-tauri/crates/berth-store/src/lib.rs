//! Bookings in a local SQLite file: opened with care, migrated, backed up, and written only by
//! named operations that can be undone.
//!
//! The store knows rows and instants. It does not know iCalendar text, conflicts, or windows, and it
//! never asks what time it is.

mod backup;
mod error;
mod files;
mod lock;
mod mark;
mod memory;
mod mend;
mod migrate;
mod open;
mod restore;
mod salvage;
mod seal;
mod soundness;
mod sum;
mod table;
mod transact;
mod unread;

pub use backup::Backups;
pub use error::{Result, StoreError};
pub use mend::{Mended, mend};
pub use open::{Access, Check, Opened, Store};
pub use restore::{Copy, Difference};
pub use table::acceptance::Acceptance;
pub use table::booking::{HoldRow, Series};
pub use table::calendar::Calendar;
pub use table::operation::{Operation, OperationId};
pub use table::reminder::{Known, Past, Reminder, Settled};
pub use table::trash::Trashed;
pub use transact::{Done, Reader, Writer};
pub use unread::Unread;

#[cfg(test)]
mod tests;
