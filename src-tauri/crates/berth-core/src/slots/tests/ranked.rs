//! Which slots are found, in which order, and what is said about them.

use chrono::Weekday;

use super::given::*;
use super::*;
use crate::window::Effect;

#[test]
fn the_next_free_ones() {
    let staging = [place(STAGING)];
    let week = World::of(&[
        hold(QA, "14 00:00", "17 09:00"),
        hold(PERF, "17 09:00", "17 13:00"),
        Hold {
            clean_up: 7200,
            ..hold(PERF, "18 09:00", "18 13:00")
        },
    ]);
    let day = Search {
        within: daily(8, 20),
        count: 2,
        ..search(&staging)
    };
    check(
        "as in the words of a conflict",
        &week,
        &day,
        "Thu 17 Sep 13:00–17:00 (free) · Fri 18 Sep 15:00–19:00 (after Perf's clean-up)",
    );
    check(
        "from the end",
        &week,
        &Search {
            order: Order::Latest,
            ..day.clone()
        },
        "Fri 18 Sep 16:00–20:00 (free) · Thu 17 Sep 16:00–20:00 (free)",
    );
    check(
        "but half an hour away from a clean-up is better",
        &week,
        &Search {
            range: range("18 10:00", "18 24:00"),
            length: Length::Time(TimeDelta::minutes(30)),
            ..day.clone()
        },
        "Fri 18 Sep 15:30–16:00 (free) · Fri 18 Sep 15:00–15:30 (after Perf's clean-up)",
    );
    check(
        "earlier ones first",
        &week,
        &Search {
            range: range("18 00:00", "18 24:00"),
            length: Length::Time(TimeDelta::hours(2)),
            ..day
        },
        "Fri 18 Sep 15:00–17:00 (after Perf's clean-up) · Fri 18 Sep 17:00–19:00 (free)",
    );
}

#[test]
fn buffers_of_both() {
    let hour = |place: Place| {
        [Place {
            set_up: 3600,
            clean_up: 1800,
            ..place
        }]
    };
    let staging = hour(place(STAGING));
    let world = World::of(&[
        Hold {
            clean_up: 3600,
            ..hold(PERF, "14 00:00", "17 09:00")
        },
        Hold {
            set_up: 1800,
            ..hold(QA, "17 16:00", "18 24:00")
        },
    ]);
    let four = search(&staging);
    check(
        "nine to ten, ten to eleven",
        &world,
        &four,
        "Thu 17 Sep 11:00–15:00 (after Perf's clean-up, before QA's set-up)",
    );
    let more = Search {
        length: Length::Time(TimeDelta::minutes(241)),
        ..four
    };
    check(
        "a minute more",
        &world,
        &more,
        "none: staging is held by Perf and QA until Sat 19 Sep 00:00; the longest free stretch is 4 h (Thu 17 Sep 11:00–15:00)",
    );
}

#[test]
fn tentative_bookings_are_avoided_then_asked() {
    let staging = [place(STAGING)];
    let maybe = |team, start, end| Hold {
        confirmed: false,
        ..hold(team, start, end)
    };
    let world = World::of(&[
        maybe(QA, "14 00:00", "15 18:00"),
        maybe(PERF, "15 14:00", "15 16:00"),
        hold(INFRA, "15 18:00", "17 12:00"),
    ]);
    let week = Search {
        within: daily(9, 18),
        ..search(&staging)
    };
    check(
        "free ones first",
        &world,
        &week,
        "Thu 17 Sep 12:00–16:00 (free) · Fri 18 Sep 09:00–13:00 (free) · Fri 18 Sep 13:00–17:00 (free)",
    );
    check(
        "then those where somebody yields",
        &world,
        &Search {
            count: 6,
            ..week.clone()
        },
        "Thu 17 Sep 12:00–16:00 (free) · Fri 18 Sep 09:00–13:00 (free) · Fri 18 Sep 13:00–17:00 (free) · \
         Mon 14 Sep 09:00–13:00 (if QA's tentative booking yields) · Mon 14 Sep 13:00–17:00 (if QA's tentative booking yields) · \
         Tue 15 Sep 09:00–13:00 (if QA's tentative booking yields)",
    );
    check(
        "of both",
        &world,
        &Search {
            range: range("15 13:00", "15 18:00"),
            ..week
        },
        "Tue 15 Sep 13:00–17:00 (if QA's and Perf's tentative bookings yield)",
    );
}

