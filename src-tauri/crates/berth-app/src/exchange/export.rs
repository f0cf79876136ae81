//! Exporting bookings as calendar files.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use berth_core::{Booking, Environment, EnvironmentId, Status, TeamId, Timestamp, time};
use berth_ical::{Exported, File, Files, WriteOptions};
use berth_store::Reader;
use chrono::{NaiveDate, TimeDelta};
use chrono_tz::Tz;

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

/// So many bookings are in memory at once; series with changed occurrences come on top whole.
const TOGETHER: usize = 256;

/// Calendar files, and how many bookings are in them; a series counts as one.
struct Written {
    files: Vec<File>,
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
        let texts = written.files.iter().map(File::text).collect();
        Ok((texts, count(written.bookings)))
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
        for (file, n) in written.files.iter().zip(1..) {
            let to = numbered(path, n);
            disk::write(&to, &[&file.top, &file.body])?;
            paths.push(to.display().to_string());
        }
        Ok(result(&written, paths))
    }

    fn written(&mut self, input: &ExportInput, _now: Timestamp) -> Result<Written> {
        let wanted = Wanted::new(input)?;
        self.read(|reader| {
            let environments = reader.environments()?;
            let teams = reader.teams()?;
            let places = names(&environments);
            let team_names: Vec<&str> = teams.iter().map(|one| one.name.as_str()).collect();
            let name = wanted.name(&environments);
            let options = WriteOptions {
                name: Some(&name),
                refresh: Some(REFRESH),
                cancelled: wanted.filter.cancelled,
                environments: &places,
                teams: &team_names,
            };
            let limit = (input.target == ExportTarget::Google).then_some(GOOGLE);
            let mut files = Files::new(options, limit);
            let names = Names {
                environments: environments.iter().map(|one| (one.id, one)).collect(),
                teams: teams
                    .iter()
                    .map(|one| (one.id, one.name.as_str()))
                    .collect(),
            };
            let bookings = wanted.each(reader, &environments, |rows| {
                let named = rows.iter().filter_map(|row| names.of(row));
                files.add(&named.collect::<Vec<_>>());
            })?;
            // Outlook makes a calendar of its own of a file that has a name, for one booking too.
            if bookings == 1 && input.target == ExportTarget::Outlook {
                files.unname();
            }
            Ok(Written {
                files: files.finish(),
                bookings,
            })
        })
    }
}

/// What environments and teams are called.
struct Names<'a> {
    environments: HashMap<EnvironmentId, &'a Environment>,
    teams: HashMap<TeamId, &'a str>,
}

impl<'a> Names<'a> {
    fn of(&self, booking: &'a Booking) -> Option<Exported<'a>> {
        let environment = self.environments.get(&booking.environment)?;
        Some(Exported {
            booking,
            environment: &environment.name,
            zone: environment.zone,
            team: self.teams.get(&booking.team).copied().unwrap_or_default(),
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

    /// Hands on everything wanted, some at a time and each series with all its changed occurrences;
    /// how many there are, a series as one.
    fn each(
        &self,
        reader: &Reader<'_>,
        environments: &[Environment],
        mut then: impl FnMut(&[Booking]),
    ) -> Result<usize> {
        let zones: HashMap<_, _> = environments.iter().map(|one| (one.id, one.zone)).collect();
        let mut shared = reader.shared_uids()?;
        let mut done = HashSet::new();
        let (mut rows, mut count) = (Vec::new(), 0);
        reader.each_booking::<Error>(|booking| {
            if done.contains(&booking.uid) {
                return Ok(());
            }
            let whole = match shared.take(&booking.uid) {
                None => vec![booking],
                Some(uid) => {
                    let whole = reader.bookings_of(&uid)?;
                    done.insert(uid);
                    whole
                }
            };
            if whole.iter().any(|one| self.wants(one, &zones)) {
                rows.extend(whole);
                count += 1;
            }
            if rows.len() >= TOGETHER {
                then(&rows);
                rows.clear();
            }
            Ok(())
        })?;
        then(&rows);
        Ok(count)
    }

    fn wants(&self, booking: &Booking, zones: &HashMap<EnvironmentId, Tz>) -> bool {
        let zone = zones.get(&booking.environment).copied().unwrap_or(Tz::UTC);
        self.filter.environment(booking.environment)
            && self.filter.team(booking.team)
            && self.touches(booking, zone)
            && (self.filter.cancelled || booking.status != Status::Cancelled)
    }

    fn touches(&self, booking: &Booking, zone: Tz) -> bool {
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
    let bytes = written.files.iter().map(File::size).sum();
    ExportResult {
        bookings: count(written.bookings),
        bytes: count(bytes),
        files,
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
