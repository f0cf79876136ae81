//! A sum over the columns of a row.
//!
//! SQLite's own checks see a damaged page, and an index that disagrees with its table. They do not
//! see that 13:00 became 17:00 in a text. So the sum of each row is kept beside it: CRC-32, which
//! differs for certain where up to 32 neighbouring bits have changed.

use crc32fast::Hasher;
use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Result, Row, ToSql};

/// The sum of values that are about to be written.
pub(crate) fn of_values(values: &[&dyn ToSql]) -> Result<i64> {
    let mut hasher = Hasher::new();
    for value in values {
        match value.to_sql()? {
            ToSqlOutput::Borrowed(value) => add(&mut hasher, value),
            ToSqlOutput::Owned(value) => add(&mut hasher, (&value).into()),
            // Nothing else is ever bound to a column.
            _ => add(&mut hasher, (&Value::Null).into()),
        }
    }
    Ok(hasher.finalize().into())
}

/// The sum of `count` columns of a row, from `first` on.
pub(crate) fn of_row(row: &Row<'_>, first: usize, count: usize) -> Result<i64> {
    let mut hasher = Hasher::new();
    for column in first..first + count {
        add(&mut hasher, row.get_ref(column)?);
    }
    Ok(hasher.finalize().into())
}

/// Whether the sum that stands in a row behind `count` columns from `first` on is theirs.
pub(crate) fn agrees(row: &Row<'_>, first: usize, count: usize) -> Result<bool> {
    let kept: Option<i64> = row.get(first + count)?;
    match kept {
        None => Ok(true),
        Some(kept) => Ok(kept == of_row(row, first, count)?),
    }
}

/// Each value with its type and length, so that no two rows spell the same bytes.
fn add(hasher: &mut Hasher, value: ValueRef<'_>) {
    let mut bytes = |kind: u8, bytes: &[u8]| {
        hasher.update(&[kind]);
        hasher.update(&(bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    };
    match value {
        ValueRef::Null => bytes(0, &[]),
        ValueRef::Integer(number) => bytes(1, &number.to_le_bytes()),
        ValueRef::Real(number) => bytes(2, &number.to_le_bytes()),
        ValueRef::Text(text) => bytes(3, text),
        ValueRef::Blob(blob) => bytes(4, blob),
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::*;

    #[test]
    fn what_was_written_is_what_is_read() {
        let connection = Connection::open_in_memory().unwrap();
        let values: &[&dyn ToSql] = &[&7_u32, &true, &"two\nlines", &None::<i64>, &-3_i64];
        let sum = of_values(values).unwrap();
        let read =
            connection.query_row("SELECT ?1, ?2, ?3, ?4, ?5", values, |row| of_row(row, 0, 5));
        assert_eq!(read.unwrap(), sum);
        assert!((0..=i64::from(u32::MAX)).contains(&sum));
    }

    #[test]
    fn each_change_of_a_bit_shows() {
        let text = "2026-09-15T13:00:00";
        let sum = of_values(&[&text, &""]).unwrap();
        for at in 0..text.len() * 8 {
            let mut bytes = text.as_bytes().to_vec();
            bytes[at / 8] ^= 1 << (at % 8);
            let mut hasher = Hasher::new();
            add(&mut hasher, ValueRef::Text(&bytes));
            add(&mut hasher, ValueRef::Text(b""));
            assert_ne!(i64::from(hasher.finalize()), sum, "bit {at}");
        }
        assert_ne!(
            of_values(&[&"a", &"b"]).unwrap(),
            of_values(&[&"ab", &""]).unwrap()
        );
    }
}
