//! The rules, by looking at every quarter of an hour.

use std::collections::BTreeMap;

use berth_core::time::Tz;
use berth_core::{Kind, Status};
use chrono::{NaiveDateTime, Offset as _, TimeDelta, TimeZone as _};

use super::given::{ENVIRONMENTS, Given, Opened, QUARTER, Week, ZONES, uid};
use crate::wire::{Conflict, ConflictKind, Severity};

/// A member: UID, and the start that its series gave it, in seconds.
type Name = (String, Option<i64>);

/// A conflict, whoever says it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Told {
    pub(super) start: i64,
    pub(super) end: i64,
    pub(super) environment: usize,
    pub(super) kind: u8,
    pub(super) severity: u8,
    pub(super) members: Vec<Name>,
    pub(super) accepted: bool,
}

pub(super) const OVERLAP: u8 = 0;
const BUFFER: u8 = 1;
pub(super) const FREEZE: u8 = 2;
const OUTSIDE: u8 = 3;
const INFO: u8 = 0;
const WARNING: u8 = 1;
const ERROR: u8 = 2;

impl From<&Conflict> for Told {
    fn from(conflict: &Conflict) -> Self {
        let mut members: Vec<Name> = conflict
            .bookings
            .iter()
            .map(|one| {
                (
                    one.uid.clone(),
                    one.reference.recurrence_id.map(|at| at / 1000),
                )
            })
            .collect();
        members.sort();
        Self {
            start: conflict.start / 1000,
            end: conflict.end / 1000,
            environment: conflict.environment_id.parse::<usize>().unwrap() - 1,
            kind: match conflict.kind {
                ConflictKind::Overlap => OVERLAP,
                ConflictKind::Buffer => BUFFER,
                ConflictKind::Freeze => FREEZE,
                ConflictKind::OutsideWindow => OUTSIDE,
            },
            severity: match conflict.severity {
                Severity::Info => INFO,
                Severity::Warning => WARNING,
                Severity::Error => ERROR,
            },
            members,
            accepted: conflict.accepted.is_some(),
        }
    }
}

/// Somebody who may be somewhere: one occurrence of a booking that blocks.
struct Present<'a> {
    name: Name,
    given: &'a Given,
    start: i64,
    end: i64,
}

/// What was accepted: of overlaps what the members looked like, of windows who may break which.
#[derive(Debug, Clone, Default)]
pub(super) struct Accepted {
    overlaps: BTreeMap<(usize, u8, Vec<Name>), Vec<String>>,
    exceptions: Vec<(usize, String, Option<i64>)>,
}

impl Accepted {
    /// What the week's own exceptions allow.
    pub(super) fn of(week: &Week) -> Self {
        let exception = |&(window, booking, occurrence): &(usize, usize, Option<usize>)| {
            let given = week.bookings.get(booking)?;
            let id =
                occurrence.map(|one| instant(week.wall(given.original(one)), week.zone_of(given)));
            Some((window, uid(booking), id))
        };
        let exceptions = week.exceptions.iter().filter_map(exception).collect();
        Self {
            overlaps: BTreeMap::new(),
            exceptions,
        }
    }

    fn excepts(&self, window: usize, (uid, occurrence): &Name) -> bool {
        self.exceptions.iter().any(|(of, who, which)| {
            *of == window && who == uid && (which.is_none() || which == occurrence)
        })
    }
}

/// Remembers that a conflict was accepted. One that is about windows is so for every stretch that it
/// has under the same name.
pub(super) fn snapshot(week: &Week, chosen: &Told, accepted: &mut Accepted) {
    let present = present(week);
    if chosen.kind < FREEZE {
        let key = (chosen.environment, chosen.kind, chosen.members.clone());
        accepted
            .overlaps
            .insert(key, looks(&present, &chosen.members));
        return;
    }
    // One exception allows all that lies outside: where there is one, none is added.
    if chosen.kind == OUTSIDE && chosen.accepted {
        return;
    }
    let name = &chosen.members[0];
    let one = present.iter().find(|one| one.name == *name).unwrap();
    for (number, spans) in about(week, chosen.kind == FREEZE, one.given) {
        let meets = quarters(one.start, one.end).any(|at| is_in(&spans, at));
        if (chosen.kind == OUTSIDE || meets) && !accepted.excepts(number, name) {
            accepted.exceptions.push((number, name.0.clone(), name.1));
        }
    }
}

