//! Freeze and allow windows: what they break, who may break them, where they are drawn.

use super::{at, begun, book, input, lines, move_to, now, week_of};
use berth_core::EnvironmentId;

use crate::wire::{BookingInput, ConflictKind, Effect, Kind, Scope, Window, WindowImport};
use crate::{Berth, Code, ImportedWindows, WindowFile};

fn window(effect: Effect, start: &str, end: &str) -> Window {
    Window {
        id: String::new(),
        effect,
        environment_ids: vec!["1".into()],
        title: "quarter end".into(),
        start: start.into(),
        end: end.into(),
        all_day: false,
        zone: None,
        repeat: None,
        repeat_words: None,
        blocks: vec![Kind::Deploy],
        exceptions: Vec::new(),
    }
}

/// Wednesday 22:00 to 24:00, the booking of vectors 18 to 21.
fn deployment() -> BookingInput {
    BookingInput {
        kind: Kind::Deploy,
        ..input("1", "deployment", "2026-09-16T22:00", "2026-09-17T00:00")
    }
}

fn told(berth: &mut Berth) -> Vec<String> {
    week_of(berth, "2026-09-16")
        .conflicts
        .into_iter()
        .map(|one| one.headline)
        .collect()
}

#[test]
fn a_freeze_stops_a_deployment_and_not_a_test() {
    let (_folder, mut berth) = begun();
    let thursday = window(Effect::Freeze, "2026-09-17T00:00", "2026-09-21T08:00");
    berth.save_window(&thursday, now()).unwrap();
    assert_eq!(
        book(&mut berth, &deployment()).conflicts,
        [],
        "V18: adjacent"
    );
    let stored = berth.windows().unwrap().remove(0);
    let wednesday = Window {
        start: "2026-09-16T18:00".into(),
        ..stored
    };
    berth.save_window(&wednesday, now()).unwrap();
    assert_eq!(
        told(&mut berth),
        ["staging, Wed 16 Sep 22:00–24:00 (2 h): Infra falls into a freeze."],
        "V19"
    );
    let week = week_of(&mut berth, "2026-09-16");
    assert_eq!(
        (week.conflict_count, week.conflicts[0].kind),
        (1, ConflictKind::Freeze)
    );
    assert!(
        week.conflicts[0].explanation.contains("quarter end"),
        "{}",
        week.conflicts[0].explanation
    );
    let test = BookingInput {
        kind: Kind::Test,
        ..deployment()
    };
    assert_eq!(
        berth
            .preview_booking(None, Scope::All, &test, now())
            .unwrap()
            .conflicts
            .len(),
        1,
        "V20: only with the other"
    );
    berth.undo(now()).unwrap();
    assert_eq!(told(&mut berth), [""; 0], "the window is as it was");
}

#[test]
fn a_deployment_must_lie_inside_the_allowed_windows() {
    let (_folder, mut berth) = begun();
    berth
        .save_window(
            &window(Effect::Allow, "2026-09-16T20:00", "2026-09-16T23:00"),
            now(),
        )
        .unwrap();
    let preview = berth
        .preview_booking(None, Scope::All, &deployment(), now())
        .unwrap();
    let [conflict] = preview.conflicts.as_slice() else {
        panic!("V21: {:?}", preview.conflicts)
    };
    assert_eq!(conflict.kind, ConflictKind::OutsideWindow);
    assert!(
        conflict.headline.contains("23:00–24:00 (1 h)"),
        "{}",
        conflict.headline
    );
}

#[test]
fn an_exception_names_the_booking_the_person_and_the_reason() {
    let (_folder, mut berth) = begun();
    let freeze = Window {
        repeat: Some("FREQ=WEEKLY".into()),
        ..window(Effect::Freeze, "2026-09-16T18:00", "2026-09-17T08:00")
    };
    berth.save_window(&freeze, now()).unwrap();
    let weekly = BookingInput {
        repeat: Some("FREQ=WEEKLY".into()),
        ..deployment()
    };
    book(&mut berth, &weekly);
    let first = week_of(&mut berth, "2026-09-16");
    assert_eq!(first.conflict_count, 1);
    berth
        .accept_conflict(&first.conflicts[0].id, "hotfix", now())
        .unwrap();
    let accepted = week_of(&mut berth, "2026-09-16");
    assert_eq!(accepted.conflict_count, 0);
    assert_eq!(
        accepted.conflicts[0].accepted.as_ref().unwrap().reason,
        "hotfix"
    );
    assert_eq!(accepted.windows[0].exceptions.len(), 1);
    assert_eq!(
        week_of(&mut berth, "2026-09-23").conflict_count,
        1,
        "only this occurrence"
    );
    berth.undo(now()).unwrap();
    assert_eq!(week_of(&mut berth, "2026-09-16").conflict_count, 1);
}

