//! What the person at this machine follows, and what they know of the slots ahead. Not part of the
//! history, and never in an export.

use berth_core::Timestamp;
use rusqlite::params;

use super::SINGLE;
use crate::{Reader, Result, Writer};

/// What was last known of a slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Of the booking or its series.
    pub uid: String,
    /// Which occurrence of a series, by the start that the series gives it.
    pub recurrence_id: Option<Timestamp>,
    /// What people agreed on, as in the ledger of reminders.
    pub appointment: String,
    /// Ids of the conflicts it was part of.
    pub conflicts: Vec<String>,
    /// First instant.
    pub start: Timestamp,
}

impl Reader<'_> {
    /// The uids of bookings that are followed.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn followed(&self) -> Result<Vec<String>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT uid FROM follow ORDER BY uid")?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Differs whenever an operation was done, undone or redone in between.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn operations_so_far(&self) -> Result<(i64, i64)> {
        let mut statement = self.connection.prepare_cached(
            "SELECT ifnull(max(id), 0), ifnull(sum(state * id), 0) FROM operation",
        )?;
        Ok(statement.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?)
    }

    /// What was known of slots, by start.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn known(&self) -> Result<Vec<Known>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT uid, recurrence, appointment, conflicts, start FROM known \
             ORDER BY start, uid, recurrence",
        )?;
        let rows = statement.query_map([], |row| {
            let recurrence: i64 = row.get(1)?;
            let conflicts: String = row.get(3)?;
            Ok(Known {
                uid: row.get(0)?,
                recurrence_id: (recurrence != SINGLE).then(|| Timestamp::from_seconds(recurrence)),
                appointment: row.get(2)?,
                conflicts: conflicts.lines().map(str::to_owned).collect(),
                start: row.get(4).map(Timestamp::from_seconds)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

impl Writer<'_> {
    /// Follows a booking, or no longer.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn follow(&mut self, uid: &str, on: bool) -> Result<()> {
        let change = if on {
            "INSERT OR IGNORE INTO follow (uid) VALUES (?1)"
        } else {
            "DELETE FROM follow WHERE uid = ?1"
        };
        self.connection.prepare_cached(change)?.execute([uid])?;
        Ok(())
    }

    /// Replaces all that was known.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn put_known(&mut self, all: &[Known]) -> Result<()> {
        self.connection.execute("DELETE FROM known", [])?;
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO known (uid, recurrence, appointment, conflicts, start) \
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        for one in all {
            insert.execute(params![
                one.uid,
                one.recurrence_id.map_or(SINGLE, Timestamp::seconds),
                one.appointment,
                one.conflicts.join("\n"),
                one.start.seconds()
            ])?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Store, StoreError};

    #[test]
    fn follows_until_it_does_not() {
        let mut store = Store::in_memory().unwrap();
        let mut then = |uid: &str, on| {
            store
                .write_unrecorded::<_, StoreError>(|writer| {
                    writer.follow(uid, on)?;
                    writer.followed()
                })
                .unwrap()
        };
        assert_eq!(then("b", true), ["b"]);
        assert_eq!(then("a", true), ["a", "b"]);
        assert_eq!(then("a", true), ["a", "b"]);
        assert_eq!(then("b", false), ["a"]);
    }

    #[test]
    fn what_is_known_is_replaced() {
        let mut store = Store::in_memory().unwrap();
        let known = |uid: &str, conflicts: &[&str]| Known {
            uid: uid.into(),
            recurrence_id: (uid == "b").then(|| Timestamp::from_seconds(0)),
            appointment: "09:00".into(),
            conflicts: conflicts.iter().map(|one| (*one).to_owned()).collect(),
            start: Timestamp::from_seconds(10),
        };
        for all in [
            vec![known("a", &[]), known("b", &["one", "two"])],
            vec![known("b", &["one"])],
            vec![],
        ] {
            let found = store
                .write_unrecorded::<_, StoreError>(|writer| {
                    writer.put_known(&all)?;
                    writer.known()
                })
                .unwrap();
            assert_eq!(found, all);
        }
    }
}
