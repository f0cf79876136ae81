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
    let mut files = Files::new(options.clone(), None);
    files.add(bookings);
    files.finish().iter().map(File::text).collect()
}

/// Calendar files that grow booking by booking, so that all bookings need not be in memory at once.
#[derive(Debug)]
pub struct Files<'o> {
    options: WriteOptions<'o>,
    /// What a file may have beside its groups and zones.
    room: usize,
    full: Vec<File>,
    part: Part,
    known: Known,
}

/// A file in two pieces: what comes first is known last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// The heading, and the zones of all bookings.
    pub top: String,
    /// The bookings, and the end.
    pub body: String,
}

impl File {
    /// All of it.
    #[must_use]
    pub fn text(&self) -> String {
        [self.top.as_str(), &self.body].concat()
    }

    /// Bytes of all of it.
    #[must_use]
    pub fn size(&self) -> usize {
        self.top.len() + self.body.len()
    }
}

impl<'o> Files<'o> {
    /// For files of at most `max_bytes` each, where there is such a limit: Google takes no more than
    /// a megabyte. A series and its changed occurrences are never parted; a file with one that is
    /// larger is too large.
    #[must_use]
    pub fn new(options: WriteOptions<'o>, max_bytes: Option<usize>) -> Self {
        let frame = heading(&options).len() + END.len();
        Self {
            options,
            room: max_bytes.unwrap_or(usize::MAX).saturating_sub(frame),
            full: Vec::new(),
            part: Part::default(),
            known: Known::default(),
        }
    }

    /// Writes bookings: of each series in it, all that there is of it.
    pub fn add(&mut self, bookings: &[Exported<'_>]) {
        let (part, known) = (&mut self.part, &mut self.known);
        for group in group::groups(bookings, &self.options) {
            let size = part.body.len() + group.text.len() + part.zones_with(&group, known);
            if !part.body.is_empty() && size > self.room {
                self.full
                    .push(std::mem::take(part).file(&self.options, known));
            }
            part.add(&group, known);
        }
    }

    /// Takes the name off, and with it what only makes sense in a calendar that is one by itself.
    pub fn unname(&mut self) {
        self.options.name = None;
        self.options.refresh = None;
    }

    /// The files; without any bookings, one without events.
    #[must_use]
    pub fn finish(mut self) -> Vec<File> {
        if self.full.is_empty() || !self.part.body.is_empty() {
            self.full
                .push(self.part.file(&self.options, &mut self.known));
        }
        self.full
    }
}

/// A file as it fills.
#[derive(Debug, Default)]
struct Part {
    /// The groups, one after another.
    body: String,
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

    fn add(&mut self, group: &Group, known: &mut Known) {
        self.body.push_str(&group.text);
        if !self.zones.have(group) {
            self.zones.add(group);
            self.zone_size = self.zones.text(known).len();
        }
    }

    fn file(mut self, options: &WriteOptions<'_>, known: &mut Known) -> File {
        self.body.push_str(END);
        File {
            top: heading(options) + &self.zones.text(known),
            body: self.body,
        }
    }
}

const END: &str = "END:VCALENDAR\r\n";

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
