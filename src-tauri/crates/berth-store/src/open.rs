//! Opening the file: what is checked, and what is never done to a file that is not ours or not whole.
//!
//! There are two ways in. [`Store::open`] is for whoever writes: it makes the first file and brings
//! an older one up to date. [`Store::open_to_read`] changes nothing at all and works where nothing can
//! be written. Neither answers from a file that is damaged, and neither mends one: that is
//! [`crate::mend`], which is asked for by name.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::backup::Backups;
use crate::files::{self, Unfinished};
use crate::lock::FolderLock;
use crate::migrate::{self, SCHEMA};
use crate::seal::Look;
use crate::unread::{Notes, Unread};
use crate::{Reader, Result, StoreError, mark, memory, seal, soundness};

/// Up to this length a file is read whole when it is opened, in bytes; a longer one once a day, and
/// before each question to the gate.
const CHECKED_AT_ONCE: u64 = 64 * 1024 * 1024;

/// So long another program is waited for.
const PATIENCE: Duration = Duration::from_secs(5);

/// The bookings of one data directory.
#[derive(Debug)]
pub struct Store {
    pub(crate) connection: Connection,
    pub(crate) unread: Notes,
    pub(crate) opened: File,
    pub(crate) access: Access,
}

/// The file that is open.
#[derive(Debug)]
pub(crate) struct File {
    path: PathBuf,
    /// `None` for what is in memory alone.
    identity: Option<Identity>,
    /// How it looked, where a copy of it was opened.
    copied: Option<Look>,
}

impl File {
    fn at(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            identity: Identity::of(path),
            copied: None,
        }
    }

    fn folder(&self) -> Option<&Path> {
        self.path.parent().filter(|_| self.identity.is_some())
    }

    fn is_replaced(&self) -> bool {
        self.identity.is_some() && Identity::of(&self.path) != self.identity
    }

    /// Asked at the beginning of each transaction that writes, once nobody else can write: whether the
    /// file is the one that was opened, of the same schema, and not found damaged since.
    pub(crate) fn must_still_be_ours(&self, connection: &Connection) -> Result<()> {
        let Some(folder) = self.folder() else {
            return Ok(());
        };
        if self.is_replaced() {
            return Err(StoreError::Replaced);
        }
        mark::must_not_be(folder)?;
        match migrate::version(connection)? {
            found if found > SCHEMA => Err(StoreError::SchemaTooNew {
                path: self.path.clone(),
                found,
                known: SCHEMA,
            }),
            _ => Ok(()),
        }
    }
}

/// Whether the file may be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// It can be read and written.
    ReadWrite,
    /// It can only be read: the file, its folder or its disk does not allow more, or nobody asked for
    /// more.
    ReadOnly,
    /// It can only be read, since the disk was full when it was opened.
    NoRoom,
}

impl Access {
    /// Refuses to write where that is not possible.
    pub(crate) fn must_allow_writing(self) -> Result<()> {
        match self {
            Self::ReadWrite => Ok(()),
            Self::ReadOnly => Err(StoreError::ReadOnly),
            Self::NoRoom => Err(StoreError::Full),
        }
    }
}

/// How much of a file is checked before it is read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// The pages and indexes of a file that somebody has touched since it was last found sound, unless
    /// it is longer than 64 MiB.
    Usual,
    /// The pages and indexes, however long the file is and whoever has found it sound before.
    Pages,
    /// All of it, every row too.
    Whole,
}

/// A store, and what happened while it was opened.
#[derive(Debug)]
pub struct Opened {
    /// The store.
    pub store: Store,
    /// The file did not exist before.
    pub new: bool,
}

impl Store {
    /// Opens `folder/berth.db` to write; makes it where there is nothing, and brings an older one up
    /// to date, of which a verified copy is kept.
    ///
    /// # Errors
    /// [`StoreError::SchemaTooNew`] and [`StoreError::Foreign`] leave the file untouched;
    /// [`StoreError::Corrupt`] and [`StoreError::Missing`] mean that it must be mended first.
    pub fn open(folder: &Path) -> Result<Opened> {
        files::create_private_folder(folder)?;
        let new = begin(folder)?;
        let store = Self::open_there(folder).inspect_err(|error| mark::note(folder, error))?;
        Ok(Opened { store, new })
    }

