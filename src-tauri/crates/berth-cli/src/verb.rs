//! One file per verb: its options, and what it does.

pub(crate) mod accept;
pub(crate) mod backup;
pub(crate) mod book;
pub(crate) mod cancel;
pub(crate) mod completions;
pub(crate) mod conflicts;
pub(crate) mod delete;
pub(crate) mod doctor;
pub(crate) mod edit;
pub(crate) mod env;
pub(crate) mod export;
pub(crate) mod forecast;
pub(crate) mod free;
pub(crate) mod freeze;
pub(crate) mod history;
pub(crate) mod ical;
pub(crate) mod import;
pub(crate) mod list;
pub(crate) mod man;
pub(crate) mod may;
pub(crate) mod move_to;
pub(crate) mod redo;
pub(crate) mod restore;
pub(crate) mod show;
pub(crate) mod team;
pub(crate) mod undelete;
pub(crate) mod undo;
pub(crate) mod week;
pub(crate) mod window;

use berth_app::wire::{self, BookingRef, Scope, Severity};
use berth_app::{Result, Slot};

use serde::Serialize;

use crate::answer::Ended;
use crate::json;
use crate::session::Session;
use crate::style::plain;

/// Names a booking, or one occurrence of a series.
#[derive(Debug, clap::Args)]
pub(crate) struct Target {
    /// Its id as `berth list` shows it, 12 or 12@2026-09-22T07:00:00Z, or its UID.
    id: String,
    /// The whole series, although an occurrence is named.
    #[arg(long)]
    series: bool,
    /// The occurrence and all that follow.
    #[arg(long, conflicts_with = "series")]
    following: bool,
}

impl Target {
    /// The booking, and whether all of its series is meant.
    ///
    /// # Errors
    /// With code `not-found` when there is none.
    fn find(&self, session: &mut Session) -> Result<(BookingRef, Scope)> {
        let reference = session.berth.find_booking(&self.id)?;
        let one = reference.recurrence_id.is_some() && !self.series;
        let scope = match one {
            true if self.following => Scope::Following,
            true => Scope::This,
            false => Scope::All,
        };
        Ok((reference, scope))
    }
}

/// What a command that changes one booking says: what was done, then the conflicts.
fn changed(
    session: &mut Session,
    outcome: &wire::Outcome,
    reference: &BookingRef,
) -> Result<json::Booked> {
    let slot = session
        .berth
        .slot(outcome.booking.as_ref().unwrap_or(reference))?;
    Ok(json::Booked {
        booking: session.json_booking(&slot),
        conflicts: session.json_conflicts(&outcome.conflicts),
    })
}

/// `Booked “load test” on staging, Thu 17 Sep 09:00–13:00`, with the id, and what it conflicts with.
fn told(session: &Session, outcome: &wire::Outcome) -> String {
    let title = outcome
        .operation
        .as_ref()
        .map_or("Nothing to change", |operation| &operation.title);
    let id = outcome
        .booking
        .as_ref()
        .map(|reference| format!(" (id {})", json::id(reference)));
    let conflicts: String = outcome
        .conflicts
        .iter()
        .map(|one| explained(session, one))
        .collect();
    let id = session.style.dim(&id.unwrap_or_default());
    let zone = outcome.booking.as_ref().map(|_| session.zone_note());
    format!(
        "{}{id}\n{conflicts}{}",
        plain(title),
        zone.unwrap_or_default()
    )
}

/// What a command says that leaves no booking to show.
fn undoable(session: &Session, outcome: &wire::Outcome) -> Ended {
    let done = Done {
        operation: outcome.operation.as_ref().map(Into::into),
    };
    Ok(session.answer(&done, || told(session, outcome))?)
}

/// What undo and redo say.
fn swapped(session: &Session, outcome: &wire::Outcome, verb: &str) -> Ended {
    let done = Done {
        operation: outcome.operation.as_ref().map(Into::into),
    };
    let title = outcome
        .operation
        .as_ref()
        .map_or("", |operation| &operation.title);
    Ok(session.answer(&done, || format!("{verb}: {}\n", plain(title)))?)
}

/// Null when nothing changed.
#[derive(Debug, Serialize)]
struct Done {
    operation: Option<json::Operation>,
}

/// A conflict on two lines: severity and headline, then the explanation.
fn explained(session: &Session, conflict: &wire::Conflict) -> String {
    let mark = match conflict.severity {
        _ if conflict.accepted.is_some() => session.style.dim("accepted"),
        Severity::Error => session.style.red("error"),
        Severity::Warning => session.style.yellow("warning"),
        Severity::Info => session.style.dim("info"),
    };
    let accepted = conflict
        .accepted
        .as_ref()
        .map(|one| format!(" Accepted by {}: {}", one.who, one.reason));
    let said = format!("{}{}", conflict.explanation, accepted.unwrap_or_default());
    format!(
        "{mark}: {}\n    {}\n",
        plain(&conflict.headline),
        plain(&said)
    )
}

/// When a slot is, and what is special about it, after its title.
fn remarks(slot: &Slot) -> String {
    let booking = &slot.booking;
    let status = match booking.status {
        berth_core::Status::Tentative => "tentative",
        berth_core::Status::Cancelled => "cancelled",
        berth_core::Status::Confirmed => "",
    };
    let free = if booking.transparency == berth_core::Transparency::Transparent {
        "free"
    } else {
        ""
    };
    let series = if slot.recurrence_id.is_none() && booking.recurrence.is_some() {
        "series"
    } else {
        ""
    };
    let all: Vec<&str> = [status, free, series]
        .into_iter()
        .filter(|word| !word.is_empty())
        .collect();
    if all.is_empty() {
        String::new()
    } else {
        format!(" ({})", all.join(", "))
    }
}
