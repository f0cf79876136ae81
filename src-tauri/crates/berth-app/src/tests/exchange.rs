//! Import with its preview, export, and back again.

use std::collections::BTreeMap;
use std::path::Path;

use super::{begun, book, demo, input, lines, now};
use crate::wire::{
    BookingInput, ExportInput, ExportTarget, ImportAction, ImportCounts, ImportInput, Scope,
};
use crate::{Berth, Code, Listed};

fn file(path: &Path) -> ImportInput {
    ImportInput {
        path: path.display().to_string(),
        environments: BTreeMap::new(),
        teams: BTreeMap::new(),
        leave_out: Vec::new(),
        large: false,
        removals: true,
    }
}

fn everything() -> ExportInput {
    ExportInput {
        environment_ids: Vec::new(),
        team_ids: Vec::new(),
        from: None,
        to: None,
        target: ExportTarget::Any,
    }
}

fn calendar(events: &str) -> Vec<u8> {
    let text = format!("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN\n{events}END:VCALENDAR\n");
    text.replace('\n', "\r\n").into_bytes()
}

fn event(uid: &str, more: &str) -> String {
    format!(
        "BEGIN:VEVENT\nUID:{uid}\nDTSTAMP:20260901T080000Z\nDTSTART:20260917T070000Z\n\
         DTEND:20260917T110000Z\nSUMMARY:load test\n{more}END:VEVENT\n"
    )
}

fn import(berth: &mut Berth, bytes: &[u8], input: &ImportInput) -> ImportCounts {
    berth
        .apply_import_of(bytes.to_vec(), "team.ics", input, Listed::All, now())
        .unwrap()
        .0
        .counts
}

fn counts(added: u32, updated: u32, unchanged: u32, cancelled: u32, skipped: u32) -> ImportCounts {
    ImportCounts {
        added,
        updated,
        unchanged,
        cancelled,
        skipped,
    }
}

#[test]
fn what_is_exported_comes_back_without_any_change() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("week.ics");
    let mut first = demo();
    let every_tuesday = BookingInput {
        repeat: Some("FREQ=WEEKLY;BYDAY=TU".into()),
        notes: "line one\nline two; with, signs \\ and “quotes”".into(),
        set_up: Some(30),
        units: Some(1),
        lead_times: Some(vec![10, 60]),
        ..input("1", "backup test", "2026-09-22T09:00", "2026-09-22T11:00")
    };
    book(&mut first, &every_tuesday);
    let one = super::week_of(&mut first, "2026-10-06").occurrences[0]
        .reference
        .clone();
    first.cancel_booking(&one, Scope::This, now()).unwrap();
    let one = super::week_of(&mut first, "2026-10-13").occurrences[0]
        .reference
        .clone();
    first.delete_booking(&one, Scope::This, now()).unwrap();
    let result = first.export_bookings(&everything(), &path, now()).unwrap();
    assert_eq!(result.bookings, 15);
    assert_eq!(result.files, [path.display().to_string()]);

    let again = first.preview_import(&file(&path), now()).unwrap();
    assert_eq!(
        again.counts.unchanged,
        again.items.len() as u32,
        "{:?}",
        again.counts
    );
    assert_eq!(again.issues, []);

    let (_folder, mut second) = begun();
    let added = second.apply_import(&file(&path), now()).unwrap();
    assert_eq!(added.counts.added as usize, again.items.len());
    assert_eq!(
        (added.new_conflicts, added.date.as_deref()),
        (4, Some("2026-09-15"))
    );
    for date in [
        "2026-09-14",
        "2026-09-22",
        "2026-10-06",
        "2026-10-13",
        "2026-10-20",
    ] {
        assert_eq!(lines(&mut second, date), lines(&mut first, date), "{date}");
    }
    let unchanged = second.apply_import(&file(&path), now()).unwrap();
    assert_eq!(
        unchanged.operation, None,
        "nothing changed, so there is nothing to undo"
    );
    assert_eq!(unchanged.counts.unchanged, added.counts.added);
    let text = |berth: &mut Berth| berth.export_text(&everything(), now()).unwrap().0;
    let (mut one, mut two) = (text(&mut first), text(&mut second));
    let sorted = |files: &mut Vec<String>| {
        let mut lines: Vec<String> = files.concat().lines().map(str::to_owned).collect();
        lines.sort_unstable();
        lines
    };
    assert_eq!(sorted(&mut one), sorted(&mut two), "and leaves as it came");
    second.undo(now()).unwrap();
    assert!(!super::week_of(&mut second, "2026-09-14").any_booking);
    assert_eq!(
        second.teams().unwrap().len(),
        2,
        "the teams that it added are gone as well"
    );
}

