//! One event at a time, before it is known what else the file says about it.

use berth_core::Status;
use chrono_tz::Tz;

use super::fields::{listed, one_line, sequence, transparency};
use super::point::{Name, Point};
use super::raw::Raw;
use super::several::More;
use super::stretch::Stretch;
use super::{Event, berth, note_not_taken};
use crate::document::{Component, Document, Property};
use crate::issue::{IssueKind, Issues, quote};
use crate::zone::{self, Zones};

/// What is needed to read events: the zones of the file, and a place for issues.
pub(super) struct Reader<'d> {
    pub(super) document: &'d Document,
    pub(super) zones: Zones<'d>,
    pub(super) issues: Issues,
    /// Where times without a zone are read in the calendar at hand.
    pub(super) floating: Tz,
    /// The same for calendars that do not say.
    fallback: Tz,
    /// How many dates of rules may still be written out one by one.
    pub(super) dates: usize,
}

/// Events, and beside each what its place among the others depends on. They are kept apart so that
/// the events, which are large, never have to be moved.
pub(super) struct Drafts<'d> {
    pub(super) events: Vec<Event>,
    pub(super) places: Vec<Place<'d>>,
}

/// What the place of an event among others depends on.
#[derive(Debug)]
pub(super) struct Place<'d> {
    /// How the start of the event was written; `None` where it cannot be taken.
    pub(super) home: Option<Stretch<'d>>,
    /// Its RECURRENCE-ID.
    pub(super) original: Option<Point<'d>>,
    pub(super) more: More,
}

impl Drafts<'_> {
    pub(super) fn with_capacity(events: usize) -> Self {
        Self {
            events: Vec::with_capacity(events),
            places: Vec::with_capacity(events),
        }
    }
}

impl<'d> Reader<'d> {
    pub(super) fn new(document: &'d Document, fallback: Tz) -> Self {
        let zones = Zones::new(document, fallback);
        Self {
            document,
            zones,
            issues: document.collected().clone(),
            floating: fallback,
            fallback,
            dates: super::recurrence::DATES_OF_FILE,
        }
    }

    /// Adds the events of a calendar.
    pub(super) fn calendar(&mut self, calendar: Component<'d>, drafts: &mut Drafts<'d>) {
        self.floating = self.zone_of(calendar).unwrap_or(self.fallback);
        note_not_taken(calendar, &mut self.issues);
        let cancels = calendar
            .property("METHOD")
            .is_some_and(|method| method.value().trim().eq_ignore_ascii_case("CANCEL"));
        let events = calendar
            .children()
            .filter(|component| component.is("VEVENT"));
        for component in events {
            let (mut event, place) = self.draft(component);
            if cancels {
                event.status = Status::Cancelled;
            }
            drafts.events.push(event);
            drafts.places.push(place);
        }
    }

    pub(super) fn zone_of(&mut self, calendar: Component<'_>) -> Option<Tz> {
        let property = calendar.property("X-WR-TIMEZONE")?;
        let zone = zone::by_name(&property.text());
        if zone.is_none() {
            let fallback = self.fallback;
            self.issues.add(property.line(), IssueKind::Zone, || {
                format!(
                    "the zone {} is not known; times without a zone were read in {fallback}",
                    quote(property.value())
                )
            });
        }
        zone
    }

    fn draft(&mut self, component: Component<'d>) -> (Event, Place<'d>) {
        let raw = Raw::of(component);
        let original = raw.recurrence_id.and_then(|id| self.point(id, id.value()));
        let repeats = !raw.rules.is_empty() || !raw.added.is_empty();
        let single = original.is_none() && !repeats;
        let stretch = self.stretch(&raw, single);
        let mut event = self.event(component, &raw);
        event.floating = stretch
            .as_ref()
            .is_ok_and(|stretch| matches!(stretch.name, Some(Name::Floating | Name::Unknown(_))));
        event.when = match (raw.recurrence_id, &original) {
            (Some(id), None) => Err(unknown_occurrence(id)),
            _ => stretch
                .as_ref()
                .map(|stretch| stretch.when)
                .map_err(Clone::clone),
        };
        if let (Ok(when), Some(zone), true) = (&mut event.when, raw.zone, single) {
            *when = berth::in_own_zone(*when, zone);
        }
        let mut more = More {
            onwards: raw
                .recurrence_id
                .filter(|id| id.has("RANGE", "THISANDFUTURE"))
                .map(Property::line),
            periods: Vec::new(),
        };
        if let (Ok(home), Ok(_)) = (&stretch, &event.when) {
            event.recurrence = self
                .recurrence(&raw, home, original.is_some())
                .map(Box::new);
            if event.recurrence.is_some() {
                more.periods = self.periods(&raw, home);
            }
        }
        (
            event,
            Place {
                home: stretch.ok(),
                original,
                more,
            },
        )
    }

    /// All of an event that no other depends on, but when it is.
    fn event(&mut self, component: Component<'d>, raw: &Raw<'d>) -> Event {
        let words =
            |property: Option<Property<'d>>| property.map(|found| found.text().into_owned());
        let stated = |property| words(property).filter(|text| !text.trim().is_empty());
        Event {
            line: component.line(),
            component: component.id(),
            uid: self.uid(component, raw.uid),
            recurrence_id: None,
            when: Err(String::new()),
            recurrence: None,
            title: words(raw.summary).map(one_line).unwrap_or_default(),
            status: self.status(raw),
            transparency: transparency(raw),
            units: self.own(raw.units, berth::units),
            set_up: self.own(raw.set_up, berth::buffer),
            clean_up: self.own(raw.clean_up, berth::buffer),
            kind: self.own(raw.kind, berth::kind),
            plan: stated(raw.plan),
            lead_times: self.own(raw.lead_times, berth::lead_times),
            sequence: raw.sequence.map_or(0, sequence),
            created: self.timestamp(raw.created),
            stamp: self.timestamp(raw.stamp),
            modified: self.timestamp(raw.modified),
            environment: stated(raw.environment),
            location: stated(raw.location),
            resources: listed(&raw.resources),
            categories: listed(&raw.categories),
            url: raw
                .url
                .map(|url| url.value().trim().to_owned())
                .filter(|url| !url.is_empty()),
            floating: false,
        }
    }
}

fn unknown_occurrence(id: Property<'_>) -> String {
    let value = quote(id.value());
    format!(
        "its RECURRENCE-ID {value} is not a date or time, so it is not known which occurrence it changes; correct it in the program it comes from"
    )
}
