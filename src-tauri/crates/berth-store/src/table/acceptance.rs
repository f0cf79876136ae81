//! Conflicts that somebody accepted.

use berth_core::Timestamp;
use rusqlite::params;

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

impl Reader<'_> {
    /// All acceptances.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn acceptances(&self) -> Result<Vec<Acceptance>> {
        let mut statement = self
            .connection
            .prepare_cached(&format!("{} ORDER BY id", Entity::Acceptance.select()))?;
        let rows = statement.query_map([], |row| {
            Ok(Acceptance {
                id: row.get(0)?,
                conflict: row.get(1)?,
                fingerprint: row.get(2)?,
                who: row.get(3)?,
                at: Timestamp::from_seconds(row.get(4)?),
                reason: row.get(5)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
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
