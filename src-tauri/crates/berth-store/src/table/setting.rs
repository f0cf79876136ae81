//! Choices and marks that are not part of the history.

use rusqlite::OptionalExtension;

use crate::{Reader, Result, Writer};

impl Reader<'_> {
    /// The value of a setting.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn setting(&self, key: &str) -> Result<Option<String>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT value FROM setting WHERE key = ?1")?;
        Ok(statement.query_row([key], |row| row.get(0)).optional()?)
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
                "INSERT INTO setting (key, value) VALUES (?1, ?2) \
                 ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            )?
            .execute([key, value])?;
        Ok(())
    }
}
