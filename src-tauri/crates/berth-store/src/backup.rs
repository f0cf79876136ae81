//! Copies of the database: before a migration, daily and weekly, and back from them after damage.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{Datelike, NaiveDate};
use rusqlite::{Connection, OpenFlags};

use crate::{Result, Store, StoreError};

const DAILY: usize = 7;
const WEEKLY: usize = 4;

/// The folder of copies beside the database.
#[derive(Debug, Clone)]
pub struct Backups {
    folder: PathBuf,
    mark: PathBuf,
}

impl Backups {
    /// Those of the data directory `folder`.
    #[must_use]
    pub fn of(folder: &Path) -> Self {
        Self {
            folder: folder.join("backups"),
            mark: folder.join("berth.db.damaged-mark"),
        }
    }

    /// Makes the copy of `today`, and that of its week, where they are missing, and lets go of all
    /// but the newest seven days and four weeks. Does nothing on the second call of a day.
    ///
    /// # Errors
    /// When a copy cannot be written, or is not whole.
    pub fn make_daily(&self, store: &Store, today: NaiveDate) -> Result<()> {
        let day = self.folder.join(format!("day-{today}.db"));
        if day.exists() {
            return Ok(());
        }
        self.verified_copy(&store.connection, &day)?;
        let week = today.iso_week();
        let weekly = self.folder.join(format!(
            "week-{}-W{:02}.db",
            today.iso_week().year(),
            week.week()
        ));
        if !weekly.exists() {
            fs::copy(&day, &weekly).map_err(|source| io("copy the backup of the week", source))?;
        }
        self.keep_newest("day-", DAILY)?;
        self.keep_newest("week-", WEEKLY)
    }

    pub(crate) fn keep_before_migration(&self, connection: &Connection, schema: i64) -> Result<()> {
        let to = (0..)
            .map(|n| self.folder.join(format!("schema-{schema}-{n}.db")))
            .find(|path| !path.exists())
            .unwrap_or_else(|| self.folder.join("schema.db"));
        self.verified_copy(connection, &to)
    }

    fn verified_copy(&self, connection: &Connection, to: &Path) -> Result<()> {
        fs::create_dir_all(&self.folder)
            .map_err(|source| io("create the folder of backups", source))?;
        let unfinished = to.with_extension("part");
        let _ = fs::remove_file(&unfinished);
        copy(connection, &unfinished)?;
        if !is_good(&unfinished) {
            let _ = fs::remove_file(&unfinished);
            return Err(StoreError::Corrupt {
                what: "a copy of it does not pass its check".into(),
            });
        }
        fs::rename(&unfinished, to).map_err(|source| io("name the backup", source))
    }

    fn keep_newest(&self, prefix: &str, count: usize) -> Result<()> {
        for old in self.named(prefix).into_iter().rev().skip(count) {
            fs::remove_file(old).map_err(|source| io("remove an old backup", source))?;
        }
        Ok(())
    }

    /// The copies whose name starts with `prefix`, oldest first.
    fn named(&self, prefix: &str) -> Vec<PathBuf> {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let mut found: Vec<PathBuf> = entries
            .filter(|entry| {
                let name = entry.file_name();
                let name = name.to_string_lossy();
                name.starts_with(prefix) && name.ends_with(".db")
            })
            .map(|entry| entry.path())
            .collect();
        found.sort();
        found
    }

    /// The newest copy that passes its check.
    fn newest_good(&self) -> Option<PathBuf> {
        let mut all = self.named("");
        let age = |path: &PathBuf| fs::metadata(path).and_then(|data| data.modified()).ok();
        all.sort_by_key(age);
        all.into_iter().rev().find(|path| is_good(path))
    }

    /// Remembers that a check found damage, so that the next start recovers before anything else.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn mark_damaged(&self) -> Result<()> {
        fs::write(&self.mark, b"").map_err(|source| io("mark the database as damaged", source))
    }

    pub(crate) fn is_marked_damaged(&self) -> bool {
        self.mark.exists()
    }
}

/// Moves a damaged database aside and puts the newest good backup in its place. Returns where the
/// damaged one went, and the backup.
pub(crate) fn recover(path: &Path, backups: &Backups) -> Result<(PathBuf, Option<PathBuf>)> {
    let aside = (1..)
        .map(|n| path.with_extension(format!("damaged-{n}.db")))
        .find(|free| !free.exists())
        .unwrap_or_else(|| path.with_extension("damaged.db"));
    fs::rename(path, &aside).map_err(|source| io("move the damaged database aside", source))?;
    for suffix in ["-wal", "-shm"] {
        let from = with_suffix(path, suffix);
        if from.exists() {
            fs::rename(&from, with_suffix(&aside, suffix))
                .map_err(|source| io("move the damaged database aside", source))?;
        }
    }
    let backup = backups.newest_good();
    if let Some(backup) = &backup {
        fs::copy(backup, path).map_err(|source| io("restore the backup", source))?;
    }
    let _ = fs::remove_file(&backups.mark);
    Ok((aside, backup))
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// A consistent copy, written by SQLite itself.
pub(crate) fn copy(connection: &Connection, to: &Path) -> Result<()> {
    if to.exists() {
        let source = std::io::Error::from(std::io::ErrorKind::AlreadyExists);
        return Err(io(&format!("write the backup {}", to.display()), source));
    }
    connection.execute("VACUUM INTO ?1", [to.to_string_lossy()])?;
    Ok(())
}

/// The complaints of `quick_check`.
pub(crate) fn check(connection: &Connection) -> Result<Vec<String>> {
    let mut statement = connection.prepare("PRAGMA quick_check(20)")?;
    let found = statement
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<Vec<String>>>()?;
    Ok(found.into_iter().filter(|line| line != "ok").collect())
}

fn is_good(path: &Path) -> bool {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(path, flags)
        .is_ok_and(|connection| check(&connection).is_ok_and(|complaints| complaints.is_empty()))
}

fn io(what: &str, source: std::io::Error) -> StoreError {
    StoreError::Io {
        what: what.to_owned(),
        source,
    }
}
