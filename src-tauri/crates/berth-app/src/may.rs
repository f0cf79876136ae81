//! "May I use it now?": what a pipeline asks before it deploys.
//!
//! The answer is what would happen to a booking that is made up for the question and kept nowhere:
//! yes, unless it would be part of an error. A team that holds the environment is judged by its own
//! bookings: what somebody accepted for them, or lets them break, holds for the question too.

mod calendar;
mod words;

pub use calendar::{CalendarSource, OfCalendar};

use std::sync::Arc;

use berth_core::time::Tz;
use berth_core::words::Phrasing;
use berth_core::{
    Booking, BookingId, ConflictKind, Environment, EnvironmentId, Kind, Severity, Status, Team,
    TeamId, TimeRange, Timestamp, When,
};
use berth_store::Reader;
use chrono::TimeDelta;

use crate::booking::{blank, gone};
use crate::conflict::{Found, Holds, Teller, find};
use crate::schedule::slots;
use crate::{Berth, Filter, Result, Slot, wire};

/// How far ahead the answer looks for its own end.
const AHEAD: TimeDelta = TimeDelta::weeks(4);

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Where.
    pub environment: EnvironmentId,
    /// Who asks.
    pub team: TeamId,
    /// What for: decides which windows matter.
    pub kind: Kind,
    /// From when to when it would be used.
    pub range: TimeRange,
    /// How many units it would take; `None` is exclusive.
    pub units: Option<u32>,
    /// Whether a warning is a no as well: tentative bookings, set-up and clean-up of others.
    pub strict: bool,
}

/// What is answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// Yes or no.
    pub allowed: bool,
    /// Why, as a part of a sentence: `staging is held by Perf until 13:00`, `free until Wed 22:00`.
    pub reason: String,
    /// The answer is yes, and `reason` says what to look out for.
    pub warned: bool,
    /// The teams that are in the way, or else the team that asks, where it holds the environment.
    pub holder: Option<String>,
    /// A no: when everything that is in the way now is over. A yes: when it becomes a no, or when
    /// the team's own booking is over. `None` where that is not within four weeks.
    pub until: Option<Timestamp>,
    /// The conflicts that speak against it, accepted ones included.
    pub conflicts: Vec<wire::Conflict>,
}

impl Berth {
    /// Whether a team may use an environment, and why, or why not.
    ///
    /// # Errors
    /// With code `not-found` when the environment does not exist any more; when the file cannot be
    /// read.
    pub fn may(&mut self, question: &Question, now: Timestamp) -> Result<Verdict> {
        let phrasing = self.phrasing(now)?;
        self.read(|reader| Asked::new(reader, question, phrasing)?.answer())
    }
}

/// A question with what is needed to answer it.
struct Asked<'a> {
    reader: &'a Reader<'a>,
    question: &'a Question,
    phrasing: Phrasing,
    environment: Environment,
    teams: Vec<Team>,
    /// The confirmed bookings of the team that asks.
    own: Vec<Slot>,
    /// The conflicts that these have.
    theirs: Vec<Found>,
}

impl<'a> Asked<'a> {
    fn new(reader: &'a Reader<'a>, question: &'a Question, phrasing: Phrasing) -> Result<Self> {
        let found = reader
            .environments()?
            .into_iter()
            .find(|one| one.id == question.environment);
        let environment = found.ok_or_else(gone)?;
        let teams = reader.teams()?;
        let mut asked = Self {
            reader,
            question,
            phrasing,
            environment,
            teams,
            own: vec![],
            theirs: vec![],
        };
        asked.own = asked.own()?;
        if !asked.own.is_empty() {
            let (from, to) = (question.range.start(), asked.horizon());
            asked.theirs = find(reader, std::slice::from_ref(&asked.environment), from, to)?;
        }
        Ok(asked)
    }

    fn own(&self) -> Result<Vec<Slot>> {
        let question = self.question;
        let filter = Filter {
            teams: vec![question.team],
            ..Filter::default()
        };
        let environments = std::slice::from_ref(&self.environment);
        let mut own = slots(
            self.reader,
            environments,
            question.range.start(),
            self.horizon(),
            &filter,
        )?;
        own.retain(|slot| slot.booking.blocks() && slot.booking.status == Status::Confirmed);
        Ok(own)
    }

    fn horizon(&self) -> Timestamp {
        self.question
            .range
            .end()
            .max(self.question.range.start() + AHEAD)
    }

