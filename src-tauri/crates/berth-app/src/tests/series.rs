//! Series: one occurrence, and all of them.

use super::{at, begun, book, input, lines, now, week_of};
use crate::wire::{BookingInput, BookingRef, Move, Scope};
use crate::{Berth, Code};

fn weekly(berth: &mut Berth) -> BookingRef {
    let every_tuesday = BookingInput {
        repeat: Some("FREQ=WEEKLY;BYDAY=TU".into()),
        ..input("1", "backup test", "2026-09-15T09:00", "2026-09-15T11:00")
    };
    book(berth, &every_tuesday).booking.unwrap()
}

fn occurrence(berth: &mut Berth, date: &str) -> BookingRef {
    week_of(berth, date).occurrences[0].reference.clone()
}

fn to(reference: &BookingRef, scope: Scope, start: &str, end: &str) -> Move {
    Move {
        reference: Some(reference.clone()),
        scope,
        environment_id: "1".into(),
        team_id: None,
        start: at(start).millis(),
        end: at(end).millis(),
    }
}

#[test]
fn one_occurrence_moves_alone() {
    let (_folder, mut berth) = begun();
    weekly(&mut berth);
    let second = occurrence(&mut berth, "2026-09-22");
    let moved = to(&second, Scope::This, "2026-09-23T14:00", "2026-09-23T15:00");
    assert_eq!(berth.preview_move(&moved, now()).unwrap().conflicts, []);
    let made = berth.move_booking(&moved, now()).unwrap().booking.unwrap();
    assert_ne!(made.id, second.id, "it has a row of its own");
    assert_eq!(
        made.recurrence_id, second.recurrence_id,
        "and stands for the same occurrence"
    );
    assert_eq!(
        lines(&mut berth, "2026-09-15"),
        ["Tue 15 09:00–11:00 backup test"]
    );
    assert_eq!(
        lines(&mut berth, "2026-09-22"),
        ["Wed 23 14:00–15:00 backup test"]
    );
    assert_eq!(
        lines(&mut berth, "2026-09-29"),
        ["Tue 29 09:00–11:00 backup test"]
    );
    let again = to(&made, Scope::This, "2026-09-24T14:00", "2026-09-24T15:00");
    berth.move_booking(&again, now()).unwrap();
    assert_eq!(
        lines(&mut berth, "2026-09-22"),
        ["Thu 24 14:00–15:00 backup test"]
    );
    berth.undo(now()).unwrap();
    berth.undo(now()).unwrap();
    assert_eq!(
        lines(&mut berth, "2026-09-22"),
        ["Tue 22 09:00–11:00 backup test"]
    );
}

#[test]
fn all_occurrences_move_together_and_overrides_stay_attached() {
    let (_folder, mut berth) = begun();
    weekly(&mut berth);
    let second = occurrence(&mut berth, "2026-09-22");
    berth
        .move_booking(
            &to(&second, Scope::This, "2026-09-23T14:00", "2026-09-23T15:00"),
            now(),
        )
        .unwrap();
    let fourth = occurrence(&mut berth, "2026-10-06");
    berth.delete_booking(&fourth, Scope::This, now()).unwrap();
    let third = occurrence(&mut berth, "2026-09-29");
    let later = to(&third, Scope::All, "2026-09-30T10:00", "2026-09-30T13:00");
    berth.move_booking(&later, now()).unwrap();
    assert_eq!(
        lines(&mut berth, "2026-09-15"),
        ["Wed 16 10:00–13:00 backup test"]
    );
    assert_eq!(
        lines(&mut berth, "2026-09-22"),
        ["Wed 23 14:00–15:00 backup test"],
        "only once"
    );
    assert_eq!(lines(&mut berth, "2026-10-06"), [""; 0], "still taken out");
    assert_eq!(
        lines(&mut berth, "2026-10-13"),
        ["Wed 14 10:00–13:00 backup test"]
    );
    berth.undo(now()).unwrap();
    assert_eq!(
        lines(&mut berth, "2026-09-29"),
        ["Tue 29 09:00–11:00 backup test"]
    );
}

#[test]
fn one_occurrence_is_deleted_or_called_off() {
    let (_folder, mut berth) = begun();
    weekly(&mut berth);
    let second = occurrence(&mut berth, "2026-09-22");
    berth.delete_booking(&second, Scope::This, now()).unwrap();
    assert_eq!(lines(&mut berth, "2026-09-22"), [""; 0]);
    let third = occurrence(&mut berth, "2026-09-29");
    berth.cancel_booking(&third, Scope::This, now()).unwrap();
    assert_eq!(lines(&mut berth, "2026-09-29"), [""; 0]);
    assert_eq!(lines(&mut berth, "2026-10-06").len(), 1);
    let any = occurrence(&mut berth, "2026-10-06");
    berth.delete_booking(&any, Scope::All, now()).unwrap();
    assert!(
        !week_of(&mut berth, "2026-10-06").any_booking,
        "nothing of the series is left"
    );
}

