//! A calendar as a tree of components and properties, with the lines they stand on.
//!
//! Nothing in it has been interpreted but the structure, and nothing is lost: what Berth has no use
//! for is still there when the document is written again. The text is held once; components and
//! properties are places in it.

mod build;
mod foreign;
mod property;
mod view;

use std::borrow::Cow;

use crate::head::Head;
use crate::issue::{Issue, Issues};
use crate::limits::{Limits, Refusal};

pub use view::{Component, Content, Property};

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
        self.component(ComponentId(0))
    }

    /// The component of that name in the document it was taken from.
    #[must_use]
    pub fn component(&self, id: ComponentId) -> Component<'_> {
        Component::new(self, id)
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
