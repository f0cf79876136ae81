//! Ways out of a conflict, and taking one of them.

use std::collections::{HashMap, HashSet};

use berth_core::proposal::{Action, Proposal, Question, proposals};
use berth_core::slots::{Daily, Days, Hours};
use berth_core::words::{Names, Phrasing};
use berth_core::{BookingId, Environment, Team, TimeRange, Timestamp};
use berth_store::{Reader, Writer};
use chrono::{TimeDelta, Weekday};

use super::find::Member;
use super::{Found, Holds, Teller, find};
use crate::booking::{refitted, write};
use crate::wire::{self, BookingRef, Move, Outcome, ProposalAction, Scope};
use crate::{Berth, Error, Result, history};

/// Bookings are moved at most so far.
const AHEAD: TimeDelta = TimeDelta::weeks(2);

const WORKDAYS: [Weekday; 5] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
];

impl Berth {
    /// The ways out of a conflict that is there at the instant `at`, best first.
    ///
    /// # Errors
    /// With code `not-found` when the conflict is no longer there.
    pub fn proposals(&mut self, id: &str, at: i64, now: Timestamp) -> Result<Vec<wire::Proposal>> {
        let phrasing = self.phrasing(now)?;
        let hours = self.working_hours()?;
        self.read(|reader| {
            Case::open(reader, id, at, hours, phrasing)?
                .answer(|case, question, all| Ok(case.told(question, &all)))
        })
    }

    /// Takes one of the ways out, in one operation. A reason is needed where nothing is changed, and
    /// kept in the history where something is.
    ///
    /// # Errors
    /// With code `not-found` when the conflict or the proposal is no longer there, `input` when a
    /// reason is missing, or it is others who would have to move.
    pub fn apply_proposal(
        &mut self,
        id: &str,
        at: i64,
        key: &str,
        reason: &str,
        now: Timestamp,
    ) -> Result<Outcome> {
        let phrasing = self.phrasing(now)?;
        let hours = self.working_hours()?;
        let read = |reader: &Reader<'_>| {
            Case::open(reader, id, at, hours.clone(), phrasing)?.answer(|case, question, all| {
                let found = all.into_iter().find(|one| digest(one) == key);
                let found = found.ok_or_else(|| {
                    Error::not_found(
                        "This way out is no longer there.",
                        "Look at the proposals again.",
                    )
                })?;
                let text = case.named(|names| found.words(question, names, phrasing));
                Ok(Step {
                    moves: case.moves(&found),
                    action: found.action,
                    accepts: found.accepts(),
                    text,
                })
            })
        };
        let step = self.read(read)?;
        if step.action == Action::MoveTheirs {
            let message = "It is others who would have to move.";
            return Err(Error::input(
                message,
                "Copy the request and send it to them.",
            ));
        }
        if step.accepts {
            return self.accept_conflict(id, reason, now);
        }
        let done = self.write(now, |writer| {
            // Somebody may have changed something since; then the proposal is another one.
            let step = read(writer)?;
            apply(writer, &step.moves, now)?;
            let reason = reason.trim();
            let because = if reason.is_empty() {
                String::new()
            } else {
                format!(" because {reason}")
            };
            Ok(((), format!("{}{because}", step.text)))
        })?;
        Ok(history::outcome(done.operation))
    }

    /// The hours that bookings are best moved to.
    pub(crate) fn working_hours(&mut self) -> Result<Option<Daily>> {
        let settings = self.settings()?;
        let (from, to) = (
            u32::from(settings.work_start) * 60,
            u32::from(settings.work_end) * 60,
        );
        let hours = Hours::from_minutes(from, to).filter(|_| from < to);
        Ok(hours.map(|hours| Daily {
            hours: Some(hours),
            days: Days::Weekdays(WORKDAYS.to_vec()),
        }))
    }
}

/// What applying a proposal does.
struct Step {
    moves: Vec<(Move, Option<u32>)>,
    action: Action,
    accepts: bool,
    text: String,
}

fn apply(writer: &mut Writer<'_>, moves: &[(Move, Option<u32>)], now: Timestamp) -> Result<()> {
    for (to, units) in moves {
        let edit = refitted(writer, to, |_| *units).map_err(Error::from)?;
        write(writer, edit, now)?;
    }
    Ok(())
}

/// A conflict with everything around it.
struct Case {
    found: Found,
    holds: Holds,
    environment: Environment,
    teams: Vec<Team>,
    whole_days: HashSet<BookingId>,
    /// Of changed occurrences, the start that their series gave them.
    originals: HashMap<BookingId, Option<Timestamp>>,
    range: TimeRange,
    hours: Option<Daily>,
    phrasing: Phrasing,
}

impl Case {
    fn open(
        reader: &Reader<'_>,
        id: &str,
        at: i64,
        hours: Option<Daily>,
        phrasing: Phrasing,
    ) -> Result<Self> {
        let at = Timestamp::from_millis(at);
        let environments = reader.environments()?;
        let mut teller = Teller::new(reader, phrasing)?;
        for found in find(reader, &environments, at, at + TimeDelta::seconds(1))? {
            if teller.identify(&found)?.0 != id {
                continue;
            }
            let of = found.conflict.environment;
            let environment = environments
                .into_iter()
                .find(|one| one.id == of)
                .ok_or_else(gone)?;
            return Self::around(reader, found, environment, hours, phrasing);
        }
        Err(gone())
    }

