//! `berth undelete`

use super::{changed, told, undoable};
use crate::answer::Ended;
use crate::session::Session;

/// Brings a deleted booking back as it was, with what it conflicts with by now.
#[derive(Debug, clap::Args)]
pub(crate) struct Undelete {
    /// Its number, as `berth list --trash` shows it.
    id: String,
}

impl Undelete {
    pub(crate) fn run(&self, session: &mut Session) -> Ended {
        let outcome = session.berth.undelete(&self.id, session.now)?;
        let Some(reference) = &outcome.booking else {
            return undoable(session, &outcome);
        };
        let changed = changed(session, &outcome, reference)?;
        Ok(session.answer(&changed, || told(session, &outcome))?)
    }
}
