//! A calendar file by itself: what is wrong in it, the same without that, and when its events are.
//! Nothing here needs a database.

use berth_core::time::Tz;
use berth_ical::{Context, Document, Edge, Limits, Occurrences};

use super::refused;
use crate::Result;
use crate::wire::ImportIssue;

/// A calendar file that was read.
#[derive(Debug)]
pub struct CalendarFile {
    document: Document,
}

/// What a look at a file found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// Events, changed occurrences among them.
    pub events: usize,
    /// What is wrong, in the order of lines; events that cannot be taken among it.
    pub issues: Vec<ImportIssue>,
}

impl CalendarFile {
    /// Reads `bytes`; `name` is what messages call the file. `large` takes it at any size up to 512 MiB.
    ///
    /// # Errors
    /// With code `input` when it is no calendar, `too-large` when the person should be asked first.
    pub fn read(bytes: Vec<u8>, name: &str, large: bool) -> Result<Self> {
        let limits = if large {
            Limits::raised()
        } else {
            Limits::default()
        };
        let document =
            berth_ical::parse(bytes, &limits).map_err(|refusal| refused(&refusal, name))?;
        Ok(Self { document })
    }

    /// What is wrong in it. Times without a zone are read in `zone`.
    #[must_use]
    pub fn check(&self, zone: Tz) -> Checked {
        let calendar = berth_ical::read(&self.document, &Context { zone });
        let mut issues: Vec<ImportIssue> = calendar
            .issues
            .iter()
            .map(|one| ImportIssue {
                line: one.line,
                kind: one.kind.name().into(),
                text: one.text.clone(),
            })
            .collect();
        issues.extend(calendar.events.iter().filter_map(|event| {
            let text = event.when.as_ref().err()?;
            Some(ImportIssue {
                line: event.line,
                kind: "time".into(),
                text: format!("the event cannot be taken: {text}"),
            })
        }));
        issues.sort_by_key(|issue| issue.line);
        Checked {
            events: calendar.events.len(),
            issues,
        }
    }

    /// The same calendar as RFC 5545 wants it: lines ended and folded, characters in UTF-8, every
    /// BEGIN with its END. Nothing that was understood is lost.
    #[must_use]
    pub fn repaired(&self) -> String {
        berth_ical::round_trip(&self.document)
    }

    /// When its events are; see [`berth_ical::occurrences`].
    #[must_use]
    pub fn occurrences(&self, from: Edge, to: Edge, limit: usize) -> Occurrences {
        berth_ical::occurrences(&self.document, from, to, limit)
    }
}
