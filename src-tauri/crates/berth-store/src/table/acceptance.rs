//! Conflicts that somebody accepted.

use berth_core::Timestamp;
use rusqlite::{Row, params};

use super::Entity;
use crate::{Reader, Result, Writer};

pub(crate) const COLUMNS: &[&str] = &["conflict", "fingerprint", "who", "at", "reason"];

/// Who accepted a conflict, when and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acceptance {
    /// Its row; 0 while it has none.
    pub id: i64,
    /// The stable id of the conflict.
    pub conflict: String,
    /// What the members looked like then; when it differs now, the acceptance has lapsed.
    pub fingerprint: String,
    /// Who.
    pub who: String,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Acceptance> {
    Ok(Acceptance {
        id: row.get(0)?,
        conflict: row.get(1)?,
        fingerprint: row.get(2)?,
        who: row.get(3)?,
        at: Timestamp::from_seconds(row.get(4)?),
        reason: row.get(5)?,
    })
}

impl Reader<'_> {
    /// All acceptances.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn acceptances(&self) -> Result<Vec<Acceptance>> {
        let mut statement = self
            .connection
            .prepare_cached(&format!("{} ORDER BY id", Entity::Acceptance.select()))?;
        self.rows(Entity::Acceptance, statement.query([])?, from_row)
    }
}

impl Writer<'_> {
    /// Accepts a conflict (id 0), or renews an acceptance.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn put_acceptance(&mut self, acceptance: &Acceptance) -> Result<i64> {
        let values = params![
            acceptance.conflict,
            acceptance.fingerprint,
            acceptance.who,
            acceptance.at.seconds(),
            acceptance.reason
        ];
        self.put(Entity::Acceptance, acceptance.id, values)
    }
}
