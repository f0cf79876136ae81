//! `berth import`

mod report;

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use berth_app::wire::{ImportAction, ImportInput, ImportItem, ImportPreview};
use berth_app::{Code, Error, Listed, Result, digest};
use serde::Serialize;

use crate::answer::{Ended, Failure};
use crate::fetch::{fetch, is_address};
use crate::session::Session;

/// Imports an iCalendar file in one change that undo takes back. Importing it again changes nothing.
#[derive(Debug, clap::Args)]
pub(crate) struct Import {
    /// The file, - for standard input, or an address: https://… or webcal://….
    file: String,
    /// Where events go that do not say where they belong.
    #[arg(long, value_name = "ENV")]
    env: Option<String>,
    /// Whose events are that do not say it.
    #[arg(long, value_name = "TEAM")]
    team: Option<String>,
    /// Say what would happen, and import nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Take files over 10 MiB or 20,000 entries too.
    #[arg(long)]
    large: bool,
    /// Agree that bookings go which the file no longer has; without it, they are listed and nothing
    /// is imported.
    #[arg(long)]
    remove: bool,
}

/// The figures, what was wrong in the file, and where each event went.
#[derive(Debug, Serialize)]
struct Imported {
    added: u32,
    updated: u32,
    unchanged: u32,
    cancelled: u32,
    skipped: u32,
    issues: Vec<Issue>,
    mappings: Vec<Mapping>,
}

#[derive(Debug, Serialize)]
struct Issue {
    line: u32,
    kind: String,
    text: String,
}

/// One event of the file; null where that is not decided.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Mapping {
    uid: String,
    line: u32,
    title: String,
    action: ImportAction,
    reason: String,
    environment: Option<String>,
    environment_by: String,
    team: Option<String>,
    team_by: String,
}

impl Import {
    pub(crate) fn run(&self, session: &mut Session) -> Ended {
        let input = self.input(session)?;
        let (bytes, name) = read(&self.file, self.large)?;
        if self.dry_run {
            let preview = session
                .berth
                .preview_import_of(bytes, &name, &input, session.now)
                .map_err(larger)?;
            return Ok(session.answer(&imported(session, &preview), || {
                report::text(session, &preview, None)
            })?);
        }
        // Only JSON has them all.
        let listed = if session.wants_json() {
            Listed::All
        } else {
            Listed::Skipped
        };
        let done = session
            .berth
            .apply_import_of(bytes, &name, &input, listed, session.now);
        let (result, preview) = match done {
            Err(error) if error.code == Code::Removes => return self.ask(session, &input, error),
            done => done.map_err(larger)?,
        };
        Ok(session.answer(&imported(session, &preview), || {
            report::text(session, &preview, Some(&result))
        })?)
    }

    /// Lists what would be removed, and imports nothing.
    fn ask(&self, session: &mut Session, input: &ImportInput, error: Error) -> Ended {
        // What came from standard input has been read to its end, so the error has to list it.
        let answer = match self.file.as_str() {
            "-" => None,
            file => {
                let (bytes, name) = read(file, self.large)?;
                let berth = &mut session.berth;
                let preview = berth.preview_import_of(bytes, &name, input, session.now)?;
                let json = imported(session, &preview);
                Some(session.answer(&json, || report::removals(&preview))?.text)
            }
        };
        Err(Failure {
            answer,
            ..Failure::from(error)
        })
    }

    fn input(&self, session: &Session) -> Result<ImportInput> {
        let environment = self
            .env
            .as_deref()
            .map(|name| session.environment(name))
            .transpose()?;
        let team = self
            .team
            .as_deref()
            .map(|name| session.team(name))
            .transpose()?;
        Ok(ImportInput {
            path: self.file.clone(),
            environments: for_all(environment.map(|one| one.id.to_string())),
            teams: for_all(team.map(|one| one.id.to_string())),
            leave_out: Vec::new(),
            large: self.large,
            removals: self.remove,
        })
    }
}

fn for_all(id: Option<String>) -> BTreeMap<String, String> {
    id.map(|id| ("*".to_owned(), id)).into_iter().collect()
}

/// The bytes of a file, of standard input or behind an address, and the name to call them by.
pub(super) fn read(file: &str, large: bool) -> Result<(Vec<u8>, String)> {
    if file == "-" {
        let mut bytes = Vec::new();
        std::io::stdin()
            .lock()
            .read_to_end(&mut bytes)
            .map_err(|error| Error::unread("standard input", &error))?;
        return Ok((bytes, "standard input".into()));
    }
    if is_address(file) {
        let (bytes, host) = fetch(file, large)?;
        // The calendars of one host are told apart without naming what may be secret.
        return Ok((bytes, format!("{host} {}", &digest(file)[..6])));
    }
    let path = Path::new(file);
    let bytes = std::fs::read(path).map_err(|error| Error::unread(file, &error))?;
    Ok((
        bytes,
        path.file_name().map_or_else(
            || file.to_owned(),
            |name| name.to_string_lossy().into_owned(),
        ),
    ))
}

/// The window asks; here an option says yes.
pub(super) fn larger(error: Error) -> Error {
    match error.code {
        Code::TooLarge => Error {
            hint: format!("{} If you trust it: --large.", error.hint),
            ..error
        },
        _ => error,
    }
}

fn imported(session: &Session, preview: &ImportPreview) -> Imported {
    let counts = preview.counts;
    let issue = |one: &berth_app::wire::ImportIssue| Issue {
        line: one.line,
        kind: one.kind.clone(),
        text: one.text.clone(),
    };
    Imported {
        added: counts.added,
        updated: counts.updated,
        unchanged: counts.unchanged,
        cancelled: counts.cancelled,
        skipped: counts.skipped,
        issues: preview.issues.iter().map(issue).collect(),
        mappings: preview
            .items
            .iter()
            .map(|item| mapping(session, item))
            .collect(),
    }
}

fn mapping(session: &Session, item: &ImportItem) -> Mapping {
    let known = |id: &String| {
        session
            .environments
            .iter()
            .find(|one| one.id.to_string() == *id)
    };
    Mapping {
        uid: item.uid.clone(),
        line: item.line,
        title: item.title.clone(),
        action: item.action,
        reason: item.reason.clone(),
        environment: item
            .environment_id
            .as_ref()
            .and_then(known)
            .map(|one| one.name.clone()),
        environment_by: item.environment_by.clone(),
        team: item.team.clone(),
        team_by: item.team_by.clone(),
    }
}
