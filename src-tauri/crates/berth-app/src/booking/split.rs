//! "This and following": a series parted in two. The first part keeps its UID and ends before the
//! occurrence; the second is a series of its own, as Google, Apple and Outlook do it, since few
//! programs understand a change with RANGE=THISANDFUTURE (RFC 5545, 3.2.13).

use berth_core::time::Tz;
use berth_core::{Booking, BookingId, Recurrence, Rule, When};
use berth_store::{Reader, Writer};
use chrono::{NaiveDateTime, TimeDelta};

use super::draft::new_uid;
use super::{series, touched};
use crate::wire::{BookingRef, Scope};
use crate::{Error, Result, Timestamp};

/// A series parted before one of its occurrences; nothing is written yet.
#[derive(Debug, Clone)]
pub(crate) struct Split {
    /// The series as it is.
    pub(crate) whole: Booking,
    /// The row of the series, ending before the occurrence.
    pub(crate) head: Booking,
    /// The rest, without a row, under a UID of its own.
    pub(crate) tail: Booking,
    /// Changed occurrences that go with the rest, still as they are.
    pub(crate) moving: Vec<Booking>,
}

/// Parts the series that a reference names an occurrence of, where that and all that follow are meant;
/// `None` where they are all of it, or something else is meant.
///
/// # Errors
/// With code `not-found` when the series or the occurrence is gone.
pub(crate) fn at(
    reader: &Reader<'_>,
    booking: &Booking,
    reference: &BookingRef,
    scope: Scope,
    environment: Tz,
) -> Result<Option<Split>> {
    let (Scope::Following, Some(at)) = (scope, reference.occurrence()) else {
        return Ok(None);
    };
    let master = series::master(reader, booking.clone())?;
    let original = match booking.recurrence_id {
        Some(original) => original,
        None if master.recurrence.is_none() => return Ok(None),
        None => series::wall_of(&master, environment, at)?,
    };
    split(reader, &master, original, environment)
}

/// Parts a series before `original`, a start that it has; `None` where that is its first, so that
/// all of it is meant.
///
/// # Errors
/// When the data cannot be read.
pub(crate) fn split(
    reader: &Reader<'_>,
    master: &Booking,
    original: NaiveDateTime,
    environment: Tz,
) -> Result<Option<Split>> {
    let zone = master.when.zone(environment);
    let Some(recurrence) = &master.recurrence else {
        return Ok(None);
    };
    let start = master.when.start();
    if recurrence
        .expand(start, zone, NaiveDateTime::MIN, original, 1)
        .starts
        .is_empty()
    {
        return Ok(None);
    }
    let ended = until(recurrence, master.when, original, environment)?;
    let head = Booking {
        recurrence: repeating(ended),
        ..master.clone()
    };
    let (first, rest) = rest(recurrence, start, original, zone)?;
    let tail = Booking {
        id: BookingId(0),
        uid: new_uid(),
        when: master.when.starting(first),
        recurrence: repeating(rest),
        sequence: 0,
        // The calendar it came from does not know it, and so cannot take it back.
        calendar: None,
        ..master.clone()
    };
    let of_series = reader.bookings_of(&master.uid)?.into_iter();
    let moving = of_series
        .filter(|one| one.recurrence_id.is_some_and(|id| id >= original))
        .collect();
    Ok(Some(Split {
        whole: master.clone(),
        head,
        tail,
        moving,
    }))
}

fn repeating(recurrence: Recurrence) -> Option<Recurrence> {
    Some(recurrence).filter(|one| one.rule.is_some() || !one.added.is_empty())
}

