//! Bookings as the window writes and reads them.

wire! {
    /// What a booking is for.
    #[derive(Copy, Eq)]
    pub enum Kind {
        /// Something is rolled out.
        Deploy,
        /// Something is tried.
        Test,
        /// The environment itself is worked on.
        Maintenance,
        /// Somebody keeps an eye on it.
        Watch,
    }

    /// RFC 5545, 3.8.1.11.
    #[derive(Copy, Eq)]
    pub enum Status {
        /// Yields to confirmed bookings.
        Tentative,
        /// Certain.
        Confirmed,
        /// Called off, kept for the record.
        Cancelled,
    }

    /// Which occurrences of a series a change is meant for. A single booking takes `All`.
    #[derive(Copy, Eq)]
    pub enum Scope {
        /// Only the occurrence named.
        This,
        /// The occurrence named and all later ones, which become a series of their own.
        Following,
        /// The whole series.
        All,
    }

    /// Names a booking, or one occurrence of a series.
    #[derive(Eq, Hash)]
    pub struct BookingRef {
        /// The row.
        pub id: String,
        /// The occurrence, by the start its series gives it; null for a single booking, and for a
        /// series as a whole.
        #[ts(type = "number | null")]
        pub recurrence_id: Option<i64>,
    }

    /// What a form holds: everything of a booking that a person decides.
    pub struct BookingInput {
        /// The environment's id.
        pub environment_id: String,
        /// The team's id.
        pub team_id: String,
        /// One line; may be empty.
        pub title: String,
        /// Any text.
        pub notes: String,
        /// Wall time in the environment's zone, `2026-09-17T09:00`; a date (`2026-09-17`) when `all_day`.
        /// With its offset (`2026-10-25T02:30+01:00`) it may be in the second pass of an hour that
        /// comes twice; without, it is in the first.
        pub start: String,
        /// First moment after, like `start`; when `all_day`, the **last** day, as a person says it.
        pub end: String,
        /// Whole days.
        pub all_day: bool,
        /// Confirmed or tentative.
        pub status: Status,
        /// Whether it holds the environment (false: shown, blocks nothing).
        pub blocks: bool,
        /// What it is for.
        pub kind: Kind,
        /// null takes the whole environment; a number shares it and takes so many units.
        pub units: Option<u32>,
        /// Minutes needed before; null takes the environment's.
        pub set_up: Option<u32>,
        /// Minutes needed after; null takes the environment's.
        pub clean_up: Option<u32>,
        /// An RRULE value such as `FREQ=WEEKLY;BYDAY=TU`; null does not repeat.
        pub repeat: Option<String>,
        /// Minutes before the start to tell the team; null takes the environment's, empty never.
        pub lead_times: Option<Vec<u32>>,
        /// Bookings with the same plan never conflict with each other.
        pub plan: Option<String>,
    }

    /// A booking in full, for its form and its panel.
    pub struct BookingDetail {
        /// Itself, or one of its occurrences.
        pub reference: BookingRef,
        /// iCalendar's identifier.
        pub uid: String,
        /// What its form starts with. For an occurrence, start and end are the occurrence's.
        pub input: BookingInput,
        /// Cancelled bookings cannot be edited, only restored by undo.
        pub status: Status,
        /// The instant it starts.
        #[ts(type = "number")]
        pub start: i64,
        /// The first instant after.
        #[ts(type = "number")]
        pub end: i64,
        /// "4 h", "1 day", "45 min".
        pub duration: String,
        /// The rule in words, `every week on Tuesday`.
        pub repeat_words: Option<String>,
        /// Whether it is an occurrence of a series (so that a change asks for a [`Scope`]).
        pub in_series: bool,
        /// The imported calendar it came from.
        pub calendar: Option<String>,
        /// The person at this machine is reminded of it, though it is another team's.
        pub followed: bool,
        /// When it was first written down.
        #[ts(type = "number")]
        pub created: i64,
        /// When it was last changed.
        #[ts(type = "number")]
        pub modified: i64,
        /// What it conflicts with, in the weeks around the occurrence.
        pub conflicts: Vec<super::Conflict>,
        /// What was done to it and its series, newest first.
        pub history: Vec<super::Operation>,
    }

    /// What the form shows while it is filled in, before anything is saved.
    pub struct Preview {
        /// First instant, once start is understood.
        #[ts(type = "number | null")]
        pub start: Option<i64>,
        /// First instant after.
        #[ts(type = "number | null")]
        pub end: Option<i64>,
        /// "4 h", with a word when the clocks change inside.
        pub duration: Option<String>,
        /// The repeat in words.
        pub repeat_words: Option<String>,
        /// What it would conflict with. Saving is possible all the same.
        pub conflicts: Vec<super::Conflict>,
        /// What keeps it from being saved, by field, each with a next step.
        pub problems: Vec<Problem>,
    }

    /// A line of plain words, such as `staging tomorrow 9-13 load test @perf`.
    #[derive(Eq)]
    pub struct QuickInput {
        /// The words.
        pub text: String,
        /// The environment that is meant when none is named; empty takes the first that is shown.
        pub environment_id: String,
    }

    /// What a line of plain words would book.
    pub struct QuickAdd {
        /// The form that it fills in.
        pub input: BookingInput,
        /// "Wed 16 Sep 09:00–13:00"; empty where there are problems.
        pub when: String,
        /// "4 h".
        pub duration: Option<String>,
        /// The environment's name.
        pub environment: String,
        /// The team's name.
        pub team: String,
        /// The environment was named, not assumed.
        pub said_environment: bool,
        /// The team was named, not assumed.
        pub said_team: bool,
        /// A day or a time was named, not assumed.
        pub said_time: bool,
        /// Teams that were named, and that there are not.
        pub unknown: Vec<String>,
        /// What it would conflict with.
        pub conflicts: Vec<super::Conflict>,
        /// What keeps it from being booked.
        pub problems: Vec<Problem>,
    }

    /// A booking that a search has found.
    pub struct Found {
        /// Which; of a series the next occurrence, or the last.
        pub reference: BookingRef,
        /// One line; may be empty.
        pub title: String,
        /// The environment's name.
        pub environment: String,
        /// The team's id.
        pub team_id: String,
        /// "Wed 16 Sep 09:00–13:00".
        pub when: String,
        /// The instant it starts.
        #[ts(type = "number")]
        pub start: i64,
        /// It has not ended yet.
        pub upcoming: bool,
    }

    /// One thing in a form that must be mended before it can be saved.
    #[derive(Eq)]
    pub struct Problem {
        /// The field of [`BookingInput`] (camelCase), or empty when it is about the whole.
        pub field: String,
        /// What is wrong, and what to do.
        pub message: String,
    }

    /// A drag that came to its end, or is on its way: where the booking would be.
    pub struct Move {
        /// What is dragged; null creates (previews only).
        pub reference: Option<BookingRef>,
        /// For a series: this occurrence or all.
        pub scope: Scope,
        /// The environment it is dragged to.
        pub environment_id: String,
        /// The team of a new booking; ignored for an existing one.
        pub team_id: Option<String>,
        /// The instant it would start.
        #[ts(type = "number")]
        pub start: i64,
        /// The first instant after.
        #[ts(type = "number")]
        pub end: i64,
    }

    /// What a change did.
    pub struct Outcome {
        /// The operation, for undo; null when there was nothing to change.
        pub operation: Option<Operation>,
        /// What was booked or changed, where it was one booking.
        pub booking: Option<BookingRef>,
        /// Conflicts that the booking is part of now.
        pub conflicts: Vec<super::Conflict>,
    }

    /// One entry of the history.
    #[derive(Eq)]
    pub struct Operation {
        /// Its id.
        pub id: String,
        /// When.
        #[ts(type = "number")]
        pub at: i64,
        /// Who did it, on which machine's account.
        pub who: String,
        /// What was done, as a toast says it: `Moved "load test" to Thu 13:00`.
        pub title: String,
        /// Whether it has been undone.
        pub undone: bool,
    }
}
