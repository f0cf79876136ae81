//! Environments.

use berth_core::{Environment, EnvironmentId};
use rusqlite::{Row, params};

use super::{Entity, join_seconds, seconds, split_seconds, zone};
use crate::{Reader, Result, Writer};

pub(crate) const COLUMNS: &[&str] = &[
    "name",
    "aliases",
    "capacity",
    "zone",
    "set_up",
    "clean_up",
    "owner",
    "lead_times",
    "hidden",
];

fn from_row(row: &Row<'_>) -> rusqlite::Result<Environment> {
    let aliases: String = row.get(2)?;
    let zone_name: String = row.get(4)?;
    let lead_times: String = row.get(8)?;
    Ok(Environment {
        id: EnvironmentId(row.get(0)?),
        name: row.get(1)?,
        aliases: aliases.lines().map(str::to_owned).collect(),
        capacity: row.get(3)?,
        zone: zone(&zone_name),
        set_up: chrono::TimeDelta::seconds(row.get(5)?),
        clean_up: chrono::TimeDelta::seconds(row.get(6)?),
        owner: row.get(7)?,
        lead_times: split_seconds(&lead_times),
        hidden: row.get(9)?,
    })
}

impl Reader<'_> {
    /// All environments, in the order in which they were added.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn environments(&self) -> Result<Vec<Environment>> {
        let mut statement = self
            .connection
            .prepare_cached(&format!("{} ORDER BY id", Entity::Environment.select()))?;
        self.rows(Entity::Environment, statement.query([])?, from_row)
    }
}

impl Writer<'_> {
    /// Adds an environment (id 0) or changes it; returns its id. All-day bookings of it follow a
    /// change of its zone.
    ///
    /// # Errors
    /// [`crate::StoreError::Constraint`] when the name is taken.
    pub fn put_environment(&mut self, environment: &Environment) -> Result<EnvironmentId> {
        let values = params![
            environment.name,
            environment.aliases.join("\n"),
            environment.capacity,
            environment.zone.name(),
            seconds(environment.set_up),
            seconds(environment.clean_up),
            environment.owner,
            join_seconds(&environment.lead_times),
            environment.hidden,
        ];
        let id = self.put(Entity::Environment, environment.id.0, values)?;
        let id = EnvironmentId(id);
        if self.zones.insert(id, environment.zone) != Some(environment.zone)
            && environment.id.0 != 0
        {
            self.derive_again(id)?;
        }
        Ok(id)
    }

    /// Removes an environment.
    ///
    /// # Errors
    /// [`crate::StoreError::Constraint`] while bookings refer to it.
    pub fn remove_environment(&mut self, id: EnvironmentId) -> Result<()> {
        self.remove(Entity::Environment, id.0)
    }
}
