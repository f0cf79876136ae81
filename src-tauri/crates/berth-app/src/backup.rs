//! Backups: made once a day, by hand, and gone back to.

use std::path::{Path, PathBuf};

use berth_core::words::Phrasing;
use berth_core::{Booking, Timestamp};
use berth_store::{Backups, Copy, Reader, StoreError};
use chrono::{Days, NaiveDate};

use crate::booking::name;
use crate::wire::{Backup, GoBack, GoBackItem, Outcome};
use crate::{Berth, Error, Result, history};

/// So long a deleted booking stays in the trash.
pub(crate) const TRASH_DAYS: u64 = 30;

/// So many bookings of each kind are listed in a preview.
const LISTED: usize = 500;

impl Berth {
    /// Copies the database to a new file, while others may be writing. The file is there whole, or not
    /// at all.
    ///
    /// # Errors
    /// With code `file` when it exists already or cannot be written, `damaged` when there is nothing
    /// whole to copy.
    pub fn backup(&mut self, to: &Path) -> Result<()> {
        let shown = to.display();
        self.current()?.back_up(to).map_err(|error| match error {
            StoreError::Full => Error::file(
                format!(
                    "There is not enough space for the backup {shown}; nothing was left there."
                ),
                "Free some space, or name a file on another disk.",
            ),
            StoreError::ReadOnly => Error::file(
                format!("The backup {shown} cannot be written."),
                "Name a file in a folder that you may write to.",
            ),
            StoreError::Io { what, source } => Error::file(
                format!("The backup {shown} was not made: cannot {what} ({source})."),
                "Name a file in a folder that exists and that you may write to.",
            ),
            error => error.into(),
        })
    }

    /// Whether the backup of this day is still to be made.
    #[must_use]
    pub fn needs_care(&self, now: Timestamp) -> bool {
        !self.options.demo && !Backups::of(&self.options.folder).has(self.today(now))
    }

    /// Checks the whole file, then makes the backups of the day and the week where they are missing and
    /// empties the trash of what is older than 30 days. Meant for a quiet moment: it reads the whole
    /// file. Returns whether a backup was made.
    ///
    /// # Errors
    /// With code `damaged` when the file is: it is marked then, and mended at the next start.
    pub fn daily_care(&mut self, now: Timestamp) -> Result<bool> {
        if self.options.demo {
            return Ok(false);
        }
        let today = self.today(now);
        let zone = self.options.zone;
        let backups = Backups::of(&self.options.folder);
        let checked = self.current()?.check();
        if let Some(what) = self.noted(checked.map_err(Into::into))?.into_iter().next() {
            return self.noted(Err(StoreError::Corrupt { what }.into()));
        }
        let made = backups.make_daily(&self.store, today)?;
        if made {
            let oldest = today - Days::new(TRASH_DAYS);
            let before = berth_core::time::midnight(oldest, zone);
            self.write_unrecorded(|writer| Ok(writer.empty_trash(before)?))?;
        }
        Ok(made)
    }

    /// Everything that is wrong with the file; empty is sound. Reads the whole of it.
    ///
    /// # Errors
    /// When the file cannot be read at all.
    pub fn check(&mut self) -> Result<Vec<String>> {
        let checked = self.current()?.check();
        self.noted(checked.map_err(Into::into))
    }

