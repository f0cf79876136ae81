//! `berth accept`

use super::undoable;
use crate::answer::Ended;
use crate::session::Session;

/// Accepts a conflict: it stays in the list, and is no error any more until who is part of it
/// changes. For a freeze or an allow window it is an exception, in your name.
#[derive(Debug, clap::Args)]
pub(crate) struct Accept {
    /// Its id, as `berth conflicts --json` shows it.
    conflict: String,
    /// Why it is fine; kept with your name and the time.
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

impl Accept {
    pub(crate) fn run(&self, session: &mut Session) -> Ended {
        let (id, reason) = (&self.conflict, &self.reason);
        let outcome = session.berth.accept_conflict(id, reason, session.now)?;
        undoable(session, &outcome)
    }
}