/// Rule 8: an exception names the booking, not its time. It stays where an acceptance would lapse, and
/// says nothing of another freeze.
#[test]
fn an_exception_stays_with_a_booking_that_moves() {
    let (_folder, mut berth) = begun();
    let freeze = window(Effect::Freeze, "2026-09-16T18:00", "2026-09-17T08:00");
    let other = window(Effect::Freeze, "2026-09-18T18:00", "2026-09-19T08:00");
    for one in [&freeze, &other] {
        berth.save_window(one, now()).unwrap();
    }
    let reference = book(&mut berth, &deployment()).booking.unwrap();
    let id = week_of(&mut berth, "2026-09-16").conflicts[0].id.clone();
    berth.accept_conflict(&id, "hotfix", now()).unwrap();
    let mut moved = |start: &str, end: &str| {
        let to = move_to(&reference, at(start), at(end));
        let preview = berth.preview_move(&to, now()).unwrap().conflicts;
        let conflicts = berth.move_booking(&to, now()).unwrap().conflicts;
        let accepted = |all: &[crate::wire::Conflict]| -> Vec<bool> {
            all.iter().map(|one| one.accepted.is_some()).collect()
        };
        assert_eq!(accepted(&preview), accepted(&conflicts));
        (
            accepted(&conflicts),
            week_of(&mut berth, "2026-09-16").conflict_count,
        )
    };
    let within = moved("2026-09-17T02:00", "2026-09-17T05:00");
    assert_eq!(within, (vec![true], 0), "longer, later, the same freeze");
    let out = moved("2026-09-17T10:00", "2026-09-17T11:00");
    assert_eq!(out, (vec![], 0), "in no freeze");
    let elsewhere = moved("2026-09-18T20:00", "2026-09-18T21:00");
    assert_eq!(elsewhere, (vec![false], 1), "in the other freeze");
    let back = moved("2026-09-16T20:00", "2026-09-16T21:00");
    assert_eq!(back, (vec![true], 0), "and back");
}

#[test]
fn windows_are_drawn_saved_and_removed() {
    let (_folder, mut berth) = begun();
    let weekend = Window {
        environment_ids: vec!["1".into(), "2".into()],
        all_day: true,
        repeat: Some("FREQ=WEEKLY".into()),
        ..window(Effect::Freeze, "2026-09-19", "2026-09-20")
    };
    berth.save_window(&weekend, now()).unwrap();
    let week = week_of(&mut berth, "2026-09-23");
    let spans: Vec<(u32, &str, u32, u32)> = week
        .spans
        .iter()
        .map(|one| (one.day, one.environment_id.as_str(), one.start, one.end))
        .collect();
    assert_eq!(
        spans,
        [
            (5, "1", 0, 1440),
            (6, "1", 0, 1440),
            (5, "2", 0, 1440),
            (6, "2", 0, 1440)
        ]
    );
    let stored = week.windows[0].clone();
    assert_eq!(
        (stored.start.as_str(), stored.end.as_str()),
        ("2026-09-19", "2026-09-20")
    );
    assert_eq!(
        stored.repeat_words.as_deref(),
        Some("every week on Saturday")
    );
    assert_eq!(
        berth.save_window(&stored, now()).unwrap().operation,
        None,
        "nothing changed"
    );
    let title = berth
        .remove_window(&stored.id, now())
        .unwrap()
        .operation
        .unwrap()
        .title;
    assert_eq!(title, "Removed freeze “quarter end”");
    assert_eq!(
        berth.remove_window(&stored.id, now()).unwrap_err().code,
        Code::NotFound
    );
    let wrong = [
        Window {
            environment_ids: vec![],
            ..weekend.clone()
        },
        Window {
            blocks: vec![],
            ..weekend.clone()
        },
        Window {
            end: "2026-09-01".into(),
            ..weekend.clone()
        },
        Window {
            repeat: Some("FREQ=HOURLY".into()),
            ..weekend
        },
    ];
    for window in wrong {
        assert_eq!(
            berth.save_window(&window, now()).unwrap_err().code,
            Code::Input,
            "{window:?}"
        );
    }
    assert_eq!(lines(&mut berth, "2026-09-16"), [""; 0]);
}

