//! A copy of the file in memory, with what waits in its log.
//!
//! SQLite lays an index of the log beside a database before it reads one. Where nothing can be
//! written (a folder that may only be read, a full disk) that fails, and what waits in the log would
//! be out of reach. So the frames of the log are put into place here, as they are described in
//! <https://www.sqlite.org/fileformat2.html#walformat>, and the result is read in memory.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use rusqlite::{Connection, MAIN_DB};

use crate::{Result, StoreError, files};

const HEADER: usize = 32;
const FRAME: usize = 24;

/// Somebody else may write while the files are read; so often it is tried to find them at rest.
const ATTEMPTS: usize = 20;

/// Opens a copy of the file and its log. What is done to it is gone with it.
pub(crate) fn open(path: &Path) -> Result<Connection> {
    connect(&read(path)?)
}

/// Opens a copy of a file that may be cut off: SQLite does not look into one that is shorter than its
/// header says, so that what is missing is made up of nothing.
pub(crate) fn open_padded(path: &Path) -> Result<Connection> {
    let mut bytes = read(path)?;
    let pages = number(&bytes, 28).and_then(|pages| usize::try_from(pages).ok());
    let size = match bytes.get(16..18) {
        Some([0, 1]) => 65_536,
        Some([high, low]) => usize::from(u16::from_be_bytes([*high, *low])),
        _ => 0,
    };
    let whole = pages.unwrap_or(0).saturating_mul(size);
    // No more than a file that has been cut to a hundredth, for the header may be damaged too.
    if whole > bytes.len() && whole / 100 <= bytes.len() {
        bytes.resize(whole, 0);
    }
    connect(&bytes)
}

fn connect(bytes: &[u8]) -> Result<Connection> {
    let mut connection = Connection::open_in_memory()?;
    connection.deserialize_read_exact(MAIN_DB, bytes, bytes.len(), false)?;
    Ok(connection)
}

/// The bytes of the file once its log is put into place.
fn read(path: &Path) -> Result<Vec<u8>> {
    let log = files::log_of(path);
    for _ in 0..ATTEMPTS {
        let before = read_or_empty(&log)?;
        let file = fs::read(path)
            .map_err(|source| StoreError::of_file(format!("read {}", path.display()), source))?;
        // A checkpoint only writes what stands in the log: with the same log before and after, the
        // result is the same, however far it came.
        if read_or_empty(&log)? == before {
            return Ok(merge(file, &before));
        }
    }
    Err(StoreError::Busy)
}

fn read_or_empty(path: &Path) -> Result<Vec<u8>> {
    match fs::read(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        read => {
            read.map_err(|source| StoreError::of_file(format!("read {}", path.display()), source))
        }
    }
}

/// Puts the frames of a log into place, up to the last one that ends a transaction and is whole.
fn merge(mut file: Vec<u8>, log: &[u8]) -> Vec<u8> {
    if let Some(frames) = Frames::of(log) {
        let size = frames.page;
        let mut waiting = Vec::new();
        for frame in frames {
            waiting.push((frame.number, frame.content));
            if frame.pages_after == 0 {
                continue;
            }
            file.resize(frame.pages_after.saturating_mul(size), 0);
            for (number, content) in waiting.drain(..) {
                let at = number.saturating_sub(1).saturating_mul(size);
                if let Some(page) = file.get_mut(at..at + size) {
                    page.copy_from_slice(content);
                }
            }
        }
    }
    // A copy in memory has no log: the header must not ask for one.
    if let Some(versions) = file.get_mut(18..20) {
        versions.fill(1);
    }
    file
}

/// A page in the log.
struct Frame<'l> {
    number: usize,
    /// The size of the file in pages, where the frame ends a transaction; else 0.
    pages_after: usize,
    content: &'l [u8],
}

/// The frames of a log that belong to its last start and whose checksums are right.
struct Frames<'l> {
    page: usize,
    rest: &'l [u8],
    salt: [u8; 8],
    sum: Sum,
}

