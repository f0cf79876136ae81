//! Copies of the database: before a migration, daily and weekly, and by hand.
//!
//! A copy is written under another name, checked, and gets its own name last: whatever bears the name
//! of a backup is whole.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{Datelike, NaiveDate, Weekday};
use rusqlite::Connection;

use crate::files::{self, Unfinished};
use crate::lock::FolderLock;
use crate::migrate::SCHEMA;
use crate::{Result, Store, StoreError, memory, open, soundness};

const DAILY: usize = 7;
const WEEKLY: usize = 4;

/// The folder of copies beside the database.
#[derive(Debug, Clone)]
pub struct Backups {
    data: PathBuf,
    folder: PathBuf,
}

impl Backups {
    /// Those of the data directory `folder`.
    #[must_use]
    pub fn of(folder: &Path) -> Self {
        Self {
            data: folder.to_owned(),
            folder: folder.join("backups"),
        }
    }

    /// Whether that of `today` is there.
    #[must_use]
    pub fn has(&self, today: NaiveDate) -> bool {
        self.day(today).exists()
    }

    /// The backup of a day, by its name.
    #[must_use]
    pub fn day(&self, day: NaiveDate) -> PathBuf {
        self.folder.join(format!("day-{day}.db"))
    }

    /// Makes the copy of `today`, and that of its week, where they are missing, and lets go of all
    /// but the newest seven days and four weeks. Returns whether it made one: the second call of a day
    /// does nothing.
    ///
    /// # Errors
    /// When a copy cannot be written, or is not whole.
    pub fn make_daily(&self, store: &Store, today: NaiveDate) -> Result<bool> {
        let day = self.day(today);
        if day.exists() {
            return Ok(false);
        }
        let _lock = FolderLock::wait(&self.data)?;
        if day.exists() {
            return Ok(false);
        }
        files::sweep(&self.folder);
        files::sweep(&self.data);
        self.keep(&store.connection, &day)?;
        let week = today.iso_week();
        let name = format!("week-{}-W{:02}.db", week.year(), week.week());
        let weekly = self.folder.join(name);
        if !weekly.exists() {
            self.keep(&store.connection, &weekly)?;
        }
        self.let_go("day-", DAILY, &day)?;
        self.let_go("week-", WEEKLY, &weekly)?;
        Ok(true)
    }

    pub(crate) fn keep_before_migration(&self, connection: &Connection, schema: i64) -> Result<()> {
        let to = (0..)
            .map(|n| self.folder.join(format!("schema-{schema}-{n}.db")))
            .find(|path| !path.exists())
            .unwrap_or_else(|| self.folder.join("schema.db"));
        self.keep(connection, &to)
    }

    /// Keeps a copy of the present state, before something replaces it, and returns where.
    ///
    /// # Errors
    /// When it cannot be written, or is not whole.
    pub fn keep_present(&self, store: &Store, today: NaiveDate) -> Result<PathBuf> {
        let to = (1..)
            .map(|n| self.folder.join(format!("before-{today}-{n}.db")))
            .find(|path| !path.exists())
            .unwrap_or_else(|| self.folder.join("before.db"));
        let _lock = FolderLock::wait(&self.data)?;
        self.keep(&store.connection, &to)?;
        self.let_go("before-", DAILY, &to)?;
        Ok(to)
    }

    fn keep(&self, connection: &Connection, to: &Path) -> Result<()> {
        files::create_private_folder(&self.folder)?;
        verified(connection, to)?.put_in_place(to)
    }

    /// Removes all but the newest `count` copies with this prefix; never the one just made, whatever
    /// the clock said when the others were named.
    fn let_go(&self, prefix: &str, count: usize, made: &Path) -> Result<()> {
        let all = self.named(prefix);
        for old in all.into_iter().rev().skip(count).filter(|old| old != made) {
            fs::remove_file(old)
                .map_err(|source| StoreError::of_file("remove an old backup", source))?;
        }
        Ok(())
    }

    /// The copies whose name starts with `prefix`, by name.
    fn named(&self, prefix: &str) -> Vec<PathBuf> {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let mut found: Vec<PathBuf> = entries
            .filter(|entry| {
                let name = entry.file_name();
                let name = name.to_string_lossy();
                name.starts_with(prefix) && name.ends_with(".db") && !name.starts_with('.')
            })
            .map(|entry| entry.path())
            .collect();
        found.sort();
        found
    }

