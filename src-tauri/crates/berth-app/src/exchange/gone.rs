//! What a calendar had when it was imported before, and what of that it has no more.
//!
//! A missing event is only taken for a deleted one where nothing else explains it: the file is all of
//! a calendar that is known, it is whole, and the event lies inside the time the file is about. An
//! event after that time counts as deleted where the file still has most of what is to come, as a
//! feed has, and an export of some other weeks has not. What is over and lies before the file's time
//! stays: feeds forget the past.
//!
//! The same holds for one changed occurrence of a series that the file still has: its change was taken
//! back, and it is again what the series says. A change that was made here is not the file's to take
//! back.

use std::collections::{HashMap, HashSet};

use berth_core::time::Tz;
use berth_core::{Booking, CalendarId, Environment, EnvironmentId, Recurrence, Timestamp, When};
use berth_ical::{Event, IssueKind};
use berth_store::Reader;
use chrono::NaiveDateTime;

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

    /// What the file has no more, in order of start.
    ///
    /// # Errors
    /// When the data cannot be read.
    pub(super) fn gone<'a>(
        &'a self,
        reader: &Reader<'_>,
        source: &'a Source,
        environments: &[Environment],
        now: Timestamp,
    ) -> Result<Gone<'a>> {
        let mut gone = Gone::default();
        if self.known.is_empty() || !is_whole(source) {
            return Ok(gone);
        }
        let file = File::new(self, source, environments, now);
        for (uid, rows) in &self.known {
            if file.misses(uid, rows) {
                gone.bookings.push(rows);
                continue;
            }
            let Some(series) = file.series.get(uid.as_str()) else {
                continue;
            };
            for row in rows.iter().filter(|row| file.misses_change(row)) {
                // The row at hand has no source.
                if reader.booking(row.id)?.is_some_and(|row| is_of_file(&row)) {
                    gone.changes.push((row, series));
                }
            }
        }
        let order = |row: &Booking| (row.when.start(), row.uid.clone());
        gone.bookings.sort_by_key(|rows| rows.first().map(order));
        gone.changes.sort_by_key(|(row, _)| order(row));
        Ok(gone)
    }
}

/// What a calendar has no more.
#[derive(Debug, Default)]
pub(super) struct Gone<'a> {
    /// Bookings, and series with their changed occurrences.
    pub(super) bookings: Vec<&'a [Booking]>,
    /// Changed occurrences, each with its series as the file has it.
    pub(super) changes: Vec<(&'a Booking, &'a Event)>,
}

/// What the file has and is about, beside what is known.
struct File<'a> {
    present: HashSet<&'a str>,
    /// Changed occurrences.
    changes: HashSet<(&'a str, NaiveDateTime)>,
    /// Series all of whose events can be taken, so that no change of them is missing by mistake.
    series: HashMap<&'a str, &'a Event>,
    span: Option<(Timestamp, Timestamp)>,
    /// Whether it still has most of what is to come.
    is_feed: bool,
    zones: HashMap<EnvironmentId, Tz>,
    now: Timestamp,
}

impl<'a> File<'a> {
    fn new(
        before: &'a Before,
        source: &'a Source,
        environments: &[Environment],
        now: Timestamp,
    ) -> Self {
        let events = || source.calendar.events.iter();
        let uid = |event: &'a Event| before.uid(event);
        let change = |event: &'a Event| Some((uid(event), event.recurrence_id?));
        let repeats = |event: &&Event| event.recurrence.is_some();
        let mut series: HashMap<&str, &Event> = events()
            .filter(repeats)
            .map(|event| (uid(event), event))
            .collect();
        for event in events().filter(|event| event.when.is_err()) {
            series.remove(uid(event));
        }
        let mut file = Self {
            present: events().map(uid).collect(),
            changes: events().filter_map(change).collect(),
            series,
            span: span(source),
            is_feed: false,
            zones: environments.iter().map(|one| (one.id, one.zone)).collect(),
            now,
        };
        let coming = before.known.iter().filter(|(_, rows)| file.is_ahead(rows));
        let (mut still, mut all) = (0, 0);
        for (uid, _) in coming {
            still += usize::from(file.present.contains(uid.as_str()));
            all += 1;
        }
        file.is_feed = still * 2 >= all && still > 0;
        file
    }

    fn misses(&self, uid: &str, rows: &[Booking]) -> bool {
        !self.present.contains(uid) && self.would_have(rows)
    }

    fn misses_change(&self, row: &Booking) -> bool {
        row.recurrence_id.is_some_and(|original| {
            !self.changes.contains(&(row.uid.as_str(), original))
                && self.would_have(std::slice::from_ref(row))
        })
    }

    /// Whether it would have them if they were still there.
    fn would_have(&self, rows: &[Booking]) -> bool {
        self.is_about(rows) || self.is_feed && self.is_ahead(rows)
    }

    fn is_ahead(&self, rows: &[Booking]) -> bool {
        rows.iter().any(|row| self.stretch(row).1 > self.now)
    }

    fn is_about(&self, rows: &[Booking]) -> bool {
        self.span.is_some_and(|(from, to)| {
            rows.iter().any(|row| {
                let (start, end) = self.stretch(row);
                if row.recurrence.is_some() {
                    start < to && end > from
                } else {
                    start >= from && end <= to
                }
            })
        })
    }

    fn stretch(&self, row: &Booking) -> (Timestamp, Timestamp) {
        row.span(self.zones.get(&row.environment).copied().unwrap_or(Tz::UTC))
    }
}

/// Whether a booking is as its file had it: every change that is made here raises its sequence.
pub(super) fn is_of_file(row: &Booking) -> bool {
    let source = row.source.as_deref();
    source.is_some_and(|source| berth_ical::sequence_of(source) == row.sequence)
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
