//! The corners of the rules, beside the vectors.

use super::ConflictKind::{Buffer, Overlap};
use super::Severity::{Error, Info, Warning};
use super::*;

#[test]
fn buffers_add_up() {
    let perf = hold(PERF, "18 09:00", "18 11:00").clean_up(1);
    let infra = |start| hold(INFRA, start, "18 18:00").set_up(1);
    check("two hours between", &[perf, infra("18 13:00")], &[]);
    check(
        "less",
        &[perf, infra("18 12:30")],
        &[(Buffer, Warning, "18 11:30", "18 12:00", &[0, 1])],
    );
    // From 10:30 the cores fit and the footprints do not; the overlap of cores comes after, and
    // the rest of the clean-up lies inside it or beside it.
    check(
        "cores overlap as well",
        &[perf, infra("18 10:30")],
        &[
            (Buffer, Warning, "18 09:30", "18 10:30", &[0, 1]),
            (Overlap, Error, "18 10:30", "18 11:00", &[0, 1]),
            (Buffer, Warning, "18 11:00", "18 12:00", &[0, 1]),
        ],
    );
    let own = hold(PERF, "18 11:30", "18 12:00");
    check(
        "own team",
        &[perf, own],
        &[(Buffer, Info, "18 11:30", "18 12:00", &[0, 1])],
    );
}

#[test]
fn more_units_than_there_are() {
    let three = hold(QA, "17 09:00", "17 12:00").on(INTEGRATION).units(3);
    let alone: &[Expected] = &[(Overlap, Warning, "17 09:00", "17 12:00", &[0])];
    check("alone", &[three], alone);
    check(
        "its buffers are no conflict",
        &[three.set_up(1).clean_up(1)],
        alone,
    );
    check("two units fit", &[three.units(2)], &[]);
    check("in a plan", &[three.plan(1)], alone);
    let step = hold(APP, "17 10:00", "17 11:00")
        .on(INTEGRATION)
        .units(1)
        .plan(1);
    check("beside its own plan", &[three.plan(1), step], alone);
    let own = hold(QA, "17 11:00", "17 12:00").on(INTEGRATION).units(1);
    check(
        "beside its own team",
        &[three, own],
        &[
            (Overlap, Warning, "17 09:00", "17 11:00", &[0]),
            (Overlap, Warning, "17 11:00", "17 12:00", &[0, 1]),
        ],
    );
}

#[test]
fn no_length_no_conflict() {
    let busy = hold(PERF, "17 09:00", "17 13:00");
    check(
        "inside another",
        &[
            busy,
            hold(INFRA, "17 10:00", "17 10:00").set_up(1).clean_up(1),
        ],
        &[],
    );
    check(
        "backwards",
        &[busy, hold(INFRA, "17 12:00", "17 10:00")],
        &[],
    );
    check("nothing at all", &[], &[]);
}

#[test]
fn stretches_with_the_same_members_are_one() {
    let long = hold(QA, "15 09:00", "17 17:00");
    let with_buffer = hold(PERF, "15 10:00", "15 12:00");
    let third = hold(INFRA, "15 13:00", "15 14:00").set_up(2);
    check(
        "a footprint that begins inside an overlap does not cut it",
        &[long, with_buffer, third],
        &[
            (Overlap, Error, "15 10:00", "15 12:00", &[0, 1]),
            (Buffer, Warning, "15 12:00", "15 13:00", &[0, 2]),
            (Overlap, Error, "15 13:00", "15 14:00", &[0, 2]),
        ],
    );
    let handover = [
        hold(PERF, "15 10:00", "15 12:00"),
        hold(INFRA, "15 12:00", "15 14:00"),
    ];
    check(
        "a handover does",
        &[long, handover[0], handover[1]],
        &[
            (Overlap, Error, "15 10:00", "15 12:00", &[0, 1]),
            (Overlap, Error, "15 12:00", "15 14:00", &[0, 2]),
        ],
    );
    check(
        "cores that change inside one buffer conflict do not",
        &[
            hold(PERF, "15 10:00", "15 11:00").clean_up(1),
            hold(INFRA, "15 11:00", "15 12:00").set_up(1),
        ],
        &[(Buffer, Warning, "15 10:00", "15 12:00", &[0, 1])],
    );
}

#[test]
fn environments_are_apart_and_in_order() {
    let holds = [PRODUCTION, STAGING].map(|on| {
        [
            hold(INFRA, "17 09:00", "17 10:00").on(on),
            hold(PERF, "17 09:00", "17 10:00").on(on),
        ]
    });
    let found = conflicts(holds.as_flattened(), capacity);
    let order: Vec<_> = found
        .iter()
        .map(|c| (c.environment, c.members.as_slice()))
        .collect();
    assert_eq!(order, [(STAGING, &[2, 3][..]), (PRODUCTION, &[0, 1])]);
}

#[test]
fn an_environment_has_at_least_one_unit() {
    let holds = [
        hold(INFRA, "17 09:00", "17 10:00"),
        hold(PERF, "17 09:00", "17 10:00"),
    ];
    assert_eq!(conflicts(&holds, |_| 0), conflicts(&holds, |_| 1));
    assert_eq!(conflicts(&holds, |_| 0).len(), 1);
}

#[test]
fn the_ends_of_time() {
    let forever = Hold {
        start: Timestamp::MIN,
        end: Timestamp::MAX,
        ..hold(QA, "1 00:00", "1 00:00")
    };
    let forever = Hold {
        set_up: u32::MAX,
        clean_up: u32::MAX,
        ..forever
    };
    let found = conflicts(&[forever, hold(INFRA, "17 09:00", "17 10:00")], capacity);
    assert_eq!(found.len(), 1);
    assert_eq!(
        found[0].range,
        TimeRange::new(at("17 09:00"), at("17 10:00")).unwrap()
    );
}

/// A preview costs what lies around it, and its index is the one after all others.
#[test]
fn a_preview_names_only_its_own_conflicts() {
    let mut others = quiet_week();
    others.push(hold(QA, "15 09:00", "15 10:00"));
    let one = hold(QA, "17 12:00", "17 14:00");
    let found = conflicts_with(one, &others, capacity);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].members, [2, 5]);
    assert_eq!(
        conflicts_with(hold(QA, "17 13:00", "17 14:00"), &others, capacity),
        []
    );
    let too_large = one.on(INTEGRATION).units(3);
    assert_eq!(conflicts_with(too_large, &[], capacity)[0].members, [0]);
}