/// What comes before `original`. It ends by UNTIL also where it had a COUNT, as every program
/// understands that.
fn until(
    recurrence: &Recurrence,
    when: When,
    original: NaiveDateTime,
    environment: Tz,
) -> Result<Recurrence> {
    let before = |dates: &[NaiveDateTime]| {
        dates
            .iter()
            .copied()
            .filter(|date| *date < original)
            .collect()
    };
    let end = match when {
        When::AllDay { .. } => (original - TimeDelta::days(1)).format("%Y%m%d"),
        When::Timed { .. } => (original - TimeDelta::seconds(1)).format("%Y%m%dT%H%M%S"),
    };
    let rule = recurrence.rule.as_ref().map(|rule| {
        let kept = without_end(rule);
        Ok::<Rule, Error>(berth_ical::until_as_required(
            &read(&format!("{kept};UNTIL={end}"))?,
            when,
            environment,
        ))
    });
    Ok(Recurrence {
        rule: rule.transpose()?,
        added: before(&recurrence.added),
        excluded: before(&recurrence.excluded),
    })
}

/// The first start and the recurrence of what comes from `original` on. Where that is an added date,
/// the rule goes on from its own next start, since it takes from its start what it leaves unsaid.
fn rest(
    recurrence: &Recurrence,
    start: NaiveDateTime,
    original: NaiveDateTime,
    zone: Tz,
) -> Result<(NaiveDateTime, Recurrence)> {
    let from = |dates: &[NaiveDateTime]| {
        dates
            .iter()
            .copied()
            .filter(|date| *date >= original)
            .collect::<Vec<_>>()
    };
    let (mut added, excluded) = (from(&recurrence.added), from(&recurrence.excluded));
    let next = recurrence.rule.as_ref().and_then(|rule| {
        rule.starts(start, zone, original, NaiveDateTime::MAX, 1)
            .starts
            .first()
            .copied()
    });
    let rule = match (&recurrence.rule, next) {
        (Some(rule), Some(_)) => Some(remaining(rule, start, original, zone)?),
        _ => None,
    };
    let first = next.unwrap_or(original);
    if first != original && !added.contains(&original) {
        added.push(original);
    }
    added.retain(|date| *date != first);
    Ok((
        first,
        Recurrence {
            rule,
            added,
            excluded,
        },
    ))
}

/// The rule with what is left of its COUNT.
fn remaining(rule: &Rule, start: NaiveDateTime, original: NaiveDateTime, zone: Tz) -> Result<Rule> {
    let text = rule.to_string();
    let count = text
        .split(';')
        .find_map(|part| part.strip_prefix("COUNT=")?.parse::<usize>().ok());
    let Some(count) = count else {
        return Ok(rule.clone());
    };
    let passed = rule
        .starts(start, zone, NaiveDateTime::MIN, original, count)
        .starts
        .len();
    read(&format!(
        "{};COUNT={}",
        without_end_of(&text, &["COUNT="]),
        count.saturating_sub(passed).max(1)
    ))
}

fn without_end(rule: &Rule) -> String {
    without_end_of(&rule.to_string(), &["COUNT=", "UNTIL="])
}

fn without_end_of(text: &str, ends: &[&str]) -> String {
    let parts = text
        .split(';')
        .filter(|part| !ends.iter().any(|end| part.starts_with(end)));
    parts.collect::<Vec<_>>().join(";")
}

fn read(text: &str) -> Result<Rule> {
    Rule::parse(text)
        .map_err(|error| Error::input(error.to_string(), "Change only this one, or all."))
}

impl Split {
    /// Writes the first part, and gives the changed occurrences of the rest to `uid`, each moved by
    /// `delta`.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(crate) fn write(
        &self,
        writer: &mut Writer<'_>,
        uid: &str,
        delta: TimeDelta,
        now: Timestamp,
    ) -> Result<()> {
        writer.put_booking(&touched(self.head.clone(), now))?;
        for one in &self.moving {
            let recurrence_id = one.recurrence_id.map(|original| original + delta);
            let moved = Booking {
                uid: uid.to_owned(),
                recurrence_id,
                calendar: None,
                ..one.clone()
            };
            writer.put_booking(&touched(moved, now))?;
        }
        Ok(())
    }
}
