//! Looks after the file while nobody waits: what is in the log goes into the file soon after the last
//! write, so that the file alone is everything, and once a day the file is checked and backed up.
//!
//! It is a thread with a connection of its own. It looks at the log and not at what this window does,
//! for the command line writes to the same file.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use berth_app::wire::{Banner, BannerKind, Notice, NoticeLevel};
use berth_app::{Berth, Code, Error, Result};
use tauri::{AppHandle, Manager};

use crate::outbox::{self, Message};
use crate::shell::Shell;

/// How often it looks, at most.
const EVERY: Duration = Duration::from_secs(1);

/// The log has not changed for so long when it goes into the file.
const SETTLED: Duration = Duration::from_secs(2);

/// Nobody booked or changed anything for so long when the file is checked and backed up.
const QUIET: Duration = Duration::from_secs(20);

/// After a failure, so long passes before the backup of the day is tried again.
const AGAIN: Duration = Duration::from_secs(600);

/// Looks after it from now on.
pub(crate) fn start(app: &AppHandle) {
    let app = app.clone();
    thread::spawn(move || {
        let mut care = Care::new(&app);
        loop {
            thread::sleep(app.state::<Shell>().clock.real(EVERY).max(EVERY / 20));
            // A panic is in the log by then; the next round begins with a new connection.
            if catch_unwind(AssertUnwindSafe(|| care.round(&app))).is_err() {
                care.beside = None;
            }
        }
    });
}

struct Care {
    log: Option<PathBuf>,
    beside: Option<Berth>,
    /// How the log looked, and since when.
    seen: (Option<(u64, SystemTime)>, Instant),
    /// What was done so far, and since when nothing was.
    done: ((i64, i64), Instant),
    /// When the backup of the day failed, and why.
    failed: Option<(Instant, Error)>,
}

impl Care {
    fn new(app: &AppHandle) -> Self {
        let folder = app.state::<Shell>().arguments.folder();
        Self {
            log: folder.map(|folder| folder.join("berth.db-wal")),
            beside: None,
            seen: (None, Instant::now()),
            done: ((0, 0), Instant::now()),
            failed: None,
        }
    }

    fn round(&mut self, app: &AppHandle) {
        let shell = app.state::<Shell>();
        let seen = self.look();
        if seen != self.seen.0 {
            self.seen = (seen, Instant::now());
        }
        let settled = self.seen.1.elapsed() >= shell.clock.real(SETTLED);
        let waits = seen.is_some_and(|(length, _)| length > 0);
        if waits
            && settled
            && let Err(error) = self.put_into_the_file(&shell)
        {
            self.tell(app, &error);
        }
        if self.may_try(&shell) {
            match self.back_up(&shell) {
                Ok(false) => {}
                Ok(true) if self.failed.take().is_none() => {}
                Ok(true) => say(app, None),
                Err(error) => {
                    self.tell(app, &error);
                    self.failed = Some((Instant::now(), error));
                }
            }
        }
    }

    /// How the log looks; `None` where there is none.
    fn look(&self) -> Option<(u64, SystemTime)> {
        let data = std::fs::metadata(self.log.as_ref()?).ok()?;
        Some((data.len(), data.modified().ok()?))
    }

    fn connection(&mut self, shell: &Shell) -> Result<Option<&mut Berth>> {
        if self.beside.is_none() {
            self.beside = shell.with(|berth, now| berth.another(now))?;
        }
        Ok(self.beside.as_mut())
    }

    fn put_into_the_file(&mut self, shell: &Shell) -> Result<()> {
        if let Some(berth) = self.connection(shell)?
            && berth.checkpoint()?
        {
            berth.seal()?;
        }
        Ok(())
    }

    fn may_try(&self, shell: &Shell) -> bool {
        let waits = |(since, _): &(Instant, Error)| since.elapsed() < shell.clock.real(AGAIN);
        !self.failed.as_ref().is_some_and(waits)
    }

    /// Whether the backup of the day was made, for the first time on this day.
    fn back_up(&mut self, shell: &Shell) -> Result<bool> {
        let now = shell.clock.now();
        let Some(berth) = self.connection(shell)? else {
            return Ok(false);
        };
        if !berth.needs_care(now) {
            return Ok(false);
        }
        let done = berth.operations_so_far()?;
        if done != self.done.0 {
            self.done = (done, Instant::now());
        }
        let quiet = self.done.1.elapsed() >= shell.clock.real(QUIET);
        let made = match &mut self.beside {
            Some(berth) if quiet => berth.daily_care(now)?,
            _ => false,
        };
        if made {
            tracing::info!("the backup of the day is made");
        }
        Ok(made)
    }

    /// Says once what is wrong: damage, and a backup that cannot be made.
    fn tell(&self, app: &AppHandle, error: &Error) {
        tracing::warn!(code = ?error.code, "care: {error}");
        let known = self
            .failed
            .as_ref()
            .is_some_and(|(_, known)| known == error);
        if known {
            return;
        }
        let level = match error.code {
            Code::Damaged => NoticeLevel::Error,
            _ => NoticeLevel::Warning,
        };
        let notice = Notice {
            level,
            message: error.message.clone(),
            hint: error.hint.clone(),
        };
        say(app, Some(notice));
    }
}

/// What the window says of the file; nothing once it is well.
fn say(app: &AppHandle, notice: Option<Notice>) {
    let kind = BannerKind::File;
    outbox::tell(app, Message::Banner(Banner { kind, notice }));
}
