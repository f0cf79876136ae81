//! A series and its occurrences: which one is meant, and what becomes of the whole when one moves.

use berth_core::time::{Tz, localise};
use berth_core::{Booking, Recurrence, Rule, Timestamp, When};
use berth_store::Reader;
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

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
    let found = expansion
        .starts
        .into_iter()
        .find(|start| localise(*start, zone) == at);
    found.ok_or_else(|| {
        Error::not_found(
            "The series has no occurrence at that time (any more).",
            "Reload and choose it again.",
        )
    })
}

/// An override for the occurrence that the series puts at `original`: the row it has, or a new one.
pub(crate) fn override_of(
    reader: &Reader<'_>,
    master: &Booking,
    original: NaiveDateTime,
) -> Result<Booking> {
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
    let recurrence = master
        .recurrence
        .as_ref()
        .map(|recurrence| shift(recurrence, delta, occurrence))
        .transpose()?;
    Ok(Booking {
        when: to.starting(master.when.start() + delta),
        recurrence,
        ..master.clone()
    })
}

fn shift(
    recurrence: &Recurrence,
    delta: TimeDelta,
    occurrence: NaiveDateTime,
) -> Result<Recurrence> {
    let days = ((occurrence + delta).date() - occurrence.date()).num_days();
    Ok(Recurrence {
        rule: recurrence
            .rule
            .as_ref()
            .map(|rule| shift_rule(rule, delta, days))
            .transpose()?,
        added: recurrence.added.iter().map(|wall| *wall + delta).collect(),
        excluded: recurrence
            .excluded
            .iter()
            .map(|wall| *wall + delta)
            .collect(),
    })
}

const WEEK: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/// A rule at another time, on other days: its end moves along, a weekly one turns its weekdays, and
/// one without named days needs nothing else.
fn shift_rule(rule: &Rule, delta: TimeDelta, days: i64) -> Result<Rule> {
    let text = rule.to_string();
    let names = |parts: &[&str]| parts.iter().any(|part| text.contains(part));
    let of_month_or_year = ["BYMONTHDAY=", "BYYEARDAY=", "BYWEEKNO=", "BYMONTH="];
    let turns = names(&["FREQ=WEEKLY"]) && !names(&of_month_or_year);
    if days != 0 && !turns && (names(&["BYDAY="]) || names(&of_month_or_year)) {
        return Err(Error::input(
            format!(
                "The series repeats {}, which does not fit the new day.",
                rule.words(NaiveDateTime::default())
            ),
            "Open the booking and choose how it repeats from there, or move only this one.",
        ));
    }
    let shifted = text
        .split(';')
        .map(|part| shift_part(part, delta, days))
        .collect::<Vec<_>>()
        .join(";");
    Rule::parse(&shifted).map_err(|error| Error::input(error.to_string(), "Move only this one."))
}

fn shift_part(part: &str, delta: TimeDelta, days: i64) -> String {
    match part.split_once('=') {
        Some(("BYDAY", list)) => format!("BYDAY={}", turn(list, days)),
        Some(("UNTIL", until)) => format!("UNTIL={}", shift_until(until, delta, days)),
        _ => part.to_owned(),
    }
}

fn turn(list: &str, days: i64) -> String {
    let turned: Vec<&str> = list
        .split(',')
        .map(|day| {
            let Some(at) = (0_i64..).zip(WEEK).find(|(_, name)| *name == day) else {
                return day;
            };
            WEEK[usize::try_from((at.0 + days).rem_euclid(7)).unwrap_or(0)]
        })
        .collect();
    turned.join(",")
}

/// The end of a rule moves with its occurrences, or the last of them would be lost. An end in UTC
/// moves by as much wall time; where the clocks change in between it is an hour off, which matters
/// only within that hour.
fn shift_until(until: &str, delta: TimeDelta, days: i64) -> String {
    const FORM: &str = "%Y%m%dT%H%M%S";
    if let Ok(wall) = NaiveDateTime::parse_from_str(until.trim_end_matches('Z'), FORM) {
        let utc = if until.ends_with('Z') { "Z" } else { "" };
        return format!("{}{utc}", (wall + delta).format(FORM));
    }
    let date = NaiveDate::parse_from_str(until, "%Y%m%d").ok();
    let moved = date.and_then(|date| date.checked_add_signed(TimeDelta::days(days)));
    moved.map_or_else(
        || until.to_owned(),
        |date| date.format("%Y%m%d").to_string(),
    )
}
