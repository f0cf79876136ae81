//! What one event of a file says of several: a series that goes on otherwise from an occurrence on,
//! and single dates with a length of their own. Berth has neither in one booking, so the events are
//! made that other programs would have written for it.

use std::collections::{HashMap, HashSet};

use berth_core::{Recurrence, Status, Timestamp, When};
use chrono::{NaiveDateTime, TimeDelta};
use chrono_tz::Tz;

use super::Event;
use crate::document::ComponentId;
use crate::issue::{IssueKind, Issues, quote};

/// What an event says beside being one.
#[derive(Debug, Default)]
pub(super) struct More {
    /// The line of a RECURRENCE-ID that changes all later occurrences as well (RFC 5545, 3.2.13).
    pub(super) onwards: Option<u32>,
    /// Added dates that are not as long as the series (RFC 5545, 3.8.5.2).
    pub(super) periods: Vec<Period>,
}

/// An added date with a length of its own.
#[derive(Debug)]
pub(super) struct Period {
    /// The line of its RDATE.
    pub(super) line: u32,
    /// Its start as the series has it.
    pub(super) start: NaiveDateTime,
    pub(super) when: When,
}

impl More {
    pub(super) fn is_nothing(&self) -> bool {
        self.onwards.is_none() && self.periods.is_empty()
    }
}

/// So many dates of a file get an event for their length; each repeats all that the series says.
const PERIODS: usize = 1000;

/// So many changes of this and all later occurrences are followed in a file; real ones have a few.
const ONWARDS: usize = 100;

/// A rule that cannot be moved to other days is followed for so many dates.
const DATES: usize = 1000;

/// Makes the events that `more` asks for.
pub(super) fn apply(
    events: &mut Vec<Event>,
    more: &HashMap<ComponentId, More>,
    issues: &mut Issues,
) {
    if more.is_empty() {
        return;
    }
    lengths(events, more, issues);
    let mut changes: Vec<(NaiveDateTime, usize, u32)> = Vec::new();
    for (index, event) in events.iter().enumerate() {
        let line = more.get(&event.component).and_then(|more| more.onwards);
        if let (Some(line), Some(original)) = (line, event.recurrence_id) {
            changes.push((original, index, line));
        }
    }
    let uids: HashSet<String> = changes
        .iter()
        .filter_map(|change| Some(events.get(change.1)?.uid.clone()))
        .collect();
    let mut members: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, event) in events.iter().enumerate() {
        if uids.contains(&event.uid) {
            members.entry(event.uid.clone()).or_default().push(index);
        }
    }
    // From the last on, so that the dates of the series are still its own.
    changes.sort_unstable_by(|one, other| other.cmp(one));
    let mut gone = HashSet::new();
    for (number, (original, index, line)) in changes.into_iter().enumerate() {
        let of_uid = events.get(index).and_then(|event| members.get(&event.uid));
        let of_uid = of_uid.cloned().unwrap_or_default();
        let words = (number < ONWARDS)
            .then(|| onwards(events, &of_uid, (original, index), &mut gone))
            .flatten();
        issues.add(line, IssueKind::Recurrence, || {
            words.unwrap_or_else(|| {
                "a change of this and all later occurrences was taken as one of this occurrence alone".into()
            })
        });
    }
    let mut index = 0..;
    events.retain(|_| index.next().is_none_or(|index| !gone.contains(&index)));
}

/// Dates with a length of their own become changed occurrences, unless the file has one.
fn lengths(events: &mut Vec<Event>, more: &HashMap<ComponentId, More>, issues: &mut Issues) {
    if more.values().all(|more| more.periods.is_empty()) {
        return;
    }
    // Two series of one UID may name the same date; it is one occurrence.
    let mut taken: HashSet<(&str, NaiveDateTime)> = events
        .iter()
        .filter_map(|event| Some((event.uid.as_str(), event.recurrence_id?)))
        .collect();
    let mut made = Vec::new();
    for event in events.iter().filter(|event| event.recurrence.is_some()) {
        let periods = more.get(&event.component).into_iter();
        for period in periods.flat_map(|more| &more.periods) {
            let excluded = event.recurrence.as_ref();
            let excluded = excluded.is_some_and(|one| one.excluded.contains(&period.start));
            if excluded || !taken.insert((event.uid.as_str(), period.start)) {
                continue;
            }
            if made.len() == PERIODS {
                issues.add(period.line, IssueKind::Limit, || {
                    format!("further dates with a length of their own than {PERIODS} got that of their series")
                });
                break;
            }
            made.push(Event {
                line: period.line,
                recurrence_id: Some(period.start),
                when: Ok(period.when),
                recurrence: None,
                ..event.clone()
            });
        }
    }
    events.extend(made);
}

