//! Bookings: rows, the queries by time, and the columns derived from them.

use std::collections::HashSet;
use std::num::NonZeroU32;

use berth_core::time::Tz;
use berth_core::{
    Booking, BookingId, CalendarId, EnvironmentId, Kind, Status, TeamId, Timestamp, Transparency,
};
use chrono::{NaiveDateTime, TimeDelta};
use rusqlite::{Params, Row, ToSql, params};

use super::{Entity, join_seconds, seconds, split_seconds, wall, zone};
use crate::{Reader, Result, StoreError, Writer};

pub(crate) const COLUMNS: &[&str] = &[
    "uid",
    "recurrence_id",
    "environment_id",
    "team_id",
    "start",
    "end",
    "zone",
    "rule",
    "added",
    "excluded",
    "title",
    "notes",
    "status",
    "opaque",
    "units",
    "set_up",
    "clean_up",
    "kind",
    "plan",
    "lead_times",
    "sequence",
    "created",
    "modified",
    "calendar_id",
    "hold_start",
    "hold_end",
    "shape",
    "facts",
    "buffers",
    "source",
];

/// A booking longer than this is looked up in an index of its own, so that the many short ones can
/// be found from the start of a range minus this.
const SHORT: i64 = 15 * 24 * 3600;

/// What the conflict rules need of a single booking, straight from the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoldRow {
    /// The row.
    pub id: BookingId,
    /// What is held.
    pub environment: EnvironmentId,
    /// Who holds it.
    pub team: TeamId,
    /// Footprint, from the start of its set-up.
    pub start: Timestamp,
    /// Footprint, to the end of its clean-up.
    pub end: Timestamp,
    /// Seconds of the footprint before the core.
    pub set_up: u32,
    /// Seconds of the footprint after the core.
    pub clean_up: u32,
    /// `None` is exclusive.
    pub units: Option<NonZeroU32>,
    /// What it is for: windows name kinds.
    pub kind: Kind,
    /// Confirmed, else tentative.
    pub confirmed: bool,
    /// Bookings of one plan belong together.
    pub plan: Option<Box<str>>,
}

/// A series, and which of its occurrences have rows of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// The master.
    pub booking: Booking,
    /// The recurrence ids of its overrides, as wall time of the series.
    pub overridden: Vec<NaiveDateTime>,
}

pub(crate) fn from_row(row: &Row<'_>) -> rusqlite::Result<Booking> {
    let recurrence_id: String = row.get(2)?;
    let lead_times: Option<String> = row.get(20)?;
    let plan: String = row.get(19)?;
    Ok(Booking {
        id: BookingId(row.get(0)?),
        uid: row.get(1)?,
        recurrence_id: wall::parse(&recurrence_id),
        environment: EnvironmentId(row.get(3)?),
        team: TeamId(row.get(4)?),
        when: wall::when(row, 5)?,
        recurrence: wall::recurrence(row, 8)?,
        title: row.get(11)?,
        notes: row.get(12)?,
        status: status(row.get(13)?)?,
        transparency: if row.get(14)? {
            Transparency::Opaque
        } else {
            Transparency::Transparent
        },
        units: Some(row.get(15)?).filter(|units| *units > 0),
        set_up: TimeDelta::seconds(row.get(16)?),
        clean_up: TimeDelta::seconds(row.get(17)?),
        kind: wall::kind(18, row.get(18)?)?,
        plan: Some(plan).filter(|plan| !plan.is_empty()),
        lead_times: lead_times.as_deref().map(split_seconds),
        sequence: row.get(21)?,
        created: Timestamp::from_seconds(row.get(22)?),
        modified: Timestamp::from_seconds(row.get(23)?),
        calendar: row.get::<_, Option<i64>>(24)?.map(CalendarId),
        source: row.get(30)?,
    })
}

/// Hands the values of [`COLUMNS`] on, in their order.
fn with_values<T>(booking: &Booking, environment: Tz, then: impl FnOnce(&[&dyn ToSql]) -> T) -> T {
    let (hold_start, hold_end) = booking.span(environment);
    let [rule, added, excluded] = wall::rule_texts(booking.recurrence.as_ref());
    then(params![
        booking.uid,
        booking.recurrence_id.map(wall::text).unwrap_or_default(),
        booking.environment.0,
        booking.team.0,
        wall::text(booking.when.start()),
        wall::text(booking.when.end()),
        wall::zone_name(booking.when),
        rule,
        added,
        excluded,
        booking.title,
        booking.notes,
        status_code(booking.status),
        booking.transparency == Transparency::Opaque,
        booking.units.unwrap_or(0),
        seconds(booking.set_up),
        seconds(booking.clean_up),
        wall::kind_code(booking.kind),
        booking.plan.as_deref().unwrap_or_default(),
        booking.lead_times.as_deref().map(join_seconds),
        booking.sequence,
        booking.created.seconds(),
        booking.modified.seconds(),
        booking.calendar.map(|id| id.0),
        hold_start.seconds(),
        hold_end.seconds(),
        shape(booking, hold_start, hold_end),
        facts(booking),
        buffers(booking),
        booking.source,
    ])
}

