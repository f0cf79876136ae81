//! Writing a tree as it was read: nothing is lost and nothing is added.

use super::page::Page;
use crate::document::{Component, Content, Document, Property};
use crate::head::{Param, has_empty_param, is_name};
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
    page.put(format_args!("BEGIN:{}", component.name()));
    contents(page, component);
    page.put(format_args!("END:{}", component.name()));
}

fn contents(page: &mut Page, of: Component<'_>) {
    for content in of.contents() {
        match content {
            Content::Property(found) => property(page, found),
            Content::Component(inner) => component(page, inner),
        }
    }
}

/// The property byte by byte, unless something is wrong with it that others might stumble over.
pub(super) fn faithful(page: &mut Page, found: Property<'_>) {
    let line = found.as_written();
    let head = &line[..line.len().saturating_sub(found.value().len() + 1)];
    let name = head.split(';').next().unwrap_or_default();
    if is_name(name) && quotes_close(head) && !has_empty_param(head) {
        page.line(line);
    } else {
        property(page, found);
    }
}

fn quotes_close(head: &str) -> bool {
    head.bytes().filter(|byte| *byte == b'"').count() % 2 == 0
}

pub(super) fn property(page: &mut Page, property: Property<'_>) {
    page.put(format_args!(
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
