//! What an import takes of any bytes, an export writes so that the next import takes the same.
#![no_main]

use berth_core::{Booking, BookingId, EnvironmentId, Kind, Status, TeamId, Timestamp};
use berth_ical::{Calendar, Context, Document, Event, Exported, Limits, WriteOptions, parse, read, write};
use chrono_tz::Tz;
use libfuzzer_sys::fuzz_target;

const ZONE: Tz = Tz::Europe__Berlin;

fuzz_target!(|bytes: &[u8]| {
    let Ok(document) = parse(bytes, &Limits::default()) else {
        return;
    };
    let calendar = read(&document, &Context { zone: ZONE });
    let source = |event: &Event| Some(document.source(event.component).into_owned());
    let bookings: Vec<Booking> = calendar
        .events
        .iter()
        .filter_map(|event| booking(event, &document, source(event)))
        .collect();
    let file = export(&bookings);
    assert!(file.split("\r\n").all(|line| line.len() <= 75));
    let again = parse(file.as_str(), &Limits::raised()).expect("an export is a calendar");
    let again: Calendar = read(&again, &Context { zone: ZONE });
    let before: Vec<_> = sorted(
        bookings
            .iter()
            .map(|one| (one.uid.trim().to_owned(), one.recurrence_id)),
    );
    let after: Vec<_> = sorted(
        again
            .events
            .iter()
            .map(|one| (one.uid.trim().to_owned(), one.recurrence_id)),
    );
    assert_eq!(before, after, "{file}");
    for event in &again.events {
        assert!(event.when.is_ok(), "{file}");
    }
});

fn sorted<T: Ord>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut items: Vec<T> = items.collect();
    items.sort();
    items
}

fn booking(event: &Event, document: &Document, source: Option<String>) -> Option<Booking> {
    Some(Booking {
        id: BookingId(0),
        uid: event.uid.clone(),
        recurrence_id: event.recurrence_id,
        environment: EnvironmentId(1),
        team: TeamId(1),
        when: event.when.clone().ok()?,
        recurrence: event.recurrence.as_deref().cloned(),
        title: event.title.clone(),
        notes: event.notes(document),
        status: if event.status == Status::Cancelled {
            Status::Confirmed
        } else {
            event.status
        },
        transparency: event.transparency,
        units: event.units,
        set_up: event.set_up.unwrap_or_default(),
        clean_up: event.clean_up.unwrap_or_default(),
        kind: event.kind.unwrap_or(Kind::Test),
        plan: event.plan.clone(),
        lead_times: event.lead_times.clone(),
        sequence: event.sequence,
        created: event.created.unwrap_or(Timestamp::MIN),
        modified: event.modified.unwrap_or(Timestamp::MIN),
        calendar: None,
        source,
    })
}

fn export(bookings: &[Booking]) -> String {
    let exported: Vec<Exported<'_>> = bookings
        .iter()
        .map(|booking| Exported {
            booking,
            environment: "staging",
            zone: ZONE,
            team: "Perf",
        })
        .collect();
    write(
        &exported,
        &WriteOptions {
            cancelled: true,
            ..WriteOptions::default()
        },
    )
}
