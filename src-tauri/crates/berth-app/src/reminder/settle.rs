//! What became of a reminder that was claimed.

use berth_core::Timestamp;
use berth_core::reminder::retry;
use berth_store::Settled;

use super::Telling;
use crate::{Berth, Result};

impl Berth {
    /// It was shown, as the desktop's notification of this number.
    ///
    /// # Errors
    /// When the file cannot be written; it will be shown again then.
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
    /// When the file cannot be written; it will be handed out again when the claim has run out.
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
        self.store.write_unrecorded(|writer| {
            for key in &telling.keys {
                writer.settle_reminder(key, owner, settled, now)?;
            }
            Ok(())
        })
    }
}
