//! What an import says to a person.

use berth_app::wire::{ImportAction, ImportCounts, ImportItem, ImportPreview, ImportResult};

use crate::session::Session;
use crate::style::plain;
use crate::table::table;

/// The figures, then whatever is worth knowing, a line each.
pub(super) fn text(
    session: &Session,
    preview: &ImportPreview,
    result: Option<&ImportResult>,
) -> String {
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
    if is_empty(counts) {
        return figures + NO_EVENTS + &left_out(session, preview);
    }
    figures + &all + &remarks(preview) + &left_out(session, preview) + &conflicts(new)
}

/// What the file no longer has, and its import would remove.
pub(super) fn removals(preview: &ImportPreview) -> String {
    let gone = |item: &&ImportItem| item.action == ImportAction::Cancel && item.line == 0;
    preview
        .items
        .iter()
        .filter(gone)
        .map(|item| {
            format!(
                "would remove {} ({})\n",
                plain(&item.title),
                plain(&item.time)
            )
        })
        .collect()
}

const NO_EVENTS: &str =
    "The file holds no events: export the calendar again, with the days you want.\n";

fn is_empty(counts: ImportCounts) -> bool {
    counts == ImportCounts::default()
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
    let homeless = preview.items.iter().any(|one| {
        let usable = one.start.is_some() && one.action == ImportAction::Skip;
        usable && one.environment_id.is_none()
    });
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
