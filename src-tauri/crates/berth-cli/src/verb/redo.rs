//! `berth redo`

use super::swapped;
use super::undo::nothing;
use crate::answer::Ended;
use crate::session::Session;

/// Brings back what was undone last. Exit 1 when there is nothing.
#[derive(Debug, clap::Args)]
pub(crate) struct Redo {}

impl Redo {
    pub(crate) fn run(&self, session: &mut Session) -> Ended {
        let outcome = session.berth.redo(session.now).map_err(nothing)?;
        swapped(session, &outcome, "Did again")
    }
}
