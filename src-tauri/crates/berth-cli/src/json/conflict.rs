//! Conflicts in JSON.

use berth_app::wire;
use serde::Serialize;

use super::{id, instant};
use crate::session::Session;

/// `conflicts`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Conflict {
    id: String,
    environment: String,
    kind: wire::ConflictKind,
    severity: wire::Severity,
    start: String,
    end: String,
    bookings: Vec<Member>,
    /// Null while nobody accepted it.
    accepted: Option<Acceptance>,
    explanation: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Member {
    id: Option<String>,
    uid: Option<String>,
    recurrence_id: Option<String>,
    team: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Acceptance {
    who: String,
    at: String,
    reason: String,
}

impl Session {
    /// A conflict as `conflicts` shows it.
    pub(crate) fn json_conflict(&self, conflict: &wire::Conflict) -> Conflict {
        let environment = self
            .environments
            .iter()
            .find(|one| one.id.to_string() == conflict.environment_id);
        Conflict {
            id: conflict.id.clone(),
            environment: environment.map(|one| one.name.clone()).unwrap_or_default(),
            kind: conflict.kind,
            severity: conflict.severity,
            start: instant(conflict.start),
            end: instant(conflict.end),
            bookings: conflict.bookings.iter().map(member).collect(),
            accepted: conflict.accepted.as_ref().map(|one| Acceptance {
                who: one.who.clone(),
                at: instant(one.at),
                reason: one.reason.clone(),
            }),
            explanation: format!("{} {}", conflict.headline, conflict.explanation)
                .trim_end()
                .to_owned(),
        }
    }

    /// Conflicts as `conflicts` and `book` show them.
    pub(crate) fn json_conflicts(&self, conflicts: &[wire::Conflict]) -> Vec<Conflict> {
        conflicts
            .iter()
            .map(|conflict| self.json_conflict(conflict))
            .collect()
    }
}

/// A booking that is not stored, in a dry run, has neither id nor UID.
fn member(member: &wire::ConflictMember) -> Member {
    let stored = member.reference.id != "0";
    Member {
        id: stored.then(|| id(&member.reference)),
        uid: stored.then(|| member.uid.clone()),
        recurrence_id: member.reference.recurrence_id.map(instant),
        team: member.team.clone(),
    }
}
