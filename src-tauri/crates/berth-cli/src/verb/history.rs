//! `berth history`

use berth_app::wire::Operation;
use berth_core::Timestamp;

use crate::answer::Ended;
use crate::json;
use crate::session::Session;
use crate::style::plain;
use crate::table::table;

/// Lists what was done, newest first: at most two hundred changes.
#[derive(Debug, clap::Args)]
pub(crate) struct History {}

impl History {
    pub(crate) fn run(&self, session: &mut Session) -> Ended {
        let operations = session.berth.history()?;
        let all: Vec<json::Operation> = operations.iter().map(Into::into).collect();
        Ok(session.answer(&all, || text(session, &operations))?)
    }
}

fn text(session: &Session, operations: &[Operation]) -> String {
    if operations.is_empty() {
        return "Nothing was done yet.\n".into();
    }
    let rows: Vec<Vec<String>> = operations.iter().map(|one| row(session, one)).collect();
    table(&rows)
}

/// When, who, what.
pub(super) fn row(session: &Session, operation: &Operation) -> Vec<String> {
    let undone = if operation.undone { " (undone)" } else { "" };
    vec![
        session
            .phrasing
            .moment(Timestamp::from_millis(operation.at)),
        plain(&operation.who),
        plain(&operation.title) + &session.style.dim(undone),
    ]
}
