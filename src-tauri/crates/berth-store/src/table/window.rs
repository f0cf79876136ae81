//! Freeze and allow windows.

use berth_core::window::{Effect, Window, WindowId};
use berth_core::{CalendarId, EnvironmentId, Timestamp};
use rusqlite::{Row, params};

use super::{Entity, wall};
use crate::{Reader, Result, Writer};

pub(crate) const COLUMNS: &[&str] = &[
    "uid",
    "effect",
    "environments",
    "blocks",
    "start",
    "end",
    "zone",
    "rule",
    "added",
    "excluded",
    "title",
    "sequence",
    "created",
    "modified",
    "calendar_id",
    "source",
];

fn from_row(row: &Row<'_>) -> rusqlite::Result<Window> {
    let (environments, blocks): (String, String) = (row.get(3)?, row.get(4)?);
    Ok(Window {
        id: WindowId(row.get(0)?),
        uid: row.get(1)?,
        effect: if row.get(2)? {
            Effect::Allow
        } else {
            Effect::Freeze
        },
        environments: numbers(&environments).map(EnvironmentId).collect(),
        blocks: numbers(&blocks)
            .map(|code| wall::kind(4, code))
            .collect::<rusqlite::Result<_>>()?,
        when: wall::when(row, 5)?,
        recurrence: wall::recurrence(row, 8)?,
        title: row.get(11)?,
        exceptions: Vec::new(),
        sequence: row.get(12)?,
        created: Timestamp::from_seconds(row.get(13)?),
        modified: Timestamp::from_seconds(row.get(14)?),
        calendar: row.get::<_, Option<i64>>(15)?.map(CalendarId),
        source: row.get(16)?,
    })
}

fn numbers(lines: &str) -> impl Iterator<Item = i64> {
    lines.lines().filter_map(|line| line.parse().ok())
}

fn join(numbers: impl Iterator<Item = i64>) -> String {
    numbers
        .map(|number| number.to_string())
        .collect::<Vec<_>>()
        .join("\n")
}

impl Reader<'_> {
    /// All windows with their exceptions, by id. There are few of them, and a series may reach
    /// anywhere, so they are not looked up by time.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn windows(&self) -> Result<Vec<Window>> {
        let sql = format!("{} ORDER BY id", Entity::Window.select());
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut windows = self.rows(Entity::Window, statement.query([])?, from_row)?;
        for (id, exception) in self.exceptions()? {
            if let Some(window) = windows.iter_mut().find(|window| window.id == id) {
                window.exceptions.push(exception);
            }
        }
        Ok(windows)
    }
}

impl Writer<'_> {
    /// Adds a window (id 0) or changes it, its exceptions included; returns its id.
    ///
    /// # Errors
    /// [`crate::StoreError::Constraint`] when there is another window with its UID.
    pub fn put_window(&mut self, window: &Window) -> Result<WindowId> {
        let [rule, added, excluded] = wall::rule_texts(window.recurrence.as_ref());
        let values = params![
            window.uid,
            window.effect == Effect::Allow,
            join(window.environments.iter().map(|id| id.0)),
            join(window.blocks.iter().copied().map(wall::kind_code)),
            wall::text(window.when.start()),
            wall::text(window.when.end()),
            wall::zone_name(window.when),
            rule,
            added,
            excluded,
            window.title,
            window.sequence,
            window.created.seconds(),
            window.modified.seconds(),
            window.calendar.map(|id| id.0),
            window.source,
        ];
        let id = WindowId(self.put(Entity::Window, window.id.0, values)?);
        self.put_exceptions(id, &window.exceptions)?;
        Ok(id)
    }

    /// Removes a window and its exceptions.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn remove_window(&mut self, id: WindowId) -> Result<()> {
        self.put_exceptions(id, &[])?;
        self.remove(Entity::Window, id.0)
    }
}
