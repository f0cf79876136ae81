//! `berth conflicts`

use berth_app::Result;
use berth_app::wire::{Conflict, Severity};
use berth_core::Timestamp;
use berth_core::time::Tz;
use chrono::TimeDelta;

use super::explained;
use crate::answer::{Answer, Ended, NO, YES};
use crate::session::Session;

/// So far ahead unless said otherwise.
const AHEAD: TimeDelta = TimeDelta::weeks(26);

/// Lists conflicts and explains them. Exit 1 if any is an error that nobody accepted.
#[derive(Debug, clap::Args)]
pub(crate) struct Conflicts {
    /// From when [default: now].
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    from: Option<String>,
    /// Until when [default: 26 weeks later].
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    to: Option<String>,
    /// Only this environment; may be repeated.
    #[arg(long, value_name = "ENV")]
    env: Vec<String>,
    /// Only those that this team is part of; may be repeated.
    #[arg(long, value_name = "TEAM")]
    team: Vec<String>,
    /// Say the id of each too, for `berth accept`.
    #[arg(long)]
    ids: bool,
}

impl Conflicts {
    pub(crate) fn run(&self, session: &mut Session) -> Ended {
        let filter = session.filter(&self.env, &self.team)?;
        let zone = session.zone_of(&filter);
        let (from, to) = self.range(session, zone)?;
        let conflicts = session.berth.conflicts(from, to, &filter, session.now)?;
        let answer = session.answer(&session.json_conflicts(&conflicts), || {
            self.text(session, &conflicts, from, to)
        })?;
        let bad = conflicts
            .iter()
            .any(|one| one.severity == Severity::Error && one.accepted.is_none());
        Ok(Answer {
            exit: if bad { NO } else { YES },
            ..answer
        })
    }

    fn range(&self, session: &Session, zone: Tz) -> Result<(Timestamp, Timestamp)> {
        let named = (self.from.as_deref(), self.to.as_deref());
        session.range(named, zone, session.now, |from| from + AHEAD)
    }

    fn text(
        &self,
        session: &Session,
        conflicts: &[Conflict],
        from: Timestamp,
        to: Timestamp,
    ) -> String {
        if conflicts.is_empty() {
            let (from, to) = (session.phrasing.moment(from), session.phrasing.moment(to));
            return format!("No conflicts from {from} to {to}.\n");
        }
        let id = |one: &Conflict| session.style.dim(&format!("    id {}", one.id)) + "\n";
        let all: String = conflicts
            .iter()
            .map(|one| explained(session, one) + &if self.ids { id(one) } else { String::new() })
            .collect();
        all + &session.zone_note()
    }
}
