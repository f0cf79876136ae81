//! Reading what can still be read of a damaged file, row by row.
//!
//! A page that is damaged takes its rows with it, and ends a scan. So each table is read from both
//! ends, and where rows have numbers, each number between is asked for by itself. A row counts as
//! read if its sum is right. One whose sum is wrong is kept as it can be read where the backup has no
//! better one: a booking with a wrong letter in its notes is still a booking. Rows that only the backup has stay, unless their table could be read
//! whole: whether they were removed afterwards is not known.

use std::collections::BTreeSet;

use berth_core::time::Tz;
use berth_core::{BookingId, Timestamp};
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, Row, params_from_iter};

use crate::table::Entity;
use crate::unread::Notes;
use crate::{Reader, Result, StoreError, migrate, sum};

/// What came of it.
#[derive(Debug, Default)]
pub(crate) struct Salvaged {
    /// Every table could be read whole.
    pub(crate) whole: bool,
    /// Bookings read.
    pub(crate) read: usize,
    /// Bookings that only the base has, in words.
    pub(crate) from_base: Vec<String>,
    /// Bookings that an index names and nobody has, in words.
    pub(crate) lost: Vec<String>,
    /// Bookings in which something has changed on the disk, in words.
    pub(crate) doubtful: Vec<String>,
    /// Teams and environments that had to be made up.
    pub(crate) stand_ins: Vec<String>,
}

impl Salvaged {
    /// Everything is in `image`.
    pub(crate) fn everything(image: &Connection) -> Result<Self> {
        Ok(Self {
            whole: true,
            read: usize::try_from(count(image, "booking")?).unwrap_or(0),
            ..Self::default()
        })
    }

    /// Everything is from `base`.
    pub(crate) fn nothing(base: &Connection) -> Result<Self> {
        Ok(Self {
            from_base: names(base, &BTreeSet::new())?,
            ..Self::default()
        })
    }
}

/// A table, and how its rows are told apart.
struct Table {
    name: &'static str,
    key: Key,
    columns: Vec<String>,
    /// Where the sum stands and how many columns before it belong to it.
    sum: Option<(usize, usize)>,
}

