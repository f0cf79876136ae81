//! Every write is a named operation in one transaction that knows what it touched.
//!
//! For each row that an operation inserts, updates or deletes, the row on the *other* side is kept
//! as JSON: the row before it, or nothing. Undo swaps the two, and redo swaps them again, so one
//! mechanism serves both, for every table.

use std::collections::{HashMap, HashSet};
use std::ops::Deref;

use berth_core::time::Tz;
use berth_core::{EnvironmentId, Timestamp};
use rusqlite::{Connection, OptionalExtension, ToSql, TransactionBehavior, params};

use crate::table::operation::{Operation, OperationId};
use crate::table::{self, Entity};
use crate::unread::Notes;
use crate::{Result, Store, StoreError, sum};

/// Reads from one consistent state of the file. Cannot write.
#[derive(Debug)]
pub struct Reader<'c> {
    pub(crate) connection: &'c Connection,
    pub(crate) unread: &'c Notes,
}

/// A row that was touched, and what it was before.
type Change = (Entity, i64, Option<String>);

/// Writes inside one operation; also reads, and sees its own writes.
#[derive(Debug)]
pub struct Writer<'c> {
    reader: Reader<'c>,
    changes: Vec<Change>,
    pub(crate) zones: HashMap<EnvironmentId, Tz>,
}

/// What an operation returned, and its entry in the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done<T> {
    /// The value of the operation.
    pub value: T,
    /// Its entry; `None` when it changed nothing.
    pub operation: Option<Operation>,
}

impl<'c> Deref for Writer<'c> {
    type Target = Reader<'c>;
    fn deref(&self) -> &Reader<'c> {
        &self.reader
    }
}

impl Reader<'_> {
    /// As [`Store::data_version`], of the state of the file that is read.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn data_version(&self) -> Result<i64> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT data_version FROM pragma_data_version")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }
}

