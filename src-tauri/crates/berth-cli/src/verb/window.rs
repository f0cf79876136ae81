//! `berth window`

mod import;

use berth_app::{Error, wire};
use berth_core::words::list_words;
use clap::Subcommand;

use super::undoable;
use crate::answer::Ended;
use crate::session::Session;
use crate::style::plain;
use crate::table::table;

/// Freeze and allow windows: list, remove. `berth freeze` and `berth allow` add them.
#[derive(Debug, Subcommand)]
pub(crate) enum Window {
    /// List them, in the order in which they were made.
    List {
        /// Only of this environment; may be repeated.
        #[arg(long, value_name = "ENV")]
        env: Vec<String>,
    },
    /// Import them from GitLab, Argo CD or a calendar.
    Import(import::Import),
    /// Remove one.
    Remove {
        /// Its id, as `berth window list` shows it.
        id: String,
    },
}

impl Window {
    pub(crate) fn run(&self, session: &mut Session) -> Ended {
        match self {
            Self::List { env } => list(session, env),
            Self::Import(verb) => verb.run(session),
            Self::Remove { id } => {
                if !session.berth.windows()?.iter().any(|one| one.id == *id) {
                    let message = format!("There is no window {id}.");
                    return Err(
                        Error::not_found(message, "`berth window list` shows the ids.").into(),
                    );
                }
                let outcome = session.berth.remove_window(id, session.now)?;
                undoable(session, &outcome)
            }
        }
    }
}

fn list(session: &mut Session, names: &[String]) -> Ended {
    let filter = session.filter(names, &[])?;
    let wanted: Vec<String> = filter
        .environments
        .iter()
        .map(ToString::to_string)
        .collect();
    let mut windows = session.berth.windows()?;
    windows.retain(|one| {
        wanted.is_empty() || one.environment_ids.iter().any(|id| wanted.contains(id))
    });
    let json: Vec<_> = windows.iter().map(|one| session.json_window(one)).collect();
    Ok(session.answer(&json, || text(session, &windows))?)
}

fn text(session: &Session, windows: &[wire::Window]) -> String {
    if windows.is_empty() {
        return "There are no freeze or allow windows. `berth freeze` and `berth allow` add one.\n"
            .into();
    }
    let heads = ["ID", "WHAT", "WHERE", "WHEN", "FOR", "TITLE"];
    let mut rows = vec![heads.iter().map(|head| session.style.bold(head)).collect()];
    rows.extend(windows.iter().map(|one| row(session, one)));
    table(&rows)
}

fn row(session: &Session, window: &wire::Window) -> Vec<String> {
    let what = match window.effect {
        wire::Effect::Freeze => session.style.red("freeze"),
        wire::Effect::Allow => session.style.green("allow"),
    };
    let excepted = match window.exceptions.len() {
        0 => String::new(),
        1 => session.style.dim(" (1 exception)"),
        n => session.style.dim(&format!(" ({n} exceptions)")),
    };
    vec![
        window.id.clone(),
        what,
        plain(&session.window_environments(window).join(", ")),
        when(window),
        kinds(window).join(", "),
        plain(&window.title) + &excepted,
    ]
}

/// `staging and production, 2026-09-17T00:00 to 2026-09-21T08:00; for deploy`.
pub(super) fn about(session: &Session, window: &wire::Window) -> String {
    let places = plain(&list_words(&session.window_environments(window)));
    format!(
        "{places}, {}; for {}",
        when(window),
        list_words(&kinds(window))
    )
}

/// When it is on the wall clock, as it was typed, and how it repeats.
fn when(window: &wire::Window) -> String {
    let at = |text: &str| text.replace('T', " ");
    let (start, end) = (at(&window.start), at(&window.end));
    let whole = if window.all_day && start == end {
        start
    } else {
        format!("{start} to {end}")
    };
    let whole = match &window.zone {
        Some(zone) => format!("{whole} ({zone})"),
        None => whole,
    };
    match &window.repeat_words {
        Some(words) => format!("{whole}, {words}"),
        None => whole,
    }
}

fn kinds(window: &wire::Window) -> Vec<String> {
    window.blocks.iter().map(kind).collect()
}

fn kind(kind: &wire::Kind) -> String {
    match kind {
        wire::Kind::Deploy => "deploy",
        wire::Kind::Test => "test",
        wire::Kind::Maintenance => "maintenance",
        wire::Kind::Watch => "watch",
    }
    .to_owned()
}
