//! Notifications of the desktop. Showing one never holds anybody up: a single worker talks to the
//! notification service, and whoever asked gets an answer within five seconds, be it a refusal.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use berth_app::wire::BookingRef;
use notify_rust::{Notification, NotificationHandle, Timeout};
use tauri::{AppHandle, Manager};

use crate::outbox::{self, Message};
#[cfg(target_os = "linux")]
use crate::session_bus;
use crate::window;

/// How long a notification service has for one notification.
const LIMIT: Duration = Duration::from_secs(5);

/// How long a service may take to appear before the person is told that there is none.
#[cfg(target_os = "linux")]
const GRACE: Duration = Duration::from_secs(10);

#[cfg(target_os = "linux")]
const SERVICE: &str = "org.freedesktop.Notifications";

/// Handles that are kept; some desktops close a notification with its handle.
const KEPT: usize = 16;

/// What a notification shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Card {
    /// One with the same tag is replaced in place.
    pub(crate) tag: String,
    /// The heading, plain text.
    pub(crate) summary: String,
    /// The text, plain.
    pub(crate) body: String,
    /// What a click opens; nothing but the window when there is none.
    pub(crate) booking: Option<BookingRef>,
}

/// Shows notifications. Part of the managed state.
#[derive(Debug)]
pub(crate) struct Notifier {
    jobs: Sender<Job>,
    limit: Duration,
}

/// What a shown notification opens, by its number.
type Shown = Arc<Mutex<Vec<(u32, Option<BookingRef>)>>>;

enum Job {
    Show {
        card: Card,
        given_up: Arc<AtomicBool>,
        answer: std::sync::mpsc::SyncSender<Result<u32, String>>,
    },
    Withdraw {
        tag: String,
    },
}

/// Starts the worker, and where the desktop tells about clicks, listening to them.
pub(crate) fn start(app: &AppHandle) {
    let (jobs, to_do) = channel();
    let shown = Shown::default();
    app.manage(Notifier { jobs, limit: LIMIT });
    #[cfg(target_os = "linux")]
    {
        listen(app.clone(), Arc::clone(&shown));
        look_for_service(app.clone());
    }
    thread::spawn(move || {
        Worker {
            shown,
            handles: Vec::new(),
        }
        .run(&to_do)
    });
}

impl Notifier {
    /// Shows a card and returns its number, or says why it cannot be shown. Takes at most five
    /// seconds.
    pub(crate) fn show(&self, card: &Card) -> Result<u32, String> {
        let given_up = Arc::new(AtomicBool::new(false));
        let (answer, answered) = sync_channel(1);
        let job = Job::Show {
            card: card.clone(),
            given_up: Arc::clone(&given_up),
            answer,
        };
        let gone = |_| "the notification worker has ended".to_owned();
        self.jobs
            .send(job)
            .map_err(|error| gone(error.to_string()))?;
        answered.recv_timeout(self.limit).unwrap_or_else(|_| {
            given_up.store(true, Ordering::SeqCst);
            Err("the desktop's notification service does not answer".to_owned())
        })
    }

    /// Takes a card back, if it is still there.
    pub(crate) fn withdraw(&self, tag: &str) {
        let _ = self.jobs.send(Job::Withdraw {
            tag: tag.to_owned(),
        });
    }
}

struct Worker {
    shown: Shown,
    handles: Vec<(String, NotificationHandle)>,
}

impl Worker {
    fn run(&mut self, jobs: &Receiver<Job>) {
        while let Ok(job) = jobs.recv() {
            match job {
                // Nobody waits for it any more: it comes again.
                Job::Show { given_up, .. } if given_up.load(Ordering::SeqCst) => {}
                Job::Show { card, answer, .. } => {
                    let _ = answer.send(self.show(&card));
                }
                Job::Withdraw { tag } => {
                    if let Some(handle) = self.take(&tag) {
                        close(handle);
                    }
                }
            }
        }
    }

    fn show(&mut self, card: &Card) -> Result<u32, String> {
        let before = self.take(&card.tag);
        let mut notification = notification(card);
        #[cfg(target_os = "linux")]
        if let Some(before) = &before {
            notification.id(before.id());
        }
        let handle = match notification.show() {
            Ok(handle) => handle,
            Err(error) => {
                self.handles
                    .extend(before.map(|before| (card.tag.clone(), before)));
                return Err(reason(&error));
            }
        };
        let number = number(&handle);
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        shown.retain(|(known, _)| *known != number);
        shown.push((number, card.booking.clone()));
        let superfluous = shown.len().saturating_sub(KEPT);
        shown.drain(..superfluous);
        self.handles.push((card.tag.clone(), handle));
        let superfluous = self.handles.len().saturating_sub(KEPT);
        self.handles.drain(..superfluous);
        Ok(number)
    }

    fn take(&mut self, tag: &str) -> Option<NotificationHandle> {
        let index = self.handles.iter().position(|(known, _)| known == tag)?;
        Some(self.handles.remove(index).1)
    }
}