impl Store {
    /// Reads; everything read inside `read` belongs to one state of the file.
    ///
    /// # Errors
    /// What `read` returns, or the file's.
    pub fn read<T, E: From<crate::StoreError>>(
        &mut self,
        read: impl FnOnce(&Reader<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let transaction = self
            .connection
            .transaction()
            .map_err(crate::StoreError::from)?;
        read(&Reader {
            connection: &transaction,
            unread: &self.unread,
        })
    }

    /// Performs an operation in one `BEGIN IMMEDIATE` transaction: all of it or nothing. `write`
    /// returns a value and the title that the history and the undo toast show. What it decides on,
    /// it must read from the writer, since others may have written before the lock was had.
    ///
    /// # Errors
    /// What `write` returns, or the file's; nothing is written then.
    pub fn write<T, E: From<crate::StoreError>>(
        &mut self,
        now: Timestamp,
        who: &str,
        write: impl FnOnce(&mut Writer<'_>) -> std::result::Result<(T, String), E>,
    ) -> std::result::Result<Done<T>, E> {
        self.access.must_allow_writing()?;
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(crate::StoreError::from)?;
        self.opened.must_still_be_ours(&transaction)?;
        let mut writer = Writer::new(&transaction, &self.unread);
        let (value, title) = write(&mut writer)?;
        let operation = writer.record(now, who, title)?;
        drop(writer);
        transaction.commit().map_err(crate::StoreError::from)?;
        Ok(Done { value, operation })
    }

    /// Writes outside the history: settings, the ledger of reminders. One transaction all the same.
    ///
    /// # Errors
    /// What `write` returns, or the file's; nothing is written then.
    pub fn write_unrecorded<T, E: From<crate::StoreError>>(
        &mut self,
        write: impl FnOnce(&mut Writer<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        self.access.must_allow_writing()?;
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(crate::StoreError::from)?;
        self.opened.must_still_be_ours(&transaction)?;
        let value = write(&mut Writer::new(&transaction, &self.unread))?;
        transaction.commit().map_err(crate::StoreError::from)?;
        Ok(value)
    }

    /// Takes the last operation back that has not been taken back yet; `None` when there is none.
    ///
    /// # Errors
    /// When the file cannot be written; nothing is changed then.
    pub fn undo(&mut self) -> Result<Option<Operation>> {
        self.swap(|reader| reader.next_undo(), true)
    }

    /// Brings back the operation that was undone last; `None` when there is none, or something else
    /// was done since.
    ///
    /// # Errors
    /// When the file cannot be written; nothing is changed then.
    pub fn redo(&mut self) -> Result<Option<Operation>> {
        self.swap(|reader| reader.next_redo(), false)
    }

    fn swap(
        &mut self,
        which: impl FnOnce(&Reader<'_>) -> Result<Option<Operation>>,
        undo: bool,
    ) -> Result<Option<Operation>> {
        self.write_unrecorded(|writer| {
            let Some(mut operation) = which(writer)? else {
                return Ok(None);
            };
            writer
                .connection
                .execute_batch("PRAGMA defer_foreign_keys = ON")?;
            writer.swap_rows(operation.id, undo)?;
            writer.connection.execute(
                "UPDATE operation SET state = ?2 WHERE id = ?1",
                params![operation.id.0, i64::from(undo)],
            )?;
            operation.undone = undo;
            Ok(Some(operation))
        })
    }
}

impl<'c> Writer<'c> {
    fn new(connection: &'c Connection, unread: &'c Notes) -> Self {
        Self {
            reader: Reader { connection, unread },
            changes: Vec::new(),
            zones: HashMap::new(),
        }
    }

    /// Remembers a row as it is now, before it is updated or deleted.
    fn touch(&mut self, entity: Entity, row: i64) -> Result<()> {
        let before = self.snapshot(entity, row)?;
        self.changes.push((entity, row, before));
        Ok(())
    }

    /// Remembers that a row was inserted.
    fn inserted(&mut self, entity: Entity, row: i64) {
        self.changes.push((entity, row, None));
    }

    /// Whether nothing has been written so far.
    #[must_use]
    pub fn is_untouched(&self) -> bool {
        self.changes.is_empty()
    }

    /// Inserts (row 0) or updates a row of `entity`, with its sum, and remembers it for undo.
    pub(crate) fn put(&mut self, entity: Entity, row: i64, values: &[&dyn ToSql]) -> Result<i64> {
        let sum = sum::of_values(values)?;
        let mut all = values.to_vec();
        all.push(&sum);
        if row == 0 {
            self.connection
                .prepare_cached(&entity.insert())?
                .execute(all.as_slice())?;
            let id = self.connection.last_insert_rowid();
            self.inserted(entity, id);
            return Ok(id);
        }
        self.touch(entity, row)?;
        all.push(&row);
        self.connection
            .prepare_cached(&entity.update())?
            .execute(all.as_slice())?;
        Ok(row)
    }

    pub(crate) fn remove(&mut self, entity: Entity, row: i64) -> Result<()> {
        self.touch(entity, row)?;
        self.connection
            .prepare_cached(&entity.delete())?
            .execute([row])?;
        Ok(())
    }

    /// Inserts a row that is kept as JSON, under its own id where that is free, and returns its id.
    pub(crate) fn insert_json(&mut self, entity: Entity, json: &str) -> Result<i64> {
        self.connection
            .prepare_cached(&entity.insert_json())?
            .execute([json])?;
        let id = self.connection.last_insert_rowid();
        self.inserted(entity, id);
        Ok(id)
    }

    /// Makes a row what it is as JSON, whether it is there or not.
    pub(crate) fn write_json(&mut self, entity: Entity, row: i64, json: &str) -> Result<()> {
        self.touch(entity, row)?;
        self.connection
            .prepare_cached(&entity.restore_json())?
            .execute([json])?;
        Ok(())
    }

    fn record(&mut self, now: Timestamp, who: &str, title: String) -> Result<Option<Operation>> {
        if self.changes.is_empty() {
            return Ok(None);
        }
        let connection = self.reader.connection;
        connection.execute("UPDATE operation SET state = 2 WHERE state = 1", [])?;
        connection
            .prepare_cached("INSERT INTO operation (at, who, title, sum) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![
                now.seconds(),
                who,
                title,
                sum::of_values(&[&now.seconds(), &who, &title])?
            ])?;
        let id = OperationId(connection.last_insert_rowid());
        self.throw_removed_away(id, now, who)?;
        let mut insert = connection.prepare_cached(
            "INSERT INTO change (operation_id, step, entity, row_id, other) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        for (step, (entity, row, before)) in (0_i64..).zip(self.changes.drain(..)) {
            insert.execute(params![id.0, step, entity.name(), row, before])?;
        }
        table::operation::prune(connection, id)?;
        Ok(Some(Operation {
            id,
            at: now,
            who: who.to_owned(),
            title,
            undone: false,
        }))
    }

    fn is_there(&self, booking: i64) -> Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM booking WHERE id = ?1)";
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_row([booking], |row| row.get(0))?)
    }

