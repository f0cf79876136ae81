//! What a reminder says: true at the moment it is said, short, and plain text.

use crate::When;

#[cfg(test)]
mod tests;
use crate::time::{TimeRange, Timestamp};
use crate::words::{Phrasing, Words};

/// Characters of a text that other people wrote; the rest is cut off with an ellipsis.
const LONGEST: usize = 120;

/// Characters of a heading or a text as a whole.
const MOST: usize = 200;

/// Lines of a digest before "and 7 more".
const DIGEST_LINES: usize = 4;

/// Characters of such a line.
const DIGEST_LINE: usize = 44;

/// What a reminder is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Message<'a> {
    /// The name of the environment.
    pub environment: &'a str,
    /// The name of the team.
    pub team: &'a str,
    /// The title of the booking; may be empty.
    pub title: &'a str,
    /// When it is, as people agreed on it.
    pub when: When,
    /// First instant.
    pub start: Timestamp,
    /// First instant after.
    pub end: Timestamp,
}

/// What a message says about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tell<'a> {
    /// When it starts.
    Start,
    /// When it ends, and whose the environment is then.
    End {
        /// The name of the team.
        next: &'a str,
    },
    /// When it is now.
    Moved,
    /// With whom it conflicts now.
    Conflict {
        /// `QA: hold`; empty where the booking conflicts by itself.
        with: &'a str,
    },
}

/// A heading and a text, such as `staging in 10 min: load test` and `Perf, 09:00–13:00`. Each is
/// at most 200 characters.
#[must_use]
pub fn message(about: &Message<'_>, tell: Tell<'_>, phrasing: Phrasing) -> (String, String) {
    let say = &phrasing.words().reminder;
    let environment = plain(about.environment);
    let place = format!("{}, {}", plain(about.team), span(about, phrasing));
    let (heading, text) = match tell {
        Tell::Start => (line(about, phrasing), place),
        Tell::End { next } => (
            ending(&environment, &plain(next), about.end, phrasing),
            titled(&place, about),
        ),
        Tell::Moved => (
            titled(&(say.moved)(&environment), about),
            (say.moved_to)(&plain(about.team), &span(about, phrasing)),
        ),
        Tell::Conflict { with } => (
            titled(&(say.conflict)(&environment), about),
            match plain(with).as_str() {
                "" => place,
                with => (say.conflict_with)(&place, with),
            },
        ),
    };
    (within(heading), within(text))
}

/// `staging ends in 15 min, Perf is next`.
fn ending(environment: &str, next: &str, end: Timestamp, phrasing: Phrasing) -> String {
    let minutes = ((end - phrasing.now).num_seconds() + 59) / 60;
    let length = length(minutes.max(0), phrasing.words());
    (phrasing.words().reminder.ends)(environment, &length, next)
}

fn titled(text: &str, about: &Message<'_>) -> String {
    match plain(about.title).as_str() {
        "" => text.to_owned(),
        title => format!("{text}: {title}"),
    }
}

/// The same for many at once: a count, and a line for each of the first.
#[must_use]
pub fn digest(all: &[Message<'_>], phrasing: Phrasing) -> (String, String) {
    let say = &phrasing.words().reminder;
    let mut lines: Vec<String> = all
        .iter()
        .take(DIGEST_LINES)
        .map(|about| format!("{} ({})", line(about, phrasing), plain(about.team)))
        .map(|line| cut(line, DIGEST_LINE))
        .collect();
    if all.len() > DIGEST_LINES {
        lines.push((say.more)(all.len() - DIGEST_LINES));
    }
    ((say.several)(all.len()), lines.join("\n"))
}

fn line(about: &Message<'_>, phrasing: Phrasing) -> String {
    let when = distance(about.start, phrasing);
    titled(&format!("{} {when}", plain(about.environment)), about)
}

/// `in 10 min`, `now`, `started 20 min ago`.
fn distance(start: Timestamp, phrasing: Phrasing) -> String {
    let words = phrasing.words();
    let seconds = (start - phrasing.now).num_seconds();
    match seconds {
        // Up to the full minute, so that ten minutes before are ten though a second has passed.
        1.. => (words.reminder.ahead)(&length((seconds + 59) / 60, words)),
        -59..=0 => words.reminder.now.to_owned(),
        _ => (words.reminder.begun)(&length(-seconds / 60, words)),
    }
}

fn length(minutes: i64, words: &Words) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours @ 48.., _) => (words.time.days)(hours / 24),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

/// `09:00–13:00`, with the day where that is not today.
fn span(about: &Message<'_>, phrasing: Phrasing) -> String {
    let today = phrasing.now.wall(phrasing.zone).date();
    if let When::AllDay { start, end } = about.when {
        let all_day = phrasing.words().time.all_day;
        let last = end.pred_opt().unwrap_or(end).max(start);
        return match start == last && start == today {
            true => all_day.to_owned(),
            false => format!("{}, {all_day}", phrasing.days(start, last)),
        };
    }
    let is_today = about.start.wall(phrasing.zone).date() == today;
    match (TimeRange::new(about.start, about.end), is_today) {
        (Some(range), true) => phrasing.times(range),
        (Some(range), false) => phrasing.range(range),
        (None, true) => phrasing.time(about.start),
        (None, false) => phrasing.moment(about.start),
    }
}

/// One line without control characters, and without those that turn the direction of the text
/// around them.
fn plain(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}');
    let spaced: String = text
        .chars()
        .filter(|c| !turns(*c))
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(LONGEST * 4)
        .collect();
    let words: Vec<&str> = spaced.split_whitespace().collect();
    cut(words.join(" "), LONGEST)
}

fn within(text: String) -> String {
    cut(text, MOST - 1)
}

/// The text, or its first `longest` characters and an ellipsis.
fn cut(text: String, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text,
    }
}
