//! `berth restore`

use berth_app::wire::{Backup, GoBack, GoBackItem};
use berth_core::Timestamp;
use serde::Serialize;

use super::undoable;
use crate::answer::{Answer, Ended, NO, YES};
use crate::session::Session;
use crate::style::plain;
use crate::table::table;

/// Goes back to a backup: bookings, teams, environments and windows become what they were.
///
/// Without a name it lists the backups. With one it shows what would change, and changes it once you
/// add --yes. A copy of the present state is kept in the folder of backups, and `berth undo` takes it
/// all back. Settings, the history and what was reminded stay as they are.
#[derive(Debug, clap::Args)]
pub(crate) struct Restore {
    /// A day (2026-11-30), a backup by its name (week-2026-W48), or a file.
    #[arg(value_name = "DAY|FILE")]
    to: Option<String>,
    /// Do it.
    #[arg(long, requires = "to")]
    yes: bool,
}

#[derive(Debug, Serialize)]
struct Listed {
    name: String,
    of: String,
    made: String,
    bytes: u64,
}

#[derive(Debug, Serialize)]
struct Previewed {
    backup: String,
    added: u32,
    gone: u32,
    changed: u32,
    bookings: Vec<Item>,
    others: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Item {
    id: String,
    change: &'static str,
    booking: String,
    becomes: Option<String>,
}

impl Restore {
    /// Whether this call changes nothing.
    pub(crate) fn only_reads(&self) -> bool {
        !self.yes
    }

    pub(crate) fn run(&self, session: &mut Session) -> Ended {
        let Some(to) = &self.to else {
            return list(session);
        };
        if self.yes {
            let outcome = session.berth.go_back(to, session.now)?;
            return undoable(session, &outcome);
        }
        let preview = session.berth.preview_go_back(to, session.now)?;
        let answer = session.answer(&previewed(&preview), || text(to, &preview))?;
        let exit = if preview.is_empty() { YES } else { NO };
        Ok(Answer { exit, ..answer })
    }
}

fn list(session: &mut Session) -> Ended {
    let backups = session.berth.backups();
    let listed = |one: &Backup| Listed {
        name: one.name.clone(),
        of: one.words.clone(),
        made: Timestamp::from_millis(one.made).to_string(),
        bytes: one.bytes,
    };
    let json: Vec<Listed> = backups.iter().map(listed).collect();
    Ok(session.answer(&json, || {
        if backups.is_empty() {
            return "There are no backups yet: Berth makes one after the first change of a day.\n"
                .to_owned();
        }
        let rows = backups.iter().map(|one| {
            let made = session.phrasing.moment(Timestamp::from_millis(one.made));
            vec![
                plain(&one.name),
                plain(&one.words),
                format!("made {made}"),
                format!("{} kB", one.bytes.div_ceil(1024)),
            ]
        });
        table(&rows.collect::<Vec<_>>())
    })?)
}

fn each<'a>(preview: &'a GoBack) -> impl Iterator<Item = (&'static str, &'a GoBackItem)> {
    let of = |change, items: &'a [GoBackItem]| items.iter().map(move |item| (change, item));
    of("back", &preview.back_items)
        .chain(of("gone", &preview.gone_items))
        .chain(of("changed", &preview.changed_items))
}

fn previewed(preview: &GoBack) -> Previewed {
    Previewed {
        backup: preview.words.clone(),
        added: preview.added,
        gone: preview.gone,
        changed: preview.changed,
        bookings: each(preview)
            .map(|(change, item)| Item {
                id: item.id.clone(),
                change,
                booking: item.words.clone(),
                becomes: item.becomes.clone(),
            })
            .collect(),
        others: preview.others.clone(),
    }
}

fn text(to: &str, preview: &GoBack) -> String {
    let words = plain(&preview.words);
    if preview.is_empty() {
        return format!("Everything is as in the backup {words}.\n");
    }
    let mut said = format!(
        "Going back to the backup {words}: {} back, {} gone, {} changed\n",
        preview.added, preview.gone, preview.changed
    );
    for (change, item) in each(preview) {
        let becomes = item.becomes.as_ref().map(|to| format!(" → {}", plain(to)));
        said += &format!(
            "  {change:8}{}{}\n",
            plain(&item.words),
            becomes.unwrap_or_default()
        );
    }
    let listed = preview.back_items.len() + preview.gone_items.len() + preview.changed_items.len();
    let all = (preview.added + preview.gone + preview.changed) as usize;
    if all > listed {
        said += &format!("  and {} more\n", all - listed);
    }
    if !preview.others.is_empty() {
        said += &format!("  also    {}\n", preview.others.join(", "));
    }
    said + &format!(
        "Nothing was changed. To do it: berth restore {} --yes\n",
        plain(to)
    )
}
