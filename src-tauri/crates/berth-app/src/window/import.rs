//! Importing windows from other programs: deploy freezes of GitLab, sync windows of Argo CD, events of
//! a calendar.

use std::collections::HashSet;

use berth_core::window::{self, WindowId};
use berth_core::{Environment, EnvironmentId, Recurrence, Rule, Timestamp, When};

use super::calendar;
use super::documents;
use super::foreign::{Asked, Foreign};
use super::wired;
use crate::exchange::load;
use crate::setup::row;
use crate::wire::{self, Operation};
use crate::{Berth, Error, Result, history};

/// What to import, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WindowFile {
    /// A calendar; or JSON or YAML, as the interface of the other program prints it.
    pub bytes: Vec<u8>,
    /// What messages call it.
    pub name: String,
    /// Where the windows apply; at least one.
    pub environments: Vec<EnvironmentId>,
    /// The kinds of bookings that they are about; at least one.
    pub blocks: Vec<wire::Kind>,
    /// What to call them; `None` takes what the file says.
    pub title: Option<String>,
    /// What the events of a calendar are; `None` goes by their words.
    pub effect: Option<wire::Effect>,
    /// Write nothing.
    pub dry_run: bool,
}

/// What an import of windows did, or would do.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportedWindows {
    /// The operation, for undo; `None` when nothing changed.
    pub operation: Option<Operation>,
    /// The new windows; without ids in a dry run.
    pub added: Vec<wire::Window>,
    /// Those of an earlier import that the calendar has changed since; their exceptions stay.
    pub changed: Vec<wire::Window>,
    /// How many were there already.
    pub unchanged: usize,
    /// What the file says and Berth does not follow, in sentences.
    pub notes: Vec<String>,
}

impl Berth {
    /// Imports the windows of a file in one operation. Importing it again changes nothing. What
    /// cannot be followed is left out, with a note.
    ///
    /// # Errors
    /// With code `input` when it is neither, or nothing in it can be followed; nothing is written
    /// then.
    pub fn import_windows(&mut self, file: &WindowFile, now: Timestamp) -> Result<ImportedWindows> {
        let zone = self.zone()?;
        let of_calendar = calendar::is_calendar(&file.bytes);
        let (windows, notes) = if of_calendar {
            calendar::windows(file, zone, now)?
        } else {
            foreign(file, now)?
        };
        if windows.is_empty() {
            return Err(nothing(file, of_calendar, &notes));
        }
        let (environments, known) =
            self.read(|reader| Ok((reader.environments()?, reader.windows()?)))?;
        let mut seen: HashSet<&str> = HashSet::new();
        let (mut added, mut changed, mut unchanged) = (Vec::new(), Vec::new(), 0);
        for window in windows.iter().filter(|one| seen.insert(&one.uid)) {
            match known.iter().find(|one| one.uid == window.uid) {
                None => added.push(window.clone()),
                Some(known) => match changed_to(known, window, now) {
                    Some(window) if of_calendar => changed.push(window),
                    _ => unchanged += 1,
                },
            }
        }
        let operation = if file.dry_run {
            None
        } else {
            self.put(&mut added, &mut changed, &file.name, now)?
        };
        let shown = |all: &[window::Window]| {
            let shown = |one| shown(one, &environments, file.dry_run);
            all.iter().map(shown).collect()
        };
        Ok(ImportedWindows {
            operation,
            added: shown(&added),
            changed: shown(&changed),
            unchanged,
            notes,
        })
    }

    /// What importing a file of windows would do.
    ///
    /// # Errors
    /// As for [`Berth::import_windows`], and with code `file` when it cannot be read.
    pub fn preview_window_file(
        &mut self,
        input: &wire::WindowImport,
        now: Timestamp,
    ) -> Result<wire::WindowImportPreview> {
        let file = chosen(input, true)?;
        let done = self.import_windows(&file, now)?;
        Ok(wire::WindowImportPreview {
            file: file.name,
            added: done.added,
            changed: done.changed,
            unchanged: u32::try_from(done.unchanged).unwrap_or(u32::MAX),
            notes: done.notes,
        })
    }

    /// Imports a file of windows.
    ///
    /// # Errors
    /// As for [`Berth::preview_window_file`].
    pub fn import_window_file(
        &mut self,
        input: &wire::WindowImport,
        now: Timestamp,
    ) -> Result<wire::Outcome> {
        let done = self.import_windows(&chosen(input, false)?, now)?;
        Ok(wire::Outcome {
            operation: done.operation,
            ..history::outcome(None)
        })
    }

    fn put(
        &mut self,
        added: &mut [window::Window],
        changed: &mut [window::Window],
        file: &str,
        now: Timestamp,
    ) -> Result<Option<Operation>> {
        let n = added.len() + changed.len();
        if n == 0 {
            return Ok(None);
        }
        let done = self.write(now, |writer| {
            for window in added.iter_mut().chain(changed) {
                window.id = writer.put_window(window)?;
            }
            let windows = if n == 1 { "window" } else { "windows" };
            Ok(((), format!("Imported {n} {windows} from {file}")))
        })?;
        Ok(done.operation.map(Into::into))
    }
}

