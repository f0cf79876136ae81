//! Opening the file: what is checked, and what is never done to a file that is not ours.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use crate::backup::{self, Backups};
use crate::migrate::{self, APPLICATION, SCHEMA};
use crate::{Reader, Result, StoreError};

/// The bookings of one data directory.
#[derive(Debug)]
pub struct Store {
    pub(crate) connection: Connection,
    path: PathBuf,
    access: Access,
}

/// Whether the file may be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// It can be read and written.
    ReadWrite,
    /// It can only be read: the file, its folder or its disk does not allow more.
    ReadOnly,
}

/// A store, and what happened while it was opened.
#[derive(Debug)]
pub struct Opened {
    /// The store.
    pub store: Store,
    /// The file was damaged and moved to the first path; where there was a good backup, it was put
    /// in its place.
    pub recovered: Option<(PathBuf, Option<PathBuf>)>,
    /// The file did not exist before.
    pub new: bool,
}

impl Store {
    /// Opens `folder/berth.db`, creates or migrates it.
    ///
    /// A damaged file is moved aside together with its `-wal` and `-shm`, and the newest good
    /// backup takes its place; a new database is begun only where there is no backup, and the
    /// caller is told either way. Before a migration a verified copy is kept.
    ///
    /// # Errors
    /// [`StoreError::SchemaTooNew`] and [`StoreError::Foreign`] leave the file untouched.
    pub fn open(folder: &Path) -> Result<Opened> {
        create_private_folder(folder)?;
        let path = folder.join("berth.db");
        let new = !path.exists();
        let backups = Backups::of(folder);
        let damaged = backups.is_marked_damaged();
        match Self::try_open(&path, &backups) {
            Ok(store) if !damaged => Ok(Opened {
                store,
                recovered: None,
                new,
            }),
            Ok(_) | Err(StoreError::Corrupt { .. }) => {
                let (aside, restored) = backup::recover(&path, &backups)?;
                let store = Self::try_open(&path, &backups)?;
                Ok(Opened {
                    store,
                    recovered: Some((aside, restored)),
                    new: false,
                })
            }
            Err(error) => Err(error),
        }
    }

    fn try_open(path: &Path, backups: &Backups) -> Result<Self> {
        let (mut connection, access) = connect(path)?;
        let found = recognise(&connection, path)?;
        configure(&connection, access)?;
        if found < SCHEMA {
            if access == Access::ReadOnly {
                return Err(StoreError::ReadOnly);
            }
            if found > 0 {
                backups.keep_before_migration(&connection, found)?;
            }
            migrate::migrate(&mut connection)?;
        }
        Ok(Self {
            connection,
            path: path.to_owned(),
            access,
        })
    }

    /// A store that lives as long as the value: for tests and for the demo.
    ///
    /// # Errors
    /// Only when SQLite has no memory left.
    pub fn in_memory() -> Result<Self> {
        let mut connection = Connection::open_in_memory()?;
        configure(&connection, Access::ReadWrite)?;
        migrate::migrate(&mut connection)?;
        Ok(Self {
            connection,
            path: PathBuf::from(":memory:"),
            access: Access::ReadWrite,
        })
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether it can be written.
    #[must_use]
    pub fn access(&self) -> Access {
        self.access
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
        let connection = &self.connection;
        Reader { connection }.data_version()
    }

    /// Writes a consistent copy to a new file, while others may be writing.
    ///
    /// # Errors
    /// When `to` exists already, or cannot be written.
    pub fn back_up(&self, to: &Path) -> Result<()> {
        backup::copy(&self.connection, to)
    }

    /// What `PRAGMA quick_check` has to complain about; empty is good. Reads the whole file.
    ///
    /// # Errors
    /// When the file cannot be read at all.
    pub fn check(&self) -> Result<Vec<String>> {
        backup::check(&self.connection)
    }
}

/// Read and write where possible, else read only.
fn connect(path: &Path) -> Result<(Connection, Access)> {
    let flags = OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let write = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    let existed = path.exists();
    let opened = Connection::open_with_flags(path, flags | write).map_err(StoreError::from);
    match opened {
        Ok(connection) => {
            if !existed {
                make_private(path, 0o600)?;
            }
            if connection.is_readonly("main")? {
                return Ok((read_only(path, connection)?, Access::ReadOnly));
            }
            Ok((connection, Access::ReadWrite))
        }
        Err(StoreError::ReadOnly) if existed => {
            let connection =
                Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_READ_ONLY)?;
            Ok((read_only(path, connection)?, Access::ReadOnly))
        }
        Err(error) => Err(error),
    }
}

/// A connection that can read where nothing can be written. SQLite wants to lay a file beside a
/// database in WAL mode; where it cannot, and no changes wait in a `-wal`, the file is all there is,
/// and can be read as it stands.
fn read_only(path: &Path, connection: Connection) -> Result<Connection> {
    let readable = connection
        .query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))
        .is_ok();
    let waiting = path
        .with_extension("db-wal")
        .metadata()
        .is_ok_and(|wal| wal.len() > 0);
    if readable || waiting {
        return Ok(connection);
    }
    let plain = path
        .to_string_lossy()
        .replace('%', "%25")
        .replace('?', "%3f")
        .replace('#', "%23");
    let flags = OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_URI
        | OpenFlags::SQLITE_OPEN_READ_ONLY;
    Ok(Connection::open_with_flags(
        format!("file:{plain}?immutable=1"),
        flags,
    )?)
}

/// The schema of a file that is ours or empty.
fn recognise(connection: &Connection, path: &Path) -> Result<i64> {
    connection.busy_timeout(Duration::from_secs(5))?;
    let application: i64 = connection.query_row(
        "SELECT application_id FROM pragma_application_id",
        [],
        |row| row.get(0),
    )?;
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let found = migrate::version(connection)?;
    let path = path.to_owned();
    match (application, tables) {
        (APPLICATION, _) if found > SCHEMA => Err(StoreError::SchemaTooNew {
            path,
            found,
            known: SCHEMA,
        }),
        (APPLICATION, _) | (0, 0) => Ok(found),
        _ => Err(StoreError::Foreign { path }),
    }
}

/// The settings of a connection: a booking is worth an fsync.
fn configure(connection: &Connection, access: Access) -> Result<()> {
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.set_prepared_statement_cache_capacity(64);
    if access == Access::ReadWrite {
        connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?;
    }
    connection.execute_batch(
        "PRAGMA synchronous = FULL;
         PRAGMA foreign_keys = ON;
         PRAGMA trusted_schema = OFF;
         PRAGMA cell_size_check = ON;
         PRAGMA mmap_size = 0;
         PRAGMA cache_size = -16384;",
    )?;
    Ok(())
}

fn create_private_folder(folder: &Path) -> Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(folder).map_err(|source| StoreError::Io {
        what: format!("create the folder {}", folder.display()),
        source,
    })?;
    make_private(folder, 0o700)
}

#[cfg(unix)]
fn make_private(path: &Path, mode: u32) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).map_err(|source| StoreError::Io {
        what: format!("protect {}", path.display()),
        source,
    })
}

// Elsewhere the user's own data folder is private already.
#[cfg(not(unix))]
fn make_private(_path: &Path, _mode: u32) -> Result<()> {
    Ok(())
}
