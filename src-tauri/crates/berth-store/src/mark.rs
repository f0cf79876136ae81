//! The mark of damage: once it was met, nobody answers from the file until it is mended.

use std::fs;
use std::path::{Path, PathBuf};

use crate::{Result, StoreError};

fn mark_of(folder: &Path) -> PathBuf {
    folder.join("berth.db.damaged-mark")
}

/// What the mark of a folder says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mark {
    /// What is wrong.
    pub(crate) what: String,
    /// Where the damaged file is kept, once it is being replaced.
    pub(crate) aside: Option<PathBuf>,
}

/// The mark of a data folder, if it has one.
pub(crate) fn read(folder: &Path) -> Option<Mark> {
    let path = mark_of(folder);
    if !path.exists() {
        return None;
    }
    let text = fs::read_to_string(path).unwrap_or_default();
    let mut lines = text.lines();
    let what = lines.next().filter(|what| !what.is_empty());
    Some(Mark {
        what: what.unwrap_or("damage was found in it").to_owned(),
        aside: lines.next().map(|name| folder.join(name)),
    })
}

/// Remembers damage.
///
/// # Errors
/// When the folder cannot be written.
pub(crate) fn set(folder: &Path, mark: &Mark) -> Result<()> {
    let aside = mark.aside.as_deref().and_then(Path::file_name);
    let aside = aside.unwrap_or_default().to_string_lossy();
    let what = mark.what.replace(['\n', '\r'], " ");
    fs::write(mark_of(folder), format!("{what}\n{aside}\n").trim_end())
        .map_err(|source| StoreError::of_file("mark the database as damaged", source))
}

/// Remembers damage where that can be written, unless it is known already.
pub(crate) fn note(folder: &Path, error: &StoreError) {
    if let StoreError::Corrupt { what } = error
        && read(folder).is_none()
    {
        // In a folder that cannot be written each program finds it for itself.
        let _ = set(
            folder,
            &Mark {
                what: what.clone(),
                aside: None,
            },
        );
    }
}

/// Forgets it.
///
/// # Errors
/// When the folder cannot be written.
pub(crate) fn clear(folder: &Path) -> Result<()> {
    let mark = mark_of(folder);
    match fs::remove_file(&mark).or_else(|error| fs::remove_dir(&mark).map_err(|_| error)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(StoreError::of_file("remove the mark of damage", error))
        }
        _ => Ok(()),
    }
}

/// Refuses a folder that has one.
pub(crate) fn must_not_be(folder: &Path) -> Result<()> {
    match read(folder) {
        None => Ok(()),
        Some(Mark { what, .. }) => Err(StoreError::Corrupt { what }),
    }
}
