//! From the tree to events in the words of the domain.
//!
//! Events are drawn up one by one (`draft`, with `raw`, `stretch` and `point`), then put together
//! (`series`): the newest version of each wins, and a changed occurrence is named by the wall time
//! that its series gives it, however the file wrote it. What one event says of several becomes
//! several (`several`).

mod berth;
mod draft;
mod fields;
mod occurrences;
mod point;
mod raw;
mod recurrence;
mod series;
mod several;
mod stretch;
mod uid;

use berth_core::{Kind, Recurrence, Status, Timestamp, Transparency, When};
use chrono::{NaiveDateTime, TimeDelta};
use chrono_tz::Tz;

use crate::document::{Component, ComponentId, Document};
use crate::issue::{Issue, IssueKind, Issues};
use crate::{trailer, zone};

pub use fields::sequence_of;
pub use occurrences::{Edge, Mark, Occurrence, Occurrences, TimeKind, occurrences};
pub use recurrence::until_as_required;

#[cfg(test)]
mod tests;

/// What a calendar cannot say itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Context {
    /// Where times without a zone are read, unless the calendar names one (`X-WR-TIMEZONE`):
    /// normally the zone of the environment.
    pub zone: Tz,
}

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// What it calls itself: `X-WR-CALNAME`, else `NAME`.
    pub name: Option<String>,
    /// Who wrote it: `PRODID`, or nothing.
    pub product: String,
    /// What it is sent for, in capitals: `PUBLISH`, `REQUEST`, `CANCEL`.
    pub method: Option<String>,
    /// `X-WR-TIMEZONE`, where that is known.
    pub zone: Option<Tz>,
    /// In the order of the file; of several versions of one, the one that counts.
    pub events: Vec<Event>,
    /// How many of them have times without a zone, or with one that is not known.
    pub floating: usize,
    /// Where those times were read.
    pub floating_zone: Tz,
    /// What was wrong, in the order of lines: in the structure, and in what it says.
    pub issues: Vec<Issue>,
}

/// An event as the file has it; its environment and team are still to be decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The line of its BEGIN, from 1; of an added date with a length of its own, that of its RDATE.
    pub line: u32,
    /// Where it lies in the document: [`Document::source`] gives its text, to be kept.
    pub component: ComponentId,
    /// RFC 5545, 3.8.4.7. Where the file has none, one that is derived from what the event says.
    pub uid: String,
    /// In a changed occurrence, the start that its series gives it, as wall time in the zone of the
    /// series, midnight where that is whole days.
    pub recurrence_id: Option<NaiveDateTime>,
    /// When it is; or why it cannot be taken, in words that end in what to do.
    pub when: Result<When, String>,
    /// The rule and dates of a series.
    pub recurrence: Option<Box<Recurrence>>,
    /// `SUMMARY`, on one line.
    pub title: String,
    /// Cancelled also where the whole file is a cancellation.
    pub status: Status,
    /// Whether it blocks.
    pub transparency: Transparency,
    /// `X-BERTH-UNITS`; `None` is exclusive.
    pub units: Option<u32>,
    /// `X-BERTH-SETUP`; `None` where the file does not say.
    pub set_up: Option<TimeDelta>,
    /// `X-BERTH-CLEANUP`; `None` where the file does not say.
    pub clean_up: Option<TimeDelta>,
    /// `X-BERTH-KIND`; `None` where the file does not say.
    pub kind: Option<Kind>,
    /// `X-BERTH-PLAN`.
    pub plan: Option<String>,
    /// `X-BERTH-LEAD-TIMES`; `None` where the file does not say.
    pub lead_times: Option<Vec<TimeDelta>>,
    /// RFC 5545, 3.8.7.4.
    pub sequence: u32,
    /// `CREATED`.
    pub created: Option<Timestamp>,
    /// `DTSTAMP`.
    pub stamp: Option<Timestamp>,
    /// `LAST-MODIFIED`.
    pub modified: Option<Timestamp>,
    /// `X-BERTH-ENVIRONMENT`.
    pub environment: Option<String>,
    /// `LOCATION`.
    pub location: Option<String>,
    /// `RESOURCES`, all of them.
    pub resources: Vec<String>,
    /// `CATEGORIES`, all of them.
    pub categories: Vec<String>,
    /// `URL`.
    pub url: Option<String>,
    /// Whether its times have no zone, or one that is not known, and were read in
    /// [`Calendar::floating_zone`].
    pub floating: bool,
}