/// A window of New York over a staging in Berlin: opened in the form and saved, it is what it was.
#[test]
fn a_window_keeps_its_own_zone_and_the_exceptions_that_are_named() {
    let (_folder, mut berth) = begun();
    let theirs = Window {
        zone: Some("America/New_York".into()),
        repeat: Some("FREQ=WEEKLY".into()),
        ..window(Effect::Freeze, "2026-09-16T14:00", "2026-09-16T20:00")
    };
    berth.save_window(&theirs, now()).unwrap();
    let stored = berth.windows().unwrap().remove(0);
    assert_eq!(
        (stored.start.as_str(), stored.zone.as_deref()),
        ("2026-09-16T14:00", Some("America/New_York"))
    );
    assert_eq!(berth.save_window(&stored, now()).unwrap().operation, None);
    let spans = week_of(&mut berth, "2026-10-28").spans;
    assert_eq!(spans[0].start, 19 * 60, "an hour earlier in that week");

    book(&mut berth, &deployment());
    let conflict = week_of(&mut berth, "2026-09-16").conflicts.remove(0);
    berth
        .accept_conflict(&conflict.id, "hotfix", now())
        .unwrap();
    let excepting = berth.windows().unwrap().remove(0);
    assert_eq!(excepting.exceptions[0].reason, "hotfix");
    let without = Window {
        exceptions: Vec::new(),
        ..excepting
    };
    berth.save_window(&without, now()).unwrap();
    assert_eq!(week_of(&mut berth, "2026-09-16").conflict_count, 1);
    berth.undo(now()).unwrap();
    assert_eq!(week_of(&mut berth, "2026-09-16").conflict_count, 0);
    let wrong = Window {
        zone: Some("Mars/Base".into()),
        ..without
    };
    assert_eq!(
        berth.save_window(&wrong, now()).unwrap_err().code,
        Code::Input
    );
}

fn event(uid: &str, title: &str, more: &str) -> String {
    let more = more.replace(' ', "\r\n");
    format!(
        "BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20260101T000000Z\r\nSUMMARY:{title}\r\n{more}\r\nEND:VEVENT\r\n"
    )
}

fn import(berth: &mut Berth, events: &[String], effect: Option<Effect>) -> ImportedWindows {
    let text = format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{}END:VCALENDAR\r\n",
        events.concat()
    );
    let file = WindowFile {
        bytes: text.into_bytes(),
        name: "freezes.ics".into(),
        environments: vec![EnvironmentId(1)],
        blocks: vec![Kind::Deploy],
        title: None,
        effect,
        dry_run: false,
    };
    berth.import_windows(&file, now()).unwrap()
}

/// A freeze of days, a weekly window with an occurrence moved, one known by its category, one that is
/// none, and one that was called off.
fn events_of_a_calendar() -> [String; 6] {
    let weekly = "DTSTART;TZID=America/New_York:20260909T180000 DTEND;TZID=America/New_York:20260909T200000 RRULE:FREQ=WEEKLY EXDATE;TZID=America/New_York:20260923T180000";
    let moved = "RECURRENCE-ID;TZID=America/New_York:20260916T180000 DTSTART;TZID=America/New_York:20260917T180000 DTEND;TZID=America/New_York:20260917T200000";
    [
        event(
            "a",
            "Code freeze",
            "DTSTART;VALUE=DATE:20260918 DTEND;VALUE=DATE:20260921",
        ),
        event("b", "Deployment window", weekly),
        event("b", "Deployment window", moved),
        event(
            "c",
            "Lunch",
            "CATEGORIES:Blackout DTSTART:20260915T100000Z DTEND:20260915T110000Z",
        ),
        event(
            "d",
            "Team lunch",
            "DTSTART:20260915T100000Z DTEND:20260915T110000Z",
        ),
        event(
            "e",
            "Freeze",
            "STATUS:CANCELLED DTSTART:20260915T100000Z DTEND:20260915T110000Z",
        ),
    ]
}

