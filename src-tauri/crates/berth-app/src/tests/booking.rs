//! Booking, moving, editing, cancelling, deleting; undo and redo of each.

use super::{at, begun, book, input, lines, move_to, now, week_of};
use crate::wire::{BookingInput, BookingRef, Move, Scope, Severity, Status};
use crate::{Berth, Code};

fn thursday(berth: &mut Berth, team: &str) -> BookingRef {
    let made = book(
        berth,
        &input(team, "load test", "2026-09-17T09:00", "2026-09-17T13:00"),
    );
    made.booking.unwrap()
}

fn to(reference: &BookingRef, start: &str, end: &str) -> Move {
    move_to(reference, at(start), at(end))
}

#[test]
fn an_overlap_is_told_before_and_after_saving_and_saved_all_the_same() {
    let (_folder, mut berth) = begun();
    thursday(&mut berth, "1");
    let second = input("2", "perf run", "2026-09-17T12:00", "2026-09-17T14:00");
    let preview = berth
        .preview_booking(None, Scope::All, &second, now())
        .unwrap();
    assert_eq!(preview.conflicts.len(), 1);
    assert_eq!(preview.duration.as_deref(), Some("2 h"));
    assert_eq!(
        lines(&mut berth, "2026-09-17").len(),
        1,
        "a preview writes nothing"
    );
    let made = book(&mut berth, &second);
    assert_eq!(made.conflicts.len(), 1);
    assert_eq!(made.conflicts[0].severity, Severity::Error);
    assert_eq!(
        made.conflicts[0].headline,
        "staging, Thu 17 Sep 12:00–13:00 (1 h): Infra and Perf both hold it."
    );
    assert_eq!(
        made.operation.unwrap().title,
        "Booked “perf run” on staging, Thu 17 Sep 12:00–14:00"
    );
    let again = BookingInput {
        start: "2026-09-17T13:00".into(),
        ..second
    };
    assert_eq!(
        berth
            .preview_booking(None, Scope::All, &again, now())
            .unwrap()
            .conflicts
            .len(),
        1
    );
}

#[test]
fn what_is_moved_does_not_conflict_with_where_it_was() {
    let (_folder, mut berth) = begun();
    let reference = thursday(&mut berth, "1");
    let there = to(&reference, "2026-09-17T10:00", "2026-09-17T14:00");
    assert_eq!(berth.preview_move(&there, now()).unwrap().conflicts, []);
    let moved = berth.move_booking(&there, now()).unwrap();
    assert_eq!(moved.booking.as_ref(), Some(&reference));
    assert_eq!(
        lines(&mut berth, "2026-09-17"),
        ["Thu 17 10:00–14:00 load test"]
    );
    let nowhere = berth.move_booking(&there, now()).unwrap();
    assert_eq!(
        nowhere.operation, None,
        "nothing changed, so there is nothing to undo"
    );
}

#[test]
fn everything_is_undone_and_redone() {
    let (_folder, mut berth) = begun();
    let mut states = vec![lines(&mut berth, "2026-09-17")];
    let reference = thursday(&mut berth, "1");
    states.push(lines(&mut berth, "2026-09-17"));
    berth
        .move_booking(
            &to(&reference, "2026-09-18T10:00", "2026-09-18T11:00"),
            now(),
        )
        .unwrap();
    states.push(lines(&mut berth, "2026-09-17"));
    let other = input("2", "other", "2026-09-16T10:00", "2026-09-16T11:00");
    berth
        .edit_booking(&reference, Scope::All, &other, now())
        .unwrap();
    states.push(lines(&mut berth, "2026-09-17"));
    berth.cancel_booking(&reference, Scope::All, now()).unwrap();
    states.push(lines(&mut berth, "2026-09-17"));
    berth.delete_booking(&reference, Scope::All, now()).unwrap();
    states.push(lines(&mut berth, "2026-09-17"));
    for state in states.iter().rev().skip(1) {
        berth.undo(now()).unwrap();
        assert_eq!(&lines(&mut berth, "2026-09-17"), state);
    }
    for state in states.iter().skip(1) {
        berth.redo(now()).unwrap();
        assert_eq!(&lines(&mut berth, "2026-09-17"), state);
    }
    assert_eq!(berth.redo(now()).unwrap_err().code, Code::NotFound);
    assert_eq!(
        berth.history().unwrap()[0].title,
        "Deleted “other” on staging, Wed 16 Sep 10:00–11:00"
    );
}