#[test]
fn shared_units() {
    let one = |team, start, end| Hold {
        environment: INTEGRATION,
        units: NonZeroU32::new(1),
        ..hold(team, start, end)
    };
    let world = World::of(&[
        one(QA, "14 00:00", "17 12:00"),
        one(PERF, "16 00:00", "18 06:00"),
    ]);
    let alone = [place(INTEGRATION)];
    let shared = [Place {
        units: NonZeroU32::new(1),
        ..alone[0]
    }];
    let too_many = [Place {
        units: NonZeroU32::new(3),
        ..alone[0]
    }];
    check(
        "one unit beside QA's",
        &world,
        &Search {
            count: 1,
            ..search(&shared)
        },
        "Mon 14 Sep 00:00–04:00 (free)",
    );
    check(
        "all of it",
        &world,
        &Search {
            count: 1,
            ..search(&alone)
        },
        "Fri 18 Sep 06:00–10:00 (free)",
    );
    check(
        "more than there are",
        &world,
        &search(&too_many),
        "none: integration has 2 units, not 3",
    );
}

#[test]
fn several_environments_at_once() {
    let world = World::of(&[
        hold(QA, "14 00:00", "16 12:00"),
        Hold {
            environment: PRODUCTION,
            clean_up: 3600,
            ..hold(PERF, "16 00:00", "17 10:00")
        },
    ]);
    let both = [place(STAGING), place(PRODUCTION)];
    let first = Search {
        count: 1,
        ..search(&both)
    };
    check(
        "both",
        &world,
        &first,
        "Thu 17 Sep 11:00–15:00 (after Perf's clean-up)",
    );
    let early = Search {
        range: range("14 00:00", "17 12:00"),
        ..first
    };
    check(
        "never together",
        &world,
        &early,
        "none: staging and production are free for long enough, but never at the same time",
    );
}

/// "2 h between 20:00 and 24:00 this week, not within 48 h of another deployment."
#[test]
fn evenings_far_from_deployments() {
    let staging = [place(STAGING)];
    let two_hours = Length::Time(TimeDelta::hours(2));
    let evenings = Search {
        within: daily(20, 24),
        apart: TimeDelta::hours(48),
        length: two_hours,
        ..search(&staging)
    };
    let world = World::of(&[hold(PERF, "15 21:00", "15 22:00")]);
    check(
        "two days after",
        &world,
        &evenings,
        "Thu 17 Sep 22:00–24:00 (free) · Fri 18 Sep 20:00–22:00 (free) · Fri 18 Sep 22:00–24:00 (free)",
    );
    let often = World::of(&[
        hold(PERF, "15 21:00", "15 22:00"),
        hold(QA, "18 10:00", "18 11:00"),
    ]);
    check(
        "never far enough",
        &often,
        &evenings,
        "none: whatever is free is less than 2 days from a deployment (Perf, Tue 15 Sep 21:00–22:00)",
    );
}

