//! What another program wrote about a booking and Berth has no field for: it is written again.

use std::rc::Rc;

use berth_core::{Booking, Rule};
use chrono_tz::Tz;

use super::{Exported, WriteOptions, page::Page, tree};
use crate::document::{Component, ComponentId, Content, Document, Property, parse};
use crate::head::{Param, is_name};
use crate::limits::Limits;
use crate::trailer;
use crate::value::text;
use crate::zone;

/// Properties that Berth writes itself.
const OWN: [&str; 18] = [
    "UID",
    "DTSTAMP",
    "SEQUENCE",
    "LAST-MODIFIED",
    "CREATED",
    "DTSTART",
    "DTEND",
    "DURATION",
    "RECURRENCE-ID",
    "RDATE",
    "SUMMARY",
    "DESCRIPTION",
    "STATUS",
    "TRANSP",
    "CATEGORIES",
    "LOCATION",
    "X-MICROSOFT-CDO-BUSYSTATUS",
    "X-MICROSOFT-CDO-ALLDAYEVENT",
];

/// Those with which a program takes a booking for a meeting and writes to people.
const MEETING: [&str; 2] = ["ORGANIZER", "ATTENDEE"];

/// The rules of a series, which stay when Berth cannot follow them.
const RULES: [&str; 3] = ["RRULE", "EXRULE", "EXDATE"];

/// Whether Berth writes a property of that name itself, and not as it came.
pub(super) fn is_own(name: &str) -> bool {
    OWN.contains(&name) || MEETING.contains(&name) || name.starts_with("X-BERTH-")
}

/// The components that bookings were imported as.
#[derive(Debug)]
pub(super) struct Sources {
    documents: Vec<Document>,
    /// Of each booking, its place among the documents and in one.
    places: Vec<Option<Place>>,
}

/// A component, and the zones that are kept with it.
#[derive(Debug)]
struct Place {
    document: usize,
    event: ComponentId,
    zones: Vec<ComponentId>,
}

/// The component a booking was imported as, if it was.
#[derive(Debug)]
pub(super) struct Source<'d> {
    event: Option<Component<'d>>,
    /// The VTIMEZONEs that are kept with it.
    zones: Vec<Component<'d>>,
}

/// What the file has to say about a zone that it names.
#[derive(Debug, Clone)]
pub(super) enum Described {
    /// What everybody knows of it.
    Known(Tz),
    /// The VTIMEZONE it came with.
    Own(Rc<str>),
}

impl Sources {
    /// Those of some bookings. They are read together, which takes a third of the time, unless one
    /// is damaged and could be mistaken for a part of another.
    pub(super) fn of<'b>(bookings: impl Iterator<Item = &'b Booking>) -> Self {
        let texts: Vec<Option<&str>> = bookings.map(|one| one.source.as_deref()).collect();
        Self::together(&texts).unwrap_or_else(|| Self::apart(&texts))
    }

    fn together(texts: &[Option<&str>]) -> Option<Self> {
        let found: Vec<&str> = texts.iter().copied().flatten().collect();
        if !found.iter().all(|text| text.starts_with("BEGIN:VEVENT\n")) {
            return None;
        }
        let document = parse(found.join("\n"), &Limits::raised()).ok()?;
        if !document.issues().is_empty() {
            return None;
        }
        let mut events = places(&document, 0);
        if events.len() != found.len() {
            return None;
        }
        events.reverse();
        let places = texts.iter().map(|text| text.and_then(|_| events.pop()));
        Some(Self {
            places: places.collect(),
            documents: vec![document],
        })
    }

    fn apart(texts: &[Option<&str>]) -> Self {
        let mut documents = Vec::new();
        let mut place = |text: &Option<&str>| {
            let document = parse((*text)?, &Limits::raised()).ok()?;
            let place = places(&document, documents.len()).into_iter().next();
            documents.push(document);
            place
        };
        Self {
            places: texts.iter().map(&mut place).collect(),
            documents,
        }
    }

    /// The one of the booking in that place.
    pub(super) fn get(&self, index: usize) -> Source<'_> {
        let place = self.places.get(index).and_then(Option::as_ref);
        let document = place.and_then(|place| self.documents.get(place.document));
        let (Some(place), Some(document)) = (place, document) else {
            return Source {
                event: None,
                zones: Vec::new(),
            };
        };
        let zones = place.zones.iter().map(|zone| document.component(*zone));
        Source {
            event: Some(document.component(place.event)),
            zones: zones.collect(),
        }
    }
}

/// The events of a document, each with the zones that follow it.
fn places(document: &Document, index: usize) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    for component in document.root().children() {
        if component.is("VEVENT") {
            places.push(Place {
                document: index,
                event: component.id(),
                zones: Vec::new(),
            });
        } else if let Some(last) = places.last_mut().filter(|_| component.is("VTIMEZONE")) {
            last.zones.push(component.id());
        }
    }
    places
}

