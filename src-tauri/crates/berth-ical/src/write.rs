//! From bookings to iCalendar that other programs take well: what Google, Outlook and Apple demand
//! beyond RFC 5545 is decided here.
//!
//! No clock is read: DTSTAMP is the last change of the booking, so the same bookings always give the
//! same bytes. No VALARM, ORGANIZER or ATTENDEE is written, as they turn bookings into meetings and
//! send mail.

mod event;
mod form;
mod group;
mod keep;
mod page;
mod source;
mod timezone;
pub(crate) mod tree;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use berth_core::Booking;
use chrono::TimeDelta;
use chrono_tz::Tz;

use crate::value::{duration, text};
use group::Group;
pub use keep::Keeper;
use page::Page;

#[cfg(test)]
mod tests;

/// A booking with the names that stand for its environment and team outside of Berth.
#[derive(Debug, Clone, Copy)]
pub struct Exported<'a> {
    /// The booking.
    pub booking: &'a Booking,
    /// The name of its environment.
    pub environment: &'a str,
    /// The zone of its environment.
    pub zone: Tz,
    /// The name of its team.
    pub team: &'a str,
}

/// What a file is for.
#[derive(Debug, Clone, Default)]
pub struct WriteOptions<'a> {
    /// What the calendar is called. `None` for a file of a few bookings, which Outlook would
    /// otherwise open as a calendar of its own.
    pub name: Option<&'a str>,
    /// How often programs that subscribe to it should look again.
    pub refresh: Option<TimeDelta>,
    /// Whether cancelled bookings are in it: in a file that is sent to somebody, not in a feed.
    pub cancelled: bool,
    /// The names and aliases of all environments. In a booking that came from another program, a
    /// LOCATION that is none of them is kept.
    pub environments: &'a [&'a str],
    /// The names of all teams. In a booking that came from another program, CATEGORIES that are none
    /// of them are kept beside the team.
    pub teams: &'a [&'a str],
}

/// The bookings as one file. A series and its changed occurrences stand together, where the first
/// of them is in `bookings`.
#[must_use]
pub fn write(bookings: &[Exported<'_>], options: &WriteOptions<'_>) -> String {
    file(&group::groups(bookings, options), options)
}

/// The bookings as files of at most `max_bytes` each, since Google takes no more than a megabyte. A
/// series and its changed occurrences are never parted; a file with one that is larger is too large.
/// Without any bookings there is one file without events.
#[must_use]
pub fn write_split(
    bookings: &[Exported<'_>],
    options: &WriteOptions<'_>,
    max_bytes: usize,
) -> Vec<String> {
    let frame = file(&[], options).len();
    let (mut files, mut part, mut known) = (Vec::new(), Part::default(), Known::default());
    for group in group::groups(bookings, options) {
        let with = part.zones.with(&group);
        let size = part.size + group.text.len();
        if !part.groups.is_empty() && frame + size + with.text(&mut known).len() > max_bytes {
            files.push(file(&part.groups, options));
            part = Part::default();
        }
        part.add(group);
    }
    if files.is_empty() || !part.groups.is_empty() {
        files.push(file(&part.groups, options));
    }
    files
}

/// A file as it fills.
#[derive(Default)]
struct Part {
    groups: Vec<Group>,
    /// Bytes of its groups.
    size: usize,
    zones: Zones,
}

impl Part {
    fn add(&mut self, group: Group) {
        self.size += group.text.len();
        self.zones.add(&group);
        self.groups.push(group);
    }
}

fn file(groups: &[Group], options: &WriteOptions<'_>) -> String {
    let mut text = heading(options);
    let mut zones = Zones::default();
    groups.iter().for_each(|group| zones.add(group));
    text.push_str(&zones.text(&mut Known::default()));
    groups.iter().for_each(|group| text.push_str(&group.text));
    text.push_str("END:VCALENDAR\r\n");
    text
}

fn heading(options: &WriteOptions<'_>) -> String {
    let mut page = Page::folded();
    page.line("BEGIN:VCALENDAR");
    page.line("PRODID:-//Berth//Berth//EN");
    page.line("VERSION:2.0");
    page.line("CALSCALE:GREGORIAN");
    page.line("METHOD:PUBLISH");
    if let Some(name) = options.name.map(text::escape) {
        page.line(&format!("NAME:{name}"));
        page.line(&format!("X-WR-CALNAME:{name}"));
    }
    if let Some(refresh) = options.refresh.map(duration::format) {
        page.line(&format!("REFRESH-INTERVAL;VALUE=DURATION:{refresh}"));
        page.line(&format!("X-PUBLISHED-TTL:{refresh}"));
    }
    page.finish()
}

/// The zones that a file has to describe, each with the latest year that it is needed for.
#[derive(Debug, Clone, Default)]
struct Zones(BTreeMap<Cow<'static, str>, (Tz, i32)>);

/// VTIMEZONEs that have been written before.
type Known = HashMap<(Cow<'static, str>, i32), String>;

impl Zones {
    fn add(&mut self, group: &Group) {
        for (name, zone, year) in &group.zones {
            let latest = self.0.entry(name.clone()).or_insert((*zone, *year));
            latest.1 = latest.1.max(*year);
        }
    }

    fn with(&self, group: &Group) -> Self {
        let mut zones = self.clone();
        zones.add(group);
        zones
    }

    fn text(&self, known: &mut Known) -> String {
        let written = self.0.iter().map(|(name, (zone, year))| {
            known
                .entry((name.clone(), *year))
                .or_insert_with(|| timezone::vtimezone(name, *zone, *year))
                .clone()
        });
        written.collect()
    }
}
