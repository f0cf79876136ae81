//! Calendars that bookings were imported from.

use berth_core::{CalendarId, EnvironmentId, TeamId};
use rusqlite::{Row, params};

use super::Entity;
use crate::{Reader, Result, Writer};

pub(crate) const COLUMNS: &[&str] = &["name", "environment_id", "team_id"];

/// A calendar, and the person's choice for those of its events that do not say where they belong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// Its row; 0 while it has none.
    pub id: CalendarId,
    /// Its own name, else the file's.
    pub name: String,
    /// Where its undecided events go.
    pub environment: Option<EnvironmentId>,
    /// Whose its undecided events are.
    pub team: Option<TeamId>,
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Calendar> {
    Ok(Calendar {
        id: CalendarId(row.get(0)?),
        name: row.get(1)?,
        environment: row.get::<_, Option<i64>>(2)?.map(EnvironmentId),
        team: row.get::<_, Option<i64>>(3)?.map(TeamId),
    })
}

impl Reader<'_> {
    /// All calendars, in the order in which they were first imported.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn calendars(&self) -> Result<Vec<Calendar>> {
        let mut statement = self
            .connection
            .prepare_cached(&format!("{} ORDER BY id", Entity::Calendar.select()))?;
        self.rows(Entity::Calendar, statement.query([])?, from_row)
    }
}

impl Writer<'_> {
    /// Adds a calendar (id 0) or changes it; returns its id.
    ///
    /// # Errors
    /// [`crate::StoreError::Constraint`] when the name is taken.
    pub fn put_calendar(&mut self, calendar: &Calendar) -> Result<CalendarId> {
        let values = params![
            calendar.name,
            calendar.environment.map(|id| id.0),
            calendar.team.map(|id| id.0)
        ];
        self.put(Entity::Calendar, calendar.id.0, values)
            .map(CalendarId)
    }
}
