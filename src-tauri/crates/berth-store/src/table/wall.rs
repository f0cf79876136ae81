//! Columns that bookings and windows share: wall times, rules, kinds.

use berth_core::{Kind, Recurrence, Rule, When};
use chrono::NaiveDateTime;
use rusqlite::Row;
use rusqlite::types::Type;

use super::zone;

const FORM: &str = "%Y-%m-%dT%H:%M:%S";

/// A wall time, for a column.
pub(crate) fn text(wall: NaiveDateTime) -> String {
    wall.format(FORM).to_string()
}

/// Reads what [`text`] wrote.
pub(crate) fn parse(text: &str) -> Option<NaiveDateTime> {
    NaiveDateTime::parse_from_str(text, FORM).ok()
}

/// A list of wall times, one in a line.
pub(crate) fn join(walls: &[NaiveDateTime]) -> String {
    let lines: Vec<String> = walls.iter().copied().map(text).collect();
    lines.join("\n")
}

/// A column that must hold a wall time.
pub(crate) fn wall(row: &Row<'_>, column: usize) -> rusqlite::Result<NaiveDateTime> {
    let text: String = row.get(column)?;
    NaiveDateTime::parse_from_str(&text, FORM).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(error))
    })
}

/// The columns `start`, `end`, `zone`, from `first` on.
pub(crate) fn when(row: &Row<'_>, first: usize) -> rusqlite::Result<When> {
    let (start, end) = (wall(row, first)?, wall(row, first + 1)?);
    let name: String = row.get(first + 2)?;
    Ok(if name.is_empty() {
        When::AllDay {
            start: start.date(),
            end: end.date(),
        }
    } else {
        When::Timed {
            start,
            end,
            zone: zone(&name),
        }
    })
}

/// What stands in the column `zone`.
pub(crate) fn zone_name(when: When) -> &'static str {
    match when {
        When::Timed { zone, .. } => zone.name(),
        When::AllDay { .. } => "",
    }
}

/// The columns `rule`, `added`, `excluded`, from `first` on; `None` for what does not repeat.
pub(crate) fn recurrence(row: &Row<'_>, first: usize) -> rusqlite::Result<Option<Recurrence>> {
    let rule: String = row.get(first)?;
    let list = |column: usize| -> rusqlite::Result<Vec<NaiveDateTime>> {
        let text: String = row.get(column)?;
        Ok(text.lines().filter_map(parse).collect())
    };
    let recurrence = Recurrence {
        rule: Rule::parse(&rule).ok(),
        added: list(first + 1)?,
        excluded: list(first + 2)?,
    };
    let repeats = recurrence.rule.is_some() || !recurrence.added.is_empty();
    Ok(repeats.then_some(recurrence))
}

/// The texts of `rule`, `added`, `excluded`.
pub(crate) fn rule_texts(recurrence: Option<&Recurrence>) -> [String; 3] {
    let Some(recurrence) = recurrence else {
        return Default::default();
    };
    let rule = recurrence
        .rule
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default();
    [rule, join(&recurrence.added), join(&recurrence.excluded)]
}

/// What stands for a kind in a column.
pub(crate) fn kind_code(kind: Kind) -> i64 {
    match kind {
        Kind::Test => 0,
        Kind::Deploy => 1,
        Kind::Maintenance => 2,
        Kind::Watch => 3,
    }
}

/// Reads what [`kind_code`] wrote; a code of a later version reads as a test, which is blocked by
/// nothing.
pub(crate) fn kind(code: i64) -> Kind {
    match code {
        1 => Kind::Deploy,
        2 => Kind::Maintenance,
        3 => Kind::Watch,
        _ => Kind::Test,
    }
}
