//! Notifications of macOS and Windows, through notify-rust. They are shown and replaced; answers
//! are given in the window and in the tray.

use std::sync::mpsc::Sender;

use berth_app::Language;
use berth_app::wire::DesktopReport;
use notify_rust::NotificationHandle;
use tauri::AppHandle;

use super::{Card, Job, Refusal, Shown, describe};

/// Shows cards.
pub(super) struct Daemon {
    handles: Vec<(u32, NotificationHandle)>,
    last: u32,
}

impl Daemon {
    pub(super) fn new(_app: &AppHandle, _shown: Shown, _jobs: Sender<Job>) -> Self {
        Self {
            handles: Vec::new(),
            last: 0,
        }
    }

    /// Shows a card in the place of `before`.
    pub(super) fn show(&mut self, card: &Card, before: Option<u32>) -> Result<u32, Refusal> {
        if let Some(before) = before {
            self.close(before);
        }
        let handle = describe(card, false)
            .show()
            .map_err(|error| Refusal::Says(error.to_string()))?;
        self.last += 1;
        self.handles.push((self.last, handle));
        let superfluous = self.handles.len().saturating_sub(super::KEPT);
        self.handles.drain(..superfluous);
        Ok(self.last)
    }

    /// Takes a card away, where the system can.
    pub(super) fn close(&mut self, number: u32) {
        if let Some(index) = self.handles.iter().position(|(known, _)| *known == number) {
            let (_, handle) = self.handles.remove(index);
            #[cfg(target_os = "macos")]
            handle.close();
            #[cfg(not(target_os = "macos"))]
            drop(handle);
        }
    }
}

/// What this desktop does with notifications.
pub(crate) fn report(language: Language) -> DesktopReport {
    let say = &language.words().desktop;
    let mut details = vec![say.no_buttons_hint.to_owned()];
    if cfg!(target_os = "macos") {
        details.push(say.signed_only.to_owned());
    }
    DesktopReport {
        message: say.handed_over.to_owned(),
        details,
    }
}