/// What rule 13 looks at.
fn looks(present: &[Present<'_>], members: &[Name]) -> Vec<String> {
    let of = |name: &Name| {
        let one = present.iter().find(|one| one.name == *name).unwrap();
        format!(
            "{name:?} {} {} {} {}",
            one.given.environment, one.start, one.end, one.given.units
        )
    };
    members.iter().map(of).collect()
}

/// Rule 11: the gap with the offset before it, the fold's first pass.
pub(super) fn instant(wall: NaiveDateTime, zone: Tz) -> i64 {
    if let Some(first) = zone.from_local_datetime(&wall).earliest() {
        return first.timestamp();
    }
    let before = zone
        .from_local_datetime(&(wall - TimeDelta::hours(3)))
        .earliest()
        .unwrap();
    wall.and_utc().timestamp() - i64::from(before.offset().fix().local_minus_utc())
}

fn present(week: &Week) -> Vec<Present<'_>> {
    let mut present = Vec::new();
    for (number, given) in week.bookings.iter().enumerate() {
        if given.status == Status::Cancelled || given.transparent {
            continue;
        }
        let zone = week.zone_of(given);
        for one in (0..given.days).filter(|one| given.excluded != Some(*one)) {
            let original = given.original(one);
            let start = original + given.shift(one);
            let name = (given.days > 1).then(|| instant(week.wall(original), zone));
            present.push(Present {
                name: (uid(number), name),
                given,
                start: instant(week.wall(start), zone),
                end: instant(week.wall(start + given.quarters()), zone),
            });
        }
    }
    present.retain(|one| one.start < one.end);
    present
}

fn quarters(from: i64, to: i64) -> impl Iterator<Item = i64> {
    (from..to).step_by(QUARTER as usize)
}

/// What those in `set` take together: a plan as much as its greediest.
fn demand(set: &[&Present<'_>], capacity: u32) -> u32 {
    let units = |one: &Present<'_>| {
        if one.given.units == 0 {
            capacity
        } else {
            one.given.units
        }
    };
    let alone: u32 = set
        .iter()
        .filter(|one| one.given.plan == 0)
        .map(|one| units(one))
        .sum();
    let of_plan = |plan| {
        set.iter()
            .filter(|one| one.given.plan == plan)
            .map(|one| units(one))
            .max()
            .unwrap_or(0)
    };
    alone + (1..3).map(of_plan).sum::<u32>()
}

