//! The ladder of schemas, as data, and whether a file stands on one of its rungs.

use rusqlite::Connection;

use crate::table::Entity;
use crate::{Result, sum};

/// Each step once, in order; its index plus one is the schema it leads to.
pub(crate) const STEPS: &[&str] = &[
    include_str!("../migrations/0001.sql"),
    include_str!("../migrations/0002.sql"),
    include_str!("../migrations/0003.sql"),
];

/// The schema this version writes.
pub(crate) const SCHEMA: i64 = STEPS.len() as i64;

/// What stands in `sqlite_schema` of a file with [`SCHEMA`], as [`describe`] says it. A test keeps it
/// true: to make it anew at each start would take longer than a booking.
const DESCRIBED: &str = include_str!("../migrations/schema.txt");

/// From this schema on rows have sums.
const SUMS: i64 = 3;

/// "Brth" in ASCII: tells our files from other SQLite databases.
pub(crate) const APPLICATION: i64 = 0x4272_7468;

/// Brings the file to the present schema, all steps or none.
pub(crate) fn migrate(connection: &mut Connection) -> Result<()> {
    let transaction =
        connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    // Read inside the transaction: another process may have migrated while we waited for the lock.
    let from = version(&transaction)?;
    climb(&transaction, from, SCHEMA)?;
    if from < SCHEMA {
        sign(&transaction)?;
    }
    transaction.commit()?;
    Ok(())
}

/// Has a file say that it is ours and of the present schema.
pub(crate) fn sign(connection: &Connection) -> Result<()> {
    connection.pragma_update(None, "application_id", APPLICATION)?;
    connection.pragma_update(None, "user_version", SCHEMA)?;
    Ok(())
}

fn climb(connection: &Connection, from: i64, to: i64) -> Result<()> {
    let rungs = (from..to).filter_map(|rung| usize::try_from(rung).ok());
    for step in rungs.filter_map(|rung| STEPS.get(rung)) {
        connection.execute_batch(step)?;
    }
    if (1..SUMS).contains(&from) && to >= SUMS {
        add_missing_sums(connection)?;
    }
    Ok(())
}

/// The sums of rows that have none: written before there were any, or mended.
pub(crate) fn add_missing_sums(connection: &Connection) -> Result<()> {
    for entity in Entity::ALL {
        let columns: Vec<&str> = [&["id"], entity.columns()].concat();
        fill_sums(connection, entity.name(), "id", &columns)?;
    }
    fill_sums(connection, "operation", "id", &["id", "at", "who", "title"])?;
    fill_sums(connection, "setting", "key", &["key", "key", "value"])
}

/// Sums up the columns behind the first, by which a row is found.
fn fill_sums(connection: &Connection, table: &str, key: &str, columns: &[&str]) -> Result<()> {
    let mut select = connection.prepare(&format!(
        "SELECT {} FROM {table} WHERE sum IS NULL",
        columns.join(", ")
    ))?;
    let sums = select.query_map([], |row| {
        let sum = sum::of_row(row, 1, columns.len() - 1)?;
        Ok((row.get::<_, rusqlite::types::Value>(0)?, sum))
    })?;
    let sums = sums.collect::<rusqlite::Result<Vec<_>>>()?;
    let mut update =
        connection.prepare(&format!("UPDATE {table} SET sum = ?2 WHERE {key} = ?1"))?;
    for (row, sum) in sums {
        update.execute(rusqlite::params![row, sum])?;
    }
    Ok(())
}

/// The schema that a file has; 0 is an empty file.
pub(crate) fn version(connection: &Connection) -> Result<i64> {
    Ok(
        connection.query_row("SELECT user_version FROM pragma_user_version", [], |row| {
            row.get(0)
        })?,
    )
}

/// The application that a file belongs to; 0 where it does not say.
pub(crate) fn application(connection: &Connection) -> Result<i64> {
    let sql = "SELECT application_id FROM pragma_application_id";
    Ok(connection.query_row(sql, [], |row| row.get(0))?)
}

/// Whether the tables and indexes of a file are those of this schema, to the letter, and nothing
/// else: no trigger or view of somebody else's, no name that the disk has changed.
pub(crate) fn is_ours(connection: &Connection, schema: i64) -> Result<bool> {
    let found = describe(connection)?;
    if schema == SCHEMA {
        return Ok(found == DESCRIBED);
    }
    if !(1..SCHEMA).contains(&schema) {
        return Ok(false);
    }
    let model = Connection::open_in_memory()?;
    climb(&model, 0, schema)?;
    Ok(found == describe(&model)?)
}

/// Everything in `sqlite_schema` that has a text, by name.
pub(crate) fn describe(connection: &Connection) -> Result<String> {
    let mut statement = connection.prepare(
        "SELECT type, name, tbl_name, sql FROM sqlite_schema \
         WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type, name",
    )?;
    let mut rows = statement.query([])?;
    let mut all = String::new();
    while let Some(row) = rows.next()? {
        for column in 0..4 {
            let value = row.get_ref(column)?;
            all += &String::from_utf8_lossy(value.as_bytes_or_null().ok().flatten().unwrap_or(b""));
            all.push(if column < 3 { ' ' } else { '\n' });
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_description_is_that_of_the_schema() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection).unwrap();
        let described = describe(&connection).unwrap();
        if std::env::var_os("BERTH_DESCRIBE").is_some() {
            std::fs::write("migrations/schema.txt", &described).unwrap();
        }
        assert_eq!(
            described, DESCRIBED,
            "write it again: BERTH_DESCRIBE=1 cargo test -p berth-store the_description"
        );
    }

    #[test]
    fn each_rung_is_recognised_and_nothing_else() {
        for schema in 1..=SCHEMA {
            let connection = Connection::open_in_memory().unwrap();
            climb(&connection, 0, schema).unwrap();
            for asked in -1..=SCHEMA + 1 {
                let is = is_ours(&connection, asked).unwrap();
                assert_eq!(is, asked == schema, "{schema} asked as {asked}");
            }
            connection
                .execute_batch(
                    "CREATE TRIGGER t AFTER INSERT ON booking BEGIN DELETE FROM booking; END",
                )
                .unwrap();
            assert!(!is_ours(&connection, schema).unwrap(), "{schema}");
        }
    }
}
