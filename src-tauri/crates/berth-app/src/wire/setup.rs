//! Environments, teams, settings, and the first screen.

use super::Week;

wire! {
    /// A bookable resource.
    #[derive(Eq)]
    pub struct Environment {
        /// Its id.
        pub id: String,
        /// Its name.
        pub name: String,
        /// Other names under which calendars know it.
        pub aliases: Vec<String>,
        /// 1 is exclusive, n is shared by n.
        pub capacity: u32,
        /// IANA zone.
        pub zone: String,
        /// Minutes that a booking needs before, unless it says otherwise.
        pub set_up: u32,
        /// Minutes that a booking needs after, unless it says otherwise.
        pub clean_up: u32,
        /// Whom to ask.
        pub owner: String,
        /// Minutes before a slot at which its team is told.
        pub lead_times: Vec<u32>,
        /// Left out of the week.
        pub hidden: bool,
    }

    /// Who holds bookings.
    #[derive(Eq)]
    pub struct Team {
        /// Its id.
        pub id: String,
        /// Its name.
        pub name: String,
        /// Two or three letters.
        pub code: String,
        /// Index into the ten team colours.
        pub colour: u8,
        /// The person at this machine belongs to it.
        pub mine: bool,
    }

    /// What the window needs before it can draw anything.
    pub struct Startup {
        /// Nobody said which team they are in: ask for it.
        pub needs_team: bool,
        /// The sample week is shown; nothing is kept.
        pub demo: bool,
        /// The day to show first, null for today.
        pub date: Option<String>,
        /// Choices that were made.
        pub settings: Settings,
        /// How the window was left.
        pub view: ViewState,
        /// A suggestion for [`Settings::first_day`] by the locale.
        pub locale_first_day: u8,
        /// Whether the locale shows 1 pm for 13:00.
        pub locale_hour12: bool,
        /// The locale that says how dates and times are written, BCP 47.
        pub locale: String,
        /// The locale that says in which language, BCP 47.
        pub language: String,
        /// Things that happened on the way here and that the person must know, each with a next step.
        pub notices: Vec<Notice>,
        /// Where the data lies.
        pub data_dir: String,
        /// Berth's version.
        pub version: String,
    }

    /// A message that stays until it is dismissed.
    #[derive(Eq)]
    pub struct Notice {
        /// `info`, `warning` or `error`.
        pub level: NoticeLevel,
        /// What happened.
        pub message: String,
        /// What to do.
        pub hint: String,
    }

    /// How loud a notice is.
    #[derive(Copy, Eq)]
    pub enum NoticeLevel {
        /// Good to know.
        Info,
        /// Something does not work.
        Warning,
        /// Something is broken.
        Error,
    }

    /// What the shell says of a matter that may change: the next banner of the same kind takes the
    /// place of this one, however often it comes.
    #[derive(Eq)]
    pub struct Banner {
        /// What it is about.
        pub kind: BannerKind,
        /// What it says; null once it is not true any more.
        pub notice: Option<Notice>,
    }

    /// What a banner is about.
    #[derive(Copy, Eq)]
    pub enum BannerKind {
        /// Reminders wait that the desktop could not show; the page counts them.
        Undelivered,
        /// Slots passed while Berth was not running.
        Missed,
        /// What becomes of reminders cannot be written down.
        Unwritten,
        /// This desktop shows no notifications.
        OnlyHere,
        /// The file is damaged, or the backup of the day cannot be made.
        File,
        /// Something that the person asked for outside of the window did not work.
        Refused,
    }

    /// The first screen, which the page finds in its window and draws without asking.
    pub struct First {
        /// What a window needs before it can draw anything.
        pub startup: Startup,
        /// The days that it shows.
        pub week: Week,
        /// What is on each environment.
        pub now_next: Vec<NowNext>,
    }

    /// Choices of the person at this machine.
    #[derive(Eq)]
    #[serde(default)]
    pub struct Settings {
        /// `system`, `light` or `dark`.
        pub theme: Theme,
        /// The language of the window, `de`; null follows the locale, and so does one it has no
        /// words for.
        pub language: Option<String>,
        /// The zone that weeks are drawn in; null follows the system.
        pub zone: Option<String>,
        /// A second zone beside the hours; null is none.
        pub second_zone: Option<String>,
        /// Rows and hours take less room.
        pub compact: bool,
        /// 0 Sunday, 1 Monday … 6 Saturday; null follows the locale.
        pub first_day: Option<u8>,
        /// null follows the locale.
        pub hour12: Option<bool>,
        /// Whether Saturday and Sunday are drawn.
        pub weekend: bool,
        /// First and last working hour, 0 to 24.
        pub work_start: u8,
        /// See `work_start`.
        pub work_end: u8,
        /// Whether reminders are shown at all.
        pub reminders: bool,
        /// Whether single letters are keyboard shortcuts (WCAG 2.1.4).
        pub single_keys: bool,
    }

    /// How the window was left, so that it comes back like that.
    #[derive(Eq, Default)]
    #[serde(default)]
    pub struct ViewState {
        /// How days are shown.
        pub view: View,
        /// How many days [`View::Days`] has; 0 is the usual 3.
        pub days: u8,
        /// The day that was looked at; null is today.
        pub date: Option<String>,
        /// Minute of the day at the top of the window.
        pub scroll: Option<u32>,
        /// Which bookings stand out.
        pub filter: ViewFilter,
    }

    /// Ways to look at the bookings.
    #[derive(Copy, Eq, Default)]
    pub enum View {
        /// One day.
        Day,
        /// A week without its weekend.
        WorkWeek,
        /// Seven days.
        #[default]
        Week,
        /// Some days from the one chosen on.
        Days,
        /// A list, day by day.
        Agenda,
        /// Environments in rows, time along.
        Timeline,
        /// A month of days.
        Month,
    }

    /// Which bookings stand out; the others are dimmed.
    #[derive(Eq, Default)]
    #[serde(default)]
    pub struct ViewFilter {
        /// Ids of environments; empty is all.
        pub environments: Vec<String>,
        /// Ids of teams; empty is all.
        pub teams: Vec<String>,
        /// Kinds; empty is all.
        pub kinds: Vec<super::Kind>,
        /// Only those of my teams.
        pub mine: bool,
        /// Only those in an open conflict.
        pub in_conflict: bool,
    }

    /// Light or dark.
    #[derive(Copy, Eq)]
    pub enum Theme {
        /// As the desktop.
        System,
        /// Light.
        Light,
        /// Dark.
        Dark,
    }

    /// What an environment does now and next: the tray's and the strip's line.
    pub struct NowNext {
        /// Which.
        pub environment_id: String,
        /// Its name.
        pub environment: String,
        /// Who holds it at this moment.
        pub now: Vec<Slot>,
        /// Who is next.
        pub next: Option<Slot>,
        /// `staging: Perf until 13:00, then Infra`.
        pub text: String,
    }

    /// A booking in a [`NowNext`].
    #[derive(Eq)]
    pub struct Slot {
        /// Which booking.
        pub reference: super::BookingRef,
        /// Whose.
        pub team: String,
        /// One line.
        pub title: String,
        /// The instant it starts.
        #[ts(type = "number")]
        pub start: i64,
        /// The first instant after.
        #[ts(type = "number")]
        pub end: i64,
    }
}
