//! The files of a data folder: their names, their modes, and how one takes the place of another.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::path::{Path, PathBuf};

use crate::{Result, StoreError};

/// The database of a data folder.
pub(crate) fn database_of(folder: &Path) -> PathBuf {
    folder.join("berth.db")
}

/// The log that SQLite keeps beside a database.
pub(crate) fn log_of(path: &Path) -> PathBuf {
    with_suffix(path, "-wal")
}

/// The index of the log.
pub(crate) fn index_of(path: &Path) -> PathBuf {
    with_suffix(path, "-shm")
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name: OsString = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Makes a folder that only its owner may look into; one that is there stays as it is.
pub(crate) fn create_private_folder(folder: &Path) -> Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder).map_err(|source| {
        StoreError::of_file(format!("create the folder {}", folder.display()), source)
    })
}

/// Makes an empty file that only its owner may read.
pub(crate) fn create_private_file(path: &Path) -> Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
        .open(path)
        .map_err(|source| StoreError::of_file(format!("create {}", path.display()), source))
}

/// Waits until a file is on the disk.
pub(crate) fn sync(path: &Path) -> Result<()> {
    File::open(path)
        .and_then(|file| file.sync_all())
        .map_err(|source| StoreError::of_file(format!("write {} out", path.display()), source))
}

/// Waits until the names in a folder are on the disk, where the system can do that.
pub(crate) fn sync_folder_of(path: &Path) {
    let folder = path.parent().map(File::open);
    let _ = folder
        .and_then(std::result::Result::ok)
        .map(|folder| folder.sync_all());
}

/// Gives a finished file its name, in place of what has it now.
pub(crate) fn put_in_place(finished: &Path, path: &Path) -> Result<()> {
    sync(finished)?;
    fs::rename(finished, path)
        .map_err(|source| StoreError::of_file(format!("name {}", path.display()), source))?;
    sync_folder_of(path);
    Ok(())
}

/// Removes what programs left unfinished that were cut off. Only for who holds the folder's lock.
pub(crate) fn sweep(folder: &Path) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with('.') && name.contains(".db.") && name.contains(".part") {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// A file that is being written beside its place, and is removed unless it gets there.
#[derive(Debug)]
pub(crate) struct Unfinished {
    path: PathBuf,
}

impl Unfinished {
    /// A new empty file beside `path`, under a name that no other program uses.
    pub(crate) fn beside(path: &Path) -> Result<Self> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let unfinished = path.with_file_name(format!(".{name}.{}.part", std::process::id()));
        let this = Self { path: unfinished };
        this.remove();
        create_private_file(&this.path)?;
        Ok(this)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Gives it its name, in place of what has that now.
    pub(crate) fn put_in_place(self, path: &Path) -> Result<()> {
        put_in_place(&self.path, path)
    }

    /// Gives it its name, unless something has that by now.
    pub(crate) fn put_where_nothing_is(self, path: &Path) -> Result<()> {
        sync(&self.path)?;
        let named = match fs::hard_link(&self.path, path) {
            // A file system without links.
            Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists && !path.exists() => {
                fs::rename(&self.path, path)
            }
            named => named,
        };
        named.map_err(|source| StoreError::of_file(format!("name {}", path.display()), source))?;
        sync_folder_of(path);
        Ok(())
    }

    fn remove(&self) {
        for path in [&self.path, &log_of(&self.path), &index_of(&self.path)] {
            let _ = fs::remove_file(path);
        }
        let _ = fs::remove_file(with_suffix(&self.path, "-journal"));
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        self.remove();
    }
}
