//! What can go wrong with the file the bookings are kept in.

use std::path::PathBuf;

/// Why the store could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file was written by a newer Berth. It is left as it is.
    #[error("the database {path} has schema {found}, this version knows up to {known}")]
    SchemaTooNew {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: i64,
        /// Ours.
        known: i64,
    },
    /// The file is an SQLite database of another program. It is left as it is.
    #[error("{path} is a database of another program")]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// The content of the file is damaged.
    #[error("the database is damaged: {what}")]
    Corrupt {
        /// What is wrong with it.
        what: String,
    },
    /// There is no file, although there was one: backups or a damaged file lie beside.
    #[error("the database {path} is missing")]
    Missing {
        /// Where it should be.
        path: PathBuf,
    },
    /// There is no file, and nothing that says that there ever was one.
    #[error("there is no database {path}")]
    Nothing {
        /// Where it would be.
        path: PathBuf,
    },
    /// A copy would overwrite a file.
    #[error("{path} exists already")]
    Taken {
        /// The file.
        path: PathBuf,
    },
    /// Another program put another file in the place of the one that is open.
    #[error("another file has taken the place of the database")]
    Replaced,
    /// No backup is good, but one was made by a newer Berth, which may read it.
    #[error("the only good backup, {path}, was made by a newer version")]
    BackupTooNew {
        /// The backup.
        path: PathBuf,
    },
    /// Another process holds the write lock for longer than we wait.
    #[error("another program is writing to the database")]
    Busy,
    /// No space is left on the disk.
    #[error("the disk is full")]
    Full,
    /// The file or its folder may not be written.
    #[error("the database is read-only")]
    ReadOnly,
    /// A unique name is taken, or a row is still referred to.
    #[error("the change breaks a rule of the database: {what}")]
    Constraint {
        /// What SQLite said.
        what: String,
    },
    /// A file operation around the database failed.
    #[error("cannot {what}: {source}")]
    Io {
        /// What was attempted, with the path.
        what: String,
        /// Why it failed.
        source: std::io::Error,
    },
    /// Anything else SQLite says.
    #[error("the database does not answer: {0}")]
    Sqlite(rusqlite::Error),
}

impl StoreError {
    /// A file operation failed: on a full disk or in a read-only folder as the database would say it.
    pub(crate) fn of_file(what: impl Into<String>, source: std::io::Error) -> Self {
        use std::io::ErrorKind as E;
        match source.kind() {
            E::StorageFull | E::QuotaExceeded => Self::Full,
            E::ReadOnlyFilesystem => Self::ReadOnly,
            _ => Self::Io {
                what: what.into(),
                source,
            },
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as E;
        let what = error.to_string();
        // A full disk also shows where the index of the log cannot grow.
        let no_room = error
            .sqlite_error()
            .is_some_and(|e| e.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE);
        match error.sqlite_error_code() {
            Some(E::SystemIoFailure) if no_room => Self::Full,
            Some(E::DatabaseCorrupt | E::NotADatabase) => Self::Corrupt { what },
            Some(E::DatabaseBusy | E::DatabaseLocked) => Self::Busy,
            Some(E::DiskFull) => Self::Full,
            Some(E::ReadOnly | E::PermissionDenied | E::CannotOpen) => Self::ReadOnly,
            Some(E::ConstraintViolation) => Self::Constraint { what },
            _ => Self::Sqlite(error),
        }
    }
}

/// What every function of this crate returns.
pub type Result<T> = std::result::Result<T, StoreError>;