#[test]
fn the_environment_is_decided_in_order() {
    let (_folder, mut berth) = begun();
    let cases = [
        ("LOCATION:Staging\nCATEGORIES:Perf\n", Some("1"), "LOCATION"),
        (
            "X-BERTH-ENVIRONMENT:production\nLOCATION:staging\nCATEGORIES:Perf\n",
            Some("2"),
            "X-BERTH-ENVIRONMENT",
        ),
        (
            "RESOURCES:beamer,production\nCATEGORIES:Perf\n",
            Some("2"),
            "RESOURCES",
        ),
        ("LOCATION:Room 5\nCATEGORIES:Perf\n", None, ""),
    ];
    for (more, environment, by) in cases {
        let bytes = calendar(&event("a", more));
        let preview = berth
            .preview_import_of(bytes, "team.ics", &file(Path::new("")), now())
            .unwrap();
        let item = &preview.items[0];
        assert_eq!(
            (item.environment_id.as_deref(), item.environment_by.as_str()),
            (environment, by),
            "{more}"
        );
        assert_eq!(
            (item.team.as_deref(), item.team_by.as_str()),
            (Some("Perf"), "CATEGORIES")
        );
    }
}

#[test]
fn what_cannot_be_decided_is_skipped_until_the_person_chooses() {
    let (_folder, mut berth) = begun();
    let bytes = calendar(&(event("a", "") + &event("b", "")));
    let nothing = file(Path::new(""));
    let preview = berth
        .preview_import_of(bytes.clone(), "team.ics", &nothing, now())
        .unwrap();
    assert_eq!(preview.counts, counts(0, 0, 0, 0, 2));
    assert!(
        preview.items[0].reason.contains("choose one"),
        "{:?}",
        preview.items[0]
    );
    assert_eq!(preview.items[0].line, 4);
    let mut chosen = nothing.clone();
    chosen.environments.insert("*".into(), "2".into());
    chosen.teams.insert("*".into(), "1".into());
    chosen.leave_out.push("b".into());
    assert_eq!(import(&mut berth, &bytes, &chosen), counts(1, 0, 0, 0, 1));
    assert_eq!(
        lines(&mut berth, "2026-09-17"),
        ["Thu 17 09:00–13:00 load test"]
    );
    let remembered = berth
        .preview_import_of(bytes, "team.ics", &nothing, now())
        .unwrap();
    assert_eq!(
        remembered.counts,
        counts(1, 0, 1, 0, 0),
        "the choice is remembered for the calendar"
    );
    assert_eq!(remembered.items[1].environment_by, "rule");
}

#[test]
fn versions_follow_sequence_and_time_stamp() {
    let (_folder, mut berth) = begun();
    let place = "LOCATION:staging\nCATEGORIES:Perf\n";
    let version = |more: &str| calendar(&event("a", &format!("{place}{more}")));
    let nothing = file(Path::new(""));
    let steps = [
        ("", counts(1, 0, 0, 0, 0)),
        ("", counts(0, 0, 1, 0, 0)),
        ("LAST-MODIFIED:20260902T080000Z\n", counts(0, 0, 1, 0, 0)),
        (
            "DESCRIPTION:new\nLAST-MODIFIED:20260902T080000Z\n",
            counts(0, 1, 0, 0, 0),
        ),
        (
            "DESCRIPTION:old\nLAST-MODIFIED:20260901T080000Z\n",
            counts(0, 0, 1, 0, 0),
        ),
        (
            "DESCRIPTION:silent\nLAST-MODIFIED:20260902T080000Z\n",
            counts(0, 1, 0, 0, 0),
        ),
        ("DESCRIPTION:x\nSEQUENCE:2\n", counts(0, 1, 0, 0, 0)),
        ("STATUS:CANCELLED\nSEQUENCE:3\n", counts(0, 0, 0, 1, 0)),
    ];
    for (more, expected) in steps {
        assert_eq!(
            import(&mut berth, &version(more), &nothing),
            expected,
            "{more:?}"
        );
    }
    assert_eq!(lines(&mut berth, "2026-09-17"), [""; 0]);
    berth.undo(now()).unwrap();
    assert_eq!(
        lines(&mut berth, "2026-09-17").len(),
        1,
        "a cancellation is undone like anything else"
    );
}

