//! Conflicts as the window shows them.

wire! {
    /// Which rule is broken.
    #[derive(Copy, Eq)]
    pub enum ConflictKind {
        /// More is held than there is.
        Overlap,
        /// Set-up or clean-up of one runs into another.
        Buffer,
        /// A booking of a blocked kind meets a freeze.
        Freeze,
        /// A deployment lies outside the allowed windows.
        #[serde(rename = "outside-window")]
        OutsideWindow,
    }

    /// How bad it is.
    #[derive(Copy, Eq)]
    pub enum Severity {
        /// Two or more confirmed bookings.
        Error,
        /// One of them can yield.
        Warning,
        /// Within one team: not counted.
        Info,
    }

    /// One stretch of time in which a rule is broken.
    pub struct Conflict {
        /// Stable: environment, kind, and who is part of it.
        pub id: String,
        /// Where.
        pub environment_id: String,
        /// Which rule.
        pub kind: ConflictKind,
        /// How bad.
        pub severity: Severity,
        /// First instant of it.
        #[ts(type = "number")]
        pub start: i64,
        /// First instant after.
        #[ts(type = "number")]
        pub end: i64,
        /// Who is part of it, in order of start.
        pub bookings: Vec<ConflictMember>,
        /// Somebody accepted it, and nothing has changed since.
        pub accepted: Option<Acceptance>,
        /// `staging, Thu 17 Sep 09:00–13:00 (4 h): Infra and Perf both hold it.`
        pub headline: String,
        /// `staging has capacity 1; both are confirmed and exclusive. Perf booked first (Mon 08:12). Contact: …`
        pub explanation: String,
    }

    /// A booking in a conflict.
    #[derive(Eq)]
    pub struct ConflictMember {
        /// Which one.
        pub reference: super::BookingRef,
        /// iCalendar's identifier.
        pub uid: String,
        /// Whose; the team's id.
        pub team_id: String,
        /// The team's name.
        pub team: String,
        /// Its title.
        pub title: String,
        /// The instant it starts.
        #[ts(type = "number")]
        pub start: i64,
        /// The first instant after.
        #[ts(type = "number")]
        pub end: i64,
    }

    /// A way out of a conflict.
    #[derive(Eq)]
    pub struct Proposal {
        /// Names it, as long as nothing changes.
        pub key: String,
        /// What it does.
        pub action: ProposalAction,
        /// `Move Infra to Thu 13:00–17:00 (free)`.
        pub text: String,
        /// `would overlap QA, Thu 14:00–16:00 (warning)`; empty where it causes nothing.
        pub consequences: String,
        /// A message to whoever would have to move, to be copied; empty where it can be done here.
        pub request: String,
        /// Applying it takes a reason: nothing is changed, somebody says why that is fine.
        pub needs_reason: bool,
    }

    /// What a proposal does.
    #[derive(Copy, Eq)]
    pub enum ProposalAction {
        /// Mine begins at another time.
        MoveMine,
        /// Mine becomes shorter.
        Shorten,
        /// All take units, or use it at the same time and know of it.
        Share,
        /// Theirs would move: a request to copy.
        MoveTheirs,
        /// Nothing changes.
        Accept,
    }

    /// Who accepted a conflict, when and why.
    #[derive(Eq)]
    pub struct Acceptance {
        /// Who.
        pub who: String,
        /// When.
        #[ts(type = "number")]
        pub at: i64,
        /// Why.
        pub reason: String,
    }
}
