//! `berth ical`: a calendar file by itself, without the database.

use std::path::{Path, PathBuf};

use berth_app::wire::{ImportIssue, Notice, NoticeLevel};
use berth_app::{CalendarFile, Checked, Edge, Error, FileOccurrence, Result};
use berth_core::Timestamp;
use berth_core::time::Tz;
use chrono::{Days, NaiveTime};
use serde::Serialize;

use super::import::{larger, read};
use crate::answer::{Answer, Ended, NO, YES};
use crate::arguments::Global;
use crate::print;
use crate::session::{place, present, to_json};
use crate::style::{Style, plain};
use crate::time::{Moment, Present};

/// Looks at a calendar file, mends it, or says when its events are. Nothing is imported.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Ical {
    /// Say what is wrong in a file, line by line; exit 1 if anything is.
    Check(Check),
    /// Write the same calendar as RFC 5545 wants it; nothing is lost.
    Repair(Repair),
    /// List when the events of a file are, by what the file alone says.
    Occurrences(Occurrences),
}

/// The file that is looked at.
#[derive(Debug, clap::Args)]
pub(crate) struct Input {
    /// The file, or - for standard input.
    file: String,
    /// Take files over 10 MiB or 20,000 entries too.
    #[arg(long)]
    large: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Check {
    #[command(flatten)]
    input: Input,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Repair {
    #[command(flatten)]
    input: Input,
    /// Where to write it, instead of to standard output. It may be the file itself.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Occurrences {
    #[command(flatten)]
    input: Input,
    /// From when; today if nothing is said. A time without an offset is read on the clock of each event.
    #[arg(long, value_name = "TIME")]
    from: Option<String>,
    /// Until when; 30 days from the beginning if nothing is said.
    #[arg(long, value_name = "TIME")]
    to: Option<String>,
}

/// More than this is not listed.
const MOST: usize = 200_000;

impl Ical {
    pub(crate) fn run(&self, global: &Global, clock: Timestamp) -> Ended {
        match self {
            Self::Check(verb) => Ok(verb.run(global)?),
            Self::Repair(verb) => Ok(verb.run(global)?),
            Self::Occurrences(verb) => Ok(verb.run(global, clock)?),
        }
    }
}

impl Input {
    fn open(&self) -> Result<CalendarFile> {
        let (bytes, name) = read(&self.file, self.large)?;
        CalendarFile::read(bytes, &name, self.large).map_err(larger)
    }
}

#[derive(Debug, Serialize)]
struct Report<'a> {
    events: usize,
    issues: Vec<Issue<'a>>,
}

#[derive(Debug, Serialize)]
struct Issue<'a> {
    line: u32,
    kind: &'a str,
    text: &'a str,
}

fn issues<'a>(issues: &'a [ImportIssue]) -> Vec<Issue<'a>> {
    let shown = |one: &'a ImportIssue| Issue {
        line: one.line,
        kind: &one.kind,
        text: &one.text,
    };
    issues.iter().map(shown).collect()
}

impl Check {
    fn run(&self, global: &Global) -> Result<Answer> {
        let checked = self.input.open()?.check(zone(global));
        let text = if global.json {
            to_json(&Report {
                events: checked.events,
                issues: issues(&checked.issues),
            })?
        } else {
            told(&checked, &Style::new(global.color))
        };
        let exit = if checked.issues.is_empty() { YES } else { NO };
        Ok(Answer { text, exit })
    }
}

fn told(checked: &Checked, style: &Style) -> String {
    let mut text = String::new();
    for issue in &checked.issues {
        let place = if issue.line == 0 {
            "the file".into()
        } else {
            format!("line {}", issue.line)
        };
        text += &format!(
            "{place}: {}: {}\n",
            style.yellow(&issue.kind),
            plain(&issue.text)
        );
    }
    let found = match checked.issues.len() {
        0 => "nothing is wrong".into(),
        1 => "1 issue".into(),
        n => format!("{n} issues"),
    };
    let events = if checked.events == 1 {
        "1 event".into()
    } else {
        format!("{} events", checked.events)
    };
    text + &format!("{events}, {found}.\n")
}

#[derive(Debug, Serialize)]
struct Repaired<'a> {
    file: String,
    bytes: usize,
    issues: Vec<Issue<'a>>,
}

