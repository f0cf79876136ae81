//! Importing: a preview, then one operation.

use std::collections::{HashMap, HashSet};

use berth_core::{Severity, TeamId, Timestamp};
use berth_store::{Reader, Writer};
use chrono::TimeDelta;

use super::plan::{Plan, plan};
use super::{Source, load, source};
use crate::conflict::{Found, Member, find};
use crate::wire::{ImportAction, ImportInput, ImportItem, ImportPreview, ImportResult};
use crate::{Berth, Result};

/// New conflicts are counted for so long from now on.
const HORIZON: TimeDelta = TimeDelta::weeks(26);

impl Berth {
    /// What importing the file would do. Nothing is written.
    ///
    /// # Errors
    /// With code `file` when it cannot be read, `input` when it is no calendar, `too-large` when the
    /// person should be asked first.
    pub fn preview_import(&mut self, input: &ImportInput, now: Timestamp) -> Result<ImportPreview> {
        let (bytes, file) = load(&input.path)?;
        self.preview_import_of(bytes, &file, input, now)
    }

    /// [`Berth::preview_import`] of a calendar that has been read already.
    ///
    /// # Errors
    /// As there.
    pub fn preview_import_of(
        &mut self,
        bytes: Vec<u8>,
        file: &str,
        input: &ImportInput,
        now: Timestamp,
    ) -> Result<ImportPreview> {
        let phrasing = self.phrasing(now)?;
        let source = source(bytes, file, input, phrasing.zone)?;
        self.read(|reader| Ok(plan(reader, &source, input, phrasing)?.preview))
    }

    /// Imports the file in one operation that undo takes back.
    ///
    /// # Errors
    /// As [`Berth::preview_import`]; nothing is written then.
    pub fn apply_import(&mut self, input: &ImportInput, now: Timestamp) -> Result<ImportResult> {
        let (bytes, file) = load(&input.path)?;
        Ok(self.apply_import_of(bytes, &file, input, now)?.0)
    }

    /// [`Berth::apply_import`] of a calendar that has been read already; returns what the preview
    /// would have shown as well.
    ///
    /// # Errors
    /// As there.
    pub fn apply_import_of(
        &mut self,
        bytes: Vec<u8>,
        file: &str,
        input: &ImportInput,
        now: Timestamp,
    ) -> Result<(ImportResult, ImportPreview)> {
        let phrasing = self.phrasing(now)?;
        let source = source(bytes, file, input, phrasing.zone)?;
        let done = self.write(now, |writer| {
            let plan = plan(writer, &source, input, phrasing)?;
            let before = conflicts(writer, now)?;
            let title = title(&plan, &source);
            let date = first_date(&plan, phrasing.zone, now);
            let preview = carry_out(writer, plan, &source)?;
            let after = conflicts(writer, now)?;
            Ok(((preview, date, after.difference(&before).count()), title))
        })?;
        let (preview, date, new) = done.value;
        let result = ImportResult {
            operation: done.operation.map(Into::into),
            counts: preview.counts,
            new_conflicts: u32::try_from(new).unwrap_or(u32::MAX),
            date,
        };
        Ok((result, preview))
    }
}

fn title(plan: &Plan, source: &Source) -> String {
    let bookings = |n: usize| format!("{n} {}", if n == 1 { "booking" } else { "bookings" });
    let (written, removed) = (
        plan.bookings.len(),
        plan.preview.items.iter().filter(|one| is_gone(one)).count(),
    );
    match (written, removed) {
        (_, 0) => format!("Imported {} from {}", bookings(written), source.file),
        (0, _) => format!(
            "Removed {} that {} no more has",
            bookings(removed),
            source.file
        ),
        _ => format!(
            "Imported {} from {} and removed {removed}",
            bookings(written),
            source.file
        ),
    }
}

fn is_gone(item: &ImportItem) -> bool {
    item.line == 0 && item.action == ImportAction::Cancel
}

/// Writes teams, the calendar, and the bookings; nothing at all where there is no news.
fn carry_out(writer: &mut Writer<'_>, plan: Plan, source: &Source) -> Result<ImportPreview> {
    if plan.bookings.is_empty() && plan.removed.is_empty() {
        return Ok(plan.preview);
    }
    for id in plan.removed {
        writer.remove_booking(id)?;
    }
    let mut teams = HashMap::new();
    for team in plan.teams {
        let provisional = team.id;
        let id = writer.put_team(&berth_core::Team {
            id: TeamId(0),
            ..team
        })?;
        teams.insert(provisional, id);
    }
    let known = writer
        .calendars()?
        .into_iter()
        .find(|one| one.id == plan.calendar.id);
    let calendar = match known {
        Some(known) if known == plan.calendar => known.id,
        _ => writer.put_calendar(&plan.calendar)?,
    };
    for row in plan.bookings {
        let mut booking = row.booking;
        if let Some(component) = row.component {
            booking.source = Some(source.document.source(component).into_owned());
        }
        booking.team = teams.get(&booking.team).copied().unwrap_or(booking.team);
        booking.calendar = booking.calendar.or(Some(calendar));
        writer.put_booking(&booking)?;
    }
    Ok(plan.preview)
}

/// The first day ahead that the import puts something on, else the first at all.
fn first_date(plan: &Plan, zone: chrono_tz::Tz, now: Timestamp) -> Option<String> {
    let starts = plan
        .bookings
        .iter()
        .map(|row| row.booking.when.instants(zone).0);
    let (ahead, past): (Vec<Timestamp>, Vec<Timestamp>) = starts.partition(|start| *start >= now);
    let first = ahead.into_iter().min().or_else(|| past.into_iter().max())?;
    Some(first.wall(zone).date().to_string())
}

type Identity = (berth_core::ConflictKind, Vec<Member>);

/// Who conflicts with whom from now on, within a team left out.
fn conflicts(reader: &Reader<'_>, now: Timestamp) -> Result<HashSet<Identity>> {
    let environments = reader.environments()?;
    let found = find(reader, &environments, now, now + HORIZON)?;
    let counted = found
        .iter()
        .filter(|one| one.conflict.severity != Severity::Info);
    Ok(counted.map(identity).collect())
}

fn identity(found: &Found) -> Identity {
    let mut members: Vec<Member> = found.members.iter().map(|(member, _)| *member).collect();
    members.sort_unstable();
    (found.conflict.kind, members)
}
