//! Every quarter of an hour tried, against the conflicts that a booking there would have.
//!
//! Set-up and clean-up are taken for a part of the bookings: a slot is free when its buffers are, also
//! where others are in conflict with each other already, which hides a conflict of buffers.

use chrono_tz::{Europe::Berlin, Tz};
use proptest::prelude::*;

use super::*;
use crate::conflict::{conflicts_with, window::window_conflicts};
use crate::time::localise;
use crate::window::{BLOCKS, Effect};
use crate::{When, Window, WindowId};

/// Three days from noon on Saturday 28 March 2026: the clocks in Berlin go forward on Sunday.
const FIRST: i64 = 1_774_695_600;
const QUARTERS: i64 = 72 * 4;
const QUARTER: i64 = 900;

fn quarter(count: i64) -> Timestamp {
    Timestamp::from_seconds(FIRST + count * QUARTER)
}

fn span(start: i64, length: i64) -> TimeRange {
    TimeRange::new(quarter(start), quarter(start + length)).unwrap()
}

#[derive(Debug, Clone)]
struct World {
    holds: Vec<Hold>,
    kinds: Vec<Kind>,
    windows: Vec<Window>,
    places: Vec<Place>,
    length: i64,
    within: Option<Daily>,
    apart: i64,
    plan: Option<NonZeroU32>,
}

impl World {
    fn core(&self, start: i64) -> TimeRange {
        span(start, self.length)
    }

    fn schedule(&self) -> Schedule {
        Schedule::new(&self.windows, |_| Berlin, span(-400, QUARTERS + 800))
    }

    /// Whether a slot may begin there, with the tentative bookings in the way or not.
    fn is_free(&self, schedule: &Schedule, start: i64, tentative_too: bool) -> bool {
        let core = self.core(start);
        let others = self.holds.iter().filter(|hold| hold.start < hold.end);
        let others = others.filter(|hold| tentative_too || hold.confirmed);
        let others: Vec<Hold> = others.map(|hold| with_buffers(*hold)).collect();
        self.places.iter().all(|place| {
            let hold = Hold {
                plan: self.plan,
                ..place.hold(TeamId(99), core)
            };
            let capacity = |_| place.capacity;
            conflicts_with(with_buffers(hold), &others, capacity).is_empty()
                && window_conflicts(&[hold], &[Kind::Deploy], schedule, |_, _| false).is_empty()
        }) && self.is_in_hours(start)
            && self.is_apart(core, tentative_too)
    }

    /// Each quarter of it lies in the hours of a day.
    fn is_in_hours(&self, start: i64) -> bool {
        let Some(Daily { hours, days }) = &self.within else {
            return true;
        };
        (start..start + self.length).all(|at| {
            let date = quarter(at).wall(Berlin).date();
            [date, date.pred_opt().unwrap()].into_iter().any(|day| {
                let next = day.succ_opt().unwrap();
                let midnight = chrono::NaiveTime::MIN;
                let (from, to) = hours.map_or((midnight, midnight), |hours| (hours.from, hours.to));
                let end = if to > from { day } else { next };
                let (from, to) = (
                    localise(day.and_time(from), Berlin),
                    localise(end.and_time(to), Berlin),
                );
                days.contains(day) && from <= quarter(at) && quarter(at) < to
            })
        })
    }

    fn is_apart(&self, core: TimeRange, tentative_too: bool) -> bool {
        let apart = self.apart * QUARTER;
        self.holds.iter().zip(&self.kinds).all(|(hold, kind)| {
            let matters = *kind == Kind::Deploy
                && apart > 0
                && hold.start < hold.end
                && (hold.confirmed || tentative_too)
                && (hold.plan.is_none() || hold.plan != self.plan)
                && self
                    .places
                    .iter()
                    .any(|place| place.environment == hold.environment);
            let after = core.start().seconds() - hold.end.seconds();
            let before = hold.start.seconds() - core.end().seconds();
            !matters || after >= apart || before >= apart
        })
    }

    /// Whether somebody's clean-up may end right where the slot begins, or set-up begin where it ends.
    fn is_close(&self, start: i64) -> bool {
        let core = self.core(start);
        self.places.iter().any(|place| {
            let footprint = place.footprint(core);
            let there = self
                .holds
                .iter()
                .filter(|hold| hold.environment == place.environment);
            there.into_iter().any(|hold| {
                let (from, to) = hold.footprint();
                hold.clean_up > 0 && to == footprint.start()
                    || hold.set_up > 0 && from == footprint.end()
            })
        })
    }

    fn search(&self, order: Order, count: usize) -> Search<'_> {
        Search {
            places: &self.places,
            range: span(0, QUARTERS),
            length: Length::Time(TimeDelta::seconds(self.length * QUARTER)),
            team: TeamId(99),
            kind: Kind::Deploy,
            plan: self.plan,
            busy: &[],
            zone: Berlin,
            within: self.within.clone(),
            preferred: None,
            apart: TimeDelta::seconds(self.apart * QUARTER),
            order,
            count,
        }
    }
}

fn with_buffers(hold: Hold) -> Hold {
    let (start, end) = hold.footprint();
    Hold {
        start,
        end,
        set_up: 0,
        clean_up: 0,
        ..hold
    }
}