    /// All copies, the newest first: by the day in their names, since a folder that was copied has
    /// lost the times of its files. Whether they are good is seen when one is opened.
    #[must_use]
    pub fn all(&self) -> Vec<PathBuf> {
        let mut all = self.named("");
        let written = |path: &PathBuf| fs::metadata(path).and_then(|data| data.modified()).ok();
        all.sort_by_cached_key(|path| {
            let written = written(path);
            let day = day_in_name(path).or_else(|| written.map(day_of));
            // That of a week is the copy of one of its days, made a moment later.
            let of_a_day = !path
                .file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with("week-"));
            (day, of_a_day, written, path.clone())
        });
        all.reverse();
        all
    }

    pub(crate) fn is_any(&self) -> bool {
        !self.named("").is_empty()
    }

    /// The newest copy that is good, in memory and of the present schema; `None` where there is none.
    ///
    /// # Errors
    /// [`StoreError::BackupTooNew`] where a newer Berth may find one good, and those of the disk: as
    /// long as a backup may be good, nothing is begun anew.
    pub(crate) fn newest_good(&self) -> Result<Option<(PathBuf, Connection)>> {
        let mut newer = None;
        for path in self.all() {
            match open_good(&path) {
                Ok(connection) => return Ok(Some((path, connection))),
                Err(StoreError::SchemaTooNew { path, .. }) => newer = newer.or(Some(path)),
                Err(StoreError::Corrupt { .. } | StoreError::Foreign { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        match newer {
            Some(path) => Err(StoreError::BackupTooNew { path }),
            None => Ok(None),
        }
    }
}

/// The day that a name says; of a week the first, which it may be newer than.
fn day_in_name(path: &Path) -> Option<NaiveDate> {
    let name = path.file_stem()?.to_str()?;
    let (kind, rest) = name.split_once('-')?;
    match kind {
        "day" | "before" => rest.get(..10)?.parse().ok(),
        "week" => {
            let (year, week) = rest.split_once("-W")?;
            NaiveDate::from_isoywd_opt(year.parse().ok()?, week.parse().ok()?, Weekday::Mon)
        }
        _ => None,
    }
}

fn day_of(time: SystemTime) -> NaiveDate {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    let days = i32::try_from(since.as_secs() / 86_400).unwrap_or(0);
    NaiveDate::from_epoch_days(days).unwrap_or_default()
}

/// Opens a copy in memory if it is good: ours, whole, of a schema that is known; brought up to the
/// present one.
pub(crate) fn open_good(path: &Path) -> Result<Connection> {
    soundness::length(path)?;
    let mut connection = memory::open(path)?;
    open::protect(&connection)?;
    let found = soundness::recognise(&connection, path)?;
    soundness::must_be_empty(&soundness::pages(&connection)?)?;
    if found < SCHEMA {
        crate::migrate::migrate(&mut connection)?;
    }
    soundness::must_be_empty(&soundness::rows(&connection)?)?;
    Ok(connection)
}

/// A checked copy beside the place where it is to go.
fn verified(connection: &Connection, to: &Path) -> Result<Unfinished> {
    let unfinished = Unfinished::beside(to)?;
    let path = unfinished.path().to_string_lossy().into_owned();
    // A connection that may only read may copy all the same.
    let only_reads: bool = connection.query_row("PRAGMA query_only", [], |row| row.get(0))?;
    connection.pragma_update(None, "query_only", false)?;
    let copied = connection.execute("VACUUM INTO ?1", [path]);
    connection.pragma_update(None, "query_only", only_reads)?;
    copied?;
    match open_good(unfinished.path()) {
        Ok(_) => Ok(unfinished),
        Err(StoreError::Corrupt { what }) => Err(StoreError::Corrupt {
            what: format!("a copy of it does not pass its check: {what}"),
        }),
        Err(error) => Err(error),
    }
}

/// A checked copy under a name that nothing has yet.
pub(crate) fn to_new_file(connection: &Connection, to: &Path) -> Result<()> {
    let taken = || StoreError::Taken {
        path: to.to_owned(),
    };
    if to.exists() {
        return Err(taken());
    }
    match verified(connection, to)?.put_where_nothing_is(to) {
        Err(StoreError::Io { source, .. })
            if source.kind() == std::io::ErrorKind::AlreadyExists =>
        {
            Err(taken())
        }
        result => result,
    }
}
