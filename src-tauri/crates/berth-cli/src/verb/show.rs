//! `berth show`

use berth_app::Slot;
use berth_app::wire::{BookingDetail, Operation};
use berth_core::words::duration_words;
use chrono::TimeDelta;
use serde::Serialize;

use super::{Target, explained, remarks};
use crate::answer::Ended;
use crate::json;
use crate::session::Session;
use crate::style::{plain, plain_lines};
use crate::table::table;

/// Shows a booking in full.
#[derive(Debug, clap::Args)]
pub(crate) struct Show {
    #[command(flatten)]
    target: Target,
}

/// What `list` says of it, and the rest.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Full {
    #[serde(flatten)]
    booking: json::Booking,
    notes: String,
    repeat: Option<String>,
    repeat_words: Option<String>,
    /// Null follows the environment.
    lead_times: Option<Vec<String>>,
    calendar: Option<String>,
    created: String,
    modified: String,
    conflicts: Vec<json::Conflict>,
    history: Vec<json::Operation>,
}

impl Show {
    pub(crate) fn run(&self, session: &mut Session) -> Ended {
        let (mut reference, scope) = self.target.find(session)?;
        if scope == berth_app::wire::Scope::All && reference.recurrence_id.is_some() {
            // The series of the occurrence that was named: its first row carries the UID alone.
            let uid = session.berth.show_booking(&reference, session.now)?.uid;
            reference = session.berth.find_booking(&uid)?;
        }
        let slot = session.berth.slot(&reference)?;
        let detail = session.berth.show_booking(&reference, session.now)?;
        let full = full(session, &slot, &detail);
        Ok(session.answer(&full, || text(session, &slot, &detail))?)
    }
}

fn full(session: &Session, slot: &Slot, detail: &BookingDetail) -> Full {
    let minutes = |lead: &u32| json::duration(TimeDelta::minutes((*lead).into()));
    Full {
        booking: session.json_booking(slot),
        notes: detail.input.notes.clone(),
        repeat: detail.input.repeat.clone(),
        repeat_words: detail.repeat_words.clone(),
        lead_times: detail
            .input
            .lead_times
            .as_ref()
            .map(|leads| leads.iter().map(minutes).collect()),
        calendar: detail.calendar.clone(),
        created: json::instant(detail.created),
        modified: json::instant(detail.modified),
        conflicts: session.json_conflicts(&detail.conflicts),
        history: detail.history.iter().map(Into::into).collect(),
    }
}

fn text(session: &Session, slot: &Slot, detail: &BookingDetail) -> String {
    let booking = &slot.booking;
    let environment = session.environment_of(slot);
    let title = if booking.title.is_empty() {
        "untitled booking"
    } else {
        &booking.title
    };
    let units = booking.units.map_or("all of it".to_owned(), |units| {
        format!("{units} of its units")
    });
    let lines = [
        ("id", json::id(&json::reference(slot))),
        ("uid", booking.uid.clone()),
        (
            "when",
            format!("{} ({})", slot.words(session.phrasing), detail.duration),
        ),
        (
            "zone",
            environment
                .map(|one| slot.when.zone(one.zone).name().to_owned())
                .unwrap_or_default(),
        ),
        ("repeats", detail.repeat_words.clone().unwrap_or_default()),
        (
            "environment",
            environment.map(|one| one.name.clone()).unwrap_or_default(),
        ),
        ("team", session.team_name(booking.team).to_owned()),
        ("kind", format!("{:?}", booking.kind).to_lowercase()),
        ("takes", units),
        ("set-up", buffer(booking.set_up)),
        ("clean-up", buffer(booking.clean_up)),
        ("plan", booking.plan.clone().unwrap_or_default()),
        ("reminder", leads(detail.input.lead_times.as_deref())),
        ("calendar", detail.calendar.clone().unwrap_or_default()),
    ];
    let said = lines.iter().filter(|(_, value)| !value.is_empty());
    let rows: Vec<Vec<String>> = said
        .map(|(name, value)| vec![session.style.dim(name), plain(value)])
        .collect();
    let notes = plain_lines(booking.notes.trim_end());
    let notes = if notes.is_empty() {
        notes
    } else {
        format!("\n{notes}\n")
    };
    let conflicts: String = detail
        .conflicts
        .iter()
        .map(|one| explained(session, one))
        .collect();
    let gap = if conflicts.is_empty() { "" } else { "\n" };
    format!(
        "{}{}\n{}{notes}{gap}{conflicts}{}{}",
        session.style.bold(&plain(title)),
        remarks(slot),
        table(&rows),
        history(session, &detail.history),
        session.zone_note()
    )
}

/// Who did what to it, newest first.
fn history(session: &Session, operations: &[Operation]) -> String {
    let rows: Vec<Vec<String>> = operations
        .iter()
        .map(|one| super::history::row(session, one))
        .collect();
    if rows.is_empty() {
        return String::new();
    }
    format!("\n{}", table(&rows))
}

fn buffer(length: TimeDelta) -> String {
    if length.is_zero() {
        String::new()
    } else {
        duration_words(length)
    }
}

/// Only what differs from the environment is worth a line.
fn leads(minutes: Option<&[u32]>) -> String {
    let words = |lead: &u32| duration_words(TimeDelta::minutes((*lead).into()));
    match minutes {
        None => String::new(),
        Some([]) => "never".into(),
        Some(leads) => format!(
            "{} before",
            leads.iter().map(words).collect::<Vec<_>>().join(" and ")
        ),
    }
}
