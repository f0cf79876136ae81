//! What a reminder says: true at the moment it is said, short, and plain text.

use crate::When;

#[cfg(test)]
mod tests;
use crate::time::{TimeRange, Timestamp};
use crate::words::Phrasing;

/// Characters of a text that other people wrote; the rest is cut off with an ellipsis.
const LONGEST: usize = 120;

/// Lines of a digest before "and 7 more".
const DIGEST_LINES: usize = 4;

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

/// A heading and a text, such as `staging in 10 min: load test` and `Perf, 09:00–13:00`.
#[must_use]
pub fn message(about: &Message<'_>, phrasing: Phrasing) -> (String, String) {
    (
        line(about, phrasing.now),
        format!("{}, {}", plain(about.team), span(about, phrasing)),
    )
}

/// The same for many at once: a count, and a line for each of the first.
#[must_use]
pub fn digest(all: &[Message<'_>], phrasing: Phrasing) -> (String, String) {
    let mut lines: Vec<String> = all
        .iter()
        .take(DIGEST_LINES)
        .map(|about| format!("{} ({})", line(about, phrasing.now), plain(about.team)))
        .collect();
    if all.len() > DIGEST_LINES {
        lines.push(format!("and {} more", all.len() - DIGEST_LINES));
    }
    (
        format!("{} slots of your teams", all.len()),
        lines.join("\n"),
    )
}

fn line(about: &Message<'_>, now: Timestamp) -> String {
    let (environment, title) = (plain(about.environment), plain(about.title));
    let when = distance(about.start, now);
    if title.is_empty() {
        format!("{environment} {when}")
    } else {
        format!("{environment} {when}: {title}")
    }
}

/// `in 10 min`, `now`, `started 20 min ago`.
fn distance(start: Timestamp, now: Timestamp) -> String {
    let seconds = (start - now).num_seconds();
    match seconds {
        // Up to the full minute, so that ten minutes before are ten though a second has passed.
        1.. => format!("in {}", length((seconds + 59) / 60)),
        -59..=0 => "now".to_owned(),
        _ => format!("started {} ago", length(-seconds / 60)),
    }
}

fn length(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours @ 48.., _) => format!("{} days", hours / 24),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

/// `09:00–13:00`, with the day where that is not today.
fn span(about: &Message<'_>, phrasing: Phrasing) -> String {
    let today = phrasing.now.wall(phrasing.zone).date();
    if let When::AllDay { start, end } = about.when {
        let last = end.pred_opt().unwrap_or(end).max(start);
        return match start == last && start == today {
            true => "all day".to_owned(),
            false => format!("{}, all day", phrasing.days(start, last)),
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
    let line = words.join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((cut, _)) => format!("{}…", line[..cut].trim_end()),
        None => line,
    }
}
