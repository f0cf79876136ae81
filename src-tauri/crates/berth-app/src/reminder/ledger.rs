//! The ledger where it is now: in the file, or beside it while the file cannot be written.
//!
//! A disk that is full or read-only must not silence a reminder. What became of reminders is then
//! kept in memory, goes before what the file says, and is written down with the next write that
//! succeeds.

use berth_core::Timestamp;
use berth_core::reminder::Key;
use berth_store::{Reader, Reminder, Store, StoreError, Writer};

use crate::{Berth, Code, Error, Result};

/// The setting that says when reminders were looked after last, in seconds.
pub(super) const LOOKED: &str = "reminders.looked";

/// What was written beside the file.
#[derive(Debug, Clone, Default)]
pub(super) struct Beside {
    rows: Vec<Reminder>,
    looked: Option<String>,
}

impl Beside {
    /// All rows of the ledger of slots that start at `from` or later.
    pub(super) fn reminders(&self, reader: &Reader<'_>, from: Timestamp) -> Result<Vec<Reminder>> {
        let mut rows = reader.reminders(from)?;
        rows.retain(|row| !self.knows(&row.key));
        rows.extend(self.rows.iter().filter(|row| row.start >= from).cloned());
        Ok(rows)
    }

    /// The last start of a slot that the ledger knows of.
    pub(super) fn last_start(&self, reader: &Reader<'_>) -> Result<Option<Timestamp>> {
        let beside = self.rows.iter().map(|row| row.start).max();
        Ok(beside.max(reader.last_reminder()?))
    }

    /// When reminders were looked after last.
    pub(super) fn looked(&self, reader: &Reader<'_>) -> Result<Option<Timestamp>> {
        let text = match &self.looked {
            Some(text) => Some(text.clone()),
            None => reader.setting(LOOKED)?,
        };
        Ok(text
            .and_then(|text| text.parse().ok())
            .map(Timestamp::from_seconds))
    }

    /// Writes it into the file.
    pub(super) fn settle_into(&self, writer: &mut Writer<'_>) -> Result<()> {
        for row in &self.rows {
            writer.put_reminder(row)?;
        }
        Ok(())
    }

    fn knows(&self, key: &Key) -> bool {
        self.rows.iter().any(|row| row.key == *key)
    }
}

impl Berth {
    /// What is kept beside the file; nothing while the file can be written.
    pub(super) fn beside(&mut self) -> Result<Beside> {
        let Some((memory, _)) = &mut self.beside else {
            return Ok(Beside::default());
        };
        memory.read::<_, Error>(|reader| {
            Ok(Beside {
                rows: reader.reminders(Timestamp::MIN)?,
                looked: reader.setting(LOOKED)?,
            })
        })
    }

    /// Writes to the ledger: `into_file` where that works, else `into_memory`. A file that is only
    /// busy is waited for: who writes to it may be another Berth that shows the same reminder.
    pub(super) fn write_ledger<T>(
        &mut self,
        into_file: impl FnOnce(&mut Writer<'_>) -> Result<T>,
        into_memory: impl FnOnce(&mut Writer<'_>) -> Result<T>,
    ) -> Result<T> {
        let beside = self.beside()?;
        let written = self.write_unrecorded(|writer| {
            beside.settle_into(writer)?;
            into_file(writer)
        });
        match written {
            Ok(value) => {
                self.beside = None;
                Ok(value)
            }
            Err(error)
                if !matches!(error.code, Code::Database | Code::Damaged)
                    || error == StoreError::Busy.into() =>
            {
                Err(error)
            }
            Err(error) => self.memory(error)?.write_unrecorded(into_memory),
        }
    }

    /// Why what becomes of reminders is kept in memory alone, which ends with the program; `None`
    /// while it is written down.
    #[must_use]
    pub fn reminders_unwritten(&self) -> Option<&Error> {
        self.beside.as_ref().map(|(_, why)| why)
    }

    fn memory(&mut self, why: Error) -> Result<&mut Store> {
        let memory = match self.beside.take() {
            Some((memory, _)) => memory,
            None => Store::in_memory()?,
        };
        let (memory, _) = self.beside.insert((memory, why));
        Ok(memory)
    }
}
