//! Freeze and allow windows: looking them up, saving, removing.

mod calendar;
mod cron;
mod documents;
mod foreign;
mod import;

pub use import::{ImportedWindows, WindowFile};

use berth_core::time::Tz;
use berth_core::window::{self, Effect, WindowId};
use berth_core::{Environment, EnvironmentId, Recurrence, Rule, Timestamp, When};
use berth_store::{Reader, Writer};

use crate::booking::parse_wall;
use crate::setup::row;
use crate::wire::{self, Outcome};
use crate::{Berth, Error, Result, history};

impl Berth {
    /// All windows, in the order in which they were made.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn windows(&mut self) -> Result<Vec<wire::Window>> {
        self.read(|reader| {
            let environments = reader.environments()?;
            Ok(reader
                .windows()?
                .iter()
                .map(|one| wired(one, &environments))
                .collect())
        })
    }

    /// Adds a window (empty id) or changes it. Of its exceptions those stay that are named.
    ///
    /// # Errors
    /// With code `input` when a value cannot be, `not-found` when it is gone.
    pub fn save_window(&mut self, window: &wire::Window, now: Timestamp) -> Result<Outcome> {
        let done = self.write(now, |writer| {
            let before = stored(writer, &window.id)?;
            let wanted = drafted(writer, window, before.as_ref(), now)?;
            let name = name(&wanted);
            let Some(before) = before else {
                writer.put_window(&wanted)?;
                return Ok(((), format!("Added {name}")));
            };
            if wanted != before {
                let sequence = wanted.sequence.saturating_add(1);
                writer.put_window(&window::Window {
                    sequence,
                    modified: now,
                    ..wanted
                })?;
            }
            Ok(((), format!("Changed {name}")))
        })?;
        Ok(history::outcome(done.operation))
    }

    /// Removes a window.
    ///
    /// # Errors
    /// With code `not-found` when it is gone.
    pub fn remove_window(&mut self, id: &str, now: Timestamp) -> Result<Outcome> {
        let done = self.write(now, |writer| {
            let window = stored(writer, id)?.ok_or_else(gone)?;
            writer.remove_window(window.id)?;
            Ok(((), format!("Removed {}", name(&window))))
        })?;
        Ok(history::outcome(done.operation))
    }
}

/// The window with this id; `None` for the empty one.
fn stored(writer: &Writer<'_>, id: &str) -> Result<Option<window::Window>> {
    if id.is_empty() {
        return Ok(None);
    }
    let id = WindowId(row(id)?);
    let found = writer.windows()?.into_iter().find(|one| one.id == id);
    found.map(Some).ok_or_else(gone)
}

fn gone() -> Error {
    Error::not_found(
        "The window does not exist any more.",
        "Reload, or undo its removal.",
    )
}

fn name(window: &window::Window) -> String {
    let kind = match window.effect {
        Effect::Freeze => "freeze",
        Effect::Allow => "allow window",
    };
    if window.title.is_empty() {
        kind.into()
    } else {
        format!("{kind} “{}”", window.title)
    }
}

fn drafted(
    reader: &Reader<'_>,
    window: &wire::Window,
    before: Option<&window::Window>,
    now: Timestamp,
) -> Result<window::Window> {
    let known = reader.environments()?;
    let mut environments = Vec::new();
    for id in &window.environment_ids {
        let id = EnvironmentId(row(id)?);
        if !known.iter().any(|one| one.id == id) {
            return Err(Error::not_found(
                "An environment does not exist any more.",
                "Reload.",
            ));
        }
        environments.push(id);
    }
    let first = known
        .iter()
        .find(|one| Some(&one.id) == environments.first());
    let Some(first) = first else {
        return Err(Error::input(
            "A window is about some environment.",
            "Choose at least one.",
        ));
    };
    if window.blocks.is_empty() {
        return Err(Error::input(
            "A window names some kind of booking.",
            "Choose at least one, such as deploy.",
        ));
    }
    Ok(window::Window {
        id: before.map_or(WindowId(0), |one| one.id),
        uid: before.map_or_else(
            || format!("{}@berth", uuid::Uuid::new_v4()),
            |one| one.uid.clone(),
        ),
        environments,
        effect: window.effect.into(),
        when: when(window, zone(window, first.zone)?)?,
        recurrence: recurrence(window, before)?,
        title: window
            .title
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" "),
        blocks: window.blocks.iter().map(|&kind| kind.into()).collect(),
        exceptions: before.map_or_else(Vec::new, |one| kept(one, window)),
        sequence: before.map_or(0, |one| one.sequence),
        created: before.map_or(now, |one| one.created),
        modified: before.map_or(now, |one| one.modified),
        calendar: before.and_then(|one| one.calendar),
        source: before.and_then(|one| one.source.clone()),
    })
}