#[test]
fn the_form_of_an_occurrence_shows_its_own_times() {
    let (_folder, mut berth) = begun();
    weekly(&mut berth);
    let second = occurrence(&mut berth, "2026-09-22");
    let detail = berth.show_booking(&second, now()).unwrap();
    assert_eq!(detail.input.start, "2026-09-22T09:00");
    assert_eq!(
        detail.repeat_words.as_deref(),
        Some("every week on Tuesday")
    );
    assert!(detail.in_series);
    let renamed = BookingInput {
        title: "restore test".into(),
        ..detail.input
    };
    berth
        .edit_booking(&second, Scope::This, &renamed, now())
        .unwrap();
    assert_eq!(
        lines(&mut berth, "2026-09-22"),
        ["Tue 22 09:00–11:00 restore test"]
    );
    assert_eq!(
        lines(&mut berth, "2026-09-29"),
        ["Tue 29 09:00–11:00 backup test"]
    );
    let third = occurrence(&mut berth, "2026-09-29");
    let history = berth.show_booking(&third, now()).unwrap().history;
    let done: Vec<&str> = history.iter().map(|one| one.title.as_str()).collect();
    assert_eq!(
        done,
        [
            "Changed “restore test” on staging, Tue 22 Sep 09:00–11:00",
            "Booked “backup test” on staging, Tue 15 Sep 09:00–11:00"
        ],
        "of the series and what was changed in it, newest first"
    );
    let fortnightly = BookingInput {
        repeat: Some("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU".into()),
        ..berth.show_booking(&third, now()).unwrap().input
    };
    berth
        .edit_booking(&third, Scope::All, &fortnightly, now())
        .unwrap();
    assert_eq!(
        lines(&mut berth, "2026-10-06"),
        [""; 0],
        "the rule that was written anew is followed"
    );
    assert_eq!(lines(&mut berth, "2026-10-13").len(), 1);
}

#[test]
fn a_series_that_names_its_days_otherwise_cannot_be_dragged_to_another() {
    let (_folder, mut berth) = begun();
    let third_tuesday = BookingInput {
        repeat: Some("FREQ=MONTHLY;BYDAY=3TU".into()),
        ..input("1", "patch day", "2026-09-15T09:00", "2026-09-15T11:00")
    };
    let reference = book(&mut berth, &third_tuesday).booking.unwrap();
    let moved = to(
        &reference,
        Scope::All,
        "2026-09-16T09:00",
        "2026-09-16T11:00",
    );
    let error = berth.move_booking(&moved, now()).unwrap_err();
    assert_eq!(error.code, Code::Input);
    assert!(error.hint.contains("move only this one"), "{error:?}");
    let same_day = to(
        &reference,
        Scope::All,
        "2026-09-15T12:00",
        "2026-09-15T14:00",
    );
    berth.move_booking(&same_day, now()).unwrap();
    assert_eq!(
        lines(&mut berth, "2026-10-20"),
        ["Tue 20 12:00–14:00 patch day"]
    );
}

#[test]
fn the_last_occurrence_of_a_series_moves_along() {
    for (until, last, after) in [
        ("20261006T070000Z", "2026-10-06", "2026-10-13"),
        ("20261006T090000", "2026-10-06", "2026-10-13"),
        ("20261006", "2026-10-06", "2026-10-13"),
    ] {
        let (_folder, mut berth) = begun();
        let ends = BookingInput {
            repeat: Some(format!("FREQ=WEEKLY;UNTIL={until}")),
            ..input("1", "backup test", "2026-09-15T09:00", "2026-09-15T11:00")
        };
        let reference = book(&mut berth, &ends).booking.unwrap();
        assert_eq!(lines(&mut berth, last).len(), 1, "{until}");
        let later = to(
            &reference,
            Scope::All,
            "2026-09-16T12:00",
            "2026-09-16T14:00",
        );
        berth.move_booking(&later, now()).unwrap();
        assert_eq!(
            lines(&mut berth, last),
            ["Wed 7 12:00–14:00 backup test"],
            "{until}"
        );
        assert_eq!(lines(&mut berth, after), [""; 0], "{until}");
    }
}

