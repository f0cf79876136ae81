//! Choices and marks that are not part of the history.

use rusqlite::{OptionalExtension, params};

use crate::unread::Unread;
use crate::{Reader, Result, Writer, sum};

impl Reader<'_> {
    /// The value of a setting.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn setting(&self, key: &str) -> Result<Option<String>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT key, value, sum FROM setting WHERE key = ?1")?;
        let found = statement
            .query_row([key], |row| {
                let value: String = row.get(1)?;
                Ok(sum::agrees(row, 0, 2)?.then_some(value))
            })
            .optional()?;
        if found == Some(None) {
            self.unread.add(Unread {
                table: "setting",
                row: 0,
                name: key.to_owned(),
            });
        }
        Ok(found.flatten())
    }
}

impl Reader<'_> {
    /// All settings, by name.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(crate) fn settings(&self) -> Result<Vec<String>> {
        let sql = "SELECT key FROM setting ORDER BY key";
        let keys: Vec<String> = self
            .connection
            .prepare_cached(sql)?
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let values = keys.iter().map(|key| self.setting(key));
        Ok(values
            .collect::<Result<Vec<_>>>()?
            .into_iter()
            .flatten()
            .collect())
    }
}

impl Writer<'_> {
    /// Sets a setting. It is not undone.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn put_setting(&mut self, key: &str, value: &str) -> Result<()> {
        self.connection
            .prepare_cached(
                "INSERT INTO setting (key, value, sum) VALUES (?1, ?2, ?3) \
                 ON CONFLICT (key) DO UPDATE SET value = excluded.value, sum = excluded.sum",
            )?
            .execute(params![key, value, sum::of_values(&[&key, &value])?])?;
        Ok(())
    }
}