    /// Keeps the bookings that are gone at the end of an operation in the trash.
    fn throw_removed_away(&self, id: OperationId, now: Timestamp, who: &str) -> Result<()> {
        let mut seen = HashSet::new();
        let mut removed = Vec::new();
        // As each was last, whatever else the operation did to it before.
        for (entity, row, before) in self.changes.iter().rev() {
            if let (Entity::Booking, Some(json)) = (entity, before)
                && seen.insert(*row)
                && !self.is_there(*row)?
            {
                removed.push(json);
            }
        }
        for json in removed.iter().rev() {
            self.throw_away(id, now, who, json)?;
        }
        Ok(())
    }

    fn snapshot(&self, entity: Entity, row: i64) -> Result<Option<String>> {
        let mut statement = self.connection.prepare_cached(&entity.select_json())?;
        Ok(statement
            .query_row([row], |found| found.get(0))
            .optional()?)
    }

    /// Writes a kept row back, unless what was kept is damaged.
    fn restore(&self, entity: Entity, id: i64, json: &str) -> Result<()> {
        let connection = self.connection;
        let damaged = || StoreError::Corrupt {
            what: format!("what undo keeps of {} {id}", entity.name()),
        };
        let mut valid = connection.prepare_cached("SELECT json_valid(?1)")?;
        if !valid.query_row([json], |row| row.get::<_, bool>(0))? {
            return Err(damaged());
        }
        connection
            .prepare_cached(&entity.restore_json())?
            .execute([json])?;
        let mut written =
            connection.prepare_cached(&format!("{} WHERE id = ?1", entity.select()))?;
        let columns = entity.columns().len();
        let whole = written.query_row([id], |row| sum::agrees(row, 1, columns));
        match whole.optional()? {
            Some(true) => Ok(()),
            _ => Err(damaged()),
        }
    }

    fn swap_rows(&mut self, operation: OperationId, backwards: bool) -> Result<()> {
        let connection = self.reader.connection;
        let order = if backwards { "DESC" } else { "ASC" };
        let mut changes = connection.prepare(&format!(
            "SELECT step, entity, row_id, other FROM change WHERE operation_id = ?1 ORDER BY step {order}"
        ))?;
        let mut save = connection
            .prepare_cached("UPDATE change SET other = ?3 WHERE operation_id = ?1 AND step = ?2")?;
        let mut rows = changes.query([operation.0])?;
        while let Some(row) = rows.next()? {
            let step: i64 = row.get(0)?;
            let entity: String = row.get(1)?;
            let Some(entity) = Entity::named(&entity) else {
                continue;
            };
            let id: i64 = row.get(2)?;
            let other: Option<String> = row.get(3)?;
            let present = self.snapshot(entity, id)?;
            match &other {
                Some(json) => self.restore(entity, id, json)?,
                None => {
                    connection.prepare_cached(&entity.delete())?.execute([id])?;
                }
            }
            save.execute(params![operation.0, step, present])?;
        }
        Ok(())
    }
}