/// "4 h on Tue and on Wed": each on its day, and apart from each other.
#[test]
fn one_slot_on_each_day() {
    let staging = [place(STAGING)];
    let dates = ["2026-09-15", "2026-09-16"].map(|text| text.parse().unwrap());
    let week = Search {
        within: daily(9, 18),
        count: 1,
        ..search(&staging)
    };
    let told = |world: &World, search: &Search| {
        world.around(|around, names| {
            let found = slots_on(search, around, &dates);
            let lines: Vec<_> = found.iter().map(|(_, found)| say(found, names)).collect();
            lines.join(" | ")
        })
    };
    let world = World::of(&[hold(QA, "16 08:00", "16 11:00")]);
    assert_eq!(
        told(&world, &week),
        "Tue 15 Sep 09:00–13:00 (free) | Wed 16 Sep 11:00–15:00 (free)"
    );
    let apart = Search {
        apart: TimeDelta::hours(24),
        ..week.clone()
    };
    assert_eq!(
        told(&World::of(&[]), &apart),
        "Tue 15 Sep 09:00–13:00 (free) | Wed 16 Sep 13:00–17:00 (free)"
    );
    let far = Search {
        apart: TimeDelta::hours(30),
        ..week
    };
    assert_eq!(
        told(&World::of(&[]), &far),
        "Tue 15 Sep 09:00–13:00 (free) | none: whatever is free is less than 1 day 6 h from a deployment (Infra, Tue 15 Sep 09:00–13:00)"
    );
}

#[test]
fn preferred_hours_come_first() {
    let staging = [place(STAGING)];
    let world = World::of(&[
        hold(QA, "14 00:00", "17 15:00"),
        hold(QA, "18 06:00", "18 17:00"),
    ]);
    check(
        "others are said to be outside",
        &world,
        &Search {
            preferred: daily(9, 18),
            ..search(&staging)
        },
        "Thu 17 Sep 15:00–19:00 (free, outside the preferred hours) · Thu 17 Sep 19:00–23:00 (free, outside the preferred hours) · \
         Thu 17 Sep 23:00 – Fri 18 Sep 03:00 (free, outside the preferred hours)",
    );
    let two = Search {
        preferred: daily(9, 18),
        length: Length::Time(TimeDelta::hours(2)),
        count: 2,
        ..search(&staging)
    };
    check(
        "the only one inside",
        &world,
        &two,
        "Thu 17 Sep 15:00–17:00 (free) · Thu 17 Sep 17:00–19:00 (free, outside the preferred hours)",
    );
}

#[test]
fn days_of_the_week_and_nights() {
    let staging = [place(STAGING)];
    let nights = |days| Daily {
        hours: Hours::from_minutes(22 * 60, 6 * 60),
        days,
    };
    let on = |days| Search {
        within: Some(nights(days)),
        count: 3,
        ..search(&staging)
    };
    check(
        "a night belongs to the day it begins on",
        &World::of(&[]),
        &on(Days::Weekdays(vec![Weekday::Tue])),
        "Tue 15 Sep 22:00 – Wed 16 Sep 02:00 (free) · Wed 16 Sep 02:00–06:00 (free)",
    );
    let whole = Daily {
        hours: None,
        days: Days::Weekdays(vec![Weekday::Wed, Weekday::Thu]),
    };
    check(
        "days one after the other are one stretch",
        &World::of(&[hold(QA, "16 00:00", "16 22:00")]),
        &Search {
            within: Some(whole),
            count: 1,
            ..search(&staging)
        },
        "Wed 16 Sep 22:00 – Thu 17 Sep 02:00 (free)",
    );
}

#[test]
fn whole_days() {
    let staging = [place(STAGING)];
    let two = Search {
        length: Length::Days(2),
        count: 1,
        ..search(&staging)
    };
    let world = World::of(&[hold(QA, "14 12:00", "14 13:00")]);
    check(
        "from midnight",
        &world,
        &two,
        "Tue 15 Sep 00:00 – Wed 16 Sep 24:00 (free)",
    );
    check(
        "the last",
        &world,
        &Search {
            order: Order::Latest,
            ..two.clone()
        },
        "Thu 17 Sep 00:00 – Fri 18 Sep 24:00 (free)",
    );
    let world = World::of(&[
        hold(QA, "15 12:00", "15 13:00"),
        hold(QA, "17 12:00", "17 13:00"),
    ]);
    check(
        "none",
        &world,
        &two,
        "none: staging is held by QA until Thu 17 Sep 13:00; the longest free stretch is 1 day 23 h (Tue 15 Sep 13:00 – Thu 17 Sep 12:00)",
    );
}

