//! What the events of a file are to each other: versions of one event, changes of an occurrence, or
//! different events that share a UID by mistake.

use std::collections::HashMap;

use berth_core::{Status, Timestamp};
use chrono::{NaiveDateTime, NaiveTime};
use chrono_tz::Tz;

use super::draft::{Draft, Reader};
use super::point::Point;
use super::recurrence::in_series;
use super::stretch::Stretch;
use super::{Event, uid};
use crate::document::Component;
use crate::issue::{IssueKind, Issues, quote};

/// Puts the events together and leaves out older versions.
pub(super) fn assemble(mut drafts: Vec<Draft>, reader: Reader<'_>) -> (Vec<Event>, Issues) {
    let Reader { floating, mut issues, document, .. } = reader;
    let component = |event: &Event| document.component(event.component);
    if drafts.iter().any(|draft| draft.original.is_some()) {
        place_changes(&mut drafts, floating);
    }
    let mut losers = losers(&drafts, &mut issues);
    part_namesakes(&mut drafts, &mut losers, component, &mut issues);
    let kept = drafts.into_iter().zip(losers).filter(|(_, loser)| loser.is_none());
    (kept.map(|(draft, _)| draft.event).collect(), issues)
}

/// Names each changed occurrence by the wall time its series gives it; where the series is not in
/// the file, by the clock of the change itself.
fn place_changes(drafts: &mut [Draft], floating: Tz) {
    let mut homes: HashMap<&str, (usize, &Stretch)> = HashMap::new();
    for (index, draft) in drafts.iter().enumerate().filter(|(_, draft)| draft.original.is_none()) {
        let Some(home) = &draft.home else { continue };
        let known = homes.get(draft.event.uid.as_str());
        if known.is_none_or(|(other, _)| version(&drafts[*other].event) < version(&draft.event)) {
            homes.insert(&draft.event.uid, (index, home));
        }
    }
    let ids: Vec<Option<NaiveDateTime>> = drafts
        .iter()
        .map(|draft| {
            let home = homes.get(draft.event.uid.as_str()).map(|(_, home)| *home);
            draft.original.as_ref().map(|original| match home {
                Some(home) => in_series(original, home, floating),
                None => alone(original, draft.home.as_ref(), floating),
            })
        })
        .collect();
    for (draft, id) in drafts.iter_mut().zip(ids) {
        draft.event.recurrence_id = id;
    }
}

fn alone(original: &Point, own: Option<&Stretch>, floating: Tz) -> NaiveDateTime {
    match (original, own) {
        (Point::Day(day), _) => day.and_time(NaiveTime::MIN),
        (Point::Time(time), Some(own)) if !own.when.is_all_day() => in_series(&Point::Time(time.clone()), own, floating),
        (Point::Time(time), _) => time.wall,
    }
}

/// By this, versions of an event are newer or older.
fn version(event: &Event) -> (u32, Option<Timestamp>, Option<Timestamp>) {
    (event.sequence, event.stamp, event.modified)
}

/// For each event that another one beats, the one that does. An event that cannot be taken beats
/// none, unless it calls the other one off.
fn losers(drafts: &[Draft], issues: &mut Issues) -> Vec<Option<usize>> {
    let mut best: HashMap<(&str, Option<NaiveDateTime>), usize> = HashMap::with_capacity(drafts.len());
    let mut losers = vec![None; drafts.len()];
    for (index, Draft { event, .. }) in drafts.iter().enumerate() {
        if event.when.is_err() && event.status != Status::Cancelled {
            continue;
        }
        let champion = best.entry((&event.uid, event.recurrence_id)).or_insert(index);
        if *champion == index {
            continue;
        }
        if version(&drafts[*champion].event) < version(event) {
            losers[*champion] = Some(index);
            *champion = index;
        } else {
            losers[index] = Some(*champion);
        }
    }
    for (loser, winner) in losers.iter().enumerate().filter_map(|(index, winner)| Some((index, (*winner)?))) {
        let (old, new) = (&drafts[loser].event, &drafts[winner].event);
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
fn part_namesakes<'d>(
    drafts: &mut [Draft],
    losers: &mut [Option<usize>],
    component: impl Fn(&Event) -> Component<'d>,
    issues: &mut Issues,
) {
    for index in 0..drafts.len() {
        let Some(winner) = losers[index] else { continue };
        if !are_namesakes(&drafts[index].event, &drafts[winner].event) {
            continue;
        }
        losers[index] = None;
        let line = drafts[winner].event.line;
        let event = &mut drafts[index].event;
        issues.add(event.line, IssueKind::Uid, || {
            format!("the event of line {line} has the same UID {}; both were taken, this one under another UID", quote(&event.uid))
        });
        event.uid = uid::apart(&event.uid, component(event));
    }
}
