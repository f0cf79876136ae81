//! Free slots, as the window asks for them.

wire! {
    /// What is looked for.
    pub struct SlotQuery {
        /// The booking that it is for: its kind, units, set-up, clean-up and plan matter.
        pub input: super::BookingInput,
        /// The booking that is to be moved, and is not in its own way.
        pub reference: Option<super::BookingRef>,
        /// On all of these at the same time; at least one.
        pub environment_ids: Vec<String>,
        /// These take part, and must have nothing else then, wherever.
        pub team_ids: Vec<String>,
        /// `4h`, `1h30m`, `2d`.
        pub length: String,
        /// The first day, in the zone of the first environment; nothing before now is found.
        pub from: String,
        /// The last day.
        pub to: String,
        /// Only in these hours, `20:00-24:00`; empty is any, with working hours first.
        pub hours: String,
        /// Only on these days of the week, 0 is Sunday; empty is any.
        pub weekdays: Vec<u8>,
        /// One slot on each of the days, instead of the best ones.
        pub each: bool,
        /// So many hours from every deployment.
        pub apart: u32,
    }

    /// What was found.
    #[derive(Default)]
    pub struct SlotAnswer {
        /// Best first; where each day is to have one, by day.
        pub slots: Vec<SlotFound>,
        /// Why there is none; where each day is to have one, why a day has none.
        pub why: Vec<String>,
        /// What is wrong with the question; then nothing was looked for.
        pub problems: Vec<super::Problem>,
    }

    /// A time that would do.
    #[derive(Eq)]
    pub struct SlotFound {
        /// As in a booking's form.
        pub start: String,
        /// As in a booking's form.
        pub end: String,
        /// Whole days.
        pub all_day: bool,
        /// `Thu 17 Sep 13:00–17:00`.
        pub text: String,
        /// `free`, `after Perf's clean-up`.
        pub reason: String,
    }
}
