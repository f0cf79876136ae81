//! Files in the style of the programs that people use, and a damaged one.

use chrono_tz::Tz;
use proptest::prelude::*;

use super::{calendar, issues, lines};
use crate::document::parse;
use crate::limits::Limits;
use crate::read::{Context, read};
use crate::write::tree::round_trip;

macro_rules! fixture {
    ($name:literal) => {
        include_bytes!(concat!("../../../tests-data/", $name)).as_slice()
    };
}

fn check(file: &[u8], name: Option<&str>, expected: &[&str], expected_issues: &[&str]) {
    let calendar = calendar(file);
    assert_eq!(calendar.name.as_deref(), name);
    assert_eq!(lines(&calendar), expected);
    assert_eq!(issues(&calendar), expected_issues);
}

#[test]
fn google() {
    check(
        fixture!("google.ics"),
        Some("Staging bookings"),
        &[
            "weekly-smoke@calendar.example 2026-09-07 09:30–2026-09-07 10:30 Europe/Berlin | FREQ=WEEKLY;UNTIL=20261130T225959Z;BYDAY=MO,WE -09-14 09:30 | Smoke tests",
            "weekly-smoke@calendar.example[09-16 09:30] 2026-09-16 14:00–2026-09-16 15:00 Europe/Berlin | Smoke tests (afternoon)",
            "extra@calendar.example 2026-09-17 11:00–2026-09-17 15:00 UTC | tentative | Load test",
            "holiday@calendar.example 2026-09-18–2026-09-19 | free | Company day",
        ],
        &[],
    );
    let document = parse(fixture!("google.ics"), &Limits::default()).unwrap();
    let context = Context {
        zone: Tz::Europe__Berlin,
    };
    let notes = read(&document, &context).events[0].notes(&document);
    assert_eq!(
        notes,
        "Smoke tests, then a look at the logs.\nAsk in the channel first."
    );
}

#[test]
fn exchange() {
    check(
        fixture!("exchange.ics"),
        Some("Release calendar"),
        &[
            "040000008200E00074C5B7101A82E00800000000A1B2C3D4E5F60100000000000000001000000011223344556677889900AABBCCDDEEFF 2026-09-15 09:00–2026-09-15 13:00 Europe/Berlin | FREQ=WEEKLY;UNTIL=20261013T070000Z;BYDAY=TU -09-22 09:00 | Infrastruktur; Wartung",
            "customized@mail.example 2026-09-16 09:00–2026-09-16 09:30 America/New_York | tentative | Call with New York",
        ],
        &[
            "line 65: the zone \u{201c}Customized Time Zone\u{201d}: its own rules are those of America/New_York, which was taken",
        ],
    );
}

#[test]
fn apple() {
    check(
        fixture!("apple.ics"),
        Some("Umgebungen"),
        &[
            "5B0C9E0E-0001-4A5B-9C7E-000000000001 2026-10-24 22:00–2026-10-25 06:00 Europe/Vienna | Nachtschicht über die Umstellung",
            "5B0C9E0E-0001-4A5B-9C7E-000000000002 2026-09-19–2026-09-20 | Samstag",
        ],
        &[],
    );
}

#[test]
fn thunderbird() {
    check(
        fixture!("thunderbird.ics"),
        None,
        &[
            "uuid1788253800 2026-09-15 09:00–2026-09-15 11:00 Europe/Paris | FREQ=DAILY;COUNT=5 -09-16 09:00 | Répétition générale",
        ],
        &["line 41: 1 task is not a booking and was left out"],
    );
    assert_eq!(
        calendar(fixture!("thunderbird.ics")).events[0].categories,
        ["Équipe Web", "Répétition"]
    );
}

