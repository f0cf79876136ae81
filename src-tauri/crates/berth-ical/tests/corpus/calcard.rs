//! A second reader of iCalendar, `calcard`: where both read a well-formed file, they find the same
//! components, properties and texts.

use std::collections::BTreeMap;

use berth_ical::{Component, Content, Document, Limits, parse};
use calcard::icalendar::{ICalendar, ICalendarValue};
use calcard::{Entry, Parser};

use crate::manifest::{Sample, samples, say};

/// Properties by the components around them and their name, with their texts in order.
type Tree = BTreeMap<(String, String), Vec<String>>;

/// What it finds; `None` where it stumbles.
fn theirs(text: &str) -> Option<Tree> {
    let (mut tree, mut parser) = (Tree::new(), Parser::new(text));
    loop {
        match parser.entry() {
            Entry::ICalendar(calendar) => walk(&calendar, 0, "", &mut tree),
            Entry::Eof => return Some(tree),
            _ => return None,
        }
    }
}

fn walk(calendar: &ICalendar, id: usize, path: &str, tree: &mut Tree) {
    let Some(component) = calendar.components.get(id) else {
        return;
    };
    let path = format!(
        "{path}/{}",
        component.component_type.as_str().to_uppercase()
    );
    for entry in &component.entries {
        let texts = entry.values.iter().map(|value| match value {
            ICalendarValue::Text(text) => Some(text.as_str()),
            _ => None,
        });
        let key = (path.clone(), entry.name.as_str().to_uppercase());
        // A value that it interprets is compared by its presence.
        let text = texts
            .collect::<Option<String>>()
            .map_or(TYPED.into(), |text| plain(&text));
        tree.entry(key).or_default().push(text);
    }
    for child in &component.component_ids {
        walk(calendar, *child as usize, &path, tree);
    }
}

const TYPED: &str = "(interpreted)";

/// Without what the two take apart at different places: separators, escapes, spaces.
fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(c, ',' | ';' | '\\') && !c.is_whitespace() && !c.is_control())
        .collect()
}

fn ours(document: &Document) -> Tree {
    fn inside(component: Component<'_>, path: &str, tree: &mut Tree) {
        let path = format!("{path}/{}", component.name().to_uppercase());
        for content in component.contents() {
            match content {
                Content::Property(property) => {
                    let key = (path.clone(), property.name().to_owned());
                    tree.entry(key).or_default().push(plain(&property.text()));
                }
                Content::Component(inner) => inside(inner, &path, tree),
            }
        }
    }
    let mut tree = Tree::new();
    document
        .root()
        .children()
        .for_each(|component| inside(component, "", &mut tree));
    tree
}

/// The first property that the two do not have alike.
fn difference(ours: &Tree, theirs: &Tree) -> Option<String> {
    for key in ours.keys().chain(theirs.keys()) {
        let (our, their) = (
            ours.get(key).map_or(&[][..], Vec::as_slice),
            theirs.get(key).map_or(&[][..], Vec::as_slice),
        );
        if our.len() != their.len() {
            return Some(format!(
                "{}:{} {} against {}",
                key.0,
                key.1,
                our.len(),
                their.len()
            ));
        }
        let other = our
            .iter()
            .zip(their)
            .find(|(our, their)| *their != TYPED && our != their);
        if let Some((our, their)) = other {
            return Some(format!("{}:{} {our:.60} against {their:.60}", key.0, key.1));
        }
    }
    None
}

const BASE64: &str = "it decodes a value that says it is BASE64; Berth keeps what is written";

/// Files where the two differ, and why.
const DIFFERENT: [(&str, &str); 8] = [
    (
        "allenporter+ical/tests/parsing/testdata/valid/params_rfc7986_calendar.ics",
        BASE64,
    ),
    (
        "ical-org+ical.net/Ical.Net.Tests/Calendars/Serialization/Categories1.ics",
        BASE64,
    ),
    ("kewisch+ical.js/test/parser/base64.ics", BASE64),
    (
        "rianjs+ical.net/src/Ical.Net.CoreUnitTests/Calendars/Serialization/Attachment3.ics",
        BASE64,
    ),
    (
        "rianjs+ical.net/src/Ical.Net.CoreUnitTests/Calendars/Serialization/Categories1.ics",
        BASE64,
    ),
    (
        "rianjs+ical.net/src/Ical.Net.CoreUnitTests/Calendars/Serialization/Encoding1.ics",
        BASE64,
    ),
    (
        "collective+icalendar/src/icalendar/tests/calendars/multiple_calendar_components.ics",
        "METHOD is there twice; it keeps one, Berth both",
    ),
    (
        "kewisch+ical.js/test/parser/property_params.ics",
        "it takes the backslash of CN=“Y\\” for an escape, which RFC 5545, 3.2, does not know",
    ),
];

#[test]
fn calcard_finds_the_same() {
    let (mut same, mut unread, mut different) = (0, Vec::new(), BTreeMap::new());
    for Sample { path, class, bytes } in samples() {
        let text = String::from_utf8(bytes).unwrap_or_default();
        if class != "wellformed" || text.is_empty() {
            continue;
        }
        let path = path.trim_start_matches("ics/").to_owned();
        let document = parse(text.as_str(), &Limits::raised()).unwrap();
        match theirs(&text).map(|theirs| difference(&ours(&document), &theirs)) {
            None => unread.push(path),
            Some(None) => same += 1,
            Some(Some(found)) => drop(different.insert(path, found)),
        }
    }
    if same == 0 {
        return;
    }
    let reasons = DIFFERENT.map(|(path, reason)| format!("  {path}: {reason}"));
    say(&format!(
        "calcard finds the same in {same} well-formed files, and cannot read {}; the others:\n{}",
        unread.len(),
        reasons.join("\n")
    ));
    let known: BTreeMap<&str, ()> = DIFFERENT.iter().map(|(path, _)| (*path, ())).collect();
    let found: BTreeMap<&str, ()> = different.keys().map(|path| (path.as_str(), ())).collect();
    assert_eq!(found, known, "{different:#?}");
}
