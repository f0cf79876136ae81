//! Why there is no slot.

use chrono::Weekday;

use super::given::*;
use super::*;
use crate::window::Effect;

#[test]
fn nothing_fits() {
    let staging = [place(STAGING)];
    let hours = TimeDelta::hours;
    let four = search(&staging);
    let free = World::of(&[]);
    let whole_week = World::of(&[hold(QA, "13 09:00", "20 17:00")]);
    let freeze = |end| window(Effect::Freeze, "quarter end", "13 00:00", end);
    let other = window(Effect::Freeze, "", "16 00:00", "20 00:00");
    let allow = |title, start, end| window(Effect::Allow, title, start, end);
    let weekdays = Days::Weekdays(vec![Weekday::Sat, Weekday::Sun]);
    let weekend = Daily {
        hours: Hours::from_minutes(540, 1080),
        days: weekdays,
    };
    for (what, world, search, expected) in [
        (
            "a short range",
            &free,
            Search {
                range: range("17 09:00", "17 12:00"),
                ..four.clone()
            },
            "Thu 17 Sep 09:00–12:00 is shorter than 4 h",
        ),
        (
            "hours too few",
            &free,
            Search {
                within: daily(9, 12),
                ..four.clone()
            },
            "no stretch of 4 h between 09:00 and 12:00",
        ),
        (
            "evening hours",
            &free,
            Search {
                within: daily(21, 24),
                ..four.clone()
            },
            "no stretch of 4 h between 21:00 and 24:00",
        ),
        (
            "no such day",
            &free,
            Search {
                within: Some(weekend),
                ..four.clone()
            },
            "no stretch of 4 h between 09:00 and 18:00 on Sat and Sun",
        ),
        (
            "whole days in hours",
            &free,
            Search {
                within: daily(9, 18),
                length: Length::Days(1),
                ..four.clone()
            },
            "no stretch of 1 whole day between 09:00 and 18:00",
        ),
        (
            "one who holds it all",
            &whole_week,
            four.clone(),
            "staging is held by QA until Sun 20 Sep 17:00",
        ),
        (
            "frozen",
            &World::of(&[]).with(&[freeze("20 00:00")]),
            four.clone(),
            "the freeze \"quarter end\" covers all of it",
        ),
        (
            "frozen twice",
            &World::of(&[]).with(&[freeze("17 00:00"), other.clone()]),
            four.clone(),
            "the freezes \"quarter end\" cover all of it",
        ),
        (
            "frozen but for an hour",
            &World::of(&[]).with(&[freeze("15 23:00"), other]),
            four.clone(),
            "staging is frozen (\"quarter end\"); the longest stretch left is 1 h (Tue 15 Sep 23:00–24:00)",
        ),
        (
            "windows too short",
            &World::of(&[]).with(&[
                allow("night", "15 22:00", "15 24:00"),
                allow("", "16 22:00", "16 23:00"),
            ]),
            four.clone(),
            "staging allows deployments only in its windows (\"night\"), where the longest stretch is 2 h (Tue 15 Sep 22:00–24:00)",
        ),
        (
            "windows at other times",
            &World::of(&[]).with(&[allow("", "2 22:00", "3 04:00")]),
            four.clone(),
            "staging allows deployments only in its windows, and none is in this time",
        ),
        (
            "those who are certain hold it, whoever else is there",
            &World::of(&[
                Hold {
                    confirmed: false,
                    ..hold(PERF, "14 09:00", "15 17:00")
                },
                hold(QA, "13 09:00", "18 22:00"),
            ]),
            Search {
                length: Length::Time(hours(3)),
                ..four.clone()
            },
            "staging is held by QA until Fri 18 Sep 22:00; the longest free stretch is 2 h (Fri 18 Sep 22:00–24:00)",
        ),
    ] {
        check(what, world, &search, &format!("none: {expected}"));
    }
    let evening = Search {
        within: daily(21, 24),
        ..four
    };
    free.around(|around, names| {
        let obstacle = slots(&evening, around).unwrap_err();
        let american = crate::words::Phrasing {
            hour12: true,
            ..phrasing()
        };
        assert_eq!(
            obstacle.words(names, american),
            "no stretch of 4 h between 9:00 pm and midnight"
        );
    });
}
