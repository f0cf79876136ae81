//! What the parts of the shell share: the open data, the clock, and who is told of changes.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use berth_app::{Berth, Code, Error, Language, OpenOptions, Result, Timestamp, Words};
use tauri::{AppHandle, Manager};

use crate::arguments::Arguments;
use crate::clock::Clock;
use crate::locale::Locale;
use crate::outbox::{self, Message, Outbox};

/// The state of the program.
#[derive(Debug)]
pub(crate) struct Shell {
    /// The open data, or why there is none: the window then shows that and nothing else.
    data: Mutex<Result<Berth>>,
    /// What it was started with.
    pub(crate) arguments: Arguments,
    /// What time it is.
    pub(crate) clock: Clock,
    /// How the person writes dates.
    pub(crate) locale: Locale,
    /// The person's language as the desktop has it, BCP 47.
    pub(crate) language: String,
    /// What the window is to be told.
    pub(crate) outbox: Outbox,
    /// Rings when the data changed.
    pub(crate) bell: Bell,
    /// Rings when the page asks, which it does once it has painted its first week.
    pub(crate) asked: Bell,
    /// Something was changed in this window since somebody asked.
    changed_here: AtomicBool,
    alert: AtomicBool,
    tray: AtomicBool,
    offered: Mutex<HashSet<PathBuf>>,
}

impl Shell {
    /// Opens the data that the arguments name.
    pub(crate) fn open(arguments: &Arguments) -> Self {
        let clock = arguments
            .now
            .as_deref()
            .or(arguments.demo.then_some(berth_app::DEMO_NOW))
            .and_then(Clock::showing)
            .unwrap_or_default();
        #[cfg(feature = "faults")]
        let clock = clock.as_fast_as_told();
        let locale = Locale::current();
        let language = Locale::of_words().tag;
        let data = open(arguments, &clock, &locale, &language);
        Self {
            data: Mutex::new(data),
            arguments: arguments.clone(),
            clock,
            locale,
            language,
            outbox: Outbox::default(),
            bell: Bell::default(),
            asked: Bell::default(),
            changed_here: AtomicBool::new(false),
            alert: AtomicBool::new(false),
            tray: AtomicBool::new(false),
            offered: Mutex::default(),
        }
    }

    /// Does something with the data. A panic in there becomes an error: the program goes on, and
    /// what was being written is rolled back.
    ///
    /// # Errors
    /// What `act` returns, or why the data could not be opened.
    pub(crate) fn with<T>(
        &self,
        act: impl FnOnce(&mut Berth, Timestamp) -> Result<T>,
    ) -> Result<T> {
        let mut data = self.data.lock().unwrap_or_else(PoisonError::into_inner);
        let berth = data.as_mut().map_err(|error| error.clone())?;
        let now = self.clock.now();
        catch_unwind(AssertUnwindSafe(|| act(berth, now))).unwrap_or_else(|_| Err(unexpected()))
    }

    /// Opens the data again where they could not be opened: somebody may have mended them, or made
    /// room.
    pub(crate) fn try_again(&self) {
        let mut data = self.data.lock().unwrap_or_else(PoisonError::into_inner);
        if data.is_err() {
            *data = open(&self.arguments, &self.clock, &self.locale, &self.language);
        }
    }

    /// Puts what waits in the log into the file, for the end of the program. Somebody who reads may be
    /// in the way for a moment.
    pub(crate) fn put_everything_into_the_file(&self) {
        for _ in 0..5 {
            match self.with(|berth, _| berth.checkpoint()) {
                Ok(false) => std::thread::sleep(Duration::from_millis(50)),
                Ok(true) => return,
                Err(error) => return tracing::warn!("what waits in the log stays there: {error}"),
            }
        }
    }

    /// The words of the language that is chosen at this moment. Not to be asked for inside of
    /// [`Shell::with`].
    pub(crate) fn words(&self) -> &'static Words {
        let chosen = self.with(|berth, _| berth.language());
        chosen
            .unwrap_or_else(|_| Language::of(&self.language))
            .words()
    }

    /// Whether there is data at all.
    pub(crate) fn has_data(&self) -> bool {
        self.data
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .is_ok()
    }

    /// Whether there is a tray icon that brings the window back.
    pub(crate) fn has_tray(&self) -> bool {
        self.tray.load(Ordering::Relaxed)
    }

    /// Notes whether there is one.
    pub(crate) fn set_tray(&self, there: bool) {
        self.tray.store(there, Ordering::Relaxed);
    }

    /// Until when no reminder is shown; `None` when they are.
    pub(crate) fn paused_until(&self) -> Option<Timestamp> {
        self.with(Berth::paused_until).ok().flatten()
    }

    /// Shows no reminder for an hour and puts off those that wait, or shows them again.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(crate) fn toggle_pause(&self) -> Result<()> {
        let pause = self.paused_until().is_none();
        self.with(|berth, now| berth.pause_reminders(pause, now))?;
        self.bell.ring();
        Ok(())
    }

    /// Notes that the window changed something.
    pub(crate) fn note_change(&self) {
        self.changed_here.store(true, Ordering::Relaxed);
    }

    /// Whether the window changed something since this was asked last.
    pub(crate) fn was_changed_here(&self) -> bool {
        self.changed_here.swap(false, Ordering::Relaxed)
    }

    /// Whether something waits that the desktop could not show.
    pub(crate) fn has_alert(&self) -> bool {
        self.alert.load(Ordering::Relaxed)
    }

    /// Notes whether something does.
    pub(crate) fn set_alert(&self, waits: bool) {
        if self.alert.swap(waits, Ordering::Relaxed) != waits {
            self.bell.ring();
        }
    }

    /// Notes that the person chose this file, so that the window may have it read.
    pub(crate) fn offer(&self, path: &Path) {
        self.offered
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(path.to_owned());
    }

    /// Refuses a file that no dialog, drop or command line named: the page cannot ask for any other.
    ///
    /// # Errors
    /// With code `input`.
    pub(crate) fn must_be_offered(&self, path: &str) -> Result<()> {
        let offered = self.offered.lock().unwrap_or_else(PoisonError::into_inner);
        if offered.contains(Path::new(path)) {
            return Ok(());
        }
        let hint = "Choose it with Import, or drop it on the window.";
        Err(Error::input("This file was not chosen here.", hint))
    }
}