/// The exceptions that are still wanted.
fn kept(before: &window::Window, window: &wire::Window) -> Vec<window::Exception> {
    let wanted = |one: &&window::Exception| window.exceptions.contains(&wired_exception(one));
    before.exceptions.iter().filter(wanted).cloned().collect()
}

/// The zone of the window itself, else that of its environment.
fn zone(window: &wire::Window, environment: Tz) -> Result<Tz> {
    let Some(name) = window
        .zone
        .as_deref()
        .map(str::trim)
        .filter(|name| !name.is_empty())
    else {
        return Ok(environment);
    };
    name.parse().map_err(|_| {
        Error::input(
            format!("“{name}” is no time zone."),
            "Choose one such as Europe/Berlin, or leave it empty for that of the environment.",
        )
    })
}

fn when(window: &wire::Window, zone: Tz) -> Result<When> {
    let (Some(start), Some(end)) = (parse_wall(&window.start), parse_wall(&window.end)) else {
        let message = "A window needs a start and an end.";
        return Err(Error::input(
            message,
            "Write dates and times, such as 2026-09-17 and 18:00.",
        ));
    };
    let when = if window.all_day {
        When::AllDay {
            start: start.date(),
            end: end.date().succ_opt().unwrap_or(end.date()),
        }
    } else {
        When::Timed { start, end, zone }
    };
    if when.range(zone).is_none() {
        return Err(Error::input(
            "The end must be after the start.",
            "Make the end later.",
        ));
    }
    Ok(when)
}

fn recurrence(
    window: &wire::Window,
    before: Option<&window::Window>,
) -> Result<Option<Recurrence>> {
    let Some(text) = window
        .repeat
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty())
    else {
        return Ok(None);
    };
    let rule = Rule::parse(text)
        .map_err(|error| Error::input(format!("{error}."), "Choose how it repeats."))?;
    if rule.sub_daily() {
        return Err(Error::input(
            "Windows repeat daily or less often.",
            "Choose daily, weekly or monthly.",
        ));
    }
    let dates = before
        .and_then(|one| one.recurrence.clone())
        .unwrap_or_default();
    Ok(Some(Recurrence {
        rule: Some(rule),
        ..dates
    }))
}

/// A window as it crosses.
pub(crate) fn wired(window: &window::Window, environments: &[Environment]) -> wire::Window {
    let zone = environments
        .iter()
        .find(|one| Some(&one.id) == window.environments.first());
    let zone = zone.map_or(Tz::UTC, |one| one.zone);
    let rule = window.recurrence.as_ref().and_then(|one| one.rule.as_ref());
    let own = window.when.zone(zone);
    let (start, end, all_day) = crate::booking::written(window.when, own);
    wire::Window {
        id: window.id.to_string(),
        effect: match window.effect {
            Effect::Freeze => wire::Effect::Freeze,
            Effect::Allow => wire::Effect::Allow,
        },
        environment_ids: window
            .environments
            .iter()
            .map(ToString::to_string)
            .collect(),
        title: window.title.clone(),
        start,
        end,
        all_day,
        zone: (own != zone).then(|| own.name().to_owned()),
        repeat: rule.map(ToString::to_string),
        repeat_words: rule.map(|rule| rule.words_in(window.when.start(), own)),
        blocks: window.blocks.iter().map(|&kind| kind.into()).collect(),
        exceptions: window.exceptions.iter().map(wired_exception).collect(),
    }
}

fn wired_exception(exception: &window::Exception) -> wire::WindowException {
    wire::WindowException {
        uid: exception.uid.clone(),
        recurrence_id: exception.recurrence_id.map(Timestamp::millis),
        who: exception.who.clone(),
        at: exception.at.millis(),
        reason: exception.reason.clone(),
    }
}
