//! What the events of a file are to each other: versions of one event, changes of an occurrence, or
//! different events that share a UID by mistake.

use std::collections::{HashMap, HashSet};

use berth_core::{Status, Timestamp};
use chrono::{NaiveDateTime, NaiveTime};
use chrono_tz::Tz;

use super::draft::{Drafts, Place, Reader};
use super::point::Point;
use super::recurrence::in_series;
use super::several::More;
use super::stretch::Stretch;
use super::{Event, uid};
use crate::document::{ComponentId, Document};
use crate::issue::{IssueKind, Issues, quote};

/// The events that count, and what some of them say beside.
pub(super) struct Assembled {
    pub(super) events: Vec<Event>,
    pub(super) more: HashMap<ComponentId, More>,
    pub(super) issues: Issues,
}

/// Puts the events together and leaves out older versions.
pub(super) fn assemble(drafts: Drafts<'_>, reader: Reader<'_>) -> Assembled {
    let Reader {
        floating,
        mut issues,
        document,
        ..
    } = reader;
    let Drafts { mut events, places } = drafts;
    if places.iter().any(|place| place.original.is_some()) {
        place_changes(&mut events, &places, floating);
    }
    let more: HashMap<ComponentId, More> = events
        .iter()
        .zip(places)
        .filter(|(_, place)| !place.more.is_nothing())
        .map(|(event, place)| (event.component, place.more))
        .collect();
    let mut losers = losers(&events, &mut issues);
    part_namesakes(&mut events, &mut losers, document, &mut issues);
    let mut loses = losers.iter().map(Option::is_some);
    events.retain(|_| !loses.next().unwrap_or(false));
    Assembled {
        events,
        more,
        issues,
    }
}

/// Names each changed occurrence by the wall time its series gives it; where the series is not in
/// the file, by the clock of the change itself.
fn place_changes(events: &mut [Event], places: &[Place<'_>], floating: Tz) {
    let mut homes: HashMap<&str, (&Event, &Stretch<'_>)> = HashMap::new();
    for (event, place) in events.iter().zip(places) {
        let (None, Some(home), Ok(_)) = (&place.original, &place.home, &event.when) else {
            // A change itself, or what cannot be taken, such as a change of an unknown occurrence.
            continue;
        };
        let known = homes.get(event.uid.as_str());
        if known.is_none_or(|(other, _)| version(other) < version(event)) {
            homes.insert(&event.uid, (event, home));
        }
    }
    let id = |event: &Event, place: &Place<'_>| {
        let original = place.original.as_ref()?;
        Some(match homes.get(event.uid.as_str()) {
            Some((_, home)) => in_series(original, home, floating),
            None => alone(original, place.home.as_ref(), floating),
        })
    };
    let ids: Vec<Option<NaiveDateTime>> = events
        .iter()
        .zip(places)
        .map(|(event, place)| id(event, place))
        .collect();
    for (event, id) in events.iter_mut().zip(ids) {
        event.recurrence_id = id;
    }
}

fn alone(original: &Point<'_>, own: Option<&Stretch<'_>>, floating: Tz) -> NaiveDateTime {
    match (original, own) {
        (Point::Time(_), Some(own)) if !own.when.is_all_day() => in_series(original, own, floating),
        (Point::Time(time), _) => time.wall,
        (Point::Day(day), _) => day.and_time(NaiveTime::MIN),
    }
}

/// By this, versions of an event are newer or older.
fn version(event: &Event) -> (u32, Option<Timestamp>, Option<Timestamp>) {
    (event.sequence, event.stamp, event.modified)
}

/// For each event that another one beats, the one that does. An event that cannot be taken beats
/// none, unless it calls the other one off.
fn losers(events: &[Event], issues: &mut Issues) -> Vec<Option<usize>> {
    let mut best: HashMap<(&str, Option<NaiveDateTime>), usize> =
        HashMap::with_capacity(events.len());
    let mut losers = vec![None; events.len()];
    for (index, event) in events.iter().enumerate() {
        if event.when.is_err() && event.status != Status::Cancelled {
            continue;
        }
        let champion = best
            .entry((&event.uid, event.recurrence_id))
            .or_insert(index);
        if *champion == index {
            continue;
        }
        if version(&events[*champion]) < version(event) {
            losers[*champion] = Some(index);
            *champion = index;
        } else {
            losers[index] = Some(*champion);
        }
    }
    for (loser, winner) in losers
        .iter()
        .enumerate()
        .filter_map(|(index, winner)| Some((index, (*winner)?)))
    {
        let (old, new) = (&events[loser], &events[winner]);
        if !are_namesakes(old, new) {
            issues.add(old.line, IssueKind::Uid, || {
                format!("the event of line {} has the same UID {} and is newer; this version was left out", new.line, quote(&old.uid))
            });
        }
    }
    losers
}

/// Whether two events of one UID are not versions of one event: neither is newer, and they differ
/// in what people see first.
fn are_namesakes(one: &Event, other: &Event) -> bool {
    let single = one.recurrence_id.is_none() && other.recurrence_id.is_none();
    single && version(one) == version(other) && (one.when != other.when || one.title != other.title)
}

/// Gives events that only share a UID by mistake their own, so that none is lost.
fn part_namesakes(
    events: &mut [Event],
    losers: &mut [Option<usize>],
    document: &Document,
    issues: &mut Issues,
) {
    let mut taken: HashSet<String> = HashSet::new();
    for index in 0..events.len() {
        let Some(winner) = losers[index] else {
            continue;
        };
        if !are_namesakes(&events[index], &events[winner]) {
            continue;
        }
        // The same event once more, word for word, stays left out.
        let apart = uid::apart(
            &events[index].uid,
            document.component(events[index].component),
        );
        if !taken.insert(apart.clone()) {
            continue;
        }
        losers[index] = None;
        let line = events[winner].line;
        let event = &mut events[index];
        issues.add(event.line, IssueKind::Uid, || {
            format!("the event of line {line} has the same UID {}; both were taken, this one under another UID", quote(&event.uid))
        });
        event.uid = apart;
    }
}
