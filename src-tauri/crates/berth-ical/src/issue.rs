//! What was wrong in a calendar, and where.

use std::fmt;

/// One thing in a file that is not as RFC 5545 wants it, or that Berth cannot follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// Line of the file, from 1; 0 where it is about the file as a whole.
    pub line: u32,
    /// What sort of thing.
    pub kind: IssueKind,
    /// What is wrong and what was done about it, in one sentence.
    pub text: String,
}

/// The sorts of issues.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IssueKind {
    /// Bytes that are not UTF-8.
    Encoding,
    /// Control characters in text.
    Control,
    /// A line that is not a property.
    Line,
    /// Parameters that are malformed, or too many.
    Parameter,
    /// Something is over a limit and was cut or left out.
    Limit,
    /// BEGIN and END that do not match.
    Structure,
    /// A UID is missing or used twice.
    Uid,
    /// A date or time that cannot be read, or an end before its start.
    Time,
    /// A time zone that is not known.
    Zone,
    /// A rule, or a change of a series, that Berth cannot follow.
    Recurrence,
    /// Another value that cannot be read.
    Value,
    /// Something that is not a booking.
    Other,
}

impl IssueKind {
    /// A short name that does not change between versions.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Encoding => "encoding",
            Self::Control => "control",
            Self::Line => "line",
            Self::Parameter => "parameter",
            Self::Limit => "limit",
            Self::Structure => "structure",
            Self::Uid => "uid",
            Self::Time => "time",
            Self::Zone => "zone",
            Self::Recurrence => "recurrence",
            Self::Value => "value",
            Self::Other => "other",
        }
    }
}

impl fmt::Display for Issue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}", self.text),
            line => write!(f, "line {line}: {}", self.text),
        }
    }
}

/// So many issues are worded; a hostile file could have one for every line.
const WORDED: usize = 1000;

/// Issues as they are found: the first thousand, and how many more there were.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Issues {
    worded: Vec<Issue>,
    beyond: usize,
}

impl Issues {
    /// Notes one. `text` is only called while issues are still worded.
    pub(crate) fn add(&mut self, line: u32, kind: IssueKind, text: impl FnOnce() -> String) {
        if self.worded.len() < WORDED {
            self.worded.push(Issue {
                line,
                kind,
                text: text(),
            });
        } else {
            self.beyond += 1;
        }
    }

    /// Those worded so far.
    pub(crate) fn worded(&self) -> &[Issue] {
        &self.worded
    }

    /// All of them in the order of lines, with a last one that counts what was not worded.
    pub(crate) fn finish(mut self) -> Vec<Issue> {
        self.worded.sort_by_key(|issue| issue.line);
        if self.beyond > 0 {
            let text = format!("{} more issues are not listed", self.beyond);
            self.worded.push(Issue {
                line: 0,
                kind: IssueKind::Other,
                text,
            });
        }
        self.worded
    }
}

/// At most so many characters of a file are quoted in an issue.
const QUOTED: usize = 40;

/// Text of the file as an issue quotes it: short, and on one line.
pub(crate) fn quote(text: &str) -> String {
    let mut short: String = text
        .chars()
        .take(QUOTED)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if text.chars().nth(QUOTED).is_some() {
        short.push('…');
    }
    format!("\u{201c}{short}\u{201d}")
}
