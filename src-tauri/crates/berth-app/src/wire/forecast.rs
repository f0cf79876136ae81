//! What is ahead, as the window shows it.

wire! {
    /// The conflicts of the weeks ahead that nobody accepted, those within a team left out.
    pub struct Forecast {
        /// All weeks of the range, also those without conflicts.
        pub weeks: Vec<ForecastWeek>,
        /// The conflicts, those between the same bookings together, by the first of each.
        pub groups: Vec<ForecastGroup>,
        /// How many conflicts there are in all.
        pub count: u32,
        /// How many of them are in groups that are too many to list.
        pub unlisted: u32,
    }

    /// A week, Monday to Sunday.
    pub struct ForecastWeek {
        /// Its first day.
        pub monday: String,
        /// Its last day.
        pub sunday: String,
        /// ISO 8601: the year that it counts in.
        pub year: i32,
        /// ISO 8601: 1 to 53.
        pub iso_week: u32,
        /// Conflicts that are certain.
        pub errors: u32,
        /// Conflicts in which somebody can yield.
        pub warnings: u32,
        /// `clocks change in Berlin on Sun 25 Oct`; empty where the clocks are as usual.
        pub clocks: String,
    }

    /// The conflicts between the same bookings.
    pub struct ForecastGroup {
        /// Where.
        pub environment_id: String,
        /// Which rule.
        pub kind: super::ConflictKind,
        /// The worst of them.
        pub severity: super::Severity,
        /// The bookings, as they are in the first conflict.
        pub bookings: Vec<super::ConflictMember>,
        /// `Infra and Perf both hold it.`
        pub what: String,
        /// `4 of 52 Tuesdays, all in the weeks when Berlin's and New York's clocks disagree`; empty
        /// of a single conflict that does not repeat.
        pub summary: String,
        /// The summary with the first dates: for a line of text.
        pub text: String,
        /// How many occurrences of the series are in conflict, where one repeats.
        pub met: Option<u32>,
        /// How many it has in the range.
        pub total: Option<u32>,
        /// Each conflict, by start.
        pub times: Vec<ForecastTime>,
    }

    /// When one of them is.
    #[derive(Eq)]
    pub struct ForecastTime {
        /// The conflict's id.
        pub id: String,
        /// First instant of it.
        #[ts(type = "number")]
        pub start: i64,
        /// First instant after.
        #[ts(type = "number")]
        pub end: i64,
        /// `Tue 27 Oct 14:00–15:00`.
        pub text: String,
    }

    /// What a change did to the conflicts ahead.
    #[derive(Copy, Eq, Default)]
    pub struct Turn {
        /// How many there are now that there were not.
        pub caused: u32,
        /// How many there are no more.
        pub solved: u32,
        /// It was made in this window; else by another program.
        pub here: bool,
    }
}
