//! `berth import`

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use berth_app::wire::{ImportAction, ImportInput, ImportItem, ImportPreview, ImportResult};
use berth_app::{Code, Error, Result};
use serde::Serialize;

use crate::answer::Ended;
use crate::session::Session;
use crate::style::plain;
use crate::table::table;

/// Imports an iCalendar file in one change that undo takes back. Importing it again changes nothing.
#[derive(Debug, clap::Args)]
pub(crate) struct Import {
    /// The file, or - for standard input.
    file: String,
    /// Where events go that do not say where they belong.
    #[arg(long, value_name = "ENV")]
    env: Option<String>,
    /// Whose events are that do not say it.
    #[arg(long, value_name = "TEAM")]
    team: Option<String>,
    /// Say what would happen, and import nothing.
    #[arg(long)]
    dry_run: bool,
    /// Take files over 10 MiB or 20,000 entries too.
    #[arg(long)]
    large: bool,
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
        let (bytes, name) = read(&self.file)?;
        if self.dry_run {
            let preview = session
                .berth
                .preview_import_of(bytes, &name, &input, session.now)
                .map_err(larger)?;
            return Ok(session.answer(&imported(session, &preview), || {
                text(session, &preview, None)
            })?);
        }
        let done = session
            .berth
            .apply_import_of(bytes, &name, &input, session.now);
        let (result, preview) = done.map_err(larger)?;
        Ok(session.answer(&imported(session, &preview), || {
            text(session, &preview, Some(&result))
        })?)
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
        })
    }
}

fn for_all(id: Option<String>) -> BTreeMap<String, String> {
    id.map(|id| ("*".to_owned(), id)).into_iter().collect()
}

/// The bytes of a file or of standard input, and the name to call them by.
fn read(file: &str) -> Result<(Vec<u8>, String)> {
    if file == "-" {
        let mut bytes = Vec::new();
        std::io::stdin()
            .lock()
            .read_to_end(&mut bytes)
            .map_err(|error| unread("standard input", &error))?;
        return Ok((bytes, "standard input".into()));
    }
    if ["http://", "https://", "webcal://"]
        .iter()
        .any(|scheme| file.to_lowercase().starts_with(scheme))
    {
        let address = file.replacen("webcal://", "https://", 1);
        return Err(Error::input(
            "Berth does not load calendars from the network.",
            format!("Let another program do that: `curl -fsS '{address}' | berth import -`."),
        ));
    }
    let path = Path::new(file);
    let bytes = std::fs::read(path).map_err(|error| unread(file, &error))?;
    Ok((
        bytes,
        path.file_name().map_or_else(
            || file.to_owned(),
            |name| name.to_string_lossy().into_owned(),
        ),
    ))
}

fn unread(what: &str, error: &std::io::Error) -> Error {
    Error::file(
        format!("Cannot read {what}: {error}."),
        "Check the name, and that you may read it.",
    )
}

/// The window asks; here an option says yes.
fn larger(error: Error) -> Error {
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

fn text(session: &Session, preview: &ImportPreview, result: Option<&ImportResult>) -> String {
    let counts = preview.counts;
    let verb = if result.is_some() {
        "Imported"
    } else {
        "Would import"
    };
    let figures = format!(
        "{verb} {}: {} added, {} updated, {} unchanged, {} cancelled, {} skipped\n",
        plain(&preview.file),
        counts.added,
        counts.updated,
        counts.unchanged,
        counts.cancelled,
        counts.skipped
    );
    let all = if result.is_none() {
        places(session, preview)
    } else {
        String::new()
    };
    let new = result.map_or(0, |result| result.new_conflicts);
    figures + &all + &remarks(preview) + &left_out(session, preview) + &conflicts(new)
}

/// Where each event goes and how that was decided: nothing is guessed silently.
fn places(session: &Session, preview: &ImportPreview) -> String {
    let name = |id: &String| {
        session
            .environments
            .iter()
            .find(|one| one.id.to_string() == *id)
    };
    let by =
        |what: &str, by: &str| format!("{} {}", plain(what), session.style.dim(&format!("({by})")));
    let row = |item: &ImportItem| {
        let environment = item
            .environment_id
            .as_ref()
            .and_then(name)
            .map_or("", |one| &one.name);
        vec![
            format!("  {}", action(item.action)),
            item.time.clone(),
            by(environment, &item.environment_by),
            by(item.team.as_deref().unwrap_or_default(), &item.team_by),
            plain(&item.title),
        ]
    };
    let taken = preview
        .items
        .iter()
        .filter(|item| item.action != ImportAction::Skip);
    table(&taken.map(row).collect::<Vec<_>>())
}

fn action(action: ImportAction) -> &'static str {
    match action {
        ImportAction::Add => "add",
        ImportAction::Update => "update",
        ImportAction::Unchanged => "unchanged",
        ImportAction::Cancel => "cancel",
        ImportAction::Skip => "skip",
    }
}

/// What was decided for many events at once.
fn remarks(preview: &ImportPreview) -> String {
    let mut lines = String::new();
    if !preview.new_teams.is_empty() {
        lines += &format!("New teams: {}\n", plain(&preview.new_teams.join(", ")));
    }
    if preview.floating > 0 {
        lines += &format!(
            "{} without a zone of their own, read in {}\n",
            preview.floating, preview.floating_zone
        );
    }
    if preview.free_all_day > 0 {
        lines += &format!(
            "{} all-day and free, so they block nothing\n",
            preview.free_all_day
        );
    }
    lines
}

/// What is not taken, and what was mended, each with its line.
fn left_out(session: &Session, preview: &ImportPreview) -> String {
    let (skipped, note) = (
        session.style.yellow("skipped"),
        session.style.yellow("note"),
    );
    let mut lines = String::new();
    for item in preview
        .items
        .iter()
        .filter(|one| one.action == ImportAction::Skip)
    {
        let title = if item.title.is_empty() {
            item.uid.clone()
        } else {
            format!("“{}”", item.title)
        };
        lines += &format!(
            "line {}: {skipped} {}: {}\n",
            item.line,
            plain(&title),
            plain(&item.reason)
        );
    }
    for issue in &preview.issues {
        lines += &format!("line {}: {note}: {}\n", issue.line, plain(&issue.text));
    }
    let homeless = preview
        .items
        .iter()
        .any(|one| one.action == ImportAction::Skip && one.environment_id.is_none());
    if homeless {
        lines += "To take those that name no environment: --env ENV\n";
    }
    lines
}

fn conflicts(new: u32) -> String {
    match new {
        0 => String::new(),
        1 => "1 new conflict: `berth conflicts` explains it\n".into(),
        _ => format!("{new} new conflicts: `berth conflicts` explains them\n"),
    }
}
