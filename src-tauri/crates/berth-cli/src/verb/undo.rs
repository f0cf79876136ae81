//! `berth undo`

use berth_app::{Code, Error};

use super::swapped;
use crate::answer::{Ended, Failure};
use crate::session::Session;

/// Takes the last change back, whichever program made it. Exit 1 when there is none.
#[derive(Debug, clap::Args)]
pub(crate) struct Undo {}

impl Undo {
    pub(crate) fn run(&self, session: &mut Session) -> Ended {
        let outcome = session.berth.undo(session.now).map_err(nothing)?;
        swapped(session, &outcome, "Undid")
    }
}

/// Nothing to undo or redo is an answer.
pub(super) fn nothing(error: Error) -> Failure {
    if error.code == Code::NotFound {
        Failure::no(error)
    } else {
        error.into()
    }
}
