//! Small disks of their own, for what happens when one is full or may not be written.

use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

/// A mounted disk; dropping it takes it away.
#[derive(Debug)]
pub struct Disk {
    folder: TempDir,
}

impl Disk {
    /// A disk in memory of this many kibibytes; none where this user may not mount.
    ///
    /// # Panics
    /// When there is no temporary folder.
    #[must_use]
    pub fn of_kibibytes(size: u32) -> Option<Self> {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let options = format!("size={size}k");
        let mount = ["-t", "tmpfs", "-o", &options, "tmpfs"];
        mounted(Command::new("mount").args(mount).arg(folder.path())).then_some(Self { folder })
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Takes all the space that is left.
    ///
    /// # Panics
    /// When it is not full afterwards.
    pub fn fill(&self) {
        use std::io::Write;
        let mut file = std::fs::File::create(self.filler()).expect("a file can be made");
        let page = [1_u8; 4096];
        let error = loop {
            if let Err(error) = file.write_all(&page) {
                break error;
            }
        };
        assert_eq!(error.kind(), std::io::ErrorKind::StorageFull);
    }

    /// Gives back what [`Disk::fill`] took.
    ///
    /// # Panics
    /// When it was not filled.
    pub fn empty(&self) {
        std::fs::remove_file(self.filler()).expect("the disk was filled");
    }

    fn filler(&self) -> std::path::PathBuf {
        self.path().join("filler")
    }

    /// From now on it can only be read.
    ///
    /// # Panics
    /// When something on it is still open for writing.
    pub fn make_read_only(&self) {
        let remount = ["-o", "remount,ro"];
        let done = mounted(Command::new("mount").args(remount).arg(self.path()));
        assert!(done, "the disk cannot be made read-only");
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount")
            .arg("--lazy")
            .arg(self.path())
            .status();
    }
}

fn mounted(command: &mut Command) -> bool {
    command.output().is_ok_and(|output| output.status.success())
}
