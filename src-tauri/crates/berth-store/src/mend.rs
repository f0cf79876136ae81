//! Mending a damaged file: what can be read of it is kept, and goes before the newest good backup.
//!
//! Nothing of this happens by itself while somebody asks a question. It is done when the window
//! starts and by `berth doctor --repair`, by one program at a time. Until the mended file is whole, and
//! on the disk, the damaged one stays where it is; afterwards it is kept beside it. A mark says
//! meanwhile that nobody may answer from either.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

use crate::backup::{self, Backups};
use crate::files::{self, Unfinished};
use crate::lock::FolderLock;
use crate::mark::{self, Mark};
use crate::migrate::{self, SCHEMA};
use crate::salvage::{self, Salvaged};
use crate::{Result, StoreError, memory, open, seal, soundness};

/// What became of a damaged file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mended {
    /// What was wrong with it.
    pub what: String,
    /// Where it is kept; `None` where there was no file any more.
    pub aside: Option<PathBuf>,
    /// The backup that stands in for what could not be read; `None` where everything could, or no
    /// backup is good.
    pub backup: Option<PathBuf>,
    /// Whether all of it could be read: then nothing is missing.
    pub whole: bool,
    /// How many bookings were read from the damaged file.
    pub read: usize,
    /// Bookings that are as the backup has them, since the damaged file does not tell whether they
    /// were changed or removed afterwards.
    pub from_backup: Vec<String>,
    /// Bookings that were there, and are neither in the backup nor could be read.
    pub lost: Vec<String>,
    /// Bookings that are kept as they can be read, although something in them has changed on the disk.
    pub doubtful: Vec<String>,
    /// Teams and environments that bookings name and that could not be read: stand-ins have their
    /// place.
    pub stand_ins: Vec<String>,
}

/// Mends the file of a data folder where that is needed; `None` where it is sound, or nothing is there.
///
/// # Errors
/// [`StoreError::SchemaTooNew`], [`StoreError::Foreign`] and [`StoreError::BackupTooNew`] for what a
/// newer Berth or another program should look at, and those of the disk. Everything is as it was then.
pub fn mend(folder: &Path) -> Result<Option<Mended>> {
    let path = files::database_of(folder);
    if !path.exists() && !open::was_there(folder) {
        return Ok(None);
    }
    let _lock = FolderLock::wait(folder)?;
    files::sweep(folder);
    let mark = mark::read(folder);
    let what = match look(&path) {
        Ok(()) => {
            if mark.is_some() {
                mark::clear(folder)?;
            }
            return Ok(None);
        }
        Err(StoreError::Corrupt { what }) => what,
        Err(StoreError::Io { .. } | StoreError::Missing { .. }) if !path.exists() => {
            "the file is missing".to_owned()
        }
        Err(error) => return Err(error),
    };
    Job {
        folder,
        path: &path,
        source: source(folder, &path, mark.as_ref()),
        what,
    }
    .mend()
    .map(Some)
}

/// Complains about a file, and opens nothing that might change it.
fn look(path: &Path) -> Result<()> {
    soundness::length(path)?;
    let connection = memory::open(path)?;
    open::protect(&connection)?;
    let found = soundness::recognise(&connection, path)?;
    if found < SCHEMA {
        return soundness::must_be_empty(&soundness::pages(&connection)?);
    }
    soundness::must_be_empty(&soundness::all(&connection)?)
}

/// The file to read from: the one that was being replaced when that was cut short, since its log may
/// be beside it already; else the one that is there; else the newest that was kept.
fn source(folder: &Path, path: &Path, mark: Option<&Mark>) -> Option<PathBuf> {
    let begun = mark.and_then(|mark| mark.aside.clone());
    begun
        .filter(|aside| aside.exists())
        .or_else(|| path.exists().then(|| path.to_owned()))
        .or_else(|| open::damaged_of(folder).pop())
}

struct Job<'a> {
    folder: &'a Path,
    path: &'a Path,
    source: Option<PathBuf>,
    what: String,
}

