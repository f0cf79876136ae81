//! Why there is no slot.

use chrono::Weekday;

use super::given::*;
use super::*;
use crate::Window;
use crate::window::Effect;

#[track_caller]
fn none(what: &str, world: &World, search: &Search, expected: &str) {
    check(what, world, search, &format!("none: {expected}"));
}

#[test]
fn what_is_asked_for_leaves_nothing() {
    let staging = [place(STAGING)];
    let four = search(&staging);
    let weekdays = Days::Weekdays(vec![Weekday::Sat, Weekday::Sun]);
    let weekend = Daily {
        hours: Hours::from_minutes(540, 1080),
        days: weekdays,
    };
    let within = |within| Search {
        within,
        ..four.clone()
    };
    for (search, expected) in [
        (
            Search {
                range: range("17 09:00", "17 12:00"),
                ..four.clone()
            },
            "Thu 17 Sep 09:00–12:00 is shorter than 4 h",
        ),
        (
            within(daily(9, 12)),
            "no stretch of 4 h between 09:00 and 12:00",
        ),
        (
            within(daily(21, 24)),
            "no stretch of 4 h between 21:00 and 24:00",
        ),
        (
            within(Some(weekend)),
            "no stretch of 4 h between 09:00 and 18:00 on Sat and Sun",
        ),
        (
            Search {
                length: Length::Days(1),
                ..within(daily(9, 18))
            },
            "no stretch of 1 whole day between 09:00 and 18:00",
        ),
    ] {
        none("free, but", &World::of(&[]), &search, expected);
    }
    World::of(&[]).around(|around, names| {
        let obstacle = slots(&within(daily(21, 24)), around).unwrap_err();
        let american = crate::words::Phrasing {
            hour12: true,
            ..phrasing()
        };
        let words = obstacle.words(names, american);
        assert_eq!(words, "no stretch of 4 h between 9:00 pm and midnight");
    });
}

#[test]
fn windows_leave_nothing() {
    let freeze = |end| window(Effect::Freeze, "quarter end", "13 00:00", end);
    let other = || window(Effect::Freeze, "", "16 00:00", "20 00:00");
    let allow = |title, start, end| window(Effect::Allow, title, start, end);
    let cases: [(&str, &[Window], &str); 5] = [
        (
            "all of it",
            &[freeze("20 00:00")],
            "the freeze \"quarter end\" covers all of it",
        ),
        (
            "two together",
            &[freeze("17 00:00"), other()],
            "the freezes \"quarter end\" cover all of it",
        ),
        (
            "but for an hour",
            &[freeze("15 23:00"), other()],
            "staging is frozen (\"quarter end\"); the longest stretch left is 1 h (Tue 15 Sep 23:00–24:00)",
        ),
        (
            "too short",
            &[
                allow("night", "15 22:00", "15 24:00"),
                allow("", "16 22:00", "16 23:00"),
            ],
            "staging allows deployments only in its windows (\"night\"), where the longest stretch is 2 h (Tue 15 Sep 22:00–24:00)",
        ),
        (
            "at other times",
            &[allow("", "2 22:00", "3 04:00")],
            "staging allows deployments only in its windows, and none is in this time",
        ),
    ];
    let staging = [place(STAGING)];
    for (what, windows, expected) in cases {
        none(
            what,
            &World::of(&[]).with(windows),
            &search(&staging),
            expected,
        );
    }
}

#[test]
fn others_leave_nothing() {
    let staging = [place(STAGING)];
    let four = search(&staging);
    let whole_week = World::of(&[hold(QA, "13 09:00", "20 17:00")]);
    none(
        "one holds it",
        &whole_week,
        &four,
        "staging is held by QA until Sun 20 Sep 17:00",
    );
    let tentative = Hold {
        confirmed: false,
        ..hold(PERF, "14 09:00", "15 17:00")
    };
    none(
        "those who are certain, whoever else is there",
        &World::of(&[tentative, hold(QA, "13 09:00", "18 22:00")]),
        &Search {
            length: Length::Time(TimeDelta::hours(3)),
            ..four
        },
        "staging is held by QA until Fri 18 Sep 22:00; the longest free stretch is 2 h (Fri 18 Sep 22:00–24:00)",
    );
}
