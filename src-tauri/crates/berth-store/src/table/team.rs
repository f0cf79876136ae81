//! Teams.

use berth_core::{Team, TeamId};
use rusqlite::{Row, params};

use super::Entity;
use crate::{Reader, Result, Writer};

pub(crate) const COLUMNS: &[&str] = &["name", "code", "colour", "mine"];

fn from_row(row: &Row<'_>) -> rusqlite::Result<Team> {
    Ok(Team {
        id: TeamId(row.get(0)?),
        name: row.get(1)?,
        code: row.get(2)?,
        colour: row.get(3)?,
        mine: row.get(4)?,
    })
}

impl Reader<'_> {
    /// All teams, by name.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn teams(&self) -> Result<Vec<Team>> {
        let mut statement = self
            .connection
            .prepare_cached(&format!("{} ORDER BY name, id", Entity::Team.select()))?;
        self.rows(Entity::Team, statement.query([])?, from_row)
    }
}

impl Writer<'_> {
    /// Adds a team (id 0) or changes it; returns its id.
    ///
    /// # Errors
    /// [`crate::StoreError::Constraint`] when the name is taken.
    pub fn put_team(&mut self, team: &Team) -> Result<TeamId> {
        let values = params![team.name, team.code, team.colour, team.mine];
        self.put(Entity::Team, team.id.0, values).map(TeamId)
    }

    /// Removes a team.
    ///
    /// # Errors
    /// [`crate::StoreError::Constraint`] while bookings refer to it.
    pub fn remove_team(&mut self, id: TeamId) -> Result<()> {
        self.remove(Entity::Team, id.0)
    }
}
