//! What a calendar had when it was imported before, and what of that it has no more.
//!
//! A missing event is only taken for a deleted one where nothing else explains it: the file is all of
//! a calendar that is known, it is whole, and the event lies inside the time the file is about. An
//! event after that time counts as deleted where the file still has most of what is to come, as a
//! feed has, and an export of some other weeks has not. What is over and lies before the file's time
//! stays: feeds forget the past.

use std::collections::{HashMap, HashSet};

use berth_core::time::Tz;
use berth_core::{Booking, CalendarId, Environment, Recurrence, Timestamp, When};
use berth_ical::{Event, IssueKind};
use berth_store::Reader;

use super::Source;
use crate::Result;

/// What came from a calendar before.
#[derive(Debug, Default)]
pub(super) struct Before {
    /// Series with their changed occurrences, and single bookings, by UID.
    known: HashMap<String, Vec<Booking>>,
    /// UIDs of the file for what is known under another: some feeds make new ones at each fetch.
    renamed: HashMap<String, String>,
}

/// What makes two events the same although their UIDs differ.
type Content = (When, String, String);

fn content(when: When, title: &str, recurrence: Option<&Recurrence>) -> Content {
    let rule = recurrence.and_then(|one| one.rule.as_ref());
    (
        when,
        title.to_owned(),
        rule.map(ToString::to_string).unwrap_or_default(),
    )
}

impl Before {
    /// # Errors
    /// When the data cannot be read.
    pub(super) fn new(reader: &Reader<'_>, calendar: CalendarId, events: &[Event]) -> Result<Self> {
        let mut before = Self::default();
        if calendar.0 == 0 {
            return Ok(before);
        }
        reader.bookings_from(calendar, |booking| {
            // Most are alone.
            let alone = || Vec::with_capacity(1);
            let rows = before
                .known
                .entry(booking.uid.clone())
                .or_insert_with(alone);
            rows.push(booking);
        })?;
        before.renamed = before.renames(events);
        Ok(before)
    }

    fn renames(&self, events: &[Event]) -> HashMap<String, String> {
        let present: HashSet<&str> = events.iter().map(|event| event.uid.as_str()).collect();
        let mut missing: HashMap<Content, Vec<&str>> = HashMap::new();
        for (uid, rows) in self
            .known
            .iter()
            .filter(|(uid, _)| !present.contains(uid.as_str()))
        {
            for row in rows.iter().filter(|row| row.recurrence_id.is_none()) {
                let content = content(row.when, &row.title, row.recurrence.as_ref());
                missing.entry(content).or_default().push(uid);
            }
        }
        let mut renamed = HashMap::new();
        let unknown =
            |event: &&Event| event.recurrence_id.is_none() && !self.known.contains_key(&event.uid);
        for event in events.iter().filter(unknown) {
            let Ok(when) = event.when else { continue };
            let recurrence = event.recurrence.as_deref();
            let same = missing.get_mut(&content(when, &event.title, recurrence));
            if let Some(uid) = same.and_then(Vec::pop) {
                renamed.insert(event.uid.clone(), uid.to_owned());
            }
        }
        renamed
    }

    /// The UID that an event of the file is known by.
    pub(super) fn uid<'a>(&'a self, event: &'a Event) -> &'a str {
        self.renamed.get(&event.uid).unwrap_or(&event.uid)
    }

    /// What the file has no more, each with its changed occurrences, in order of start.
    pub(super) fn gone(
        &self,
        source: &Source,
        environments: &[Environment],
        now: Timestamp,
    ) -> Vec<&[Booking]> {
        if self.known.is_empty() || !is_whole(source) {
            return Vec::new();
        }
        let present: HashSet<&str> = source
            .calendar
            .events
            .iter()
            .map(|event| self.uid(event))
            .collect();
        let zone = |booking: &Booking| {
            let found = environments
                .iter()
                .find(|one| one.id == booking.environment);
            found.map_or(Tz::UTC, |one| one.zone)
        };
        let ahead = |rows: &[Booking]| rows.iter().any(|row| row.span(zone(row)).1 > now);
        let coming: Vec<&String> = self
            .known
            .iter()
            .filter(|(_, rows)| ahead(rows))
            .map(|(uid, _)| uid)
            .collect();
        let still = coming
            .iter()
            .filter(|uid| present.contains(uid.as_str()))
            .count();
        let is_feed = still * 2 >= coming.len() && still > 0;
        let span = span(source);
        let inside = |rows: &[Booking]| {
            span.is_some_and(|(from, to)| {
                rows.iter().any(|row| {
                    let (start, end) = row.span(zone(row));
                    if row.recurrence.is_some() {
                        start < to && end > from
                    } else {
                        start >= from && end <= to
                    }
                })
            })
        };
        let missing = self
            .known
            .iter()
            .filter(|(uid, _)| !present.contains(uid.as_str()))
            .map(|(_, rows)| rows);
        let mut gone: Vec<&[Booking]> = missing
            .map(Vec::as_slice)
            .filter(|rows| inside(rows) || is_feed && ahead(rows))
            .collect();
        gone.sort_by_key(|rows| rows.first().map(|row| (row.when.start(), row.uid.clone())));
        gone
    }
}

/// Whether the file is all of a calendar: it has the calendar's name, is not a message about some
/// events, and was not cut off.
fn is_whole(source: &Source) -> bool {
    let calendar = &source.calendar;
    let published = calendar
        .method
        .as_deref()
        .is_none_or(|method| method == "PUBLISH");
    let damaged = |kind| matches!(kind, IssueKind::Structure | IssueKind::Limit);
    published && calendar.name.is_some() && !calendar.issues.iter().any(|issue| damaged(issue.kind))
}

/// From the first start to the last end of the single events; where there are none, of the first
/// occurrences of its series. Series go back too far to tell what a file is about.
fn span(source: &Source) -> Option<(Timestamp, Timestamp)> {
    let stretch = |event: &Event| {
        Some(
            event
                .when
                .as_ref()
                .ok()?
                .instants(source.calendar.floating_zone),
        )
    };
    let of = |series: bool| {
        let events = source
            .calendar
            .events
            .iter()
            .filter(move |event| event.recurrence.is_some() == series);
        events
            .filter_map(stretch)
            .reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)))
    };
    of(false).or_else(|| of(true))
}
