//! Free slots as a form asks for them.

use super::{begun, book, input, now};
use crate::Berth;
use crate::wire::{BookingInput, BookingRef, Kind, SlotAnswer, SlotQuery};

fn query(length: &str) -> SlotQuery {
    SlotQuery {
        input: input("1", "", "", ""),
        reference: None,
        environment_ids: vec!["1".into()],
        team_ids: Vec::new(),
        length: length.into(),
        from: "2026-09-14".into(),
        to: "2026-09-20".into(),
        hours: String::new(),
        weekdays: Vec::new(),
        each: false,
        apart: 0,
    }
}

fn find(berth: &mut Berth, query: &SlotQuery) -> SlotAnswer {
    berth.find_slots(query, now()).unwrap()
}

fn first(answer: &SlotAnswer) -> String {
    let slot = &answer.slots[0];
    format!("{} ({})", slot.text, slot.reason)
}

/// Perf holds staging on Thursday morning, and needs an hour after.
fn held() -> (tempfile::TempDir, Berth, BookingRef) {
    let (folder, mut berth) = begun();
    let perf = BookingInput {
        clean_up: Some(60),
        kind: Kind::Deploy,
        ..input("2", "tests", "2026-09-17T09:00", "2026-09-17T13:00")
    };
    let reference = book(&mut berth, &perf).booking.unwrap();
    (folder, berth, reference)
}

#[test]
fn times_as_a_form_takes_them() {
    let (_folder, mut berth, _) = held();
    let thursday = SlotQuery {
        from: "2026-09-17".into(),
        to: "2026-09-17".into(),
        hours: "09:00-18:00".into(),
        ..query("4h")
    };
    let found = find(&mut berth, &thursday);
    assert_eq!(
        first(&found),
        "Thu 17 Sep 14:00–18:00 (after Perf's clean-up)"
    );
    let slot = &found.slots[0];
    assert_eq!(
        (slot.start.as_str(), slot.end.as_str(), slot.all_day),
        ("2026-09-17T14:00", "2026-09-17T18:00", false)
    );
    // What the form says goes before what the environment says.
    let with_set_up = SlotQuery {
        input: BookingInput {
            set_up: Some(30),
            ..thursday.input.clone()
        },
        ..thursday.clone()
    };
    let none = find(&mut berth, &with_set_up);
    assert!(none.slots.is_empty());
    assert!(none.why[0].contains("staging is held by Perf"), "{none:?}");
    let days = find(
        &mut berth,
        &SlotQuery {
            from: "2026-09-16".into(),
            ..query("2d")
        },
    );
    assert_eq!(days.slots[0].text, "Fri 18 Sep – Sat 19 Sep");
    assert_eq!(
        (
            days.slots[0].start.as_str(),
            days.slots[0].end.as_str(),
            days.slots[0].all_day
        ),
        ("2026-09-18", "2026-09-19", true)
    );
}

#[test]
fn a_booking_is_not_in_its_own_way() {
    let (_folder, mut berth, perf) = held();
    let morning = SlotQuery {
        from: "2026-09-17".into(),
        to: "2026-09-17".into(),
        hours: "09:00-14:00".into(),
        ..query("5h")
    };
    assert!(find(&mut berth, &morning).slots.is_empty());
    let moved = SlotQuery {
        reference: Some(perf),
        ..morning
    };
    assert_eq!(
        first(&find(&mut berth, &moved)),
        "Thu 17 Sep 09:00–14:00 (free)"
    );
}

#[test]
fn one_on_each_day_far_from_deployments() {
    let (_folder, mut berth, _) = held();
    let each = SlotQuery {
        hours: "09:00-18:00".into(),
        weekdays: vec![2, 4],
        each: true,
        ..query("6h")
    };
    let found = find(&mut berth, &each);
    assert_eq!(first(&found), "Tue 15 Sep 09:00–15:00 (free)");
    assert_eq!(found.slots.len(), 1);
    assert!(
        found.why[0].starts_with("Thu 17 Sep: staging is held by Perf"),
        "{found:?}"
    );
    let apart = SlotQuery {
        from: "2026-09-16".into(),
        hours: "20:00-24:00".into(),
        apart: 48,
        ..query("2h")
    };
    assert_eq!(
        first(&find(&mut berth, &apart)),
        "Sat 19 Sep 20:00–22:00 (free)"
    );
}

#[test]
fn teams_are_asked_when_they_are_named() {
    let (_folder, mut berth, _) = held();
    let production = SlotQuery {
        environment_ids: vec!["2".into()],
        from: "2026-09-17".into(),
        hours: "09:00-18:00".into(),
        ..query("1h")
    };
    assert_eq!(
        first(&find(&mut berth, &production)),
        "Thu 17 Sep 09:00–10:00 (free)"
    );
    let with_perf = SlotQuery {
        team_ids: vec!["2".into()],
        ..production
    };
    assert_eq!(
        first(&find(&mut berth, &with_perf)),
        "Thu 17 Sep 13:00–14:00 (free)"
    );
}

#[test]
fn a_question_with_a_mistake_says_where() {
    let (_folder, mut berth, _) = held();
    let field = |berth: &mut Berth, query: &SlotQuery| {
        let answer = find(berth, query);
        assert!(answer.slots.is_empty() && answer.why.is_empty());
        answer.problems[0].field.clone()
    };
    assert_eq!(field(&mut berth, &query("soon")), "length");
    assert_eq!(field(&mut berth, &query("0m")), "length");
    let hours = SlotQuery {
        hours: "nine".into(),
        ..query("1h")
    };
    assert_eq!(field(&mut berth, &hours), "hours");
    let range = SlotQuery {
        to: "2026-09-01".into(),
        ..query("1h")
    };
    assert_eq!(field(&mut berth, &range), "to");
    let nowhere = SlotQuery {
        environment_ids: Vec::new(),
        ..query("1h")
    };
    let error = berth.find_slots(&nowhere, now()).unwrap_err();
    assert_eq!(error.code, crate::Code::NotFound);
}
