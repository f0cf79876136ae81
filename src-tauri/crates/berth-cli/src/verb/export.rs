//! `berth export`

use std::path::PathBuf;

use berth_app::wire::{ExportInput, ExportTarget};
use berth_app::{Error, Result};
use berth_core::time::Tz;
use clap::ValueEnum;
use serde::Serialize;

use crate::answer::{Answer, Ended};
use crate::session::Session;

/// Exports bookings as iCalendar, to standard output unless a file is named.
#[derive(Debug, clap::Args)]
pub(crate) struct Export {
    /// Only this environment; may be repeated.
    #[arg(long, value_name = "ENV")]
    env: Vec<String>,
    /// Only this team; may be repeated.
    #[arg(long, value_name = "TEAM")]
    team: Vec<String>,
    /// First day [default: from the beginning].
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    from: Option<String>,
    /// Last day [default: to the end].
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    to: Option<String>,
    /// For which program.
    #[arg(long = "for", id = "target", value_enum, default_value_t = Target::Any)]
    target: Target,
    /// The file; where one is too small for the target, others beside it get -2, -3 …
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Which program the file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Target {
    /// Outlook, Exchange, Microsoft 365.
    Outlook,
    /// Google Calendar: files of at most a megabyte.
    Google,
    /// Any.
    Any,
}

#[derive(Serialize)]
struct Exported {
    bookings: u32,
    bytes: u32,
    files: Vec<String>,
}

impl Export {
    pub(crate) fn run(&self, session: &mut Session) -> Ended {
        let input = self.input(session)?;
        let Some(path) = &self.output else {
            return Ok(self.print(session, &input)?);
        };
        let result = session.berth.export_bookings(&input, path, session.now)?;
        let exported = Exported {
            bookings: result.bookings,
            bytes: result.bytes,
            files: result.files,
        };
        let text = || {
            let files = exported.files.join(", ");
            match exported.bookings {
                0 => format!(
                    "No booking matches, so {files} is a calendar without any: ask for other days, environments or teams.\n"
                ),
                bookings => format!("Exported {} to {files}.\n", counted(bookings)),
            }
        };
        Ok(session.answer(&exported, text)?)
    }

    fn print(&self, session: &mut Session, input: &ExportInput) -> Result<Answer> {
        if session.wants_json() {
            let hint = "Name a file with -o FILE, or leave --json out.";
            return Err(Error::input(
                "Standard output cannot be both iCalendar and JSON.",
                hint,
            ));
        }
        let (files, _) = session.berth.export_text(input, session.now)?;
        match <[String; 1]>::try_from(files) {
            Ok([text]) => Ok(Answer::done(text)),
            Err(files) => Err(Error::input(
                format!(
                    "Google takes small files only, so this makes {}.",
                    files.len()
                ),
                "Name a file with -o FILE; the others are written beside it.",
            )),
        }
    }

    fn input(&self, session: &Session) -> Result<ExportInput> {
        let filter = session.filter(&self.env, &self.team)?;
        let zone = session.zone_of(&filter);
        Ok(ExportInput {
            environment_ids: filter
                .environments
                .iter()
                .map(ToString::to_string)
                .collect(),
            team_ids: filter.teams.iter().map(ToString::to_string).collect(),
            from: day(session, self.from.as_deref(), zone)?,
            to: day(session, self.to.as_deref(), zone)?,
            target: self.target.into(),
        })
    }
}

fn day(session: &Session, text: Option<&str>, zone: Tz) -> Result<Option<String>> {
    text.map(|text| Ok(session.read(text, zone)?.date(zone).to_string()))
        .transpose()
}

fn counted(bookings: u32) -> String {
    if bookings == 1 {
        "1 booking".into()
    } else {
        format!("{bookings} bookings")
    }
}

impl From<Target> for ExportTarget {
    fn from(target: Target) -> Self {
        match target {
            Target::Outlook => Self::Outlook,
            Target::Google => Self::Google,
            Target::Any => Self::Any,
        }
    }
}
