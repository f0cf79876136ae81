//! Finding bookings by words of their title, notes, team or environment.

use std::sync::Arc;

use berth_core::words::Phrasing;
use berth_core::{Booking, Environment, Timestamp};
use berth_store::Reader;
use chrono::TimeDelta;

use crate::conflict::original_start;
use crate::wire::{BookingRef, Found};
use crate::{Berth, Result, Slot, phrase};

/// A list longer than this is not read.
const MOST: usize = 50;

/// How far the next occurrence of a series is looked for.
const AHEAD: TimeDelta = TimeDelta::weeks(53);

impl Berth {
    /// The bookings that have every word of `text` in their title or notes, or in the name of their
    /// team or environment; those to come by start, then those past, the latest first. Cancelled
    /// ones are left out; no word finds nothing.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn search(&mut self, text: &str, now: Timestamp) -> Result<Vec<Found>> {
        let phrasing = self.phrasing(now)?;
        let words: Vec<&str> = text.split_whitespace().take(8).collect();
        self.read(|reader| {
            let environments = reader.environments()?;
            let mut found: Vec<(Slot, &Environment)> = Vec::new();
            for booking in reader.bookings_with(&words, now)? {
                let environment = environments
                    .iter()
                    .find(|one| one.id == booking.environment);
                if let Some(environment) = environment {
                    found.extend(
                        nearest(reader, booking, environment, now)?.map(|slot| (slot, environment)),
                    );
                }
            }
            found.sort_by_key(|(slot, _)| {
                let past = slot.end <= now;
                (
                    past,
                    if past {
                        -slot.start.seconds()
                    } else {
                        slot.start.seconds()
                    },
                    slot.booking.id,
                )
            });
            found.truncate(MOST);
            Ok(found
                .iter()
                .map(|(slot, environment)| tell(slot, environment, phrasing))
                .collect())
        })
    }
}

/// Of a series the occurrence that is on or next, else its last; itself of a single booking.
fn nearest(
    reader: &Reader<'_>,
    booking: Booking,
    environment: &Environment,
    now: Timestamp,
) -> Result<Option<Slot>> {
    let zone = environment.zone;
    let (start, end) = booking.when.instants(zone);
    if booking.recurrence.is_none() {
        let (recurrence_id, when) = (original_start(&booking, zone), booking.when);
        return Ok(Some(Slot {
            booking: Arc::new(booking),
            recurrence_id,
            when,
            start,
            end,
        }));
    }
    let series = reader.series(booking)?;
    let booking = Arc::new(series.booking);
    let between = |from, to| booking.occurrences(zone, &series.overridden, from, to);
    let next = between(now, now.max(start) + AHEAD)
        .into_iter()
        .find(|one| one.end > now);
    let nearest = next.or_else(|| between(start, now).into_iter().next_back());
    Ok(nearest.map(|one| Slot {
        booking: Arc::clone(&booking),
        recurrence_id: one.recurrence_id,
        when: one.when,
        start: one.start,
        end: one.end,
    }))
}

fn tell(slot: &Slot, environment: &Environment, phrasing: Phrasing) -> Found {
    Found {
        reference: BookingRef::new(slot.booking.id, slot.recurrence_id),
        title: slot.booking.title.clone(),
        environment: environment.name.clone(),
        team_id: slot.booking.team.to_string(),
        when: phrase::slot_time(phrasing, slot),
        start: slot.start.millis(),
        upcoming: slot.end > phrasing.now,
    }
}
