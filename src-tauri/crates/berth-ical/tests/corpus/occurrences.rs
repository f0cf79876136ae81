//! Where each event of a real file takes place, against a second opinion that another program gave.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use berth_core::When;
use berth_core::time::localise;
use berth_ical::{Calendar, Context, Event, Limits, parse, read};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use chrono_tz::Tz;
use serde_json::Value;

use crate::manifest::folder;

/// UID (nothing where the file has none) and start: `D` and a date, `F` and a wall time, `U` and a time in UTC.
type Starts = BTreeSet<(String, String)>;

struct Window {
    from: NaiveDateTime,
    to: NaiveDateTime,
}

impl Window {
    fn of(record: &Value) -> Self {
        let day = |name: &str| {
            NaiveDate::parse_from_str(record[name].as_str().unwrap(), "%Y%m%d").unwrap()
        };
        Self {
            from: day("lo").and_time(NaiveTime::MIN),
            to: day("hi").and_time(NaiveTime::MIN),
        }
    }

    /// Whether some of it is inside.
    fn meets(&self, when: When) -> bool {
        let (start, end) = (when.start(), when.end());
        start < self.to && (end > self.from || start >= self.from)
    }
}

fn label(when: When, floating: bool) -> String {
    match when {
        When::AllDay { start, .. } => start.format("D%Y%m%d").to_string(),
        When::Timed { start, .. } if floating => start.format("F%Y%m%dT%H%M%S").to_string(),
        When::Timed { start, zone, .. } => localise(start, zone)
            .utc()
            .format("U%Y%m%dT%H%M%S")
            .to_string(),
    }
}

/// The starts of a calendar within a window, changes of a series in their places.
fn starts(calendar: &Calendar, window: &Window) -> Starts {
    let changed: BTreeMap<_, _> = calendar
        .events
        .iter()
        .filter_map(|event| Some(((&event.uid, event.recurrence_id?), ())))
        .collect();
    let mut starts = Starts::new();
    for event in &calendar.events {
        let Ok(when) = event.when else { continue };
        let replaced = |start: &NaiveDateTime| changed.contains_key(&(&event.uid, *start));
        for start in event_starts(event, when, window)
            .into_iter()
            .filter(|start| event.recurrence_id.is_some() || !replaced(start))
        {
            let when = when.starting(start);
            if window.meets(when) {
                let uid = if event.uid.starts_with("berth-") {
                    String::new()
                } else {
                    event.uid.clone()
                };
                starts.insert((uid, label(when, event.floating && calendar.zone.is_none())));
            }
        }
    }
    starts
}

fn event_starts(event: &Event, when: When, window: &Window) -> Vec<NaiveDateTime> {
    let Some(recurrence) = &event.recurrence else {
        return vec![when.start()];
    };
    let length = when.end() - when.start() + TimeDelta::days(1);
    let (from, to) = (window.from - length, window.to + TimeDelta::days(1));
    recurrence
        .expand(when.start(), when.zone(Tz::UTC), from, to, 20_000)
        .starts
}

fn expected(record: &Value) -> Starts {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    record["occ"]
        .as_array()
        .unwrap()
        .iter()
        .map(|pair| (text(&pair[0]), text(&pair[1])))
        .collect()
}

/// Of the files, so many in a hundred take place exactly when the other program says. It is no law:
/// it takes one of several events that share a UID, follows two rules in one event, and repeats by
/// the hour, none of which Berth does.
const IDENTICAL: usize = 86;

#[test]
fn files_take_place_when_another_program_says() {
    let Some(folder) = folder() else { return };
    let records = fs::read_to_string(folder.join("occurrences.jsonl")).unwrap();
    let (mut same, mut all, mut other) = (0, 0, Vec::new());
    for record in records
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
    {
        let path = record["path"].as_str().unwrap();
        let document = parse(fs::read(folder.join(path)).unwrap(), &Limits::raised()).unwrap();
        let calendar = read(&document, &Context { zone: Tz::UTC });
        let (ours, theirs) = (starts(&calendar, &Window::of(&record)), expected(&record));
        all += 1;
        if ours == theirs {
            same += 1;
        } else {
            let extra: Vec<_> = ours.difference(&theirs).take(3).collect();
            let missing: Vec<_> = theirs.difference(&ours).take(3).collect();
            other.push(format!(
                "{path}: {} of {}, missing {missing:?}, extra {extra:?}",
                ours.len(),
                theirs.len()
            ));
        }
    }
    eprintln!(
        "{same} of {all} files take place at the same times; the others:\n{}",
        other.join("\n")
    );
    assert!(same * 100 >= IDENTICAL * all, "{same} of {all}");
}
