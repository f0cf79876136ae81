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

/// Imports deploy freezes of GitLab (the JSON of its freeze_periods) or sync windows of Argo CD (an
/// AppProject as YAML or JSON) in one change that undo takes back. Importing them again changes
/// nothing.
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
    /// Say what would be added, and add nothing.
    #[arg(long)]
    dry_run: bool,
}

/// What was added, and what of the file is not followed.
#[derive(Debug, Serialize)]
struct Imported {
    added: Vec<json::Window>,
    unchanged: usize,
    notes: Vec<String>,
}

impl Import {
    pub(super) fn run(&self, session: &mut Session) -> Ended {
        let environments = session.filter(&self.env, &[])?.environments;
        let (bytes, name) = read(&self.file).map_err(|error| berth_app::Error {
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
            dry_run: self.dry_run,
        };
        let done = session.berth.import_windows(&file, session.now)?;
        let imported = Imported {
            added: done
                .added
                .iter()
                .map(|one| session.json_window(one))
                .collect(),
            unchanged: done.unchanged,
            notes: done.notes.clone(),
        };
        Ok(session.answer(&imported, || self.text(session, &done))?)
    }

    fn text(&self, session: &Session, done: &ImportedWindows) -> String {
        let verb = if self.dry_run { "Would add" } else { "Added" };
        let mut said = String::new();
        for one in &done.added {
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
