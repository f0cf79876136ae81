use super::{Component, Content, Document, parse};
use crate::limits::{Limits, Refusal};
use crate::write::tree::round_trip;

fn document(text: &str) -> Document {
    parse(text, &Limits::default()).unwrap()
}

/// The tree on one line: `VCALENDAR(VERSION=2.0 VEVENT(UID=1))`.
fn shown(component: Component<'_>) -> String {
    let contents = component.contents().map(|content| match content {
        Content::Property(property) => format!("{}={}", property.name(), property.value()),
        Content::Component(inner) => format!("{}({})", inner.name(), shown(inner)),
    });
    contents.collect::<Vec<_>>().join(" ")
}

fn issues(document: &Document) -> Vec<String> {
    document.issues().iter().map(ToString::to_string).collect()
}

fn check(lines: &[&str], expected: &str, expected_issues: &[&str]) {
    let document = document(&lines.join("\r\n"));
    assert_eq!(shown(document.root()), expected);
    assert_eq!(issues(&document), expected_issues, "{lines:?}");
    // What is written is the same tree, without anything wrong in it.
    let again = self::document(&round_trip(&document));
    assert_eq!(shown(again.root()), expected);
}

#[test]
fn a_tree() {
    check(
        &[
            "begin:VCALENDAR",
            "VERSION:2.0",
            "BEGIN:VEVENT",
            "UID:1",
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            "END:VALARM",
            "X-A;B=c:d:e",
            "END:vevent",
            "END:VCALENDAR",
        ],
        "VCALENDAR(VERSION=2.0 VEVENT(UID=1 VALARM(ACTION=DISPLAY) X-A=d:e))",
        &[],
    );
}

#[test]
fn several_calendars() {
    check(
        &[
            "BEGIN:VCALENDAR",
            "A:1",
            "END:VCALENDAR",
            "\u{feff}BEGIN:VCALENDAR",
            "A:2",
            "END:VCALENDAR",
        ],
        "VCALENDAR(A=1) VCALENDAR(A=2)",
        &[],
    );
}

#[test]
fn an_end_is_missing() {
    check(
        &[
            "BEGIN:VCALENDAR",
            "BEGIN:VEVENT",
            "UID:1",
            "BEGIN:VEVENT",
            "UID:2",
            "BEGIN:VALARM",
            "END:VEVENT",
        ],
        "VCALENDAR(VEVENT(UID=1) VEVENT(UID=2 VALARM()))",
        &[
            "line 2: \u{201c}VEVENT\u{201d} has no END and was closed before line 4",
            "line 6: \u{201c}VALARM\u{201d} has no END and was closed before line 7",
            "line 1: \u{201c}VCALENDAR\u{201d} has no END and was closed before line 7",
        ],
    );
}

#[test]
fn a_calendar_begins_inside_an_event() {
    check(
        &[
            "BEGIN:VCALENDAR",
            "BEGIN:VEVENT",
            "UID:1",
            "BEGIN:VCALENDAR",
            "BEGIN:VEVENT",
            "UID:2",
            "END:VEVENT",
            "END:VCALENDAR",
        ],
        "VCALENDAR(VEVENT(UID=1)) VCALENDAR(VEVENT(UID=2))",
        &[
            "line 2: \u{201c}VEVENT\u{201d} has no END and was closed before line 4",
            "line 1: \u{201c}VCALENDAR\u{201d} has no END and was closed before line 4",
        ],
    );
}

#[test]
fn what_is_no_structure_is_reported() {
    check(
        &[
            "BEGIN:VCALENDAR",
            "END:VEVENT",
            "just words",
            "Not a name: x",
            "A;;B=1:2",
            "A;C=\"x:3",
            "END:VCALENDAR",
            "A:4",
        ],
        "VCALENDAR(NOT A NAME= x A=2 A=3) A=4",
        &[
            "line 2: END:\u{201c}VEVENT\u{201d} has no BEGIN and was ignored",
            "line 3: \u{201c}just words\u{201d} is not a property and was left out",
            "line 4: \u{201c}Not a name: x\u{201d} does not begin with the name of a property and was not understood",
            "line 5: \u{201c}A;;B=1\u{201d} has a parameter that is empty; it was left out",
            "line 6: a quote in \u{201c}A;C=\"x\u{201d} does not close",
            "line 8: \u{201c}A:4\u{201d} stands outside any component",
        ],
    );
}

