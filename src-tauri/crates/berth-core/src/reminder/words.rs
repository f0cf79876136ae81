//! What a reminder says: true at the moment it is said, short, and plain text.

use chrono::{NaiveDateTime, NaiveTime, TimeDelta, Timelike};
use chrono_tz::Tz;

use crate::time::Timestamp;

/// Characters of a text that other people wrote; the rest is cut off with an ellipsis.
const LONGEST: usize = 120;

/// Lines of a digest before "and 7 more".
const DIGEST_LINES: usize = 4;

/// How hours are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// 13:00
    Hours24,
    /// 1:00 pm
    Hours12,
}

/// What a reminder is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Message<'a> {
    /// The name of the environment.
    pub environment: &'a str,
    /// The name of the team.
    pub team: &'a str,
    /// The title of the booking; may be empty.
    pub title: &'a str,
    /// First instant.
    pub start: Timestamp,
    /// First instant after.
    pub end: Timestamp,
    /// Whether it is whole days.
    pub all_day: bool,
    /// The zone that times are shown in.
    pub zone: Tz,
    /// How hours are written.
    pub clock: Clock,
}

/// A heading and a text, such as `staging in 10 min: load test` and `Perf, 09:00–13:00`.
#[must_use]
pub fn message(about: &Message<'_>, now: Timestamp) -> (String, String) {
    (
        line(about, now),
        format!("{}, {}", plain(about.team), span(about, now)),
    )
}

/// The same for many at once: a count, and a line for each of the first.
#[must_use]
pub fn digest(all: &[Message<'_>], now: Timestamp) -> (String, String) {
    let mut lines: Vec<String> = all
        .iter()
        .take(DIGEST_LINES)
        .map(|about| format!("{} ({})", line(about, now), plain(about.team)))
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

/// `09:00–13:00`, with the days where they are not today.
fn span(about: &Message<'_>, now: Timestamp) -> String {
    let (start, end) = (about.start.wall(about.zone), about.end.wall(about.zone));
    let today = now.wall(about.zone).date();
    if about.all_day {
        let last = (end - TimeDelta::days(1)).date().max(start.date());
        return match (start.date() == last, last == today) {
            (true, true) => "all day".to_owned(),
            (true, false) => format!("all day {}", day(start)),
            (false, _) => format!("{} – {}", day(start), day(last.and_time(NaiveTime::MIN))),
        };
    }
    let (from, to) = (hour(start, about.clock), hour(end, about.clock));
    match (start.date() == end.date(), start.date() == today) {
        (true, true) => format!("{from}–{to}"),
        (true, false) => format!("{} {from}–{to}", day(start)),
        (false, true) => format!("{from} – {} {to}", day(end)),
        (false, false) => format!("{} {from} – {} {to}", day(start), day(end)),
    }
}

fn day(wall: NaiveDateTime) -> String {
    wall.format("%a %-d %b").to_string()
}

fn hour(wall: NaiveDateTime, clock: Clock) -> String {
    match clock {
        Clock::Hours24 => wall.format("%H:%M").to_string(),
        Clock::Hours12 => {
            let (pm, hour) = wall.hour12();
            format!(
                "{hour}:{:02} {}",
                wall.minute(),
                if pm { "pm" } else { "am" }
            )
        }
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
