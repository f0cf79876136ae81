//! Looks ahead after each change, and tells the window which conflicts it caused or solved.
//!
//! It is a thread with a connection of its own, so that nobody waits for it. Changes that come
//! while it looks are told together afterwards.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;
use std::time::Duration;

use berth_app::wire::Turn;
use berth_app::{Berth, Outlook, Result};
use tauri::{AppHandle, Manager};

use crate::outbox::{self, Message};
use crate::shell::Shell;

/// Without any change it looks again after so long, for the present moves on.
const LONGEST: Duration = Duration::from_secs(3600);

/// Looks from now on.
pub(crate) fn start(app: &AppHandle) {
    let app = app.clone();
    thread::spawn(move || {
        let mut ahead = Ahead::default();
        let mut heard = 0;
        loop {
            let round = AssertUnwindSafe(|| ahead.round(&app));
            match catch_unwind(round) {
                Ok(Ok(turn)) if turn.caused + turn.solved > 0 => {
                    outbox::tell(&app, Message::Turned(turn));
                }
                Ok(Err(error)) => tracing::debug!("not looked ahead: {error}"),
                // A panic is in the log by then.
                Ok(Ok(_)) | Err(_) => {}
            }
            app.state::<Shell>().bell.wait(&mut heard, LONGEST);
        }
    });
}

#[derive(Default)]
struct Ahead {
    beside: Option<Berth>,
    known: Option<Outlook>,
    /// The operations and the hour of what is known. The bell also rings for reminders that were
    /// shown and answered, which change no conflict.
    mark: Option<((i64, i64), i64)>,
}

impl Ahead {
    /// What has turned since the last round.
    fn round(&mut self, app: &AppHandle) -> Result<Turn> {
        let shell = app.state::<Shell>();
        if self.beside.is_none() {
            self.beside = shell.with(|berth, now| berth.another(now))?;
        }
        let now = shell.clock.now();
        let operations = match &mut self.beside {
            Some(berth) => berth.operations_so_far()?,
            None => shell.with(|berth, _| berth.operations_so_far())?,
        };
        let mark = (operations, now.seconds() / LONGEST.as_secs().cast_signed());
        let here = shell.was_changed_here();
        if self.mark == Some(mark) {
            return Ok(Turn::default());
        }
        let next = match &mut self.beside {
            Some(berth) => berth.outlook(now)?,
            None => shell.with(Berth::outlook)?,
        };
        self.mark = Some(mark);
        let turn = self.known.as_ref().map(|known| known.turn(&next));
        self.known = Some(next);
        Ok(Turn {
            here,
            ..turn.unwrap_or_default()
        })
    }
}
