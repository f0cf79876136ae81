//! A calendar as a tree of components and properties, with the lines they stand on.
//!
//! Nothing in it has been interpreted but the structure, and nothing is lost: what Berth has no use
//! for is still there when the document is written again. The text is held once; components and
//! properties are places in it.

mod build;
mod foreign;
mod property;

use std::borrow::Cow;

use crate::head::{Head, Param};
use crate::issue::{Issue, Issues};
use crate::limits::{Limits, Refusal};
use crate::value::text;

#[cfg(test)]
mod tests;

/// A parsed file; see [`parse`].
#[derive(Debug, Clone)]
pub struct Document {
    /// The logical lines.
    text: String,
    /// Every different head, once.
    heads: Vec<Head>,
    /// Properties and the beginnings of components, in the order of the file.
    entries: Vec<Entry>,
    /// Components; the first is the file itself.
    nodes: Vec<Node>,
    issues: Issues,
}

/// A property, or a component at the place where it begins.
#[derive(Debug, Clone, Copy)]
struct Entry {
    /// Index of its head, or [`COMPONENT`].
    head: u32,
    /// Where its value begins in the text; of a component, its index.
    start: u32,
    /// Where its value ends.
    end: u32,
    /// The line of the file it begins on.
    line: u32,
}

/// The `head` of an [`Entry`] that is a component.
const COMPONENT: u32 = u32::MAX;

#[derive(Debug, Clone, Copy, Default)]
struct Node {
    /// Its name in the text.
    name: (u32, u32),
    /// The line of its BEGIN.
    line: u32,
    /// Its entries, those of the components inside it among them.
    entries: (u32, u32),
    /// From the B of its BEGIN to the end of its END, in the text.
    text: (u32, u32),
    /// Whether that text is this component and nothing else: it was closed properly and nothing
    /// was left out.
    whole: bool,
}

/// Names a component of a [`Document`] without borrowing it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ComponentId(u32);

/// Reads the structure of a calendar. A damaged file still gives a document, with what was wrong in
/// [`Document::issues`]. A `Vec` is taken over and unfolded in place; a slice is copied.
///
/// # Errors
/// [`Refusal`] where there is nothing of a calendar in the bytes, or more than `limits` allow.
pub fn parse(bytes: impl Into<Vec<u8>>, limits: &Limits) -> Result<Document, Refusal> {
    let bytes = bytes.into();
    // Offsets have 32 bits, and UTF-16 can grow by half when it becomes UTF-8.
    let limit = limits.bytes.min(u32::MAX as usize / 2);
    if bytes.len() > limit {
        return Err(Refusal::TooLarge {
            bytes: bytes.len(),
            limit,
        });
    }
    let foreign = foreign::recognise(&bytes);
    let mut issues = Issues::default();
    let lines = crate::text::lines(bytes, &mut issues);
    let document = build::build(lines, limits, issues)?;
    let holds_contacts = document
        .root()
        .children()
        .next()
        .map(|first| first.is("VCARD"));
    match holds_contacts {
        Some(false) => Ok(document),
        Some(true) => Err(foreign::CONTACTS),
        None => Err(foreign),
    }
}

impl Document {
    /// The file itself: a component without a name, which holds the others.
    #[must_use]
    pub fn root(&self) -> Component<'_> {
        Component {
            document: self,
            id: ComponentId(0),
        }
    }

    /// The component of that name in the document it was taken from.
    #[must_use]
    pub fn component(&self, id: ComponentId) -> Component<'_> {
        Component { document: self, id }
    }

    /// The component as text: unfolded, one property a line, lines ended by LF but the last. Where
    /// the file was damaged, as it was understood.
    #[must_use]
    pub fn source(&self, id: ComponentId) -> Cow<'_, str> {
        let node = self.node(id);
        if node.whole {
            Cow::Borrowed(self.slice(node.text))
        } else {
            Cow::Owned(crate::write::tree::unfolded(self.component(id)))
        }
    }

    /// What was wrong with the structure, at most a thousand of it.
    #[must_use]
    pub fn issues(&self) -> &[Issue] {
        self.issues.worded()
    }

    pub(crate) fn collected(&self) -> &Issues {
        &self.issues
    }

    fn node(&self, id: ComponentId) -> Node {
        self.nodes.get(id.0 as usize).copied().unwrap_or_default()
    }

    fn slice(&self, (start, end): (u32, u32)) -> &str {
        self.text
            .get(start as usize..end as usize)
            .unwrap_or_default()
    }
}

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