/// Lets a series end before `original`, and another one go on from there as the changed occurrence
/// has it. Answers what was done, or `None` where that cannot be.
fn onwards(
    events: &mut [Event],
    of_uid: &[usize],
    (original, index): (NaiveDateTime, usize),
    gone: &mut HashSet<usize>,
) -> Option<String> {
    let change = events.get(index)?;
    let master = *of_uid.iter().find(|one| {
        let event = events.get(**one);
        event.is_some_and(|event| event.recurrence_id.is_none() && event.uid == change.uid)
    })?;
    let series = events.get(master)?;
    let Rest {
        before,
        event: rest,
        by,
        truncated,
    } = rest(series, change, original)?;
    let uid = rest.uid.clone();
    if let Some(before) = before {
        let series = events.get_mut(master)?;
        series.recurrence = Some(before).filter(repeats).map(Box::new);
        *events.get_mut(index)? = rest;
    } else {
        let (old, taken) = (events.get_mut(master)?, rest);
        *old = taken;
        gone.insert(index);
    }
    let words = if events.get(index)?.status == Status::Cancelled {
        "this and all later occurrences are called off: the series ends before it".to_owned()
    } else {
        let cut = if truncated {
            format!("; it was followed for {DATES} dates")
        } else {
            String::new()
        };
        let uid = quote(&uid);
        format!(
            "this and all later occurrences are changed: from here on the series goes on as one of its own, with the UID {uid}{cut}"
        )
    };
    let old = events.get(master).map(|event| event.uid.clone())?;
    for other in of_uid.iter().filter(|other| **other != index) {
        let Some(event) = events.get_mut(*other) else {
            continue;
        };
        let later = event.recurrence_id.filter(|id| *id > original);
        if let (Some(id), true) = (later, event.uid == old) {
            event.recurrence_id = id.checked_add_signed(by);
            event.uid.clone_from(&uid);
        }
    }
    Some(words)
}

/// What a change of this and all later occurrences makes of a series.
struct Rest {
    /// What is left of it; `None` where the change takes it from its first start.
    before: Option<Recurrence>,
    /// The series as it goes on.
    event: Event,
    /// By how much wall time its occurrences move.
    by: TimeDelta,
    truncated: bool,
}

fn rest(series: &Event, change: &Event, original: NaiveDateTime) -> Option<Rest> {
    let (home, recurrence) = (*series.when.as_ref().ok()?, series.recurrence.as_ref()?);
    let to = in_zone_of(home, *change.when.as_ref().ok()?)?;
    let by = to.start() - original;
    let zone = home.zone(Tz::UTC);
    let parted = recurrence.parted(home.start(), zone, original, home.is_all_day());
    let (first, rest, before) = match parted {
        Some(parted) => (parted.first, parted.rest, Some(parted.before)),
        None => (home.start(), Recurrence::clone(recurrence), None),
    };
    if change.status == Status::Cancelled {
        // The occurrence stays as one that is called off, and nothing follows it.
        let event = match before {
            Some(_) => change.clone(),
            None => Event {
                status: Status::Cancelled,
                ..series.clone()
            },
        };
        return Some(Rest {
            before,
            event,
            by: TimeDelta::zero(),
            truncated: false,
        });
    }
    let (rest, truncated) = match rest.shifted(original, by) {
        Some(shifted) => (shifted, false),
        None => dates(&rest, first, zone, by),
    };
    let uid = match before {
        Some(_) => format!("{}-from-{}", series.uid, original.format("%Y%m%dT%H%M%S")),
        None => series.uid.clone(),
    };
    let event = Event {
        uid,
        recurrence_id: None,
        when: Ok(to.starting(first.checked_add_signed(by)?)),
        recurrence: Some(rest).filter(repeats).map(Box::new),
        ..change.clone()
    };
    Some(Rest {
        before,
        event,
        by,
        truncated,
    })
}

fn repeats(recurrence: &Recurrence) -> bool {
    recurrence.rule.is_some() || !recurrence.added.is_empty()
}

/// The starts of a series one by one, moved; whether there are more.
fn dates(series: &Recurrence, first: NaiveDateTime, zone: Tz, by: TimeDelta) -> (Recurrence, bool) {
    let found = series.expand(first, zone, NaiveDateTime::MIN, NaiveDateTime::MAX, DATES);
    let moved = found.starts.iter().filter(|start| **start != first);
    let added = moved.filter_map(|start| start.checked_add_signed(by));
    let dates = Recurrence {
        added: added.collect(),
        ..Recurrence::default()
    };
    (dates, found.truncated)
}

/// A time on the clock of a series, so that what follows from it stays on that clock; `None` where
/// only one of the two is whole days.
fn in_zone_of(home: When, when: When) -> Option<When> {
    match (home, when) {
        (When::AllDay { .. }, When::AllDay { .. }) => Some(when),
        (When::Timed { zone, .. }, When::Timed { zone: own, .. }) if zone == own => Some(when),
        (When::Timed { zone, .. }, When::Timed { .. }) => {
            let (start, end) = when.instants(zone);
            Some(on(zone, start, end))
        }
        _ => None,
    }
}

/// A stretch of time on the clock of a zone.
fn on(zone: Tz, start: Timestamp, end: Timestamp) -> When {
    let (start, end) = (start.wall(zone), end.wall(zone));
    When::Timed {
        start,
        end: end.max(start),
        zone,
    }
}
