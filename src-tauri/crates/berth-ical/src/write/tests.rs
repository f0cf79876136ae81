use berth_core::{
    Booking, BookingId, CalendarId, EnvironmentId, Kind, Recurrence, Rule, Status, TeamId,
    Timestamp, Transparency, When,
};
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use chrono_tz::Tz;

use super::{Exported, File, Files, WriteOptions, write};
use crate::document::{Document, parse};
use crate::limits::Limits;
use crate::read::{Context, Event, read};

mod foreign;
mod golden;
mod round_trip;
mod size;
mod timezone;

fn at(month: u32, day: u32, hour: u32, minute: u32) -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, month, day)
        .unwrap()
        .and_hms_opt(hour, minute, 0)
        .unwrap()
}

fn timed(start: NaiveDateTime, end: NaiveDateTime, zone: Tz) -> When {
    When::Timed { start, end, zone }
}

fn booking(uid: &str, when: When) -> Booking {
    Booking {
        id: BookingId(0),
        uid: uid.into(),
        recurrence_id: None,
        environment: EnvironmentId(0),
        team: TeamId(0),
        when,
        recurrence: None,
        title: "load test".into(),
        notes: String::new(),
        status: Status::Confirmed,
        transparency: Transparency::Opaque,
        units: None,
        set_up: TimeDelta::zero(),
        clean_up: TimeDelta::zero(),
        kind: Kind::Test,
        plan: None,
        lead_times: None,
        sequence: 0,
        created: Timestamp::from_seconds(1_788_000_000),
        modified: Timestamp::from_seconds(1_788_003_600),
        calendar: None,
        source: None,
    }
}

fn weekly(rule: &str) -> Option<Recurrence> {
    Some(Recurrence {
        rule: Some(Rule::parse(rule).unwrap()),
        ..Recurrence::default()
    })
}

fn exported(booking: &Booking) -> Exported<'_> {
    Exported {
        booking,
        environment: "staging",
        zone: Tz::Europe__Berlin,
        team: "Perf",
    }
}

fn text(bookings: &[Booking], options: &WriteOptions<'_>) -> String {
    write(&bookings.iter().map(exported).collect::<Vec<_>>(), options)
}

/// A file of bookings without a name, cancelled ones among them.
fn plain(bookings: &[Booking]) -> String {
    text(
        bookings,
        &WriteOptions {
            cancelled: true,
            ..WriteOptions::default()
        },
    )
}

/// What comes back as bookings, as an import makes them.
fn imported(text: &str) -> Vec<Booking> {
    let document = parse(text, &Limits::default()).unwrap();
    let calendar = read(
        &document,
        &Context {
            zone: Tz::Europe__Berlin,
        },
    );
    assert_eq!(calendar.issues, [], "{text}");
    calendar
        .events
        .into_iter()
        .map(|event| taken(event, &document))
        .collect()
}

fn taken(event: Event, document: &Document) -> Booking {
    assert_eq!(
        (
            event.environment.as_deref(),
            event.categories.first().map(String::as_str)
        ),
        (Some("staging"), Some("Perf"))
    );
    Booking {
        notes: event.notes(document),
        id: BookingId(0),
        uid: event.uid,
        recurrence_id: event.recurrence_id,
        environment: EnvironmentId(0),
        team: TeamId(0),
        when: event.when.unwrap(),
        recurrence: event.recurrence.map(|one| *one),
        title: event.title,
        status: event.status,
        transparency: event.transparency,
        units: event.units,
        set_up: event.set_up.unwrap(),
        clean_up: event.clean_up.unwrap(),
        kind: event.kind.unwrap(),
        plan: event.plan,
        lead_times: event.lead_times,
        sequence: event.sequence,
        created: event.created.unwrap(),
        modified: event.modified.unwrap(),
        calendar: Some(CalendarId(1)),
        source: Some(document.source(event.component).into_owned()),
    }
}

/// Without what an import adds.
fn bare(mut booking: Booking) -> Booking {
    booking.calendar = None;
    booking.source = None;
    booking
}