impl Repair {
    fn run(&self, global: &Global) -> Result<Answer> {
        let file = self.input.open()?;
        let text = file.repaired();
        let Some(path) = &self.output else {
            if global.json {
                let hint = "Name a file with -o FILE, or leave --json out.";
                return Err(Error::input(
                    "Standard output cannot be both iCalendar and JSON.",
                    hint,
                ));
            }
            return Ok(Answer::done(text));
        };
        let checked = file.check(zone(global));
        save(path, &text)?;
        let (file, bytes) = (path.display().to_string(), text.len());
        Ok(Answer::done(if global.json {
            to_json(&Repaired {
                file,
                bytes,
                issues: issues(&checked.issues),
            })?
        } else {
            format!(
                "{}Wrote {}.\n",
                told(&checked, &Style::new(global.color)),
                plain(&file)
            )
        }))
    }
}

/// Beside first, then renamed: a full disk leaves the old file as it was.
fn save(path: &Path, text: &str) -> Result<()> {
    let unfinished = path.with_extension("ics.part");
    let written =
        std::fs::write(&unfinished, text).and_then(|()| std::fs::rename(&unfinished, path));
    written.map_err(|error| {
        let _ = std::fs::remove_file(&unfinished);
        let message = format!("Cannot write {}: {error}.", path.display());
        Error::file(
            message,
            "Choose a folder that you may write to and that has space.",
        )
    })
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Occurrence<'a> {
    uid: &'a str,
    recurrence_id: Option<String>,
    start: String,
    end: String,
    kind: &'static str,
    zone: Option<&'a str>,
}

impl Occurrences {
    fn run(&self, global: &Global, clock: Timestamp) -> Result<Answer> {
        let zone = zone(global);
        let present = Present {
            now: present(global, clock, zone)?,
            zone,
        };
        let from = match &self.from {
            Some(text) => present.read(text)?,
            None => Moment::Day(present.now.wall(zone).date()),
        };
        let to = match &self.to {
            Some(text) => present.read_end(text, from.start(zone))?,
            None => Moment::Day(from.date(zone) + Days::new(29)),
        };
        if to.end(zone) <= from.start(zone) {
            return Err(Error::input(
                "The range ends before it begins.",
                "Give a --to that is later than --from.",
            ));
        }
        let found = self
            .input
            .open()?
            .occurrences(edge(from, 0), edge(to, 1), MOST);
        remark(&found.unknown, found.truncated);
        Ok(Answer::done(if global.json {
            to_json(&found.found.iter().map(Occurrence::of).collect::<Vec<_>>())?
        } else {
            found.found.iter().map(line).collect()
        }))
    }
}

/// A day ends when the next begins.
fn edge(moment: Moment, days: u64) -> Edge {
    match moment {
        Moment::At(at) => Edge::Instant(at),
        Moment::Wall(wall) => Edge::Wall(wall),
        Moment::Day(date) => Edge::Wall((date + Days::new(days)).and_time(NaiveTime::MIN)),
    }
}

/// What is missing in the list, on standard error.
fn remark(unknown: &[u32], truncated: bool) {
    let note = |message: String, hint: &str| {
        print::notice(&Notice {
            level: NoticeLevel::Warning,
            message,
            hint: hint.into(),
        });
    };
    for line in unknown.iter().take(20) {
        let message =
            format!("The event of line {line} is left out: its times or its rule cannot be read.");
        note(message, "`berth ical check FILE` says what is wrong.");
    }
    if truncated {
        note(
            format!("There are more than {MOST} occurrences; not all are listed."),
            "Ask for a shorter range.",
        );
    }
}

impl<'a> Occurrence<'a> {
    fn of(one: &'a FileOccurrence) -> Self {
        Self {
            uid: &one.uid,
            recurrence_id: one.recurrence_id.map(|id| id.to_string()),
            start: one.start.to_string(),
            end: one.end.to_string(),
            kind: one.kind.name(),
            zone: one.zone.as_deref(),
        }
    }
}

fn line(one: &FileOccurrence) -> String {
    let zone = one.zone.as_deref().unwrap_or(one.kind.name());
    format!(
        "{}  {}  {}  {}\n",
        one.start,
        one.end,
        plain(zone),
        plain(&one.uid)
    )
}

/// The zone of this machine, for words such as "tomorrow" and for issues about times without one.
fn zone(global: &Global) -> Tz {
    place(global).map_or(Tz::UTC, |options| options.zone)
}
