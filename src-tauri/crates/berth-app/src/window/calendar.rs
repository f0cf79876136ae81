//! Freeze and allow windows out of a calendar: what an event does is said by its words, or by whoever
//! imports it.

use std::collections::BTreeMap;

use berth_core::time::Tz;
use berth_core::window::{self, Effect};
use berth_core::{Recurrence, Status, Timestamp};
use berth_ical::{Context, Event, Limits};
use chrono::NaiveDateTime;

use super::import::{WindowFile, blank, places};
use crate::exchange::refused;
use crate::{Result, wire};

/// Words of a title or category that mean a freeze, where they stand in it.
const FREEZE: [&str; 8] = [
    "freeze",
    "frozen",
    "blackout",
    "moratorium",
    "no deploy",
    "deny",
    "sperre",
    "stopp",
];

/// Words that mean an allow window.
const ALLOW: [&str; 6] = [
    "allow",
    "window",
    "permitted",
    "go live",
    "freigabe",
    "fenster",
];

/// Whether this is a calendar, and neither JSON nor YAML.
pub(super) fn is_calendar(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let begin = b"BEGIN:VCALENDAR";
    let start = text.trim_ascii_start().get(..begin.len());
    start.is_some_and(|start| start.eq_ignore_ascii_case(begin))
}

/// The windows that the events are, and why others are none, with their lines.
///
/// # Errors
/// With code `input` or `too-large` when the calendar cannot be read.
pub(super) fn windows(
    file: &WindowFile,
    zone: Tz,
    now: Timestamp,
) -> Result<(Vec<window::Window>, Vec<String>)> {
    let document = berth_ical::parse(file.bytes.clone(), &Limits::default())
        .map_err(|refusal| refused(&refusal, &file.name))?;
    let calendar = berth_ical::read(&document, &Context { zone });
    let mut moved: BTreeMap<&str, Vec<NaiveDateTime>> = BTreeMap::new();
    for event in &calendar.events {
        if let Some(at) = event.recurrence_id {
            moved.entry(&event.uid).or_default().push(at);
        }
    }
    let mut found = Vec::new();
    let mut notes = Vec::new();
    for event in &calendar.events {
        let moved = moved.get(event.uid.as_str()).map_or(&[][..], Vec::as_slice);
        match made(event, moved, file, now) {
            Ok(window) => found.push(window),
            Err(why) => notes.push(format!("Line {}: “{}” {why}.", event.line, event.title)),
        }
    }
    Ok((found, notes))
}

fn made(
    event: &Event,
    moved: &[NaiveDateTime],
    file: &WindowFile,
    now: Timestamp,
) -> std::result::Result<window::Window, String> {
    if event.status == Status::Cancelled {
        return Err("is called off".into());
    }
    let when = event
        .when
        .clone()
        .map_err(|what| format!("cannot be read: {what}"))?;
    if when.start() >= when.end() {
        return Err("has no length".into());
    }
    let said = || effect(event).ok_or("says neither freeze nor allow; choose which it is");
    let effect = file.effect.map_or_else(said, |effect| Ok(effect.into()))?;
    // A changed occurrence is a window of its own, and its series has none there.
    let name = event
        .recurrence_id
        .map_or_else(String::new, |at| format!("/{at}"));
    let series = event
        .recurrence
        .as_deref()
        .filter(|_| event.recurrence_id.is_none());
    let recurrence = series.map(|series| {
        let excluded = series.excluded.iter().chain(moved).copied().collect();
        Recurrence {
            excluded,
            ..series.clone()
        }
    });
    Ok(window::Window {
        uid: format!("{}{name} {}@berth", event.uid, places(file)).replace(' ', "-"),
        environments: file.environments.clone(),
        effect,
        when,
        recurrence,
        title: file.title.clone().unwrap_or_else(|| event.title.clone()),
        blocks: file.blocks.iter().map(|&kind| kind.into()).collect(),
        sequence: event.sequence,
        ..blank(when.start(), now)
    })
}

/// What the categories say, else the title; a freeze before an allow window.
fn effect(event: &Event) -> Option<Effect> {
    let categories = event.categories.iter().map(String::as_str);
    categories.chain([event.title.as_str()]).find_map(|text| {
        let text = text.to_lowercase();
        let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
        if says(&FREEZE) {
            Some(Effect::Freeze)
        } else {
            says(&ALLOW).then_some(Effect::Allow)
        }
    })
}

impl From<wire::Effect> for Effect {
    fn from(effect: wire::Effect) -> Self {
        match effect {
            wire::Effect::Freeze => Self::Freeze,
            wire::Effect::Allow => Self::Allow,
        }
    }
}