#[test]
fn a_cancellation_needs_no_time() {
    let (_folder, mut berth) = begun();
    let bytes = calendar(&event("a", "LOCATION:staging\nCATEGORIES:Perf\n"));
    import(&mut berth, &bytes, &file(Path::new("")));
    let cancellation =
        "METHOD:CANCEL\nBEGIN:VEVENT\nUID:a\nDTSTAMP:20260902T080000Z\nSEQUENCE:1\nEND:VEVENT\n";
    let unknown = cancellation.replace("UID:a", "UID:b");
    assert_eq!(
        import(&mut berth, &calendar(&unknown), &file(Path::new(""))),
        counts(0, 0, 0, 0, 1)
    );
    assert_eq!(
        import(&mut berth, &calendar(cancellation), &file(Path::new(""))),
        counts(0, 0, 0, 1, 0)
    );
    assert_eq!(lines(&mut berth, "2026-09-17"), [""; 0]);
    assert_eq!(
        import(&mut berth, &calendar(cancellation), &file(Path::new(""))),
        counts(0, 0, 1, 0, 0)
    );
}

#[test]
fn a_series_with_an_end_comes_back_unchanged() {
    let (_folder, mut berth) = begun();
    let ends = BookingInput {
        repeat: Some("FREQ=WEEKLY;UNTIL=20261006".into()),
        ..input("1", "backup test", "2026-09-15T09:00", "2026-09-15T11:00")
    };
    book(&mut berth, &ends);
    let text = berth.export_text(&everything(), now()).unwrap().0.concat();
    assert_eq!(
        import(&mut berth, text.as_bytes(), &file(Path::new(""))),
        counts(0, 0, 1, 0, 0)
    );
}

#[test]
fn what_was_changed_here_is_newer_than_the_file() {
    let (_folder, mut berth) = begun();
    let bytes = calendar(&event("a", "LOCATION:staging\nCATEGORIES:Perf\n"));
    import(&mut berth, &bytes, &file(Path::new("")));
    let reference = super::week_of(&mut berth, "2026-09-17").occurrences[0]
        .reference
        .clone();
    let mut changed = berth.show_booking(&reference, now()).unwrap().input;
    changed.start = "2026-09-17T10:00".into();
    berth
        .edit_booking(&reference, Scope::All, &changed, now())
        .unwrap();
    let preview = berth
        .preview_import_of(bytes, "team.ics", &file(Path::new("")), now())
        .unwrap();
    assert_eq!(preview.items[0].action, ImportAction::Unchanged);
    assert_eq!(preview.items[0].reason, "Berth has a newer version.");
}

#[test]
fn html_is_text_and_one_bad_event_blocks_nothing() {
    let (_folder, mut berth) = begun();
    let place = "LOCATION:staging\nCATEGORIES:Perf\n";
    let bad = "BEGIN:VEVENT\nUID:bad\nSUMMARY:no start\nEND:VEVENT\n";
    let html = event(
        "a",
        &format!("{place}DESCRIPTION:<img src=x onerror=alert(1)>\n"),
    );
    let bytes = calendar(&(bad.to_owned() + &html));
    assert_eq!(
        import(&mut berth, &bytes, &file(Path::new(""))),
        counts(1, 0, 0, 0, 1)
    );
    let reference = super::week_of(&mut berth, "2026-09-17").occurrences[0]
        .reference
        .clone();
    assert_eq!(
        berth.show_booking(&reference, now()).unwrap().input.notes,
        "<img src=x onerror=alert(1)>"
    );
}