/// Opens the data that the arguments name, and mends them first where that is needed.
fn open(arguments: &Arguments, clock: &Clock, locale: &Locale, language: &str) -> Result<Berth> {
    let here = OpenOptions::here(arguments.data_dir.clone());
    let opened = here.and_then(|here| {
        let demo = arguments.demo;
        Berth::open_mended(OpenOptions { demo, ..here }, clock.now())
    });
    let opened = opened.map(|mut berth| {
        berth.follow_locale(locale.hour12);
        berth.speak(Language::of(language));
        berth
    });
    opened.inspect_err(|error| {
        tracing::error!(code = ?error.code, "the data cannot be opened: {error}");
    })
}

/// Tells everybody that the data changed: the window, the reminders, the tray.
pub(crate) fn changed(app: &AppHandle) {
    outbox::tell(app, Message::Changed);
    app.state::<Shell>().bell.ring();
}

fn unexpected() -> Error {
    Error {
        code: Code::Unexpected,
        message: "Something in Berth went wrong, and nothing was changed.".into(),
        hint: "Try again; if it happens again, report it together with the newest file in the logs folder.".into(),
    }
}

/// Wakes threads that wait for a change.
#[derive(Debug, Default)]
pub(crate) struct Bell {
    rung: Mutex<u64>,
    ringing: Condvar,
}

impl Bell {
    /// Wakes everybody.
    pub(crate) fn ring(&self) {
        *self.rung.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.ringing.notify_all();
    }

    /// Waits until it has rung since `heard`, but not longer than `limit`, and notes that in
    /// `heard`. Returns whether it rang.
    pub(crate) fn wait(&self, heard: &mut u64, limit: Duration) -> bool {
        let until = Instant::now() + limit;
        let mut rung = self.rung.lock().unwrap_or_else(PoisonError::into_inner);
        while *rung == *heard {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return false;
            }
            rung = self
                .ringing
                .wait_timeout(rung, left)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
        *heard = *rung;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn demo() -> Shell {
        Shell::open(&Arguments {
            demo: true,
            ..Arguments::default()
        })
    }

    #[test]
    fn a_panic_becomes_an_error_and_the_data_stays_usable() {
        let shell = demo();
        let error = shell
            .with(|_, _| -> Result<()> { panic!("broken") })
            .unwrap_err();
        assert_eq!(error.code, Code::Unexpected);
        assert!(shell.with(|berth, _| berth.teams()).is_ok());
    }

    #[test]
    fn data_that_cannot_be_opened_says_why_each_time() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(
            folder.path().join("berth.db"),
            "SQLite format 3\0 but not really".repeat(200),
        )
        .unwrap();
        let arguments = Arguments {
            data_dir: Some(folder.path().join("berth.db")),
            ..Arguments::default()
        };
        let shell = Shell::open(&arguments);
        assert!(!shell.has_data());
        let error = shell.with(|berth, _| berth.teams()).unwrap_err();
        assert!(!error.hint.is_empty(), "{error:?}");
    }

    #[test]
    fn only_chosen_files_are_read() {
        let shell = demo();
        assert_eq!(
            shell.must_be_offered("/etc/passwd").unwrap_err().code,
            Code::Input
        );
        shell.offer(Path::new("/srv/perf/week.ics"));
        assert!(shell.must_be_offered("/srv/perf/week.ics").is_ok());
    }

    #[test]
    fn a_pause_lasts_until_it_is_ended() {
        let shell = demo();
        assert_eq!(shell.paused_until(), None);
        shell.toggle_pause().unwrap();
        assert!(shell.paused_until().is_some());
        shell.toggle_pause().unwrap();
        assert_eq!(shell.paused_until(), None);
    }

    #[test]
    fn a_bell_is_heard_once_by_each() {
        let bell = Bell::default();
        let (mut first, mut second) = (0, 0);
        assert!(!bell.wait(&mut first, Duration::ZERO));
        bell.ring();
        bell.ring();
        assert!(bell.wait(&mut first, Duration::ZERO));
        assert!(!bell.wait(&mut first, Duration::from_millis(1)));
        assert!(bell.wait(&mut second, Duration::ZERO));
    }
}
