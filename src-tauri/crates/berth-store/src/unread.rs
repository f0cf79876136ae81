//! Rows that are there and cannot be read: damaged since they were written, or of a form that this
//! Berth does not know. They are left out, so that the others can be shown, and named.

use std::cell::RefCell;
use std::fmt;

use rusqlite::{Result, Row};

use crate::table::Entity;
use crate::{Reader, sum};

/// So many are named; a file with more is damaged beyond lists.
const NAMED: usize = 100;

/// A row that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unread {
    /// The table: `booking`, `team`, …
    pub table: &'static str,
    /// Its row; 0 where rows have no number.
    pub row: i64,
    /// How people call it, as far as that can be read; else empty.
    pub name: String,
}

impl fmt::Display for Unread {
    /// `booking 12 “load test”`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.table)?;
        if self.row != 0 {
            write!(f, " {}", self.row)?;
        }
        if !self.name.is_empty() {
            write!(f, " “{}”", self.name)?;
        }
        Ok(())
    }
}

/// Those met so far through one store.
#[derive(Debug, Default)]
pub(crate) struct Notes(RefCell<Vec<Unread>>);

impl Notes {
    pub(crate) fn add(&self, unread: Unread) {
        let mut notes = self.0.borrow_mut();
        if notes.len() < NAMED && !notes.contains(&unread) {
            notes.push(unread);
        }
    }

    pub(crate) fn all(&self) -> Vec<Unread> {
        self.0.borrow().clone()
    }
}

impl Reader<'_> {
    /// A row of [`Entity::select`] as a value; `None`, and noted, where it cannot be read.
    pub(crate) fn checked<T>(
        &self,
        entity: Entity,
        row: &Row<'_>,
        from_row: impl FnOnce(&Row<'_>) -> Result<T>,
    ) -> Result<Option<T>> {
        let columns = entity.columns();
        if sum::agrees(row, 1, columns.len()).unwrap_or(false)
            && let Ok(value) = from_row(row)
        {
            return Ok(Some(value));
        }
        let name = entity
            .title()
            .and_then(|title| columns.iter().position(|column| *column == title));
        self.unread.add(Unread {
            table: entity.name(),
            row: row.get(0).unwrap_or(0),
            name: name.map_or_else(String::new, |column| text(row, column + 1)),
        });
        Ok(None)
    }

    /// The rows of a statement that begins with [`Entity::select`], but those that cannot be read.
    pub(crate) fn rows<T>(
        &self,
        entity: Entity,
        mut rows: rusqlite::Rows<'_>,
        from_row: impl Fn(&Row<'_>) -> Result<T>,
    ) -> crate::Result<Vec<T>> {
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.extend(self.checked(entity, row, &from_row)?);
        }
        Ok(found)
    }
}

/// A text for people, whatever bytes it has become.
fn text(row: &Row<'_>, column: usize) -> String {
    let bytes = row.get_ref(column).ok();
    let bytes = bytes.and_then(|value| value.as_bytes().ok()).unwrap_or(&[]);
    let text = String::from_utf8_lossy(bytes);
    text.chars().filter(|c| !c.is_control()).take(60).collect()
}
