//! A conflict in words, with its members, for the window and the command line.

use std::collections::HashMap;
use std::sync::Arc;

use berth_core::conflict::Hold;
use berth_core::conflict::explain::{self, Situation};
use berth_core::words::Phrasing;
use berth_core::{
    Booking, BookingId, ConflictKind, Environment, EnvironmentId, Severity, Team, TeamId, Timestamp,
};
use berth_store::{Acceptance, Reader};

use super::{Found, Member};
use crate::{Code, Error, Result, wire};

/// Puts conflicts into words; loads each booking once.
pub(crate) struct Teller<'r, 'c> {
    reader: &'r Reader<'c>,
    phrasing: Phrasing,
    environments: HashMap<EnvironmentId, Environment>,
    teams: HashMap<TeamId, Team>,
    acceptances: HashMap<String, Acceptance>,
    bookings: HashMap<BookingId, Arc<Booking>>,
}

/// A member with the booking behind it.
struct Known {
    booking: Arc<Booking>,
    reference: wire::BookingRef,
    hold: Hold,
}

impl<'r, 'c> Teller<'r, 'c> {
    pub(crate) fn new(reader: &'r Reader<'c>, phrasing: Phrasing) -> Result<Self> {
        let acceptances = reader
            .acceptances()?
            .into_iter()
            .map(|one| (one.conflict.clone(), one));
        Ok(Self {
            reader,
            phrasing,
            environments: reader
                .environments()?
                .into_iter()
                .map(|one| (one.id, one))
                .collect(),
            teams: reader
                .teams()?
                .into_iter()
                .map(|one| (one.id, one))
                .collect(),
            acceptances: acceptances.collect(),
            bookings: HashMap::new(),
        })
    }

    /// Takes a booking that is not stored, or not as it will be stored: the one in the form.
    pub(crate) fn know(&mut self, booking: Arc<Booking>) {
        self.bookings.insert(booking.id, booking);
    }

    /// The conflict as it is shown.
    ///
    /// # Errors
    /// When the file cannot be read, or a member was removed in the meantime.
    pub(crate) fn tell(&mut self, found: &Found) -> Result<wire::Conflict> {
        let known = self.members(found)?;
        let id = identity(found, &known);
        let accepted = self
            .acceptances
            .get(&id)
            .filter(|one| one.fingerprint == fingerprint(&known));
        let accepted = accepted.map(|one| wire::Acceptance {
            who: one.who.clone(),
            at: one.at.millis(),
            reason: one.reason.clone(),
        });
        let (headline, explanation) = self.words(found, &known, |situation| {
            (
                explain::headline(situation),
                explain::explanation(situation),
            )
        });
        Ok(wire::Conflict {
            environment_id: found.conflict.environment.to_string(),
            kind: found.conflict.kind.into(),
            severity: found.conflict.severity.into(),
            start: found.conflict.range.start().millis(),
            end: found.conflict.range.end().millis(),
            bookings: known.iter().map(|one| self.member(one)).collect(),
            accepted: accepted.or_else(|| excepted(found)),
            headline,
            explanation,
            id,
        })
    }