/// How many parties: a plan is one.
fn parties(set: &[&Present<'_>]) -> usize {
    let alone = set.iter().filter(|one| one.given.plan == 0).count();
    alone
        + (1..3)
            .filter(|&plan| set.iter().any(|one| one.given.plan == plan))
            .count()
}

/// Rules 1 to 7 in one quarter: the kind and who.
fn broken<'p, 'a>(
    here: &[&'p Present<'a>],
    at: i64,
    capacity: u32,
) -> Option<(u8, Vec<&'p Present<'a>>)> {
    let core: Vec<_> = here
        .iter()
        .copied()
        .filter(|one| one.start <= at && at < one.end)
        .collect();
    if demand(&core, capacity) > capacity {
        // Alone, or with its own plan, only who wants more than there is.
        let many = parties(&core) > 1;
        return Some((
            OVERLAP,
            core.into_iter()
                .filter(|one| many || one.given.units > capacity)
                .collect(),
        ));
    }
    let footprint: Vec<_> = here
        .iter()
        .copied()
        .filter(|one| {
            one.start - one.given.set_up * QUARTER <= at
                && at < one.end + one.given.clean_up * QUARTER
        })
        .collect();
    (demand(&footprint, capacity) > capacity && parties(&footprint) > 1)
        .then_some((BUFFER, footprint))
}

fn severity(kind: u8, set: &[&Present<'_>], capacity: u32) -> u8 {
    let one_team = set.iter().all(|one| one.given.team == set[0].given.team);
    let too_large = set.iter().any(|one| one.given.units > capacity);
    let certain: Vec<_> = set
        .iter()
        .copied()
        .filter(|one| one.given.status == Status::Confirmed)
        .collect();
    match kind {
        BUFFER if one_team => INFO,
        BUFFER => WARNING,
        _ if one_team && !too_large => INFO,
        _ if !one_team && parties(&certain) > 1 => ERROR,
        _ => WARNING,
    }
}

/// All conflicts of a week.
pub(super) fn oracle(week: &Week, accepted: &Accepted) -> Vec<Told> {
    let present = present(week);
    let mut told = overlaps(week, &present, accepted);
    for one in &present {
        told.extend(freezes(week, one, accepted));
        told.extend(outside(week, one, accepted));
    }
    told.sort();
    told
}

fn overlaps(week: &Week, present: &[Present<'_>], accepted: &Accepted) -> Vec<Told> {
    let mut told: Vec<Told> = Vec::new();
    for environment in 0..ENVIRONMENTS {
        let here: Vec<_> = present
            .iter()
            .filter(|one| one.given.environment == environment)
            .collect();
        let first = here
            .iter()
            .map(|one| one.start - one.given.set_up * QUARTER)
            .min()
            .unwrap_or(0);
        let last = here
            .iter()
            .map(|one| one.end + one.given.clean_up * QUARTER)
            .max()
            .unwrap_or(0);
        let capacity = week.capacities[environment];
        for at in quarters(first, last) {
            let Some((kind, set)) = broken(&here, at, capacity) else {
                continue;
            };
            let mut members: Vec<Name> = set.iter().map(|one| one.name.clone()).collect();
            members.sort();
            let known = accepted.overlaps.get(&(environment, kind, members.clone()));
            let one = Told {
                start: at,
                end: at + QUARTER,
                environment,
                kind,
                severity: severity(kind, &set, capacity),
                accepted: known.is_some_and(|looked| *looked == looks(present, &members)),
                members,
            };
            lengthen(&mut told, one);
        }
    }
    told
}

/// Adds a quarter, to the last conflict where that goes on.
fn lengthen(told: &mut Vec<Told>, one: Told) {
    match told.last_mut() {
        Some(last)
            if *last
                == (Told {
                    start: last.start,
                    end: one.start,
                    ..one.clone()
                }) =>
        {
            last.end = one.end
        }
        _ => told.push(one),
    }
}

impl Opened {
    fn is_about(&self, freeze: bool, given: &Given) -> bool {
        let kind: Kind = given.kind;
        self.freeze == freeze
            && self.quarters() > 0
            && self.environments.contains(&given.environment)
            && self.blocks.contains(&kind)
    }

    /// When it is in an environment, in seconds.
    fn spans(&self, week: &Week, environment: usize) -> Vec<(i64, i64)> {
        let zone = if self.all_day {
            ZONES[environment]
        } else {
            ZONES[self.zone]
        };
        let at = |quarters| instant(week.wall(quarters), zone);
        (0..self.days)
            .filter(|day| self.excluded != Some(*day))
            .map(|day| self.first() + 96 * day as i64)
            .map(|start| (at(start), at(start + self.quarters())))
            .collect()
    }
}

/// The windows for this booking, by number, with when they are.
fn about(week: &Week, freeze: bool, given: &Given) -> Vec<(usize, Vec<(i64, i64)>)> {
    let windows = week.windows.iter().enumerate();
    let about = windows.filter(|(_, window)| window.is_about(freeze, given));
    about
        .map(|(number, window)| (number, window.spans(week, given.environment)))
        .collect()
}

fn is_in(spans: &[(i64, i64)], at: i64) -> bool {
    spans.iter().any(|&(from, to)| from <= at && at < to)
}

fn with_windows(one: &Present<'_>, kind: u8, at: i64, accepted: bool) -> Told {
    Told {
        start: at,
        end: at + QUARTER,
        environment: one.given.environment,
        kind,
        severity: ERROR,
        members: vec![one.name.clone()],
        accepted,
    }
}

/// Rule 8.
fn freezes(week: &Week, one: &Present<'_>, accepted: &Accepted) -> Vec<Told> {
    let windows = about(week, true, one.given);
    let mut told = Vec::new();
    for at in quarters(one.start, one.end) {
        let met: Vec<_> = windows
            .iter()
            .filter(|(_, window)| is_in(window, at))
            .collect();
        if !met.is_empty() {
            let all = met
                .iter()
                .all(|(number, _)| accepted.excepts(*number, &one.name));
            lengthen(&mut told, with_windows(one, FREEZE, at, all));
        }
    }
    told
}

/// Rule 9.
fn outside(week: &Week, one: &Present<'_>, accepted: &Accepted) -> Vec<Told> {
    let windows = about(week, false, one.given);
    let mut told = Vec::new();
    for at in quarters(one.start, one.end) {
        let inside = windows.iter().any(|(_, window)| is_in(window, at));
        if !windows.is_empty() && !inside {
            let any = windows
                .iter()
                .any(|(number, _)| accepted.excepts(*number, &one.name));
            lengthen(&mut told, with_windows(one, OUTSIDE, at, any));
        }
    }
    told
}
