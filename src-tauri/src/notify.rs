//! Notifications of the desktop. Showing one never holds anybody up: a single worker talks to the
//! notification service, and whoever asked gets an answer within five seconds, be it a refusal.
//!
//! `notify-rust` describes a notification, and shows it on macOS and Windows. On Linux its handle
//! listens for a click only from the moment somebody waits for one, on a connection and a thread
//! for each notification: a click right after it was shown was lost, and 300 at once took 34
//! seconds and 302 threads. Services such as dunst tell a click to the sender alone, so nobody else
//! can listen either. There the description is sent over one connection of our own (see `bus`),
//! which listens before anything is shown.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use berth_app::wire::BookingRef;
use berth_app::{Timestamp, Words};
use notify_rust::{Notification, Timeout};
use tauri::{AppHandle, Manager};

mod answer;
#[cfg(target_os = "linux")]
#[path = "notify/bus.rs"]
mod service;
#[cfg(not(target_os = "linux"))]
#[path = "notify/system.rs"]
mod service;

pub(crate) use service::report;

/// How long a notification service has for one notification.
const LIMIT: Duration = Duration::from_secs(5);

/// So many cards are known by their number; an older one can still be answered in the window.
const KEPT: usize = 256;

/// What a notification shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Card {
    /// One with the same tag is replaced in place.
    pub(crate) tag: String,
    /// The reminders that an answer is for; none where there is nothing to answer.
    pub(crate) tags: Vec<String>,
    /// The heading, plain text.
    pub(crate) summary: String,
    /// The text, plain.
    pub(crate) body: String,
    /// What a click opens; what waits for an answer when there is none.
    pub(crate) booking: Option<BookingRef>,
    /// When it can be put off to "until start".
    pub(crate) start: Option<Timestamp>,
}

/// Why a notification was not shown.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    not(target_os = "linux"),
    expect(dead_code, reason = "there is no bus elsewhere")
)]
pub(crate) enum Refusal {
    /// There is no session bus.
    NoBus,
    /// No service is there, and none can be started.
    NoService,
    /// It hangs.
    NoAnswer,
    /// What it, or the system, says.
    Says(String),
}

impl Refusal {
    /// A clause without a full stop.
    pub(crate) fn in_words(&self, words: &Words) -> String {
        let say = &words.trouble;
        match self {
            Self::NoBus => say.no_bus.to_owned(),
            Self::NoService => say.no_service.to_owned(),
            Self::NoAnswer => say.no_answer.to_owned(),
            Self::Says(error) => (say.refused)(error),
        }
    }
}

/// Shows notifications. Part of the managed state.
#[derive(Debug)]
pub(crate) struct Notifier {
    jobs: Sender<Job>,
    shown: Shown,
    limit: Duration,
}

/// The cards that are shown, by the numbers that the desktop gave them.
#[derive(Debug, Clone, Default)]
struct Shown(Arc<Mutex<Vec<(u32, Card)>>>);

#[derive(Debug)]
enum Job {
    Show {
        card: Card,
        given_up: Arc<AtomicBool>,
        answer: std::sync::mpsc::SyncSender<Result<u32, Refusal>>,
    },
    /// The service that showed these has ended, and another one is there.
    ShowAgain(Vec<Card>),
    Withdraw(String),
    Close(u32),
}

/// Starts the worker, and where the desktop tells about clicks, listening to them.
pub(crate) fn start(app: &AppHandle) {
    let (jobs, to_do) = channel();
    let shown = Shown::default();
    app.manage(Notifier {
        jobs: jobs.clone(),
        shown: shown.clone(),
        limit: LIMIT,
    });
    let service = service::Daemon::new(app, shown.clone(), jobs);
    thread::spawn(move || Worker { service, shown }.run(&to_do));
}

impl Notifier {
    /// Shows a card and returns its number, or says why it cannot be shown. Takes at most five
    /// seconds.
    pub(crate) fn show(&self, card: &Card) -> Result<u32, Refusal> {
        let given_up = Arc::new(AtomicBool::new(false));
        let (answer, answered) = sync_channel(1);
        let job = Job::Show {
            card: card.clone(),
            given_up: Arc::clone(&given_up),
            answer,
        };
        self.jobs.send(job).map_err(|_| Refusal::NoAnswer)?;
        answered.recv_timeout(self.limit).unwrap_or_else(|_| {
            given_up.store(true, Ordering::SeqCst);
            Err(Refusal::NoAnswer)
        })
    }

