//! Any VTIMEZONE and any TZID: an event in it is read, and has its occurrences.
#![no_main]

use berth_ical::{Context, Edge, Limits, occurrences, parse, read};
use chrono::NaiveDate;
use chrono_tz::Tz;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (name, rules) = text.split_once('\n').unwrap_or((text, ""));
    let file = format!(
        "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:{name}\n{rules}\nEND:VTIMEZONE\nBEGIN:VEVENT\nUID:a\n\
         DTSTART;TZID={name}:20260917T090000\nDTEND:20260917T230000Z\nRRULE:FREQ=DAILY;UNTIL=20270101T000000Z\n\
         END:VEVENT\nEND:VCALENDAR\n"
    );
    let Ok(document) = parse(file, &Limits::default()) else {
        return;
    };
    let _ = read(
        &document,
        &Context {
            zone: Tz::Asia__Kathmandu,
        },
    );
    let edge = |year| {
        Edge::Wall(
            NaiveDate::from_ymd_opt(year, 1, 1)
                .unwrap_or_default()
                .into(),
        )
    };
    let _ = occurrences(&document, edge(2026), edge(2027), 500);
});