#[test]
fn a_damaged_file_keeps_every_event() {
    check(
        fixture!("damaged.ics"),
        None,
        &[
            "no-end-line 2026-09-14 08:00–2026-09-14 09:00 UTC | END is missing",
            "berth-7283055b550abe637566437918b6ba05 2026-09-15 08:00–2026-09-15 09:00 UTC | UID is missing",
            "backwards (it ends (2026-09-16T08:00:00Z) before it starts (2026-09-16T09:00:00Z); correct its end in the program it comes from) | Ends before it starts",
            "no-start (it has no start (DTSTART); add one in the program it comes from) | Start is missing",
            "unknown-zone 2026-09-17 08:00–2026-09-17 09:00 Europe/Berlin | floating | Unknown zone",
            "often 2026-09-18 08:00–2026-09-18 08:00 UTC | Too often",
            "cut-off 2026-09-19 08:00–2026-09-19 08:00 UTC | The file ends he",
        ],
        &[
            "line 1: \u{201c}VCALENDAR\u{201d} has no END and was closed before line 42",
            "line 4: \u{201c}VEVENT\u{201d} has no END and was closed before line 9",
            "line 9: the event has no UID; it got one that is made of what it says, so that a changed version of it will count as another event",
            "line 14: END:\u{201c}VALARM\u{201d} has no BEGIN and was ignored",
            "line 27: the zone \u{201c}Nowhere/Middle\u{201d}: it is not known; its times were read in Europe/Berlin",
            "line 34: the rule \u{201c}FREQ=MINUTELY;COUNT=10\u{201d} was kept but is not followed, and the event is shown once: it repeats more often than daily",
            "line 36: \u{201c}this is not a property\u{201d} is not a property and was left out",
            "line 38: \u{201c}VEVENT\u{201d} has no END and was closed before line 42",
        ],
    );
}

/// However its lines end and are folded, and in whatever encoding, a file says the same.
#[test]
fn forms_of_one_file() {
    let text = std::str::from_utf8(fixture!("google.ics")).unwrap();
    let expected = lines(&calendar(text.as_bytes()));
    let utf_16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let folded: Vec<u8> = text
        .replace("\r\n ", "")
        .lines()
        .flat_map(folded_everywhere)
        .collect();
    for form in [
        text.replace("\r\n", "\n").into_bytes(),
        text.replace("\r\n", "\r").into_bytes(),
        [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
        utf_16,
        folded,
    ] {
        assert_eq!(lines(&calendar(&form)), expected);
    }
}

/// A fold after every octet, also inside characters.
fn folded_everywhere(line: &str) -> Vec<u8> {
    let octets: Vec<Vec<u8>> = line.bytes().map(|octet| vec![octet]).collect();
    [octets.join(&b"\r\n "[..]), b"\r\n".to_vec()].concat()
}

/// Whatever happens to the bytes of a file, it is read or refused, and what is written of it is read
/// as the same again.
fn survives(bytes: Vec<u8>) {
    let shown = bytes.escape_ascii().to_string();
    let Ok(document) = parse(bytes, &Limits::default()) else {
        return;
    };
    let _ = read(
        &document,
        &Context {
            zone: Tz::Europe__Berlin,
        },
    );
    let written = round_trip(&document);
    let again = parse(written.as_str(), &Limits::default()).unwrap();
    let second = round_trip(&again);
    let difference = written
        .lines()
        .zip(second.lines())
        .find(|(one, other)| one != other);
    assert_eq!((difference, second.len()), (None, written.len()), "{shown}");
}

proptest! {
    #[test]
    fn damage_is_survived(
        file in proptest::sample::select(vec![
            fixture!("google.ics"), fixture!("exchange.ics"), fixture!("apple.ics"), fixture!("damaged.ics"),
        ]),
        hits in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0_usize..40), 0..12),
    ) {
        let mut bytes = file.to_vec();
        for (place, byte, cut) in hits {
            let at = place.index(bytes.len());
            let end = (at + cut).min(bytes.len());
            bytes.splice(at..end, [byte]);
        }
        survives(bytes);
    }

    #[test]
    fn any_text_is_survived(text in "(BEGIN:|END:|VEVENT|VCALENDAR|VTIMEZONE|DTSTART|RRULE:FREQ=|UID|TZID|[;:=\",\\\\]|2026|T09|Z|\r?\n ?|[a-zü0-9]){0,60}") {
        survives(format!("BEGIN:VEVENT\n{text}").into_bytes());
    }
}
