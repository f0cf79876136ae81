//! Import and export of calendars.

use std::collections::BTreeMap;

wire! {
    /// Where the import comes from, and what the person decided in the dialog.
    pub struct ImportInput {
        /// The file's path.
        pub path: String,
        /// Environment ids by event key, which go before everything; under `*` the one for events
        /// that do not say where they belong. That one is remembered for the calendar.
        pub environments: BTreeMap<String, String>,
        /// Team ids, like `environments`.
        pub teams: BTreeMap<String, String>,
        /// Keys of events to leave out.
        pub leave_out: Vec<String>,
        /// The person said yes to a file over 10 MiB or 20,000 entries.
        #[serde(default)]
        pub large: bool,
        /// The person said yes to the removal of bookings that the file no longer has.
        #[serde(default)]
        pub removals: bool,
    }

    /// What an import would do. Nothing has been written.
    pub struct ImportPreview {
        /// The file's name.
        pub file: String,
        /// The calendar's own name (`X-WR-CALNAME`, else the file's).
        pub calendar: String,
        /// Who wrote it: the product that `PRODID` names.
        pub product: String,
        /// Every event and every override, in the order of the file, then what is gone from it.
        pub items: Vec<ImportItem>,
        /// How many of `items` have each action.
        pub counts: ImportCounts,
        /// What was wrong in the file.
        pub issues: Vec<ImportIssue>,
        /// All-day events that are marked as free and so do not block.
        pub free_all_day: u32,
        /// Events whose times had no zone of their own, and which zone they were read in.
        pub floating: u32,
        /// See `floating`.
        pub floating_zone: String,
        /// Teams that the import would create.
        pub new_teams: Vec<String>,
    }

    /// One event of the file.
    pub struct ImportItem {
        /// Key of the event for the maps of [`ImportInput`].
        pub key: String,
        /// iCalendar's identifier.
        pub uid: String,
        /// Line of its `BEGIN`, from 1; 0 for a booking that is gone from the calendar.
        pub line: u32,
        /// One line.
        pub title: String,
        /// The instant it starts.
        #[ts(type = "number | null")]
        pub start: Option<i64>,
        /// The first instant after.
        #[ts(type = "number | null")]
        pub end: Option<i64>,
        /// When, in words.
        pub time: String,
        /// The repeat in words.
        pub repeat_words: Option<String>,
        /// What would happen to it.
        pub action: ImportAction,
        /// Why it is skipped, or what was changed about it; may be empty.
        pub reason: String,
        /// The environment it goes to; null when that is not known.
        pub environment_id: Option<String>,
        /// How that was decided: `X-BERTH-ENVIRONMENT`, `LOCATION`, `RESOURCES`, `rule`, `chosen`; empty
        /// for a booking that is gone from the calendar.
        pub environment_by: String,
        /// The team's name; null when that is not known.
        pub team: Option<String>,
        /// How that was decided: `CATEGORIES`, `rule`, `X-WR-CALNAME`, `chosen`; or empty.
        pub team_by: String,
    }

    /// What an import does to one event.
    #[derive(Copy, Eq)]
    pub enum ImportAction {
        /// New.
        Add,
        /// Known, and newer in the file.
        Update,
        /// Known, and the same or older in the file.
        Unchanged,
        /// Called off by the file, or gone from it.
        Cancel,
        /// Left out, for the reason given.
        Skip,
    }

    /// The figures of an import.
    #[derive(Copy, Eq, Default)]
    pub struct ImportCounts {
        /// New.
        pub added: u32,
        /// Changed.
        pub updated: u32,
        /// Known already.
        pub unchanged: u32,
        /// Called off.
        pub cancelled: u32,
        /// Left out.
        pub skipped: u32,
    }

    /// Something in the file that is not as it should be.
    #[derive(Eq)]
    pub struct ImportIssue {
        /// Line, from 1.
        pub line: u32,
        /// A short name of the kind of issue.
        pub kind: String,
        /// What is wrong and what Berth did about it.
        pub text: String,
    }

    /// What an import did.
    pub struct ImportResult {
        /// The operation, for undo; null when nothing changed.
        pub operation: Option<super::Operation>,
        /// The figures.
        pub counts: ImportCounts,
        /// New conflicts that it caused, info left out.
        pub new_conflicts: u32,
        /// The first day it put something on, to go there.
        pub date: Option<String>,
    }

    /// What to export.
    #[derive(Eq)]
    pub struct ExportInput {
        /// Environment ids; empty is all.
        pub environment_ids: Vec<String>,
        /// Team ids; empty is all.
        pub team_ids: Vec<String>,
        /// First day, null from the beginning.
        pub from: Option<String>,
        /// Last day, null to the end.
        pub to: Option<String>,
        /// For which program.
        pub target: ExportTarget,
    }

    /// Which program the file is for.
    #[derive(Copy, Eq)]
    pub enum ExportTarget {
        /// Any.
        Any,
        /// Outlook, Exchange, Microsoft 365.
        Outlook,
        /// Google Calendar.
        Google,
    }

    /// What an export would write, or wrote.
    #[derive(Eq)]
    pub struct ExportResult {
        /// How many bookings (a series is one).
        pub bookings: u32,
        /// The size of the text in bytes.
        pub bytes: u32,
        /// The files that were written; empty in a preview.
        pub files: Vec<String>,
    }
}
