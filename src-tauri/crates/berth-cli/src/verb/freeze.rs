//! `berth freeze` and `berth allow`

use std::collections::HashSet;

use berth_app::wire::{self, Conflict, ConflictKind, Effect};
use berth_app::{Filter, Result};
use berth_core::time::Tz;
use chrono::TimeDelta;

use super::book::written;
use super::{explained, told};
use crate::answer::Ended;
use crate::details::Kind;
use crate::json::Added;
use crate::session::Session;
use crate::stretch::Stretch;
use crate::time::{Length, Moment};

/// The conflicts that a new window causes are looked for so far ahead.
const AHEAD: TimeDelta = TimeDelta::weeks(26);

/// Adds a freeze: a time in which environments must not be used for something.
#[derive(Debug, clap::Args)]
pub(crate) struct Freeze {
    #[command(flatten)]
    window: NewWindow,
}

/// Adds an allow window. Once an environment has any, deployments must lie inside them.
#[derive(Debug, clap::Args)]
pub(crate) struct Allow {
    #[command(flatten)]
    window: NewWindow,
}

/// What is said of a new window.
#[derive(Debug, clap::Args)]
struct NewWindow {
    /// The environment; may be repeated. Times are in the zone of the first.
    #[arg(long, value_name = "ENV", required = true)]
    env: Vec<String>,
    /// When it begins. Two dates without times are whole days.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    from: String,
    /// When it ends; of whole days, the last of them.
    #[arg(
        long,
        value_name = "TIME",
        allow_hyphen_values = true,
        required_unless_present = "length"
    )]
    to: Option<String>,
    /// How long it is, such as 4h, 1h30m or 2d.
    #[arg(
        long = "for",
        id = "length",
        value_name = "DURATION",
        conflicts_with = "to"
    )]
    length: Option<Length>,
    /// The kind of bookings it is about; may be repeated [default: deploy].
    #[arg(long, value_name = "KIND", value_enum)]
    blocks: Vec<Kind>,
    /// Repeat by an iCalendar rule such as FREQ=WEEKLY;BYDAY=FR.
    #[arg(long, value_name = "RRULE")]
    repeat: Option<String>,
    /// One line that says why.
    #[arg(long, value_name = "TEXT", default_value = "")]
    title: String,
}

impl Freeze {
    pub(crate) fn run(&self, session: &mut Session) -> Ended {
        self.window.add(session, Effect::Freeze)
    }
}

impl Allow {
    pub(crate) fn run(&self, session: &mut Session) -> Ended {
        self.window.add(session, Effect::Allow)
    }
}

impl NewWindow {
    fn add(&self, session: &mut Session, effect: Effect) -> Ended {
        let filter = session.filter(&self.env, &[])?;
        let window = self.window(session, effect, &filter)?;
        let before: HashSet<String> = broken(session, &filter)?.iter().map(place).collect();
        let outcome = session.berth.save_window(&window, session.now)?;
        let mut caused = broken(session, &filter)?;
        caused.retain(|one| !before.contains(&place(one)));
        // Windows are in the order in which they were made.
        let made = session.berth.windows()?.pop().unwrap_or(window);
        let outcome = wire::Outcome {
            conflicts: caused,
            ..outcome
        };
        let added = Added {
            window: session.json_window(&made),
            conflicts: session.json_conflicts(&outcome.conflicts),
        };
        Ok(session.answer(&added, || text(session, &made, &outcome))?)
    }

    fn window(&self, session: &Session, effect: Effect, filter: &Filter) -> Result<wire::Window> {
        let zone = match self.env.first() {
            Some(name) => session.environment(name)?.zone,
            None => session.phrasing.zone,
        };
        let (start, end, all_day) = self.stretch(session, zone)?;
        let blocks: Vec<wire::Kind> = self.blocks.iter().copied().map(Into::into).collect();
        Ok(wire::Window {
            id: String::new(),
            effect,
            environment_ids: filter
                .environments
                .iter()
                .map(ToString::to_string)
                .collect(),
            title: self.title.clone(),
            start,
            end,
            all_day,
            zone: None,
            repeat: self.repeat.as_deref().map(|text| {
                let text = text.trim();
                text.strip_prefix("RRULE:").unwrap_or(text).to_owned()
            }),
            repeat_words: None,
            blocks: if blocks.is_empty() {
                vec![wire::Kind::Deploy]
            } else {
                blocks
            },
            exceptions: Vec::new(),
        })
    }

    /// Start and end as the form takes them, and whether they are days.
    fn stretch(&self, session: &Session, zone: Tz) -> Result<(String, String, bool)> {
        let stretch = Stretch {
            from: Some(self.from.clone()),
            to: self.to.clone(),
            length: self.length,
        };
        let day = |text: &str| -> Result<bool> {
            Ok(matches!(session.read(text, zone)?, Moment::Day(_)))
        };
        let ends_with_day = match (&self.to, self.length) {
            (Some(to), _) => day(to)?,
            (None, length) => length.and_then(Length::whole_days).is_some(),
        };
        if day(&self.from)? && ends_with_day {
            let (first, last) = stretch.days(session, zone, None)?;
            return Ok((first.to_string(), last.to_string(), true));
        }
        let (start, end) = stretch.times(session, zone, None)?;
        Ok((written(start), written(end), false))
    }
}

/// The conflicts with windows ahead.
fn broken(session: &mut Session, filter: &Filter) -> Result<Vec<Conflict>> {
    let (from, to) = (session.now, session.now + AHEAD);
    let mut found = session.berth.conflicts(from, to, filter, session.now)?;
    found.retain(|one| matches!(one.kind, ConflictKind::Freeze | ConflictKind::OutsideWindow));
    Ok(found)
}

/// Which conflict, and which stretch of it.
fn place(conflict: &Conflict) -> String {
    format!("{} {} {}", conflict.id, conflict.start, conflict.end)
}

fn text(session: &Session, window: &wire::Window, outcome: &wire::Outcome) -> String {
    let conflicts: String = outcome
        .conflicts
        .iter()
        .map(|one| explained(session, one))
        .collect();
    let done = told(
        session,
        &wire::Outcome {
            conflicts: Vec::new(),
            ..outcome.clone()
        },
    );
    let id = session.style.dim(&format!(" (id {})", window.id));
    let about = super::window::about(session, window);
    format!("{}{id}\n    {about}\n{conflicts}", done.trim_end())
}
