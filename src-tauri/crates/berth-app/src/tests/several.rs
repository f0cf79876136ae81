//! One event of a file that says of several: what the week shows of it, and what comes back.

use std::collections::BTreeMap;

use super::{begun, lines, now};
use crate::wire::{ExportInput, ExportTarget, ImportCounts, ImportInput, Scope};
use crate::{Berth, Listed};

const CALENDAR: &str = "\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//test//EN
X-WR-CALNAME:Infra
BEGIN:VEVENT
UID:moved
DTSTAMP:20260901T080000Z
DTSTART;TZID=Europe/Berlin:20260915T090000
DTEND;TZID=Europe/Berlin:20260915T100000
RRULE:FREQ=WEEKLY;COUNT=6
RDATE;VALUE=PERIOD;TZID=Europe/Berlin:20260916T130000/PT4H
SUMMARY:checks
LOCATION:staging
END:VEVENT
BEGIN:VEVENT
UID:moved
DTSTAMP:20260901T080000Z
RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20260922T090000
DTSTART;TZID=Europe/Berlin:20260923T140000
DTEND;TZID=Europe/Berlin:20260923T160000
SUMMARY:longer checks
LOCATION:staging
END:VEVENT
BEGIN:VEVENT
UID:rules
DTSTAMP:20260901T080000Z
DTSTART;TZID=Europe/Berlin:20260917T110000
DTEND;TZID=Europe/Berlin:20260917T120000
RRULE:FREQ=WEEKLY
RRULE:FREQ=DAILY;COUNT=3
EXRULE:FREQ=DAILY;BYDAY=SA
SUMMARY:patches
LOCATION:staging
END:VEVENT
END:VCALENDAR
";

const WEEKS: [&str; 4] = ["2026-09-14", "2026-09-21", "2026-09-28", "2026-10-26"];

fn choices() -> ImportInput {
    ImportInput {
        path: String::new(),
        environments: BTreeMap::new(),
        teams: BTreeMap::new(),
        leave_out: Vec::new(),
        large: false,
        removals: true,
    }
}

fn import(berth: &mut Berth, text: &str) -> ImportCounts {
    berth
        .apply_import_of(text.into(), "infra.ics", &choices(), Listed::All, now())
        .unwrap()
        .0
        .counts
}

fn weeks(berth: &mut Berth) -> Vec<String> {
    WEEKS.iter().flat_map(|date| lines(berth, date)).collect()
}

fn exported(berth: &mut Berth) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("all.ics");
    let all = ExportInput {
        environment_ids: Vec::new(),
        team_ids: Vec::new(),
        from: None,
        to: None,
        target: ExportTarget::Any,
    };
    berth.export_bookings(&all, &path, now()).unwrap();
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn the_week_shows_it_and_it_comes_back() {
    let (_folder, mut berth) = begun();
    let counts = import(&mut berth, CALENDAR);
    assert_eq!((counts.added, counts.skipped), (4, 0));
    let shown = weeks(&mut berth);
    let expected = [
        "Tue 15 09:00–10:00 checks",
        "Wed 16 13:00–17:00 checks",
        "Thu 17 11:00–12:00 patches",
        "Fri 18 11:00–12:00 patches",
        "Wed 23 14:00–16:00 longer checks",
        "Thu 24 11:00–12:00 patches",
        "Wed 30 14:00–16:00 longer checks",
        "Thu 1 11:00–12:00 patches",
        "Thu 29 11:00–12:00 patches",
    ];
    assert_eq!(shown, expected);
    let counts = import(&mut berth, CALENDAR);
    assert_eq!((counts.unchanged, counts.added), (4, 0));
    let file = exported(&mut berth);
    assert!(!file.contains("THISANDFUTURE") && !file.contains("EXRULE"));
    let counts = import(&mut berth, &file);
    assert_eq!((counts.added, counts.skipped), (0, 0));
    assert_eq!(weeks(&mut berth), shown);
    let (_folder, mut other) = begun();
    import(&mut other, &file);
    assert_eq!(weeks(&mut other), shown);
    assert_eq!(exported(&mut other), file);
}

/// The rest of a series that goes on otherwise is a series like any other.
#[test]
fn the_rest_can_be_changed_and_undone() {
    let (_folder, mut berth) = begun();
    import(&mut berth, CALENDAR);
    let before = weeks(&mut berth);
    let week = super::week_of(&mut berth, "2026-09-28");
    let one = week
        .occurrences
        .iter()
        .find(|one| one.title == "longer checks");
    let reference = one.unwrap().reference.clone();
    berth.delete_booking(&reference, Scope::All, now()).unwrap();
    let left = weeks(&mut berth);
    assert!(left.iter().all(|line| !line.contains("longer checks")));
    assert!(left.iter().any(|line| line.contains("checks")));
    berth.undo(now()).unwrap();
    assert_eq!(weeks(&mut berth), before);
}
