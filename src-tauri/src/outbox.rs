//! What the shell tells the window: at once while it listens, else as soon as it does.

use std::sync::{Mutex, PoisonError};

use berth_app::wire::{Banner, BannerKind, BookingRef, Notice, NoticeLevel, Turn};
use tauri::{AppHandle, Emitter, Manager};

use crate::shell::Shell;

/// A message for the window.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Message {
    /// The data changed.
    Changed,
    /// Other reminders wait; the bookings are as they were.
    Reminders,
    /// Look at this calendar file.
    OpenImport(String),
    /// Look at this booking.
    OpenBooking(BookingRef),
    /// Look at the reminders that wait for an answer.
    OpenReminders,
    /// A file is held over the window, or has left it.
    DropTarget(bool),
    /// A change caused or solved conflicts.
    Turned(Turn),
    /// Something that the person must know, in place of the last one of its kind.
    Banner(Banner),
}

/// Keeps messages while no page listens: before the first one has loaded, and in the tray.
#[derive(Debug, Default)]
pub(crate) struct Outbox {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    listening: bool,
    waiting: Vec<Message>,
    /// What the next page that listens is shown: at most one of a kind.
    banners: Vec<Banner>,
}

impl Outbox {
    /// What there is to tell a page that listens from now on.
    pub(crate) fn listen(&self) -> Vec<Message> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.listening = true;
        let banners = state.banners.clone();
        state.banners.retain(|banner| stands(banner.kind));
        let mut all = std::mem::take(&mut state.waiting);
        all.extend(banners.into_iter().map(Message::Banner));
        all
    }

    /// The page is gone.
    pub(crate) fn stop_listening(&self) {
        self.state
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .listening = false;
    }

    /// The message, when it is to be sent now. What a new page finds out by itself is not kept.
    fn take(&self, message: Message) -> Option<Message> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if let Message::Banner(banner) = &message {
            state.keep(banner);
        }
        if state.listening {
            return Some(message);
        }
        let lasts = !matches!(
            message,
            Message::Changed
                | Message::Reminders
                | Message::DropTarget(_)
                | Message::Turned(_)
                | Message::Banner(_)
        );
        if lasts && !state.waiting.contains(&message) {
            state.waiting.push(message);
        }
        None
    }
}

impl State {
    /// Takes the place of the last one of its kind, for a page that comes later.
    fn keep(&mut self, banner: &Banner) {
        self.banners.retain(|other| other.kind != banner.kind);
        if banner.notice.is_some() && (stands(banner.kind) || !self.listening) {
            self.banners.push(banner.clone());
        }
    }
}

/// Whether it is true until the shell says otherwise, for every page; else one page is told.
fn stands(kind: BannerKind) -> bool {
    match kind {
        BannerKind::Undelivered
        | BannerKind::Unwritten
        | BannerKind::OnlyHere
        | BannerKind::File => true,
        BannerKind::Missed | BannerKind::Refused => false,
    }
}

/// Tells the window, now or when it is there.
pub(crate) fn tell(app: &AppHandle, message: Message) {
    if let Some(message) = app.state::<Shell>().outbox.take(message) {
        emit(app, &message);
    }
}

/// Tells the window that something does not work, and what to do.
pub(crate) fn warn(
    app: &AppHandle,
    kind: BannerKind,
    message: impl Into<String>,
    hint: impl Into<String>,
) {
    let notice = Some(Notice {
        level: NoticeLevel::Warning,
        message: message.into(),
        hint: hint.into(),
    });
    tell(app, Message::Banner(Banner { kind, notice }));
}

/// Tells the window that what it was told is not so any more.
pub(crate) fn is_over(app: &AppHandle, kind: BannerKind) {
    let notice = None;
    tell(app, Message::Banner(Banner { kind, notice }));
}

/// Sends a message to the page.
pub(crate) fn emit(app: &AppHandle, message: &Message) {
    let sent = match message {
        Message::Changed => app.emit("changed", ()),
        Message::Reminders => app.emit("reminders", ()),
        Message::OpenImport(path) => app.emit("open-import", path),
        Message::OpenBooking(reference) => app.emit("open-booking", reference),
        Message::OpenReminders => app.emit("open-reminders", ()),
        Message::DropTarget(over) => app.emit("drop-target", over),
        Message::Turned(turn) => app.emit("turned", turn),
        Message::Banner(banner) => app.emit("banner", banner),
    };
    if let Err(error) = sent {
        tracing::warn!("the window was not told: {error}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_lasts_until_somebody_listens() {
        let outbox = Outbox::default();
        let import = Message::OpenImport("week.ics".into());
        assert_eq!(outbox.take(import.clone()), None);
        assert_eq!(outbox.take(import.clone()), None);
        assert_eq!(outbox.take(Message::Changed), None);
        assert_eq!(outbox.listen(), std::slice::from_ref(&import));
        assert_eq!(outbox.take(Message::Changed), Some(Message::Changed));
        outbox.stop_listening();
        assert_eq!(outbox.take(import.clone()), None);
        assert_eq!(outbox.listen(), [import]);
        assert_eq!(outbox.listen(), []);
    }
    /// What the window would be told, in words alone.
    fn banner(kind: BannerKind, words: &str) -> Message {
        let notice = Some(Notice {
            level: NoticeLevel::Warning,
            message: words.into(),
            hint: String::new(),
        });
        Message::Banner(Banner { kind, notice })
    }

    #[test]
    fn of_a_kind_the_last_one_waits() {
        let outbox = Outbox::default();
        for n in 0..12 {
            outbox.take(banner(BannerKind::Undelivered, &format!("reason {n}")));
            outbox.take(banner(BannerKind::Refused, &format!("error {n}")));
        }
        let undelivered = banner(BannerKind::Undelivered, "reason 11");
        let refused = banner(BannerKind::Refused, "error 11");
        assert_eq!(outbox.listen(), [undelivered.clone(), refused]);
        outbox.stop_listening();
        assert_eq!(outbox.listen(), [undelivered], "it is still true");
        let over = Message::Banner(Banner {
            kind: BannerKind::Undelivered,
            notice: None,
        });
        assert_eq!(outbox.take(over.clone()), Some(over));
        assert_eq!(outbox.listen(), []);
    }
}
