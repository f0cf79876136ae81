//! Columns that bookings and windows share: wall times, rules, kinds.

use berth_core::{Kind, Recurrence, Rule, When};
use chrono::{NaiveDate, NaiveDateTime};
use rusqlite::Row;
use rusqlite::types::{Type, ValueRef};

use super::zone;

const FORM: &str = "%Y-%m-%dT%H:%M:%S";

/// A wall time, for a column.
pub(crate) fn text(wall: NaiveDateTime) -> String {
    wall.format(FORM).to_string()
}

/// Reads what [`text`] wrote.
pub(crate) fn parse(text: &str) -> Option<NaiveDateTime> {
    read(text).ok()
}

fn read(text: &str) -> chrono::ParseResult<NaiveDateTime> {
    match four_digit_year(text) {
        Some(wall) => Ok(wall),
        None => NaiveDateTime::parse_from_str(text, FORM),
    }
}

/// Nearly every row has two of these, and following a pattern takes longer than the rest of the row.
fn four_digit_year(text: &str) -> Option<NaiveDateTime> {
    let bytes: &[u8; 19] = text.as_bytes().try_into().ok()?;
    let marks = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')];
    if marks.iter().any(|(at, mark)| bytes[*at] != *mark) {
        return None;
    }
    let number = |from: usize, to: usize| {
        bytes[from..to].iter().try_fold(0_u32, |number, byte| {
            let digit = byte.is_ascii_digit().then(|| byte - b'0')?;
            Some(number * 10 + u32::from(digit))
        })
    };
    let year = i32::try_from(number(0, 4)?).ok()?;
    let date = NaiveDate::from_ymd_opt(year, number(5, 7)?, number(8, 10)?)?;
    date.and_hms_opt(number(11, 13)?, number(14, 16)?, number(17, 19)?)
}

/// A list of wall times, one in a line.
pub(crate) fn join(walls: &[NaiveDateTime]) -> String {
    let lines: Vec<String> = walls.iter().copied().map(text).collect();
    lines.join("\n")
}

/// A column that must hold a wall time.
pub(crate) fn wall(row: &Row<'_>, column: usize) -> rusqlite::Result<NaiveDateTime> {
    let text: String = row.get(column)?;
    read(&text).map_err(|error| unreadable(column, error))
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
    let texts = (row.get_ref(first)?, row.get_ref(first + 1)?);
    if texts == (ValueRef::Text(b""), ValueRef::Text(b"")) {
        return Ok(None);
    }
    let rule: String = row.get(first)?;
    let list = |column: usize| -> rusqlite::Result<Vec<NaiveDateTime>> {
        let text: String = row.get(column)?;
        let walls = text.lines().map(read).collect::<Result<_, _>>();
        walls.map_err(|error| unreadable(column, error))
    };
    let rule = match rule.as_str() {
        "" => None,
        rule => Some(Rule::parse(rule).map_err(|error| unreadable(first, error))?),
    };
    let recurrence = Recurrence {
        rule,
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

/// Reads what [`kind_code`] wrote in `column`. Another code is an error: read as any kind that this
/// version knows, it might pass a freeze that is about it.
pub(crate) fn kind(column: usize, code: i64) -> rusqlite::Result<Kind> {
    match code {
        0 => Ok(Kind::Test),
        1 => Ok(Kind::Deploy),
        2 => Ok(Kind::Maintenance),
        3 => Ok(Kind::Watch),
        _ => Err(unknown(column, code)),
    }
}

/// A code that this version does not know.
pub(crate) fn unknown(column: usize, code: i64) -> rusqlite::Error {
    rusqlite::Error::IntegralValueOutOfRange(column, code)
}

/// A text that is not what its column is for.
fn unreadable(
    column: usize,
    error: impl std::error::Error + Send + Sync + 'static,
) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_way_reads_what_the_pattern_reads() {
        for text in [
            "2026-09-17T09:00:00",
            "0001-01-01T00:00:00",
            "9999-12-31T23:59:59",
            "+12026-09-17T09:00:00",
            "2026-02-29T09:00:00",
            "2026-09-17T24:00:00",
            "2026-09-17 09:00:00",
            "2026-09-17T09:00:0x",
            "+026-09-17T09:00:00",
            "",
        ] {
            let pattern = NaiveDateTime::parse_from_str(text, FORM).ok();
            assert_eq!(parse(text), pattern, "{text}");
        }
    }
}