#[test]
fn every_occurrence_of_the_next_half_year_is_checked() {
    let (_folder, mut berth) = begun();
    for date in ["2026-10-13", "2026-12-15", "2027-06-01"] {
        let one = input(
            "2",
            "perf",
            &format!("{date}T10:00"),
            &format!("{date}T12:00"),
        );
        book(&mut berth, &one);
    }
    let every_tuesday = BookingInput {
        repeat: Some("FREQ=WEEKLY;BYDAY=TU".into()),
        ..input("1", "backup test", "2026-09-15T09:00", "2026-09-15T11:00")
    };
    let preview = berth
        .preview_booking(None, Scope::All, &every_tuesday, now())
        .unwrap();
    let days: Vec<&str> = preview
        .conflicts
        .iter()
        .map(|one| &one.headline[9..19])
        .collect();
    assert_eq!(
        days,
        ["Tue 13 Oct", "Tue 15 Dec"],
        "26 weeks ahead, and no further"
    );
}

#[test]
fn a_booking_is_found_by_row_occurrence_and_uid() {
    let (_folder, mut berth) = begun();
    let series = weekly(&mut berth);
    let second = occurrence(&mut berth, "2026-09-22");
    let moved = to(&second, Scope::This, "2026-09-23T14:00", "2026-09-23T15:00");
    let own = berth.move_booking(&moved, now()).unwrap().booking.unwrap();
    let single = book(
        &mut berth,
        &input("1", "x", "2026-09-17T09:00", "2026-09-17T10:00"),
    )
    .booking
    .unwrap();
    let uid = berth.show_booking(&series, now()).unwrap().uid;
    let third = BookingRef {
        recurrence_id: Some(at("2026-09-29T09:00").millis()),
        ..series.clone()
    };
    for (text, expected) in [
        ("1".to_owned(), &series),
        (uid.clone(), &series),
        (" 1 ".to_owned(), &series),
        ("1@2026-09-29T07:00:00Z".to_owned(), &third),
        ("1@2026-09-29T09:00:00+02:00".to_owned(), &third),
        (format!("{uid}@2026-09-29T07:00:00Z"), &third),
        ("1@2026-09-22T07:00:00Z".to_owned(), &own),
        ("2@2026-09-22T07:00:00Z".to_owned(), &own),
        ("2@2026-09-29T07:00:00Z".to_owned(), &third),
        ("2".to_owned(), &own),
        (format!("{uid}@2026-09-22T07:00:00Z"), &own),
        ("3".to_owned(), &single),
    ] {
        assert_eq!(&berth.find_booking(&text).unwrap(), expected, "{text}");
    }
    for text in [
        "",
        "4",
        "nobody@berth",
        "1@2026-09-23T07:00:00Z",
        "3@2026-09-17T07:00:00Z",
        "1@x",
        "@",
    ] {
        assert_eq!(
            berth.find_booking(text).unwrap_err().code,
            Code::NotFound,
            "{text}"
        );
    }
    let slot = berth.slot(&third).unwrap();
    assert_eq!(
        (slot.start, slot.end),
        (at("2026-09-29T09:00"), at("2026-09-29T11:00"))
    );
    assert_eq!(berth.slot(&own).unwrap().start, at("2026-09-23T14:00"));
    assert_eq!(
        berth.slot(&series).unwrap().start,
        at("2026-09-15T09:00"),
        "the first one"
    );
}

#[test]
fn this_and_all_that_follow_become_a_series_of_their_own() {
    let (_folder, mut berth) = begun();
    weekly(&mut berth);
    for date in ["2026-09-22", "2026-10-06"] {
        let one = occurrence(&mut berth, date);
        let start = at(&format!("{date}T14:00"));
        let own = Move {
            start: start.millis(),
            end: (start + chrono::TimeDelta::hours(1)).millis(),
            ..to(&one, Scope::This, "2026-09-22T14:00", "2026-09-22T15:00")
        };
        berth.move_booking(&own, now()).unwrap();
    }
    let deleted = occurrence(&mut berth, "2026-10-13");
    berth.delete_booking(&deleted, Scope::This, now()).unwrap();
    let third = occurrence(&mut berth, "2026-09-29");
    let later = to(
        &third,
        Scope::Following,
        "2026-09-30T10:00",
        "2026-09-30T13:00",
    );
    assert_eq!(
        berth.preview_move(&later, now()).unwrap().conflicts,
        [],
        "not with itself"
    );
    let made = berth.move_booking(&later, now()).unwrap().booking.unwrap();
    assert_ne!(made.id, third.id);
    let shown = |berth: &mut Berth| {
        [
            "2026-09-15",
            "2026-09-22",
            "2026-09-29",
            "2026-10-06",
            "2026-10-13",
            "2026-10-20",
        ]
        .map(|date| lines(berth, date).join(", ").replace(" backup test", ""))
    };
    assert_eq!(
        shown(&mut berth),
        [
            "Tue 15 09:00–11:00",
            "Tue 22 14:00–15:00",
            "Wed 30 10:00–13:00",
            "Tue 6 14:00–15:00",
            "",
            "Wed 21 10:00–13:00"
        ]
    );
    let first = occurrence(&mut berth, "2026-09-15");
    let words = berth
        .show_booking(&first, now())
        .unwrap()
        .repeat_words
        .unwrap();
    assert_eq!(words, "every week on Tuesday until 29 Sep 2026");
    let uid = |berth: &mut Berth, one: &BookingRef| berth.show_booking(one, now()).unwrap().uid;
    let moved = occurrence(&mut berth, "2026-10-06");
    assert_eq!(
        uid(&mut berth, &moved),
        uid(&mut berth, &made),
        "a changed occurrence goes along"
    );
    assert_ne!(uid(&mut berth, &first), uid(&mut berth, &made));
    berth.undo(now()).unwrap();
    assert_eq!(
        shown(&mut berth),
        [
            "Tue 15 09:00–11:00",
            "Tue 22 14:00–15:00",
            "Tue 29 09:00–11:00",
            "Tue 6 14:00–15:00",
            "",
            "Tue 20 09:00–11:00"
        ],
        "in one step"
    );
}

