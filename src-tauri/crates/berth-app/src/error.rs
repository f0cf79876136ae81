//! The one error that crosses the boundary. The window and the command line render it.

use berth_store::StoreError;
use serde::Serialize;

/// What went wrong and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS, thiserror::Error)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
#[error("{message} {hint}")]
pub struct Error {
    /// What somebody may act on.
    pub code: Code,
    /// What happened, one sentence.
    pub message: String,
    /// The next step, one sentence.
    pub hint: String,
}

/// A code exists only if somebody acts on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum Code {
    /// The input is wrong: mend it and try again.
    Input,
    /// What was named does not exist (any more).
    NotFound,
    /// The database cannot be used: the window shows a screen of its own, the command line exits with 4.
    Database,
    /// The database is damaged: nothing is answered from it until it is mended, which the window and
    /// `berth doctor --repair` do.
    Damaged,
    /// A file cannot be read or written.
    File,
    /// A calendar is larger than what is read without asking: ask, and say `large`.
    TooLarge,
    /// An import would remove bookings: show them and ask, and say `removals`.
    Removes,
    /// Berth itself failed: report it.
    Unexpected,
}

/// What every use case returns.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// The input is wrong.
    pub fn input(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            code: Code::Input,
            message: message.into(),
            hint: hint.into(),
        }
    }

    /// What was named does not exist.
    pub fn not_found(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            code: Code::NotFound,
            message: message.into(),
            hint: hint.into(),
        }
    }

    /// A file cannot be read or written.
    pub fn file(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            code: Code::File,
            message: message.into(),
            hint: hint.into(),
        }
    }

    /// The database cannot be used.
    pub fn database(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            code: Code::Database,
            message: message.into(),
            hint: hint.into(),
        }
    }
}

/// What to do about damage.
const MEND: &str = "Restart Berth, or run `berth doctor --repair`: what can be read is kept, the newest good backup stands in for the rest, and the damaged file stays.";

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::SchemaTooNew { path, .. } => Self::database(
                format!(
                    "{} was written by a newer version of Berth.",
                    path.display()
                ),
                "Install that version, or start with another folder: --data-dir DIR. Nothing was changed.",
            ),
            StoreError::Foreign { path } => Self::database(
                format!("{} belongs to another program.", path.display()),
                "Move it away, or start with another folder: --data-dir DIR. Nothing was changed.",
            ),
            StoreError::Corrupt { what } => Self {
                code: Code::Damaged,
                message: format!(
                    "The database is damaged ({what}), so nothing is answered from it."
                ),
                hint: MEND.into(),
            },
            StoreError::Missing { path } => Self {
                code: Code::Damaged,
                message: format!(
                    "The database {} is missing, although there was one.",
                    path.display()
                ),
                hint: MEND.into(),
            },
            StoreError::Nothing { path } => Self::database(
                format!("There is no database {} yet.", path.display()),
                "Book something, or name another folder: --data-dir DIR.",
            ),
            StoreError::Replaced => Self::database(
                "Another program put the database back meanwhile, so nothing was changed.",
                "Do it again.",
            ),
            StoreError::BackupTooNew { path } => Self::database(
                format!(
                    "The database is damaged, and the only good backup, {}, was made by a newer version of Berth.",
                    path.display()
                ),
                "Install that version and start it: it mends the database. Nothing was changed.",
            ),
            StoreError::Taken { path } => Self::file(
                format!(
                    "{} exists already, and a backup never overwrites a file.",
                    path.display()
                ),
                "Name a file that does not exist yet.",
            ),
            StoreError::Busy => Self::database(
                "Another program is writing to the database for longer than five seconds.",
                "Try again; if it stays so, close other Berth windows and running imports.",
            ),
            StoreError::Full => Self::database(
                "The disk is full, so nothing was changed.",
                "Free some space and do it again.",
            ),
            StoreError::ReadOnly => Self::database(
                "The database can only be read, so nothing was changed.",
                "Make its folder and the file in it writable for you, then do it again.",
            ),
            StoreError::Constraint { what } => Self::input(
                format!("That does not fit what is there ({what})."),
                "Reload and look at what has changed in the meantime.",
            ),
            StoreError::Io { what, source } => Self::file(
                format!("Cannot {what}: {source}."),
                "Check that the folder exists, is writable, and has space.",
            ),
            StoreError::Sqlite(error) => Self::database(
                format!("The database does not answer: {error}."),
                "Run `berth doctor`, which says what works and what does not.",
            ),
        }
    }
}