#[test]
fn depth_is_limited() {
    let deep = |levels: usize| {
        let begins = (0..levels).map(|level| format!("BEGIN:X{level}\r\nA:{level}\r\n"));
        let ends = (0..levels).rev().map(|level| format!("END:X{level}\r\n"));
        begins.chain(ends).collect::<String>()
    };
    assert_eq!(
        shown(document(&deep(4)).root()),
        "X0(A=0 X1(A=1 X2(A=2 X3(A=3))))"
    );
    let document = document(&deep(1000));
    assert_eq!(shown(document.root()), "X0(A=0 X1(A=1 X2(A=2 X3(A=3))))");
    assert_eq!(document.issues().len(), 996);
}

#[test]
fn size_is_limited() {
    let event = "BEGIN:VEVENT\nEND:VEVENT\n";
    let many = format!("BEGIN:VCALENDAR\n{}", event.repeat(20));
    let limits = Limits {
        components: 20,
        ..Limits::default()
    };
    assert_eq!(
        parse(many.as_str(), &limits).unwrap_err(),
        Refusal::TooManyComponents { limit: 20 }
    );
    assert!(
        parse(
            many.as_str(),
            &Limits {
                components: 21,
                ..limits
            }
        )
        .is_ok()
    );
    let limits = Limits {
        bytes: many.len() - 1,
        ..Limits::default()
    };
    let refusal = parse(many.as_str(), &limits).unwrap_err();
    assert_eq!(
        refusal,
        Refusal::TooLarge {
            bytes: many.len(),
            limit: many.len() - 1
        }
    );
    assert!(refusal.to_string().ends_with("export a shorter range"));
}

#[test]
fn properties_are_limited() {
    let limits = Limits {
        property: 30,
        parameters: 2,
        heads: 5,
        ..Limits::default()
    };
    let long = "x".repeat(40);
    let text = format!(
        "BEGIN:VEVENT\nSUMMARY:{long}\nDESCRIPTION:1234567890123456\\\\\\n\nATTACH:{long}\nA;B=1;C=2;D=3:4\nX-1:1\nX-2:2\nX-3:3\nX-1:1\nEND:VEVENT\n"
    );
    let document = parse(text, &limits).unwrap();
    let expected = format!(
        "VEVENT(SUMMARY={} DESCRIPTION=1234567890123456\\\\ A=4 X-1=1 X-2=2 X-1=1)",
        &long[..22]
    );
    assert_eq!(shown(document.root()), expected);
    let kinds: Vec<_> = document
        .issues()
        .iter()
        .map(|issue| (issue.line, issue.kind.name()))
        .collect();
    assert_eq!(
        kinds,
        [
            (2, "limit"),
            (3, "limit"),
            (4, "limit"),
            (5, "limit"),
            (8, "limit")
        ]
    );
    assert_eq!(
        document
            .root()
            .children()
            .next()
            .unwrap()
            .property("A")
            .unwrap()
            .params()
            .len(),
        2
    );
}

#[test]
fn a_text_is_cut_on_a_character_and_outside_an_escape() {
    let limits = Limits {
        property: 11,
        ..Limits::default()
    };
    for (line, expected) in [
        ("SUMMARY:abü", "SUMMARY=abü"),
        ("SUMMARY:abüü", "SUMMARY=ab"),
        ("SUMMARY:ab\\nx", "SUMMARY=ab"),
        ("SUMMARY:a\\\\nx", "SUMMARY=a\\\\"),
    ] {
        let document = parse(format!("BEGIN:VEVENT\n{line}x\nEND:VEVENT"), &limits).unwrap();
        assert!(
            shown(document.root()).starts_with(&format!("VEVENT({}", &expected[..10])),
            "{line}: {}",
            shown(document.root())
        );
    }
}

