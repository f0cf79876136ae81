//! What became of a reminder that was claimed.

use berth_core::Timestamp;
use berth_core::reminder::retry;
use berth_store::{Settled, Writer};

use super::Telling;
use crate::{Berth, Result};

impl Berth {
    /// It was shown, as the desktop's notification of this number.
    ///
    /// # Errors
    /// When the file is busy for long; it will be shown again then.
    pub fn reminder_delivered(
        &mut self,
        telling: &Telling,
        owner: &str,
        notification: u32,
        now: Timestamp,
    ) -> Result<()> {
        self.settle(telling, owner, Settled::Delivered { notification }, now)
    }

    /// It could not be shown. Returns when it will be handed out again.
    ///
    /// # Errors
    /// When the file is busy for long; it will be handed out again when the claim has run out.
    pub fn reminder_failed(
        &mut self,
        telling: &Telling,
        owner: &str,
        reason: &str,
        now: Timestamp,
    ) -> Result<Timestamp> {
        let next = retry(telling.attempt, now);
        self.settle(telling, owner, Settled::Failed { reason, next }, now)?;
        Ok(next)
    }

    fn settle(
        &mut self,
        telling: &Telling,
        owner: &str,
        settled: Settled<'_>,
        now: Timestamp,
    ) -> Result<()> {
        let settle = |writer: &mut Writer<'_>| -> Result<()> {
            for claim in &telling.claims {
                writer.settle_reminder(&claim.key, owner, settled, now)?;
            }
            Ok(())
        };
        self.write_ledger(settle, |writer| {
            // The claim may be in the file, which has been full since.
            for claim in &telling.claims {
                writer.claim_reminder(&claim.key, &claim.appointment, claim.start, owner, now)?;
            }
            settle(writer)
        })
    }
}
