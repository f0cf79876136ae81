//! Bookings that were removed, so that they can be brought back after undo no longer reaches them.

use berth_core::{Booking, BookingId, Timestamp};
use rusqlite::{OptionalExtension as _, params};

use super::operation::OperationId;
use super::{Entity, booking};
use crate::{Reader, Result, Writer};

/// A booking that was removed, or a series with its changed occurrences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trashed {
    /// Its number in the trash.
    pub id: i64,
    /// When it was removed.
    pub at: Timestamp,
    /// Who removed it.
    pub who: String,
    /// What it was; of a series the master.
    pub booking: Booking,
}

/// The rows that are not there again, for example because the removal was undone.
const GONE: &str = "NOT EXISTS (SELECT 1 FROM booking WHERE booking.uid = trash.uid \
     AND booking.recurrence_id = trash.booking ->> 'recurrence_id')";

impl Reader<'_> {
    /// What was removed and is not there again, the latest removal first. What one operation removed
    /// of a series is one entry.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn trash(&self) -> Result<Vec<Trashed>> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT id, at, who, booking, min(booking ->> 'recurrence_id') FROM trash \
             WHERE json_valid(booking) AND {GONE} GROUP BY operation, uid ORDER BY at DESC, id DESC"
        ))?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let json: String = row.get(3)?;
            if let Some(booking) = self.booking_of_json(&json)? {
                found.push(Trashed {
                    id: row.get(0)?,
                    at: Timestamp::from_seconds(row.get(1)?),
                    who: row.get(2)?,
                    booking,
                });
            }
        }
        Ok(found)
    }

    /// A row that is kept as JSON, read as [`Entity::select`] would have it.
    fn booking_of_json(&self, json: &str) -> Result<Option<Booking>> {
        let mut statement = self
            .connection
            .prepare_cached(&Entity::Booking.select_from_json())?;
        let mut rows = statement.query([json])?;
        match rows.next()? {
            Some(row) => Ok(self.checked(Entity::Booking, row, booking::from_row)?),
            None => Ok(None),
        }
    }
}

impl Writer<'_> {
    /// Puts back what belongs to an entry of the trash, as it was, and names its bookings; none when
    /// there is no such entry, or it is there already.
    ///
    /// # Errors
    /// [`crate::StoreError::Constraint`] when its team or environment was removed too.
    pub fn bring_back(&mut self, id: i64) -> Result<Vec<BookingId>> {
        let entry = self
            .connection
            .prepare_cached("SELECT operation, uid FROM trash WHERE id = ?1")?
            .query_row([id], |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))
            })
            .optional()?;
        let Some((operation, uid)) = entry else {
            return Ok(Vec::new());
        };
        let rows: Vec<String> = self
            .connection
            .prepare_cached(&format!(
                "SELECT booking FROM trash WHERE operation = ?1 AND uid = ?2 \
                 AND json_valid(booking) AND {GONE} ORDER BY id"
            ))?
            .query_map(params![operation, uid], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        rows.iter()
            .map(|json| self.insert_json(Entity::Booking, json).map(BookingId))
            .collect()
    }

    /// Lets go of what was removed before `before`. Outside the history.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn empty_trash(&mut self, before: Timestamp) -> Result<usize> {
        Ok(self
            .connection
            .prepare_cached("DELETE FROM trash WHERE at < ?1")?
            .execute([before.seconds()])?)
    }

    /// Keeps a removed row.
    pub(crate) fn throw_away(
        &self,
        operation: OperationId,
        at: Timestamp,
        who: &str,
        json: &str,
    ) -> Result<()> {
        self.connection
            .prepare_cached(
                "INSERT INTO trash (operation, at, who, uid, booking) \
                 VALUES (?1, ?2, ?3, ?4 ->> 'uid', ?4)",
            )?
            .execute(params![operation.0, at.seconds(), who, json])?;
        Ok(())
    }
}
