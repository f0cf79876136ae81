//! `berth cancel`

use super::{Target, undoable};
use crate::answer::Ended;
use crate::session::Session;

/// Calls a booking off. It stays on record and in what is exported.
#[derive(Debug, clap::Args)]
pub(crate) struct Cancel {
    #[command(flatten)]
    target: Target,
}

impl Cancel {
    pub(crate) fn run(&self, session: &mut Session) -> Ended {
        let (reference, scope) = self.target.find(session)?;
        let outcome = session
            .berth
            .cancel_booking(&reference, scope, session.now)?;
        undoable(session, &outcome)
    }
}