enum Key {
    /// By their number.
    Number,
    /// By these columns.
    Columns(&'static str),
}

/// In an order in which what is referred to comes first.
const TABLES: [(&str, Key); 14] = [
    ("environment", Key::Number),
    ("team", Key::Number),
    ("calendar", Key::Number),
    ("booking", Key::Number),
    ("window", Key::Number),
    ("exemption", Key::Number),
    ("acceptance", Key::Number),
    ("operation", Key::Number),
    ("trash", Key::Number),
    ("change", Key::Columns("operation_id, step")),
    ("reminder", Key::Columns("uid, recurrence, about, lead")),
    ("follow", Key::Columns("uid")),
    ("known", Key::Columns("uid, recurrence")),
    ("setting", Key::Columns("key")),
];

/// Between two ends of a table that are so far apart, rows are no longer asked for one by one.
const ASKED: i64 = 1_000_000;

/// So many bookings are named.
const NAMED: usize = 200;

/// Puts what can be read of `image` over what is in `base`.
pub(crate) fn put_on_top(image: &Connection, base: &Connection) -> Result<Salvaged> {
    let known = known_bookings(image);
    base.execute_batch("PRAGMA foreign_keys = OFF; BEGIN")?;
    let mut salvaged = Salvaged {
        whole: true,
        ..Salvaged::default()
    };
    for (name, key) in TABLES {
        let table = table(base, name, key)?;
        let read = read(image, &table);
        salvaged.whole &= read.whole;
        if name == "booking" {
            let numbers: BTreeSet<i64> = read.rows.iter().filter_map(|row| number(row)).collect();
            salvaged.read = numbers.len();
            if !read.whole {
                salvaged.from_base = names(base, &numbers)?;
            }
        }
        write(base, &table, &read)?;
        salvaged
            .doubtful
            .extend(keep_doubtful(base, &table, read.doubtful)?);
    }
    salvaged.lost = lost(base, &known)?;
    salvaged.stand_ins = stand_in(base)?;
    tidy(base)?;
    migrate::add_missing_sums(base)?;
    never_use_a_number_twice(image, base)?;
    base.execute_batch("COMMIT; PRAGMA foreign_keys = ON")?;
    Ok(salvaged)
}

fn table(base: &Connection, name: &'static str, key: Key) -> Result<Table> {
    let mut statement = base.prepare("SELECT name FROM pragma_table_info(?1)")?;
    let columns: Vec<String> = statement
        .query_map([name], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let at = columns.iter().position(|column| column == "sum");
    // Only a table whose first column is its number has that outside of its sum.
    let sum = match (at, name) {
        (None, _) => None,
        (Some(at), "setting") => Some((0, at)),
        // `state` stands between.
        (Some(_), "operation") => Some((1, 3)),
        (Some(at), _) => Some((1, at - 1)),
    };
    Ok(Table {
        name,
        key,
        columns,
        sum,
    })
}

/// The rows that could be read, and whether they are all.
#[derive(Default)]
struct Read {
    rows: Vec<Vec<Value>>,
    /// Those with a wrong sum.
    doubtful: Vec<Vec<Value>>,
    whole: bool,
}

/// A row as it was found.
enum Found {
    Good(Vec<Value>),
    Doubtful(Vec<Value>),
}

impl Read {
    fn take(&mut self, found: Option<Found>) {
        match found {
            Some(Found::Good(row)) => self.rows.push(row),
            Some(Found::Doubtful(row)) => self.doubtful.push(row),
            None => {}
        }
    }
}

fn read(image: &Connection, table: &Table) -> Read {
    let select = format!("SELECT {} FROM {}", table.columns.join(", "), table.name);
    let order = match table.key {
        Key::Number => "id",
        Key::Columns(columns) => columns,
    };
    let mut read = Read::default();
    let forwards = format!("{select} NOT INDEXED ORDER BY {order}");
    let complete = scan(image, table, &forwards, &mut read);
    read.whole = complete && read.doubtful.is_empty() && is_sound(image, table.name);
    if complete {
        return read;
    }
    let last = highest_of(&read);
    let mut behind = Read::default();
    let backwards = order.replace(", ", " DESC, ") + " DESC";
    let backwards = format!("{select} NOT INDEXED ORDER BY {backwards}");
    scan(image, table, &backwards, &mut behind);
    if matches!(table.key, Key::Number) {
        let all = behind.rows.iter().chain(&behind.doubtful);
        let first = all.filter_map(|row| number(row)).min();
        ask_for_each(image, table, &select, (last, first), &mut read);
    }
    read.rows.append(&mut behind.rows);
    read.doubtful.append(&mut behind.doubtful);
    read
}

fn highest_of(read: &Read) -> Option<i64> {
    let all = read.rows.iter().chain(&read.doubtful);
    all.filter_map(|row| number(row)).max()
}

/// Reads until the end or an error; whether it came to the end.
fn scan(image: &Connection, table: &Table, sql: &str, into: &mut Read) -> bool {
    let scanned = || -> rusqlite::Result<()> {
        let mut statement = image.prepare(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            into.take(values(row, table));
        }
        Ok(())
    };
    let mut scanned = scanned;
    scanned().is_ok()
}

/// Asks for the numbers between the two ends one by one.
fn ask_for_each(
    image: &Connection,
    table: &Table,
    select: &str,
    (last, first): (Option<i64>, Option<i64>),
    into: &mut Read,
) {
    let from = last.map_or(1, |last| last + 1);
    let to = first.unwrap_or_else(|| highest(image, table.name));
    let Ok(mut statement) = image.prepare(&format!("{select} NOT INDEXED WHERE id = ?1")) else {
        return;
    };
    for id in from..to.min(from.saturating_add(ASKED)) {
        let found = statement.query_row([id], |row| Ok(values(row, table)));
        into.take(found.ok().flatten());
    }
}

/// One more than the highest number that a row ever had, as far as that is known.
fn highest(image: &Connection, table: &str) -> i64 {
    let sequence: rusqlite::Result<i64> = image.query_row(
        "SELECT seq FROM sqlite_sequence WHERE name = ?1",
        [table],
        |row| row.get(0),
    );
    sequence.map_or(100_000, |last| last.saturating_add(1))
}

/// The values of a row, and whether its sum is right.
fn values(row: &Row<'_>, table: &Table) -> Option<Found> {
    let values: Vec<Value> = (0..table.columns.len())
        .map(|column| Some(value(row.get_ref(column).ok()?)))
        .collect::<Option<_>>()?;
    let Some((first, count)) = table.sum else {
        return Some(Found::Good(values));
    };
    let at = table.columns.iter().position(|column| column == "sum")?;
    match values.get(at)? {
        Value::Null => Some(Found::Good(values)),
        Value::Integer(kept) if sum::of_row(row, first, count).ok() == Some(*kept) => {
            Some(Found::Good(values))
        }
        _ => Some(Found::Doubtful(values)),
    }
}

/// A value; of a text what is left of it where it is no text any more.
fn value(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Text(bytes) => Value::Text(String::from_utf8_lossy(bytes).into_owned()),
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Integer(number),
        ValueRef::Real(number) => Value::Real(number),
        ValueRef::Blob(bytes) => Value::Blob(bytes.to_vec()),
    }
}

fn number(row: &[Value]) -> Option<i64> {
    match row.first() {
        Some(Value::Integer(number)) => Some(*number),
        _ => None,
    }
}

/// Whether the check of one table complains about nothing but its indexes: of those it says the name,
/// or the page at which their tree begins.
fn is_sound(image: &Connection, table: &str) -> bool {
    let looked = || -> rusqlite::Result<bool> {
        let root: i64 = image.query_row(
            "SELECT rootpage FROM sqlite_schema WHERE type = 'table' AND name = ?1",
            [table],
            |row| row.get(0),
        )?;
        let own = format!("Tree {root} ");
        let mut statement = image.prepare(&format!("PRAGMA integrity_check('{table}')"))?;
        let lines = statement.query_map([], |row| row.get::<_, String>(0))?;
        let lines = lines.collect::<rusqlite::Result<Vec<_>>>()?;
        let of_an_index = |line: &String| {
            line.contains(" index ") || line.starts_with("Tree ") && !line.starts_with(&own)
        };
        Ok(lines.iter().all(|line| line == "ok" || of_an_index(line)))
    };
    looked().unwrap_or(false)
}

/// Puts rows in: in place of all others where they are all, else in place of those with their number
/// or name. A row that does not fit the table was not read right.
fn write(base: &Connection, table: &Table, read: &Read) -> Result<()> {
    if read.whole {
        base.execute_batch(&format!("DELETE FROM {}", table.name))?;
    }
    let marks: Vec<String> = (1..=table.columns.len()).map(|n| format!("?{n}")).collect();
    let mut insert = base.prepare(&format!(
        "INSERT OR REPLACE INTO {} ({}) VALUES ({})",
        table.name,
        table.columns.join(", "),
        marks.join(", ")
    ))?;
    for row in &read.rows {
        let inserted = insert.execute(params_from_iter(row));
        if let Err(StoreError::Full) = inserted.map_err(StoreError::from) {
            return Err(StoreError::Full);
        }
    }
    Ok(())
}

/// Puts doubtful bookings in where nothing has their number, if they can be read at all, and names
/// them. Of other tables nothing doubtful is kept.
fn keep_doubtful(
    base: &Connection,
    table: &Table,
    doubtful: Vec<Vec<Value>>,
) -> Result<Vec<String>> {
    if table.name != "booking" || doubtful.is_empty() {
        return Ok(Vec::new());
    }
    let before = ids(base)?;
    let rows = doubtful
        .into_iter()
        .filter(|row| number(row).is_some_and(|id| !before.contains(&id)))
        .map(|row| without_sum(row, table));
    let rows = Read {
        rows: rows.collect(),
        ..Read::default()
    };
    write(base, table, &rows)?;
    let unread = Notes::default();
    let reader = Reader {
        connection: base,
        unread: &unread,
    };
    for row in &rows.rows {
        let Some(id) = number(row) else { continue };
        if reader.booking(BookingId(id))?.is_none() {
            base.execute("DELETE FROM booking WHERE id = ?1", [id])?;
        }
    }
    migrate::add_missing_sums(base)?;
    names(base, &before)
}

fn without_sum(mut row: Vec<Value>, table: &Table) -> Vec<Value> {
    let at = table.columns.iter().position(|column| column == "sum");
    if let Some(sum) = at.and_then(|at| row.get_mut(at)) {
        *sum = Value::Null;
    }
    row
}

/// The numbers of all bookings.
fn ids(base: &Connection) -> Result<BTreeSet<i64>> {
    let mut statement = base.prepare("SELECT id FROM booking")?;
    let ids = statement.query_map([], |row| row.get(0))?;
    Ok(ids.collect::<rusqlite::Result<_>>()?)
}

fn count(connection: &Connection, table: &str) -> Result<i64> {
    let sql = format!("SELECT count(*) FROM {table}");
    Ok(connection.query_row(&sql, [], |row| row.get(0))?)
}

/// The bookings of a file but those with these numbers, in words.
fn names(connection: &Connection, but: &BTreeSet<i64>) -> Result<Vec<String>> {
    let mut statement = connection.prepare(
        "SELECT booking.id, booking.title, environment.name, booking.hold_start FROM booking \
         LEFT JOIN environment ON environment.id = environment_id ORDER BY hold_start, booking.id",
    )?;
    let mut rows = statement.query([])?;
    let mut names = Vec::new();
    while let Some(row) = rows.next()? {
        let id: i64 = row.get(0)?;
        if but.contains(&id) || names.len() >= NAMED {
            continue;
        }
        let environment: Option<String> = row.get(2)?;
        let place = environment.unwrap_or_default();
        names.push(words(id, &row.get::<_, String>(1)?, &place, row.get(3)?));
    }
    Ok(names)
}

fn words(id: i64, title: &str, environment: &str, start: i64) -> String {
    let start = Timestamp::from_seconds(start).wall(Tz::UTC);
    let start = start.format("%a %-d %b %Y %H:%M UTC");
    let title = if title.is_empty() {
        ""
    } else {
        &format!(" “{title}”")
    };
    format!("booking {id}{title} on {environment}, {start}")
}

/// What an index says of a booking.
struct Indexed {
    id: i64,
    environment: i64,
    start: i64,
}

/// The bookings that the indexes name: they may be whole where the table is not.
fn known_bookings(image: &Connection) -> Vec<Indexed> {
    let mut known = Vec::new();
    for (index, shape) in [
        ("booking_short", 0),
        ("booking_long", 1),
        ("booking_series", 2),
    ] {
        let sql = format!(
            "SELECT id, environment_id, hold_start FROM booking INDEXED BY {index} WHERE shape = {shape}"
        );
        let mut looked = || -> rusqlite::Result<()> {
            let mut statement = image.prepare(&sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                known.push(Indexed {
                    id: row.get(0)?,
                    environment: row.get(1)?,
                    start: row.get(2)?,
                });
            }
            Ok(())
        };
        // An index that is damaged too names those before the damage.
        let _ = looked();
    }
    known
}

fn lost(base: &Connection, known: &[Indexed]) -> Result<Vec<String>> {
    let mut there = base.prepare("SELECT EXISTS (SELECT 1 FROM booking WHERE id = ?1)")?;
    let mut place = base.prepare("SELECT ifnull(max(name), '') FROM environment WHERE id = ?1")?;
    let mut lost = Vec::new();
    for one in known {
        let is_there: bool = there.query_row([one.id], |row| row.get(0))?;
        if !is_there && lost.len() < NAMED {
            let environment: String = place.query_row([one.environment], |row| row.get(0))?;
            lost.push(words(one.id, "", &environment, one.start));
        }
    }
    Ok(lost)
}

/// A booking whose team or environment could not be read is kept with a stand-in for it.
fn stand_in(base: &Connection) -> Result<Vec<String>> {
    let mut made = Vec::new();
    for (entity, column) in [
        (Entity::Environment, "environment_id"),
        (Entity::Team, "team_id"),
    ] {
        let table = entity.name();
        let sql = format!(
            "SELECT DISTINCT {column} FROM booking WHERE {column} NOT IN (SELECT id FROM {table})"
        );
        let missing: Vec<i64> = base
            .prepare(&sql)?
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        for id in missing {
            let name = format!("{table} {id} (damaged)");
            let insert = match entity {
                Entity::Environment => {
                    "INSERT INTO environment (id, name, zone) VALUES (?1, ?2, 'UTC')"
                }
                _ => "INSERT INTO team (id, name, code) VALUES (?1, ?2, '?')",
            };
            base.execute(insert, (id, &name))?;
            made.push(name);
        }
    }
    Ok(made)
}

/// Lets go of what refers to nothing.
fn tidy(base: &Connection) -> Result<()> {
    base.execute_batch(
        "DELETE FROM exemption WHERE window_id NOT IN (SELECT id FROM window);
         DELETE FROM change WHERE operation_id NOT IN (SELECT id FROM operation);
         UPDATE booking SET calendar_id = NULL, sum = NULL
           WHERE calendar_id NOT IN (SELECT id FROM calendar);
         UPDATE window SET calendar_id = NULL, sum = NULL
           WHERE calendar_id NOT IN (SELECT id FROM calendar);
         UPDATE calendar SET environment_id = NULL, sum = NULL
           WHERE environment_id NOT IN (SELECT id FROM environment);
         UPDATE calendar SET team_id = NULL, sum = NULL
           WHERE team_id NOT IN (SELECT id FROM team);",
    )?;
    Ok(())
}

/// What the history and the ledger call by number must not be taken for a newer row.
fn never_use_a_number_twice(image: &Connection, base: &Connection) -> Result<()> {
    for (name, key) in TABLES {
        if matches!(key, Key::Number) {
            let last: i64 = image
                .query_row(
                    "SELECT seq FROM sqlite_sequence WHERE name = ?1",
                    [name],
                    |row| row.get(0),
                )
                .unwrap_or(0);
            base.execute(
                "UPDATE sqlite_sequence SET seq = max(seq, ?2) WHERE name = ?1",
                (name, last),
            )?;
        }
    }
    Ok(())
}
