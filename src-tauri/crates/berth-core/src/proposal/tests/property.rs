//! Every proposal, carried out: what it solves is gone, and nothing comes that it did not name.

use chrono::TimeDelta;
use chrono_tz::{Europe::Berlin, Tz};
use proptest::prelude::*;

use super::*;
use crate::conflict::{ConflictKind, conflicts, window::window_conflicts};
use crate::slots::{Days, Hours};
use crate::window::{BLOCKS, Effect};
use crate::{TeamId, When, Window, WindowId};

const HOUR: i64 = 3600;
/// Thu 22 Oct 2026, 06:00 UTC: the clocks go back within the range.
const FIRST: i64 = 1_792_648_800;

fn hour(count: i64) -> Timestamp {
    Timestamp::from_seconds(FIRST + count * HOUR)
}

prop_compose! {
    fn any_hold()(
        environment in 0..2i64,
        team in 1..4i64,
        plan in prop_oneof![4 => Just(0), 1 => 1..3u32],
        start in 0..60i64,
        length in prop_oneof![1 => Just(0), 9 => 1..16i64],
        set_up in prop_oneof![2 => Just(0), 1 => 0..4u32],
        clean_up in prop_oneof![2 => Just(0), 1 => 0..4u32],
        units in 0..4u32,
        confirmed in prop::bool::weighted(0.7),
        deploys: bool,
    ) -> (Hold, Kind) {
        let hold = Hold {
            environment: EnvironmentId(environment),
            team: TeamId(team),
            plan: NonZeroU32::new(plan),
            start: hour(start),
            end: hour(start + length),
            set_up: set_up * HOUR as u32 / 2,
            clean_up: clean_up * HOUR as u32 / 2,
            units: NonZeroU32::new(units),
            confirmed,
        };
        (hold, if deploys { Kind::Deploy } else { Kind::Test })
    }
}

prop_compose! {
    fn any_window()(freeze in prop::bool::weighted(0.7), start in 0..100i64, length in 1..60i64) -> Window {
        let (start, end, zone) = (hour(start).wall(Tz::UTC), hour(start + length).wall(Tz::UTC), Tz::UTC);
        Window {
            id: WindowId(0),
            uid: String::new(),
            environments: vec![EnvironmentId(0)],
            effect: if freeze { Effect::Freeze } else { Effect::Allow },
            when: When::Timed { start, end, zone },
            recurrence: None,
            title: String::new(),
            blocks: BLOCKS.to_vec(),
            exceptions: vec![],
            sequence: 0,
            created: Timestamp::default(),
            modified: Timestamp::default(),
            calendar: None,
            source: None,
        }
    }
}

/// Environment, kind and members, as a set.
type Identity = (EnvironmentId, ConflictKind, Vec<u32>);

fn identity(conflict: &Conflict) -> Identity {
    let mut members = conflict.members.clone();
    members.sort_unstable();
    (conflict.environment, conflict.kind, members)
}

/// Everything that is wrong, by the rules alone.
fn wrong(question: &Question, holds: &[Hold]) -> Vec<Conflict> {
    let mut found = conflicts(holds, question.capacity);
    let windows = window_conflicts(holds, question.kinds, question.schedule, question.excepted);
    found.extend(
        windows
            .into_iter()
            .filter(|one| !one.accepted)
            .map(|one| one.conflict),
    );
    found
}

fn carried_out(question: &Question, proposal: &Proposal) -> Vec<Hold> {
    let mut holds = question.holds.to_vec();
    for change in &proposal.changes {
        let hold = &mut holds[change.hold as usize];
        *hold = Hold {
            start: change.range.start(),
            end: change.range.end(),
            units: change.units,
            ..*hold
        };
    }
    holds
}

/// Whether, half an hour by half an hour, all its members were in one conflict before.
fn was_there(before: &[Conflict], left: &Conflict) -> bool {
    let mut at = left.range.start();
    while at < left.range.end() {
        let known = before.iter().any(|one| {
            one.range.contains(at)
                && left
                    .members
                    .iter()
                    .all(|member| one.members.contains(member))
        });
        if !known {
            return false;
        }
        at = at + TimeDelta::minutes(30);
    }
    true
}