#[test]
fn a_series_is_parted_with_what_is_left_of_its_count() {
    let (_folder, mut berth) = begun();
    let five = BookingInput {
        repeat: Some("FREQ=WEEKLY;COUNT=5".into()),
        ..input("1", "backup test", "2026-09-15T09:00", "2026-09-15T11:00")
    };
    book(&mut berth, &five);
    let third = occurrence(&mut berth, "2026-09-29");
    let detail = berth.show_booking(&third, now()).unwrap();
    let nothing = berth
        .edit_booking(&third, Scope::Following, &detail.input, now())
        .unwrap();
    assert_eq!(
        nothing.operation, None,
        "what changes nothing parts nothing"
    );
    let renamed = BookingInput {
        title: "restore test".into(),
        ..detail.input
    };
    berth
        .edit_booking(&third, Scope::Following, &renamed, now())
        .unwrap();
    let titles: Vec<String> = ["09-15", "09-22", "09-29", "10-06", "10-13", "10-20"]
        .iter()
        .map(|date| lines(&mut berth, &format!("2026-{date}")).join("|"))
        .collect();
    assert_eq!(
        titles,
        [
            "Tue 15 09:00–11:00 backup test",
            "Tue 22 09:00–11:00 backup test",
            "Tue 29 09:00–11:00 restore test",
            "Tue 6 09:00–11:00 restore test",
            "Tue 13 09:00–11:00 restore test",
            ""
        ]
    );
    let third = occurrence(&mut berth, "2026-09-29");
    assert_eq!(
        berth
            .show_booking(&third, now())
            .unwrap()
            .repeat_words
            .unwrap(),
        "every week on Tuesday, 3 times"
    );
    let renamed_all = BookingInput {
        title: "all".into(),
        ..berth.show_booking(&third, now()).unwrap().input
    };
    berth
        .edit_booking(&third, Scope::Following, &renamed_all, now())
        .unwrap();
    let again = occurrence(&mut berth, "2026-09-29");
    assert_eq!(
        again.id, third.id,
        "from the first on, it is all of the series"
    );
}

#[test]
fn this_and_all_that_follow_are_deleted_or_called_off() {
    for cancel in [false, true] {
        let (_folder, mut berth) = begun();
        weekly(&mut berth);
        let fourth = occurrence(&mut berth, "2026-10-06");
        let own = to(&fourth, Scope::This, "2026-10-07T14:00", "2026-10-07T15:00");
        berth.move_booking(&own, now()).unwrap();
        let third = occurrence(&mut berth, "2026-09-29");
        let outcome = if cancel {
            berth.cancel_booking(&third, Scope::Following, now())
        } else {
            berth.delete_booking(&third, Scope::Following, now())
        };
        let title = outcome.unwrap().operation.unwrap().title;
        assert!(title.ends_with("and all that follow"), "{title}");
        for (date, left) in [
            ("2026-09-22", 1),
            ("2026-09-29", 0),
            ("2026-10-06", 0),
            ("2027-01-05", 0),
        ] {
            assert_eq!(lines(&mut berth, date).len(), left, "{date}");
        }
        berth.undo(now()).unwrap();
        assert_eq!(lines(&mut berth, "2027-01-05").len(), 1);
        assert_eq!(
            lines(&mut berth, "2026-10-06"),
            ["Wed 7 14:00–15:00 backup test"]
        );
    }
}
