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
use source::Described;

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
    file(group::groups(bookings, options), options)
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
    let frame = file(Vec::new(), options).len();
    let (mut files, mut part, mut known) = (Vec::new(), Part::default(), Known::default());
    for group in group::groups(bookings, options) {
        let size = frame + part.size + group.text.len() + part.zones_with(&group, &mut known);
        if !part.groups.is_empty() && size > max_bytes {
            files.push(file(std::mem::take(&mut part).groups, options));
        }
        part.add(group, &mut known);
    }
    if files.is_empty() || !part.groups.is_empty() {
        files.push(file(part.groups, options));
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
    /// Bytes of its zones.
    zone_size: usize,
}

impl Part {
    /// How long its zones would be with those of one more group.
    fn zones_with(&self, group: &Group, known: &mut Known) -> usize {
        if self.zones.have(group) {
            return self.zone_size;
        }
        let mut zones = self.zones.clone();
        zones.add(group);
        zones.text(known).len()
    }

    fn add(&mut self, group: Group, known: &mut Known) {
        self.size += group.text.len();
        if !self.zones.have(&group) {
            self.zones.add(&group);
            self.zone_size = self.zones.text(known).len();
        }
        self.groups.push(group);
    }
}

/// The groups go as they are written, so that a large file is not held twice.
fn file(groups: Vec<Group>, options: &WriteOptions<'_>) -> String {
    let mut zones = Zones::default();
    groups.iter().for_each(|group| zones.add(group));
    let top = heading(options) + &zones.text(&mut Known::default());
    let size: usize = groups.iter().map(|group| group.text.len()).sum();
    let mut text = String::with_capacity(top.len() + size + 16);
    text.push_str(&top);
    for group in groups {
        text.push_str(&group.text);
    }
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
        page.put(format_args!("NAME:{name}"));
        page.put(format_args!("X-WR-CALNAME:{name}"));
    }
    if let Some(refresh) = options.refresh.map(duration::format) {
        page.put(format_args!("REFRESH-INTERVAL;VALUE=DURATION:{refresh}"));
        page.put(format_args!("X-PUBLISHED-TTL:{refresh}"));
    }
    page.finish()
}

/// The zones that a file has to describe, each with the latest year that it is needed for. A name
/// that came with VTIMEZONEs of its own has the first of them.
#[derive(Debug, Clone, Default)]
struct Zones(BTreeMap<Cow<'static, str>, (Described, i32)>);

/// VTIMEZONEs that have been written before.
type Known = HashMap<(Cow<'static, str>, i32), String>;

impl Zones {
    fn add(&mut self, group: &Group) {
        for (name, zone, year) in &group.zones {
            let new = || (zone.clone(), *year);
            let latest = self.0.entry(name.clone()).or_insert_with(new);
            latest.1 = latest.1.max(*year);
        }
    }

    /// Whether nothing of a group would change them.
    fn have(&self, group: &Group) -> bool {
        let has = |(name, _, year): &(Cow<'static, str>, Described, i32)| {
            self.0.get(name).is_some_and(|(_, latest)| latest >= year)
        };
        group.zones.iter().all(has)
    }

    fn text(&self, known: &mut Known) -> String {
        let written = self.0.iter().map(|(name, (zone, year))| match zone {
            Described::Own(text) => text.to_string(),
            Described::Known(zone) => known
                .entry((name.clone(), *year))
                .or_insert_with(|| timezone::vtimezone(name, *zone, *year))
                .clone(),
        });
        written.collect()
    }
}