/// What the conflict rules look at, in one column: reading a column costs as much as judging it.
fn facts(booking: &Booking) -> i64 {
    let blocking = if booking.blocks() {
        status_code(booking.status)
    } else {
        0
    };
    let units = i64::from(booking.units.unwrap_or(0).min(UNITS));
    booking.team.0 << 20 | units << 4 | wall::kind_code(booking.kind) << 2 | blocking
}

fn buffers(booking: &Booking) -> i64 {
    seconds(booking.set_up) << 20 | seconds(booking.clean_up)
}

/// The most units that are told apart; nothing has that capacity.
const UNITS: u32 = 0xffff;

fn shape(booking: &Booking, start: Timestamp, end: Timestamp) -> i64 {
    match &booking.recurrence {
        Some(_) => 2,
        None => i64::from(end.seconds() - start.seconds() > SHORT),
    }
}

fn status(code: i64) -> rusqlite::Result<Status> {
    match code {
        0 => Ok(Status::Cancelled),
        1 => Ok(Status::Tentative),
        2 => Ok(Status::Confirmed),
        _ => Err(wall::unknown(13, code)),
    }
}

fn status_code(status: Status) -> i64 {
    match status {
        Status::Cancelled => 0,
        Status::Tentative => 1,
        Status::Confirmed => 2,
    }
}

/// Single bookings whose footprint touches `[?2, ?3)` in environment ?1: the short ones by a bounded
/// stretch of their index, the few long ones one by one.
const TOUCHING: &str = "shape = 0 AND environment_id = ?1 AND hold_start > ?2 - 1296000 \
     AND hold_start < ?3 AND (hold_end > ?2 OR hold_start >= ?2)";
const LONG_TOUCHING: &str =
    "shape = 1 AND environment_id = ?1 AND hold_start < ?3 AND hold_end > ?2";
const SERIES_TOUCHING: &str =
    "shape = 2 AND environment_id = ?1 AND hold_start < ?3 AND hold_end > ?2";

