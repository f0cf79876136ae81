//! Freezes and allow windows: the vectors 18 to 21, and the corners of rules 8 and 9.

use super::ConflictKind::{Freeze, OutsideWindow};
use super::*;
use crate::conflict::window::{WindowConflict, window_conflicts};
use crate::window::{BLOCKS, Effect, Schedule};
use crate::{Kind, Recurrence, Rule, When, Window, WindowId};

/// A window over production.
fn window(effect: Effect, start: &str, end: &str) -> Window {
    let zone = Berlin;
    let (start, end) = (at(start).wall(zone), at(end).wall(zone));
    Window {
        id: WindowId(0),
        uid: String::new(),
        environments: vec![PRODUCTION],
        effect,
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

fn freeze(start: &str, end: &str) -> Window {
    window(Effect::Freeze, start, end)
}

fn allow(start: &str, end: &str) -> Window {
    window(Effect::Allow, start, end)
}

fn schedule(windows: &[Window]) -> Schedule {
    let september = TimeRange::new(at("1 00:00"), at("30 24:00")).unwrap();
    Schedule::new(windows, |_| Berlin, september)
}

/// Wed 22:00–24:00 on production.
fn night() -> Hold {
    hold(APP, "16 22:00", "16 24:00").on(PRODUCTION)
}

/// Which window the only hold is excepted from, if any.
type Excepted<'a> = &'a [u32];
/// Kind, start, end, windows, whether accepted.
type Expected<'a> = (ConflictKind, &'a str, &'a str, &'a [u32], bool);

#[track_caller]
fn check(
    what: &str,
    (kind, hold): (Kind, Hold),
    windows: &[Window],
    excepted: Excepted,
    expected: &[Expected],
) {
    let schedule = schedule(windows);
    let found = window_conflicts(&[hold], &[kind], &schedule, |_, window| {
        excepted.contains(&window)
    });
    let expected: Vec<_> = expected
        .iter()
        .map(|&(kind, start, end, windows, accepted)| WindowConflict {
            conflict: Conflict {
                environment: hold.environment,
                kind,
                severity: Severity::Error,
                range: TimeRange::new(at(start), at(end)).unwrap(),
                members: vec![0],
            },
            windows: windows.to_vec(),
            accepted,
        })
        .collect();
    assert_eq!(found, expected, "{what}");
}

#[test]
fn v18_to_v20_freeze() {
    let deploy = (Kind::Deploy, night());
    check("V18", deploy, &[freeze("17 00:00", "18 00:00")], &[], &[]);
    let evening = [freeze("16 18:00", "18 00:00")];
    let whole: &[Expected] = &[(Freeze, "16 22:00", "16 24:00", &[0], false)];
    check("V19", deploy, &evening, &[], whole);
    for kind in [Kind::Test, Kind::Maintenance, Kind::Watch] {
        check("V20", (kind, night()), &evening, &[], &[]);
    }
    check(
        "tentative",
        (Kind::Deploy, night().tentative()),
        &evening,
        &[],
        whole,
    );
    let elsewhere = (Kind::Deploy, night().on(STAGING));
    check("elsewhere", elsewhere, &evening, &[], &[]);
}

#[test]
fn v21_allow() {
    let deploy = (Kind::Deploy, night());
    let outside: &[Expected] = &[(OutsideWindow, "16 23:00", "16 24:00", &[0], false)];
    let early = allow("16 20:00", "16 23:00");
    check("V21", deploy, std::slice::from_ref(&early), &[], outside);
    check(
        "a test",
        (Kind::Test, night()),
        std::slice::from_ref(&early),
        &[],
        &[],
    );
    let late = allow("16 23:00", "17 01:00");
    check("a union", deploy, &[late.clone(), early.clone()], &[], &[]);
    check(
        "in two windows of ten minutes",
        deploy,
        &[allow("16 22:10", "16 22:20"), allow("16 22:20", "16 22:30")],
        &[],
        &[
            (OutsideWindow, "16 22:00", "16 22:10", &[0, 1], false),
            (OutsideWindow, "16 22:30", "16 24:00", &[0, 1], false),
        ],
    );
    check(
        "a window that is long over still restricts",
        deploy,
        &[allow("2 20:00", "2 23:00")],
        &[],
        &[(OutsideWindow, "16 22:00", "16 24:00", &[0], false)],
    );
}

#[test]
fn deny_beats_allow() {
    let both = [
        allow("16 20:00", "16 23:00"),
        freeze("16 22:30", "17 06:00"),
    ];
    check(
        "frozen inside the allowed hours, and outside them",
        (Kind::Deploy, night()),
        &both,
        &[],
        &[
            (Freeze, "16 22:30", "16 24:00", &[1], false),
            (OutsideWindow, "16 23:00", "16 24:00", &[0], false),
        ],
    );
}

#[test]
fn freezes_that_meet_are_one() {
    let hourly = |from, to| freeze(from, to);
    check(
        "adjacent and overlapping",
        (Kind::Deploy, night()),
        &[
            hourly("16 22:15", "16 22:30"),
            hourly("16 22:30", "16 23:00"),
            hourly("16 22:45", "16 23:15"),
            hourly("16 23:30", "17 00:00"),
            hourly("16 23:20", "16 23:20"),
        ],
        &[],
        &[
            (Freeze, "16 22:15", "16 23:15", &[0, 1, 2], false),
            (Freeze, "16 23:30", "16 24:00", &[3], false),
        ],
    );
}

#[test]
fn exceptions_accept() {
    let deploy = (Kind::Deploy, night());
    let evening = freeze("16 18:00", "18 00:00");
    check(
        "of the only freeze",
        deploy,
        std::slice::from_ref(&evening),
        &[0],
        &[(Freeze, "16 22:00", "16 24:00", &[0], true)],
    );
    let late = freeze("16 23:00", "18 00:00");
    check(
        "of one of two",
        deploy,
        &[evening.clone(), late.clone()],
        &[0],
        &[
            (Freeze, "16 22:00", "16 23:00", &[0], true),
            (Freeze, "16 23:00", "16 24:00", &[1], false),
        ],
    );
    check(
        "of both",
        deploy,
        &[evening, late],
        &[0, 1],
        &[(Freeze, "16 22:00", "16 24:00", &[0, 1], true)],
    );
    check(
        "of an allow window",
        deploy,
        &[allow("16 20:00", "16 23:00"), allow("15 20:00", "15 23:00")],
        &[1],
        &[(OutsideWindow, "16 23:00", "16 24:00", &[1], true)],
    );
}

#[test]
fn only_the_core_counts() {
    let morning = [
        freeze("17 00:00", "17 06:00"),
        allow("16 22:00", "16 24:00"),
    ];
    let wide = night().set_up(2).clean_up(2);
    check(
        "buffers in a freeze",
        (Kind::Deploy, wide),
        &morning,
        &[],
        &[],
    );
    let none = hold(APP, "17 03:00", "17 03:00").on(PRODUCTION);
    check("no length", (Kind::Deploy, none), &morning, &[], &[]);
    let backwards = hold(APP, "17 05:00", "17 03:00").on(PRODUCTION);
    check("backwards", (Kind::Deploy, backwards), &morning, &[], &[]);
}

/// Every Wednesday night is frozen; Berlin's clocks do not matter.
#[test]
fn a_recurring_freeze() {
    let weekly = Window {
        recurrence: Some(Recurrence {
            rule: Some(Rule::parse("FREQ=WEEKLY").unwrap()),
            ..Recurrence::default()
        }),
        ..freeze("2 23:00", "3 05:00")
    };
    let tuesday = hold(APP, "15 22:00", "15 24:00").on(PRODUCTION);
    let expected: &[Expected] = &[(Freeze, "16 23:00", "16 24:00", &[0], false)];
    check(
        "Wed",
        (Kind::Deploy, night()),
        std::slice::from_ref(&weekly),
        &[],
        expected,
    );
    check("Tue", (Kind::Deploy, tuesday), &[weekly], &[], &[]);
}

#[test]
fn in_order_of_time() {
    let holds = [
        night(),
        night().on(STAGING),
        hold(APP, "15 22:00", "15 24:00").on(PRODUCTION),
    ];
    let everywhere = Window {
        environments: vec![PRODUCTION, STAGING],
        ..freeze("1 00:00", "30 00:00")
    };
    let found = window_conflicts(
        &holds,
        &[Kind::Deploy; 3],
        &schedule(&[everywhere]),
        |_, _| false,
    );
    let order: Vec<_> = found.iter().map(|one| one.conflict.members[0]).collect();
    assert_eq!(order, [2, 1, 0]);
}

/// September is laid out; what lies before it is not known, and not called wrong.
#[test]
fn nothing_is_said_about_what_is_not_laid_out() {
    let over_midnight = Hold {
        start: wall(8, "31 22:00", Berlin),
        ..hold(APP, "1 00:00", "1 02:00").on(PRODUCTION)
    };
    check(
        "from the first on",
        (Kind::Deploy, over_midnight),
        &[allow("1 01:00", "1 06:00")],
        &[],
        &[(OutsideWindow, "1 00:00", "1 01:00", &[0], false)],
    );
}
