//! Random weeks, through the file and the use cases, against the rules 1 to 14 of the domain written
//! down as plainly as possible: every quarter of an hour is looked at, with everybody who could be
//! there. The oracle shares nothing with the program but chrono's zones.

mod calendars;
mod given;
mod oracle;

use berth_core::{EnvironmentId, Timestamp};
use chrono::TimeDelta;
use proptest::prelude::*;

use self::given::{ENVIRONMENTS, Given, QUARTER, Week, any_given, any_week, holding};
use self::oracle::{Accepted, Told, oracle, snapshot};
use crate::wire::{BookingRef, Conflict, Move, Scope};
use crate::{Berth, Filter, Outlook};

/// What Berth says about a week, in the words of the oracle.
fn told(berth: &mut Berth, week: &Week) -> Vec<Told> {
    let (from, to) = week.range();
    let found = berth
        .conflicts(from, to, &Filter::default(), week.now())
        .unwrap();
    in_order(found.iter().map(Told::from))
}

fn in_order(told: impl Iterator<Item = Told>) -> Vec<Told> {
    let mut told: Vec<Told> = told.collect();
    told.sort();
    told
}

/// Those that an occurrence of the booking is part of which has not ended.
fn of_booking(found: &[Conflict], id: &str, now: Timestamp) -> Vec<Told> {
    let has = |one: &&Conflict| {
        let mut members = one.bookings.iter();
        members.any(|member| member.reference.id == id && member.end > now.millis())
    };
    in_order(found.iter().filter(has).map(Told::from))
}

fn check_week(week: &Week) -> Result<(), TestCaseError> {
    let mut berth = holding(week);
    prop_assert_eq!(told(&mut berth, week), oracle(week, &Accepted::of(week)));
    Ok(())
}

/// What is said of one edited booking, before it is saved and after, is what a look at everything
/// says of it; and undo brings back what was.
fn check_edit(
    week: &Week,
    at: usize,
    (by, longer, environment): (i64, i64, usize),
    passed: i64,
) -> Result<(), TestCaseError> {
    let mut berth = holding(week);
    let before = told(&mut berth, week);
    let Some(slot) = slot(&mut berth, week, at) else {
        return Ok(());
    };
    let now = week.at(passed);
    let start = slot.1 + by * QUARTER * 1000;
    let to = Move {
        scope: if slot.0.recurrence_id.is_some() {
            Scope::This
        } else {
            Scope::All
        },
        reference: Some(slot.0),
        environment_id: (environment + 1).to_string(),
        team_id: None,
        start,
        end: (slot.2 + (by + longer) * QUARTER * 1000).max(start + QUARTER * 1000),
    };
    let preview = berth.preview_move(&to, now).unwrap();
    prop_assert!(preview.start < preview.end, "some time is held");
    let outcome = berth.move_booking(&to, now).unwrap();
    let id = outcome.booking.as_ref().unwrap().id.clone();
    let (from, until) = week.range();
    let everything = berth
        .conflicts(from, until, &Filter::default(), now)
        .unwrap();
    let alone = in_order(outcome.conflicts.iter().map(Told::from));
    prop_assert_eq!(&alone, &of_booking(&everything, &id, now), "after the edit");
    let stretches = |all: &[Conflict]| {
        in_order(all.iter().map(|one| Told {
            members: vec![],
            ..Told::from(one)
        }))
    };
    prop_assert_eq!(
        stretches(&preview.conflicts),
        stretches(&outcome.conflicts),
        "before it"
    );
    if outcome.operation.is_some() {
        berth.undo(now).unwrap();
        prop_assert_eq!(told(&mut berth, week), before, "after undo");
    }
    Ok(())
}

/// What is ahead is the same whether months are looked at together, or hours one after another.
fn check_parts(week: &Week, hours: i64) -> Result<(), TestCaseError> {
    let mut berth = holding(week);
    let phrasing = berth.phrasing(week.now()).unwrap();
    let mut ahead = |step: TimeDelta| {
        let look = |reader: &berth_store::Reader<'_>| Outlook::look_by(reader, phrasing, step);
        berth.read(look).unwrap()
    };
    // Most of it is one week; the rest are series that go on.
    let parts = ahead(TimeDelta::hours(hours));
    prop_assert_eq!(parts, ahead(TimeDelta::weeks(30)));
    Ok(())
}

/// Some occurrence that blocks: what names it, start and end.
fn slot(berth: &mut Berth, week: &Week, at: usize) -> Option<(BookingRef, i64, i64)> {
    let (from, to) = week.range();
    let slots = berth.slots(from, to, &Filter::default()).unwrap();
    let slots: Vec<_> = slots.iter().filter(|one| one.booking.blocks()).collect();
    let one = slots.get(at % slots.len().max(1))?;
    let reference = BookingRef::new(one.booking.id, one.recurrence_id);
    Some((reference, one.start.millis(), one.end.millis()))
}

