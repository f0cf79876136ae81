//! What became of a reminder that was claimed.

use berth_core::Timestamp;
use berth_core::reminder::{State, retry};
use berth_store::{Reminder, Settled, Writer};

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
        let claims = &telling.claims;
        let in_file = self.read(|reader| {
            let rows = claims.iter().map(|key| reader.reminder(key));
            Ok(rows.collect::<std::result::Result<Vec<_>, _>>()?)
        })?;
        let settle = |writer: &mut Writer<'_>| -> Result<()> {
            for key in claims {
                writer.settle_reminder(key, owner, settled, now)?;
            }
            Ok(())
        };
        self.write_ledger(settle, |writer| {
            // The claim may be in the file, which has been full since. Where it is not, the person
            // was faster: an answer can come before this, and is not to be forgotten.
            let open = |row: &&Reminder| {
                row.owner == owner && matches!(row.entry.state, State::Claimed { .. })
            };
            for row in in_file.iter().flatten().filter(open) {
                if writer.reminder(&row.key)?.is_none() {
                    writer.put_reminder(row)?;
                }
            }
            settle(writer)
        })
    }
}
