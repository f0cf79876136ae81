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
    /// Accepts a conflict with a reason, in the name of the person at this machine: all stretches of
    /// it, where what has this id comes and goes.
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
            let mut stretches = Vec::new();
            for found in find(writer, &environments, now - AROUND, now + AROUND)? {
                let (conflict, fingerprint) = teller.identify(&found)?;
                if conflict == id {
                    stretches.push((teller.tell(&found)?, found, fingerprint));
                }
            }
            drop(teller);
            let open = stretches
                .iter()
                .find(|(told, ..)| told.accepted.is_none())
                .or(stretches.first());
            let Some((told, _, fingerprint)) = open else {
                let hint = "Reload: somebody may have solved it.";
                return Err(Error::not_found("This conflict is no longer there.", hint));
            };
            let acceptance = Acceptance {
                id: 0,
                conflict: id.to_owned(),
                fingerprint: fingerprint.clone(),
                who,
                at: now,
                reason,
            };
            let title = format!("Accepted: {}", told.headline);
            let windows: Vec<Window> = stretches
                .iter()
                .filter(|(_, found, _)| found.exception.is_none())
                .flat_map(|(_, found, _)| found.windows.iter().cloned())
                .collect();
            if told.kind == wire::ConflictKind::Overlap || told.kind == wire::ConflictKind::Buffer {
                accept(writer, acceptance)?;
            } else {
                except(writer, windows, told, &acceptance)?;
            }
            Ok(((), title))
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

/// Lets the booking break the windows (rule 8), each once.
fn except(
    writer: &mut Writer<'_>,
    mut windows: Vec<Window>,
    conflict: &wire::Conflict,
    acceptance: &Acceptance,
) -> Result<()> {
    windows.sort_by_key(|window| window.id);
    windows.dedup_by_key(|window| window.id);
    for mut window in windows {
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
