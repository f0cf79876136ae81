//! What is ahead, told by week and by series.

use super::{at, begun, book, input, now};
use crate::wire::{BookingInput, Forecast, Scope};
use crate::{Berth, Filter};

/// Tuesdays 13–15 in Berlin by Infra.
fn infra() -> BookingInput {
    weekly(input("1", "sync", "2026-01-06T13:00", "2026-01-06T15:00"))
}

fn weekly(input: BookingInput) -> BookingInput {
    BookingInput {
        repeat: Some("FREQ=WEEKLY".into()),
        ..input
    }
}

fn ahead(berth: &mut Berth, from: &str, to: &str, filter: &Filter) -> Forecast {
    berth.forecast(at(from), at(to), filter, now()).unwrap()
}

fn texts(forecast: &Forecast) -> Vec<String> {
    let line = |group: &crate::wire::ForecastGroup| format!("{} {}", group.what, group.text);
    forecast.groups.iter().map(line).collect()
}

/// Perf's half of V24, in New York: imported, for a form speaks in the zone of its environment.
fn new_york(berth: &mut Berth) {
    let lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//test//test//EN",
        "BEGIN:VEVENT",
        "UID:ny",
        "DTSTAMP:20260101T000000Z",
        "DTSTART;TZID=America/New_York:20260106T090000",
        "DTEND;TZID=America/New_York:20260106T110000",
        "RRULE:FREQ=WEEKLY",
        "LOCATION:staging",
        "CATEGORIES:Perf",
        "SUMMARY:standby",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ];
    let input = crate::wire::ImportInput {
        path: "ny.ics".into(),
        environments: std::collections::BTreeMap::new(),
        teams: std::collections::BTreeMap::new(),
        leave_out: Vec::new(),
        large: false,
        removals: true,
    };
    let text = lines.join("\r\n").into_bytes();
    berth
        .apply_import_of(text, "ny.ics", &input, crate::Listed::All, now())
        .unwrap();
}

#[test]
fn v24_over_a_year() {
    let (_folder, mut berth) = begun();
    book(&mut berth, &infra());
    new_york(&mut berth);
    let year = ahead(
        &mut berth,
        "2026-01-01T00:00",
        "2027-01-01T00:00",
        &Filter::default(),
    );
    assert_eq!(
        texts(&year),
        [
            "Infra and Perf both hold it. 4 of 52 Tuesdays, all in the weeks when Berlin's and New York's clocks disagree: 10 Mar, 17 Mar, 24 Mar and 27 Oct"
        ]
    );
    let group = &year.groups[0];
    let times: Vec<_> = group.times.iter().map(|one| one.text.as_str()).collect();
    assert_eq!(times[3], "Tue 27 Oct 14:00–15:00");
    assert_eq!(
        (group.met, group.total, year.count, year.unlisted),
        (Some(4), Some(52), 4, 0)
    );
    let marked: Vec<_> = year
        .weeks
        .iter()
        .filter(|week| week.errors > 0)
        .map(|week| (week.iso_week, week.clocks.is_empty()))
        .collect();
    assert_eq!(marked, [(11, false), (12, false), (13, false), (44, false)]);
    // The ids are those that the week knows.
    let week = super::week_of(&mut berth, "2026-10-27");
    assert_eq!(week.conflicts[0].id, group.times[3].id);
}

#[test]
fn what_is_accepted_or_of_others_is_left_out() {
    let (_folder, mut berth) = begun();
    book(&mut berth, &infra());
    let meets = input("2", "load", "2026-09-22T14:00", "2026-09-22T16:00");
    book(&mut berth, &meets);
    let filter = Filter::default();
    let weeks = |berth: &mut Berth, filter: &Filter| {
        let found = ahead(berth, "2026-09-14T00:00", "2026-10-12T00:00", filter);
        let errors: Vec<u32> = found.weeks.iter().map(|week| week.errors).collect();
        (found, errors)
    };
    let (found, errors) = weeks(&mut berth, &filter);
    assert_eq!(errors, [0, 1, 0, 0]);
    assert_eq!(
        texts(&found),
        ["Infra and Perf both hold it. 1 of 4 Tuesdays: 22 Sep"]
    );
    let elsewhere = Filter {
        environments: vec![berth_core::EnvironmentId(2)],
        ..Filter::default()
    };
    assert_eq!(weeks(&mut berth, &elsewhere).1, [0, 0, 0, 0]);
    let nobody = Filter {
        teams: vec![berth_core::TeamId(9)],
        ..Filter::default()
    };
    assert_eq!(weeks(&mut berth, &nobody).1, [0, 0, 0, 0]);
    let id = found.groups[0].times[0].id.clone();
    berth.accept_conflict(&id, "both agreed", now()).unwrap();
    assert_eq!(weeks(&mut berth, &filter).1, [0, 0, 0, 0]);
}