impl Reader<'_> {
    /// The booking with this row.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn booking(&self, id: BookingId) -> Result<Option<Booking>> {
        let sql = format!("{} WHERE id = ?1", Entity::Booking.select());
        self.one(&sql, [id.0])
    }

    /// The booking with this identity: the override when `recurrence_id` is given, else the single
    /// booking or the master.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn booking_by_uid(
        &self,
        uid: &str,
        recurrence_id: Option<NaiveDateTime>,
    ) -> Result<Option<Booking>> {
        let sql = format!(
            "{} WHERE uid = ?1 AND recurrence_id = ?2",
            Entity::Booking.select()
        );
        let id = recurrence_id.map(wall::text).unwrap_or_default();
        self.one(&sql, [uid, &id])
    }

    /// A series and all its overrides, or a single booking: everything with this UID, the master first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn bookings_of(&self, uid: &str) -> Result<Vec<Booking>> {
        self.bookings("uid = ?1 ORDER BY recurrence_id", [uid])
    }

    /// Every booking, by environment and id.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn all_bookings(&self) -> Result<Vec<Booking>> {
        self.bookings("true ORDER BY environment_id, id", [])
    }

    /// Hands on every booking by id, for an export of everything, until `then` fails.
    ///
    /// # Errors
    /// When the file cannot be read, and those of `then`.
    pub fn each_booking<E: From<StoreError>>(
        &self,
        mut then: impl FnMut(Booking) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let failed = |error: rusqlite::Error| StoreError::from(error);
        let sql = format!("{} ORDER BY id", Entity::Booking.select());
        let mut statement = self.connection.prepare_cached(&sql).map_err(failed)?;
        let mut rows = statement.query([]).map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            if let Some(booking) = self
                .checked(Entity::Booking, row, from_row)
                .map_err(failed)?
            {
                then(booking)?;
            }
        }
        Ok(())
    }

    /// The UIDs that more than one row has: those of series with changed occurrences.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn shared_uids(&self) -> Result<HashSet<String>> {
        let sql = "SELECT uid FROM booking GROUP BY uid HAVING count(*) > 1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let uids = statement.query_map([], |row| row.get(0))?;
        Ok(uids.collect::<rusqlite::Result<_>>()?)
    }

    /// Bookings and series, none of them cancelled, that have every one of the words in their title
    /// or notes, or in the name of their team or environment; at most 500: series, then those
    /// nearest to `now`. Case matters outside ASCII. No word finds nothing.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn bookings_with(&self, words: &[&str], now: Timestamp) -> Result<Vec<Booking>> {
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let all: Vec<String> = (1..=words.len()).map(anywhere).collect();
        let condition = format!(
            "status <> 0 AND {} ORDER BY shape = 2 DESC, abs(hold_start - {}) LIMIT 500",
            all.join(" AND "),
            now.seconds()
        );
        self.bookings(
            &condition,
            rusqlite::params_from_iter(words.iter().map(|word| containing(word))),
        )
    }

    /// Hands on every booking that came from a calendar, by id, without its notes and its source:
    /// these are most of a large calendar, and what is asked here is which bookings there are.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn bookings_from(&self, calendar: CalendarId, mut then: impl FnMut(Booking)) -> Result<()> {
        let columns = COLUMNS.iter().map(|name| match *name {
            "notes" => "''",
            "source" => "NULL",
            name => name,
        });
        let sql = format!(
            "SELECT id, {} FROM booking WHERE calendar_id = ?1 ORDER BY id",
            columns.collect::<Vec<_>>().join(", ")
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query([calendar.0])?;
        while let Some(row) = rows.next()? {
            // Without all columns there is no sum; whoever goes on with a booking reads it whole.
            if let Ok(booking) = from_row(row) {
                then(booking);
            }
        }
        Ok(())
    }

    /// Whether there is any booking.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn has_bookings(&self) -> Result<bool> {
        Ok(self
            .connection
            .query_row("SELECT EXISTS (SELECT 1 FROM booking)", [], |row| {
                row.get(0)
            })?)
    }

    /// How many series there are.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn count_series(&self) -> Result<i64> {
        let sql = "SELECT count(*) FROM booking WHERE shape = 2";
        Ok(self.connection.query_row(sql, [], |row| row.get(0))?)
    }

    /// Single bookings and overrides in `environment` whose footprint touches `[from, to)`,
    /// cancelled ones too. One of no length touches when its instant lies inside.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn bookings_touching(
        &self,
        environment: EnvironmentId,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<Booking>> {
        let range = [environment.0, from.seconds(), to.seconds()];
        let mut found = self.bookings(&format!("{TOUCHING} ORDER BY hold_start"), range)?;
        found.extend(self.bookings(LONG_TOUCHING, range)?);
        Ok(found)
    }

    /// Series in `environment` that may have occurrences with a footprint in `[from, to)`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn series_touching(
        &self,
        environment: EnvironmentId,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<Series>> {
        let range = [environment.0, from.seconds(), to.seconds()];
        let masters = self.bookings(SERIES_TOUCHING, range)?;
        masters
            .into_iter()
            .map(|booking| self.series(booking))
            .collect()
    }

    /// The series that `booking` is the master of.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn series(&self, booking: Booking) -> Result<Series> {
        let mut statement = self.connection.prepare_cached(
            "SELECT recurrence_id FROM booking WHERE uid = ?1 AND recurrence_id <> ''",
        )?;
        let ids = statement.query_map([&booking.uid], |row| wall::wall(row, 0))?;
        let overridden = ids.collect::<rusqlite::Result<_>>()?;
        Ok(Series {
            booking,
            overridden,
        })
    }

    /// Hands on what the conflict rules need of the blocking single bookings whose
    /// footprint touches `[from, to)`, in order of start for each environment; all short ones come from one
    /// covering index.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn holds_touching(
        &self,
        environment: EnvironmentId,
        from: Timestamp,
        to: Timestamp,
        mut then: impl FnMut(HoldRow),
    ) -> Result<()> {
        for touching in [TOUCHING, LONG_TOUCHING] {
            let mut statement = self.connection.prepare_cached(&format!(
                "SELECT id, hold_start, hold_end, facts, buffers, plan FROM booking WHERE {touching} \
                 ORDER BY hold_start"
            ))?;
            let mut rows = statement.query([environment.0, from.seconds(), to.seconds()])?;
            while let Some(row) = rows.next()? {
                if let Some(hold) = hold(row, environment)? {
                    then(hold);
                }
            }
        }
        Ok(())
    }

    fn bookings(&self, condition: &str, parameters: impl Params) -> Result<Vec<Booking>> {
        let sql = format!("{} WHERE {condition}", Entity::Booking.select());
        let mut statement = self.connection.prepare_cached(&sql)?;
        self.rows(Entity::Booking, statement.query(parameters)?, from_row)
    }

    fn one(&self, sql: &str, parameters: impl Params) -> Result<Option<Booking>> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let found = self.rows(Entity::Booking, statement.query(parameters)?, from_row)?;
        Ok(found.into_iter().next())
    }

    fn environment_zone(&self, id: EnvironmentId) -> Result<Tz> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT zone FROM environment WHERE id = ?1")?;
        let name: String = statement.query_row([id.0], |row| row.get(0))?;
        Ok(zone(&name))
    }
}