impl Job<'_> {
    fn mend(self) -> Result<Mended> {
        // One that was cut short has named already where the file is kept.
        self.mark(self.source.clone().filter(|source| source != self.path))?;
        let _held_off = hold_off(self.path);
        let image = self.source.as_deref().and_then(image);
        let unfinished = Unfinished::beside(self.path)?;
        let mut mended = match image.as_ref().filter(|image| is_whole(image)) {
            Some(image) => {
                write_out(image, unfinished.path())?;
                self.outcome(None, Salvaged::everything(image)?)
            }
            None => self.rebuild(image.as_ref(), unfinished.path())?,
        };
        settle(unfinished.path())?;
        backup::open_good(unfinished.path())?;
        mended.aside = self.replace(unfinished)?;
        Ok(mended)
    }

    /// From what could be read alone, where that is everything; else from the newest good backup, with
    /// what could be read on top.
    fn rebuild(&self, image: Option<&Connection>, to: &Path) -> Result<Mended> {
        if let Some(image) = image {
            let base = empty()?;
            let salvaged = salvage::put_on_top(image, &base)?;
            if salvaged.whole {
                write_out(&base, to)?;
                return Ok(self.outcome(None, salvaged));
            }
        }
        let backup = Backups::of(self.folder).newest_good()?;
        let (backup, base) = match backup {
            Some((path, connection)) => (Some(path), connection),
            None => (None, empty()?),
        };
        let salvaged = match image {
            Some(image) => salvage::put_on_top(image, &base)?,
            None => Salvaged::nothing(&base)?,
        };
        write_out(&base, to)?;
        Ok(self.outcome(backup, salvaged))
    }

    fn outcome(&self, backup: Option<PathBuf>, salvaged: Salvaged) -> Mended {
        Mended {
            what: self.what.clone(),
            aside: None,
            backup,
            whole: salvaged.whole,
            read: salvaged.read,
            from_backup: salvaged.from_base,
            lost: salvaged.lost,
            doubtful: salvaged.doubtful,
            stand_ins: salvaged.stand_ins,
        }
    }

    /// Keeps the damaged file and its log under another name, and puts the mended one in its place. A
    /// log that stayed would be applied to the wrong file, so it goes first; the mark names where both
    /// are, until everything is done.
    fn replace(&self, unfinished: Unfinished) -> Result<Option<PathBuf>> {
        let aside = match &self.source {
            Some(source) if source != self.path => Some(source.clone()),
            Some(_) => Some(self.free_name()),
            None => None,
        };
        self.mark(aside.clone())?;
        if let Some(aside) = aside.as_deref().filter(|aside| !aside.exists()) {
            keep(&files::log_of(self.path), &files::log_of(aside))?;
            keep(self.path, aside)?;
            files::sync_folder_of(aside);
        }
        for path in [files::log_of(self.path), files::index_of(self.path)] {
            remove(&path)?;
        }
        unfinished.put_in_place(self.path)?;
        seal::set(self.path);
        mark::clear(self.folder)?;
        Ok(aside)
    }

    fn mark(&self, aside: Option<PathBuf>) -> Result<()> {
        let what = self.what.clone();
        mark::set(self.folder, &Mark { what, aside })
    }

    fn free_name(&self) -> PathBuf {
        (1..)
            .map(|n| self.folder.join(format!("berth.damaged-{n}.db")))
            .find(|free| !free.exists())
            .unwrap_or_else(|| self.folder.join("berth.damaged.db"))
    }
}

/// Keeps programs that have the damaged file open from writing to it, where SQLite can still make a
/// transaction in it. What waits in its log stays there.
fn hold_off(path: &Path) -> Option<Connection> {
    soundness::length(path).ok()?;
    let flags = OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_READ_WRITE;
    let connection = Connection::open_with_flags(path, flags).ok()?;
    open::leave_the_log(&connection, true).ok()?;
    open::protect(&connection).ok()?;
    connection.execute_batch("BEGIN IMMEDIATE").ok()?;
    Some(connection)
}

/// The damaged file in memory, if SQLite can make anything of it.
fn image(source: &Path) -> Option<Connection> {
    let connection = memory::open_padded(source).ok()?;
    open::protect(&connection).ok()?;
    connection
        .query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))
        .ok()?;
    Some(connection)
}

/// Whether only indexes were damaged, so that everything is there once they are made again.
fn is_whole(image: &Connection) -> bool {
    let looked = || -> Result<bool> {
        if !migrate::is_ours(image, SCHEMA)? {
            return Ok(false);
        }
        // In a transaction, since what follows wants the file as it was found.
        image.execute_batch("BEGIN; REINDEX;")?;
        let sound = soundness::all(image)?.is_empty();
        image.execute_batch(if sound { "COMMIT" } else { "ROLLBACK" })?;
        if sound {
            migrate::sign(image)?;
        }
        Ok(sound)
    };
    let whole = looked().unwrap_or(false);
    if !image.is_autocommit() {
        let _ = image.execute_batch("ROLLBACK");
    }
    whole
}

fn empty() -> Result<Connection> {
    let mut connection = Connection::open_in_memory()?;
    open::protect(&connection)?;
    migrate::migrate(&mut connection)?;
    Ok(connection)
}

fn write_out(connection: &Connection, to: &Path) -> Result<()> {
    connection.execute("VACUUM INTO ?1", [to.to_string_lossy()])?;
    Ok(())
}

/// Has the file in the mode in which it is used, so that no program has to change that first.
fn settle(path: &Path) -> Result<()> {
    let connection = Connection::open(path)?;
    open::configure(&connection)?;
    connection.close().map_err(|(_, error)| error.into())
}

/// Gives a file a second name; a copy where the file system has no links.
fn keep(from: &Path, to: &Path) -> Result<()> {
    if !from.exists() {
        return Ok(());
    }
    let kept = fs::hard_link(from, to).or_else(|_| fs::copy(from, to).map(|_| ()));
    kept.map_err(|source| StoreError::of_file("keep the damaged database", source))
}

fn remove(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(StoreError::of_file(
            format!("remove {}", path.display()),
            error,
        )),
        _ => Ok(()),
    }
}