fn notification(card: &Card) -> Notification {
    let mut notification = Notification::new();
    notification
        .appname("Berth")
        .summary(&card.summary)
        .body(&as_text(&card.body))
        .icon("berth-desktop")
        // It stays until the person has seen it.
        .timeout(Timeout::Never);
    #[cfg(target_os = "linux")]
    notification
        .action("default", "Open")
        .hint(notify_rust::Hint::Category("x-berth.reminder".into()))
        .hint(notify_rust::Hint::DesktopEntry("Berth".into()))
        .hint(notify_rust::Hint::Custom(
            "x-dunst-stack-tag".into(),
            card.tag.clone(),
        ));
    notification
}

/// A text in which nothing is markup.
#[cfg(target_os = "linux")]
fn as_text(text: &str) -> String {
    let markup =
        notify_rust::get_capabilities().is_ok_and(|all| all.iter().any(|one| one == "body-markup"));
    if markup {
        escape(text)
    } else {
        text.to_owned()
    }
}

#[cfg(not(target_os = "linux"))]
fn as_text(text: &str) -> String {
    text.to_owned()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// Why it was not shown, as the person can understand it.
fn reason(error: &notify_rust::error::Error) -> String {
    if let Some(reason) = what_is_missing() {
        return reason.to_owned();
    }
    let text = error.to_string();
    let first = text.lines().next().unwrap_or_default();
    first.chars().take(200).collect()
}

#[cfg(target_os = "linux")]
fn what_is_missing() -> Option<&'static str> {
    match () {
        () if !session_bus::is_there() => Some("there is no session bus"),
        () if !session_bus::can_be_had(SERVICE) => Some("no notification service is running"),
        () => None,
    }
}

#[cfg(not(target_os = "linux"))]
fn what_is_missing() -> Option<&'static str> {
    None
}

#[cfg(target_os = "linux")]
fn number(handle: &NotificationHandle) -> u32 {
    handle.id()
}

#[cfg(not(target_os = "linux"))]
fn number(_handle: &NotificationHandle) -> u32 {
    0
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
fn close(handle: NotificationHandle) {
    handle.close();
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn close(_handle: NotificationHandle) {}

/// Says so where nothing on this desktop shows notifications, before a reminder is due.
#[cfg(target_os = "linux")]
fn look_for_service(app: AppHandle) {
    thread::spawn(move || {
        if what_is_missing().is_none() {
            return;
        }
        // At the start of a session it may come a little later than Berth does.
        thread::sleep(GRACE);
        if let Some(reason) = what_is_missing() {
            outbox::warn(
                &app,
                format!("Reminders appear only in this window, for {reason}."),
                "Start Berth in a desktop session with a notification service, such as dunst.",
            );
        }
    });
}

/// Listens to clicks on a connection of its own, from before anything is shown. Services that tell
/// the sender alone are not heard here; the window and the tray open every booking as well.
#[cfg(target_os = "linux")]
fn listen(app: AppHandle, shown: Shown) {
    thread::spawn(move || {
        if let Err(error) = zbus::block_on(clicks(&app, &shown)) {
            tracing::info!("clicks on notifications are not heard: {error}");
        }
    });
}

#[cfg(target_os = "linux")]
async fn clicks(app: &AppHandle, shown: &Shown) -> zbus::Result<()> {
    use futures_lite::StreamExt;
    let connection = session_bus::connect().await?;
    let rule = zbus::MatchRule::builder()
        .msg_type(zbus::message::Type::Signal)
        .interface(SERVICE)
        .member("ActionInvoked")
        .build()?;
    let mut signals = zbus::MessageStream::for_match_rule(rule, &connection, None).await?;
    while let Some(signal) = signals.next().await {
        if let Ok((number, _action)) = signal?.body().deserialize::<(u32, String)>() {
            clicked(app, shown, number);
        }
    }
    Ok(())
}

#[cfg(target_os = "linux")]
fn clicked(app: &AppHandle, shown: &Shown, number: u32) {
    let shown = shown.lock().unwrap_or_else(PoisonError::into_inner);
    let Some((_, booking)) = shown.iter().find(|(known, _)| *known == number) else {
        return;
    };
    if let Some(booking) = booking {
        outbox::tell(app, Message::OpenBooking(booking.clone()));
    }
    window::open(app);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_markup() {
        for (text, expected) in [
            ("Perf, 09:00–13:00", "Perf, 09:00–13:00"),
            ("<b>R&D</b>", "&lt;b&gt;R&amp;D&lt;/b&gt;"),
            ("&lt;", "&amp;lt;"),
        ] {
            assert_eq!(escape(text), expected);
        }
    }

    #[test]
    fn a_service_that_hangs_is_given_up() {
        let (jobs, kept) = channel();
        let card = Card {
            tag: "a".into(),
            summary: "b".into(),
            body: "c".into(),
            booking: None,
        };
        let notifier = Notifier {
            jobs,
            limit: Duration::from_millis(50),
        };
        assert!(
            notifier
                .show(&card)
                .unwrap_err()
                .contains("does not answer")
        );
        let Ok(Job::Show { given_up, .. }) = kept.try_recv() else {
            panic!("no job")
        };
        assert!(given_up.load(Ordering::SeqCst));
    }
}
