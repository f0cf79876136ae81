//! Calendars as the programs write them that teams keep their environments in: what an import makes
//! of each event, and that none of it is lost on the way out.

use std::collections::BTreeMap;

use super::{begun, lines, now};
use crate::wire::{ExportInput, ExportTarget, ImportInput, ImportPreview};
use crate::{Berth, Listed};

macro_rules! fixture {
    ($name:literal) => {
        include_bytes!(concat!("../../../berth-ical/tests-data/", $name)).as_slice()
    };
}

/// With everything that the file does not decide on production, by Infra.
fn input() -> ImportInput {
    let one = |id: &str| BTreeMap::from([("*".to_owned(), id.to_owned())]);
    ImportInput {
        path: String::new(),
        environments: one("2"),
        teams: one("1"),
        leave_out: Vec::new(),
        large: false,
        removals: true,
    }
}

/// Each event: what it is, when, where and whose, with what that rests on.
fn items(preview: &ImportPreview) -> Vec<String> {
    let item = |one: &crate::wire::ImportItem| {
        let environment = one.environment_id.as_deref().unwrap_or("none");
        let team = one.team.as_deref().unwrap_or("none");
        format!(
            "{:?} {} | {} | {} | {environment} {} | {team} {}",
            one.action,
            one.title,
            one.time,
            one.repeat_words.as_deref().unwrap_or("once"),
            one.environment_by,
            one.team_by
        )
    };
    preview.items.iter().map(item).collect()
}

/// Imports a file twice and writes it again; hands back the calendar's name, its product and the
/// database, with the folder that it is in.
#[track_caller]
fn check(
    file: &[u8],
    expected: &[&str],
    issues: &[&str],
    kept: &[&str],
) -> (String, Berth, tempfile::TempDir) {
    let (folder, mut berth) = begun();
    let (_, preview) = berth
        .apply_import_of(file.to_vec(), "team.ics", &input(), Listed::All, now())
        .unwrap();
    assert_eq!(items(&preview), expected);
    let said = preview.issues.iter();
    let said: Vec<String> = said
        .map(|one| format!("{}: {}", one.line, one.text))
        .collect();
    assert_eq!(said, issues);
    let (again, _) = berth
        .apply_import_of(file.to_vec(), "team.ics", &input(), Listed::All, now())
        .unwrap();
    assert_eq!(again.counts.unchanged as usize, expected.len());
    assert_eq!(again.operation, None);
    let everything = ExportInput {
        environment_ids: Vec::new(),
        team_ids: Vec::new(),
        from: None,
        to: None,
        target: ExportTarget::Any,
    };
    let text = berth.export_text(&everything, now()).unwrap().0.concat();
    let unfolded = text.replace("\r\n ", "");
    for line in kept {
        assert!(
            unfolded.lines().any(|one| one == *line),
            "{line}\n{unfolded}"
        );
    }
    (
        format!("{} from {}", preview.calendar, preview.product),
        berth,
        folder,
    )
}

/// An event type is a category, a series says its rule again in each change, and each event has
/// properties without an X.
#[test]
fn confluence() {
    let (name, mut berth, _folder) = check(
        fixture!("confluence.ics"),
        &[
            "Add Soak test | Mon 14 Sep – Fri 18 Sep, all day | every 6 weeks on Monday | 1 LOCATION | Perf CATEGORIES",
            "Add Soak test (short week) | Mon 26 Oct – Wed 28 Oct, all day | once | 1 LOCATION | Perf CATEGORIES",
            "Add Release 4.2 | Thu 17 Sep 09:00–13:00 | once | 2 LOCATION | other CATEGORIES",
        ],
        &["94: the rule of a changed occurrence was ignored"],
        &[
            "SUBCALENDAR-TZ-ID:Europe/Berlin",
            "PARENT-CALENDAR-NAME:",
            "EVENT-ID:312",
            "CUSTOM-EVENTTYPE-ID:9d1c2f0a-1111-4c3e-8a55-000000000001",
            "X-CONFLUENCE-SUBCALENDAR-TYPE:custom",
            "URL:https://wiki.example/display/REL/4.2",
        ],
    );
    assert_eq!(
        name,
        "Environment bookings from Atlassian Confluence Calendar Plugin 1.0"
    );
    assert_eq!(
        lines(&mut berth, "2026-09-14"),
        ["Mon 14 all day Soak test", "Thu 17 09:00–13:00 Release 4.2"]
    );
    assert_eq!(
        lines(&mut berth, "2026-10-26"),
        ["Mon 26 all day Soak test (short week)"]
    );
}

/// Nothing says where or whose a shift is; the person is in a property that would make it a meeting.
#[test]
fn pagerduty() {
    let (name, mut berth, _folder) = check(
        fixture!("pagerduty.ics"),
        &[
            "Add On Call - Ines Größe - Platform On-Call, primary rotation of all weeks | Mon 14 Sep 09:00 – Mon 21 Sep 09:00 | once | 2 rule | Infra rule",
            "Add On Call - Tom Weber - Platform On-Call, primary rotation of all weeks | Mon 21 Sep 09:00 – Mon 28 Sep 09:00 | once | 2 rule | Infra rule",
        ],
        &[],
        &["URL:https://team.pagerduty.example/schedules#PABC123"],
    );
    assert_eq!(
        name,
        "On Call Schedule for Platform from PagerDuty On-Call Schedule"
    );
    assert_eq!(
        lines(&mut berth, "2026-09-21"),
        [
            "Mon 14 Mon 09:00 – Mon 09:00 On Call - Ines Größe - Platform On-Call, primary rotation of all weeks",
            "Mon 21 Mon 09:00 – Mon 09:00 On Call - Tom Weber - Platform On-Call, primary rotation of all weeks"
        ]
    );
}

/// UNTIL is local, an exception is a date where the series has times, a zone is described by rules
/// with COUNT and UNTIL at once, a change has a DURATION.
#[test]
fn kde() {
    let (name, mut berth, _folder) = check(
        fixture!("kde.ics"),
        &[
            "Add Backup-Probe | Tue 15 Sep 09:00–10:30 | every week on Tuesday and Friday until 31 Dec 2026 | 1 LOCATION | Plattform CATEGORIES",
            "Add Backup-Probe am Nachmittag | Fri 18 Sep 14:00–15:30 | once | 1 LOCATION | Plattform CATEGORIES",
        ],
        &["81: 1 task is not a booking and was left out"],
        &["PRIORITY:5", "CATEGORIES:Plattform,Probe"],
    );
    assert_eq!(name, "team from K Desktop Environment libkcal 4.3");
    assert_eq!(
        lines(&mut berth, "2026-09-14"),
        [
            "Tue 15 09:00–10:30 Backup-Probe",
            "Fri 18 14:00–15:30 Backup-Probe am Nachmittag"
        ]
    );
    assert_eq!(
        lines(&mut berth, "2026-09-21"),
        ["Fri 25 09:00–10:30 Backup-Probe"]
    );
}
