//! Importing: a preview, then one operation.

use std::collections::HashMap;

use berth_core::{Booking, TeamId, Timestamp};
use berth_ical::Keeper;
use berth_store::Writer;

use super::plan::{Listed, Plan, plan};
use super::row::{Change, Row, booking};
use super::{Source, load, source};
use crate::forecast::Outlook;
use crate::phrase::quoted;
use crate::wire::{ImportAction, ImportInput, ImportPreview, ImportResult};
use crate::{Berth, Code, Error, Result};

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
        self.read(|reader| Ok(plan(reader, &source, input, phrasing, Listed::All)?.preview))
    }

    /// Imports the file in one operation that undo takes back.
    ///
    /// # Errors
    /// As [`Berth::preview_import`], and with code `removes` where it would remove bookings and nobody
    /// has agreed to that; nothing is written then.
    pub fn apply_import(&mut self, input: &ImportInput, now: Timestamp) -> Result<ImportResult> {
        let (bytes, file) = load(&input.path)?;
        Ok(self
            .apply_import_of(bytes, &file, input, Listed::Skipped, now)?
            .0)
    }

    /// [`Berth::apply_import`] of a calendar that has been read already; returns what the preview
    /// would have shown as well, of the events those that are `listed`.
    ///
    /// # Errors
    /// As there.
    pub fn apply_import_of(
        &mut self,
        bytes: Vec<u8>,
        file: &str,
        input: &ImportInput,
        listed: Listed,
        now: Timestamp,
    ) -> Result<(ImportResult, ImportPreview)> {
        let phrasing = self.phrasing(now)?;
        let source = source(bytes, file, input, phrasing.zone)?;
        let done = self.write(now, |writer| {
            let plan = plan(writer, &source, input, phrasing, listed)?;
            if plan.gone > 0 && !input.removals {
                return Err(ask(&plan));
            }
            let before = Outlook::look(writer, phrasing)?;
            let title = title(&plan, &source);
            let date = first_date(&plan, &source, phrasing.zone, now);
            let preview = carry_out(writer, plan, source, now)?;
            let after = Outlook::look(writer, phrasing)?;
            Ok(((preview, date, before.turn(&after).caused), title))
        })?;
        let (preview, date, new_conflicts) = done.value;
        let result = ImportResult {
            operation: done.operation.map(Into::into),
            counts: preview.counts,
            new_conflicts,
            date,
        };
        Ok((result, preview))
    }

    /// Imports what was read already, without a look at the conflicts.
    pub(crate) fn take(
        &mut self,
        source: Source,
        input: &ImportInput,
        now: Timestamp,
    ) -> Result<ImportPreview> {
        let phrasing = self.phrasing(now)?;
        let done = self.write(now, |writer| {
            let plan = plan(writer, &source, input, phrasing, Listed::All)?;
            let title = title(&plan, &source);
            Ok((carry_out(writer, plan, source, now)?, title))
        })?;
        Ok(done.value)
    }
}

/// So many removals are named in a question; the preview has them all.
const NAMED: usize = 20;

/// What is asked before anything is removed.
fn ask(plan: &Plan) -> Error {
    let items = plan.preview.items.iter();
    let gone: Vec<String> = items
        .filter(|item| item.line == 0 && item.action == ImportAction::Cancel)
        .map(|item| format!("{} ({})", quoted(&item.title), item.time))
        .collect();
    let named = gone
        .iter()
        .take(NAMED)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    let more = match gone.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    let bookings = if gone.len() == 1 {
        "booking"
    } else {
        "bookings"
    };
    Error {
        code: Code::Removes,
        message: format!(
            "Importing {} would remove {} {bookings} that it no longer has: {named}{more}. Nothing was imported.",
            plan.preview.file,
            gone.len()
        ),
        hint: "If these are to go, import it again with --remove; undo brings them back.".into(),
    }
}

fn title(plan: &Plan, source: &Source) -> String {
    let bookings = |n: usize| format!("{n} {}", if n == 1 { "booking" } else { "bookings" });
    let (written, removed) = (plan.rows.len() + plan.reverted, plan.gone);
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

/// Writes teams, the calendar, and the bookings; nothing at all where there is no news.
fn carry_out(
    writer: &mut Writer<'_>,
    plan: Plan,
    source: Source,
    now: Timestamp,
) -> Result<ImportPreview> {
    if plan.rows.is_empty() && plan.removed.is_empty() {
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
    let finish = |mut booking: Booking| {
        booking.team = teams.get(&booking.team).copied().unwrap_or(booking.team);
        booking.calendar = booking.calendar.or(Some(calendar));
        booking
    };
    write_rows(writer, plan.rows, source, now, finish)?;
    Ok(plan.preview)
}

/// Makes a booking of each row and writes it; the events go as they become bookings.
fn write_rows(
    writer: &mut Writer<'_>,
    rows: Vec<Row>,
    source: Source,
    now: Timestamp,
    finish: impl Fn(Booking) -> Booking,
) -> Result<()> {
    let environments = writer.environments()?;
    let Source {
        document, calendar, ..
    } = source;
    let keeper = Keeper::new(&document);
    let mut events = calendar.events.into_iter();
    let mut next = 0;
    for row in rows {
        let event = events.nth(row.event - next);
        next = row.event + 1;
        let booking = match (row.change, event) {
            (Change::CallOff(booking), _) => *booking,
            (Change::Take(taken), Some(event)) => {
                let place = environments.iter().find(|one| one.id == taken.environment);
                let (Some(place), Ok(when)) = (place, event.when.clone()) else {
                    continue;
                };
                booking(event, when, (&document, &keeper), place, taken, now)
            }
            (Change::Take(_), None) => continue,
        };
        writer.put_booking(&finish(booking))?;
    }
    Ok(())
}

/// The first day ahead that the import puts something on, else the first at all.
fn first_date(plan: &Plan, source: &Source, zone: chrono_tz::Tz, now: Timestamp) -> Option<String> {
    let when = |row: &Row| match &row.change {
        Change::CallOff(booking) => Some(booking.when),
        Change::Take(_) => source.calendar.events.get(row.event)?.when.clone().ok(),
    };
    let starts = || {
        plan.rows
            .iter()
            .filter_map(when)
            .map(|one| one.instants(zone).0)
    };
    let ahead = starts().filter(|start| *start >= now).min();
    let first = ahead.or_else(|| starts().max())?;
    Some(first.wall(zone).date().to_string())
}
