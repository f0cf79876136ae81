//! Accepting a conflict: it stays visible and is no longer counted, until a member changes.

use berth_core::Timestamp;
use berth_store::Acceptance;

use super::{Teller, find};
use crate::wire::Outcome;
use crate::{Berth, Error, Result, history};

/// So far before and after a moment a conflict is looked for.
const AROUND: chrono::TimeDelta = chrono::TimeDelta::days(400);

impl Berth {
    /// Accepts a conflict with a reason, in the name of the person at this machine.
    ///
    /// # Errors
    /// With code `not-found` when the conflict is no longer there, `input` without a reason.
    pub fn accept_conflict(&mut self, id: &str, reason: &str, now: Timestamp) -> Result<Outcome> {
        let reason = reason.trim().to_owned();
        if reason.is_empty() {
            return Err(Error::input("Accepting needs a reason.", "Say in a few words why it is fine."));
        }
        let phrasing = self.phrasing(now)?;
        let who = self.options.who.clone();
        let done = self.write(now, |writer| {
            let environments = writer.environments()?;
            let mut teller = Teller::new(writer, phrasing)?;
            for found in find(writer, &environments, now - AROUND, now + AROUND)? {
                let (conflict, fingerprint) = teller.identify(&found)?;
                if conflict != id {
                    continue;
                }
                let headline = teller.tell(&found)?.headline;
                drop(teller);
                let known = writer.acceptances()?.into_iter().find(|one| one.conflict == conflict);
                let row = known.map_or(0, |one| one.id);
                writer.put_acceptance(&Acceptance { id: row, conflict, fingerprint, who, at: now, reason })?;
                return Ok(((), format!("Accepted: {headline}")));
            }
            let hint = "Reload: somebody may have solved it.";
            Err(Error::not_found("This conflict is no longer there.", hint))
        })?;
        Ok(history::outcome(done.operation))
    }
}
