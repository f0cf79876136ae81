//! The answer, once everything that speaks against it is known.

use berth_core::conflict::Hold;
use berth_core::words::{Phrasing, kind_words, list_words};
use berth_core::{ConflictKind, TeamId, TimeRange, Timestamp};

use super::{Asked, Verdict};
use crate::conflict::{Found, Member};
use crate::{Slot, wire};

/// One reason, over a stretch of time.
struct Cause {
    kind: ConflictKind,
    teams: Vec<TeamId>,
    /// Nobody in the way is certain.
    tentative: bool,
    titles: Vec<String>,
    range: TimeRange,
}

impl Asked<'_> {
    /// `now` is what the question meets, `later` whatever comes up to the horizon; both without
    /// what is accepted.
    pub(super) fn verdict(
        &self,
        now: &[Found],
        later: &[Found],
        conflicts: Vec<wire::Conflict>,
    ) -> Verdict {
        let forbidden: Vec<Found> = now
            .iter()
            .filter(|one| self.forbids(one))
            .cloned()
            .collect();
        let allowed = forbidden.is_empty();
        let causes = self.causes(if allowed { now } else { &forbidden }, later);
        let ends = causes.iter().map(|one| one.range.end()).max();
        let next = later
            .iter()
            .find(|one| self.forbids(one))
            .map(|one| one.conflict.range.start());
        let held = self.held();
        let until = match (allowed, held) {
            (false, _) => ends,
            (true, Some(slot)) => Some(next.map_or(slot.end, |next| next.min(slot.end))),
            (true, None) => next,
        };
        let until = until.filter(|&until| until < self.horizon());
        let reasons: Vec<String> = causes.iter().map(|one| self.cause(one)).collect();
        let teams: Vec<TeamId> = causes
            .iter()
            .flat_map(|one| one.teams.iter().copied())
            .collect();
        let reason = if reasons.is_empty() {
            self.free(held, until)
        } else {
            reasons.join("; ")
        };
        Verdict {
            allowed,
            reason,
            warned: allowed && !reasons.is_empty(),
            holder: match held {
                Some(_) if teams.is_empty() => Some(self.names(&[self.question.team])),
                _ => Some(self.names(&teams)).filter(|names| !names.is_empty()),
            },
            until,
            conflicts,
        }
    }

    /// The booking of the team that asks, over all of the time it asks about.
    fn held(&self) -> Option<&Slot> {
        let range = self.question.range;
        let covers = |slot: &&Slot| slot.start <= range.start() && range.end() <= slot.end;
        self.own.iter().filter(covers).max_by_key(|slot| slot.end)
    }

    fn causes(&self, obstacles: &[Found], later: &[Found]) -> Vec<Cause> {
        let mut causes: Vec<Cause> = Vec::new();
        for found in obstacles {
            let cause = self.to_its_end(self.one_cause(found), later);
            // What goes on after somebody has left is still the same reason.
            let known = causes
                .iter()
                .any(|one| one.kind == cause.kind && one.range.end() >= cause.range.end());
            if !known {
                causes.push(cause);
            }
        }
        causes
    }

    fn one_cause(&self, found: &Found) -> Cause {
        let others = || found.members.iter().filter(|one| self.is_other(one));
        let mut teams: Vec<TeamId> = Vec::new();
        for (_, hold) in others() {
            if !teams.contains(&hold.team) {
                teams.push(hold.team);
            }
        }
        let titles = found.windows.iter().map(|window| window.title.clone());
        Cause {
            kind: found.conflict.kind,
            teams,
            tentative: others().all(|(_, hold)| !hold.confirmed),
            titles: titles.filter(|title| !title.is_empty()).collect(),
            range: found.conflict.range,
        }
    }

    fn is_other(&self, (member, hold): &(Member, Hold)) -> bool {
        member.booking.0 != 0 && hold.team != self.question.team
    }

    /// A cause lasts until none of its teams is in the way any more, without a break; the question
    /// may have met only a part of it.
    fn to_its_end(&self, mut cause: Cause, later: &[Found]) -> Cause {
        for found in later.iter().filter(|one| one.conflict.kind == cause.kind) {
            let range = found.conflict.range;
            let goes_on = range.start() <= cause.range.end() && range.end() > cause.range.end();
            let same = |(_, hold): &(Member, Hold)| {
                cause.teams.contains(&hold.team) && hold.confirmed != cause.tentative
            };
            if goes_on && (cause.teams.is_empty() || found.members.iter().any(same)) {
                cause.range = cause.range.hull(range);
            }
        }
        cause
    }

    /// `staging is held by Perf until 13:00`, `freeze “quarter end” until Mon 08:00`.
    fn cause(&self, cause: &Cause) -> String {
        let (place, teams) = (&self.environment.name, self.names(&cause.teams));
        let when = self.stretch(cause.range);
        let titles: Vec<String> = cause
            .titles
            .iter()
            .map(|title| format!("“{title}”"))
            .collect();
        let titles = list_words(&titles);
        match cause.kind {
            ConflictKind::Overlap if cause.teams.is_empty() => {
                format!("{place} has only {} units", self.environment.capacity)
            }
            ConflictKind::Overlap if cause.tentative => {
                format!("{place} is held by {teams}, tentatively, {when}")
            }
            ConflictKind::Overlap => format!("{place} is held by {teams} {when}"),
            ConflictKind::Buffer => {
                format!("{place} is needed for set-up or clean-up by {teams} {when}")
            }
            ConflictKind::Freeze if titles.is_empty() => format!("a freeze {when}"),
            ConflictKind::Freeze => format!("freeze {titles} {when}"),
            ConflictKind::OutsideWindow => {
                let kind = kind_words(self.question.kind);
                let titles = if titles.is_empty() {
                    titles
                } else {
                    format!(" {titles}")
                };
                let closed = if cause.range.end() < self.horizon() {
                    format!("closed {when}")
                } else {
                    "and none is open in the next 4 weeks".into()
                };
                format!("{place} allows {kind} only in its windows{titles}, {closed}")
            }
        }
    }

    /// `until 13:00`, `from 12:00 until 13:00`; nothing about an end that is not in sight.
    fn stretch(&self, range: TimeRange) -> String {
        let from = self.question.range.start();
        let start = (range.start() > from).then(|| format!("from {}", self.at(range.start())));
        let end = if range.end() < self.horizon() {
            format!("until {}", self.at(range.end()))
        } else {
            "for more than 4 weeks".into()
        };
        start.into_iter().chain([end]).collect::<Vec<_>>().join(" ")
    }

    fn free(&self, held: Option<&Slot>, until: Option<Timestamp>) -> String {
        let until = match until {
            Some(until) => format!("until {}", self.at(until)),
            None => "for the next 4 weeks".into(),
        };
        match held {
            Some(_) => format!("{} holds it {until}", self.names(&[self.question.team])),
            None => format!("free {until}"),
        }
    }

    /// A time, with its day unless that is the day asked about.
    fn at(&self, at: Timestamp) -> String {
        let phrasing: Phrasing = self.phrasing;
        let day = self.question.range.start().wall(phrasing.zone).date();
        let said = phrasing.until(at, day);
        let last = (at - chrono::TimeDelta::seconds(1))
            .wall(phrasing.zone)
            .date();
        if last == day || at.wall(phrasing.zone).date() == day {
            said
        } else {
            phrasing.moment_nearby(at)
        }
    }

    fn names(&self, teams: &[TeamId]) -> String {
        let mut names: Vec<String> = Vec::new();
        for team in teams {
            let known = self.teams.iter().find(|one| one.id == *team);
            let name = known.map(|one| one.name.clone()).unwrap_or_default();
            if !names.contains(&name) {
                names.push(name);
            }
        }
        list_words(&names)
    }
}
