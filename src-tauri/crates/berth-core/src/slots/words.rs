//! Slots and obstacles as a person says them.

use chrono::{NaiveTime, Weekday};

use super::{Daily, Days, Length, Note, Obstacle, Slot};
use crate::words::{Names, Phrasing, duration_words, kind_words, list_words};
use crate::{EnvironmentId, TimeRange};

impl Slot {
    /// What is to be said about it: `free`, `after Perf's clean-up`, `if QA's tentative booking
    /// yields`, `free, outside the preferred hours`.
    #[must_use]
    pub fn reason(&self, names: &Names) -> String {
        let mut words: Vec<String> = self.notes.iter().map(|note| note.words(names)).collect();
        if words.is_empty() || self.notes == [Note::OutsidePreferred] {
            words.insert(0, "free".into());
        }
        words.join(", ")
    }
}

impl Note {
    fn words(&self, names: &Names) -> String {
        match self {
            Self::IfTheyYield(teams) => match teams.len() {
                1 => format!(
                    "if {} tentative booking yields",
                    names.teams_possessive(teams)
                ),
                _ => format!(
                    "if {} tentative bookings yield",
                    names.teams_possessive(teams)
                ),
            },
            Self::AfterCleanUp(team) => format!("after {}'s clean-up", (names.team)(*team)),
            Self::BeforeSetUp(team) => format!("before {}'s set-up", (names.team)(*team)),
            Self::OutsidePreferred => "outside the preferred hours".into(),
        }
    }
}

impl Obstacle {
    /// Why there is no slot, as a part of a sentence: `staging is held by QA until Thu 17 Sep
    /// 17:00; the longest free stretch is 2 h (Thu 17 Sep 17:00–19:00)`.
    #[must_use]
    pub fn words(&self, names: &Names, phrasing: Phrasing) -> String {
        let place = |id: &EnvironmentId| (names.environment)(*id);
        match self {
            Self::TooManyUnits {
                environment,
                wanted,
                capacity,
            } => {
                let units = if *capacity == 1 { "unit" } else { "units" };
                format!(
                    "{} has {capacity} {units}, not {wanted}",
                    place(environment)
                )
            }
            Self::TooShort { length, range } => {
                format!(
                    "{} is shorter than {}",
                    phrasing.range(*range),
                    length.words()
                )
            }
            Self::Hours { length, within } => {
                format!(
                    "no stretch of {} {}",
                    length.words(),
                    within.words(phrasing)
                )
            }
            Self::NotAllowed { .. } | Self::Frozen { .. } => self.window_words(names, phrasing),
            Self::TeamBusy { team, longest } => {
                let left = left(*longest, "stretch that it has time", phrasing);
                format!("{} is busy elsewhere{left}", (names.team)(*team))
            }
            Self::Held {
                environment,
                by,
                until,
                longest,
            } => {
                let (place, by, until) =
                    (place(environment), names.teams(by), phrasing.moment(*until));
                let left = left(*longest, "free stretch", phrasing);
                format!("{place} is held by {by} until {until}{left}")
            }
            Self::NeverTogether { environments } => {
                let places: Vec<_> = environments
                    .iter()
                    .map(|one| place(one).to_owned())
                    .collect();
                let places = list_words(&places);
                format!("{places} are free for long enough, but never at the same time")
            }
            Self::TooClose { apart, team, range } => {
                let (apart, team) = (duration_words(*apart), (names.team)(*team));
                let when = phrasing.range(*range);
                format!("whatever is free is less than {apart} from a deployment ({team}, {when})")
            }
        }
    }

    /// The same of what windows leave.
    fn window_words(&self, names: &Names, phrasing: Phrasing) -> String {
        let place = |id: &EnvironmentId| (names.environment)(*id);
        match self {
            Self::NotAllowed {
                environment,
                kind,
                windows,
                longest,
            } => {
                let windows = named(names, windows);
                let rest = match longest {
                    Some(range) => {
                        format!("where the longest stretch is {}", stretch(*range, phrasing))
                    }
                    None => "and none is in this time".into(),
                };
                let (place, kind) = (place(environment), kind_words(*kind));
                format!("{place} allows {kind} only in its windows{windows}, {rest}")
            }
            Self::Frozen {
                windows,
                longest: None,
                ..
            } => all_frozen(names, windows),
            Self::Frozen {
                environment,
                windows,
                longest,
            } => {
                let left = left(*longest, "stretch left", phrasing);
                format!(
                    "{} is frozen{}{left}",
                    place(environment),
                    named(names, windows)
                )
            }
            _ => String::new(),
        }
    }
}

/// `the freeze "quarter end" covers all of it`.
fn all_frozen(names: &Names, windows: &[u32]) -> String {
    let titles = names.titles(windows);
    match windows {
        [_] => format!("the freeze{titles} covers all of it"),
        _ => format!("the freezes{titles} cover all of it"),
    }
}

/// `; the longest free stretch is 2 h (Thu 17 Sep 17:00–19:00)`, or nothing where none is left.
fn left(longest: Option<TimeRange>, what: &str, phrasing: Phrasing) -> String {
    let words = |range| format!("; the longest {what} is {}", stretch(range, phrasing));
    longest.map(words).unwrap_or_default()
}

/// ` ("night")`, or nothing where no window has a title.
fn named(names: &Names, windows: &[u32]) -> String {
    match names.titles(windows) {
        titles if titles.is_empty() => titles,
        titles => format!(" ({})", titles.trim_start()),
    }
}

/// `2 h (Thu 17 Sep 17:00–19:00)`.
fn stretch(range: TimeRange, phrasing: Phrasing) -> String {
    format!(
        "{} ({})",
        duration_words(range.length()),
        phrasing.range(range)
    )
}

impl Length {
    fn words(self) -> String {
        match self {
            Self::Time(length) => duration_words(length),
            Self::Days(1) => "1 whole day".into(),
            Self::Days(days) => format!("{days} whole days"),
        }
    }
}

impl Daily {
    /// `between 09:00 and 18:00 on Tue and Wed`.
    fn words(&self, phrasing: Phrasing) -> String {
        let format = if phrasing.hour12 {
            "%-I:%M %P"
        } else {
            "%H:%M"
        };
        let hours = self.hours.map(|hours| {
            let end = match (hours.to == NaiveTime::MIN, phrasing.hour12) {
                (true, true) => "midnight".to_owned(),
                (true, false) => "24:00".to_owned(),
                _ => hours.to.format(format).to_string(),
            };
            format!("between {} and {end}", hours.from.format(format))
        });
        let days = match &self.days {
            Days::Any => None,
            Days::Weekdays(days) => Some(days.iter().map(Weekday::to_string).collect::<Vec<_>>()),
            Days::Dates(dates) => Some(
                dates
                    .iter()
                    .map(|date| date.format("%a %-d %b").to_string())
                    .collect(),
            ),
        };
        let days = days.map(|days| match days.as_slice() {
            [] => "on no day".to_owned(),
            days => format!("on {}", list_words(days)),
        });
        hours.into_iter().chain(days).collect::<Vec<_>>().join(" ")
    }
}