/// The preview names each row, so that a choice is about that one.
#[test]
fn events_that_cannot_be_taken_have_names_of_their_own() {
    let (_folder, mut berth) = begun();
    let bad = "BEGIN:VEVENT\nSUMMARY:no start\nEND:VEVENT\n";
    let named = "BEGIN:VEVENT\nUID:a\nSUMMARY:no start either\nEND:VEVENT\n";
    let events = [bad, bad, named, named, &event("a", "")].concat();
    let preview = berth
        .preview_import_of(calendar(&events), "a.ics", &file(Path::new("")), now())
        .unwrap();
    let keys = preview.items.iter().map(|item| item.key.as_str());
    let different: std::collections::BTreeSet<&str> = keys.collect();
    assert_eq!(
        (different.len(), preview.items.len()),
        (5, 5),
        "{different:?}"
    );
}

#[test]
fn what_is_no_calendar_is_refused_with_a_next_step() {
    let (folder, mut berth) = begun();
    let cases: [(&[u8], Code); 3] = [
        (b"<!DOCTYPE html><html>", Code::Input),
        (b"", Code::Input),
        (b"\x00\x01\x02", Code::Input),
    ];
    for (bytes, code) in cases {
        let error = berth
            .preview_import_of(bytes.to_vec(), "x.ics", &file(Path::new("")), now())
            .unwrap_err();
        assert_eq!(error.code, code, "{error:?}");
        assert!(
            error.message.starts_with("x.ics: ") && error.hint.len() > 10,
            "{error:?}"
        );
    }
    let missing = berth
        .preview_import(&file(&folder.path().join("none.ics")), now())
        .unwrap_err();
    assert_eq!(missing.code, Code::File);
    let large = vec![b'x'; 11 << 20];
    let error = berth
        .preview_import_of(large, "x.ics", &file(Path::new("")), now())
        .unwrap_err();
    assert_eq!(error.code, Code::TooLarge, "{error:?}");
}

#[test]
fn an_export_takes_what_was_asked_for() {
    let mut berth = demo();
    let export = |berth: &mut Berth, input: &ExportInput| {
        berth.preview_export(input, now()).unwrap().bookings
    };
    assert_eq!(export(&mut berth, &everything()), 14);
    let staging = ExportInput {
        environment_ids: vec!["1".into()],
        ..everything()
    };
    assert_eq!(export(&mut berth, &staging), 6);
    let thursday = ExportInput {
        from: Some("2026-09-17".into()),
        to: Some("2026-09-17".into()),
        ..staging.clone()
    };
    assert_eq!(
        export(&mut berth, &thursday),
        2,
        "Perf's, and the hold over three days"
    );
    let perf = berth
        .teams()
        .unwrap()
        .into_iter()
        .find(|team| team.name == "Perf")
        .unwrap();
    let perf = ExportInput {
        team_ids: vec![perf.id.to_string()],
        ..everything()
    };
    assert_eq!(export(&mut berth, &perf), 2);
    let backwards = ExportInput {
        from: Some("2026-09-18".into()),
        ..thursday
    };
    assert_eq!(
        berth.preview_export(&backwards, now()).unwrap_err().code,
        Code::Input
    );
}

/// What another program says of an event, and Berth has no field for.
const FOREIGN: &str = "\
GEO:52.52;13.40
PRIORITY:3
CLASS:PRIVATE
CONTACT;ALTREP=\"cid:a;b\":Ops, on call\\, day
COMMENT:first
COMMENT;LANGUAGE=de:zweiter
ATTACH;FMTTYPE=text/plain;FILENAME=\"a, b.txt\":https://files.example/a
CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO;LABEL=\"Room: 1\":https://call.example/1
RELATED-TO;RELTYPE=FINISHTOSTART;GAP=PT15M:other@example.org
X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-TITLE=\"Data^ncentre\":geo:1,2
X-EMPTY:
X-SEEN;TZID=Ship's clock:20260917T090000
BEGIN:X-CHECKLIST
X-ITEM;DONE=FALSE:backup
BEGIN:X-INNER
X-A:1
END:X-INNER
END:X-CHECKLIST
";

const SHIPS_CLOCK: &str = "\
BEGIN:VTIMEZONE
TZID:Ship's clock
X-NOTE:set by hand
BEGIN:STANDARD
DTSTART:16010101T000000
TZOFFSETFROM:+0017
TZOFFSETTO:+0017
END:STANDARD
END:VTIMEZONE
";

