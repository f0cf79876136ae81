//! Reading and writing calendar files, and what to say when that does not work.

use std::fs;
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use crate::{Error, Result};

/// The bytes of a file.
pub(super) fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).map_err(|error| Error::unread(&path.display().to_string(), &error))
}

/// Writes a file of the pieces. What is there already is replaced once the new text is whole, so that a full disk
/// leaves it as it was; a device or a pipe is written into.
pub(super) fn write(path: &Path, pieces: &[&str]) -> Result<()> {
    let written = match fs::metadata(path) {
        Ok(there) if !there.is_file() => write_into(path, pieces),
        Ok(there) => replace(
            &path.canonicalize().unwrap_or(path.to_owned()),
            pieces,
            Some(there),
        ),
        Err(_) => replace(path, pieces, None),
    };
    written.map_err(|error| unwritten(path, &error))
}

fn write_into(path: &Path, pieces: &[&str]) -> io::Result<()> {
    let mut file = fs::File::create(path)?;
    pieces
        .iter()
        .try_for_each(|piece| file.write_all(piece.as_bytes()))
}

/// Writes beside, then renames.
fn replace(path: &Path, pieces: &[&str], there: Option<fs::Metadata>) -> io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let unfinished: PathBuf = path.with_file_name(name);
    let write = || {
        write_into(&unfinished, pieces)?;
        // Who may read the old one may read the new one, and nobody else.
        if let Some(there) = there {
            fs::set_permissions(&unfinished, there.permissions())?;
        }
        fs::rename(&unfinished, path)
    };
    write().inspect_err(|_| drop(fs::remove_file(&unfinished)))
}

fn unwritten(path: &Path, error: &io::Error) -> Error {
    let (why, next) = match error.kind() {
        ErrorKind::NotFound => (
            "its folder is not there",
            "Choose a folder that is there, or make it first.",
        ),
        ErrorKind::IsADirectory => ("it is a folder", "Name a file in it, such as berth.ics."),
        ErrorKind::StorageFull => (
            "the disk is full",
            "Make space, or choose another disk; nothing was replaced.",
        ),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            ("you may not write there", "Choose a folder that is yours.")
        }
        _ => {
            return Error::file(
                format!("Cannot write {}: {error}.", path.display()),
                "Choose a folder that you may write to and that has space.",
            );
        }
    };
    Error::file(format!("Cannot write {}: {why}.", path.display()), next)
}

impl Error {
    /// A file, or whatever `what` is, that cannot be read.
    #[must_use]
    pub fn unread(what: &str, error: &io::Error) -> Self {
        let (why, next) = match error.kind() {
            ErrorKind::NotFound => ("there is no such file", "Check the name and the folder."),
            ErrorKind::IsADirectory => ("it is a folder", "Name a file in it that ends in .ics."),
            ErrorKind::PermissionDenied => (
                "you may not read it",
                "Ask whoever it belongs to, or save it once more as your own.",
            ),
            _ => {
                return Self::file(
                    format!("Cannot read {what}: {error}."),
                    "Save it once more, on a disk of this machine, and try that.",
                );
            }
        };
        Self::file(format!("Cannot read {what}: {why}."), next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("week.ics");
        write(&path, &["one"]).unwrap();
        write(&path, &["t", "wo"]).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_one_and_permissions_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (
            folder.path().join("real.ics"),
            folder.path().join("link.ics"),
        );
        write(&path, &["one"]).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        symlink(&path, &link).unwrap();
        write(&link, &["two"]).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_device_is_written_into_and_a_full_disk_is_named() {
        use std::os::unix::fs::FileTypeExt;
        // Only a device is tried: a bug here would put a file in its place.
        let full = Path::new("/dev/full");
        if !fs::metadata(full).is_ok_and(|there| there.file_type().is_char_device()) {
            return;
        }
        let error = write(full, &["text"]).unwrap_err();
        assert!(error.message.ends_with("the disk is full."), "{error:?}");
        assert!(fs::metadata(full).unwrap().file_type().is_char_device());
    }

    #[test]
    fn every_trouble_has_a_next_step() {
        let folder = tempfile::tempdir().unwrap();
        let nowhere = folder.path().join("none/week.ics");
        let errors = [
            (write(folder.path(), &[]).unwrap_err(), "it is a folder"),
            (write(&nowhere, &[]).unwrap_err(), "its folder is not there"),
            (read(folder.path()).unwrap_err(), "it is a folder"),
            (read(&nowhere).unwrap_err(), "there is no such file"),
        ];
        for (error, why) in errors {
            assert!(error.message.ends_with(&format!(": {why}.")), "{error:?}");
            assert!(error.hint.ends_with('.'), "{error:?}");
        }
    }
}
