//! Conflicts: found, told, accepted.

mod accept;
mod find;
mod solve;
mod tell;

pub(crate) use find::{Found, Holds, Member, find, find_among};
pub use tell::digest;
pub(crate) use tell::{Teller, original_start};

use berth_core::Timestamp;

use crate::{Berth, Filter, Result, wire};

impl Berth {
    /// The conflicts that touch `[from, to)`, whole, by start; of them only those in the filter's
    /// environments that one of its teams is part of.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn conflicts(
        &mut self,
        from: Timestamp,
        to: Timestamp,
        filter: &Filter,
        now: Timestamp,
    ) -> Result<Vec<wire::Conflict>> {
        let phrasing = self.phrasing(now)?;
        self.read(|reader| {
            let environments = reader.environments()?;
            let mut teller = Teller::new(reader, phrasing)?;
            let wanted = environments
                .iter()
                .filter(|environment| filter.environment(environment.id));
            let wanted: Vec<_> = wanted.cloned().collect();
            let found = find(reader, &wanted, from, to)?;
            let told: Vec<_> = found
                .iter()
                .filter_map(|one| teller.tell_readable(one).transpose())
                .collect::<Result<_>>()?;
            let by_team = |conflict: &wire::Conflict| {
                filter.teams.is_empty()
                    || conflict.bookings.iter().any(|one| {
                        filter
                            .teams
                            .iter()
                            .any(|team| team.to_string() == one.team_id)
                    })
            };
            Ok(told.into_iter().filter(by_team).collect())
        })
    }
}
