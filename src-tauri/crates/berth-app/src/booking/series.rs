//! A series and its occurrences: which one is meant, and what becomes of the whole when one moves.

use berth_core::time::{Tz, localise};
use berth_core::{Booking, Recurrence, Rule, Timestamp, When};
use berth_store::Reader;
use chrono::{NaiveDateTime, TimeDelta};

use super::gone;
use crate::{Error, Result};

/// The master of the series that `booking` belongs to; itself when it is one.
pub(crate) fn master(reader: &Reader<'_>, booking: Booking) -> Result<Booking> {
    if booking.recurrence_id.is_none() {
        return Ok(booking);
    }
    reader.booking_by_uid(&booking.uid, None)?.ok_or_else(gone)
}

/// The wall time that a series gives to the occurrence which starts at this instant.
///
/// Not simply what the clock shows then: a start that falls into the spring gap is an hour off.
pub(crate) fn wall_of(master: &Booking, environment: Tz, at: Timestamp) -> Result<NaiveDateTime> {
    let zone = master.when.zone(environment);
    let shown = at.wall(zone);
    let near = (shown - TimeDelta::days(1), shown + TimeDelta::days(1));
    let recurrence = master.recurrence.as_ref().ok_or_else(gone)?;
    let expansion = recurrence.expand(master.when.start(), zone, near.0, near.1, 100);
    let found = expansion.starts.into_iter().find(|start| localise(*start, zone) == at);
    found.ok_or_else(|| {
        Error::not_found("The series has no occurrence at that time (any more).", "Reload and choose it again.")
    })
}

/// An override for the occurrence that the series puts at `original`: the row it has, or a new one.
pub(crate) fn override_of(reader: &Reader<'_>, master: &Booking, original: NaiveDateTime) -> Result<Booking> {
    if let Some(existing) = reader.booking_by_uid(&master.uid, Some(original))? {
        return Ok(existing);
    }
    Ok(Booking {
        id: berth_core::BookingId(0),
        recurrence_id: Some(original),
        when: master.when.starting(original),
        recurrence: None,
        ..master.clone()
    })
}

/// The series as it becomes when its occurrence at `occurrence` goes to `to`: everything moves by
/// the same wall time, and takes the new length.
///
/// # Errors
/// With code `input` when the rule names days that the move would contradict.
pub(crate) fn shifted(master: &Booking, occurrence: NaiveDateTime, to: When) -> Result<Booking> {
    let delta = to.start() - occurrence;
    let recurrence = master.recurrence.as_ref().map(|recurrence| shift(recurrence, delta, occurrence)).transpose()?;
    Ok(Booking { when: to.starting(master.when.start() + delta), recurrence, ..master.clone() })
}

fn shift(recurrence: &Recurrence, delta: TimeDelta, occurrence: NaiveDateTime) -> Result<Recurrence> {
    let days = ((occurrence + delta).date() - occurrence.date()).num_days();
    Ok(Recurrence {
        rule: recurrence.rule.as_ref().map(|rule| shift_rule(rule, days)).transpose()?,
        added: recurrence.added.iter().map(|wall| *wall + delta).collect(),
        excluded: recurrence.excluded.iter().map(|wall| *wall + delta).collect(),
    })
}

const WEEK: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/// A rule on other days: a weekly one turns its weekdays, one without named days needs nothing.
fn shift_rule(rule: &Rule, days: i64) -> Result<Rule> {
    let text = rule.to_string();
    let names_days = ["BYDAY=", "BYMONTHDAY=", "BYYEARDAY=", "BYWEEKNO=", "BYMONTH="];
    if days == 0 || !names_days.iter().any(|part| text.contains(part)) {
        return Ok(rule.clone());
    }
    let weekly = text.contains("FREQ=WEEKLY") && !names_days[1..].iter().any(|part| text.contains(part));
    let turned = weekly.then(|| text.split(';').map(|part| turn(part, days)).collect::<Vec<_>>().join(";"));
    turned.and_then(|text| Rule::parse(&text).ok()).ok_or_else(|| {
        Error::input(
            format!("The series repeats by {text}, which does not fit the new day."),
            "Open the booking and choose how it repeats from there, or move only this one.",
        )
    })
}

fn turn(part: &str, days: i64) -> String {
    let Some(list) = part.strip_prefix("BYDAY=") else { return part.to_owned() };
    let turned: Vec<&str> = list
        .split(',')
        .map(|day| {
            let at = WEEK.iter().position(|name| *name == day).unwrap_or(0);
            let to = (i64::try_from(at).unwrap_or(0) + days).rem_euclid(7);
            WEEK[usize::try_from(to).unwrap_or(0)]
        })
        .collect();
    format!("BYDAY={}", turned.join(","))
}
