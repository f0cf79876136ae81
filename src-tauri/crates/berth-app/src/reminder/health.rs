//! What can be said of the reminders of the last days: the answer to "why did nothing come".

use berth_core::Timestamp;
use berth_core::reminder::LOOK_BACK;

use crate::{Berth, Finding, Result};

impl Berth {
    /// Whether reminders are on, when the last one was shown, and what was missed or could not be
    /// shown in the last seven days.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn reminder_findings(&mut self, now: Timestamp) -> Result<Vec<Finding>> {
        let phrasing = self.phrasing(now)?;
        let on = self.settings()?.reminders;
        let paused = self.paused_until(now)?;
        let past = self.read(|reader| Ok(reader.reminders_since(now - LOOK_BACK)?))?;
        let mut findings = vec![match (on, paused) {
            (false, _) => Finding::wrong(
                "reminders",
                "reminders are switched off",
                "Switch them on in the settings.",
            ),
            (true, Some(until)) => Finding::wrong(
                "reminders",
                format!("all are snoozed until {}", phrasing.moment_nearby(until)),
                "Resume them in the tray menu.",
            ),
            (true, None) => Finding::fine("reminders", "on"),
        }];
        findings.push(Finding::fine(
            "last shown",
            past.shown.map_or_else(
                || "no reminder in the last 7 days".to_owned(),
                |at| phrasing.moment(at),
            ),
        ));
        findings.push(match past.missed {
            0 => Finding::fine("missed", "none in the last 7 days"),
            count => Finding::wrong(
                "missed",
                format!("{count} in the last 7 days: the slot was over before Berth ran again"),
                "Let Berth start with the desktop (settings); the window lists them.",
            ),
        });
        if let Some(reason) = past.failed {
            findings.push(Finding::wrong(
                "not shown",
                format!("the last attempt failed: {reason}"),
                "Send a test reminder in the settings; until one is shown, the window lists them.",
            ));
        }
        Ok(findings)
    }
}
