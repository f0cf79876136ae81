//! What is kept of an event beside its booking: its component, and the VTIMEZONEs without which the
//! times in it that Berth has no field for would mean nothing elsewhere.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;

use super::source::is_own;
use super::tree;
use crate::document::{Component, ComponentId, Document, Property};
use crate::zone;

/// Takes the texts to keep from a document.
#[derive(Debug)]
pub struct Keeper<'d> {
    document: &'d Document,
    /// The file's VTIMEZONEs by TZID, once one is wanted.
    zones: OnceCell<HashMap<String, Component<'d>>>,
}

impl<'d> Keeper<'d> {
    /// For the events of a document.
    #[must_use]
    pub fn new(document: &'d Document) -> Self {
        Self {
            document,
            zones: OnceCell::new(),
        }
    }

    /// The component as [`Document::source`] has it, and after it the file's VTIMEZONE for each TZID
    /// in it that only this file knows.
    #[must_use]
    pub fn source(&self, id: ComponentId) -> Cow<'d, str> {
        let source = self.document.source(id);
        let wanted = self.unknown_zones(self.document.component(id));
        if wanted.is_empty() {
            return source;
        }
        let texts = wanted.iter().map(|zone| tree::unfolded(*zone));
        let all = std::iter::once(source.into_owned()).chain(texts);
        Cow::Owned(all.collect::<Vec<_>>().join("\n"))
    }

    fn unknown_zones(&self, component: Component<'d>) -> Vec<Component<'d>> {
        let mut names: Vec<Cow<'d, str>> = Vec::new();
        let mut look = |property: Property<'d>| {
            let name = property.param("TZID");
            let name = name.filter(|name| !names.contains(name) && zone::by_name(name).is_none());
            names.extend(name);
        };
        let kept = component.properties();
        kept.filter(|one| !is_own(one.name())).for_each(&mut look);
        // They are written again whole.
        let inside = component.children().flat_map(Component::properties);
        inside.for_each(&mut look);
        let found = names
            .iter()
            .filter_map(|name| self.zones().get(name.trim()));
        found.copied().collect()
    }

    fn zones(&self) -> &HashMap<String, Component<'d>> {
        self.zones.get_or_init(|| zone::described(self.document))
    }
}
