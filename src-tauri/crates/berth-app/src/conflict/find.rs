//! From rows to conflicts: the lean way, without loading the bookings themselves.

use std::collections::{HashMap, HashSet};
use std::num::NonZeroU32;

use berth_core::conflict::window::window_conflicts;
use berth_core::conflict::{self, Conflict, Hold};
use berth_core::window::{Exception, Schedule, Window};
use berth_core::{
    Booking, BookingId, Environment, EnvironmentId, Kind, Occurrence, TimeRange, Timestamp,
};
use berth_store::{HoldRow, Reader};
use chrono_tz::Tz;

use super::original_start;
use crate::Result;

/// Who a hold belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Member {
    pub(crate) booking: BookingId,
    /// Of an occurrence of a series; `None` for single bookings and for overrides, which have rows
    /// of their own.
    pub(crate) recurrence_id: Option<Timestamp>,
}

/// A conflict and its members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) conflict: Conflict,
    /// At the same index as the conflict's members, with the core that each holds.
    pub(crate) members: Vec<(Member, Hold)>,
    /// The windows it is about, where it is about windows.
    pub(crate) windows: Vec<Window>,
    /// The exception that allows it.
    pub(crate) exception: Option<Exception>,
}

/// Holds and, at the same index, whose they are and what they are for.
#[derive(Debug, Default)]
pub(crate) struct Holds {
    pub(crate) holds: Vec<Hold>,
    pub(crate) members: Vec<Member>,
    pub(crate) kinds: Vec<Kind>,
    plans: HashMap<Box<str>, NonZeroU32>,
    capacities: HashMap<EnvironmentId, u32>,
    zones: HashMap<EnvironmentId, Tz>,
    pub(crate) windows: Vec<Window>,
    /// The series that the occurrences are of.
    pub(crate) series: Vec<SeriesSeen>,
    /// Of the bookings that windows make exceptions for: the UID, and of a changed occurrence the
    /// start that its series gave it.
    excepted: HashMap<BookingId, (String, Option<Timestamp>)>,
}

/// A series among the holds.
#[derive(Debug)]
pub(crate) struct SeriesSeen {
    pub(crate) booking: BookingId,
    /// The zone of its wall time.
    pub(crate) zone: Tz,
    /// Its UID, where some of its occurrences have rows of their own.
    pub(crate) overridden: Option<String>,
}

