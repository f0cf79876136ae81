//! Exporting bookings as calendar files.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use berth_core::{Booking, Environment, EnvironmentId, Status, TeamId, Timestamp, time};
use berth_ical::{Exported, WriteOptions, write, write_split};
use berth_store::Reader;
use chrono::{NaiveDate, TimeDelta};

use super::disk;
use super::plan::names;
use crate::booking::parse_wall;
use crate::setup::row;
use crate::wire::{ExportInput, ExportResult, ExportTarget};
use crate::{Berth, Error, Filter, Result};

/// How often a program that subscribes to a file should look again; Google does as it likes.
const REFRESH: TimeDelta = TimeDelta::hours(1);

/// Google takes files of at most a megabyte.
const GOOGLE: usize = 1_000_000;

/// Calendar files, and how many bookings are in them; a series counts as one.
struct Written {
    files: Vec<String>,
    bookings: usize,
}

impl Berth {
    /// What an export would write.
    ///
    /// # Errors
    /// With code `input` when an id or a date is not one.
    pub fn preview_export(&mut self, input: &ExportInput, now: Timestamp) -> Result<ExportResult> {
        let written = self.written(input, now)?;
        Ok(result(&written, Vec::new()))
    }

    /// The export as text: one file, or several where the target takes only small ones; and how many
    /// bookings are in it.
    ///
    /// # Errors
    /// As [`Berth::preview_export`].
    pub fn export_text(
        &mut self,
        input: &ExportInput,
        now: Timestamp,
    ) -> Result<(Vec<String>, u32)> {
        let written = self.written(input, now)?;
        Ok((written.files, count(written.bookings)))
    }

    /// Exports to `path`. Where the target needs several files, the others get `-2`, `-3` … before
    /// the extension. A file that exists is replaced only when it was written whole.
    ///
    /// # Errors
    /// With code `file` when it cannot be written.
    pub fn export_bookings(
        &mut self,
        input: &ExportInput,
        path: &Path,
        now: Timestamp,
    ) -> Result<ExportResult> {
        let written = self.written(input, now)?;
        let mut paths = Vec::new();
        for (text, n) in written.files.iter().zip(1..) {
            let to = numbered(path, n);
            disk::write(&to, text)?;
            paths.push(to.display().to_string());
        }
        Ok(result(&written, paths))
    }

    fn written(&mut self, input: &ExportInput, _now: Timestamp) -> Result<Written> {
        let wanted = Wanted::new(input)?;
        self.read(|reader| {
            let environments = reader.environments()?;
            let teams = reader.teams()?;
            let bookings = wanted.bookings(reader, &environments)?;
            let by_id: HashMap<EnvironmentId, &Environment> =
                environments.iter().map(|one| (one.id, one)).collect();
            let team = |id: TeamId| {
                teams
                    .iter()
                    .find(|one| one.id == id)
                    .map_or("", |one| one.name.as_str())
            };
            let exported: Vec<Exported<'_>> = bookings
                .iter()
                .filter_map(|booking| {
                    let environment = by_id.get(&booking.environment)?;
                    let (name, zone) = (environment.name.as_str(), environment.zone);
                    Some(Exported {
                        booking,
                        environment: name,
                        zone,
                        team: team(booking.team),
                    })
                })
                .collect();
            let places = names(&environments);
            let teams: Vec<&str> = teams.iter().map(|one| one.name.as_str()).collect();
            let name = wanted.name(&environments);
            let uids: HashSet<&str> = bookings.iter().map(|one| one.uid.as_str()).collect();
            // Outlook makes a calendar of its own of a file that has a name, for one booking too.
            let unnamed = uids.len() == 1 && input.target == ExportTarget::Outlook;
            let options = WriteOptions {
                name: (!unnamed).then_some(&name),
                refresh: (!unnamed).then_some(REFRESH),
                cancelled: wanted.filter.cancelled,
                environments: &places,
                teams: &teams,
            };
            let files = match input.target {
                ExportTarget::Google => write_split(&exported, &options, GOOGLE),
                ExportTarget::Any | ExportTarget::Outlook => vec![write(&exported, &options)],
            };
            Ok(Written {
                files,
                bookings: uids.len(),
            })
        })
    }
}