    /// Puts what waits in the log into the file. Returns whether that is done: while somebody reads, it
    /// is to be tried again.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn checkpoint(&mut self) -> Result<bool> {
        Ok(self.store.checkpoint()?)
    }

    /// Checks the file and notes that it is sound as it is, so that the command line need not.
    ///
    /// # Errors
    /// With code `damaged` when it is not: it is marked then.
    pub fn seal(&mut self) -> Result<()> {
        let sealed = self.store.seal().map_err(Into::into);
        self.noted(sealed)
    }

    /// The backups that are there, the newest first.
    #[must_use]
    pub fn backups(&self) -> Vec<Backup> {
        let all = Backups::of(&self.options.folder).all();
        all.iter().filter_map(|path| backup(path)).collect()
    }

    /// Whether a backup is good: whole, and made by a Berth that this one understands.
    ///
    /// # Errors
    /// With code `not-found` or `input` when it is not.
    pub fn check_backup(&self, name: &str) -> Result<()> {
        self.copy(name).map(|_| ())
    }

    /// What going back to a backup would change: one of [`Berth::backups`] by its name, a day
    /// (`2026-11-30`), or any file. Nothing is written.
    ///
    /// # Errors
    /// With code `not-found` when there is none, `input` when it is not good.
    pub fn preview_go_back(&mut self, to: &str, now: Timestamp) -> Result<GoBack> {
        let (path, copy) = self.copy(to)?;
        let phrasing = self.phrasing(now)?;
        self.read(|reader| preview(reader, &path, &copy, phrasing))
    }

    /// Goes back to a backup: bookings, teams, environments and windows become what they were, in one
    /// operation that undo takes back. A copy of the present state is kept first. Settings, the history
    /// and what was reminded stay.
    ///
    /// # Errors
    /// As [`Berth::preview_go_back`]; nothing is changed then.
    pub fn go_back(&mut self, to: &str, now: Timestamp) -> Result<Outcome> {
        let (path, copy) = self.copy(to)?;
        let today = self.today(now);
        let folder = self.options.folder.clone();
        Backups::of(&folder).keep_present(self.writable()?, today)?;
        let title = format!("Went back to the backup {}", words(&path));
        let done = self.write(now, |writer| {
            writer.go_back_to(&copy)?;
            Ok(((), title))
        })?;
        Ok(history::outcome(done.operation))
    }

    fn copy(&self, to: &str) -> Result<(PathBuf, Copy)> {
        let path = self.find_backup(to)?;
        let wrong = |what: String| {
            Error::input(
                format!("{} is no good backup: {what}.", path.display()),
                "Choose another: `berth restore` lists them.",
            )
        };
        match Copy::open(&path) {
            Ok(copy) => Ok((path, copy)),
            Err(StoreError::Corrupt { what }) => Err(wrong(what)),
            Err(StoreError::Foreign { .. }) => Err(wrong("another program made it".into())),
            Err(StoreError::SchemaTooNew { .. }) => {
                Err(wrong("a newer version of Berth made it".into()))
            }
            Err(error) => Err(error.into()),
        }
    }

    fn find_backup(&self, to: &str) -> Result<PathBuf> {
        let backups = Backups::of(&self.options.folder);
        let named = backups
            .all()
            .into_iter()
            .find(|path| path.file_stem().is_some_and(|stem| stem == to));
        let day = to.parse::<NaiveDate>().ok().map(|day| backups.day(day));
        let file = Some(PathBuf::from(to)).filter(|path| path.is_file());
        let found = named.or(day.filter(|path| path.exists())).or(file);
        found.ok_or_else(|| {
            let there: Vec<String> = self.backups().into_iter().map(|one| one.name).collect();
            Error::not_found(
                format!("There is no backup {to}."),
                match there.as_slice() {
                    [] => "There are none yet: Berth makes one a day.".to_owned(),
                    _ => format!("There are: {}.", there.join(", ")),
                },
            )
        })
    }

    fn today(&self, now: Timestamp) -> NaiveDate {
        now.wall(self.options.zone).date()
    }
}

/// A backup as the window lists it.
fn backup(path: &Path) -> Option<Backup> {
    let name = path.file_stem()?.to_str()?.to_owned();
    let data = std::fs::metadata(path).ok()?;
    let made = data.modified().ok()?.duration_since(std::time::UNIX_EPOCH);
    Some(Backup {
        words: words(path),
        made: i64::try_from(made.ok()?.as_millis()).ok()?,
        bytes: data.len(),
        name,
    })
}

/// `of Mon 30 Nov 2026`, `of week 48 of 2026`, else the file's name.
pub(crate) fn words(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let day = |text: &str| -> Option<String> {
        let day: NaiveDate = text.get(..10)?.parse().ok()?;
        Some(day.format("%a %-d %b %Y").to_string())
    };
    let said = match stem.split_once('-') {
        Some(("day", rest)) => day(rest).map(|day| format!("of {day}")),
        Some(("week", rest)) => rest
            .split_once("-W")
            .map(|(year, week)| format!("of week {} of {year}", week.trim_start_matches('0'))),
        Some(("before", rest)) => day(rest).map(|day| format!("from before going back on {day}")),
        Some(("schema", _)) => Some("from before an update of Berth".to_owned()),
        _ => None,
    };
    said.unwrap_or_else(|| path.display().to_string())
}

fn preview(reader: &Reader<'_>, path: &Path, copy: &Copy, phrasing: Phrasing) -> Result<GoBack> {
    let found = reader.difference(copy)?;
    let there = copy.reader();
    let listed = |reader: &Reader<'_>, bookings: &[Booking]| -> Result<Vec<GoBackItem>> {
        let items = bookings.iter().take(LISTED);
        items.map(|one| item(reader, one, phrasing)).collect()
    };
    let changed = found.changed.iter().take(LISTED).map(|(is, would_be)| {
        Ok(GoBackItem {
            becomes: Some(name(&there, would_be, phrasing)?),
            ..item(reader, is, phrasing)?
        })
    });
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    Ok(GoBack {
        words: words(path),
        added: count(found.back.len()),
        gone: count(found.gone.len()),
        changed: count(found.changed.len()),
        back_items: listed(&there, &found.back)?,
        gone_items: listed(reader, &found.gone)?,
        changed_items: changed.collect::<Result<_>>()?,
        others: found
            .others
            .iter()
            .map(|(table, count)| other(table, *count))
            .collect(),
    })
}

fn item(reader: &Reader<'_>, booking: &Booking, phrasing: Phrasing) -> Result<GoBackItem> {
    Ok(GoBackItem {
        id: booking.id.to_string(),
        words: name(reader, booking, phrasing)?,
        becomes: None,
    })
}

/// `2 teams`
fn other(table: &str, count: usize) -> String {
    let (one, many) = match table {
        "environment" => ("environment", "environments"),
        "team" => ("team", "teams"),
        "calendar" => ("imported calendar", "imported calendars"),
        "window" => ("freeze or allow window", "freeze and allow windows"),
        "exemption" => ("exception of a window", "exceptions of windows"),
        _ => ("accepted conflict", "accepted conflicts"),
    };
    format!("{count} {}", if count == 1 { one } else { many })
}
