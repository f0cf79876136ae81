//! Any bytes are read or refused; what was read, written and read again is the same.
#![no_main]

use berth_ical::{Context, Edge, Limits, occurrences, parse, read, round_trip};
use chrono::NaiveDate;
use chrono_tz::Tz;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(document) = parse(bytes, &Limits::default()) else {
        return;
    };
    let calendar = read(
        &document,
        &Context {
            zone: Tz::Europe__Berlin,
        },
    );
    for event in &calendar.events {
        assert!(!document.source(event.component).is_empty());
    }
    let edge = |year| {
        Edge::Wall(
            NaiveDate::from_ymd_opt(year, 1, 1)
                .unwrap_or_default()
                .into(),
        )
    };
    let found = occurrences(&document, edge(2026), edge(2027), 500);
    assert!(found.found.len() <= 500);
    let written = round_trip(&document);
    let again = parse(written.as_str(), &Limits::raised()).expect("what was written is a calendar");
    assert_eq!(round_trip(&again), written);
});
