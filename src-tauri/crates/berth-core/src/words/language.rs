//! The languages in which Berth speaks to the person at this machine: in notifications, in the tray
//! and in questions of the desktop. Each is one file, and the type of [`Words`] makes it complete.
//!
//! The page has words of its own (`ui/src/lib/messages`); both follow the same choice. The command
//! line, the history and the sentences about conflicts are English.

mod de;
mod en;
#[cfg(test)]
mod tests;

/// So many of the slots that were missed are named in a sentence.
const NAMED: usize = 2;

/// A language that there are words for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// For everybody whose language Berth does not speak.
    #[default]
    English,
    /// German.
    German,
}

impl Language {
    /// The language of a locale or of a choice, BCP 47: `de-AT` is German, `fr` is English.
    #[must_use]
    pub fn of(tag: &str) -> Self {
        match tag.get(..2).map(str::to_ascii_lowercase).as_deref() {
            Some("de") => Self::German,
            _ => Self::English,
        }
    }

    /// Its words.
    #[must_use]
    pub fn words(self) -> &'static Words {
        match self {
            Self::English => &en::WORDS,
            Self::German => &de::WORDS,
        }
    }
}

/// All that is said in a language. Examples are English; what is put in is marked by braces.
#[derive(Debug)]
pub struct Words {
    /// Times, days, and lists of names.
    pub time: Time,
    /// What a reminder says.
    pub reminder: Reminder,
    /// What is on an environment now.
    pub now: Now,
    /// The menu of the tray icon, and what it says when the pointer rests on it.
    pub tray: Tray,
    /// The buttons of a notification.
    pub buttons: Buttons,
    /// What is asked before the window closes or Berth ends.
    pub questions: Questions,
    /// What the window is told about reminders that do not come.
    pub trouble: Trouble,
    /// What this desktop can and cannot do.
    pub desktop: Desktop,
}