#[test]
fn a_form_says_everything_that_is_wrong_with_it() {
    let (_folder, mut berth) = begun();
    let wrong = BookingInput {
        environment_id: "77".into(),
        team_id: String::new(),
        start: "tomorrow".into(),
        end: "2026-09-17T09:00".into(),
        repeat: Some("FREQ=SECONDLY".into()),
        set_up: Some(60 * 24 * 8),
        units: Some(0),
        ..input("1", "x", "", "")
    };
    let preview = berth
        .preview_booking(None, Scope::All, &wrong, now())
        .unwrap();
    let fields: Vec<&str> = preview
        .problems
        .iter()
        .map(|one| one.field.as_str())
        .collect();
    assert_eq!(
        fields,
        [
            "environmentId",
            "teamId",
            "start",
            "repeat",
            "setUp",
            "units"
        ]
    );
    assert_eq!(berth.book(&wrong, now()).unwrap_err().code, Code::Input);
    let backwards = input("1", "x", "2026-09-17T13:00", "2026-09-17T13:00");
    let error = berth.book(&backwards, now()).unwrap_err();
    assert!(
        error.hint.contains("The end must be after the start"),
        "{error:?}"
    );
    assert_eq!(lines(&mut berth, "2026-09-17"), [""; 0]);
}

#[test]
fn what_has_ended_raises_no_new_conflict() {
    let (_folder, mut berth) = begun();
    thursday(&mut berth, "1");
    let late = at("2026-09-18T08:00");
    let second = input(
        "2",
        "for the record",
        "2026-09-17T09:00",
        "2026-09-17T13:00",
    );
    assert_eq!(berth.book(&second, late).unwrap().conflicts, []);
}

#[test]
fn tentative_free_and_cancelled_ones() {
    let (_folder, mut berth) = begun();
    let first = thursday(&mut berth, "1");
    let base = input("2", "perf run", "2026-09-17T09:00", "2026-09-17T13:00");
    let severity = |berth: &mut Berth, input: &BookingInput| {
        let preview = berth
            .preview_booking(None, Scope::All, input, now())
            .unwrap();
        preview.conflicts.first().map(|one| one.severity)
    };
    assert_eq!(severity(&mut berth, &base), Some(Severity::Error));
    let tentative = BookingInput {
        status: Status::Tentative,
        ..base.clone()
    };
    assert_eq!(severity(&mut berth, &tentative), Some(Severity::Warning));
    let free = BookingInput {
        blocks: false,
        ..base.clone()
    };
    assert_eq!(severity(&mut berth, &free), None);
    let same_team = BookingInput {
        team_id: "1".into(),
        ..base.clone()
    };
    assert_eq!(severity(&mut berth, &same_team), Some(Severity::Info));
    berth.cancel_booking(&first, Scope::All, now()).unwrap();
    assert_eq!(severity(&mut berth, &base), None);
}

