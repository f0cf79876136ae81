//! Bookings that may break a window.

use berth_core::Timestamp;
use berth_core::window::{Exception, WindowId};
use rusqlite::{Row, params};

use super::Entity;
use crate::{Reader, Result, Writer};

pub(crate) const COLUMNS: &[&str] = &["window_id", "uid", "recurrence", "who", "at", "reason"];

impl Reader<'_> {
    /// All exceptions, each with its window, in the order in which they were made.
    pub(crate) fn exceptions(&self) -> Result<Vec<(WindowId, Exception)>> {
        Ok(self
            .exception_rows()?
            .into_iter()
            .map(|(_, window, one)| (window, one))
            .collect())
    }

    fn exception_rows(&self) -> Result<Vec<(i64, WindowId, Exception)>> {
        let sql = format!("{} ORDER BY id", Entity::Exemption.select());
        let mut statement = self.connection.prepare_cached(&sql)?;
        let from_row = |row: &Row<'_>| {
            let exception = Exception {
                uid: row.get(2)?,
                recurrence_id: row.get::<_, Option<i64>>(3)?.map(Timestamp::from_seconds),
                who: row.get(4)?,
                at: Timestamp::from_seconds(row.get(5)?),
                reason: row.get(6)?,
            };
            Ok((row.get(0)?, WindowId(row.get(1)?), exception))
        };
        self.rows(Entity::Exemption, statement.query([])?, from_row)
    }
}

impl Writer<'_> {
    /// Makes `wanted` the exceptions of a window: removes the others, adds what is missing.
    pub(crate) fn put_exceptions(&mut self, window: WindowId, wanted: &[Exception]) -> Result<()> {
        let rows = self.exception_rows()?;
        let there: Vec<_> = rows.iter().filter(|(_, of, _)| *of == window).collect();
        for (row, _, _) in there.iter().filter(|(.., one)| !wanted.contains(one)) {
            self.remove(Entity::Exemption, *row)?;
        }
        for one in wanted
            .iter()
            .filter(|one| !there.iter().any(|(.., known)| known == *one))
        {
            let recurrence = one.recurrence_id.map(Timestamp::seconds);
            let values = params![
                window.0,
                one.uid,
                recurrence,
                one.who,
                one.at.seconds(),
                one.reason
            ];
            self.put(Entity::Exemption, 0, values)?;
        }
        Ok(())
    }
}