/// "From now on" is at the next quarter; right after others is right after others.
#[test]
fn where_slots_begin() {
    let staging = [place(STAGING)];
    let now = Search {
        range: range("17 10:07", "17 24:00"),
        count: 2,
        ..search(&staging)
    };
    check(
        "now",
        &World::of(&[]),
        &now,
        "Thu 17 Sep 10:15–14:15 (free) · Thu 17 Sep 14:15–18:15 (free)",
    );
    let world = World::of(&[hold(QA, "17 09:00", "17 10:40")]);
    check(
        "after QA",
        &world,
        &now,
        "Thu 17 Sep 10:40–14:40 (free) · Thu 17 Sep 14:45–18:45 (free)",
    );
    let world = World::of(&[hold(QA, "17 14:10", "18 00:00")]);
    check(
        "where only that is right",
        &world,
        &now,
        "Thu 17 Sep 10:07–14:07 (free)",
    );
    let latest = Search {
        range: range("17 10:00", "17 20:20"),
        order: Order::Latest,
        ..now
    };
    check(
        "before",
        &World::of(&[]),
        &latest,
        "Thu 17 Sep 16:15–20:15 (free) · Thu 17 Sep 12:15–16:15 (free)",
    );
}

#[test]
fn windows_decide() {
    let staging = [place(STAGING)];
    let windows = [
        window(Effect::Allow, "", "14 20:00", "15 06:00"),
        window(Effect::Allow, "", "16 20:00", "17 06:00"),
        window(Effect::Freeze, "", "14 00:00", "15 03:00"),
    ];
    let world = World::of(&[]).with(&windows);
    let deploy = Search {
        count: 2,
        ..search(&staging)
    };
    check(
        "open and not frozen",
        &world,
        &deploy,
        "Wed 16 Sep 20:00–24:00 (free) · Thu 17 Sep 00:00–04:00 (free)",
    );
    let test = Search {
        kind: Kind::Test,
        count: 1,
        ..deploy
    };
    check(
        "another kind",
        &world,
        &test,
        "Mon 14 Sep 00:00–04:00 (free)",
    );
}

#[test]
fn a_plan_is_not_in_its_own_way() {
    let staging = [place(STAGING)];
    let plan = NonZeroU32::new(7);
    let world = World::of(&[Hold {
        plan,
        ..hold(QA, "14 00:00", "18 24:00")
    }]);
    let step = Search {
        plan,
        count: 1,
        ..search(&staging)
    };
    check(
        "a step of it",
        &world,
        &step,
        "Mon 14 Sep 00:00–04:00 (free)",
    );
    let stranger = Search {
        plan: NonZeroU32::new(8),
        ..step
    };
    check(
        "another plan",
        &world,
        &stranger,
        "none: staging is held by QA until Sat 19 Sep 00:00",
    );
}

/// "2 h on production for Infra and Perf": both must have time.
#[test]
fn teams_that_take_part() {
    let world = World::of(&[
        hold(INFRA, "14 00:00", "15 10:00"),
        hold(PERF, "15 08:00", "16 12:00"),
    ]);
    let production = [place(PRODUCTION)];
    let teams = [INFRA, PERF];
    let together = Search {
        busy: &teams,
        count: 1,
        ..search(&production)
    };
    let expected = "Wed 16 Sep 12:00–16:00 (free)";
    check("when both have time", &world, &together, expected);
    let own = Search {
        busy: &teams[..1],
        range: range("14 00:00", "15 12:00"),
        ..together.clone()
    };
    check(
        "never",
        &world,
        &own,
        "none: Infra is busy elsewhere; the longest stretch that it has time is 2 h (Tue 15 Sep 10:00–12:00)",
    );
    let dates = [14, 16].map(|day| chrono::NaiveDate::from_ymd_opt(2026, 9, day).unwrap());
    let told = world.around(|around, names| {
        let each = slots_on(&together, around, &dates).into_iter();
        each.map(|(_, found)| say(&found, names))
            .collect::<Vec<_>>()
    });
    assert!(
        told[0].starts_with("none: Infra is busy elsewhere"),
        "{told:?}"
    );
    assert_eq!(told[1], expected);
}