fn check(question: &Question, proposal: &Proposal) -> Result<(), TestCaseError> {
    let (before, after) = (
        wrong(question, question.holds),
        wrong(question, &carried_out(question, proposal)),
    );
    let solved = identity(question.conflict);
    prop_assert!(
        after.iter().all(|one| identity(one) != solved),
        "still there: {:?}",
        proposal
    );
    for one in &after {
        let old = before
            .iter()
            .any(|old| identity(old) == identity(one) && old.range == one.range);
        let named = proposal.causes.contains(one) || proposal.leaves.contains(one);
        prop_assert!(old != named, "{:?} of {:?}", one, proposal);
    }
    for one in proposal.causes.iter().chain(&proposal.leaves) {
        prop_assert!(
            after.contains(one),
            "{:?} is not there after {:?}",
            one,
            proposal
        );
    }
    prop_assert!(proposal.leaves.iter().all(|one| was_there(&before, one)));
    prop_assert!(!proposal.causes.iter().any(|one| was_there(&before, one)));
    for change in &proposal.changes {
        let hold = question.holds[change.hold as usize];
        let (core, range) = (TimeRange::new(hold.start, hold.end).unwrap(), change.range);
        prop_assert_eq!(change.units == hold.units, proposal.action != Action::Share);
        match proposal.action {
            Action::MoveMine | Action::MoveTheirs => {
                prop_assert_eq!(range.length(), core.length());
                prop_assert!(range.start() >= question.now && core.start() >= question.now);
                prop_assert!(range.end() <= question.until);
            }
            Action::Shorten => {
                prop_assert!(core.intersection(range) == Some(range) && core != range)
            }
            Action::Share => prop_assert_eq!(range, core),
            Action::Accept => prop_assert!(false, "accepting changes nothing"),
        }
        let mine = change.hold == question.mine;
        prop_assert!(
            mine != (proposal.action == Action::MoveTheirs) || proposal.action == Action::Share
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn does_what_it_says(
        held in prop::collection::vec(any_hold(), 2..9),
        windows in prop::collection::vec(any_window(), 0..3),
        excepted in prop::collection::hash_set((0..9u32, 0..3u32), 0..3),
        units in 1..4u32,
        now in -5..30i64,
        working: bool,
    ) {
        let (holds, kinds): (Vec<_>, Vec<_>) = held.into_iter().unzip();
        let schedule = Schedule::new(&windows, |_| Berlin, TimeRange::new(hour(-400), hour(800)).unwrap());
        let daily = Daily { hours: Hours::from_minutes(8 * 60, 20 * 60), days: Days::Any };
        let capacity = |id: EnvironmentId| if id.0 == 0 { 1 } else { units };
        let excepted = |hold, window| excepted.contains(&(hold, window));
        let any = Conflict {
            environment: EnvironmentId(0),
            kind: ConflictKind::Overlap,
            severity: crate::Severity::Info,
            range: TimeRange::new(hour(0), hour(1)).unwrap(),
            members: vec![],
        };
        let question = Question {
            conflict: &any,
            mine: 0,
            holds: &holds,
            kinds: &kinds,
            schedule: &schedule,
            capacity: &capacity,
            excepted: &excepted,
            whole_days: &|_| false,
            zone: Berlin,
            preferred: working.then_some(&daily),
            now: hour(now),
            until: hour(200),
        };
        for conflict in &wrong(&question, &holds) {
            for &mine in &conflict.members {
                let question = Question { conflict, mine, ..question };
                let found = proposals(&question);
                prop_assert_eq!(found.last().map(|one| one.action), Some(Action::Accept));
                for proposal in found.iter().filter(|one| !one.accepts()) {
                    check(&question, proposal)?;
                }
            }
        }
    }
}