    fn around(
        reader: &Reader<'_>,
        found: Found,
        environment: Environment,
        hours: Option<Daily>,
        phrasing: Phrasing,
    ) -> Result<Self> {
        let until = found.conflict.range.end().max(phrasing.now) + AHEAD;
        let cores = found.members.iter().map(|(_, hold)| hold.start);
        let from = cores.min().unwrap_or(phrasing.now).min(phrasing.now);
        let holds = Holds::load(reader, std::slice::from_ref(&environment), from, until)?;
        let (first, last) = holds.reach(from, until);
        let range = TimeRange::new(first, last).ok_or_else(gone)?;
        let (mut whole_days, mut originals) = (HashSet::new(), HashMap::new());
        for (member, _) in &found.members {
            let booking = reader.booking(member.booking)?.ok_or_else(gone)?;
            originals.insert(
                booking.id,
                super::original_start(&booking, environment.zone),
            );
            if booking.when.is_all_day() {
                whole_days.insert(booking.id);
            }
        }
        let teams = reader.teams()?;
        Ok(Self {
            found,
            holds,
            environment,
            teams,
            whole_days,
            originals,
            range,
            hours,
            phrasing,
        })
    }

    /// Asks for the ways out and hands them on with the question.
    fn answer<T>(
        self,
        then: impl FnOnce(&Self, &Question<'_>, Vec<Proposal>) -> Result<T>,
    ) -> Result<T> {
        let indices = self
            .found
            .members
            .iter()
            .filter_map(|(member, _)| self.index(*member));
        let mut conflict = self.found.conflict.clone();
        conflict.members = indices.collect();
        let mine = self.mine(&conflict.members).ok_or_else(gone)?;
        let schedule = self.holds.schedule(self.range);
        let question = Question {
            conflict: &conflict,
            mine,
            holds: &self.holds.holds,
            kinds: &self.holds.kinds,
            schedule: &schedule,
            capacity: &|id| self.holds.capacity(id),
            excepted: &|hold, window| self.holds.exception(hold, window).is_some(),
            whole_days: &|hold| {
                self.whole_days
                    .contains(&self.holds.members[hold as usize].booking)
            },
            zone: self.environment.zone,
            preferred: self.hours.as_ref(),
            now: self.phrasing.now,
            until: self.range.end(),
        };
        let all = proposals(&question);
        then(&self, &question, all)
    }

    fn index(&self, member: Member) -> Option<u32> {
        let at = self.holds.members.iter().position(|one| *one == member)?;
        u32::try_from(at).ok()
    }

    /// The member that gives way: one of my teams' where there is one, tentative ones first, else
    /// whoever begins last.
    fn mine(&self, members: &[u32]) -> Option<u32> {
        let rank = |&at: &u32| {
            let hold = &self.holds.holds[at as usize];
            let mine = self
                .teams
                .iter()
                .any(|team| team.id == hold.team && team.mine);
            (mine, !hold.confirmed, hold.start)
        };
        members.iter().copied().max_by_key(rank)
    }

    /// Lends the names of everything to `then`.
    fn named<T>(&self, then: impl FnOnce(&Names<'_>) -> T) -> T {
        let environment = |_| self.environment.name.as_str();
        let team = |id| {
            self.teams
                .iter()
                .find(|one| one.id == id)
                .map_or("", |one| one.name.as_str())
        };
        let window = |at: u32| {
            self.holds
                .windows
                .get(at as usize)
                .map_or("", |one| one.title.as_str())
        };
        then(&Names {
            environment: &environment,
            team: &team,
            window: &window,
        })
    }

    fn told(&self, question: &Question<'_>, all: &[Proposal]) -> Vec<wire::Proposal> {
        let phrasing = self.phrasing;
        self.named(|names| {
            all.iter()
                .map(|one| wire::Proposal {
                    key: digest(one),
                    action: one.action.into(),
                    text: one.words(question, names, phrasing),
                    consequences: one.consequences(question, names, phrasing),
                    request: one.request(question, names, phrasing),
                    needs_reason: one.accepts(),
                })
                .collect()
        })
    }

    /// The moves that a proposal consists of, with the units that each takes then.
    fn moves(&self, proposal: &Proposal) -> Vec<(Move, Option<u32>)> {
        let change = |change: &berth_core::proposal::Change| {
            let member = self.holds.members[change.hold as usize];
            let original = self.originals.get(&member.booking).copied().flatten();
            let to = Move {
                reference: Some(BookingRef::new(
                    member.booking,
                    member.recurrence_id.or(original),
                )),
                scope: Scope::This,
                environment_id: self.environment.id.to_string(),
                team_id: None,
                start: change.range.start().millis(),
                end: change.range.end().millis(),
            };
            (to, change.units.map(std::num::NonZeroU32::get))
        };
        proposal.changes.iter().map(change).collect()
    }
}

/// Names a proposal by what it does.
fn digest(proposal: &Proposal) -> String {
    super::tell::digest(&format!("{:?} {:?}", proposal.action, proposal.changes))
}

fn gone() -> Error {
    Error::not_found(
        "This conflict is no longer there.",
        "Reload: somebody may have solved it.",
    )
}

impl From<Action> for ProposalAction {
    fn from(action: Action) -> Self {
        match action {
            Action::MoveMine => Self::MoveMine,
            Action::Shorten => Self::Shorten,
            Action::Share => Self::Share,
            Action::MoveTheirs => Self::MoveTheirs,
            Action::Accept => Self::Accept,
        }
    }
}