#[test]
fn hostile_files_are_quick() {
    let params = format!(
        "BEGIN:VEVENT\nDTSTART{}:20260101\nEND:VEVENT",
        ";A=b".repeat(250_000)
    );
    assert_eq!(document(&params).issues().len(), 1);
    let long = format!(
        "BEGIN:VEVENT\nSUMMARY:{}\nEND:VEVENT",
        "x".repeat(9_000_000)
    );
    assert_eq!(document(&long).issues().len(), 1);
    let folds = format!(
        "BEGIN:VEVENT\nSUMMARY:{}\nEND:VEVENT",
        "\n x".repeat(1_000_000)
    );
    assert_eq!(document(&folds).issues().len(), 1);
    let quotes = format!("BEGIN:VEVENT\n{}END:VEVENT", "A;B=\":x\n".repeat(100_000));
    assert_eq!(document(&quotes).issues().len(), 1);
}

#[test]
fn issues_are_limited() {
    let document = document(&format!(
        "BEGIN:VEVENT\n{}END:VEVENT",
        "rubbish\n".repeat(3000)
    ));
    assert_eq!(document.issues().len(), 1000);
    let last = document.collected().clone().finish().pop().unwrap();
    assert_eq!(last.to_string(), "2000 more issues are not listed");
}

#[test]
fn sources() {
    let text = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:fol\r\n ded\r\nBEGIN:VALARM\r\nEND:VALARM\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:2\r\nrubbish\r\nEND:VCALENDAR\r\n";
    let document = document(text);
    let calendar = document.root().children().next().unwrap();
    let sources: Vec<_> = calendar
        .children()
        .map(|event| document.source(event.id()).into_owned())
        .collect();
    assert_eq!(
        sources,
        [
            "BEGIN:VEVENT\nUID:1\nSUMMARY:folded\nBEGIN:VALARM\nEND:VALARM\nEND:VEVENT",
            "BEGIN:VEVENT\nUID:2\nEND:VEVENT"
        ]
    );
}

#[test]
fn what_is_not_a_calendar() {
    for (bytes, found) in [
        (&b""[..], "the file is empty"),
        (b"\xEF\xBB\xBF \r\n", "the file is empty"),
        (
            b"<!DOCTYPE html><html><body>Sign in</body></html>",
            "the file is a web page, not a calendar",
        ),
        (
            b"<?xml version=\"1.0\"?>\n<icalendar/>",
            "the file is XML, not iCalendar",
        ),
        (b"{\"items\": []}", "the file is JSON, not iCalendar"),
        (
            b"BEGIN:VCARD\nFN:Someone\nEND:VCARD",
            "the file holds contacts (vCard), not a calendar",
        ),
        (
            b"PK\x03\x04....",
            "the file is a ZIP archive, not a calendar",
        ),
        (b"%PDF-1.7", "the file is a PDF document, not a calendar"),
        (
            b"\x7fELF\x00\x01",
            "the file is binary data, not a calendar",
        ),
        (
            b"Subject,Start Date\nRelease,2026-09-17",
            "there is no calendar in the file: it has no line BEGIN:VCALENDAR",
        ),
    ] {
        let refusal = parse(bytes, &Limits::default()).unwrap_err();
        let Refusal::NotACalendar { found: said, next } = &refusal else {
            panic!("{refusal}")
        };
        assert_eq!(*said, found);
        assert!(!next.is_empty());
    }
}

#[test]
fn empty_parameters_make_no_property_of_an_end() {
    for end in [
        "END;",
        "END ;  ;",
        "END;\"",
        "\u{feff}END ",
        "END\u{8d}",
        "END \u{8d}; ",
    ] {
        let text = format!("BEGIN:VCALENDAR\nBEGIN:X\n{end}:X\nA:1\nEND:VCALENDAR\n");
        let document = parse(text.as_str(), &Limits::default()).unwrap();
        let calendar = document.root().children().next().unwrap();
        assert_eq!(calendar.properties().count(), 1, "{end}");
    }
}
