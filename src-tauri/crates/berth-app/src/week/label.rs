//! The complete name of a card, for people who do not see it.

use berth_core::words::{Phrasing, list_words};
use berth_core::{Status, TimeRange, Transparency, When};
use chrono::NaiveDateTime;

use crate::Slot;
use crate::wire::{BookingRef, Conflict, ConflictKind};

/// Everything a label says.
pub(super) struct Subject<'a> {
    pub(super) slot: &'a Slot,
    pub(super) environment: &'a str,
    pub(super) team: &'a str,
    pub(super) reference: &'a BookingRef,
    pub(super) conflicts: &'a [&'a Conflict],
    pub(super) phrasing: Phrasing,
}

/// `load test, Perf, staging, Thursday 17 September 2026 09:00 to 13:00, confirmed, overlaps Infra:
/// infrastructure changes`.
pub(super) fn label(subject: &Subject<'_>) -> String {
    let booking = &subject.slot.booking;
    let mut parts = vec![
        if booking.title.is_empty() {
            "untitled booking".to_owned()
        } else {
            booking.title.clone()
        },
        subject.team.to_owned(),
        subject.environment.to_owned(),
        time(subject),
        if booking.status == Status::Tentative {
            "tentative"
        } else {
            "confirmed"
        }
        .to_owned(),
    ];
    if booking.transparency == Transparency::Transparent {
        parts.push("does not block".into());
    }
    if booking.recurrence.is_some() || booking.recurrence_id.is_some() {
        parts.push("repeats".into());
    }
    for conflict in subject.conflicts {
        // Two occurrences of one series sound alike.
        let phrase = with(conflict, subject.reference);
        if !parts.contains(&phrase) {
            parts.push(phrase);
        }
    }
    parts.join(", ")
}

fn time(subject: &Subject<'_>) -> String {
    let phrasing = subject.phrasing;
    let date = |wall: NaiveDateTime| wall.format("%A %-d %B %Y").to_string();
    if let When::AllDay { start, end } = subject.slot.when {
        let last = end.pred_opt().unwrap_or(end).max(start);
        let first = start.format("%A %-d %B %Y");
        return if last == start {
            format!("{first}, all day")
        } else {
            format!("{first} to {}, all day", last.format("%A %-d %B %Y"))
        };
    }
    let (start, end) = (subject.slot.start, subject.slot.end);
    let first = start.wall(phrasing.zone);
    let Some(range) = TimeRange::new(start, end) else {
        return format!("{} {}", date(first), phrasing.time(start));
    };
    let until = phrasing.until(range.end(), first.date());
    format!("{} {} to {until}", date(first), phrasing.time(start))
}

fn with(conflict: &Conflict, me: &BookingRef) -> String {
    let others = conflict.bookings.iter().filter(|one| one.reference != *me);
    let others: Vec<String> = others
        .map(|one| {
            if one.title.is_empty() {
                one.team.clone()
            } else {
                format!("{}: {}", one.team, one.title)
            }
        })
        .collect();
    let verb = match conflict.kind {
        ConflictKind::Overlap => "overlaps",
        ConflictKind::Buffer => "leaves too little time beside",
        ConflictKind::Freeze => "meets a freeze",
        ConflictKind::OutsideWindow => "lies outside the allowed window",
    };
    let accepted = if conflict.accepted.is_some() {
        " (accepted)"
    } else {
        ""
    };
    format!("{verb} {}{accepted}", list_words(&others))
        .trim_end()
        .to_owned()
}
