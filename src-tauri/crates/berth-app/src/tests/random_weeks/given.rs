//! A random week as plain numbers, and how it is written into the file.

use berth_core::time::Tz;
use berth_core::window::{Effect, Exception, Window, WindowId};
use berth_core::{Booking, Kind, Recurrence, Rule, Status, TeamId, Timestamp, Transparency, When};
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use proptest::prelude::*;

use super::environment;
use super::oracle::instant;
use crate::Berth;
use crate::booking::blank;
use crate::setup::{new_environment, new_team};
use crate::tests::options;

pub(super) const QUARTER: i64 = 900;
pub(super) const ENVIRONMENTS: usize = 3;
/// The third moves its clocks by half an hour.
pub(super) const ZONES: [Tz; 4] = [
    Tz::Europe__Berlin,
    Tz::America__New_York,
    Tz::Australia__Lord_Howe,
    Tz::UTC,
];
pub(super) const KINDS: [Kind; 3] = [Kind::Deploy, Kind::Test, Kind::Watch];

/// Times are quarters of an hour: on the wall, after the week's first midnight.
#[derive(Debug, Clone)]
pub(super) struct Week {
    pub(super) monday: NaiveDate,
    pub(super) capacities: [u32; ENVIRONMENTS],
    pub(super) bookings: Vec<Given>,
    pub(super) windows: Vec<Opened>,
    /// Window, booking, and the occurrence by its number where only that is meant.
    pub(super) exceptions: Vec<(usize, usize, Option<usize>)>,
}

#[derive(Debug, Clone)]
pub(super) struct Given {
    pub(super) environment: usize,
    pub(super) team: usize,
    /// 0 is none.
    pub(super) plan: u32,
    pub(super) start: i64,
    /// All-day ones are as many days.
    pub(super) length: i64,
    pub(super) all_day: bool,
    /// `ZONES`.
    pub(super) zone: usize,
    /// On how many days; 1 does not repeat.
    pub(super) days: usize,
    /// This occurrence is excluded.
    pub(super) excluded: Option<usize>,
    /// This one is moved by so many quarters.
    pub(super) moved: Option<(usize, i64)>,
    pub(super) set_up: i64,
    pub(super) clean_up: i64,
    /// 0 is exclusive.
    pub(super) units: u32,
    pub(super) status: Status,
    pub(super) transparent: bool,
    pub(super) kind: Kind,
}

#[derive(Debug, Clone)]
pub(super) struct Opened {
    pub(super) freeze: bool,
    pub(super) environments: Vec<usize>,
    pub(super) blocks: Vec<Kind>,
    pub(super) start: i64,
    pub(super) length: i64,
    pub(super) all_day: bool,
    pub(super) zone: usize,
    pub(super) days: usize,
    pub(super) excluded: Option<usize>,
}

impl Week {
    pub(super) fn wall(&self, quarters: i64) -> NaiveDateTime {
        self.monday.and_time(chrono::NaiveTime::MIN) + TimeDelta::seconds(quarters * QUARTER)
    }

    /// So many quarters after the first midnight in UTC.
    pub(super) fn at(&self, quarters: i64) -> Timestamp {
        Timestamp::from_seconds(self.wall(quarters).and_utc().timestamp())
    }

    /// Before anything in it.
    pub(super) fn now(&self) -> Timestamp {
        self.at(-200)
    }

    /// Everything in it.
    pub(super) fn range(&self) -> (Timestamp, Timestamp) {
        (self.at(-192), self.at(96 * 24))
    }

    pub(super) fn zone_of(&self, given: &Given) -> Tz {
        if given.all_day {
            ZONES[given.environment]
        } else {
            ZONES[given.zone]
        }
    }
}

impl Given {
    /// Where its `number`th occurrence starts by its rule.
    pub(super) fn original(&self, number: usize) -> i64 {
        let start = if self.all_day {
            self.start / 96 * 96
        } else {
            self.start
        };
        start + 96 * number as i64
    }

    pub(super) fn quarters(&self) -> i64 {
        if self.all_day {
            self.length % 3 * 96 + 96
        } else {
            self.length
        }
    }

    pub(super) fn shift(&self, number: usize) -> i64 {
        let by = self
            .moved
            .filter(|(moved, _)| *moved == number && self.days > 1)
            .map_or(0, |(_, by)| by);
        if self.all_day { by / 96 * 96 } else { by }
    }

    pub(super) fn is_moved(&self, number: usize) -> bool {
        self.days > 1 && self.moved.is_some_and(|(moved, _)| moved == number)
    }
}

pub(super) fn uid(booking: usize) -> String {
    format!("booking-{booking}")
}

/// An empty Berth with the week in it.
pub(super) fn holding(week: &Week) -> Berth {
    let mut berth = Berth::in_memory(options(std::path::Path::new("/nowhere"))).unwrap();
    prepare(&mut berth, week);
    rewrite(&mut berth, week);
    berth
}

