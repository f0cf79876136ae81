//! What works on this machine and what does not, in words that the window and `berth doctor` share.

use serde::Serialize;

use crate::Error;

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What was looked at: `tray`.
    pub name: &'static str,
    /// Whether nothing needs to be done.
    pub ok: bool,
    /// What was found, a clause without a full stop.
    pub text: String,
    /// What to do, one sentence; empty when it is fine.
    pub hint: String,
}

impl Finding {
    /// It works.
    pub fn fine(name: &'static str, text: impl Into<String>) -> Self {
        Self {
            name,
            ok: true,
            text: text.into(),
            hint: String::new(),
        }
    }

    /// It does not, and this is what to do.
    pub fn wrong(name: &'static str, text: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            name,
            ok: false,
            text: text.into(),
            hint: hint.into(),
        }
    }

    /// It cannot be looked at.
    #[must_use]
    pub fn error(name: &'static str, error: Error) -> Self {
        Self::wrong(name, error.message, error.hint)
    }

    /// As sentences: `The desktop shows no tray icons. On GNOME install …`.
    #[must_use]
    pub fn sentences(&self) -> String {
        let mut letters = self.text.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        let text: String = first.chain(letters).collect();
        format!("{text}. {}", self.hint).trim().to_owned()
    }
}

/// A notification daemon, as it describes itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NotificationDaemon {
    /// Name and version: `dunst 1.9.0`.
    pub name: String,
    /// What it can do, in the words of the specification of notifications.
    pub capabilities: Vec<String>,
    /// Whether do not disturb is on; `None` where that cannot be known.
    pub paused: Option<bool>,
}

impl NotificationDaemon {
    /// What it does with reminders.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let can = |what: &str| self.capabilities.iter().any(|one| one == what);
        vec![
            Finding::fine("notifications", format!("{} shows them", self.name)),
            if can("actions") {
                Finding::fine(
                    "buttons",
                    "snooze, dismiss and open work on the notification",
                )
            } else {
                let hint = "Answer reminders in the window or the tray menu of Berth.";
                Finding::wrong(
                    "buttons",
                    "this desktop shows no buttons on notifications",
                    hint,
                )
            },
            Finding::fine(
                "persistence",
                if can("persistence") {
                    "the desktop lists what is not answered"
                } else {
                    "the tray and the window keep what is not answered"
                },
            ),
            self.do_not_disturb(),
        ]
    }

    fn do_not_disturb(&self) -> Finding {
        let name = "do not disturb";
        match self.paused {
            Some(true) => Finding::wrong(
                name,
                "do not disturb is on, so the desktop shows nothing now",
                "Switch it off; until then the tray keeps what waits for an answer.",
            ),
            Some(false) => Finding::fine(name, "do not disturb is off"),
            None => Finding::fine(
                name,
                "this desktop does not tell whether do not disturb is on; the tray keeps what waits",
            ),
        }
    }
}

/// Whether the desktop shows tray icons.
#[must_use]
pub fn tray_finding(there: bool) -> Finding {
    if there {
        return Finding::fine("tray", "the desktop shows tray icons");
    }
    Finding::wrong(
        "tray",
        "the desktop shows no tray icons, so Berth asks what closing its window means",
        "On GNOME install the AppIndicator extension; on others add a status area to the panel.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_service_cannot_do_has_a_next_step() {
        let good = NotificationDaemon {
            name: "dunst 1.9.0".into(),
            capabilities: vec!["actions".into(), "body".into()],
            paused: Some(false),
        };
        assert!(good.findings().iter().all(|one| one.ok));
        let poor = NotificationDaemon {
            capabilities: vec![],
            paused: Some(true),
            ..good
        };
        let wrong: Vec<_> = poor.findings().into_iter().filter(|one| !one.ok).collect();
        let names: Vec<_> = wrong.iter().map(|one| one.name).collect();
        assert_eq!(names, ["buttons", "do not disturb"]);
        assert_eq!(
            wrong[0].sentences(),
            "This desktop shows no buttons on notifications. Answer reminders in the window or the tray menu of Berth."
        );
        assert_eq!(
            tray_finding(true).sentences(),
            "The desktop shows tray icons."
        );
    }
}
