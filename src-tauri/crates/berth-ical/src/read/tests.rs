use berth_core::{Status, Transparency, When};
use chrono_tz::Tz;

use super::{Calendar, Context, Event, read};
use crate::document::parse;
use crate::limits::Limits;

mod berths_own;
mod fixtures;
mod producers;
mod series;
mod several;
mod times;

fn calendar(text: &[u8]) -> Calendar {
    let document = parse(text, &Limits::default()).unwrap();
    read(
        &document,
        &Context {
            zone: Tz::Europe__Berlin,
        },
    )
}

/// A calendar of events given by their lines, `|` between lines.
fn events(events: &[&str]) -> Calendar {
    let inside: String = events
        .iter()
        .map(|event| format!("BEGIN:VEVENT|{event}|END:VEVENT|"))
        .collect();
    calendar(
        format!("BEGIN:VCALENDAR|{inside}END:VCALENDAR")
            .replace('|', "\r\n")
            .as_bytes(),
    )
}

fn when(when: When) -> String {
    let (start, end) = (when.start(), when.end());
    match when {
        When::AllDay { .. } => format!("{}–{}", start.format("%Y-%m-%d"), end.format("%Y-%m-%d")),
        When::Timed { zone, .. } => format!(
            "{}–{} {zone}",
            start.format("%Y-%m-%d %H:%M"),
            end.format("%Y-%m-%d %H:%M")
        ),
    }
}

fn recurrence(event: &Event) -> String {
    let Some(recurrence) = &event.recurrence else {
        return String::new();
    };
    let rule = recurrence
        .rule
        .as_ref()
        .map(|rule| format!(" | {rule}"))
        .unwrap_or_default();
    let added = recurrence
        .added
        .iter()
        .map(|date| format!(" +{}", date.format("%m-%d %H:%M")));
    let excluded = recurrence
        .excluded
        .iter()
        .map(|date| format!(" -{}", date.format("%m-%d %H:%M")));
    format!("{rule}{}", added.chain(excluded).collect::<String>())
}

/// An event on one line, as much of it as most tests are about.
fn line(event: &Event) -> String {
    let id = event
        .recurrence_id
        .map(|id| format!("[{}]", id.format("%m-%d %H:%M")))
        .unwrap_or_default();
    let time = event
        .when
        .clone()
        .map_or_else(|reason| format!("({reason})"), when);
    let status = match event.status {
        Status::Confirmed => "",
        Status::Tentative => " | tentative",
        Status::Cancelled => " | cancelled",
    };
    let free = if event.transparency == Transparency::Transparent {
        " | free"
    } else {
        ""
    };
    let floating = if event.floating { " | floating" } else { "" };
    format!(
        "{}{id} {time}{}{status}{free}{floating} | {}",
        event.uid,
        recurrence(event),
        event.title
    )
}

fn lines(calendar: &Calendar) -> Vec<String> {
    calendar.events.iter().map(line).collect()
}

fn issues(calendar: &Calendar) -> Vec<String> {
    calendar.issues.iter().map(ToString::to_string).collect()
}

/// One event after another, without their UIDs and titles, and what was wrong.
fn check(given: &[&str], expected: &[&str], expected_issues: &[&str]) {
    let calendar = events(given);
    let shown: Vec<String> = lines(&calendar)
        .iter()
        .map(|line| line.trim_end_matches(" | ").to_owned())
        .collect();
    assert_eq!(shown, expected, "{given:?}");
    assert_eq!(issues(&calendar), expected_issues, "{given:?}");
}
