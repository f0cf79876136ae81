//! The week as it is drawn. All geometry that needs a calendar is computed here; the window only
//! turns minutes into pixels.

wire! {
    /// Which days to draw.
    pub struct WeekQuery {
        /// A day inside the first week, `2026-09-17`; null is today.
        pub date: Option<String>,
        /// First day of the week: 0 is Sunday, 1 Monday … 6 Saturday.
        pub first_day: u8,
        /// How many days, 1 to 31, or 42. With 7 the range begins on `first_day`, with 42 on the
        /// `first_day` of the week with the first of the month, else on `date`.
        pub days: u8,
    }

    /// Everything one screen of the week view shows.
    pub struct Week {
        /// First day, `2026-09-14`.
        pub from: String,
        /// ISO 8601 week of the first Thursday on screen, 1 to 53.
        pub iso_week: u8,
        /// The zone that the days are drawn in.
        pub zone: String,
        /// The time at which this was computed.
        #[ts(type = "number")]
        pub now: i64,
        /// Today in `zone`.
        pub today: String,
        /// The columns, in order.
        pub days: Vec<Day>,
        /// All environments, in order, hidden ones too.
        pub environments: Vec<super::Environment>,
        /// All teams, by name.
        pub teams: Vec<super::Team>,
        /// Every occurrence that touches the range, by start. Cancelled ones are not here.
        pub occurrences: Vec<Occurrence>,
        /// The pieces to draw in the columns.
        pub blocks: Vec<Block>,
        /// The pieces to draw above the columns.
        pub bars: Vec<Bar>,
        /// "+n": what does not fit beside the third lane.
        pub folds: Vec<Fold>,
        /// What is wrong in the range, by start. Accepted ones are here too.
        pub conflicts: Vec<Conflict>,
        /// Where to hatch.
        pub marks: Vec<Mark>,
        /// Freeze and allow windows, all of them.
        pub windows: Vec<super::Window>,
        /// Where they lie, to be drawn behind the bookings.
        pub spans: Vec<super::WindowSpan>,
        /// Conflicts of severity error or warning that nobody accepted.
        pub conflict_count: u32,
        /// Whether there is any booking at all, in any week.
        pub any_booking: bool,
        /// The operation that undo would take back.
        pub undo: Option<super::Operation>,
        /// The operation that redo would bring back.
        pub redo: Option<super::Operation>,
    }

    /// One day: the real minutes between two midnights, so 1380, 1440 or 1500 of them.
    pub struct Day {
        /// `2026-09-17`.
        pub date: String,
        /// The first instant of it.
        #[ts(type = "number")]
        pub start: i64,
        /// Its length in minutes.
        pub minutes: u32,
        /// Where each full hour of the wall clock stands: minute of the day, and the hour shown (0 to 23).
        /// On a day when clocks go back one hour stands twice; in spring one is missing.
        pub hours: Vec<HourMark>,
        /// Where the clock jumps; null on all days but a few.
        pub change: Option<ClockChange>,
        /// Today in the zone drawn.
        pub is_today: bool,
        /// Saturday or Sunday.
        pub is_weekend: bool,
        /// First and last minute of the working hours, equal when there are none.
        pub work_start: u32,
        /// See `work_start`.
        pub work_end: u32,
    }

    /// A jump of the wall clock.
    #[derive(Copy, Eq)]
    pub struct ClockChange {
        /// Minutes after the day's first instant; 0 where midnight is skipped, the length of the day
        /// where its last hour is.
        pub minute: u32,
        /// Minutes forward; negative where an hour comes twice.
        pub by: i32,
    }

    /// A full hour on a day's axis.
    #[derive(Copy, Eq)]
    pub struct HourMark {
        /// Minutes after the day's first instant.
        pub minute: u32,
        /// What the wall clock shows.
        pub hour: u8,
    }

    /// One booking, or one occurrence of a series, at a time.
    pub struct Occurrence {
        /// Stable key for drawing: id and recurrence id.
        pub key: String,
        /// Which booking.
        pub reference: super::BookingRef,
        /// iCalendar's identifier.
        pub uid: String,
        /// What is held.
        pub environment_id: String,
        /// Who holds it.
        pub team_id: String,
        /// One line; may be empty.
        pub title: String,
        /// The instant it starts.
        #[ts(type = "number")]
        pub start: i64,
        /// The first instant after.
        #[ts(type = "number")]
        pub end: i64,
        /// "09:00–13:00", or "Tue 09:00 – Thu 17:00", "all day", in the zone drawn.
        pub time: String,
        /// Whole days.
        pub all_day: bool,
        /// Confirmed or tentative.
        pub status: super::Status,
        /// Whether it holds the environment.
        pub blocks: bool,
        /// What it is for.
        pub kind: super::Kind,
        /// null is exclusive.
        pub units: Option<u32>,
        /// Minutes before.
        pub set_up: u32,
        /// Minutes after.
        pub clean_up: u32,
        /// Part of a series.
        pub in_series: bool,
        /// Bookings of one plan belong together.
        pub plan: Option<String>,
        /// Ids of the conflicts in `Week.conflicts` that it is part of, info left out.
        pub conflicts: Vec<String>,
        /// A complete name for assistive technology: title, team, environment, full date, from–to,
        /// status, "overlaps Perf: performance tests".
        pub label: String,
    }

    /// A piece of an occurrence inside one day's column of its environment.
    #[derive(Eq)]
    pub struct Block {
        /// Index into `Week.occurrences`.
        pub occurrence: u32,
        /// Index into `Week.days`.
        pub day: u32,
        /// The column inside the day.
        pub environment_id: String,
        /// Minutes after the day's first instant.
        pub start: u32,
        /// First minute after.
        pub end: u32,
        /// Which lane, from 0; at most 2.
        pub lane: u32,
        /// How many lanes its group has, at most 3.
        pub lanes: u32,
        /// How many lanes it may cover to the right, at least 1.
        pub span: u32,
        /// It began before this piece.
        pub continues_before: bool,
        /// It goes on after this piece.
        pub continues_after: bool,
    }

    /// An occurrence in the all-day row.
    #[derive(Eq)]
    pub struct Bar {
        /// Index into `Week.occurrences`.
        pub occurrence: u32,
        /// Index of the first day it covers.
        pub day: u32,
        /// How many days.
        pub days: u32,
        /// Which column inside the day.
        pub environment_id: String,
        /// Which line of the row, from 0.
        pub line: u32,
        /// It began before the range.
        pub continues_before: bool,
        /// It goes on after the range.
        pub continues_after: bool,
    }

    /// What is folded away in a crowded stretch.
    #[derive(Eq)]
    pub struct Fold {
        /// Index into `Week.days`.
        pub day: u32,
        /// The column inside the day.
        pub environment_id: String,
        /// Where the crowded stretch starts.
        pub start: u32,
        /// Where it ends.
        pub end: u32,
        /// Indices into `Week.occurrences`.
        pub occurrences: Vec<u32>,
    }

    /// A piece of a conflict inside one day's column.
    #[derive(Eq)]
    pub struct Mark {
        /// Index into `Week.conflicts`.
        pub conflict: u32,
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
use super::Conflict;
