//! The history of operations.

use berth_core::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, Rows, params};

use crate::unread::Unread;
use crate::{Reader, Result, sum};

/// The row of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OperationId(pub i64);

/// One entry of the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// Its row.
    pub id: OperationId,
    /// When it was done.
    pub at: Timestamp,
    /// Who did it.
    pub who: String,
    /// What was done, as a toast says it.
    pub title: String,
    /// Whether it has been undone.
    pub undone: bool,
}

/// So many operations can be undone; older ones stay in the history without their rows.
const UNDO_DEPTH: i64 = 200;

/// So many operations stay in the history.
const HISTORY: i64 = 5_000;

const SELECT: &str = "SELECT id, at, who, title, sum, state FROM operation";

fn from_row(row: &Row<'_>) -> rusqlite::Result<Operation> {
    Ok(Operation {
        id: OperationId(row.get(0)?),
        at: Timestamp::from_seconds(row.get(1)?),
        who: row.get(2)?,
        title: row.get(3)?,
        undone: row.get::<_, i64>(5)? != 0,
    })
}

impl Reader<'_> {
    /// The newest `count` operations, newest first, undone ones too.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn history(&self, count: u32) -> Result<Vec<Operation>> {
        let mut statement = self
            .connection
            .prepare_cached(&format!("{SELECT} ORDER BY id DESC LIMIT ?1"))?;
        self.operations(statement.query([count])?)
    }

    /// What was done to the bookings with this UID, newest first: at most `count` of the operations
    /// whose rows are still kept.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn history_of(&self, uid: &str, count: u32) -> Result<Vec<Operation>> {
        let mut statement = self.connection.prepare_cached(&format!(
            "{SELECT} WHERE id IN (SELECT operation_id FROM change WHERE entity = 'booking' \
             AND row_id IN (SELECT id FROM booking WHERE uid = ?1)) ORDER BY id DESC LIMIT ?2"
        ))?;
        self.operations(statement.query(params![uid, count])?)
    }

    /// The operation that undo would take back.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn next_undo(&self) -> Result<Option<Operation>> {
        self.first_operation(
            "WHERE state = 0 AND EXISTS (SELECT 1 FROM change WHERE operation_id = id) ORDER BY id DESC",
        )
    }

    /// The operation that redo would bring back.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn next_redo(&self) -> Result<Option<Operation>> {
        self.first_operation("WHERE state = 1 ORDER BY id")
    }

    /// The entries, but those that cannot be read.
    fn operations(&self, mut rows: Rows<'_>) -> Result<Vec<Operation>> {
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            match from_row(row) {
                Ok(operation) if sum::agrees(row, 1, 3)? => found.push(operation),
                _ => self.unread.add(Unread {
                    table: "operation",
                    row: row.get(0)?,
                    name: String::new(),
                }),
            }
        }
        Ok(found)
    }

    fn first_operation(&self, which: &str) -> Result<Option<Operation>> {
        let mut statement = self
            .connection
            .prepare_cached(&format!("{SELECT} {which} LIMIT 1"))?;
        Ok(statement.query_row([], from_row).optional()?)
    }
}

/// Lets go of what is older than the history and undo reach.
pub(crate) fn prune(connection: &Connection, newest: OperationId) -> Result<()> {
    connection
        .prepare_cached("DELETE FROM change WHERE operation_id = ?1 - ?2")?
        .execute([newest.0, UNDO_DEPTH])?;
    connection
        .prepare_cached("DELETE FROM operation WHERE id <= ?1 - ?2")?
        .execute([newest.0, HISTORY])?;
    Ok(())
}
