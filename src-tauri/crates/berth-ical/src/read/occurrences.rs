//! When the events of a file take place, by what the file alone says.
//!
//! This is wider than what an import takes: it follows rules by the hour. And it is stricter: it
//! knows no EXRULE, which RFC 5545 has not, rules that a file has for a zone of its own are followed
//! to the letter, and an event whose rule or end cannot be read has no occurrences, since nobody
//! knows them. `check` names its line.

mod dial;
mod names;
mod series;

use std::collections::{HashMap, HashSet};

use berth_core::Timestamp;
use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;

use super::draft::Reader;
use super::{assembled, calendars};
use crate::document::{ComponentId, Document};
use names::Names;
use series::Draft;

#[cfg(test)]
mod tests;

/// An end of the range that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    /// When the clock that an event is written on shows this.
    Wall(NaiveDateTime),
    /// At this instant, which for times without a zone is read as UTC.
    Instant(Timestamp),
}

/// What the times of an event are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeKind {
    /// Whole days.
    Date,
    /// Wall times without a zone, or with one that is not known.
    Floating,
    /// Wall times on the clock of a zone.
    Zoned,
    /// UTC.
    Utc,
}

impl TimeKind {
    /// `date`, `floating`, `zoned` or `utc`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Floating => "floating",
            Self::Zoned => "zoned",
            Self::Utc => "utc",
        }
    }
}

/// A start or an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// A whole day.
    Date(NaiveDate),
    /// What a clock shows, wherever it hangs.
    Floating(NaiveDateTime),
    /// An instant.
    Instant(Timestamp),
}

impl Mark {
    /// Where it is among others: days and times without a zone as if they were in UTC.
    #[must_use]
    pub fn order(self) -> Timestamp {
        match self {
            Self::Date(date) => date.and_time(chrono::NaiveTime::MIN).and_utc().into(),
            Self::Floating(wall) => wall.and_utc().into(),
            Self::Instant(at) => at,
        }
    }
}

/// `2026-09-17`, `2026-09-17T09:00:00`, or `2026-09-17T07:00:00Z`.
impl std::fmt::Display for Mark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Date(date) => date.fmt(f),
            Self::Floating(wall) => wall.format("%Y-%m-%dT%H:%M:%S").fmt(f),
            Self::Instant(at) => at.fmt(f),
        }
    }
}

/// One time that an event takes place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occurrence {
    /// The UID as the file has it; empty where it has none.
    pub uid: String,
    /// The line where its event begins.
    pub line: u32,
    /// Of a series, the start that its rule gave to this occurrence.
    pub recurrence_id: Option<Mark>,
    /// First moment or day.
    pub start: Mark,
    /// First moment or day after.
    pub end: Mark,
    /// What start and end are.
    pub kind: TimeKind,
    /// The zone of its clock: IANA's name, else what the file calls it. None for days and times
    /// without a zone.
    pub zone: Option<String>,
}

/// The occurrences of a file; see [`occurrences`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Occurrences {
    /// In order of start, then UID.
    pub found: Vec<Occurrence>,
    /// Whether there are more than were asked for, or than can be found with bounded work.
    pub truncated: bool,
    /// Lines of events that have a start but no occurrences here, since their rule or end cannot
    /// be read.
    pub unknown: Vec<u32>,
}

/// The occurrences in `[from, to)`, at most `limit` of them; where there are more, not all of the first. An event of no length is inside when
/// its start is.
///
/// Of several events with one UID that are no versions of each other, the first counts (RFC 5545,
/// 3.8.4.7: a UID names one event). Events that are called off are among them.
#[must_use]
pub fn occurrences(document: &Document, from: Edge, to: Edge, limit: usize) -> Occurrences {
    let drafts = drafts(document);
    let mut result = Occurrences::default();
    let changes = changes(&drafts);
    for draft in &drafts {
        if result.found.len() > limit {
            break;
        }
        let Some(plan) = &draft.plan else {
            result.unknown.extend(draft.has_start.then_some(draft.line));
            continue;
        };
        let (of_series, none) = (changes.get(draft.uid.as_str()), Names::default());
        let range = series::Range { from, to, limit };
        result.truncated |= match &draft.original {
            None => plan.list(draft, of_series, range, &mut result.found),
            Some(original) => {
                let home = of_series.and_then(|changes| changes.home);
                let excluded = home.map_or(&none, |home| &home.excluded);
                plan.changed(draft, original, home, excluded, range, &mut result.found);
                false
            }
        };
    }
    result.found.sort_by(|one, other| {
        (one.start.order(), &one.uid, one.recurrence_id).cmp(&(
            other.start.order(),
            &other.uid,
            other.recurrence_id,
        ))
    });
    result.truncated |= result.found.len() > limit;
    result.found.truncate(limit);
    result
}

/// The events that count, each read anew by the strict rules of this module.
fn drafts(document: &Document) -> Vec<Draft<'_>> {
    // Times without a zone stay as they are, so it does not matter where they would be read.
    let zone = Tz::UTC;
    let calendars = calendars(document);
    let counting: HashSet<ComponentId> = assembled(document, &calendars, zone)
        .events
        .iter()
        .map(|event| event.component)
        .collect();
    let mut reader = Reader::new(document, zone);
    reader.zones.believe_file();
    let (mut drafts, mut masters) = (Vec::new(), HashSet::new());
    for calendar in calendars {
        let named = reader.zone_of(calendar);
        reader.floating = named.unwrap_or(zone);
        for component in calendar
            .children()
            .filter(|inner| inner.is("VEVENT") && counting.contains(&inner.id()))
        {
            let draft = reader.occurring(component, named);
            let is_second =
                draft.original.is_none() && draft.is_named && !masters.insert(draft.uid.clone());
            drafts.extend((!is_second).then_some(draft));
        }
    }
    drafts
}

/// What is changed about the occurrences of one UID.
#[derive(Default)]
struct Changes<'p, 'd> {
    /// The series itself.
    home: Option<&'p series::Plan<'d>>,
    /// Occurrences that have an event of their own.
    own: Names,
    /// Changes of this and all later occurrences, in order.
    onwards: Vec<series::Onwards>,
}

fn changes<'p, 'd>(drafts: &'p [Draft<'d>]) -> HashMap<&'p str, Changes<'p, 'd>> {
    let mut changes: HashMap<&str, Changes<'_, '_>> = HashMap::new();
    for draft in drafts.iter().filter(|draft| draft.original.is_none()) {
        if let Some(plan) = &draft.plan {
            changes
                .entry(&draft.uid)
                .or_default()
                .home
                .get_or_insert(plan);
        }
    }
    for draft in drafts {
        let Some(original) = &draft.original else {
            continue;
        };
        let of_uid = changes.entry(&draft.uid).or_default();
        let Some(home) = of_uid.home else { continue };
        of_uid.own.add(original, home);
        if let (true, Some(plan)) = (draft.onwards, &draft.plan) {
            of_uid.onwards.extend(home.onwards(original, plan));
        }
    }
    for of_uid in changes.values_mut() {
        of_uid.onwards.sort_by_key(|onwards| onwards.from);
    }
    changes
}
