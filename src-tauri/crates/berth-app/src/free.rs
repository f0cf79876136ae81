//! Free slots: where something fits, ranked, or why it fits nowhere.

use std::collections::HashSet;
use std::num::NonZeroU32;

use berth_core::slots::{
    Daily, Length, Obstacle, Order, Place, Search, Slot, Surroundings, slots, slots_on,
};
use berth_core::words::{Names, Phrasing};
use berth_core::{BookingId, Environment, EnvironmentId, Kind, Team, TeamId, TimeRange, Timestamp};
use berth_store::Reader;
use chrono::{NaiveDate, TimeDelta};

use crate::booking::gone;
use crate::conflict::Holds;
use crate::{Berth, Result};

mod ask;

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreeSearch {
    /// On all of these at the same time; at least one.
    pub environments: Vec<EnvironmentId>,
    /// These take part, and must have nothing else then, wherever.
    pub teams: Vec<TeamId>,
    /// What for: decides which windows matter.
    pub kind: Kind,
    /// How many units of each; `None` is exclusive.
    pub units: Option<u32>,
    /// Needed before the start; `None` is what each environment says.
    pub set_up: Option<TimeDelta>,
    /// Needed after the end; `None` is what each environment says.
    pub clean_up: Option<TimeDelta>,
    /// Bookings of this plan are not in the way.
    pub plan: Option<String>,
    /// The booking that is to be moved, and is not in its own way; of a series, the occurrence.
    pub moved: Option<(BookingId, Option<Timestamp>)>,
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
        self.search_free(wanted, now, |case, search, around| {
            case.said(slots(search, around))
        })
    }

    /// [`Berth::free`] for several slots, one on each of `dates`, that keep clear of each other too.
    ///
    /// # Errors
    /// As there.
    pub fn free_on(
        &mut self,
        wanted: &FreeSearch,
        dates: &[NaiveDate],
        now: Timestamp,
    ) -> Result<Vec<(NaiveDate, FreeAnswer)>> {
        self.search_free(wanted, now, |case, search, around| {
            let found = slots_on(search, around, dates).into_iter();
            found.map(|(date, one)| (date, case.said(one))).collect()
        })
    }

    fn search_free<T>(
        &mut self,
        wanted: &FreeSearch,
        now: Timestamp,
        look: impl FnOnce(&Case, &Search<'_>, &Surroundings<'_>) -> T,
    ) -> Result<T> {
        let phrasing = self.phrasing(now)?;
        let by_the_hour = wanted.within.is_none() && matches!(wanted.length, Length::Time(_));
        let preferred = if by_the_hour {
            self.working_hours()?
        } else {
            None
        };
        self.read(|reader| {
            let mut case = Case::load(reader, wanted, phrasing)?;
            let zone = case.zone;
            let plan = wanted.plan.as_deref().map(|plan| case.holds.plan(plan));
            let places: Vec<Place> = case.places.iter().map(|one| place(one, wanted)).collect();
            let search = Search {
                places: &places,
                range: wanted.range,
                length: wanted.length,
                team: TeamId(0),
                kind: wanted.kind,
                plan,
                busy: &wanted.teams,
                zone,
                within: wanted.within.clone(),
                preferred,
                apart: wanted.apart,
                order: wanted.order,
                count: wanted.count,
            };
            let schedule = case.holds.schedule(wanted.range);
            let around = Surroundings {
                holds: &case.holds.holds,
                kinds: &case.holds.kinds,
                schedule: &schedule,
            };
            Ok(look(&case, &search, &around))
        })
    }
}

/// A search with everything around it.
struct Case {
    /// Where it is looked.
    places: Vec<Environment>,
    teams: Vec<Team>,
    holds: Holds,
    zone: chrono_tz::Tz,
    phrasing: Phrasing,
}

impl Case {
    fn load(reader: &Reader<'_>, wanted: &FreeSearch, phrasing: Phrasing) -> Result<Self> {
        let all = reader.environments()?;
        let there = |id: &EnvironmentId| all.iter().find(|one| one.id == *id).cloned();
        let places: Vec<Environment> = wanted.environments.iter().filter_map(there).collect();
        let zone = places.first().ok_or_else(gone)?.zone;
        let around = around(wanted, &places);
        // Teams may be busy anywhere.
        let near = if wanted.teams.is_empty() {
            &places
        } else {
            &all
        };
        let mut holds = Holds::load(reader, near, around.start(), around.end())?;
        if let Some((booking, occurrence)) = wanted.moved {
            holds.without(&HashSet::from([booking]), occurrence);
        }
        let teams = reader.teams()?;
        Ok(Self {
            places,
            teams,
            holds,
            zone,
            phrasing,
        })
    }

    fn said(&self, found: std::result::Result<Vec<Slot>, Obstacle>) -> FreeAnswer {
        let environment = |id| {
            let named = self.places.iter().find(|one| one.id == id);
            named.map_or("", |one| one.name.as_str())
        };
        let team = |id| {
            let named = self.teams.iter().find(|one| one.id == id);
            named.map_or("", |one| one.name.as_str())
        };
        let window = |at: u32| {
            let named = self.holds.windows.get(at as usize);
            named.map_or("", |one| one.title.as_str())
        };
        let names = Names {
            environment: &environment,
            team: &team,
            window: &window,
        };
        let slot = |one: &Slot| FreeSlot {
            range: one.range,
            reason: one.reason(&names),
        };
        found
            .map(|slots| slots.iter().map(slot).collect())
            .map_err(|obstacle| obstacle.words(&names, self.phrasing))
    }
}

/// Whoever is in here may be in the way.
fn around(wanted: &FreeSearch, places: &[Environment]) -> TimeRange {
    let longest = |own: Option<TimeDelta>, buffer: fn(&Environment) -> TimeDelta| {
        own.or_else(|| places.iter().map(buffer).max())
            .unwrap_or_default()
    };
    let before = longest(wanted.set_up, |one| one.set_up);
    let after = longest(wanted.clean_up, |one| one.clean_up);
    wanted
        .range
        .widened(before.max(wanted.apart), after.max(wanted.apart))
}

fn place(environment: &Environment, wanted: &FreeSearch) -> Place {
    let seconds = |length: TimeDelta| u32::try_from(length.num_seconds()).unwrap_or(0);
    Place {
        environment: environment.id,
        capacity: environment.capacity,
        units: wanted.units.and_then(NonZeroU32::new),
        set_up: seconds(wanted.set_up.unwrap_or(environment.set_up)),
        clean_up: seconds(wanted.clean_up.unwrap_or(environment.clean_up)),
    }
}