impl<'l> Frames<'l> {
    fn of(log: &'l [u8]) -> Option<Self> {
        let header = log.get(..HEADER)?;
        let big_endian = match number(header, 0)? {
            0x377f_0682 => false,
            0x377f_0683 => true,
            _ => return None,
        };
        let page = usize::try_from(number(header, 8)?).ok()?;
        if !(512..=65_536).contains(&page) || !page.is_power_of_two() {
            return None;
        }
        let mut sum = Sum {
            big_endian,
            words: [0, 0],
        };
        sum.add(&header[..24]);
        let stored = [number(header, 24)?, number(header, 28)?];
        (sum.words == stored).then_some(Self {
            page,
            rest: log.get(HEADER..)?,
            salt: header.get(16..24)?.try_into().ok()?,
            sum,
        })
    }
}

impl<'l> Iterator for Frames<'l> {
    type Item = Frame<'l>;

    fn next(&mut self) -> Option<Frame<'l>> {
        let head = self.rest.get(..FRAME)?;
        let content = self.rest.get(FRAME..FRAME + self.page)?;
        self.sum.add(&head[..8]);
        self.sum.add(content);
        let stored = [number(head, 16)?, number(head, 20)?];
        if head[8..16] != self.salt || stored != self.sum.words {
            return None;
        }
        self.rest = &self.rest[FRAME + self.page..];
        Some(Frame {
            number: usize::try_from(number(head, 0)?).ok()?,
            pages_after: usize::try_from(number(head, 4)?).ok()?,
            content,
        })
    }
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at + 4)?;
    Some(u32::from_be_bytes(bytes.try_into().ok()?))
}

/// The running checksum of a log.
struct Sum {
    big_endian: bool,
    words: [u32; 2],
}

impl Sum {
    fn add(&mut self, bytes: &[u8]) {
        let word = |bytes: &[u8]| {
            let bytes: [u8; 4] = bytes.try_into().unwrap_or_default();
            if self.big_endian {
                u32::from_be_bytes(bytes)
            } else {
                u32::from_le_bytes(bytes)
            }
        };
        let [mut first, mut second] = self.words;
        for pair in bytes.chunks_exact(8) {
            first = first.wrapping_add(word(&pair[..4])).wrapping_add(second);
            second = second.wrapping_add(word(&pair[4..])).wrapping_add(first);
        }
        self.words = [first, second];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What SQLite reads of a file with a log is what the copy in memory has, at each length of a
    /// log that a crash may leave.
    #[test]
    fn a_log_is_put_into_place_as_sqlite_does() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let writer = Connection::open(&path).unwrap();
        writer
            .execute_batch(
                "PRAGMA journal_mode = wal; PRAGMA wal_autocheckpoint = 0;
                 CREATE TABLE t (n INTEGER PRIMARY KEY, text TEXT);",
            )
            .unwrap();
        for n in 0..40 {
            let text = "x".repeat(n * 97);
            writer
                .execute("INSERT INTO t VALUES (?1, ?2)", (n as i64, text))
                .unwrap();
            if n == 20 {
                writer
                    .query_row("PRAGMA wal_checkpoint(RESTART)", [], |_| Ok(()))
                    .unwrap();
            }
        }
        let log = fs::read(files::log_of(&path)).unwrap();
        assert!(log.len() > 100_000);
        let total = |connection: &Connection| -> i64 {
            let sql = "SELECT ifnull(sum(length(text) + n), 0) FROM t";
            connection.query_row(sql, [], |row| row.get(0)).unwrap()
        };
        for step in 0..=60 {
            let other = folder.path().join(format!("cut-{step}.db"));
            fs::copy(&path, &other).unwrap();
            fs::write(files::log_of(&other), &log[..log.len() * step / 60]).unwrap();
            let here = total(&open(&other).unwrap());
            let there = total(&Connection::open(&other).unwrap());
            assert_eq!(here, there, "{step} of 60");
        }
    }
}