/// See [`Words::time`].
#[derive(Debug)]
pub struct Time {
    /// `Mon` and so on.
    pub weekdays: [&'static str; 7],
    /// `Jan` and so on.
    pub months: [&'static str; 12],
    /// `{17} {Sep}`.
    pub date: fn(u32, &str) -> String,
    /// `midnight`, at the end of a day of twelve hours.
    pub midnight: &'static str,
    /// `all day`.
    pub all_day: &'static str,
    /// `{3} days`, after `in` or `ago`.
    pub days: fn(i64) -> String,
    /// `and`, before the last name of a list.
    pub and: &'static str,
}

/// See [`Words::reminder`].
#[derive(Debug)]
pub struct Reminder {
    /// `in {10 min}`.
    pub ahead: fn(&str) -> String,
    /// `now`.
    pub now: &'static str,
    /// `started {20 min} ago`.
    pub begun: fn(&str) -> String,
    /// `{staging} ends in {15 min}, {Perf} is next`.
    pub ends: fn(&str, &str, &str) -> String,
    /// `{staging} was moved`.
    pub moved: fn(&str) -> String,
    /// `{Perf}, now {15:00–17:00}`.
    pub moved_to: fn(&str, &str) -> String,
    /// `{staging} has a new conflict`.
    pub conflict: fn(&str) -> String,
    /// `{Perf, 09:00–13:00}, with {QA: hold}`.
    pub conflict_with: fn(&str, &str) -> String,
    /// `{6} slots of your teams`; at least two.
    pub several: fn(usize) -> String,
    /// `and {2} more`.
    pub more: fn(usize) -> String,
}

/// See [`Words::now`].
#[derive(Debug)]
pub struct Now {
    /// `free`.
    pub free: &'static str,
    /// `{Perf} until {13:00}`, also `{free} until {Wed 22:00}`.
    pub until: fn(&str, &str) -> String,
    /// `{Perf until 13:00}, then {Infra}`.
    pub then: fn(&str, &str) -> String,
}

/// See [`Words::tray`].
#[derive(Debug)]
pub struct Tray {
    /// `Next: {staging in 10 min: load test}`.
    pub next: fn(&str) -> String,
    /// `Nothing ahead for your teams`.
    pub nothing: &'static str,
    /// `{1} reminder waits for an answer`.
    pub waiting: fn(usize) -> String,
    /// `{12} reminders could not be shown.`
    pub not_shown: fn(usize) -> String,
    /// `Open Berth`.
    pub open: &'static str,
    /// `Snooze all for 1 h`.
    pub pause: &'static str,
    /// `Resume reminders ({60} min left)`.
    pub resume: fn(i64) -> String,
    /// `Quit`.
    pub quit: &'static str,
}

/// See [`Words::buttons`].
#[derive(Debug)]
pub struct Buttons {
    /// `Open`.
    pub open: &'static str,
    /// `Snooze {5} min`.
    pub snooze: fn(u32) -> String,
    /// `Snooze until start`.
    pub snooze_until_start: &'static str,
    /// `Dismiss`.
    pub dismiss: &'static str,
}

/// See [`Words::questions`].
#[derive(Debug)]
pub struct Questions {
    /// `Quit Berth?`
    pub quit: &'static str,
    /// `{1} reminder falls due in the next 24 hours, and …`
    pub quit_missing: fn(usize) -> String,
    /// `Close Berth?`
    pub close: &'static str,
    /// What closing means where there is no tray.
    pub close_without_tray: &'static str,
    /// `Quit`: the button.
    pub yes_quit: &'static str,
    /// `Keep running`.
    pub keep_running: &'static str,
    /// `Cancel`.
    pub cancel: &'static str,
    /// The title of the dialog for a calendar file.
    pub import: &'static str,
    /// The title of the dialog for a file of windows.
    pub import_windows: &'static str,
    /// The title of the dialog for where an export goes.
    pub export: &'static str,
}

/// See [`Words::trouble`]. Each hint is a sentence that says what to do.
#[derive(Debug)]
pub struct Trouble {
    /// `The desktop shows no notifications, for {reason}.`
    pub undelivered: fn(&str) -> String,
    /// The hint to it.
    pub undelivered_hint: &'static str,
    /// `A slot of your teams passed while Berth was not running: {staging Thu 17 Sep …}.` Of many
    /// it names [`NAMED`]; the window lists them all.
    pub missed: fn(&[String]) -> String,
    /// The hint to it.
    pub missed_hint: &'static str,
    /// `{The disk is full.} Reminders still come, …`
    pub unwritten: fn(&str) -> String,
    /// The hint to it.
    pub unwritten_hint: &'static str,
    /// `Reminders appear only in this window, for {there is no session bus}.`
    pub only_here: fn(&str) -> String,
    /// The hint to it.
    pub only_here_hint: &'static str,
    /// The reason of a refusal: no session bus.
    pub no_bus: &'static str,
    /// The reason of a refusal: no notification service.
    pub no_service: &'static str,
    /// The reason of a refusal: it hangs.
    pub no_answer: &'static str,
    /// The reason of a refusal: `the notification service says: {…}`.
    pub refused: fn(&str) -> String,
}

/// See [`Words::desktop`]. Findings are clauses without a full stop, hints are sentences.
#[derive(Debug)]
pub struct Desktop {
    /// The heading of a test reminder.
    pub test: &'static str,
    /// Its text.
    pub test_text: &'static str,
    /// `A reminder was sent to {dunst 1.9.0}.`
    pub sent: fn(&str) -> String,
    /// As [`Desktop::sent`], where the system does not say who shows it.
    pub handed_over: &'static str,
    /// What macOS asks for.
    pub signed_only: &'static str,
    /// `a service that does not say its name ({…})`.
    pub nameless: fn(&str) -> String,
    /// `The desktop could not show a notification: {reason}.`
    pub refused: fn(&str) -> String,
    /// The hint to it.
    pub refused_hint: &'static str,
    /// `{dunst 1.9.0} shows them`.
    pub shows: fn(&str) -> String,
    /// Notifications have buttons.
    pub buttons: &'static str,
    /// They have none.
    pub no_buttons: &'static str,
    /// The hint to it.
    pub no_buttons_hint: &'static str,
    /// The desktop keeps what is not answered.
    pub listed: &'static str,
    /// Berth does.
    pub not_listed: &'static str,
    /// Do not disturb is on.
    pub paused: &'static str,
    /// The hint to it.
    pub paused_hint: &'static str,
    /// It is off.
    pub not_paused: &'static str,
    /// It cannot be known.
    pub paused_unknown: &'static str,
    /// There is a tray.
    pub tray: &'static str,
    /// There is none.
    pub no_tray: &'static str,
    /// The hint to it.
    pub no_tray_hint: &'static str,
}

/// The first [`NAMED`] of a list and the number of the others, in the words of `more`.
fn first_of(all: &[String], more: fn(usize) -> String) -> String {
    let (named, others) = all.split_at(all.len().min(NAMED));
    let mut parts = named.to_vec();
    if !others.is_empty() {
        parts.push(more(others.len()));
    }
    parts.join(" · ")
}