#[test]
fn what_another_program_said_goes_out_again_after_a_move_and_a_new_name() {
    let (_folder, mut berth) = begun();
    let place = "LOCATION:staging\nCATEGORIES:Perf,Night shift\n";
    let bytes = calendar(&(SHIPS_CLOCK.to_owned() + &event("a", &format!("{place}{FOREIGN}"))));
    assert_eq!(
        import(&mut berth, &bytes, &file(Path::new(""))),
        counts(1, 0, 0, 0, 0)
    );
    let reference = super::week_of(&mut berth, "2026-09-17").occurrences[0]
        .reference
        .clone();
    let mut changed = berth.show_booking(&reference, now()).unwrap().input;
    changed.title = "another name".into();
    changed.start = "2026-09-18T10:00".into();
    changed.end = "2026-09-18T12:00".into();
    berth
        .edit_booking(&reference, Scope::All, &changed, now())
        .unwrap();
    let text = berth.export_text(&everything(), now()).unwrap().0.concat();
    let lines = text.replace("\r\n ", "").replace("\r\n", "\n");
    for kept in FOREIGN.lines().chain(["CATEGORIES:Perf,Night shift"]) {
        assert_eq!(
            lines.matches(&format!("\n{kept}\n")).count(),
            1,
            "{kept} in {lines}"
        );
    }
    assert!(lines.contains("SUMMARY:another name\n"), "{lines}");
    assert!(lines.contains(SHIPS_CLOCK), "{lines}");
    let before = lines.find("BEGIN:VTIMEZONE") < lines.find("BEGIN:VEVENT");
    assert!(before, "zones come before the events: {lines}");
    assert_eq!(
        import(&mut berth, text.as_bytes(), &file(Path::new(""))),
        counts(0, 0, 1, 0, 0)
    );
}

#[test]
fn an_export_of_what_was_imported_comes_back_without_any_change() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../berth-ical/tests-data");
    for name in ["apple", "exchange", "google", "thunderbird"] {
        let (_folder, mut berth) = begun();
        let mut into = file(&folder.join(format!("{name}.ics")));
        into.environments.insert("*".into(), "1".into());
        into.teams.insert("*".into(), "1".into());
        let first = berth.apply_import(&into, now()).unwrap().counts;
        assert!(first.added > 0, "{name}: {first:?}");
        let again = berth.apply_import(&into, now()).unwrap().counts;
        assert_eq!((again.added, again.updated), (0, 0), "{name}");
        let text = berth.export_text(&everything(), now()).unwrap().0.concat();
        let back = berth
            .preview_import_of(text.into_bytes(), "back.ics", &file(Path::new("")), now())
            .unwrap();
        assert_eq!(back.counts.unchanged, first.added, "{name}: {back:?}");
        assert_eq!(back.items.len(), first.added as usize, "{name}: {back:?}");
    }
}

#[test]
fn each_program_gets_the_file_it_takes() {
    let mut berth = demo();
    let mut export = |target, from: Option<&str>| {
        let input = ExportInput {
            target,
            from: from.map(str::to_owned),
            to: from.map(str::to_owned),
            environment_ids: vec!["2".into()],
            ..everything()
        };
        berth.export_text(&input, now()).unwrap().0.concat()
    };
    let hints = [
        "NAME:",
        "X-WR-CALNAME:",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
    ];
    let has = |text: &str| hints.map(|hint| text.contains(&format!("\r\n{hint}")));
    for target in [
        ExportTarget::Any,
        ExportTarget::Outlook,
        ExportTarget::Google,
    ] {
        let text = export(target, None);
        assert_eq!(has(&text), [true; 4], "{target:?}: {text}");
        let top = "BEGIN:VCALENDAR\r\nPRODID:-//Berth//Berth//EN\r\nVERSION:2.0\r\n";
        assert!(text.starts_with(top), "{target:?}: {text}");
        assert!(
            text.contains("\r\nMETHOD:PUBLISH\r\n"),
            "{target:?}: {text}"
        );
    }
    let friday = Some("2026-09-18");
    let one = export(ExportTarget::Outlook, friday);
    assert_eq!(one.matches("BEGIN:VEVENT").count(), 1, "{one}");
    assert_eq!(
        has(&one),
        [false; 4],
        "Outlook would make a calendar of it: {one}"
    );
    assert_eq!(has(&export(ExportTarget::Any, friday)), [true; 4]);
}