    /// Whether a card is shown whose buttons somebody may press.
    pub(crate) fn shows_any(&self) -> bool {
        !self.shown.lock().is_empty()
    }

    /// Takes a card back, if it is still there.
    pub(crate) fn withdraw(&self, tag: &str) {
        let _ = self.jobs.send(Job::Withdraw(tag.to_owned()));
    }
}

impl Shown {
    fn lock(&self) -> MutexGuard<'_, Vec<(u32, Card)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self, number: u32) -> Option<Card> {
        let mut shown = self.lock();
        let index = shown.iter().position(|(known, _)| *known == number)?;
        Some(shown.remove(index).1)
    }
}

struct Worker {
    service: service::Daemon,
    shown: Shown,
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
                Job::ShowAgain(cards) => {
                    for card in &cards {
                        let again = self.show(card);
                        tracing::info!(shown = again.is_ok(), "the notification service is new");
                    }
                }
                Job::Withdraw(tag) => self.withdraw(&tag),
                Job::Close(number) => self.service.close(number),
            }
        }
    }

    /// Whoever hears of a click waits here until the card is known by its number: a click can come
    /// before the answer to the call that shows it has been read.
    fn show(&mut self, card: &Card) -> Result<u32, Refusal> {
        let mut shown = self.shown.lock();
        let before = shown.iter().find(|(_, known)| known.tag == card.tag);
        let number = self.service.show(card, before.map(|(number, _)| *number))?;
        shown.retain(|(known, other)| *known != number && other.tag != card.tag);
        shown.push((number, card.clone()));
        let superfluous = shown.len().saturating_sub(KEPT);
        shown.drain(..superfluous);
        Ok(number)
    }

    fn withdraw(&mut self, tag: &str) {
        let number = {
            let mut shown = self.shown.lock();
            let number = shown.iter().find(|(_, card)| card.tag == tag);
            let number = number.map(|(number, _)| *number);
            shown.retain(|(_, card)| card.tag != tag);
            number
        };
        if let Some(number) = number {
            self.service.close(number);
        }
    }
}

/// The description of a card; `markup` says whether the service reads the text as such.
fn describe(card: &Card, markup: bool) -> Notification {
    let mut notification = Notification::new();
    notification
        .appname("Berth")
        .summary(&card.summary)
        .body(&if markup {
            escape(&card.body)
        } else {
            card.body.clone()
        })
        .icon("berth-desktop")
        // It stays until the person has seen it.
        .timeout(Timeout::Never);
    notification
}

/// The same characters, none of which is markup.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card() -> Card {
        Card {
            tag: "a".into(),
            tags: vec!["a".into()],
            summary: "b".into(),
            body: "c".into(),
            booking: None,
            start: None,
        }
    }

    #[test]
    fn nothing_is_markup() {
        for (text, expected) in [
            ("Perf, 09:00–13:00", "Perf, 09:00–13:00"),
            ("<b>R&D</b>", "&lt;b&gt;R&amp;D&lt;/b&gt;"),
            ("&lt;", "&amp;lt;"),
        ] {
            assert_eq!(escape(text), expected);
            let card = Card {
                body: text.into(),
                ..card()
            };
            assert_eq!(describe(&card, true).body, expected);
            assert_eq!(describe(&card, false).body, text);
        }
    }

    #[test]
    fn a_service_that_hangs_is_given_up() {
        let (jobs, kept) = channel();
        let notifier = Notifier {
            jobs,
            shown: Shown::default(),
            limit: Duration::from_millis(50),
        };
        assert_eq!(notifier.show(&card()), Err(Refusal::NoAnswer));
        let Ok(Job::Show { given_up, .. }) = kept.try_recv() else {
            panic!("no job")
        };
        assert!(given_up.load(Ordering::SeqCst));
    }

    #[test]
    fn a_card_is_taken_once() {
        let shown = Shown::default();
        shown.lock().push((7, card()));
        assert_eq!(shown.take(8), None);
        assert_eq!(shown.take(7), Some(card()));
        assert_eq!(shown.take(7), None);
    }
}