    fn open_there(folder: &Path) -> Result<Self> {
        let path = files::database_of(folder);
        mark::must_not_be(folder)?;
        soundness::length(&path)?;
        let opened = File::at(&path);
        // Asked first, for SQLite lays a log beside the file.
        let sealed = seal::holds(&path);
        let mut connection = match connect(&path)? {
            Connected::There(connection) => connection,
            Connected::Cannot(why) => return Self::copy(folder, Check::Usual, &why),
        };
        let found = soundness::recognise(&connection, &path)?;
        if !sealed && is_checked_at_once(&path) {
            soundness::must_be_empty(&soundness::pages(&connection)?)?;
        }
        configure(&connection)?;
        leave_the_log(&connection, false)?;
        if found < SCHEMA {
            bring_up_to_date(folder, &mut connection)?;
        }
        if !sealed {
            seal::set(&path);
        }
        Ok(Self {
            connection,
            unread: Notes::default(),
            opened,
            access: Access::ReadWrite,
        })
    }

    /// Opens `folder/berth.db` to read, and changes nothing: an older file is brought up to date in
    /// memory alone, and where SQLite needs room beside the file that is not to be had, a copy in
    /// memory is read.
    ///
    /// # Errors
    /// [`StoreError::Nothing`] where there is no file and never was one; the others as
    /// [`Store::open`].
    pub fn open_to_read(folder: &Path, check: Check) -> Result<Self> {
        let path = files::database_of(folder);
        match fs::metadata(&path) {
            Ok(_) => {}
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(match was_there(folder) {
                    true => StoreError::Missing { path },
                    false => StoreError::Nothing { path },
                });
            }
            Err(error) => {
                return Err(StoreError::of_file(
                    format!("open {}", path.display()),
                    error,
                ));
            }
        }
        Self::read_there(folder, check).inspect_err(|error| mark::note(folder, error))
    }

    fn read_there(folder: &Path, check: Check) -> Result<Self> {
        let path = files::database_of(folder);
        mark::must_not_be(folder)?;
        soundness::length(&path)?;
        let opened = File::at(&path);
        let sealed = check == Check::Usual && seal::holds(&path);
        let connection = match connect(&path)? {
            Connected::There(connection) => connection,
            Connected::Cannot(why) => return Self::copy(folder, check, &why),
        };
        if soundness::recognise(&connection, &path)? < SCHEMA {
            return Self::copy(folder, check, &StoreError::ReadOnly);
        }
        connection.pragma_update(None, "query_only", true)?;
        if !sealed {
            examine(&connection, &path, check)?;
        }
        // Somebody may have mended the file while it was looked at.
        mark::must_not_be(folder)?;
        Ok(Self {
            connection,
            unread: Notes::default(),
            opened,
            access: Access::ReadOnly,
        })
    }

    /// A copy in memory, of the present schema, to read.
    fn copy(folder: &Path, check: Check, why: &StoreError) -> Result<Self> {
        let access = match why {
            StoreError::Full => Access::NoRoom,
            _ => Access::ReadOnly,
        };
        let path = files::database_of(folder);
        let opened = File {
            copied: seal::look(&path),
            ..File::at(&path)
        };
        let mut connection = memory::open(&path)?;
        protect(&connection)?;
        let found = soundness::recognise(&connection, &path)?;
        if found < SCHEMA {
            soundness::must_be_empty(&soundness::pages(&connection)?)?;
            migrate::migrate(&mut connection)?;
        }
        examine(&connection, &path, check)?;
        connection.pragma_update(None, "query_only", true)?;
        Ok(Self {
            connection,
            unread: Notes::default(),
            opened,
            access,
        })
    }

    /// A store that lives as long as the value: for tests and for the demo.
    ///
    /// # Errors
    /// Only when SQLite has no memory left.
    pub fn in_memory() -> Result<Self> {
        let mut connection = Connection::open_in_memory()?;
        protect(&connection)?;
        migrate::migrate(&mut connection)?;
        Ok(Self {
            connection,
            unread: Notes::default(),
            opened: File {
                path: PathBuf::from(":memory:"),
                identity: None,
                copied: None,
            },
            access: Access::ReadWrite,
        })
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.opened.path
    }

    /// Whether it can be written.
    #[must_use]
    pub fn access(&self) -> Access {
        self.access
    }

    /// Complains where the file that was opened is no longer there, nor another in its place.
    ///
    /// # Errors
    /// [`StoreError::Missing`].
    pub fn must_be_there(&self) -> Result<()> {
        match self.opened.path.exists() {
            true => Ok(()),
            false => Err(StoreError::Missing {
                path: self.opened.path.clone(),
            }),
        }
    }

    /// Remembers damage that was met while reading: from now on nobody answers from the file, until it
    /// is mended.
    pub fn note_damage(&self, what: &str) {
        if let Some(folder) = self.opened.folder() {
            let what = what.to_owned();
            mark::note(folder, &StoreError::Corrupt { what });
        }
    }

    /// The rows that could not be read so far: they were left out of what was asked for.
    #[must_use]
    pub fn unread(&self) -> Vec<Unread> {
        self.unread.all()
    }

    /// Whether another file has taken the place of the one that is open, or none is there any more, so
    /// that what is written now would be lost; or this is a copy and the file has changed since.
    #[must_use]
    pub fn is_outdated(&self) -> bool {
        let copied = self.opened.copied.as_ref();
        self.opened.is_replaced()
            || copied.is_some_and(|copied| seal::look(&self.opened.path).as_ref() != Some(copied))
    }

    /// Has every write refused, as a disk does that was mounted read-only, or lets them pass again.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn refuse_writes(&self, refuse: bool) -> Result<()> {
        Ok(self.connection.pragma_update(None, "query_only", refuse)?)
    }

    /// A number that changes whenever another connection has written to the file.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn data_version(&self) -> Result<i64> {
        let reader = Reader {
            connection: &self.connection,
            unread: &self.unread,
        };
        reader.data_version()
    }

    /// Writes a consistent copy to a new file, while others may be writing. The file is there whole, or
    /// not at all.
    ///
    /// # Errors
    /// When `to` exists already, or cannot be written.
    pub fn back_up(&self, to: &Path) -> Result<()> {
        crate::backup::to_new_file(&self.connection, to)
    }

    /// What is wrong with the file; empty is sound. Reads the whole file, and each row.
    ///
    /// # Errors
    /// When the file cannot be read at all.
    pub fn check(&self) -> Result<Vec<String>> {
        soundness::all(&self.connection)
    }

    /// Complains about damaged pages, and indexes that disagree with their tables. Reads the whole
    /// file, but compares no row with its sum.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when there are, and those of reading it.
    pub fn check_pages(&self) -> Result<()> {
        soundness::must_be_empty(&soundness::pages(&self.connection)?)
    }

    /// Puts what waits in the log into the file, so that the file alone is everything. Returns whether
    /// it is done: somebody may be reading from the log, then it is to be tried again.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn checkpoint(&self) -> Result<bool> {
        if self.access != Access::ReadWrite || self.opened.identity.is_none() {
            return Ok(true);
        }
        self.connection.busy_timeout(Duration::from_millis(200))?;
        let busy = self
            .connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| {
                row.get::<_, i64>(0)
            });
        self.connection.busy_timeout(PATIENCE)?;
        match busy.map_err(StoreError::from) {
            Ok(busy) => Ok(busy == 0),
            Err(StoreError::Busy) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Checks the file and notes that it is sound as it is now, so that others need not: for a quiet
    /// moment, after a checkpoint. Nothing is noted of a file that is longer than 64 MiB, which is
    /// checked once a day.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when it is not, and those of reading it.
    pub fn seal(&self) -> Result<()> {
        let path = &self.opened.path;
        if self.opened.folder().is_none() || !is_checked_at_once(path) {
            return Ok(());
        }
        let before = seal::look(path);
        soundness::must_be_empty(&soundness::pages(&self.connection)?)?;
        // Who wrote meanwhile was not looked at.
        if before == seal::look(path) {
            seal::set(path);
        }
        Ok(())
    }

    /// Ends the work of a short-lived program, which found the file sound and leaves it so: the next
    /// one need not read it whole.
    pub fn close(self) {
        let Self {
            connection,
            opened,
            access,
            ..
        } = self;
        if connection.close().is_ok() && access == Access::ReadWrite && opened.identity.is_some() {
            seal::set(&opened.path);
        }
    }
}

