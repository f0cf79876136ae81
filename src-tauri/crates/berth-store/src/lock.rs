//! One program at a time works on the files themselves: makes the first one, mends it, names backups.
//!
//! Transactions need no such lock, SQLite has its own. A lock of the system ends with the program
//! that holds it, however that ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::{Result, StoreError};

/// So long another program is waited for: to mend a large file takes a while.
const PATIENCE: Duration = Duration::from_secs(60);

/// Held while the value lives.
#[derive(Debug)]
pub(crate) struct FolderLock(#[expect(dead_code, reason = "closing the file ends the lock")] File);

impl FolderLock {
    /// Waits for the lock of a data folder.
    ///
    /// # Errors
    /// [`StoreError::Busy`] after a minute; [`StoreError::Io`] where no file can be written.
    pub(crate) fn wait(folder: &Path) -> Result<Self> {
        let path = folder.join("berth.lock");
        let mut options = OpenOptions::new();
        options.create(true).truncate(false).write(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&path).map_err(|source| {
            StoreError::of_file(format!("open the lock {}", path.display()), source)
        })?;
        let until = Instant::now() + PATIENCE;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Self(file)),
                Err(TryLockError::WouldBlock) if Instant::now() < until => {
                    std::thread::sleep(Duration::from_millis(5));
                }
                Err(TryLockError::WouldBlock) => return Err(StoreError::Busy),
                // A network folder without locks: the renames that follow are atomic all the same.
                Err(TryLockError::Error(_)) => return Ok(Self(file)),
            }
        }
    }
}