/// Environments and teams.
pub(super) fn prepare(berth: &mut Berth, week: &Week) {
    berth
        .store
        .write_unrecorded(|writer| -> crate::Result<()> {
            for (number, capacity) in week.capacities.into_iter().enumerate() {
                let environment = new_environment(&format!("place{number}"), ZONES[number]);
                writer.put_environment(&berth_core::Environment {
                    capacity,
                    ..environment
                })?;
            }
            for team in 0..3 {
                writer.put_team(&new_team(&format!("team{team}"), &[]))?;
            }
            Ok(())
        })
        .unwrap();
}

/// Makes the bookings and windows those of the week; keeps who they are and what was allowed.
pub(super) fn rewrite(berth: &mut Berth, week: &Week) {
    berth
        .store
        .write_unrecorded(|writer| -> crate::Result<()> {
            for old in writer.all_bookings()? {
                writer.remove_booking(old.id)?;
            }
            for (number, given) in week.bookings.iter().enumerate() {
                for booking in rows(week, number, given) {
                    writer.put_booking(&booking)?;
                }
            }
            if writer.windows()?.is_empty() {
                put_windows(writer, week)?;
            }
            Ok(())
        })
        .unwrap();
}

pub(super) fn put_windows(writer: &mut berth_store::Writer<'_>, week: &Week) -> crate::Result<()> {
    for (number, opened) in week.windows.iter().enumerate() {
        writer.put_window(&window(week, number, opened))?;
    }
    Ok(())
}

fn when(week: &Week, all_day: bool, zone: usize, start: i64, quarters: i64) -> When {
    let (start, end) = (week.wall(start), week.wall(start + quarters));
    if all_day {
        When::AllDay {
            start: start.date(),
            end: end.date(),
        }
    } else {
        When::Timed {
            start,
            end,
            zone: ZONES[zone],
        }
    }
}

fn recurrence(days: usize, excluded: Option<NaiveDateTime>) -> Option<Recurrence> {
    let rule = Rule::parse(&format!("FREQ=DAILY;COUNT={days}")).unwrap();
    let excluded = excluded.into_iter().collect();
    (days > 1).then(|| Recurrence {
        rule: Some(rule),
        excluded,
        ..Recurrence::default()
    })
}

/// The booking, or the series and its moved occurrence.
fn rows(week: &Week, number: usize, given: &Given) -> Vec<Booking> {
    let excluded = given
        .excluded
        .map(|number| week.wall(given.original(number)));
    let series = Booking {
        uid: uid(number),
        environment: environment(given.environment),
        team: TeamId(given.team as i64 + 1),
        when: when(
            week,
            given.all_day,
            given.zone,
            given.original(0),
            given.quarters(),
        ),
        recurrence: recurrence(given.days, excluded),
        status: given.status,
        transparency: if given.transparent {
            Transparency::Transparent
        } else {
            Transparency::Opaque
        },
        units: (given.units > 0).then_some(given.units),
        set_up: TimeDelta::seconds(given.set_up * QUARTER),
        clean_up: TimeDelta::seconds(given.clean_up * QUARTER),
        kind: given.kind,
        plan: (given.plan > 0).then(|| format!("plan {}", given.plan)),
        ..blank(week.now())
    };
    let moved = (0..given.days).find(|&one| given.is_moved(one) && given.excluded != Some(one));
    let moved = moved.map(|one| Booking {
        recurrence: None,
        recurrence_id: Some(week.wall(given.original(one))),
        when: when(
            week,
            given.all_day,
            given.zone,
            given.original(one) + given.shift(one),
            given.quarters(),
        ),
        ..series.clone()
    });
    std::iter::once(series.clone()).chain(moved).collect()
}

fn window(week: &Week, number: usize, opened: &Opened) -> Window {
    let start = opened.first();
    let exceptions = week
        .exceptions
        .iter()
        .filter(|(window, ..)| *window == number);
    let excepted = exceptions.filter_map(|&(_, booking, occurrence)| {
        let given = week.bookings.get(booking)?;
        let zone = week.zone_of(given);
        Some(Exception {
            uid: uid(booking),
            recurrence_id: occurrence
                .map(|one| Timestamp::from_seconds(instant(week.wall(given.original(one)), zone))),
            who: "Ada".into(),
            reason: "agreed".into(),
            at: week.now(),
        })
    });
    Window {
        id: WindowId(0),
        uid: format!("window-{number}"),
        environments: opened
            .environments
            .iter()
            .map(|&one| environment(one))
            .collect(),
        effect: if opened.freeze {
            Effect::Freeze
        } else {
            Effect::Allow
        },
        when: when(week, opened.all_day, opened.zone, start, opened.quarters()),
        recurrence: recurrence(
            opened.days,
            opened
                .excluded
                .map(|one| week.wall(start + 96 * one as i64)),
        ),
        title: String::new(),
        blocks: opened.blocks.clone(),
        exceptions: excepted.collect(),
        sequence: 0,
        created: week.now(),
        modified: week.now(),
        calendar: None,
        source: None,
    }
}

impl Opened {
    pub(super) fn first(&self) -> i64 {
        if self.all_day {
            self.start / 96 * 96
        } else {
            self.start
        }
    }