impl Event {
    /// `DESCRIPTION`, without the line that Berth puts at its end. It is most of the text of many
    /// files, so it is taken from the document when it is asked for.
    #[must_use]
    pub fn notes(&self, document: &Document) -> String {
        let description = document.component(self.component).property("DESCRIPTION");
        description
            .map(|found| trailer::without(found.text().into_owned()))
            .unwrap_or_default()
    }

    /// Whether it is whole days that do not block: a preview says how many there are.
    #[must_use]
    pub fn is_free_all_day(&self) -> bool {
        let all_day = self.when.as_ref().is_ok_and(|when| when.is_all_day());
        all_day && self.transparency == Transparency::Transparent
    }
}

/// Reads the events of a document. What cannot be read of an event is in the issues with its line,
/// and the other events are not affected.
#[must_use]
pub fn read(document: &Document, context: &Context) -> Calendar {
    let calendars = calendars(document);
    let first = |name: &str| {
        calendars
            .iter()
            .find_map(|calendar| calendar.property(name))
    };
    let text = |name| first(name).map(|property| property.text().trim().to_owned());
    let zone = text("X-WR-TIMEZONE").and_then(|name| zone::by_name(&name));
    let mut calendar = Calendar {
        name: text("X-WR-CALNAME")
            .or_else(|| text("NAME"))
            .filter(|name| !name.is_empty()),
        product: text("PRODID").unwrap_or_default(),
        method: text("METHOD").map(|method| method.to_ascii_uppercase()),
        zone,
        events: Vec::new(),
        floating: 0,
        floating_zone: zone.unwrap_or(context.zone),
        issues: Vec::new(),
    };
    let series::Assembled {
        mut events,
        more,
        mut issues,
    } = assembled(document, &calendars, context.zone);
    several::apply(&mut events, &more, &mut issues);
    calendar.floating = events.iter().filter(|event| event.floating).count();
    calendar.events = events;
    calendar.issues = issues.finish();
    calendar
}

/// The events of calendars that count, one for each component.
fn assembled(document: &Document, calendars: &[Component<'_>], zone: Tz) -> series::Assembled {
    let mut reader = draft::Reader::new(document, zone);
    let children = calendars.iter().map(|calendar| calendar.children().count());
    let mut drafts = draft::Drafts::with_capacity(children.sum());
    for calendar in calendars {
        reader.calendar(*calendar, &mut drafts);
    }
    series::assemble(drafts, reader)
}

/// The calendars of a file, and the file itself where events stand in it without one.
fn calendars(document: &Document) -> Vec<Component<'_>> {
    let root = document.root();
    let mut calendars: Vec<Component<'_>> = root
        .children()
        .filter(|component| component.is("VCALENDAR"))
        .collect();
    let inner: Vec<_> = calendars
        .iter()
        .flat_map(|outer| outer.children())
        .collect();
    calendars.extend(
        inner
            .into_iter()
            .filter(|component| component.is("VCALENDAR")),
    );
    let bare = root.children().any(|component| !component.is("VCALENDAR"));
    calendars.extend(bare.then_some(root));
    calendars
}

/// What a calendar holds besides events, by the names of components and as one and several are called.
const NOT_TAKEN: [(&str, &str, &str); 3] = [
    ("VTODO", "task is", "tasks are"),
    ("VJOURNAL", "journal entry is", "journal entries are"),
    ("VFREEBUSY", "free/busy time is", "free/busy times are"),
];

/// Notes once for each kind what is not taken.
fn note_not_taken(calendar: Component<'_>, issues: &mut Issues) {
    for (name, one, several) in NOT_TAKEN {
        let mut found = calendar.children().filter(|component| component.is(name));
        let Some(first) = found.next() else { continue };
        issues.add(first.line(), IssueKind::Other, || match 1 + found.count() {
            1 => format!("1 {one} not a booking and was left out"),
            count => format!("{count} {several} not bookings and were left out"),
        });
    }
}
