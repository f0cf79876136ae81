//! Looking at a document: components and properties as places in its text.

use std::borrow::Cow;

use super::build::narrow;
use super::{COMPONENT, ComponentId, Document, Entry};
use crate::head::{Head, Param};
use crate::value::text;

/// A component and what is in it.
#[derive(Debug, Clone, Copy)]
pub struct Component<'d> {
    document: &'d Document,
    id: ComponentId,
}

/// What a component holds, in the order of the file.
#[derive(Debug, Clone, Copy)]
pub enum Content<'d> {
    /// A property.
    Property(Property<'d>),
    /// A component inside the component.
    Component(Component<'d>),
}

impl<'d> Component<'d> {
    pub(super) fn new(document: &'d Document, id: ComponentId) -> Self {
        Self { document, id }
    }

    /// Names it without borrowing the document.
    #[must_use]
    pub fn id(self) -> ComponentId {
        self.id
    }

    /// Its name as it is written; empty for the file itself.
    #[must_use]
    pub fn name(self) -> &'d str {
        self.document.slice(self.document.node(self.id).name)
    }

    /// Whether that is its name, in capitals or not.
    #[must_use]
    pub fn is(self, name: &str) -> bool {
        self.name().eq_ignore_ascii_case(name)
    }

    /// The line of its BEGIN, from 1.
    #[must_use]
    pub fn line(self) -> u32 {
        self.document.node(self.id).line
    }

    /// Its properties and components.
    pub fn contents(self) -> impl Iterator<Item = Content<'d>> {
        let document = self.document;
        let (mut at, end) = document.node(self.id).entries;
        std::iter::from_fn(move || {
            let entry = document.entries.get(at as usize).filter(|_| at < end)?;
            if entry.head == COMPONENT {
                let component = document.component(ComponentId(entry.start));
                at = document.node(component.id).entries.1;
                return Some(Content::Component(component));
            }
            at += 1;
            Some(Content::Property(Property { document, entry }))
        })
    }

    /// Its own properties.
    pub fn properties(self) -> impl Iterator<Item = Property<'d>> {
        self.contents().filter_map(|content| match content {
            Content::Property(property) => Some(property),
            Content::Component(_) => None,
        })
    }

    /// The components directly inside it.
    pub fn children(self) -> impl Iterator<Item = Component<'d>> {
        self.contents().filter_map(|content| match content {
            Content::Component(component) => Some(component),
            Content::Property(_) => None,
        })
    }

    /// The first of its properties that has this name, given in capitals.
    #[must_use]
    pub fn property(self, name: &str) -> Option<Property<'d>> {
        self.properties().find(|property| property.name() == name)
    }
}

/// A property: a name, parameters and a value.
#[derive(Debug, Clone, Copy)]
pub struct Property<'d> {
    document: &'d Document,
    entry: &'d Entry,
}

impl<'d> Property<'d> {
    /// Its name in capitals.
    #[must_use]
    pub fn name(self) -> &'d str {
        self.head().map_or("", |head| &head.name)
    }

    /// Its parameters in the order of the file.
    #[must_use]
    pub fn params(self) -> &'d [Param] {
        self.head().map_or(&[], |head| &head.params)
    }

    /// The value of a parameter, given in capitals; where it has several, with commas between.
    #[must_use]
    pub fn param(self, name: &str) -> Option<Cow<'d, str>> {
        let param = self.params().iter().find(|param| param.name == name)?;
        match param.values.as_slice() {
            [] => None,
            [value] => Some(Cow::Borrowed(value)),
            values => Some(Cow::Owned(values.join(","))),
        }
    }

    /// Whether a parameter has that value, in capitals or not.
    #[must_use]
    pub fn has(self, name: &str, value: &str) -> bool {
        self.param(name)
            .is_some_and(|found| found.eq_ignore_ascii_case(value))
    }

    /// Its value as it is written, unfolded.
    #[must_use]
    pub fn value(self) -> &'d str {
        self.document.slice((self.entry.start, self.entry.end))
    }

    /// All of it as it is written, unfolded: name, parameters and value.
    pub(crate) fn as_written(self) -> &'d str {
        let before = self.document.slice((0, self.entry.start));
        let begins = before.rfind('\n').map_or(0, |at| at + 1);
        self.document.slice((narrow(begins), self.entry.end))
    }

    /// Its value as text: the escapes of RFC 5545, 3.3.11, undone, and the quoted-printable that
    /// vCalendar 1.0 used.
    #[must_use]
    pub fn text(self) -> Cow<'d, str> {
        if self.has("ENCODING", "QUOTED-PRINTABLE") {
            return Cow::Owned(
                text::unescape(&text::from_quoted_printable(self.value())).into_owned(),
            );
        }
        text::unescape(self.value())
    }

    /// The line it begins on, from 1.
    #[must_use]
    pub fn line(self) -> u32 {
        self.entry.line
    }

    fn head(self) -> Option<&'d Head> {
        self.document.heads.get(self.entry.head as usize)
    }
}
