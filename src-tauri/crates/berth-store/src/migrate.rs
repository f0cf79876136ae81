//! The ladder of schemas, as data.

use rusqlite::Connection;

use crate::Result;

/// Each step once, in order; its index plus one is the schema it leads to.
pub(crate) const STEPS: &[&str] = &[
    include_str!("../migrations/0001.sql"),
    include_str!("../migrations/0002.sql"),
];

/// The schema this version writes.
pub(crate) const SCHEMA: i64 = STEPS.len() as i64;

/// "Brth" in ASCII: tells our files from other SQLite databases.
pub(crate) const APPLICATION: i64 = 0x4272_7468;

/// Brings the file to the present schema, all steps or none.
pub(crate) fn migrate(connection: &mut Connection) -> Result<()> {
    let transaction =
        connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    // Read inside the transaction: another process may have migrated while we waited for the lock.
    let from = version(&transaction)?;
    for step in STEPS.iter().skip(usize::try_from(from).unwrap_or(0)) {
        transaction.execute_batch(step)?;
    }
    if from < SCHEMA {
        transaction.pragma_update(None, "application_id", APPLICATION)?;
        transaction.pragma_update(None, "user_version", SCHEMA)?;
    }
    transaction.commit()?;
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
