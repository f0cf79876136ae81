//! Writing a tree as it was read: nothing is lost and nothing is added.

use super::page::Page;
use crate::document::{Component, Content, Document, Property};
use crate::head::Param;
use crate::value::text;

/// The document as a well-formed file: lines folded and ended as RFC 5545 wants them, every
/// component closed. What was damaged is as Berth understood it.
#[must_use]
pub fn round_trip(document: &Document) -> String {
    let mut page = Page::folded();
    contents(&mut page, document.root());
    page.finish()
}

/// A component as Berth keeps it; see [`Document::source`].
pub(crate) fn unfolded(of: Component<'_>) -> String {
    let mut page = Page::unfolded();
    component(&mut page, of);
    page.finish()
}

pub(super) fn component(page: &mut Page, component: Component<'_>) {
    page.line(&format!("BEGIN:{}", component.name()));
    contents(page, component);
    page.line(&format!("END:{}", component.name()));
}

fn contents(page: &mut Page, of: Component<'_>) {
    for content in of.contents() {
        match content {
            Content::Property(found) => property(page, found),
            Content::Component(inner) => component(page, inner),
        }
    }
}

pub(super) fn property(page: &mut Page, property: Property<'_>) {
    page.line(&format!(
        "{}{}:{}",
        property.name(),
        params(property.params()),
        property.value()
    ));
}

/// `;NAME=value,value` for each.
pub(super) fn params<'p>(params: impl IntoIterator<Item = &'p Param>) -> String {
    let mut head = String::new();
    for param in params {
        head.extend([";", &param.name]);
        for (index, value) in param.values.iter().enumerate() {
            head.push_str(if index == 0 { "=" } else { "," });
            head.push_str(&text::param_value(value));
        }
    }
    head
}