/// Which bookings to export.
struct Wanted {
    filter: Filter,
    from: Option<NaiveDate>,
    /// The first day after.
    to: Option<NaiveDate>,
}

impl Wanted {
    fn new(input: &ExportInput) -> Result<Self> {
        let ids = |ids: &[String]| ids.iter().map(|id| row(id)).collect::<Result<Vec<i64>>>();
        let from = input.from.as_deref().map(date).transpose()?;
        let last = input.to.as_deref().map(date).transpose()?;
        if let (Some(from), Some(last)) = (from, last)
            && last < from
        {
            return Err(Error::input(
                "The last day is before the first.",
                "Choose a later last day.",
            ));
        }
        Ok(Self {
            filter: Filter {
                environments: ids(&input.environment_ids)?
                    .into_iter()
                    .map(EnvironmentId)
                    .collect(),
                teams: ids(&input.team_ids)?.into_iter().map(TeamId).collect(),
                // Other programs show a cancelled event as if it took place.
                cancelled: input.target == ExportTarget::Any,
            },
            from,
            to: last.and_then(|last| last.succ_opt()),
        })
    }

    /// What the calendar is called: its environments, or Berth for all of them.
    fn name(&self, environments: &[Environment]) -> String {
        let named = environments
            .iter()
            .filter(|one| self.filter.environments.contains(&one.id));
        let names: Vec<&str> = named.map(|one| one.name.as_str()).collect();
        if names.is_empty() {
            "Berth".into()
        } else {
            names.join(", ")
        }
    }

    /// Everything wanted, each series with all its changed occurrences.
    fn bookings(&self, reader: &Reader<'_>, environments: &[Environment]) -> Result<Vec<Booking>> {
        let zones: HashMap<_, _> = environments.iter().map(|one| (one.id, one.zone)).collect();
        let mut all = reader.all_bookings()?;
        let uids: HashSet<String> = all
            .iter()
            .filter(|booking| {
                let zone = zones
                    .get(&booking.environment)
                    .copied()
                    .unwrap_or(chrono_tz::Tz::UTC);
                self.filter.environment(booking.environment)
                    && self.filter.team(booking.team)
                    && self.touches(booking, zone)
                    && (self.filter.cancelled || booking.status != Status::Cancelled)
            })
            .map(|booking| booking.uid.clone())
            .collect();
        all.retain(|booking| uids.contains(&booking.uid));
        Ok(all)
    }

    fn touches(&self, booking: &Booking, zone: chrono_tz::Tz) -> bool {
        if self.from.is_none() && self.to.is_none() {
            return true;
        }
        let from = self
            .from
            .map_or(Timestamp::MIN, |date| time::midnight(date, zone));
        let to = self
            .to
            .map_or(Timestamp::MAX, |date| time::midnight(date, zone));
        // The footprint decides which occurrences there are; a list is of cores.
        booking
            .occurrences(zone, &[], from, to)
            .iter()
            .any(|one| one.start < to && one.end >= from)
    }
}

fn date(text: &str) -> Result<NaiveDate> {
    let date = parse_wall(text).map(|wall| wall.date());
    date.ok_or_else(|| {
        Error::input(
            format!("“{text}” is not a date."),
            "Write it as 2026-09-17.",
        )
    })
}

fn numbered(path: &Path, n: u32) -> PathBuf {
    if n == 1 {
        return path.to_owned();
    }
    let stem = path
        .file_stem()
        .map(|stem| stem.to_string_lossy())
        .unwrap_or_default();
    let extension = path
        .extension()
        .map(|end| format!(".{}", end.to_string_lossy()))
        .unwrap_or_default();
    path.with_file_name(format!("{stem}-{n}{extension}"))
}

fn result(written: &Written, files: Vec<String>) -> ExportResult {
    let bytes = written.files.iter().map(String::len).sum();
    ExportResult {
        bookings: count(written.bookings),
        bytes: count(bytes),
        files,
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