#[test]
fn an_accepted_conflict_is_not_counted_until_a_member_changes() {
    let (_folder, mut berth) = begun();
    let first = thursday(&mut berth, "1");
    thursday(&mut berth, "2");
    let week = week_of(&mut berth, "2026-09-17");
    assert_eq!(week.conflict_count, 1);
    let id = &week.conflicts[0].id;
    assert_eq!(
        berth.accept_conflict(id, " ", now()).unwrap_err().code,
        Code::Input
    );
    berth
        .accept_conflict(id, "we share the machine", now())
        .unwrap();
    let accepted = week_of(&mut berth, "2026-09-17");
    assert_eq!(accepted.conflict_count, 0);
    let acceptance = accepted.conflicts[0].accepted.clone().unwrap();
    assert_eq!(
        (acceptance.who.as_str(), acceptance.reason.as_str()),
        ("me", "we share the machine")
    );
    berth
        .move_booking(&to(&first, "2026-09-17T10:00", "2026-09-17T14:00"), now())
        .unwrap();
    let lapsed = week_of(&mut berth, "2026-09-17");
    assert_eq!(
        (lapsed.conflict_count, &lapsed.conflicts[0].id),
        (1, id),
        "the id is stable"
    );
    berth.undo(now()).unwrap();
    assert_eq!(week_of(&mut berth, "2026-09-17").conflict_count, 0);
    assert_eq!(
        berth.accept_conflict("none", "x", now()).unwrap_err().code,
        Code::NotFound
    );
}

/// Rule 13: core, environment and units; nothing else.
#[test]
fn an_acceptance_lapses_by_core_environment_and_units_alone() {
    let (_folder, mut berth) = begun();
    let first = thursday(&mut berth, "1");
    thursday(&mut berth, "2");
    let id = week_of(&mut berth, "2026-09-17").conflicts[0].id.clone();
    berth.accept_conflict(&id, "agreed", now()).unwrap();
    let base = input("1", "load test", "2026-09-17T09:00", "2026-09-17T13:00");
    let mut open_after = |change: BookingInput| {
        let edited = berth.edit_booking(&first, Scope::All, &change, now());
        assert!(edited.unwrap().operation.is_some(), "{change:?}");
        let there = week_of(&mut berth, "2026-09-17");
        berth.undo(now()).unwrap();
        there.conflict_count
    };
    let stays = [
        BookingInput {
            title: "another name".into(),
            ..base.clone()
        },
        BookingInput {
            notes: "more to say".into(),
            ..base.clone()
        },
        BookingInput {
            status: Status::Tentative,
            ..base.clone()
        },
        BookingInput {
            clean_up: Some(60),
            ..base.clone()
        },
    ];
    for change in stays {
        assert_eq!(open_after(change.clone()), 0, "{change:?}");
    }
    let lapses = [
        BookingInput {
            start: "2026-09-17T09:15".into(),
            ..base.clone()
        },
        BookingInput {
            end: "2026-09-17T13:15".into(),
            ..base.clone()
        },
        BookingInput {
            units: Some(1),
            ..base.clone()
        },
    ];
    for change in lapses {
        assert_eq!(open_after(change.clone()), 1, "{change:?}");
    }
    thursday_on_production(&mut berth);
    let production = BookingInput {
        environment_id: "2".into(),
        ..base
    };
    berth
        .edit_booking(&first, Scope::All, &production, now())
        .unwrap();
    assert_eq!(week_of(&mut berth, "2026-09-17").conflict_count, 1);
}

fn thursday_on_production(berth: &mut Berth) {
    let there = BookingInput {
        environment_id: "2".into(),
        ..input("2", "load test", "2026-09-17T09:00", "2026-09-17T13:00")
    };
    book(berth, &there);
}

