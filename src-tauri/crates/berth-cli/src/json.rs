//! The shapes of `--json`: stable, for scripts. Names of fields are never changed, only added.
//!
//! Times are RFC 3339 in UTC, durations ISO 8601 (`PT1H30M`), names of environments and teams
//! stand for them, and what is not there is null.

mod conflict;
mod setup;
mod window;

pub(crate) use conflict::Conflict;
pub(crate) use setup::{Environment, Operation, Team};
pub(crate) use window::{Added, Window};

use berth_app::{Slot, wire};
use berth_core::{Timestamp, Transparency};
use chrono::TimeDelta;
use serde::Serialize;

use crate::session::Session;

/// A booking, or an occurrence of a series: `list`, `book`, `move`, `edit`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Booking {
    /// As every command takes it; null in a dry run.
    pub(crate) id: Option<String>,
    pub(crate) uid: Option<String>,
    pub(crate) recurrence_id: Option<String>,
    pub(crate) environment: String,
    pub(crate) team: String,
    pub(crate) title: String,
    pub(crate) start: String,
    pub(crate) end: String,
    pub(crate) zone: String,
    pub(crate) all_day: bool,
    pub(crate) status: wire::Status,
    pub(crate) transparency: &'static str,
    pub(crate) kind: wire::Kind,
    /// Null is the whole environment.
    pub(crate) units: Option<u32>,
    pub(crate) set_up: String,
    pub(crate) clean_up: String,
    pub(crate) plan: Option<String>,
}

/// `book`, `move`, `edit`: what there is now, and what it conflicts with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Booked {
    pub(crate) booking: Booking,
    pub(crate) conflicts: Vec<Conflict>,
}

/// `12`, or `12@2026-09-22T07:00:00Z` for an occurrence.
pub(crate) fn id(reference: &wire::BookingRef) -> String {
    match reference.recurrence_id {
        None => reference.id.clone(),
        Some(at) => format!("{}@{}", reference.id, instant(at)),
    }
}

/// Epoch milliseconds as RFC 3339.
pub(crate) fn instant(millis: i64) -> String {
    Timestamp::from_millis(millis).to_string()
}

/// ISO 8601: `PT1H30M`, `PT0S`.
pub(crate) fn duration(length: TimeDelta) -> String {
    let seconds = length.num_seconds().max(0);
    let parts = [
        (seconds / 3600, 'H'),
        (seconds / 60 % 60, 'M'),
        (seconds % 60, 'S'),
    ];
    let said: String = parts
        .iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, unit)| format!("{n}{unit}"))
        .collect();
    if said.is_empty() {
        "PT0S".into()
    } else {
        format!("PT{said}")
    }
}

impl Session {
    /// A slot as `list` shows it.
    pub(crate) fn json_booking(&self, slot: &Slot) -> Booking {
        let booking = &slot.booking;
        let environment = self.environment_of(slot);
        let zone = environment.map_or(self.phrasing.zone, |one| one.zone);
        let reference = reference(slot);
        Booking {
            id: Some(id(&reference)),
            uid: Some(booking.uid.clone()),
            recurrence_id: reference.recurrence_id.map(instant),
            environment: environment.map(|one| one.name.clone()).unwrap_or_default(),
            team: self.team_name(booking.team).to_owned(),
            title: booking.title.clone(),
            start: slot.start.to_string(),
            end: slot.end.to_string(),
            zone: slot.when.zone(zone).name().to_owned(),
            all_day: slot.when.is_all_day(),
            status: booking.status.into(),
            transparency: transparency(booking.transparency == Transparency::Opaque),
            kind: booking.kind.into(),
            units: booking.units,
            set_up: duration(booking.set_up),
            clean_up: duration(booking.clean_up),
            plan: booking.plan.clone(),
        }
    }
}

/// The reference that a slot is listed under.
pub(crate) fn reference(slot: &Slot) -> wire::BookingRef {
    let recurrence_id = slot.recurrence_id.map(Timestamp::millis);
    wire::BookingRef {
        id: slot.booking.id.to_string(),
        recurrence_id,
    }
}

/// How iCalendar calls it (RFC 5545, 3.8.2.7).
pub(crate) fn transparency(blocks: bool) -> &'static str {
    if blocks { "opaque" } else { "transparent" }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::duration;

    #[test]
    fn durations() {
        for (seconds, expected) in [
            (0, "PT0S"),
            (-5, "PT0S"),
            (1800, "PT30M"),
            (5400, "PT1H30M"),
            (90_061, "PT25H1M1S"),
        ] {
            assert_eq!(duration(TimeDelta::seconds(seconds)), expected);
        }
    }
}