    pub(super) fn quarters(&self) -> i64 {
        if self.all_day {
            self.length % 3 * 96 + 96
        } else {
            self.length
        }
    }
}

/// A deployment outside two allow windows, of which the first makes an exception for it. The second
/// is about another environment as well.
pub(super) fn outside_two_windows() -> Week {
    let deployment = Given {
        environment: 0,
        team: 0,
        plan: 0,
        start: 40,
        length: 8,
        all_day: false,
        zone: 0,
        days: 1,
        excluded: None,
        moved: None,
        set_up: 0,
        clean_up: 0,
        units: 0,
        status: Status::Confirmed,
        transparent: false,
        kind: Kind::Deploy,
    };
    let allow = |environments| Opened {
        freeze: false,
        environments,
        blocks: vec![Kind::Deploy],
        start: 400,
        length: 8,
        all_day: false,
        zone: 0,
        days: 1,
        excluded: None,
    };
    Week {
        monday: NaiveDate::from_ymd_opt(2026, 9, 14).unwrap(),
        capacities: [1; ENVIRONMENTS],
        bookings: vec![deployment],
        windows: vec![allow(vec![0]), allow(vec![0, 1])],
        exceptions: vec![(0, 0, None)],
    }
}

prop_compose! {
    fn any_shape()(
        start in 0..640_i64,
        length in prop_oneof![1 => Just(0_i64), 12 => 1..40_i64, 2 => 40..200_i64],
        all_day in prop::bool::weighted(0.15),
        own_zone in prop::option::weighted(0.3, 0..ZONES.len()),
        days in prop_oneof![3 => Just(1_usize), 2 => 2..6_usize],
        excluded in prop::option::weighted(0.3, 0..5_usize),
    ) -> (i64, i64, bool, Option<usize>, usize, Option<usize>) {
        // An exclusion belongs to an occurrence.
        (start, length, all_day, own_zone, days, excluded.filter(|one| days > 1 && *one < days))
    }
}

prop_compose! {
    pub(super) fn any_given()(
        environment in 0..ENVIRONMENTS,
        team in 0..3_usize,
        plan in prop_oneof![3 => Just(0_u32), 1 => 1..3_u32],
        (start, length, all_day, own_zone, days, excluded) in any_shape(),
        moved in prop::option::weighted(0.3, (0..5_usize, -120..120_i64)),
        set_up in prop_oneof![2 => Just(0_i64), 1 => 0..12_i64],
        clean_up in prop_oneof![2 => Just(0_i64), 1 => 0..12_i64],
        units in 0..4_u32,
        status in prop_oneof![5 => Just(Status::Confirmed), 2 => Just(Status::Tentative), 1 => Just(Status::Cancelled)],
        transparent in prop::bool::weighted(0.1),
        kind in prop::sample::select(KINDS.to_vec()),
    ) -> Given {
        let zone = own_zone.unwrap_or(environment);
        let moved = moved.filter(|(one, _)| *one < days);
        Given { environment, team, plan, start, length, all_day, zone, days, excluded, moved, set_up, clean_up, units, status, transparent, kind }
    }
}

prop_compose! {
    fn any_opened()(
        freeze in any::<bool>(),
        environments in prop::sample::subsequence((0..ENVIRONMENTS).collect::<Vec<_>>(), 1..=2),
        blocks in prop::sample::subsequence(KINDS.to_vec(), 1..=2),
        (start, length, all_day, own_zone, days, excluded) in any_shape(),
    ) -> Opened {
        let zone = own_zone.unwrap_or(environments[0]);
        Opened { freeze, environments, blocks, start, length, all_day, zone, days, excluded }
    }
}

/// Ordinary weeks, and those in which the clocks of one of the zones change.
fn any_monday() -> impl Strategy<Value = NaiveDate> {
    let changes = [(3, 2), (3, 23), (3, 30), (9, 28), (10, 19), (10, 26)];
    let date = |(month, day)| NaiveDate::from_ymd_opt(2026, month, day).unwrap();
    prop_oneof![
        prop::sample::select(changes.map(date).to_vec()),
        (0..52_i64).prop_map(move |week| date((1, 5)) + TimeDelta::weeks(week)),
    ]
}

prop_compose! {
    pub(super) fn any_week()(
        monday in any_monday(),
        capacities in prop::array::uniform3(1..4_u32),
        bookings in prop::collection::vec(any_given(), 0..10),
        windows in prop::collection::vec(any_opened(), 0..4),
        exceptions in prop::collection::vec((0..4_usize, 0..10_usize, prop::option::of(0..5_usize)), 0..4),
    ) -> Week {
        // An exception to an occurrence is to one of a series; a single booking has none.
        let of = |booking: usize| bookings.get(booking).map_or(1, |one: &Given| one.days);
        let exceptions = exceptions.into_iter().filter(|&(_, booking, one)| one.is_none_or(|one| of(booking) > 1 && one < of(booking)));
        let exceptions = exceptions.collect();
        Week { monday, capacities, bookings, windows, exceptions }
    }
}