prop_compose! {
    fn any_hold()(
        environment in 1..=3i64,
        team in 1..4i64,
        plan in prop_oneof![4 => Just(0), 1 => Just(1u32)],
        start in -20..QUARTERS,
        length in prop_oneof![1 => Just(0), 9 => 1..80i64],
        set_up in prop_oneof![Just(0), 0..8u32],
        clean_up in prop_oneof![Just(0), 0..8u32],
        units in 0..3u32,
        confirmed in prop::bool::weighted(0.7),
        deploys: bool,
    ) -> (Hold, Kind) {
        let hold = Hold {
            environment: EnvironmentId(environment),
            team: TeamId(team),
            plan: NonZeroU32::new(plan),
            start: quarter(start),
            end: quarter(start + length),
            set_up: set_up * QUARTER as u32,
            clean_up: clean_up * QUARTER as u32,
            units: NonZeroU32::new(units),
            confirmed,
        };
        (hold, if deploys { Kind::Deploy } else { Kind::Watch })
    }
}

prop_compose! {
    fn any_window()(freeze in prop::bool::weighted(0.6), start in 0..QUARTERS, length in 1..120i64) -> Window {
        let range = span(start, length);
        let zone = Tz::UTC;
        Window {
            id: WindowId(0),
            uid: String::new(),
            environments: vec![EnvironmentId(1)],
            effect: if freeze { Effect::Freeze } else { Effect::Allow },
            when: When::Timed { start: range.start().wall(zone), end: range.end().wall(zone), zone },
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

prop_compose! {
    fn any_place()(
        capacity in 1..4u32,
        units in 0..3u32,
        set_up in prop_oneof![2 => Just(0), 1 => 0..6u32],
        clean_up in prop_oneof![2 => Just(0), 1 => 0..6u32],
    ) -> Place {
        Place {
            environment: EnvironmentId(0),
            capacity,
            units: NonZeroU32::new(units.min(capacity)),
            set_up: set_up * QUARTER as u32,
            clean_up: clean_up * QUARTER as u32,
        }
    }
}

fn any_within() -> impl Strategy<Value = Option<Daily>> {
    use chrono::Weekday::{Mon, Sat, Sun};
    let hours = prop_oneof![
        Just(None),
        (0..24u32, 1..=24u32).prop_map(|(from, to)| Hours::from_minutes(from * 60, to * 60)),
    ];
    let days = prop_oneof![
        Just(Days::Any),
        Just(Days::Weekdays(vec![Sat, Mon])),
        Just(Days::Weekdays(vec![Sun]))
    ];
    let daily = (hours, days).prop_map(|(hours, days)| Some(Daily { hours, days }));
    prop_oneof![2 => Just(None), 1 => daily]
}

prop_compose! {
    fn any_world()(
        held in prop::collection::vec(any_hold(), 0..10),
        windows in prop::collection::vec(any_window(), 0..3),
        mut places in prop::collection::vec(any_place(), 1..=2),
        length in 1..24i64,
        within in any_within(),
        apart in prop_oneof![3 => Just(0), 1 => 1..60i64],
        planned in prop::bool::weighted(0.3),
    ) -> World {
        for (environment, place) in (1..).zip(&mut places) {
            place.environment = EnvironmentId(environment);
        }
        let (holds, kinds) = held.into_iter().unzip();
        let plan = if planned { NonZeroU32::new(1) } else { None };
        World { holds, kinds, windows, places, length, within, apart, plan }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn as_trying_every_quarter(world in any_world(), latest: bool, count in 1..6usize) {
        let schedule = world.schedule();
        let around = Surroundings { holds: &world.holds, kinds: &world.kinds, schedule: &schedule };
        let order = if latest { Order::Latest } else { Order::Earliest };
        let search = world.search(order, count);
        let found = slots(&search, &around);

        let starts = || 0..=QUARTERS - world.length;
        let free: Vec<i64> = starts().filter(|&at| world.is_free(&schedule, at, true)).collect();
        let yielding: Vec<i64> = starts().filter(|&at| world.is_free(&schedule, at, false)).collect();
        let Ok(found) = found else {
            prop_assert!(free.is_empty() && yielding.is_empty(), "{:?} but {:?}", found, yielding);
            return Ok(());
        };
        prop_assert!(found.len() <= count && !found.is_empty());
        let start = |slot: &Slot| (slot.range.start().seconds() - FIRST) / QUARTER;
        for slot in &found {
            prop_assert_eq!(slot.range, world.core(start(slot)));
            let yields = slot.notes.iter().any(|note| matches!(note, Note::IfTheyYield(_)));
            prop_assert_eq!(!yields, free.contains(&start(slot)), "{:?}", slot);
            prop_assert!(yielding.contains(&start(slot)));
        }
        for (i, slot) in found.iter().enumerate() {
            prop_assert!(found[..i].iter().all(|other| !other.range.overlaps(slot.range)));
        }
        // Fewer than wanted: then whatever else would do overlaps one of those that were found.
        if found.len() < count {
            let taken = |at: i64| found.iter().any(|slot| slot.range.overlaps(world.core(at)));
            prop_assert!(yielding.iter().all(|&at| taken(at)));
        }
        let best = if free.is_empty() { &yielding } else { &free };
        let best = if latest { best.last() } else { best.first() };
        let (first, best) = (start(&found[0]), *best.unwrap());
        prop_assert!((first - best).abs() <= 4, "{} {}", first, best);
        prop_assert!(first == best || world.is_close(best));
    }
}
