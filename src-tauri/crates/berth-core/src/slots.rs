//! Free slots: where a booking of some length fits, ranked, and why it fits nowhere.
//!
//! A slot must stand every rule: it keeps clear of what others hold with their buffers and its own,
//! of freezes, and inside allow windows. Each rule leaves a set of ranges that the core may lie in;
//! what lies in all of them is free, and the rule after which nothing is left is the reason that
//! there is no slot. Whose bookings these are does not matter: they are also in the way of their own
//! team. Teams that take part can be asked to have nothing else then.

use std::num::NonZeroU32;

use chrono::{NaiveDate, TimeDelta};
use chrono_tz::Tz;

use crate::window::Schedule;
use crate::{EnvironmentId, Hold, Kind, TeamId, TimeRange};

use busy::Who;
pub use hours::{Daily, Days, Hours};
pub use obstacle::Obstacle;

mod busy;
mod hours;
mod narrow;
mod obstacle;
mod pick;
mod snap;
#[cfg(test)]
mod tests;
mod why;
mod words;

/// What is looked for.
#[derive(Debug, Clone)]
pub struct Search<'a> {
    /// Where: on all of these at the same time.
    pub places: &'a [Place],
    /// When: the core must lie in here. Only the first [`LONGEST_SEARCH`] of it is looked at.
    pub range: TimeRange,
    /// How long.
    pub length: Length,
    /// Who for: only says whose the slots are that [`slots_on`] takes, since any team's bookings
    /// are in the way, also its own.
    pub team: TeamId,
    /// What for: decides which windows matter.
    pub kind: Kind,
    /// Holds of this plan are not in the way.
    pub plan: Option<NonZeroU32>,
    /// These take part, and must hold nothing then, on any environment.
    pub busy: &'a [TeamId],
    /// Whose days and hours are meant.
    pub zone: Tz,
    /// The core must lie in these hours of these days.
    pub within: Option<Daily>,
    /// Slots in these hours come first; the others are still found.
    pub preferred: Option<Daily>,
    /// The core must keep this distance from every deployment on the places; none when zero.
    pub apart: TimeDelta,
    /// Which end of the range to begin at.
    pub order: Order,
    /// At most so many slots, which do not overlap each other.
    pub count: usize,
}

/// An environment that is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Which.
    pub environment: EnvironmentId,
    /// How many units it has; 0 is read as 1.
    pub capacity: u32,
    /// How many units are wanted; `None` is exclusive.
    pub units: Option<NonZeroU32>,
    /// Seconds needed before the start.
    pub set_up: u32,
    /// Seconds needed after the end.
    pub clean_up: u32,
}

/// How long a slot is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// Real time, from any instant; less than a second is read as a second.
    Time(TimeDelta),
    /// So many whole days in the zone of the search; 0 is read as 1.
    Days(u32),
}

/// Which slots come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// The earliest.
    #[default]
    Earliest,
    /// The latest: for the last chance before something.
    Latest,
}

/// What is there already. A booking that is looked for another time must not be among the holds.
#[derive(Debug, Clone, Copy)]
pub struct Surroundings<'a> {
    /// Whatever blocks, in any order, also of other environments.
    pub holds: &'a [Hold],
    /// What each hold is for, at the same index.
    pub kinds: &'a [Kind],
    /// The windows over the range of the search.
    pub schedule: &'a Schedule,
}

/// A time that would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// The core.
    pub range: TimeRange,
    /// What to know about it; nothing where it is simply free.
    pub notes: Vec<Note>,
}

/// What to know about a slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// It is free only if the tentative bookings of these teams yield.
    IfTheyYield(Vec<TeamId>),
    /// It begins when the clean-up of this team is over.
    AfterCleanUp(TeamId),
    /// It ends when the set-up of this team begins.
    BeforeSetUp(TeamId),
    /// It is not in the preferred hours.
    OutsidePreferred,
}

/// A search looks at most this far.
pub const LONGEST_SEARCH: TimeDelta = TimeDelta::days(400);