/// Whether a booking has the pattern in parameter `n` in anything that a person reads of it.
fn anywhere(n: usize) -> String {
    let like = |column: &str| format!(r"{column} LIKE ?{n} ESCAPE '\'");
    format!(
        "({} OR {} OR team_id IN (SELECT id FROM team WHERE {} OR {}) \
         OR environment_id IN (SELECT id FROM environment WHERE {} OR {}))",
        like("title"),
        like("notes"),
        like("name"),
        like("code"),
        like("name"),
        like("aliases")
    )
}

/// A LIKE pattern for texts that contain the word, whatever signs it has.
fn containing(word: &str) -> String {
    let mut pattern = String::from("%");
    for letter in word.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

/// A row as a hold; `None` for one that does not block.
fn hold(row: &Row<'_>, environment: EnvironmentId) -> rusqlite::Result<Option<HoldRow>> {
    let (facts, buffers): (i64, i64) = (row.get(3)?, row.get(4)?);
    let bits = |value: i64, count: u32| u32::try_from(value & ((1 << count) - 1)).unwrap_or(0);
    if bits(facts, 2) == 0 {
        return Ok(None);
    }
    Ok(Some(HoldRow {
        id: BookingId(row.get(0)?),
        environment,
        team: TeamId(facts >> 20),
        start: Timestamp::from_seconds(row.get(1)?),
        end: Timestamp::from_seconds(row.get(2)?),
        set_up: bits(buffers >> 20, 20),
        clean_up: bits(buffers, 20),
        units: NonZeroU32::new(bits(facts >> 4, 16)),
        kind: wall::kind(3, (facts >> 2) & 3)?,
        confirmed: bits(facts, 2) == 2,
        plan: row
            .get_ref(5)?
            .as_str()
            .ok()
            .filter(|plan| !plan.is_empty())
            .map(Into::into),
    }))
}

impl Writer<'_> {
    /// Adds a booking (id 0) or changes it; returns its id. What is derived from the booking, its
    /// footprint in UTC, is computed here.
    ///
    /// # Errors
    /// [`crate::StoreError::Constraint`] when there is another booking with the same UID and
    /// recurrence id, or its environment or team does not exist.
    pub fn put_booking(&mut self, booking: &Booking) -> Result<BookingId> {
        let zone = self.zone_of(booking.environment)?;
        with_values(booking, zone, |values| {
            self.put(Entity::Booking, booking.id.0, values)
        })
        .map(BookingId)
    }

    /// Removes a booking.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn remove_booking(&mut self, id: BookingId) -> Result<()> {
        self.remove(Entity::Booking, id.0)
    }

    /// Computes the derived columns of the all-day bookings of an environment again, after its zone
    /// has changed.
    pub(crate) fn derive_again(&mut self, environment: EnvironmentId) -> Result<()> {
        let all_day = self.bookings("environment_id = ?1 AND zone = ''", [environment.0])?;
        all_day
            .iter()
            .try_for_each(|booking| self.put_booking(booking).map(|_| ()))
    }

    /// Computes the derived columns of all bookings again, after the rules of time zones have changed.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn derive_all(&mut self) -> Result<()> {
        self.all_bookings()?
            .iter()
            .try_for_each(|booking| self.put_booking(booking).map(|_| ()))
    }

    fn zone_of(&mut self, environment: EnvironmentId) -> Result<Tz> {
        if let Some(zone) = self.zones.get(&environment) {
            return Ok(*zone);
        }
        let zone = self.environment_zone(environment)?;
        self.zones.insert(environment, zone);
        Ok(zone)
    }
}