/// All conflicts that touch `[from, to)`, each in its full length.
pub(crate) fn find(
    reader: &Reader<'_>,
    environments: &[Environment],
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<Found>> {
    Ok(find_among(reader, environments, from, to)?.1)
}

/// [`find`], with the holds that the members of the conflicts are indices of: those that touch
/// `[from, to)`, and perhaps some around it.
pub(crate) fn find_among(
    reader: &Reader<'_>,
    environments: &[Environment],
    from: Timestamp,
    to: Timestamp,
) -> Result<(Holds, Vec<Found>)> {
    let touching = |holds: &Holds| {
        let mut found = holds.conflicts();
        found.retain(|one| one.conflict.range.start() < to && one.conflict.range.end() > from);
        found
    };
    let holds = Holds::load(reader, environments, from, to)?;
    let found = touching(&holds);
    // What reaches out of the range may end sooner than it seems, where somebody outside comes or
    // goes. It does not end later.
    let ranges = found.iter().map(|one| one.conflict.range);
    let (first, last) = ranges.fold((from, to), |(first, last), range| {
        (first.min(range.start()), last.max(range.end()))
    });
    if (first, last) == (from, to) {
        return Ok((holds, found));
    }
    let holds = Holds::load(reader, environments, first, last)?;
    let found = touching(&holds);
    Ok((holds, found))
}

impl Holds {
    /// Everything that blocks and whose footprint touches `[from, to)`.
    pub(crate) fn load(
        reader: &Reader<'_>,
        environments: &[Environment],
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Self> {
        let mut holds = Self {
            windows: reader.windows()?,
            ..Self::default()
        };
        holds.know_excepted(reader, environments)?;
        for environment in environments {
            holds
                .capacities
                .insert(environment.id, environment.capacity);
            holds.zones.insert(environment.id, environment.zone);
            reader.holds_touching(environment.id, from, to, |row| holds.push_row(row))?;
            for series in reader.series_touching(environment.id, from, to)? {
                let booking = &series.booking;
                if booking.blocks() {
                    let overridden = !series.overridden.is_empty();
                    holds.series.push(SeriesSeen {
                        booking: booking.id,
                        zone: booking.when.zone(environment.zone),
                        overridden: overridden.then(|| booking.uid.clone()),
                    });
                    for one in booking.occurrences(environment.zone, &series.overridden, from, to) {
                        holds.push(&one);
                    }
                }
            }
        }
        Ok(holds)
    }

    fn know_excepted(&mut self, reader: &Reader<'_>, environments: &[Environment]) -> Result<()> {
        for exception in self.windows.iter().flat_map(|window| &window.exceptions) {
            for booking in reader.bookings_of(&exception.uid)? {
                let environment = environments
                    .iter()
                    .find(|one| one.id == booking.environment);
                let original = environment.and_then(|one| original_start(&booking, one.zone));
                self.excepted.insert(booking.id, (booking.uid, original));
            }
        }
        Ok(())
    }

    fn push_row(&mut self, row: HoldRow) {
        let plan = row.plan.map(|plan| self.plan(&plan));
        self.holds.push(Hold {
            environment: row.environment,
            team: row.team,
            plan,
            start: Timestamp::from_seconds(row.start.seconds() + i64::from(row.set_up)),
            end: Timestamp::from_seconds(row.end.seconds() - i64::from(row.clean_up)),
            set_up: row.set_up,
            clean_up: row.clean_up,
            units: row.units,
            confirmed: row.confirmed,
        });
        self.members.push(Member {
            booking: row.id,
            recurrence_id: None,
        });
        self.kinds.push(row.kind);
    }

    /// Adds an occurrence; its booking must be one that blocks.
    pub(crate) fn push(&mut self, occurrence: &Occurrence<'_>) {
        let booking = occurrence.booking;
        let hold = self.hold(booking, occurrence.start, occurrence.end);
        self.holds.push(hold);
        let recurrence_id = occurrence
            .recurrence_id
            .filter(|_| booking.recurrence.is_some());
        self.members.push(Member {
            booking: booking.id,
            recurrence_id,
        });
        self.kinds.push(booking.kind);
    }

    fn hold(&mut self, booking: &Booking, start: Timestamp, end: Timestamp) -> Hold {
        let seconds = |delta: chrono::TimeDelta| u32::try_from(delta.num_seconds()).unwrap_or(0);
        Hold {
            environment: booking.environment,
            team: booking.team,
            plan: booking.plan.as_deref().map(|plan| self.plan(plan)),
            start,
            end,
            set_up: seconds(booking.set_up),
            clean_up: seconds(booking.clean_up),
            units: booking.units.and_then(NonZeroU32::new),
            confirmed: booking.status == berth_core::Status::Confirmed,
        }
    }

    /// The number that bookings of this plan have here.
    pub(crate) fn plan(&mut self, name: &str) -> NonZeroU32 {
        if let Some(number) = self.plans.get(name) {
            return *number;
        }
        let number = u32::try_from(self.plans.len()).unwrap_or(u32::MAX - 1);
        let number = NonZeroU32::MIN.saturating_add(number);
        self.plans.insert(name.into(), number);
        number
    }

    /// Lets go of the holds that belong to one of `bookings`, or only to the occurrence named.
    pub(crate) fn without(&mut self, bookings: &HashSet<BookingId>, occurrence: Option<Timestamp>) {
        let keep: Vec<bool> = self
            .members
            .iter()
            .map(|member| {
                let this = occurrence.is_none_or(|id| member.recurrence_id == Some(id));
                !(this && bookings.contains(&member.booking))
            })
            .collect();
        let mut kept = keep.iter();
        self.holds.retain(|_| *kept.next().unwrap_or(&true));
        let mut kept = keep.iter();
        self.members.retain(|_| *kept.next().unwrap_or(&true));
        let mut kept = keep.iter();
        self.kinds.retain(|_| *kept.next().unwrap_or(&true));
    }

    /// From the first to the last instant of whatever is here, `[from, to)` included.
    pub(super) fn reach(&self, from: Timestamp, to: Timestamp) -> (Timestamp, Timestamp) {
        self.holds.iter().fold((from, to), |(first, last), hold| {
            let start = hold.start.seconds() - i64::from(hold.set_up);
            let end = hold.end.seconds() + i64::from(hold.clean_up);
            (
                first.min(Timestamp::from_seconds(start)),
                last.max(Timestamp::from_seconds(end)),
            )
        })
    }

    /// All conflicts among the holds, and of the holds with windows, by start.
    pub(crate) fn conflicts(&self) -> Vec<Found> {
        let overlaps = conflict::conflicts(&self.holds, |id| self.capacity(id)).into_iter();
        let mut found: Vec<Found> = overlaps.map(|one| self.found(one)).collect();
        let with_windows = self.window_conflicts();
        if !with_windows.is_empty() {
            found.extend(with_windows);
            found.sort_by_key(|one| (one.conflict.range.start(), one.conflict.environment));
        }
        found
    }

    fn found(&self, conflict: Conflict) -> Found {
        let member = |&at: &u32| (self.members[at as usize], self.holds[at as usize]);
        let members = conflict.members.iter().map(member).collect();
        Found {
            conflict,
            members,
            windows: Vec::new(),
            exception: None,
        }
    }

    fn window_conflicts(&self) -> Vec<Found> {
        let everything = self.reach(Timestamp::MAX, Timestamp::MIN);
        let range = TimeRange::new(everything.0, everything.1);
        let (Some(range), false) = (range, self.windows.is_empty()) else {
            return Vec::new();
        };
        let schedule = self.schedule(range);
        let excepted = |hold: u32, window: u32| self.exception(hold, window).is_some();
        window_conflicts(&self.holds, &self.kinds, &schedule, excepted)
            .into_iter()
            .map(|one| {
                let member = one.conflict.members.first().copied().unwrap_or_default();
                let exception = one
                    .windows
                    .iter()
                    .filter(|_| one.accepted)
                    .find_map(|&window| self.exception(member, window))
                    .cloned();
                let windows = one
                    .windows
                    .iter()
                    .filter_map(|&at| self.windows.get(at as usize).cloned());
                Found {
                    windows: windows.collect(),
                    exception,
                    ..self.found(one.conflict)
                }
            })
            .collect()
    }

    /// The windows laid out over a range.
    pub(crate) fn schedule(&self, range: TimeRange) -> Schedule {
        let zone = |id| self.zones.get(&id).copied().unwrap_or(Tz::UTC);
        Schedule::new(&self.windows, zone, range)
    }

    /// How many units an environment has.
    pub(super) fn capacity(&self, id: EnvironmentId) -> u32 {
        self.capacities.get(&id).copied().unwrap_or(1)
    }

    /// The exception that a window makes for a hold.
    pub(super) fn exception(&self, hold: u32, window: u32) -> Option<&Exception> {
        let member = self.members.get(hold as usize)?;
        let (uid, original) = self.excepted.get(&member.booking)?;
        self.windows
            .get(window as usize)?
            .exception(uid, member.recurrence_id.or(*original))
    }

    /// The conflicts that `candidates` would be part of beside the holds that are here.
    pub(crate) fn conflicts_with(&mut self, candidates: &[Occurrence<'_>]) -> Vec<Found> {
        let first = self.holds.len();
        for candidate in candidates {
            self.push(candidate);
            // One that is not stored yet may break windows like the booking that it changes.
            let booking = candidate.booking;
            let zone = self
                .zones
                .get(&booking.environment)
                .copied()
                .unwrap_or(Tz::UTC);
            let original = original_start(booking, zone);
            self.excepted
                .insert(booking.id, (booking.uid.clone(), original));
        }
        let mut found = self.conflicts();
        found.retain(|one| one.conflict.members.iter().any(|&at| at as usize >= first));
        found
    }
}
