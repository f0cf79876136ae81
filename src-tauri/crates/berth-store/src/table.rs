//! One file per table: its row, its reads on [`crate::Reader`], its writes on [`crate::Writer`].

pub(crate) mod acceptance;
pub(crate) mod booking;
pub(crate) mod calendar;
pub(crate) mod environment;
pub(crate) mod exemption;
pub(crate) mod operation;
pub(crate) mod reminder;
pub(crate) mod setting;
pub(crate) mod team;
pub(crate) mod trash;
pub(crate) mod wall;
pub(crate) mod window;

use berth_core::time::Tz;
use chrono::TimeDelta;

/// The tables whose changes can be undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Entity {
    Environment,
    Team,
    Calendar,
    Booking,
    Window,
    Exemption,
    Acceptance,
}

impl Entity {
    pub(crate) const ALL: [Self; 7] = [
        Self::Environment,
        Self::Team,
        Self::Calendar,
        Self::Booking,
        Self::Window,
        Self::Exemption,
        Self::Acceptance,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Environment => "environment",
            Self::Team => "team",
            Self::Calendar => "calendar",
            Self::Booking => "booking",
            Self::Window => "window",
            Self::Exemption => "exemption",
            Self::Acceptance => "acceptance",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|entity| entity.name() == name)
    }

    /// The column that people call a row by.
    pub(crate) fn title(self) -> Option<&'static str> {
        match self {
            Self::Environment | Self::Team | Self::Calendar => Some("name"),
            Self::Booking | Self::Window => Some("title"),
            Self::Exemption | Self::Acceptance => None,
        }
    }

    /// All columns but `id` and `sum`.
    pub(crate) fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Environment => environment::COLUMNS,
            Self::Team => team::COLUMNS,
            Self::Calendar => calendar::COLUMNS,
            Self::Booking => booking::COLUMNS,
            Self::Window => window::COLUMNS,
            Self::Exemption => exemption::COLUMNS,
            Self::Acceptance => acceptance::COLUMNS,
        }
    }

    /// A row as a JSON object.
    pub(crate) fn select_json(self) -> String {
        let pairs: Vec<String> = self
            .stored()
            .map(|name| format!("'{name}', {name}"))
            .collect();
        format!(
            "SELECT json_object('id', id, {}) FROM {} WHERE id = ?1",
            pairs.join(", "),
            self.name()
        )
    }

    /// All rows, each as its id and such an object.
    pub(crate) fn select_all_json(self) -> String {
        self.select_json()
            .replacen("SELECT ", "SELECT id, ", 1)
            .replace(" WHERE id = ?1", " ORDER BY id")
    }

    /// The columns of [`Entity::select`] out of such an object.
    pub(crate) fn select_from_json(self) -> String {
        let values: Vec<String> = self
            .stored()
            .map(|name| format!("?1 ->> '{name}'"))
            .collect();
        format!("SELECT ?1 ->> 'id', {}", values.join(", "))
    }

    /// Writes a JSON object back as the row it came from.
    pub(crate) fn restore_json(self) -> String {
        let columns: Vec<&str> = self.stored().collect();
        let values: Vec<String> = columns
            .iter()
            .map(|name| format!("?1 ->> '{name}'"))
            .collect();
        let updates: Vec<String> = columns
            .iter()
            .map(|name| format!("{name} = excluded.{name}"))
            .collect();
        format!(
            "INSERT INTO {table} (id, {names}) VALUES (?1 ->> 'id', {values}) \
             ON CONFLICT (id) DO UPDATE SET {updates}",
            table = self.name(),
            names = columns.join(", "),
            values = values.join(", "),
            updates = updates.join(", "),
        )
    }

    /// Inserts a JSON object as a new row: under the id it had, unless another row has that by now.
    pub(crate) fn insert_json(self) -> String {
        let columns: Vec<&str> = self.stored().collect();
        let values: Vec<String> = columns
            .iter()
            .map(|name| format!("?1 ->> '{name}'"))
            .collect();
        format!(
            "INSERT INTO {table} (id, {names}) VALUES (iif(EXISTS \
             (SELECT 1 FROM {table} WHERE id = ?1 ->> 'id'), NULL, ?1 ->> 'id'), {values})",
            table = self.name(),
            names = columns.join(", "),
            values = values.join(", "),
        )
    }

    pub(crate) fn delete(self) -> String {
        format!("DELETE FROM {} WHERE id = ?1", self.name())
    }

    /// `INSERT` of all columns but the id, the sum last, as parameters from 1.
    pub(crate) fn insert(self) -> String {
        let columns: Vec<&str> = self.stored().collect();
        let marks: Vec<String> = (1..=columns.len()).map(|n| format!("?{n}")).collect();
        format!(
            "INSERT INTO {} ({}) VALUES ({})",
            self.name(),
            columns.join(", "),
            marks.join(", ")
        )
    }

    /// `UPDATE` of all columns, the sum behind them, as parameters from 1; the id is the last.
    pub(crate) fn update(self) -> String {
        let columns: Vec<&str> = self.stored().collect();
        let sets: Vec<String> = columns
            .iter()
            .zip(1..)
            .map(|(name, n)| format!("{name} = ?{n}"))
            .collect();
        format!(
            "UPDATE {} SET {} WHERE id = ?{}",
            self.name(),
            sets.join(", "),
            columns.len() + 1
        )
    }

    /// `SELECT id, …columns, sum FROM …`.
    pub(crate) fn select(self) -> String {
        let columns: Vec<&str> = self.stored().collect();
        format!("SELECT id, {} FROM {}", columns.join(", "), self.name())
    }

    /// The columns, and their sum.
    fn stored(self) -> impl Iterator<Item = &'static str> {
        self.columns().iter().copied().chain(["sum"])
    }
}

/// Seconds, for a column.
pub(crate) fn seconds(delta: TimeDelta) -> i64 {
    delta.num_seconds()
}

/// A list of durations, one in a line, in seconds.
pub(crate) fn join_seconds(deltas: &[TimeDelta]) -> String {
    let lines: Vec<String> = deltas
        .iter()
        .map(|delta| delta.num_seconds().to_string())
        .collect();
    lines.join("\n")
}

/// Reads what [`join_seconds`] wrote.
pub(crate) fn split_seconds(text: &str) -> Vec<TimeDelta> {
    text.lines()
        .filter_map(|line| line.trim().parse().ok())
        .map(TimeDelta::seconds)
        .collect()
}

/// A zone's name; one that this build does not know reads as UTC rather than lose the row.
pub(crate) fn zone(name: &str) -> Tz {
    name.parse().unwrap_or(Tz::UTC)
}
