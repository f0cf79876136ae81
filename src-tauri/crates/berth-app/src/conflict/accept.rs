//! Accepting a conflict: it stays visible and is no longer counted, until a member changes. What
//! breaks a freeze or lies outside the allowed windows is accepted by an exception, which stays.

use berth_core::Timestamp;
use berth_core::window::{Exception, Window};
use berth_store::{Acceptance, Writer};

use super::{Teller, find};
use crate::wire::Outcome;
use crate::{Berth, Error, Result, history, wire};

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
            return Err(Error::input(
                "Accepting needs a reason.",
                "Say in a few words why it is fine.",
            ));
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
                let told = teller.tell(&found)?;
                drop(teller);
                let acceptance = Acceptance {
                    id: 0,
                    conflict,
                    fingerprint,
                    who,
                    at: now,
                    reason,
                };
                match found.windows.as_slice() {
                    [] => accept(writer, acceptance)?,
                    windows => except(writer, windows, &told, &acceptance)?,
                }
                return Ok(((), format!("Accepted: {}", told.headline)));
            }
            let hint = "Reload: somebody may have solved it.";
            Err(Error::not_found("This conflict is no longer there.", hint))
        })?;
        Ok(history::outcome(done.operation))
    }
}

fn accept(writer: &mut Writer<'_>, acceptance: Acceptance) -> Result<()> {
    let known = writer
        .acceptances()?
        .into_iter()
        .find(|one| one.conflict == acceptance.conflict);
    let id = known.map_or(0, |one| one.id);
    writer.put_acceptance(&Acceptance { id, ..acceptance })?;
    Ok(())
}

/// Lets the booking break the windows (rule 8).
fn except(
    writer: &mut Writer<'_>,
    windows: &[Window],
    conflict: &wire::Conflict,
    acceptance: &Acceptance,
) -> Result<()> {
    for window in windows {
        let mut window = window.clone();
        window
            .exceptions
            .extend(conflict.bookings.iter().map(|member| Exception {
                uid: member.uid.clone(),
                recurrence_id: member.reference.recurrence_id.map(Timestamp::from_millis),
                who: acceptance.who.clone(),
                reason: acceptance.reason.clone(),
                at: acceptance.at,
            }));
        writer.put_window(&window)?;
    }
    Ok(())
}