impl<'d> Source<'d> {
    fn event(&self) -> Option<Component<'d>> {
        self.event
    }

    fn properties(&self, name: &'static str) -> impl Iterator<Item = Property<'d>> {
        let properties = self.event().into_iter().flat_map(Component::properties);
        properties.filter(move |property| property.name() == name)
    }

    /// Whether its rule is one that Berth cannot follow: the booking has none then, and a program
    /// that can follow it should get it back.
    pub(super) fn keeps_rule(&self, booking: &Booking) -> bool {
        let has_none = booking
            .recurrence
            .as_ref()
            .is_none_or(|recurrence| recurrence.rule.is_none());
        let rule = self.properties("RRULE").next();
        let followed =
            |rule: Property<'_>| Rule::parse(rule.value()).is_ok_and(|rule| !rule.sub_daily());
        has_none && booking.recurrence_id.is_none() && rule.is_some_and(|rule| !followed(rule))
    }

    /// The parameters of a text that has not changed since, such as its language.
    pub(super) fn params(&self, name: &'static str, unchanged: impl Fn(&str) -> bool) -> String {
        let same = self
            .properties(name)
            .next()
            .filter(|property| !property.params().is_empty() && unchanged(&property.text()));
        let params = same.map_or(&[][..], Property::params);
        let kept =
            |param: &&Param| !["ENCODING", "CHARSET", "VALUE"].contains(&param.name.as_str());
        tree::params(params.iter().filter(kept))
    }

    /// The LOCATION, where it is a place and not an environment.
    pub(super) fn place(
        &self,
        exported: &Exported<'_>,
        options: &WriteOptions<'_>,
    ) -> Option<Property<'d>> {
        let place = self.properties("LOCATION").next()?;
        let name = place.text();
        let mut environments = options.environments.iter().chain([&exported.environment]);
        let is_environment = environments.any(|environment| same(environment, &name));
        (!name.trim().is_empty() && !is_environment).then_some(place)
    }

    /// The CATEGORIES that are not teams, still escaped.
    pub(super) fn categories(
        &self,
        exported: &Exported<'_>,
        options: &WriteOptions<'_>,
    ) -> Vec<String> {
        let teams = || options.teams.iter().chain([&exported.team]);
        let found = self
            .properties("CATEGORIES")
            .flat_map(|property| text::list(property.value()));
        let other = found.filter(|category| {
            let name = text::unescape(category);
            !name.trim().is_empty() && !teams().any(|team| same(team, &name))
        });
        other.map(str::to_owned).collect()
    }

    /// Whether it had this property.
    pub(super) fn has(&self, name: &'static str) -> bool {
        self.properties(name).next().is_some()
    }

    /// Writes what Berth has no field for.
    pub(super) fn rest(&self, page: &mut Page, booking: &Booking) {
        let keeps_rule = self.keeps_rule(booking);
        for content in self.event().into_iter().flat_map(Component::contents) {
            match content {
                Content::Property(property) if self.stays(property, booking, keeps_rule) => {
                    tree::faithful(page, property)
                }
                Content::Component(inner) if !inner.is("VALARM") => tree::component(page, inner),
                Content::Property(_) | Content::Component(_) => {}
            }
        }
    }

    fn stays(&self, property: Property<'_>, booking: &Booking, keeps_rule: bool) -> bool {
        match property.name() {
            name if is_own(name) => false,
            // What Berth could read of the exceptions is in the booking.
            "EXDATE" => keeps_rule && booking.recurrence.is_none(),
            name if RULES.contains(&name) => keeps_rule,
            // The description as HTML, which is out of date when the description has changed.
            "X-ALT-DESC" => self.has_notes(&booking.notes),
            // What was not understood as a property stays out.
            name => is_name(name),
        }
    }

    /// The names of zones in what is written again, which the file has to describe.
    pub(super) fn zones(&self, booking: &Booking) -> Vec<(String, Described)> {
        let Some(event) = self.event() else {
            return Vec::new();
        };
        let keeps_rule = self.keeps_rule(booking);
        let named = |property: Property<'d>| Some((property, property.param("TZID")?));
        let own = event
            .properties()
            .filter_map(named)
            .filter(|(property, _)| self.stays(*property, booking, keeps_rule));
        let inner = event
            .children()
            .filter(|inner| !inner.is("VALARM"))
            .flat_map(Component::properties)
            .filter_map(named);
        own.chain(inner)
            .filter_map(|(_, name)| Some((name.to_string(), self.described(&name)?)))
            .collect()
    }

    fn described(&self, name: &str) -> Option<Described> {
        if let Some(zone) = zone::by_name(name) {
            return Some(Described::Known(zone));
        }
        let is_it = |zone: &&Component<'d>| {
            let tzid = zone.property("TZID");
            tzid.is_some_and(|tzid| {
                [&tzid.text(), tzid.value()]
                    .map(str::trim)
                    .contains(&name.trim())
            })
        };
        let mut page = Page::folded();
        tree::component(&mut page, *self.zones.iter().find(is_it)?);
        Some(Described::Own(page.finish().into()))
    }

    fn has_notes(&self, notes: &str) -> bool {
        let description = self.properties("DESCRIPTION").next();
        description
            .map(|found| trailer::without(found.text().into_owned()))
            .unwrap_or_default()
            == notes
    }
}

fn same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}
