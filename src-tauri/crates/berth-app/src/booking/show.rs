//! A booking in full.

use berth_core::time::Tz;
use berth_core::words::duration_words;
use berth_core::{Booking, Environment, Timestamp, Transparency, When};
use berth_store::Reader;

use super::outcome::Candidate;
use super::wall::written;
use super::{gone, load, series};
use crate::setup::minutes;
use crate::wire::{BookingDetail, BookingInput, BookingRef, Operation};
use crate::{Berth, Result};

/// So many of the last changes are told.
const HISTORY: u32 = 20;

/// Conflicts are told for so long before and after the occurrence.
const AROUND: chrono::TimeDelta = chrono::TimeDelta::weeks(4);

impl Berth {
    /// A booking, or one occurrence of a series, with everything its form and panel show.
    ///
    /// # Errors
    /// With code `not-found` when it is gone.
    pub fn show_booking(
        &mut self,
        reference: &BookingRef,
        now: Timestamp,
    ) -> Result<BookingDetail> {
        let phrasing = self.phrasing(now)?;
        self.read(|reader| {
            let (booking, zone) = load(reader, reference)?;
            let environments = reader.environments()?;
            let environment = environments
                .iter()
                .find(|one| one.id == booking.environment);
            let environment = environment.ok_or_else(gone)?;
            let when = match (&booking.recurrence, reference.occurrence()) {
                (Some(_), Some(at)) => booking.when.starting(series::wall_of(&booking, zone, at)?),
                _ => booking.when,
            };
            let master =
                series::master(reader, booking.clone()).unwrap_or_else(|_| booking.clone());
            let (start, end) = when.instants(zone);
            let calendars = reader.calendars()?;
            let calendar = calendars
                .into_iter()
                .find(|one| Some(one.id) == booking.calendar);
            let mut conflicts =
                Candidate::stored(reader, booking.clone())?.conflicts(reader, phrasing)?;
            let near = (start - AROUND).millis()..(end + AROUND).millis();
            conflicts.retain(|one| near.contains(&one.start));
            Ok(BookingDetail {
                reference: reference.clone(),
                uid: booking.uid.clone(),
                input: input(&booking, &master, when, environment),
                status: booking.status.into(),
                start: start.millis(),
                end: end.millis(),
                duration: duration_words(end - start),
                repeat_words: repeat_words(&master, zone),
                in_series: booking.recurrence.is_some() || booking.recurrence_id.is_some(),
                calendar: calendar.map(|one| one.name),
                followed: reader.followed()?.contains(&booking.uid),
                created: booking.created.millis(),
                modified: booking.modified.millis(),
                conflicts,
                history: history(reader, &booking.uid)?,
            })
        })
    }
}

/// What was done to a booking and its series, newest first.
fn history(reader: &Reader<'_>, uid: &str) -> Result<Vec<Operation>> {
    let operations = reader.history_of(uid, HISTORY)?;
    Ok(operations.into_iter().map(Into::into).collect())
}

/// The rule of a series in words.
pub(crate) fn repeat_words(booking: &Booking, environment: Tz) -> Option<String> {
    let recurrence = booking.recurrence.as_ref()?;
    Some(match &recurrence.rule {
        Some(rule) => rule.words_in(booking.when.start(), booking.when.zone(environment)),
        None => format!("on {} dates", recurrence.added.len() + 1),
    })
}

fn input(
    booking: &Booking,
    master: &Booking,
    when: When,
    environment: &Environment,
) -> BookingInput {
    let rule = master
        .recurrence
        .as_ref()
        .and_then(|recurrence| recurrence.rule.as_ref());
    let (start, end, all_day) = written(when, environment.zone);
    BookingInput {
        environment_id: booking.environment.to_string(),
        team_id: booking.team.to_string(),
        title: booking.title.clone(),
        notes: booking.notes.clone(),
        start,
        end,
        all_day,
        status: booking.status.into(),
        blocks: booking.transparency == Transparency::Opaque,
        kind: booking.kind.into(),
        units: booking.units,
        set_up: Some(minutes(booking.set_up)),
        clean_up: Some(minutes(booking.clean_up)),
        repeat: rule.map(ToString::to_string),
        lead_times: booking
            .lead_times
            .as_ref()
            .map(|leads| leads.iter().copied().map(minutes).collect()),
        plan: booking.plan.clone(),
    }
}
