//! Rule 14: the same event in two calendars is one booking, whichever comes first.

use std::collections::BTreeMap;

use berth_core::Status;
use chrono::NaiveDateTime;
use proptest::prelude::*;

use super::given::{Given, Week, ZONES, prepare, put_windows, uid};
use super::oracle::{Accepted, oracle};
use super::{Told, told};
use crate::Berth;
use crate::tests::options;
use crate::wire::ImportInput;

/// How new an event is: SEQUENCE, then DTSTAMP.
type Age = (i64, i64);

/// Some events of the week stand in a second calendar as well, changed: newer, or older.
pub(super) fn check(week: &Week, other: &[(usize, Given, i64, i64)]) -> Result<(), TestCaseError> {
    let mut effective = week.clone();
    let mut second: Vec<(usize, Given, Age)> = Vec::new();
    for (booking, changed, sequence, stamp) in other {
        let twice = second.iter().any(|(there, ..)| there == booking);
        // Which of two equally new ones is right nobody can say.
        let alike = (*sequence, *stamp) == (0, 0);
        let first = effective.bookings.get_mut(*booking);
        let Some(first) = first.filter(|_| !twice && !alike) else {
            continue;
        };
        let changed = Given {
            days: 1,
            excluded: None,
            moved: None,
            ..changed.clone()
        };
        let single = Given {
            days: 1,
            excluded: None,
            moved: None,
            ..first.clone()
        };
        *first = single;
        second.push((*booking, changed, (5 + sequence, 5 + stamp)));
    }
    let first: Vec<(usize, Given, Age)> = effective
        .bookings
        .iter()
        .cloned()
        .enumerate()
        .map(|(number, given)| (number, given, (5, 5)))
        .collect();
    let texts = [
        written(&effective, "first", &first),
        written(&effective, "second", &second),
    ];
    for (booking, changed, age) in second {
        if age > (5, 5) {
            effective.bookings[booking] = changed;
        }
    }
    let expected = oracle(&effective, &Accepted::of(&effective));
    for order in [[0, 1], [1, 0]] {
        prop_assert_eq!(
            found(&effective, &texts, order),
            expected.clone(),
            "in the order {:?}:\n{}\n{}",
            order,
            texts[0],
            texts[1]
        );
    }
    Ok(())
}

/// What is told after both calendars came in this order, twice each, as a subscription comes.
fn found(week: &Week, texts: &[String; 2], order: [usize; 2]) -> Vec<Told> {
    let mut berth = Berth::in_memory(options(std::path::Path::new("/nowhere"))).unwrap();
    prepare(&mut berth, week);
    berth
        .store
        .write_unrecorded(|writer| put_windows(writer, week))
        .unwrap();
    for which in order.into_iter().chain(order) {
        let input = ImportInput {
            path: format!("{which}.ics"),
            environments: BTreeMap::new(),
            teams: BTreeMap::new(),
            leave_out: Vec::new(),
            large: false,
            removals: true,
        };
        let text = texts[which].clone().into_bytes();
        let listed = crate::Listed::Skipped;
        berth
            .apply_import_of(text, &input.path, &input, listed, week.now())
            .unwrap();
    }
    told(&mut berth, week)
}

fn written(week: &Week, name: &str, bookings: &[(usize, Given, Age)]) -> String {
    let mut text = format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//test//EN\r\nX-WR-CALNAME:{name}\r\n"
    );
    for (number, given, age) in bookings {
        event(&mut text, week, *number, given, *age, None);
        let moved = (0..given.days).find(|&one| given.is_moved(one) && given.excluded != Some(one));
        if let Some(one) = moved {
            event(&mut text, week, *number, given, *age, Some(one));
        }
    }
    text + "END:VCALENDAR\r\n"
}

fn event(
    text: &mut String,
    week: &Week,
    number: usize,
    given: &Given,
    (sequence, stamp): Age,
    moved: Option<usize>,
) {
    let mut line = |line: String| *text += &format!("{line}\r\n");
    let time = |name: &str, quarters: i64| {
        let wall: NaiveDateTime = week.wall(quarters);
        if given.all_day {
            format!("{name};VALUE=DATE:{}", wall.format("%Y%m%d"))
        } else {
            format!(
                "{name};TZID={}:{}",
                ZONES[given.zone].name(),
                wall.format("%Y%m%dT%H%M%S")
            )
        }
    };
    let start = moved.map_or(given.original(0), |one| {
        given.original(one) + given.shift(one)
    });
    line("BEGIN:VEVENT".into());
    line(format!("UID:{}", uid(number)));
    line(format!("SEQUENCE:{sequence}"));
    line(format!("DTSTAMP:20260101T00000{stamp}Z"));
    line(time("DTSTART", start));
    line(time("DTEND", start + given.quarters()));
    line(format!("X-BERTH-ENVIRONMENT:place{}", given.environment));
    line(format!("CATEGORIES:team{}", given.team));
    line(format!(
        "X-BERTH-KIND:{}",
        format!("{:?}", given.kind).to_lowercase()
    ));
    match given.status {
        Status::Tentative => line("STATUS:TENTATIVE".into()),
        Status::Cancelled => line("STATUS:CANCELLED".into()),
        Status::Confirmed => line("STATUS:CONFIRMED".into()),
    }
    line(format!(
        "TRANSP:{}",
        if given.transparent {
            "TRANSPARENT"
        } else {
            "OPAQUE"
        }
    ));
    if given.units > 0 {
        line(format!("X-BERTH-UNITS:{}", given.units));
    }
    line(format!("X-BERTH-SETUP:PT{}M", given.set_up * 15));
    line(format!("X-BERTH-CLEANUP:PT{}M", given.clean_up * 15));
    if given.plan > 0 {
        line(format!("X-BERTH-PLAN:plan {}", given.plan));
    }
    match moved {
        Some(one) => line(time("RECURRENCE-ID", given.original(one))),
        None if given.days > 1 => {
            line(format!("RRULE:FREQ=DAILY;COUNT={}", given.days));
            if let Some(excluded) = given.excluded {
                line(time("EXDATE", given.original(excluded)));
            }
        }
        None => {}
    }
    line("END:VEVENT".into());
}
