//! `berth backup`

use std::path::PathBuf;

use serde::Serialize;

use crate::answer::Ended;
use crate::session::Session;

/// Copies the database to a new file; others may be writing meanwhile.
#[derive(Debug, clap::Args)]
pub(crate) struct Backup {
    /// The file; it must not exist yet.
    file: PathBuf,
}

#[derive(Serialize)]
struct Copied {
    file: String,
    bytes: u64,
}

impl Backup {
    pub(crate) fn run(&self, session: &mut Session) -> Ended {
        session.berth.backup(&self.file)?;
        let bytes = std::fs::metadata(&self.file).map_or(0, |data| data.len());
        let copied = Copied {
            file: self.file.display().to_string(),
            bytes,
        };
        Ok(session.answer(&copied, || {
            format!("Copied the database to {} ({bytes} bytes).\n", copied.file)
        })?)
    }
}
