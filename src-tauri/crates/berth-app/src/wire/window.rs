//! Freeze and allow windows as the window of the program shows and edits them.

wire! {
    /// What a window does to the kinds of bookings it names.
    #[derive(Copy, Eq)]
    pub enum Effect {
        /// They must not take place in it.
        Freeze,
        /// They must take place in it, or in another allow window.
        Allow,
    }

    /// A freeze or an allow window.
    #[derive(Eq)]
    pub struct Window {
        /// Its id; empty adds.
        pub id: String,
        /// What it does.
        pub effect: Effect,
        /// Ids of the environments it is about; at least one.
        pub environment_ids: Vec<String>,
        /// One line; may be empty.
        pub title: String,
        /// Wall time in `zone`, like [`super::BookingInput::start`].
        pub start: String,
        /// First moment after; when `all_day` the **last** day.
        pub end: String,
        /// Whole days.
        pub all_day: bool,
        /// Where its wall clock hangs, by IANA name; null is the zone of the first environment.
        #[serde(default)]
        pub zone: Option<String>,
        /// An RRULE value; null does not repeat.
        pub repeat: Option<String>,
        /// The rule in words; ignored when it is saved.
        pub repeat_words: Option<String>,
        /// The kinds of bookings it is about; at least one.
        pub blocks: Vec<super::Kind>,
        /// Who may break it; made by accepting a conflict. Saving removes those that are left out,
        /// and adds none.
        pub exceptions: Vec<WindowException>,
    }

    /// A booking that may break a window.
    #[derive(Eq)]
    pub struct WindowException {
        /// iCalendar's identifier of the booking.
        pub uid: String,
        /// Which occurrence of it, by the start its series gives it; null for all.
        #[ts(type = "number | null")]
        pub recurrence_id: Option<i64>,
        /// Who allowed it.
        pub who: String,
        /// When.
        #[ts(type = "number")]
        pub at: i64,
        /// Why.
        pub reason: String,
    }

    /// A file of windows, and what the person decided about it.
    pub struct WindowImport {
        /// The file's path.
        pub path: String,
        /// Ids of the environments that its windows are for; at least one.
        pub environment_ids: Vec<String>,
        /// What the events of a calendar are; null goes by their words.
        pub effect: Option<Effect>,
    }

    /// What an import of windows would do. Nothing has been written.
    pub struct WindowImportPreview {
        /// The file's name.
        pub file: String,
        /// The new windows, without ids.
        pub added: Vec<Window>,
        /// Those that the calendar has changed since an earlier import.
        pub changed: Vec<Window>,
        /// How many are there already.
        pub unchanged: u32,
        /// What of the file is no window, or is not followed, in sentences.
        pub notes: Vec<String>,
    }

    /// A piece of a window inside one day's column.
    #[derive(Eq)]
    pub struct WindowSpan {
        /// Index into `Week.windows`.
        pub window: u32,
        /// Index into `Week.days`.
        pub day: u32,
        /// The column inside the day.
        pub environment_id: String,
        /// Minutes after the day's first instant.
        pub start: u32,
        /// First minute after.
        pub end: u32,
    }
}