/// The best slots, at least one, or why there is none.
///
/// Slots that are free come before those where somebody tentative would have to yield; of these,
/// slots in the preferred hours come before the others; then the earlier come first, where a slot
/// that begins right after somebody's clean-up, or ends right before somebody's set-up, counts as
/// an hour later than it is. (With [`Order::Latest`] the later come first.) Takes O(n log n) time
/// for n holds.
///
/// # Errors
/// An [`Obstacle`] where there is no slot, not even with tentative bookings out of the way.
pub fn slots(search: &Search, around: &Surroundings) -> Result<Vec<Slot>, Obstacle> {
    let search = &search.within_limits();
    let eligible = narrow::eligible(search, around)?;
    let mut chosen = Vec::new();
    let taken = busy::at_places(search, around.holds, Who::Everybody);
    let free = narrow::free(search, around, &eligible, &taken, Who::Everybody);
    if let Ok(cores) = &free {
        let free = pick::Free {
            cores,
            taken: &taken,
        };
        pick::pick(search, around, &free, &mut chosen);
    }
    let enough = chosen.len() >= search.count && free.is_ok();
    if enough || around.holds.iter().all(|hold| hold.confirmed) {
        let why = |stuck| why::why(&stuck, search, around, &taken, Who::Everybody);
        return free.map(|_| chosen).map_err(why);
    }
    let confirmed = busy::at_places(search, around.holds, Who::Confirmed);
    match narrow::free(search, around, &eligible, &confirmed, Who::Confirmed) {
        Ok(cores) => {
            let free = pick::Free {
                cores: &cores,
                taken: &confirmed,
            };
            pick::pick_yielding(search, around, &free, &taken, &mut chosen);
            Ok(chosen)
        }
        Err(_) if free.is_ok() => Ok(chosen),
        Err(stuck) => Err(why::why(&stuck, search, around, &confirmed, Who::Confirmed)),
    }
}

/// The stretches of the range that a core may lie in without any conflict, tentative bookings
/// included, in order; none where not even one slot fits.
pub(crate) fn free_stretches(search: &Search, around: &Surroundings) -> Vec<TimeRange> {
    let search = &search.within_limits();
    let Ok(eligible) = narrow::eligible(search, around) else {
        return Vec::new();
    };
    let taken = busy::at_places(search, around.holds, Who::Everybody);
    narrow::free(search, around, &eligible, &taken, Who::Everybody).unwrap_or_default()
}

/// [`slots`] for several separate slots, one on each of `dates`: "four hours on Tuesday and on
/// Wednesday". The best slot of each date is taken before the next date is looked at, so that the
/// slots keep their distance also from each other.
///
/// Each date keeps the hours that `search` asks for; hours over midnight belong to the date that
/// they begin on.
#[must_use]
pub fn slots_on(
    search: &Search,
    around: &Surroundings,
    dates: &[NaiveDate],
) -> Vec<(NaiveDate, Result<Vec<Slot>, Obstacle>)> {
    let search = &search.within_limits();
    let (mut holds, mut kinds) = busy::near(search, around);
    let mut found = Vec::new();
    for &date in dates {
        let hours = search.within.as_ref().and_then(|within| within.hours);
        let on_date = Daily {
            hours,
            days: Days::Dates(vec![date]),
        };
        let on_date = Search {
            within: Some(on_date),
            ..search.clone()
        };
        let around = Surroundings {
            holds: &holds,
            kinds: &kinds,
            schedule: around.schedule,
        };
        let slots = slots(&on_date, &around);
        if let Some(best) = slots.as_ref().ok().and_then(|slots| slots.first()) {
            holds.extend(
                search
                    .places
                    .iter()
                    .map(|place| place.hold(search.team, best.range)),
            );
            kinds.resize(holds.len(), search.kind);
        }
        found.push((date, slots));
    }
    found
}

impl Search<'_> {
    fn within_limits(&self) -> Self {
        let (start, end) = (self.range.start(), self.range.end());
        let range = match self.order {
            Order::Earliest => TimeRange::new(start, end.min(start + LONGEST_SEARCH)),
            Order::Latest => TimeRange::new(start.max(end - LONGEST_SEARCH), end),
        };
        let range = range.unwrap_or(self.range);
        let length = match self.length {
            Length::Time(time) => Length::Time(time.max(TimeDelta::seconds(1))),
            Length::Days(days) => Length::Days(days.max(1)),
        };
        Self {
            range,
            length,
            ..self.clone()
        }
    }

    /// Whether a slot fits into `range`.
    fn fits(&self, range: TimeRange) -> bool {
        snap::first(self, range).is_some()
    }
}

impl Place {
    /// What a booking in `core` would hold.
    fn hold(&self, team: TeamId, core: TimeRange) -> Hold {
        Hold {
            environment: self.environment,
            team,
            plan: None,
            start: core.start(),
            end: core.end(),
            set_up: self.set_up,
            clean_up: self.clean_up,
            units: self.units,
            confirmed: true,
        }
    }

    /// The core that is left of a free stretch when the time before and after is taken off.
    fn core(&self, free: TimeRange) -> Option<TimeRange> {
        let (before, after) = self.buffers();
        TimeRange::new(free.start() + before, free.end() - after)
    }

    fn footprint(&self, core: TimeRange) -> TimeRange {
        let (before, after) = self.buffers();
        core.widened(before, after)
    }

    fn buffers(&self) -> (TimeDelta, TimeDelta) {
        let seconds = |n: u32| TimeDelta::seconds(i64::from(n));
        (seconds(self.set_up), seconds(self.clean_up))
    }
}