/// On 25 October the hour from 02:00 comes twice in Berlin: a drag ends in the pass it is dropped in,
/// a form keeps it, and a move out of that night brings the booking back to its clock.
#[test]
fn a_drag_into_the_second_pass_of_an_hour_stays_there() {
    let (_folder, mut berth) = begun();
    let hour = 60 * 60_000;
    let midnight = at("2026-10-25T00:00").millis();
    let made = input("1", "short", "2026-10-24T09:00", "2026-10-24T09:30");
    let reference = book(&mut berth, &made).booking.unwrap();
    // Quarters of real hours after midnight: 8 is 02:00, 12 the second 02:00, 16 is 03:00.
    for (start, end, shown) in [
        (8, 10, "02:00 CEST–02:30 CEST"),
        (8, 14, "02:00 CEST–02:30 CET"),
        (11, 13, "02:45 CEST–02:15 CET"),
        (12, 16, "02:00 CET–03:00"),
        (13, 14, "02:15 CET–02:30 CET"),
        (4, 13, "01:00–02:15 CET"),
        (4, 17, "01:00–03:15"),
    ] {
        let there = Move {
            start: midnight + start * hour / 4,
            end: midnight + end * hour / 4,
            ..to(&reference, "2026-10-25T00:00", "2026-10-25T01:00")
        };
        let drawn = Move {
            reference: None,
            team_id: Some("1".into()),
            ..there.clone()
        };
        let exact = (Some(there.start), Some(there.end));
        for preview in [&there, &drawn].map(|one| berth.preview_move(one, now()).unwrap()) {
            assert_eq!((preview.start, preview.end), exact, "{shown}");
        }
        berth.move_booking(&there, now()).unwrap();
        let lines = lines(&mut berth, "2026-10-25");
        assert_eq!(lines, [format!("Sun 25 {shown} short")]);
        // The form says the same instants, for this booking and for a new one.
        let written = berth.show_booking(&reference, now()).unwrap().input;
        for reference in [Some(&reference), None] {
            let preview = berth.preview_booking(reference, Scope::All, &written, now());
            let preview = preview.unwrap();
            assert_eq!((preview.start, preview.end), exact, "{written:?}");
        }
    }
    let back = to(&reference, "2026-10-26T09:00", "2026-10-26T09:30");
    berth.move_booking(&back, now()).unwrap();
    let weekly = BookingInput {
        repeat: Some("FREQ=WEEKLY;COUNT=30".into()),
        ..berth.show_booking(&reference, now()).unwrap().input
    };
    berth
        .edit_booking(&reference, Scope::All, &weekly, now())
        .unwrap();
    assert_eq!(
        lines(&mut berth, "2027-03-29"),
        ["Mon 29 09:00–09:30 short"],
        "on the clock of Berlin again, also in summer"
    );
}

/// A series keeps its clock, which cannot say the second pass: it covers the stretch as it can.
#[test]
fn one_of_a_series_across_the_hour_that_comes_twice_keeps_a_length() {
    let (_folder, mut berth) = begun();
    let daily = BookingInput {
        repeat: Some("FREQ=DAILY;COUNT=2".into()),
        ..input("1", "short", "2026-10-24T09:00", "2026-10-24T09:30")
    };
    book(&mut berth, &daily);
    let first = week_of(&mut berth, "2026-10-25").occurrences[0]
        .reference
        .clone();
    let start = at("2026-10-25T02:45").millis();
    let there = Move {
        scope: Scope::This,
        start,
        end: start + 30 * 60_000,
        ..to(&first, "2026-10-25T02:45", "2026-10-25T03:00")
    };
    let preview = berth.preview_move(&there, now()).unwrap();
    let covered = (Some(start), Some(start + 90 * 60_000));
    assert_eq!((preview.start, preview.end), covered);
}

#[test]
fn whole_days() {
    let (_folder, mut berth) = begun();
    let all_day = BookingInput {
        all_day: true,
        ..input("1", "audit", "2026-09-17", "2026-09-18")
    };
    let made = book(&mut berth, &all_day);
    let week = week_of(&mut berth, "2026-09-17");
    assert_eq!(
        (week.bars.len(), week.bars[0].day, week.bars[0].days),
        (1, 3, 2)
    );
    assert!(week.blocks.is_empty());
    let detail = berth.show_booking(&made.booking.unwrap(), now()).unwrap();
    assert_eq!(
        (detail.input.start.as_str(), detail.input.end.as_str()),
        ("2026-09-17", "2026-09-18")
    );
    assert_eq!(detail.duration, "2 days");
    let night = input("2", "night", "2026-09-18T20:00", "2026-09-19T06:00");
    let conflicts = book(&mut berth, &night).conflicts;
    assert_eq!(conflicts.len(), 1);
    assert!(
        conflicts[0].headline.contains("20:00–24:00 (4 h)"),
        "{}",
        conflicts[0].headline
    );
}
