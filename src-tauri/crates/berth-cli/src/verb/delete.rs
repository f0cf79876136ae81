//! `berth delete`

use super::{Target, undoable};
use crate::answer::Ended;
use crate::session::Session;

/// Removes a booking. Undo brings it back.
#[derive(Debug, clap::Args)]
pub(crate) struct Delete {
    #[command(flatten)]
    target: Target,
}

impl Delete {
    pub(crate) fn run(&self, session: &mut Session) -> Ended {
        let (reference, scope) = self.target.find(session)?;
        let outcome = session
            .berth
            .delete_booking(&reference, scope, session.now)?;
        undoable(session, &outcome)
    }
}
