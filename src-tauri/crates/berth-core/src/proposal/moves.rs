//! Another time for one of the members.

use chrono::{Days as DayCount, TimeDelta};

use super::{Action, Change, Draft, Question};
use crate::slots::{Daily, Days, Hours, Length, Order, Place, Search, Slot, Surroundings, slots};
use crate::{Hold, Kind, TimeRange, Timestamp, ranges, time};

/// How far back "earlier" reaches.
const EARLIER: TimeDelta = TimeDelta::days(7);

/// Later the same day, another day, earlier; where nothing of that is free in the hours of the
/// booking, whenever it is.
pub(super) fn mine(question: &Question) -> Vec<Draft> {
    let Some(moving) = Moving::new(question, question.mine) else {
        return Vec::new();
    };
    let later = moving.later();
    let found: Vec<Slot> = later.into_iter().chain(moving.earlier()).collect();
    let found = if found.is_empty() {
        moving.at_any_time()
    } else {
        found
    };
    found
        .into_iter()
        .map(|slot| moving.draft(Action::MoveMine, slot))
        .collect()
}

/// The next slot for each of the others.
pub(super) fn theirs(question: &Question) -> Vec<Draft> {
    let next = |index| {
        let moving = Moving::new(question, index)?;
        let slot = moving.later().into_iter().next()?;
        Some(moving.draft(Action::MoveTheirs, slot))
    };
    question.theirs().filter_map(next).collect()
}

/// A hold that is taken out, and put in elsewhere.
struct Moving<'a> {
    question: &'a Question<'a>,
    index: u32,
    core: TimeRange,
    place: Place,
    holds: Vec<Hold>,
    kinds: Vec<Kind>,
    /// Whether it is in the preferred hours now.
    preferred: bool,
}

impl<'a> Moving<'a> {
    /// `None` for what has begun already.
    fn new(question: &'a Question<'a>, index: u32) -> Option<Self> {
        let core = question
            .core(index)
            .filter(|core| core.start() >= question.now)?;
        let (holds, kinds) = without(question, index);
        let preferred = question.preferred.is_some_and(|hours| {
            ranges::without(&[core], &hours.ranges(question.zone, core)).is_empty()
        });
        let place = place(question, index);
        Some(Self {
            question,
            index,
            core,
            place,
            holds,
            kinds,
            preferred,
        })
    }

    /// One slot later the same day and one on another day, or two on other days.
    fn later(&self) -> Vec<Slot> {
        let tomorrow = self.tomorrow();
        // What lasts over midnight only has to begin today.
        let beyond = self.core.end() > tomorrow;
        let end = if beyond {
            tomorrow + self.core.length()
        } else {
            tomorrow
        };
        let mut today = self.search(
            self.core.start(),
            end,
            self.hours_today(),
            Order::Earliest,
            1,
        );
        today.retain(|slot| slot.range.start() < tomorrow);
        let missing = 2 - today.len();
        let until = self.question.until;
        let then = self.search(
            tomorrow,
            until,
            self.hours_elsewhen(),
            Order::Earliest,
            missing,
        );
        today.into_iter().chain(then).collect()
    }

    /// The last slot before.
    fn earlier(&self) -> Vec<Slot> {
        let from = self.question.now.max(self.core.start() - EARLIER);
        self.search(from, self.core.end(), self.hours_today(), Order::Latest, 1)
    }

    fn at_any_time(&self) -> Vec<Slot> {
        self.search(
            self.question.now,
            self.question.until,
            None,
            Order::Earliest,
            1,
        )
    }

    fn search(
        &self,
        from: Timestamp,
        to: Timestamp,
        within: Option<Daily>,
        order: Order,
        count: usize,
    ) -> Vec<Slot> {
        let Some(range) = TimeRange::new(from, to.min(self.question.until)) else {
            return Vec::new();
        };
        let hold = self.question.hold(self.index);
        let search = Search {
            places: &[self.place],
            range,
            length: self.length(),
            team: hold.team,
            kind: self.question.kind(self.index),
            plan: hold.plan,
            busy: &[],
            zone: self.question.zone,
            within,
            preferred: None,
            apart: TimeDelta::zero(),
            order,
            count,
        };
        let (holds, kinds) = (&self.holds, &self.kinds);
        let around = Surroundings {
            holds,
            kinds,
            schedule: self.question.schedule,
        };
        slots(&search, &around).unwrap_or_default()
    }

    fn length(&self) -> Length {
        if self.is_whole_days() {
            let (first, after) = (self.wall(self.core.start()), self.wall(self.core.end()));
            let days = (after.date() - first.date()).num_days();
            Length::Days(u32::try_from(days).unwrap_or(1))
        } else {
            Length::Time(self.core.length())
        }
    }

    fn hours_today(&self) -> Option<Daily> {
        self.question.preferred.filter(|_| self.preferred).cloned()
    }

    /// The preferred hours, or the booking's own: what is rolled out at night is rolled out on
    /// another night.
    fn hours_elsewhen(&self) -> Option<Daily> {
        let own = Hours {
            from: self.wall(self.core.start()).time(),
            to: self.wall(self.core.end()).time(),
        };
        let short = self.core.length() < TimeDelta::days(1) && !self.is_whole_days();
        let own = short.then_some(Daily {
            hours: Some(own),
            days: Days::Any,
        });
        self.hours_today().or(own)
    }

    fn is_whole_days(&self) -> bool {
        (self.question.whole_days)(self.index)
    }

    fn tomorrow(&self) -> Timestamp {
        let today = self.wall(self.core.start()).date();
        let next = today.checked_add_days(DayCount::new(1)).unwrap_or(today);
        time::midnight(next, self.question.zone)
    }

    fn wall(&self, at: Timestamp) -> chrono::NaiveDateTime {
        at.wall(self.question.zone)
    }

    fn draft(&self, action: Action, slot: Slot) -> Draft {
        let units = self.question.hold(self.index).units;
        let change = Change {
            hold: self.index,
            range: slot.range,
            units,
        };
        Draft {
            action,
            changes: vec![change],
            notes: slot.notes,
        }
    }
}

/// Where a hold is, and what it needs there.
pub(super) fn place(question: &Question, index: u32) -> Place {
    let hold = question.hold(index);
    Place {
        environment: hold.environment,
        capacity: (question.capacity)(hold.environment),
        units: hold.units,
        set_up: hold.set_up,
        clean_up: hold.clean_up,
    }
}

/// All holds but one, with their kinds.
pub(super) fn without(question: &Question, index: u32) -> (Vec<Hold>, Vec<Kind>) {
    let others = (0..).zip(question.holds).filter(|&(at, _)| at != index);
    others.map(|(at, hold)| (*hold, question.kind(at))).unzip()
}
