//! Reminders as the window shows them.

wire! {
    /// What became of a reminder that waits for an answer.
    #[derive(Copy, Eq)]
    pub enum ReminderState {
        /// It was shown, and nobody answered.
        Shown,
        /// The slot is over.
        Missed,
        /// The desktop could not show it.
        Failed,
        /// It comes again.
        Snoozed,
    }

    /// A reminder that waits for an answer.
    #[derive(Eq)]
    pub struct Reminder {
        /// Names it in an answer.
        pub tag: String,
        /// One line, as it is true now.
        pub summary: String,
        /// The text below.
        pub body: String,
        /// What it is about.
        pub booking: super::BookingRef,
        /// The instant the slot starts.
        #[ts(type = "number")]
        pub start: i64,
        /// The first instant after.
        #[ts(type = "number")]
        pub end: i64,
        /// What became of it.
        pub state: ReminderState,
        /// When it comes again, snoozed.
        #[ts(type = "number | null")]
        pub until: Option<i64>,
    }

    /// What this desktop does with notifications.
    #[derive(Eq)]
    pub struct DesktopReport {
        /// What was shown and by whom.
        pub message: String,
        /// What it can and cannot do, one sentence each.
        pub details: Vec<String>,
    }
}