/// A changed occurrence has a row of its own, and is still one of its series.
#[test]
fn a_changed_occurrence_counts_with_its_series() {
    let (_folder, mut berth) = begun();
    let series = book(&mut berth, &infra()).booking.unwrap();
    let all_day = |date: &str| {
        input(
            "2",
            "load",
            &format!("{date}T00:00"),
            &format!("{date}T23:00"),
        )
    };
    for date in ["2026-09-22", "2026-09-29"] {
        book(&mut berth, &all_day(date));
    }
    let tuesday = crate::wire::BookingRef {
        id: series.id,
        recurrence_id: Some(at("2026-09-22T13:00").millis()),
    };
    let later = BookingInput {
        repeat: None,
        ..input("1", "sync", "2026-09-22T16:00", "2026-09-22T17:00")
    };
    berth
        .edit_booking(&tuesday, Scope::This, &later, now())
        .unwrap();
    let found = ahead(
        &mut berth,
        "2026-09-14T00:00",
        "2026-10-12T00:00",
        &Filter::default(),
    );
    let said = texts(&found);
    assert_eq!(
        said,
        [
            "Perf and Infra both hold it. 1 of 4 Tuesdays: 22 Sep",
            "Perf and Infra both hold it. 1 of 4 Tuesdays: 29 Sep"
        ]
    );
}

#[test]
fn a_range_must_be_one() {
    let (_folder, mut berth) = begun();
    let error = berth.forecast(now(), now(), &Filter::default(), now());
    assert_eq!(error.unwrap_err().code, crate::Code::Input);
}

/// What a change did, as it is told after it.
fn turn(berth: &mut Berth, change: impl FnOnce(&mut Berth)) -> (u32, u32) {
    let before = berth.outlook(now()).unwrap();
    change(berth);
    let turn = before.turn(&berth.outlook(now()).unwrap());
    (turn.caused, turn.solved)
}

#[test]
fn changes_cause_and_solve_conflicts() {
    let (_folder, mut berth) = begun();
    let thursday = input("1", "load", "2026-09-17T09:00", "2026-09-17T13:00");
    assert_eq!(
        turn(&mut berth, |berth| drop(book(berth, &thursday))),
        (0, 0)
    );
    let perf = weekly(input("2", "tests", "2026-09-10T12:00", "2026-09-10T14:00"));
    assert_eq!(turn(&mut berth, |berth| drop(book(berth, &perf))), (1, 0));
    let undo = |berth: &mut Berth| drop(berth.undo(now()).unwrap());
    assert_eq!(turn(&mut berth, undo), (0, 1));
    let redo = |berth: &mut Berth| drop(berth.redo(now()).unwrap());
    assert_eq!(turn(&mut berth, redo), (1, 0));
    let accept = |berth: &mut Berth| {
        let id = super::week_of(berth, "2026-09-17").conflicts[0].id.clone();
        drop(berth.accept_conflict(&id, "fine", now()).unwrap());
    };
    assert_eq!(turn(&mut berth, accept), (0, 1));
}

#[test]
fn time_alone_solves_nothing_and_causes_nothing() {
    let (_folder, mut berth) = begun();
    book(&mut berth, &infra());
    book(
        &mut berth,
        &weekly(input("2", "tests", "2026-01-06T14:00", "2026-01-06T16:00")),
    );
    let (today, later) = (berth.outlook(now()).unwrap(), at("2026-09-29T20:00"));
    let turn = today.turn(&berth.outlook(later).unwrap());
    assert_eq!((turn.caused, turn.solved), (0, 0));
}

#[test]
fn another_connection_sees_what_was_written() {
    let (_folder, mut berth) = begun();
    let mut beside = berth.another(now()).unwrap().unwrap();
    let before = beside.outlook(now()).unwrap();
    book(&mut berth, &infra());
    book(
        &mut berth,
        &weekly(input("2", "tests", "2026-09-15T14:00", "2026-09-15T16:00")),
    );
    let turn = before.turn(&beside.outlook(now()).unwrap());
    assert_eq!((turn.caused, turn.solved), (26, 0));
    assert!(super::demo().another(now()).unwrap().is_none());
}
