//! Going back to an earlier copy: what that would change, and one operation that does it.
//!
//! The rows become what they are in the copy, and the history goes on: going back is itself a change
//! that can be undone. Choices made at this machine and the ledger of reminders stay as they are.

use std::collections::BTreeMap;
use std::path::Path;

use berth_core::{Booking, BookingId};
use rusqlite::Connection;

use crate::table::Entity;
use crate::unread::Notes;
use crate::{Reader, Result, Writer, backup};

/// A good copy, opened to be compared with and gone back to.
#[derive(Debug)]
pub struct Copy {
    connection: Connection,
    unread: Notes,
}

/// What differs between the present and a copy.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Difference {
    /// Bookings that only the copy has: they would come back.
    pub back: Vec<Booking>,
    /// Bookings that only the present has: they would be gone.
    pub gone: Vec<Booking>,
    /// Bookings that differ: as they are, and as they would be.
    pub changed: Vec<(Booking, Booking)>,
    /// How many rows of each other table would change, those that differ at all.
    pub others: Vec<(&'static str, usize)>,
}

impl Difference {
    /// Whether going back would change nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Copy {
    /// Opens a copy, if it is good; of an older schema too.
    ///
    /// # Errors
    /// [`crate::StoreError::Corrupt`], [`crate::StoreError::Foreign`] and
    /// [`crate::StoreError::SchemaTooNew`] when it is not, and those of the disk.
    pub fn open(path: &Path) -> Result<Self> {
        Ok(Self {
            connection: backup::open_good(path)?,
            unread: Notes::default(),
        })
    }

    /// Reads from it.
    #[must_use]
    pub fn reader(&self) -> Reader<'_> {
        Reader {
            connection: &self.connection,
            unread: &self.unread,
        }
    }
}

/// The rows of a table as JSON, by number.
type Rows = BTreeMap<i64, String>;

fn rows(connection: &Connection, entity: Entity) -> Result<Rows> {
    let mut statement = connection.prepare_cached(&entity.select_all_json())?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The numbers of rows that are only in the one, only in the other, or differ.
fn compare(present: &Rows, copy: &Rows) -> [Vec<i64>; 3] {
    let only = |one: &Rows, other: &Rows| -> Vec<i64> {
        one.keys()
            .filter(|id| !other.contains_key(id))
            .copied()
            .collect()
    };
    let differ = present
        .iter()
        .filter(|(id, row)| copy.get(id).is_some_and(|there| there != *row));
    [
        only(present, copy),
        only(copy, present),
        differ.map(|(id, _)| *id).collect(),
    ]
}

impl Reader<'_> {
    /// What going back to a copy would change.
    ///
    /// # Errors
    /// When one of the two cannot be read.
    pub fn difference(&self, copy: &Copy) -> Result<Difference> {
        let mut found = Difference::default();
        for entity in Entity::ALL {
            let (present, there) = (
                rows(self.connection, entity)?,
                rows(&copy.connection, entity)?,
            );
            let [gone, back, differ] = compare(&present, &there);
            if entity != Entity::Booking {
                let count = gone.len() + back.len() + differ.len();
                found
                    .others
                    .extend((count > 0).then_some((entity.name(), count)));
                continue;
            }
            let here = |id: &i64| self.booking(BookingId(*id));
            let there = |id: &i64| copy.reader().booking(BookingId(*id));
            for id in &gone {
                found.gone.extend(here(id)?);
            }
            for id in &back {
                found.back.extend(there(id)?);
            }
            for id in &differ {
                found.changed.extend(here(id)?.zip(there(id)?));
            }
        }
        Ok(found)
    }
}

impl Writer<'_> {
    /// Makes the rows what they are in a copy.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn go_back_to(&mut self, copy: &Copy) -> Result<()> {
        let connection = self.connection;
        connection.execute_batch("PRAGMA defer_foreign_keys = ON")?;
        let mut to_write = Vec::new();
        // What refers to others goes first, and comes last.
        for entity in Entity::ALL.into_iter().rev() {
            let (present, mut there) = (rows(connection, entity)?, rows(&copy.connection, entity)?);
            let [gone, back, differ] = compare(&present, &there);
            for id in gone {
                self.remove(entity, id)?;
            }
            // A calendar that goes would be taken from its bookings at once, so it is written over.
            for id in differ.iter().filter(|_| entity != Entity::Calendar) {
                self.remove(entity, *id)?;
            }
            let rows = back
                .iter()
                .chain(&differ)
                .filter_map(|id| Some((*id, there.remove(id)?)));
            to_write.extend(rows.map(|(id, row)| (entity, id, row)));
        }
        for (entity, id, row) in to_write.into_iter().rev() {
            self.write_json(entity, id, &row)?;
        }
        Ok(())
    }
}
