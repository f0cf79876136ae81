//! The words in which Berth's own properties are written, and the line that says the same to people.

use berth_core::Kind;
use chrono::TimeDelta;

use crate::write::Exported;

/// `X-BERTH-KIND`.
pub(crate) const KINDS: [(&str, Kind); 4] = [
    ("DEPLOY", Kind::Deploy),
    ("TEST", Kind::Test),
    ("MAINTENANCE", Kind::Maintenance),
    ("WATCH", Kind::Watch),
];

/// `X-BERTH-LEAD-TIMES` of a booking whose team is never told.
pub(crate) const NEVER: &str = "NONE";

/// What a booking is in Berth, on one line: `deploy on staging by Infra, set-up 30 min`.
pub(crate) fn line(exported: &Exported<'_>) -> String {
    let booking = exported.booking;
    let kind = match booking.kind {
        Kind::Deploy => "deploy",
        Kind::Test => "test",
        Kind::Maintenance => "maintenance",
        Kind::Watch => "watch",
    };
    let mut line = format!("{kind} on {} by {}", exported.environment, exported.team);
    if let Some(units) = booking.units {
        line.push_str(&format!(", shared, takes {units}"));
    }
    for (name, length) in [("set-up", booking.set_up), ("clean-up", booking.clean_up)] {
        if length > TimeDelta::zero() {
            line.push_str(&format!(", {name} {}", length_in_words(length)));
        }
    }
    if let Some(plan) = &booking.plan {
        line.push_str(&format!(", plan {plan}"));
    }
    line.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

/// `1 h 30 min`; seconds only where there are any.
fn length_in_words(length: TimeDelta) -> String {
    let seconds = length.num_seconds();
    let parts = [
        (seconds / 3600, "h"),
        (seconds / 60 % 60, "min"),
        (seconds % 60, "s"),
    ];
    let said = parts
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, unit)| format!("{number} {unit}"));
    said.collect::<Vec<_>>().join(" ")
}
