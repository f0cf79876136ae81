//! Freeze and allow windows in JSON.

use berth_app::wire;
use berth_core::time::{Tz, localise, midnight};
use chrono::{Days, NaiveDate, NaiveDateTime};
use serde::Serialize;

use super::{Conflict, instant};
use crate::session::Session;

/// `window list`; start and end are those of the first occurrence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Window {
    id: String,
    effect: wire::Effect,
    environments: Vec<String>,
    title: String,
    pub(crate) start: String,
    pub(crate) end: String,
    zone: String,
    all_day: bool,
    /// The RRULE; null when it does not repeat.
    repeat: Option<String>,
    blocks: Vec<wire::Kind>,
    exceptions: Vec<Exception>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Exception {
    uid: String,
    who: String,
    at: String,
    reason: String,
}

/// `freeze`, `allow`: the window, and the conflicts that are there because of it.
#[derive(Debug, Serialize)]
pub(crate) struct Added {
    pub(crate) window: Window,
    pub(crate) conflicts: Vec<Conflict>,
}

impl Session {
    /// A window as `window list` shows it.
    pub(crate) fn json_window(&self, window: &wire::Window) -> Window {
        let zone = self.window_zone(window);
        let (start, end) = instants(window, zone);
        Window {
            id: window.id.clone(),
            effect: window.effect,
            environments: self.window_environments(window),
            title: window.title.clone(),
            start,
            end,
            zone: zone.name().to_owned(),
            all_day: window.all_day,
            repeat: window.repeat.clone(),
            blocks: window.blocks.clone(),
            exceptions: window.exceptions.iter().map(exception).collect(),
        }
    }

    /// The names of the environments of a window.
    pub(crate) fn window_environments(&self, window: &wire::Window) -> Vec<String> {
        let of_window = |id: &String| {
            let all = self.environments.iter();
            all.clone().find(|one| one.id.to_string() == *id)
        };
        let found = window.environment_ids.iter().filter_map(of_window);
        found.map(|one| one.name.clone()).collect()
    }

    /// The zone that its times are in: its own, or the one of its first environment.
    fn window_zone(&self, window: &wire::Window) -> Tz {
        if let Some(own) = window.zone.as_deref().and_then(|name| name.parse().ok()) {
            return own;
        }
        let first = window.environment_ids.first();
        let found = self
            .environments
            .iter()
            .find(|one| Some(one.id.to_string()).as_ref() == first);
        found.map_or(self.phrasing.zone, |one| one.zone)
    }
}

/// First instant, and first instant after, of the first occurrence.
fn instants(window: &wire::Window, zone: Tz) -> (String, String) {
    if window.all_day {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap_or_default();
        let (first, last) = (day(&window.start), day(&window.end));
        let end = midnight(last + Days::new(1), zone);
        return (midnight(first, zone).to_string(), end.to_string());
    }
    let at = |text: &str| localise(wall(text), zone).to_string();
    (at(&window.start), at(&window.end))
}

/// A wall time as the use cases write it, with or without seconds.
fn wall(text: &str) -> NaiveDateTime {
    let formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"];
    let read = |format: &&str| NaiveDateTime::parse_from_str(text, format).ok();
    formats.iter().find_map(read).unwrap_or_default()
}

fn exception(exception: &wire::WindowException) -> Exception {
    Exception {
        uid: exception.uid.clone(),
        who: exception.who.clone(),
        at: instant(exception.at),
        reason: exception.reason.clone(),
    }
}