/// Makes the first file of a folder: it appears under its name only when it is whole, so that of
/// several programs that start at once none finds half a file. Returns whether it made one.
fn begin(folder: &Path) -> Result<bool> {
    let path = files::database_of(folder);
    if path.exists() {
        return Ok(false);
    }
    let _lock = FolderLock::wait(folder)?;
    if path.exists() {
        return Ok(false);
    }
    if was_there(folder) {
        return Err(StoreError::Missing { path });
    }
    let unfinished = Unfinished::beside(&path)?;
    let mut connection = Connection::open(unfinished.path())?;
    configure(&connection)?;
    migrate::migrate(&mut connection)?;
    connection.close().map_err(|(_, error)| error)?;
    unfinished.put_in_place(&path)?;
    Ok(true)
}

/// Whether something in the folder says that there was a file: backups, a damaged one, a log, a mark.
pub(crate) fn was_there(folder: &Path) -> bool {
    let log = files::log_of(&files::database_of(folder));
    Backups::of(folder).is_any()
        || !damaged_of(folder).is_empty()
        || fs::metadata(log).is_ok_and(|data| data.len() > 0)
        || mark::read(folder).is_some()
}

/// The damaged files that were kept, oldest first.
pub(crate) fn damaged_of(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let number = |path: &PathBuf| -> Option<u32> {
        let name = path.file_name()?.to_str()?;
        let number = name.strip_prefix("berth.damaged-")?.strip_suffix(".db")?;
        number.parse().ok()
    };
    let mut found: Vec<(u32, PathBuf)> = entries
        .filter_map(|entry| Some((number(&entry.path())?, entry.path())))
        .collect();
    found.sort();
    found.into_iter().map(|(_, path)| path).collect()
}

