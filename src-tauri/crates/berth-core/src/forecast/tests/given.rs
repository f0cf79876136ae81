//! Series, expanded and searched.

use chrono::{NaiveDateTime, TimeDelta};
use chrono_tz::Europe::Berlin;

use super::*;
use crate::conflict::conflicts;
use crate::words::{Language, Phrasing};
use crate::{
    Booking, BookingId, Kind, Recurrence, Rule, Status, TeamId, Timestamp, Transparency, When, time,
};

pub(super) fn wall(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
}

pub(super) fn range(start: &str, end: &str) -> TimeRange {
    let at = |text| time::localise(wall(text), Berlin);
    TimeRange::new(at(start), at(end)).unwrap()
}

/// On staging, by the team with the same number as the booking; single when the rule is empty.
pub(super) fn booking(number: u32, start: &str, minutes: i64, zone: Tz, rule: &str) -> Booking {
    let rule = (!rule.is_empty()).then(|| Rule::parse(rule).unwrap());
    Booking {
        id: BookingId(i64::from(number)),
        uid: number.to_string(),
        recurrence_id: None,
        environment: EnvironmentId(1),
        team: TeamId(i64::from(number)),
        when: When::Timed {
            start: wall(start),
            end: wall(start) + TimeDelta::minutes(minutes),
            zone,
        },
        recurrence: rule.map(|rule| Recurrence {
            rule: Some(rule),
            ..Recurrence::default()
        }),
        title: String::new(),
        notes: String::new(),
        status: Status::Confirmed,
        transparency: Transparency::Opaque,
        units: None,
        set_up: TimeDelta::zero(),
        clean_up: TimeDelta::zero(),
        kind: Kind::Test,
        plan: None,
        lead_times: None,
        sequence: 0,
        created: Timestamp::default(),
        modified: Timestamp::default(),
        calendar: None,
        source: None,
    }
}

/// The holds of a range, and where each comes from.
pub(super) fn expanded(bookings: &[Booking], range: TimeRange) -> (Vec<Hold>, Vec<Origin>) {
    let all = bookings
        .iter()
        .flat_map(|one| one.occurrences(Berlin, &[], range.start(), range.end()));
    all.map(|one| {
        let hold = Hold {
            environment: one.booking.environment,
            team: one.booking.team,
            plan: None,
            start: one.start,
            end: one.end,
            set_up: 0,
            clean_up: 0,
            units: None,
            confirmed: one.booking.status == Status::Confirmed,
        };
        let origin = Origin {
            booking: one.booking.id.0 as u32,
            zone: one.booking.when.zone(Berlin),
            repeats: one.booking.recurrence.is_some(),
        };
        (hold, origin)
    })
    .unzip()
}

pub(super) struct Ahead {
    pub(super) conflicts: Vec<Conflict>,
    pub(super) groups: Vec<Group>,
    pub(super) weeks: Vec<Week>,
}

pub(super) fn ahead(bookings: &[Booking], range: TimeRange) -> Ahead {
    let (holds, origins) = expanded(bookings, range);
    let conflicts = conflicts(&holds, |_| 1);
    let groups = groups(&conflicts, &holds, |index| origins[index as usize], range);
    let weeks = weeks(&conflicts, range, Berlin);
    Ahead {
        conflicts,
        groups,
        weeks,
    }
}

impl Ahead {
    /// Each group in a line, as seen from Berlin on 1 January 2026.
    pub(super) fn told(&self) -> String {
        let now = range("2026-01-01 00:00", "2026-01-02 00:00").start();
        let phrasing = Phrasing {
            zone: Berlin,
            now,
            hour12: false,
            language: Language::English,
        };
        let line = |group: &Group| {
            let words = group.words(&self.conflicts, phrasing);
            format!("{:?} {:?} {words}", group.severity, group.bookings)
        };
        self.groups.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}