    fn answer(&self) -> Result<Verdict> {
        let question = self.question;
        let exact = Arc::new(self.made_up(
            question.range,
            (self.environment.set_up, self.environment.clean_up),
        ));
        let ahead =
            TimeRange::new(question.range.start(), self.horizon()).unwrap_or(question.range);
        let ahead = Arc::new(self.made_up(ahead, (TimeDelta::zero(), TimeDelta::zero())));
        let mut teller = Teller::new(self.reader, self.phrasing)?;
        teller.know(Arc::clone(&exact));
        let mut now = Vec::new();
        let mut conflicts = Vec::new();
        for found in self.obstacles(&exact)? {
            let told = teller.tell(&found)?;
            if told.accepted.is_none() {
                now.push(found);
            }
            conflicts.push(told);
        }
        teller.know(Arc::clone(&ahead));
        let mut later = self.obstacles(&ahead)?;
        later.retain(|found| teller.tell(found).is_ok_and(|told| told.accepted.is_none()));
        Ok(self.verdict(&now, &later, conflicts))
    }

    /// The booking that is judged. In UTC, so that both passes of a repeated hour can be asked about.
    fn made_up(&self, range: TimeRange, (set_up, clean_up): (TimeDelta, TimeDelta)) -> Booking {
        let wall = |at: Timestamp| at.wall(Tz::UTC);
        Booking {
            environment: self.environment.id,
            team: self.question.team,
            when: When::Timed {
                start: wall(range.start()),
                end: wall(range.end()),
                zone: Tz::UTC,
            },
            units: self.question.units,
            kind: self.question.kind,
            set_up,
            clean_up,
            ..blank(self.phrasing.now)
        }
    }

    /// What speaks against the booking, by start.
    fn obstacles(&self, booking: &Booking) -> Result<Vec<Found>> {
        let zone = self.environment.zone;
        let (start, end) = booking.span(zone);
        let mut holds = Holds::load(
            self.reader,
            std::slice::from_ref(&self.environment),
            start,
            end,
        )?;
        let occurrences = booking.occurrences(zone, &[], start, end);
        let mut found = Vec::new();
        for one in holds.conflicts_with(&occurrences) {
            match one.conflict.kind {
                ConflictKind::Overlap | ConflictKind::Buffer => self.others(one, &mut found),
                ConflictKind::Freeze | ConflictKind::OutsideWindow => {
                    self.not_excepted(one, &mut found)?
                }
            }
        }
        found.retain(|one| one.conflict.severity != Severity::Info);
        found.sort_by_key(|one| (one.conflict.range.start(), one.conflict.kind));
        Ok(found)
    }

    /// Where the team holds the environment itself, the conflicts of that booking count instead.
    fn others(&self, found: Found, all: &mut Vec<Found>) {
        let mut own = found
            .members
            .iter()
            .filter(|(member, _)| self.is_own(member.booking));
        let Some((own, _)) = own.next() else {
            all.push(found);
            return;
        };
        let same = |one: &&Found| {
            matches!(
                one.conflict.kind,
                ConflictKind::Overlap | ConflictKind::Buffer
            ) && one.conflict.range.overlaps(found.conflict.range)
                && one.members.iter().any(|(member, _)| member == own)
                && !all.contains(one)
        };
        let theirs: Vec<Found> = self.theirs.iter().filter(same).cloned().collect();
        all.extend(theirs);
    }

    /// What is left of a conflict with windows when the exceptions for the team's own bookings of
    /// this kind are taken off.
    fn not_excepted(&self, found: Found, all: &mut Vec<Found>) -> Result<()> {
        let mut left = vec![found.conflict.range];
        for theirs in self.theirs.iter().filter(|one| one.exception.is_some()) {
            let own = theirs.members.first().map(|(member, _)| member.booking);
            let slot = self.own.iter().find(|slot| Some(slot.booking.id) == own);
            let same = theirs.conflict.kind == found.conflict.kind;
            if same && slot.is_some_and(|slot| slot.booking.kind == self.question.kind) {
                left = left
                    .iter()
                    .flat_map(|&range| without(range, theirs.conflict.range))
                    .collect();
            }
        }
        all.extend(left.into_iter().map(|range| {
            let conflict = berth_core::Conflict {
                range,
                ..found.conflict.clone()
            };
            Found {
                conflict,
                ..found.clone()
            }
        }));
        Ok(())
    }

    fn is_own(&self, booking: BookingId) -> bool {
        self.own.iter().any(|slot| slot.booking.id == booking)
    }

    /// Whether an obstacle makes the answer a no.
    fn forbids(&self, found: &Found) -> bool {
        self.question.strict || found.conflict.severity == Severity::Error
    }
}

/// A range without a hole: none, one or two ranges.
fn without(range: TimeRange, hole: TimeRange) -> Vec<TimeRange> {
    let before = TimeRange::new(range.start(), hole.start().min(range.end()));
    let after = TimeRange::new(hole.end().max(range.start()), range.end());
    before.into_iter().chain(after).collect()
}
