//! What an event says that has nothing to do with its times.

use berth_core::{Status, Timestamp, Transparency};

use super::draft::Reader;
use super::raw::Raw;
use super::uid;
use crate::document::{Component, Document, Property, parse};
use crate::issue::{IssueKind, quote};
use crate::limits::Limits;
use crate::value::moment::{self, Moment};
use crate::value::text;

/// The version that a component says it is: what [`Keeper::source`](crate::Keeper::source) keeps of an
/// event has the one it came with. 0 where there is none.
#[must_use]
pub fn sequence_of(source: &str) -> u32 {
    let document = parse(source, &Limits::raised()).ok();
    let root = document.as_ref().map(Document::root);
    let mut events = root.into_iter().flat_map(Component::children);
    let event = events.find(|component| component.is("VEVENT"));
    event
        .and_then(|event| event.property("SEQUENCE"))
        .map_or(0, sequence)
}

/// `SEQUENCE`; 0 where that is no number.
pub(super) fn sequence(property: Property<'_>) -> u32 {
    property.value().trim().parse().unwrap_or(0)
}

impl<'d> Reader<'d> {
    pub(super) fn uid(&mut self, component: Component<'d>, uid: Option<Property<'d>>) -> String {
        let found = uid
            .map(|uid| uid.text().into_owned())
            .filter(|uid| !uid.trim().is_empty());
        found.unwrap_or_else(|| {
            self.issues.add(component.line(), IssueKind::Uid, || {
                "the event has no UID; it got one that is made of what it says, so that a changed version of it will count as another event".into()
            });
            uid::derived(component)
        })
    }

    pub(super) fn status(&mut self, raw: &Raw<'d>) -> Status {
        let busy = |word: &str| {
            raw.busy
                .is_some_and(|busy| busy.value().trim().eq_ignore_ascii_case(word))
        };
        let Some(status) = raw.status else {
            return if busy("TENTATIVE") {
                Status::Tentative
            } else {
                Status::Confirmed
            };
        };
        match status.value().trim().to_ascii_uppercase().as_str() {
            "TENTATIVE" => Status::Tentative,
            "CANCELLED" | "CANCELED" => Status::Cancelled,
            "CONFIRMED" | "" => Status::Confirmed,
            _ => {
                self.not_understood(status, "the event was taken as confirmed");
                Status::Confirmed
            }
        }
    }

    /// The value of one of Berth's own properties.
    pub(super) fn own<T>(
        &mut self,
        property: Option<Property<'d>>,
        read: impl Fn(Property<'d>) -> Option<T>,
    ) -> Option<T> {
        let property = property?;
        let value = read(property);
        if value.is_none() {
            self.not_understood(property, "it was not taken");
        }
        value
    }

    /// CREATED, DTSTAMP and LAST-MODIFIED are in UTC (RFC 5545, 3.8.7); one that is not is read so.
    pub(super) fn timestamp(&mut self, property: Option<Property<'d>>) -> Option<Timestamp> {
        let property = property?;
        let moment = moment::parse(property.value());
        if moment.is_none() {
            self.not_understood(property, "it was not taken");
        }
        moment.map(Moment::wall).map(|wall| wall.and_utc().into())
    }

    pub(super) fn not_understood(&mut self, property: Property<'d>, done: &str) {
        self.issues.add(property.line(), IssueKind::Value, || {
            format!(
                "{} cannot be {}; {done}",
                property.name(),
                quote(property.value())
            )
        });
    }
}

pub(super) fn transparency(raw: &Raw<'_>) -> Transparency {
    let says = |property: Option<Property<'_>>, word: &str| {
        property.is_some_and(|property| property.value().trim().eq_ignore_ascii_case(word))
    };
    let free = match raw.transparency {
        Some(_) => says(raw.transparency, "TRANSPARENT"),
        None => says(raw.busy, "FREE"),
    };
    if free {
        Transparency::Transparent
    } else {
        Transparency::Opaque
    }
}

pub(super) fn one_line(text: String) -> String {
    if text.contains(['\n', '\r']) {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    } else {
        text
    }
}

pub(super) fn listed(properties: &[Property<'_>]) -> Vec<String> {
    let values = properties
        .iter()
        .flat_map(|property| text::list(property.value()));
    let texts = values.map(|value| text::unescape(value).trim().to_owned());
    texts.filter(|text| !text.is_empty()).collect()
}