#[test]
fn events_of_a_calendar_become_windows_once() {
    let (_folder, mut berth) = begun();
    let events = events_of_a_calendar();
    let first = import(&mut berth, &events, None);
    let said = |one: &Window| format!("{:?} {} {} {:?}", one.effect, one.start, one.end, one.zone);
    let added: Vec<String> = first.added.iter().map(said).collect();
    assert_eq!(
        added,
        [
            "Freeze 2026-09-18 2026-09-20 None",
            "Allow 2026-09-09T18:00 2026-09-09T20:00 Some(\"America/New_York\")",
            "Allow 2026-09-17T18:00 2026-09-17T20:00 Some(\"America/New_York\")",
            "Freeze 2026-09-15T10:00 2026-09-15T11:00 Some(\"UTC\")",
        ]
    );
    assert_eq!(first.notes.len(), 2, "{:?}", first.notes);
    assert!(
        first.notes[0].contains("Team lunch") && first.notes[0].contains("neither"),
        "{:?}",
        first.notes
    );
    let days = |berth: &mut Berth, date: &str| -> Vec<u32> {
        let week = week_of(berth, date);
        let allow = |one: &&crate::wire::WindowSpan| {
            week.windows[one.window as usize].effect == Effect::Allow
        };
        week.spans.iter().filter(allow).map(|one| one.day).collect()
    };
    assert_eq!(
        days(&mut berth, "2026-09-09"),
        [3],
        "midnight to 2 in Berlin"
    );
    assert_eq!(days(&mut berth, "2026-09-16"), [4], "moved by a day");
    assert_eq!(days(&mut berth, "2026-09-23"), [0_u32; 0], "left out");

    let again = import(&mut berth, &events, None);
    assert_eq!((again.operation, again.unchanged), (None, 4));
    let mut later = events.clone();
    later[0] = event(
        "a",
        "Code freeze",
        "SEQUENCE:1 DTSTART;VALUE=DATE:20260918 DTEND;VALUE=DATE:20260922",
    );
    let changed = import(&mut berth, &later, None);
    assert_eq!(
        (
            changed.added.len(),
            changed.changed.len(),
            changed.unchanged
        ),
        (0, 1, 3)
    );
    berth.undo(now()).unwrap();
    assert_eq!(berth.windows().unwrap()[0].end, "2026-09-20");
    assert_eq!(
        import(&mut berth, &events[4..5], Some(Effect::Allow)).added[0].effect,
        Effect::Allow
    );
}

#[test]
fn a_file_of_windows_is_looked_at_and_then_taken() {
    let (folder, mut berth) = begun();
    let path = folder.path().join("freezes.json");
    std::fs::write(
        &path,
        r#"[{"freeze_start":"0 23 * * 5","freeze_end":"0 7 * * 1","cron_timezone":"UTC"}]"#,
    )
    .unwrap();
    let input = WindowImport {
        path: path.to_string_lossy().into_owned(),
        environment_ids: vec!["1".into()],
        effect: None,
    };
    let preview = berth.preview_window_file(&input, now()).unwrap();
    assert_eq!(
        (preview.file.as_str(), preview.added.len()),
        ("freezes.json", 1)
    );
    assert_eq!(berth.windows().unwrap(), []);
    let outcome = berth.import_window_file(&input, now()).unwrap();
    assert_eq!(
        outcome.operation.unwrap().title,
        "Imported 1 window from freezes.json"
    );
    assert_eq!(
        berth.preview_window_file(&input, now()).unwrap().unchanged,
        1
    );
    let nowhere = WindowImport {
        environment_ids: vec![],
        ..input
    };
    assert_eq!(
        berth.import_window_file(&nowhere, now()).unwrap_err().code,
        Code::Input
    );
    berth.undo(now()).unwrap();
    assert_eq!(berth.windows().unwrap(), []);
}