    /// [`Teller::tell`]; `None` where the row of a member cannot be read: it is left out and named, and
    /// what the others conflict in is told.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(crate) fn tell_readable(&mut self, found: &Found) -> Result<Option<wire::Conflict>> {
        match self.tell(found) {
            Err(error) if error.code == Code::NotFound => Ok(None),
            told => told.map(Some),
        }
    }

    /// Whether it counts: not within a team, and not accepted.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(crate) fn counts(&mut self, found: &Found) -> Result<bool> {
        if found.conflict.severity == Severity::Info || found.exception.is_some() {
            return Ok(false);
        }
        if self.acceptances.is_empty() {
            return Ok(true);
        }
        let (id, fingerprint) = self.identify(found)?;
        let accepted = self.acceptances.get(&id);
        Ok(accepted.is_none_or(|one| one.fingerprint != fingerprint))
    }

    /// What an acceptance of this conflict is kept under: its id, and what its members look like.
    pub(crate) fn identify(&mut self, found: &Found) -> Result<(String, String)> {
        let known = self.members(found)?;
        Ok((identity(found, &known), fingerprint(&known)))
    }

    fn members(&mut self, found: &Found) -> Result<Vec<Known>> {
        found
            .members
            .iter()
            .map(|(member, hold)| self.known(*member, *hold))
            .collect()
    }

    fn known(&mut self, member: Member, hold: Hold) -> Result<Known> {
        let booking = match self.bookings.get(&member.booking) {
            Some(booking) => Arc::clone(booking),
            None => {
                let found = self.reader.booking(member.booking)?.ok_or_else(|| {
                    Error::not_found("A booking has just been removed.", "Reload and look again.")
                })?;
                let booking = Arc::new(found);
                self.bookings.insert(member.booking, Arc::clone(&booking));
                booking
            }
        };
        let zone = self
            .environments
            .get(&booking.environment)
            .map_or(chrono_tz::Tz::UTC, |one| one.zone);
        let recurrence_id = member
            .recurrence_id
            .or_else(|| original_start(&booking, zone));
        Ok(Known {
            reference: wire::BookingRef::new(booking.id, recurrence_id),
            booking,
            hold,
        })
    }

    fn member(&self, known: &Known) -> wire::ConflictMember {
        wire::ConflictMember {
            reference: known.reference.clone(),
            uid: known.booking.uid.clone(),
            team_id: known.booking.team.to_string(),
            team: self.team(known.booking.team).to_owned(),
            title: known.booking.title.clone(),
            start: known.hold.start.millis(),
            end: known.hold.end.millis(),
        }
    }

    fn team(&self, id: TeamId) -> &str {
        self.teams.get(&id).map_or("", |team| &team.name)
    }

    /// Who is part of it.
    ///
    /// # Errors
    /// As [`Teller::tell`].
    pub(crate) fn bookings(&mut self, found: &Found) -> Result<Vec<wire::ConflictMember>> {
        let known = self.members(found)?;
        Ok(known.iter().map(|one| self.member(one)).collect())
    }

    /// Who is part of it, and what is wrong in a few words.
    ///
    /// # Errors
    /// As [`Teller::tell`].
    pub(crate) fn summary(&mut self, found: &Found) -> Result<(Vec<wire::ConflictMember>, String)> {
        let known = self.members(found)?;
        let members = known.iter().map(|one| self.member(one)).collect();
        Ok((members, self.words(found, &known, explain::what)))
    }

    fn words<T>(&self, found: &Found, known: &[Known], say: impl FnOnce(&Situation<'_>) -> T) -> T {
        let environment = self.environments.get(&found.conflict.environment);
        let titles: Vec<String> = found
            .windows
            .iter()
            .map(|window| window.title.clone())
            .collect();
        let titles: Vec<String> = titles
            .into_iter()
            .filter(|title| !title.is_empty())
            .collect();
        let titles = berth_core::words::list_words(&titles);
        let members: Vec<_> = known.iter().map(|one| self.explained(one)).collect();
        let situation = Situation {
            environment: environment.map_or("", |one| &one.name),
            capacity: environment.map_or(1, |one| one.capacity),
            contact: environment.map_or("", |one| &one.owner),
            kind: found.conflict.kind,
            severity: found.conflict.severity,
            range: found.conflict.range,
            members: &members,
            window: &titles,
            phrasing: self.phrasing,
        };
        say(&situation)
    }

    fn explained<'a>(&'a self, known: &'a Known) -> explain::Member<'a> {
        explain::Member {
            team: self.team(known.booking.team),
            title: &known.booking.title,
            start: known.hold.start,
            end: known.hold.end,
            set_up: known.booking.set_up,
            clean_up: known.booking.clean_up,
            units: known.hold.units,
            confirmed: known.hold.confirmed,
            plan: known.booking.plan.as_deref(),
            created: known.booking.created,
        }
    }
}

/// Who made the exception that allows it.
fn excepted(found: &Found) -> Option<wire::Acceptance> {
    let exception = found.exception.as_ref()?;
    Some(wire::Acceptance {
        who: exception.who.clone(),
        at: exception.at.millis(),
        reason: exception.reason.clone(),
    })
}

/// The start that its series gave to a changed occurrence.
pub(crate) fn original_start(booking: &Booking, environment: chrono_tz::Tz) -> Option<Timestamp> {
    let zone = booking.when.zone(environment);
    booking
        .recurrence_id
        .map(|wall| berth_core::time::localise(wall, zone))
}

/// Stable for the same environment, kind and members (rule 13), whatever their times: where the same
/// members meet again after a pause, both stretches have it, and are accepted together.
fn identity(found: &Found, known: &[Known]) -> String {
    let mut members: Vec<(&str, Option<i64>)> = known
        .iter()
        .map(|one| (one.booking.uid.as_str(), one.reference.recurrence_id))
        .collect();
    members.sort_unstable();
    digest(&format!(
        "{} {:?} {members:?}",
        found.conflict.environment, found.conflict.kind
    ))
}

/// Differs as soon as a member's core, environment or units do (rule 13).
fn fingerprint(known: &[Known]) -> String {
    let mut members: Vec<String> = known
        .iter()
        .map(|one| {
            let hold = &one.hold;
            let (start, end) = (hold.start.seconds(), hold.end.seconds());
            format!(
                "{} {} {start} {end} {:?}",
                one.booking.uid, hold.environment, hold.units
            )
        })
        .collect();
    members.sort_unstable();
    digest(&members.join("\n"))
}

/// FNV-1a, 64 bits, as 16 hexadecimal digits: short, and the same on every machine and in every
/// version. It tells texts apart; it keeps no secret that can be guessed.
#[must_use]
pub fn digest(text: &str) -> String {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

impl From<ConflictKind> for wire::ConflictKind {
    fn from(kind: ConflictKind) -> Self {
        match kind {
            ConflictKind::Overlap => Self::Overlap,
            ConflictKind::Buffer => Self::Buffer,
            ConflictKind::Freeze => Self::Freeze,
            ConflictKind::OutsideWindow => Self::OutsideWindow,
        }
    }
}

impl From<Severity> for wire::Severity {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Info => Self::Info,
            Severity::Warning => Self::Warning,
            Severity::Error => Self::Error,
        }
    }
}
