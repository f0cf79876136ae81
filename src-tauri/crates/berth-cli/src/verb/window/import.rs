//! `berth window import`

use berth_app::{ImportedWindows, WindowFile, wire};
use serde::Serialize;

use super::about;
use crate::answer::Ended;
use crate::details::Kind;
use crate::json;
use crate::session::Session;
use crate::style::plain;
use crate::verb::import::read;

/// Imports deploy freezes of GitLab (the JSON of its freeze_periods), sync windows of Argo CD (an
/// AppProject as YAML or JSON), or the events of a calendar (.ics) whose categories or titles say
/// freeze or allow, in one change that undo takes back. Importing them again changes nothing.
#[derive(Debug, clap::Args)]
pub(crate) struct Import {
    /// The file, or - for standard input.
    file: String,
    /// The environment that the windows are for; may be repeated.
    #[arg(long, value_name = "ENV", required = true)]
    env: Vec<String>,
    /// The kind of bookings that they are about; may be repeated [default: deploy].
    #[arg(long, value_name = "KIND", value_enum)]
    blocks: Vec<Kind>,
    /// What to call them.
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// What all events of a calendar are [default: what they say].
    #[arg(long = "as", value_name = "EFFECT", value_enum)]
    effect: Option<As>,
    /// Say what would be added, and add nothing.
    #[arg(long)]
    dry_run: bool,
}

/// What was added, and what of the file is not followed.
#[derive(Debug, Serialize)]
struct Imported {
    added: Vec<json::Window>,
    changed: Vec<json::Window>,
    unchanged: usize,
    notes: Vec<String>,
}

/// What the events of a calendar are.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum As {
    Freeze,
    Allow,
}

impl From<As> for wire::Effect {
    fn from(what: As) -> Self {
        match what {
            As::Freeze => Self::Freeze,
            As::Allow => Self::Allow,
        }
    }
}

impl Import {
    pub(super) fn run(&self, session: &mut Session) -> Ended {
        let environments = session.filter(&self.env, &[])?.environments;
        let (bytes, name) = read(&self.file, false).map_err(|error| berth_app::Error {
            hint: error.hint.replace("berth import", "berth window import"),
            ..error
        })?;
        let blocks: Vec<wire::Kind> = self.blocks.iter().copied().map(Into::into).collect();
        let file = WindowFile {
            bytes,
            name,
            environments,
            blocks: if blocks.is_empty() {
                vec![wire::Kind::Deploy]
            } else {
                blocks
            },
            title: self.title.clone(),
            effect: self.effect.map(Into::into),
            dry_run: self.dry_run,
        };
        let done = session.berth.import_windows(&file, session.now)?;
        let json = |all: &[wire::Window]| all.iter().map(|one| session.json_window(one)).collect();
        let imported = Imported {
            added: json(&done.added),
            changed: json(&done.changed),
            unchanged: done.unchanged,
            notes: done.notes.clone(),
        };
        Ok(session.answer(&imported, || self.text(session, &done))?)
    }

    fn text(&self, session: &Session, done: &ImportedWindows) -> String {
        let (add, change) = if self.dry_run {
            ("Would add", "Would change")
        } else {
            ("Added", "Changed")
        };
        let mut said = String::new();
        let added = done.added.iter().map(|one| (add, one));
        for (verb, one) in added.chain(done.changed.iter().map(|one| (change, one))) {
            let what = match one.effect {
                wire::Effect::Freeze => "freeze",
                wire::Effect::Allow => "allow window",
            };
            let id = match one.id.as_str() {
                "" => String::new(),
                id => session.style.dim(&format!(" (id {id})")),
            };
            let title = plain(&one.title);
            said += &format!("{verb} {what} “{title}”{id}\n    {}\n", about(session, one));
        }
        if done.unchanged > 0 {
            said += &format!("{} already there\n", done.unchanged);
        }
        let note = |note: &String| format!("note: {}\n", plain(note));
        said + &done.notes.iter().map(note).collect::<String>()
    }
}
