//! Whether an import puts real calendars into the week where they belong: the bookings that are made
//! of a file, expanded as the week expands them, against the second opinion of another program.

use std::collections::{BTreeSet, HashMap};
use std::fs;

use berth_core::{Booking, BookingId, EnvironmentId, Kind, TeamId, Timestamp, When};
use berth_ical::{Calendar, Context, Event, Limits, parse, read};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use chrono_tz::Tz;
use serde_json::Value;

use crate::manifest::{folder, say};

/// Of a hundred files, so many at least. In the others the import means something else on purpose: it
/// follows no rules by the hour, shows an event whose rule or length it cannot read once, takes both
/// of two events that share a UID, knows zones by their names, takes a UNTIL without a Z for wall time,
/// a date with a TZID for a whole day, and what EXRULE takes out for taken out.
const IDENTICAL: usize = 89;

/// Where days and times without a zone are read.
const ZONE: Tz = Tz::UTC;

fn booking(event: &Event, when: When) -> Booking {
    Booking {
        id: BookingId(0),
        uid: event.uid.clone(),
        recurrence_id: event.recurrence_id,
        environment: EnvironmentId(1),
        team: TeamId(1),
        when,
        recurrence: event.recurrence.as_deref().cloned(),
        title: event.title.clone(),
        notes: String::new(),
        status: event.status,
        transparency: event.transparency,
        units: None,
        set_up: event.set_up.unwrap_or_default(),
        clean_up: event.clean_up.unwrap_or_default(),
        kind: Kind::Test,
        plan: None,
        lead_times: None,
        sequence: event.sequence,
        created: Timestamp::MIN,
        modified: Timestamp::MIN,
        calendar: None,
        source: None,
    }
}

/// The instants at which the bookings of a calendar start.
fn starts(calendar: &Calendar, from: Timestamp, to: Timestamp) -> BTreeSet<Timestamp> {
    let mut changed: HashMap<&str, Vec<NaiveDateTime>> = HashMap::new();
    for event in &calendar.events {
        let of_uid = changed.entry(&event.uid).or_default();
        of_uid.extend(event.recurrence_id);
    }
    let none = Vec::new();
    let mut found = BTreeSet::new();
    for event in &calendar.events {
        let Ok(when) = event.when else { continue };
        let booking = booking(event, when);
        let overridden = changed.get(event.uid.as_str()).unwrap_or(&none);
        let overridden = event.recurrence_id.map_or(overridden.as_slice(), |_| &[]);
        // Of a series at most 2,000 occurrences are followed at once.
        let mut at = from;
        while at < to {
            let next = (at + chrono::TimeDelta::days(7)).min(to);
            let inside = booking.occurrences(ZONE, overridden, at, next);
            found.extend(inside.iter().map(|one| one.start));
            at = next;
        }
    }
    found
}

/// `D20260917`, `F20260917T090000` or `U20260917T070000` as an instant.
fn instant(label: &str) -> Timestamp {
    let wall = match NaiveDate::parse_from_str(&label[1..], "%Y%m%d") {
        Ok(date) => date.and_time(NaiveTime::MIN),
        Err(_) => NaiveDateTime::parse_from_str(&label[1..], "%Y%m%dT%H%M%S").unwrap(),
    };
    wall.and_utc().into()
}

#[test]
fn imports_take_place_when_another_program_says() {
    let Some(folder) = folder() else { return };
    let records = fs::read_to_string(folder.join("occurrences.jsonl")).unwrap();
    let (mut all, mut different) = (0, Vec::new());
    for record in records.lines() {
        let record: Value = serde_json::from_str(record).unwrap();
        let path = record["path"].as_str().unwrap();
        let document = parse(fs::read(folder.join(path)).unwrap(), &Limits::raised()).unwrap();
        let calendar = read(&document, &Context { zone: ZONE });
        let edge = |name: &str| instant(&format!("D{}", record[name].as_str().unwrap()));
        let ours = starts(&calendar, edge("lo"), edge("hi"));
        let labels = record["occ"].as_array().unwrap().iter();
        let theirs: BTreeSet<_> = labels
            .map(|pair| instant(pair[1].as_str().unwrap()))
            .collect();
        all += 1;
        if ours != theirs {
            let extra: Vec<_> = ours.difference(&theirs).take(3).collect();
            let missing: Vec<_> = theirs.difference(&ours).take(3).collect();
            different.push(format!("{path}: missing {missing:?}, extra {extra:?}"));
        }
    }
    let same = all - different.len();
    say(&format!(
        "{same} of {all} imported calendars take place at the same times"
    ));
    assert!(same * 100 >= IDENTICAL * all, "{}", different.join("\n"));
}