fn is_checked_at_once(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|data| data.len() <= CHECKED_AT_ONCE)
}

/// Complains about a file that is about to be read from.
fn examine(connection: &Connection, path: &Path, check: Check) -> Result<()> {
    let complaints = match check {
        Check::Whole => soundness::all(connection)?,
        Check::Pages => soundness::pages(connection)?,
        Check::Usual if is_checked_at_once(path) => soundness::pages(connection)?,
        Check::Usual => Vec::new(),
    };
    soundness::must_be_empty(&complaints)
}

/// How a file can be used.
enum Connected {
    /// SQLite can use it where it is.
    There(Connection),
    /// SQLite would have to write beside it and cannot, for this reason.
    Cannot(StoreError),
}

/// Connects to a file that is there. Until it is known to be sound, what waits in its log stays there.
fn connect(path: &Path) -> Result<Connected> {
    let flags = OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_READ_WRITE;
    let opened = Connection::open_with_flags(path, flags).map_err(StoreError::from);
    let waits = fs::metadata(files::log_of(path)).is_ok_and(|log| log.len() > 0);
    let readable = opened.and_then(|connection| {
        leave_the_log(&connection, waits)?;
        protect(&connection)?;
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
        Ok((connection.is_readonly("main")?, connection))
    });
    match readable {
        Ok((false, connection)) => Ok(Connected::There(connection)),
        Ok((true, _)) => Ok(Connected::Cannot(StoreError::ReadOnly)),
        Err(error @ (StoreError::Full | StoreError::ReadOnly | StoreError::Sqlite(_))) => {
            Ok(Connected::Cannot(error))
        }
        Err(error) => Err(error),
    }
}

/// What holds for any file, before the first look at it: nothing in it is executed.
pub(crate) fn protect(connection: &Connection) -> Result<()> {
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(64);
    for (config, value) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false),
    ] {
        connection.set_db_config(config, value)?;
    }
    connection.execute_batch(
        "PRAGMA foreign_keys = ON;
         PRAGMA trusted_schema = OFF;
         PRAGMA cell_size_check = ON;
         PRAGMA mmap_size = 0;
         PRAGMA cache_size = -16384;",
    )?;
    Ok(())
}

/// Has the last connection that closes leave the log as it is, or put it into the file.
pub(crate) fn leave_the_log(connection: &Connection, leave: bool) -> Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, leave)?;
    Ok(())
}

/// What holds for a file that is written: a booking is worth an fsync.
pub(crate) fn configure(connection: &Connection) -> Result<()> {
    protect(connection)?;
    let mode: String = connection.query_row("PRAGMA journal_mode", [], |row| row.get(0))?;
    if mode != "wal" {
        connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?;
    }
    connection.execute_batch("PRAGMA synchronous = FULL;")?;
    Ok(())
}

/// Migrates, after a copy. One program at a time: the others find it done.
fn bring_up_to_date(folder: &Path, connection: &mut Connection) -> Result<()> {
    let _lock = FolderLock::wait(folder)?;
    let found = migrate::version(connection)?;
    if found < SCHEMA {
        Backups::of(folder).keep_before_migration(connection, found)?;
        migrate::migrate(connection)?;
    }
    Ok(())
}

/// Which file it is, whatever its name: it tells one that took the place of another.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Identity(u64, u64);

impl Identity {
    #[cfg(unix)]
    fn of(path: &Path) -> Option<Self> {
        use std::os::unix::fs::MetadataExt;
        let data = fs::metadata(path).ok()?;
        Some(Self(data.dev(), data.ino()))
    }

    // Elsewhere a file that is open cannot be replaced.
    #[cfg(not(unix))]
    fn of(path: &Path) -> Option<Self> {
        path.exists().then_some(Self(0, 0))
    }
}
