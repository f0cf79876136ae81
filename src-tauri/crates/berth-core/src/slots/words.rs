//! Slots and obstacles as a person says them.

use chrono::{NaiveTime, Weekday};

use super::{Daily, Days, Length, Note, Obstacle, Slot};
use crate::TimeRange;
use crate::words::{Names, Phrasing, duration_words, kind_words, list_words};

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
        let longest = |longest: &Option<TimeRange>, what: &str| match longest {
            Some(range) => format!("; the longest {what} is {}", stretch(*range, phrasing)),
            None => String::new(),
        };
        match self {
            Self::TooManyUnits {
                environment,
                wanted,
                capacity,
            } => {
                let units = if *capacity == 1 { "unit" } else { "units" };
                format!(
                    "{} has {capacity} {units}, not {wanted}",
                    (names.environment)(*environment)
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
            Self::NotAllowed {
                environment,
                kind,
                windows,
                longest,
            } => {
                let (place, kind) = ((names.environment)(*environment), kind_words(*kind));
                let windows = format!(
                    "{place} allows {kind} only in its windows{}",
                    named(names, windows)
                );
                match longest {
                    Some(range) => {
                        format!(
                            "{windows}, where the longest stretch is {}",
                            stretch(*range, phrasing)
                        )
                    }
                    None => format!("{windows}, and none is in this time"),
                }
            }
            Self::Frozen {
                windows,
                longest: None,
                ..
            } => {
                let (freeze, covers) = if windows.len() == 1 {
                    ("freeze", "covers")
                } else {
                    ("freezes", "cover")
                };
                format!("the {freeze}{} {covers} all of it", names.titles(windows))
            }
            Self::Frozen {
                environment,
                windows,
                longest: left,
            } => {
                let (place, freeze) = ((names.environment)(*environment), named(names, windows));
                format!("{place} is frozen{freeze}{}", longest(left, "stretch left"))
            }
            Self::Held {
                environment,
                by,
                until,
                longest: left,
            } => {
                let (place, by) = ((names.environment)(*environment), names.teams(by));
                let until = phrasing.moment(*until);
                format!(
                    "{place} is held by {by} until {until}{}",
                    longest(left, "free stretch")
                )
            }
            Self::NeverTogether { environments } => {
                let places = environments
                    .iter()
                    .map(|&one| (names.environment)(one).to_owned());
                let places = list_words(&places.collect::<Vec<_>>());
                format!("{places} are free for long enough, but never at the same time")
            }
            Self::TooClose { apart, team, range } => {
                let (apart, team) = (duration_words(*apart), (names.team)(*team));
                let when = phrasing.range(*range);
                format!("whatever is free is less than {apart} from a deployment ({team}, {when})")
            }
        }
    }
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
