//! Whether a file is whole: the pages, the indexes, the schema, and each row.
//!
//! Three questions of different cost. [`recognise`] looks at the header and the schema and is asked at
//! each start. [`pages`] is SQLite's `integrity_check`: it reads the whole file and compares each index
//! with its table, which `quick_check` does not: with one bit changed in an index, 156 of 430 bookings
//! were listed and the file was called sound. [`rows`] compares each row with its sum. A file is sound
//! where none of them complains.

use std::path::Path;

use rusqlite::Connection;

use crate::migrate::{self, APPLICATION, SCHEMA};
use crate::unread::Notes;
use crate::{Reader, Result, StoreError};

/// So many complaints are listed.
const LISTED: u32 = 20;

/// SQLite's header, without which there is no file.
const HEADER: u64 = 100;

/// The schema of a file that is ours.
///
/// # Errors
/// [`StoreError::SchemaTooNew`] and [`StoreError::Foreign`] for files that are not ours to touch,
/// [`StoreError::Corrupt`] for one that is ours and not as we make it.
pub(crate) fn recognise(connection: &Connection, path: &Path) -> Result<i64> {
    let application = migrate::application(connection)?;
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let found = migrate::version(connection)?;
    let path = path.to_owned();
    match (application, tables) {
        // A file appears with all its tables: one without has lost its first page.
        (0, 0) => Err(StoreError::Corrupt {
            what: "there is no table in it".into(),
        }),
        (APPLICATION, _) if found > SCHEMA => Err(StoreError::SchemaTooNew {
            path,
            found,
            known: SCHEMA,
        }),
        (APPLICATION, _) if migrate::is_ours(connection, found)? => Ok(found),
        (APPLICATION, _) => Err(StoreError::Corrupt {
            what: format!("its tables are not those of schema {found}"),
        }),
        _ => Err(StoreError::Foreign { path }),
    }
}

/// What is wrong with a file before it is opened: SQLite takes one without a byte for a new one, and
/// throws its log away.
pub(crate) fn length(path: &Path) -> Result<()> {
    let length = std::fs::metadata(path)
        .map_err(|source| StoreError::of_file(format!("look at {}", path.display()), source))?
        .len();
    if length < HEADER {
        return Err(StoreError::Corrupt {
            what: format!("it has {length} bytes"),
        });
    }
    Ok(())
}

/// The complaints of `integrity_check`; empty is good. Reads the whole file.
pub(crate) fn pages(connection: &Connection) -> Result<Vec<String>> {
    let mut statement = connection.prepare(&format!("PRAGMA integrity_check({LISTED})"))?;
    let found = statement
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<Vec<String>>>();
    match found.map_err(StoreError::from) {
        Ok(found) => Ok(found.into_iter().filter(|line| line != "ok").collect()),
        // A page so broken that the check itself cannot go on.
        Err(StoreError::Corrupt { what }) => Ok(vec![what]),
        Err(error) => Err(error),
    }
}

/// The rows that cannot be read, of all tables whose rows have sums.
pub(crate) fn rows(connection: &Connection) -> Result<Vec<String>> {
    let notes = Notes::default();
    let reader = Reader {
        connection,
        unread: &notes,
    };
    reader.each_booking(|_| Ok::<(), StoreError>(()))?;
    reader.environments()?;
    reader.teams()?;
    reader.calendars()?;
    reader.windows()?;
    reader.acceptances()?;
    reader.history(u32::MAX)?;
    reader.settings()?;
    Ok(notes.all().iter().map(ToString::to_string).collect())
}

/// All complaints about a file of the present schema; empty is sound.
pub(crate) fn all(connection: &Connection) -> Result<Vec<String>> {
    let mut found = pages(connection)?;
    if found.is_empty() {
        let unread = rows(connection)?;
        found.extend(unread.iter().map(|row| format!("{row} cannot be read")));
    }
    Ok(found)
}

/// The first complaint as an error.
pub(crate) fn must_be_empty(complaints: &[String]) -> Result<()> {
    match complaints.first() {
        None => Ok(()),
        Some(what) => Err(StoreError::Corrupt { what: what.clone() }),
    }
}