/// Accepting holds until a member changes; what a window forbids is allowed for good.
fn check_accepting(week: &Week, at: usize, edit: Edit) -> Result<(), TestCaseError> {
    let mut berth = holding(week);
    let mut accepted = Accepted::of(week);
    let all = oracle(week, &accepted);
    let Some(chosen) = all.get(at % all.len().max(1)) else {
        return Ok(());
    };
    let (from, to) = week.range();
    let found = berth
        .conflicts(from, to, &Filter::default(), week.now())
        .unwrap();
    let id = &found
        .iter()
        .find(|one| Told::from(*one) == *chosen)
        .unwrap()
        .id;
    berth.accept_conflict(id, "agreed", week.now()).unwrap();
    snapshot(week, chosen, &mut accepted);
    prop_assert_eq!(told(&mut berth, week), oracle(week, &accepted), "accepted");

    let mut changed = week.clone();
    let Some(given) = changed.bookings.get_mut(edit.booking) else {
        return Ok(());
    };
    edit.apply(given);
    given::rewrite(&mut berth, &changed);
    prop_assert_eq!(
        told(&mut berth, &changed),
        oracle(&changed, &accepted),
        "after a change"
    );
    Ok(())
}

/// One of two allow windows makes an exception already. Accepting once more adds nothing, so that the
/// other one still forbids the booking where only that applies.
#[test]
fn what_is_allowed_already_is_not_allowed_elsewhere() {
    let week = given::outside_two_windows();
    check_week(&week).unwrap();
    check_accepting(
        &week,
        0,
        Edit {
            booking: 0,
            what: 3,
        },
    )
    .unwrap();
}

/// A change that rule 13 names, or one that it does not.
#[derive(Debug, Clone, Copy)]
struct Edit {
    booking: usize,
    what: u8,
}

impl Edit {
    fn apply(self, given: &mut Given) {
        match self.what {
            0 => given.start += 1,
            1 => given.length += 1,
            2 => given.units = (given.units + 1) % 4,
            3 => given.environment = (given.environment + 1) % ENVIRONMENTS,
            4 => given.clean_up += 1,
            5 => given.team = (given.team + 1) % 3,
            _ => {}
        }
    }
}

fn any_edit() -> impl Strategy<Value = Edit> {
    (0..10_usize, 0..7_u8).prop_map(|(booking, what)| Edit { booking, what })
}

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig {
        max_shrink_iters: 4000,
        ..ProptestConfig::with_cases(cases)
    }
}

proptest! {
    #![proptest_config(cases(2_000))]

    #[test]
    fn a_week_has_the_conflicts_that_the_rules_say(week in any_week()) {
        check_week(&week)?;
    }
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn one_edit_says_what_a_look_at_everything_says(
        week in any_week(),
        at in 0..40_usize,
        change in (-30..30_i64, -4..8_i64, 0..ENVIRONMENTS),
        passed in prop_oneof![Just(-96_i64), 0..700_i64],
    ) {
        check_edit(&week, at, change, passed)?;
    }

    #[test]
    fn what_is_accepted_stays_so_until_a_member_changes(week in any_week(), at in 0..40_usize, edit in any_edit()) {
        check_accepting(&week, at, edit)?;
    }
}

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn in_parts_the_same_is_ahead(week in any_week(), hours in 5..200_i64) {
        check_parts(&week, hours)?;
    }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn two_calendars_with_the_same_events_are_one(
        week in any_week(),
        other in prop::collection::vec((0..10_usize, any_given(), -1..2_i64, -1..2_i64), 0..6),
    ) {
        calendars::check(&week, &other)?;
    }
}

proptest! {
    #![proptest_config(cases(100_000))]

    #[test]
    #[ignore = "minutes long: before a release"]
    fn a_hundred_thousand_weeks(week in any_week()) {
        check_week(&week)?;
    }

    #[test]
    #[ignore = "minutes long: before a release"]
    fn a_hundred_thousand_edits(
        week in any_week(),
        at in 0..40_usize,
        change in (-30..30_i64, -4..8_i64, 0..ENVIRONMENTS),
        passed in prop_oneof![Just(-96_i64), 0..700_i64],
        edit in any_edit(),
    ) {
        check_edit(&week, at, change, passed)?;
        check_accepting(&week, at, edit)?;
    }
}

/// The environment's row: they are put in order into an empty file.
fn environment(number: usize) -> EnvironmentId {
    EnvironmentId(number as i64 + 1)
}
