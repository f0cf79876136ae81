//! The one error that crosses the boundary. The window and the command line render it.

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
    /// A file cannot be read or written.
    File,
    /// Anything else.
    Internal,
}
