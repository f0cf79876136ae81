//! The state in which a file was found sound, so that it need not be read whole at each booking.
//!
//! Beside the database lies a note of what its files looked like when they were last found sound, or
//! written by a program that had found them so. While they still look the same, nobody has touched
//! them since: to change a file without changing the time of its last change is beyond a program. What
//! decays on the disk by itself does not show here. It is found by the check of the day, by `berth
//! doctor`, and by each question to the gate, for which a seal is not good enough, and row by row by
//! the sums.

use std::fs;
use std::path::{Path, PathBuf};

use crate::files;

/// A note of how the files look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Look(String);

fn note_of(path: &Path) -> PathBuf {
    path.with_extension("sound")
}

/// How the files look now; `None` where the system does not tell when a file was changed last.
pub(crate) fn look(path: &Path) -> Option<Look> {
    let file = look_of(path)?;
    let log = look_of(&files::log_of(path)).unwrap_or_default();
    Some(Look(format!("{file}\n{log}\n")))
}

/// Device, number, length, and when the content and the entry were changed. Unlike the first time,
/// the second cannot be set by a program.
#[cfg(unix)]
fn look_of(path: &Path) -> Option<String> {
    use std::os::unix::fs::MetadataExt;
    let data = fs::metadata(path).ok()?;
    Some(format!(
        "{} {} {} {}.{} {}.{}",
        data.dev(),
        data.ino(),
        data.len(),
        data.mtime(),
        data.mtime_nsec(),
        data.ctime(),
        data.ctime_nsec()
    ))
}

// Elsewhere there is no such second time.
#[cfg(not(unix))]
fn look_of(_path: &Path) -> Option<String> {
    None
}

/// Whether the files look as they did when they were found sound.
pub(crate) fn holds(path: &Path) -> bool {
    let noted = fs::read_to_string(note_of(path)).ok();
    noted.is_some() && noted == look(path).map(|look| look.0)
}

/// Notes that they are sound as they look now. Without it the next program checks them again.
pub(crate) fn set(path: &Path) {
    let Some(Look(text)) = look(path) else { return };
    let note = note_of(path);
    let written = files::create_private_file(&note).is_ok() || note.exists();
    if written && fs::write(&note, text).is_err() {
        let _ = fs::remove_file(&note);
    }
}