/// What the person chose in the window: windows are about deployments there.
fn chosen(input: &wire::WindowImport, dry_run: bool) -> Result<WindowFile> {
    let environments: Vec<EnvironmentId> = input
        .environment_ids
        .iter()
        .map(|id| Ok(EnvironmentId(row(id)?)))
        .collect::<Result<_>>()?;
    if environments.is_empty() {
        return Err(Error::input(
            "A window is about some environment.",
            "Choose at least one.",
        ));
    }
    let (bytes, name) = load(&input.path)?;
    Ok(WindowFile {
        bytes,
        name,
        environments,
        blocks: vec![wire::Kind::Deploy],
        title: None,
        effect: input.effect,
        dry_run,
    })
}

/// The windows of GitLab or Argo CD, and what of them is not followed.
fn foreign(file: &WindowFile, now: Timestamp) -> Result<(Vec<window::Window>, Vec<String>)> {
    let Foreign {
        windows: all,
        mut notes,
    } = Foreign::read(&documents::read(&file.bytes, &file.name)?);
    let mut windows = Vec::new();
    for asked in &all {
        match made(asked, file, now) {
            Ok(window) => windows.push(window),
            Err(why) => notes.push(format!("“{}” is left out: {why}.", asked.key)),
        }
    }
    Ok((windows, notes))
}

fn nothing(file: &WindowFile, of_calendar: bool, notes: &[String]) -> Error {
    match notes.first() {
        Some(first) if of_calendar => Error::input(
            format!("{}: none of its events is a window. {first}", file.name),
            "Say whether they are freezes or allow windows (`--as` at the command line).",
        ),
        Some(first) => Error::input(
            format!("{}: {first}", file.name),
            "Change it there, or add the window with `berth freeze` or `berth allow`.",
        ),
        None => Error::input(
            format!(
                "{}: there are neither deploy freezes of GitLab nor sync windows of Argo CD in it, and no events.",
                file.name
            ),
            "Give the JSON of GitLab's freeze_periods, an AppProject as YAML or JSON, or a calendar.",
        ),
    }
}

/// What a known window becomes by another import; `None` where it says the same, or was changed here
/// since, which raised its sequence.
fn changed_to(
    known: &window::Window,
    wanted: &window::Window,
    now: Timestamp,
) -> Option<window::Window> {
    let changed = window::Window {
        effect: wanted.effect,
        when: wanted.when,
        recurrence: wanted.recurrence.clone(),
        title: wanted.title.clone(),
        blocks: wanted.blocks.clone(),
        ..known.clone()
    };
    let news = wanted.sequence >= known.sequence && changed != *known;
    news.then_some(window::Window {
        sequence: wanted.sequence,
        modified: now,
        ..changed
    })
}

/// The environments, as identifiers name them.
pub(super) fn places(file: &WindowFile) -> String {
    let places: Vec<String> = file.environments.iter().map(ToString::to_string).collect();
    places.join(",")
}

fn shown(window: &window::Window, environments: &[Environment], dry_run: bool) -> wire::Window {
    let shown = wired(window, environments);
    if dry_run {
        wire::Window {
            id: String::new(),
            ..shown
        }
    } else {
        shown
    }
}

/// The window that was asked for, or why there is none.
fn made(
    asked: &Asked,
    file: &WindowFile,
    now: Timestamp,
) -> std::result::Result<window::Window, String> {
    let start = asked.days.begin(asked.time, now.wall(asked.zone));
    let start = start.ok_or("it never comes")?;
    let rule = Rule::parse(&asked.days.rule()).map_err(|error| error.to_string())?;
    Ok(window::Window {
        uid: format!("{} {}@berth", asked.key, places(file)).replace(' ', "-"),
        environments: file.environments.clone(),
        effect: asked.effect,
        when: When::Timed {
            start,
            end: start + asked.length,
            zone: asked.zone,
        },
        recurrence: Some(Recurrence {
            rule: Some(rule),
            ..Recurrence::default()
        }),
        title: file.title.clone().unwrap_or_else(|| asked.title.clone()),
        blocks: file.blocks.iter().map(|&kind| kind.into()).collect(),
        ..blank(start, now)
    })
}

pub(super) fn blank(start: chrono::NaiveDateTime, now: Timestamp) -> window::Window {
    window::Window {
        id: WindowId(0),
        uid: String::new(),
        environments: Vec::new(),
        effect: window::Effect::Freeze,
        when: When::Timed {
            start,
            end: start,
            zone: berth_core::time::Tz::UTC,
        },
        recurrence: None,
        title: String::new(),
        blocks: window::BLOCKS.to_vec(),
        exceptions: Vec::new(),
        sequence: 0,
        created: now,
        modified: now,
        calendar: None,
        source: None,
    }
}

#[cfg(test)]
pub(super) fn blank_for_tests() -> window::Window {
    blank(chrono::NaiveDateTime::default(), Timestamp::from_seconds(0))
}
