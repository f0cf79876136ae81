//! What works on this machine and what does not, in words that the window and `berth doctor` share.

use berth_core::words::Language;
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
    pub fn findings(&self, language: Language) -> Vec<Finding> {
        let say = &language.words().desktop;
        let can = |what: &str| self.capabilities.iter().any(|one| one == what);
        vec![
            Finding::fine("notifications", (say.shows)(&self.name)),
            if can("actions") {
                Finding::fine("buttons", say.buttons)
            } else {
                Finding::wrong("buttons", say.no_buttons, say.no_buttons_hint)
            },
            Finding::fine(
                "persistence",
                if can("persistence") {
                    say.listed
                } else {
                    say.not_listed
                },
            ),
            self.do_not_disturb(language),
        ]
    }

    fn do_not_disturb(&self, language: Language) -> Finding {
        let (name, say) = ("do not disturb", &language.words().desktop);
        match self.paused {
            Some(true) => Finding::wrong(name, say.paused, say.paused_hint),
            Some(false) => Finding::fine(name, say.not_paused),
            None => Finding::fine(name, say.paused_unknown),
        }
    }
}

/// Whether the desktop shows tray icons.
#[must_use]
pub fn tray_finding(there: bool, language: Language) -> Finding {
    let say = &language.words().desktop;
    if there {
        Finding::fine("tray", say.tray)
    } else {
        Finding::wrong("tray", say.no_tray, say.no_tray_hint)
    }
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
        assert!(good.findings(Language::English).iter().all(|one| one.ok));
        let poor = NotificationDaemon {
            capabilities: vec![],
            paused: Some(true),
            ..good
        };
        let wrong: Vec<_> = poor
            .findings(Language::English)
            .into_iter()
            .filter(|one| !one.ok)
            .collect();
        let names: Vec<_> = wrong.iter().map(|one| one.name).collect();
        assert_eq!(names, ["buttons", "do not disturb"]);
        assert_eq!(
            wrong[0].sentences(),
            "This desktop shows no buttons on notifications. Answer reminders in the window or the tray menu of Berth."
        );
        assert_eq!(
            tray_finding(true, Language::English).sentences(),
            "The desktop shows tray icons."
        );
    }
}
