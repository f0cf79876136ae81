//! Free slots: where something fits, ranked, or why it fits nowhere.

use std::num::NonZeroU32;

use berth_core::slots::{Daily, Length, Order, Place, Search, Surroundings, slots};
use berth_core::words::Names;
use berth_core::{Environment, EnvironmentId, Kind, TeamId, TimeRange, Timestamp};
use chrono::TimeDelta;

use crate::booking::gone;
use crate::conflict::Holds;
use crate::{Berth, Result};

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreeSearch {
    /// On all of these at the same time; at least one.
    pub environments: Vec<EnvironmentId>,
    /// What for: decides which windows matter.
    pub kind: Kind,
    /// How many units of each; `None` is exclusive.
    pub units: Option<u32>,
    /// How long.
    pub length: Length,
    /// It must lie in here.
    pub range: TimeRange,
    /// It must lie in these hours of these days, in the zone of the first environment. Without,
    /// slots in working hours come first, unless whole days are wanted.
    pub within: Option<Daily>,
    /// So far from every deployment.
    pub apart: TimeDelta,
    /// Which end of the range to begin at.
    pub order: Order,
    /// At most so many.
    pub count: usize,
}

/// A time that would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreeSlot {
    /// From when to when.
    pub range: TimeRange,
    /// What to know about it: `free`, `after Perf's clean-up`.
    pub reason: String,
}

/// Slots, best first; or why there is none, as a part of a sentence.
pub type FreeAnswer = std::result::Result<Vec<FreeSlot>, String>;

impl Berth {
    /// The best slots.
    ///
    /// # Errors
    /// With code `not-found` when an environment does not exist any more; when the file cannot be
    /// read. That there is no slot is an answer.
    pub fn free(&mut self, wanted: &FreeSearch, now: Timestamp) -> Result<FreeAnswer> {
        let phrasing = self.phrasing(now)?;
        let by_the_hour = wanted.within.is_none() && matches!(wanted.length, Length::Time(_));
        let preferred = if by_the_hour {
            self.working_hours()?
        } else {
            None
        };
        self.read(|reader| {
            let mut environments = reader.environments()?;
            environments.retain(|one| wanted.environments.contains(&one.id));
            let first = environments
                .iter()
                .find(|one| Some(&one.id) == wanted.environments.first());
            let zone = first.ok_or_else(gone)?.zone;
            let around = around(wanted, &environments);
            let holds = Holds::load(reader, &environments, around.start(), around.end())?;
            let teams = reader.teams()?;
            let names = Names {
                environment: &|id| {
                    environments
                        .iter()
                        .find(|one| one.id == id)
                        .map_or("", |one| &one.name)
                },
                team: &|id| {
                    teams
                        .iter()
                        .find(|one| one.id == id)
                        .map_or("", |one| &one.name)
                },
                window: &|at| holds.windows.get(at as usize).map_or("", |one| &one.title),
            };
            let places: Vec<Place> = environments
                .iter()
                .map(|one| place(one, wanted.units))
                .collect();
            let search = Search {
                places: &places,
                range: wanted.range,
                length: wanted.length,
                team: TeamId(0),
                kind: wanted.kind,
                plan: None,
                zone,
                within: wanted.within.clone(),
                preferred,
                apart: wanted.apart,
                order: wanted.order,
                count: wanted.count,
            };
            let schedule = holds.schedule(wanted.range);
            let around = Surroundings {
                holds: &holds.holds,
                kinds: &holds.kinds,
                schedule: &schedule,
            };
            let said = |one: &berth_core::slots::Slot| FreeSlot {
                range: one.range,
                reason: one.reason(&names),
            };
            Ok(slots(&search, &around)
                .map(|found| found.iter().map(said).collect())
                .map_err(|obstacle| obstacle.words(&names, phrasing)))
        })
    }
}

/// Whoever is in here may be in the way.
fn around(wanted: &FreeSearch, environments: &[Environment]) -> TimeRange {
    let longest = |buffer: fn(&Environment) -> TimeDelta| {
        environments.iter().map(buffer).max().unwrap_or_default()
    };
    let (before, after) = (longest(|one| one.set_up), longest(|one| one.clean_up));
    wanted
        .range
        .widened(before.max(wanted.apart), after.max(wanted.apart))
}

fn place(environment: &Environment, units: Option<u32>) -> Place {
    let seconds = |length: TimeDelta| u32::try_from(length.num_seconds()).unwrap_or(0);
    Place {
        environment: environment.id,
        capacity: environment.capacity,
        units: units.and_then(NonZeroU32::new),
        set_up: seconds(environment.set_up),
        clean_up: seconds(environment.clean_up),
    }
}
