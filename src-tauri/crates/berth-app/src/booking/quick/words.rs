//! Which word says what. The rest is the title, as it was written.

use berth_core::time::Tz;
use berth_core::{Environment, EnvironmentId, Team, TeamId, Timestamp};
use chrono::{Days, NaiveDate, NaiveTime};

use crate::time::{Length, Span, clock, hour, iso_date, named_day, span};

/// A time as it was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Time {
    From(NaiveTime),
    Span(Span),
    Now,
}

/// What a line of words says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Said {
    pub(super) environment: Option<EnvironmentId>,
    pub(super) team: Option<TeamId>,
    pub(super) day: Option<NaiveDate>,
    pub(super) last_day: Option<NaiveDate>,
    pub(super) time: Option<Time>,
    pub(super) length: Option<Length>,
    pub(super) all_day: bool,
    pub(super) tentative: bool,
    pub(super) title: String,
    /// Teams that were named, and that there are not.
    pub(super) unknown: Vec<String>,
}

/// More words than this make no name.
const NAME: usize = 4;

struct Reading<'a> {
    words: Vec<&'a str>,
    environments: &'a [Environment],
    teams: &'a [Team],
    now: Timestamp,
    said: Said,
}

pub(super) fn read(
    text: &str,
    environments: &[Environment],
    teams: &[Team],
    now: Timestamp,
) -> Said {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut reading = Reading {
        words,
        environments,
        teams,
        now,
        said: Said::default(),
    };
    let mut title = Vec::new();
    let mut at = 0;
    while at < reading.words.len() {
        let taken = reading.take(at);
        if taken == 0 {
            title.push(reading.words[at]);
        }
        at += taken.max(1);
    }
    reading.said.title = title.join(" ");
    reading.said
}

impl Reading<'_> {
    /// How many words from here on say something; 0 leaves the word to the title.
    fn take(&mut self, at: usize) -> usize {
        let word = self.words[at].trim_end_matches(',').to_lowercase();
        for read in [Self::team, Self::phrase, Self::environment] {
            let taken = read(self, at, &word);
            if taken > 0 {
                return taken;
            }
        }
        usize::from(self.day(&word) || self.time(&word) || self.length(&word) || self.mark(&word))
    }

    /// The most words from `at` on that are one of the names, the first without `prefix` bytes.
    fn name<T>(
        &self,
        at: usize,
        prefix: usize,
        find: impl Fn(&str) -> Option<T>,
    ) -> Option<(T, usize)> {
        (1..=NAME.min(self.words.len() - at))
            .rev()
            .find_map(|count| {
                let text = self.words[at..at + count].join(" ").to_lowercase();
                find(text.get(prefix..)?.trim_end_matches(',')).map(|found| (found, count))
            })
    }

    fn team(&mut self, at: usize, word: &str) -> usize {
        let Some(name) = word.strip_prefix('@').filter(|_| self.said.team.is_none()) else {
            return 0;
        };
        let teams = self.teams;
        let find = |text: &str| {
            let named = teams.iter().find(|one| one.name.to_lowercase() == text);
            named
                .or_else(|| teams.iter().find(|one| one.code.to_lowercase() == text))
                .map(|one| one.id)
        };
        if let Some((team, count)) = self.name(at, 1, find) {
            self.said.team = Some(team);
            return count;
        }
        self.said
            .unknown
            .extend(Some(name.to_owned()).filter(|name| !name.is_empty()));
        1
    }

    fn environment(&mut self, at: usize, word: &str) -> usize {
        if self.said.environment.is_some() || word.is_empty() {
            return 0;
        }
        let all = self.environments;
        let find = |text: &str| {
            let called = all.iter().find(|one| one.name.to_lowercase() == text);
            let alias =
                |one: &&Environment| one.aliases.iter().any(|alias| alias.to_lowercase() == text);
            called.or_else(|| all.iter().find(alias)).map(|one| one.id)
        };
        let Some((environment, count)) = self.name(at, 0, find) else {
            return 0;
        };
        self.said.environment = Some(environment);
        count
    }

    /// `all day`, `for 2h`, `at 9`, `from 9 to 13`, `until 13`.
    fn phrase(&mut self, at: usize, word: &str) -> usize {
        let following = self
            .words
            .get(at + 1)
            .map(|word| word.trim_end_matches(',').to_lowercase());
        let Some(second) = following else { return 0 };
        let said = match word {
            "all" if second == "day" => {
                self.said.all_day = true;
                true
            }
            "for" => self.length(&second),
            "at" | "from" => {
                hour(&second).is_some_and(|time| self.start(time)) || self.time(&second)
            }
            "to" | "until" | "till" | "-" | "–" => {
                hour(&second).is_some_and(|time| self.end(time))
            }
            _ => false,
        };
        if said { 2 } else { 0 }
    }

    fn day(&mut self, word: &str) -> bool {
        if self.said.day.is_some() {
            return false;
        }
        let today = self.now.wall(self.zone()).date();
        let read = |word: &str, from: NaiveDate| iso_date(word).or_else(|| named_day(word, from));
        self.said.day = read(word, today);
        if self.said.day.is_some() {
            return true;
        }
        // `fri-mon`: the last is the first such day after the first.
        let Some((first, last)) = word.split_once(['-', '–']) else {
            return false;
        };
        let Some(first) = read(first, today) else {
            return false;
        };
        let after = first.checked_add_days(Days::new(1)).unwrap_or(first);
        let Some(last) = read(last, after) else {
            return false;
        };
        (self.said.day, self.said.last_day) = (Some(first), Some(last));
        true
    }

    /// The zone that `today` is meant in: of the environment said so far, else of the first.
    fn zone(&self) -> Tz {
        let said = self
            .environments
            .iter()
            .find(|one| Some(one.id) == self.said.environment);
        said.or(self.environments.first())
            .map_or(Tz::UTC, |one| one.zone)
    }

    fn time(&mut self, word: &str) -> bool {
        if self.said.time.is_some() {
            return false;
        }
        self.said.time = if word == "now" {
            Some(Time::Now)
        } else {
            span(word)
                .map(Time::Span)
                .or_else(|| clock(word).map(Time::From))
        };
        self.said.time.is_some()
    }

    fn start(&mut self, time: NaiveTime) -> bool {
        let free = self.said.time.is_none();
        if free {
            self.said.time = Some(Time::From(time));
        }
        free
    }

    fn end(&mut self, end: NaiveTime) -> bool {
        let Some(Time::From(start)) = self.said.time else {
            return false;
        };
        self.said.time = Some(Time::Span(Span { start, end }));
        true
    }

    fn length(&mut self, word: &str) -> bool {
        let like = word.starts_with(|letter: char| letter.is_ascii_digit())
            && word.ends_with(['h', 'm', 'd', 'w']);
        let length: Option<Length> = word
            .parse()
            .ok()
            .filter(|_| like && self.said.length.is_none());
        self.said.length = self
            .said
            .length
            .or(length.filter(|length| *length != Length::default()));
        length.is_some()
    }

    /// `?` alone: it is not certain yet.
    fn mark(&mut self, word: &str) -> bool {
        let asked = matches!(word, "?" | "tentative");
        self.said.tentative |= asked;
        asked
    }
}
