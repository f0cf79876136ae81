//! The ledger of reminders: what became of each, so that none is lost in a crash and none is shown
//! twice, whichever process looks.

use berth_core::Timestamp;
use berth_core::reminder::{About, Entry, Key, State};
use chrono::TimeDelta;
use rusqlite::{OptionalExtension as _, Row, params};

use super::{seconds, split_seconds};
use crate::{Reader, Result, Writer};

mod known;
pub use known::Known;

/// `recurrence` of a booking that is not part of a series.
const SINGLE: i64 = i64::MIN;

/// A row of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder {
    /// Which.
    pub key: Key,
    /// What became of it.
    pub entry: Entry,
    /// The start it told of.
    pub start: Timestamp,
    /// Since when it is so.
    pub at: Timestamp,
    /// The process that claimed it.
    pub owner: String,
    /// The how manieth time.
    pub attempt: u32,
}

/// What the ledger says of some time, for whoever asks why nothing came.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Past {
    /// When the last one was shown, or answered.
    pub shown: Option<Timestamp>,
    /// How many were over before they could be shown.
    pub missed: u32,
    /// Why the last one could not be shown that still waits for that.
    pub failed: Option<String>,
}

/// What became of a reminder that was claimed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled<'a> {
    /// It was shown as this notification.
    Delivered {
        /// The number that the desktop gave it.
        notification: u32,
    },
    /// It could not be shown.
    Failed {
        /// Why.
        reason: &'a str,
        /// When to try again.
        next: Timestamp,
    },
    /// The slot was over.
    Expired,
}

fn recurrence(key: &Key) -> i64 {
    key.recurrence_id.map_or(SINGLE, Timestamp::seconds)
}

const ABOUT: [(About, &str); 4] = [
    (About::Start, "start"),
    (About::End, "end"),
    (About::Moved, "moved"),
    (About::Conflict, "conflict"),
];

fn about_name(about: About) -> &'static str {
    ABOUT
        .iter()
        .find(|(one, _)| *one == about)
        .map_or("start", |(_, name)| name)
}

fn about_named(name: &str) -> About {
    ABOUT
        .iter()
        .find(|(_, one)| *one == name)
        .map_or(About::Start, |(about, _)| *about)
}

const COLUMNS: &str =
    "uid, recurrence, about, lead, appointment, start, state, at, owner, attempt, next";

fn from_row(row: &Row<'_>) -> rusqlite::Result<Reminder> {
    let time = |column| row.get(column).map(Timestamp::from_seconds);
    let recurrence: i64 = row.get(1)?;
    let about: String = row.get(2)?;
    let (at, next) = (time(7)?, time(10)?);
    Ok(Reminder {
        key: Key {
            uid: row.get(0)?,
            recurrence_id: (recurrence != SINGLE).then(|| Timestamp::from_seconds(recurrence)),
            about: about_named(&about),
            lead: TimeDelta::seconds(row.get(3)?),
        },
        entry: Entry {
            appointment: row.get(4)?,
            state: state_of(&row.get::<_, String>(6)?, at, next),
        },
        start: time(5)?,
        at,
        owner: row.get(8)?,
        attempt: row.get(9)?,
    })
}

fn state_of(name: &str, at: Timestamp, next: Timestamp) -> State {
    match name {
        "claimed" => State::Claimed { at },
        "snoozed" => State::Snoozed { until: next },
        "failed" => State::Failed { next },
        "dismissed" => State::Dismissed,
        "expired" => State::Expired,
        _ => State::Delivered,
    }
}

/// The name of a state, and when it ends.
fn state_name(state: State) -> (&'static str, i64) {
    match state {
        State::Claimed { .. } => ("claimed", 0),
        State::Delivered => ("delivered", 0),
        State::Dismissed => ("dismissed", 0),
        State::Snoozed { until } => ("snoozed", until.seconds()),
        State::Expired => ("expired", 0),
        State::Failed { next } => ("failed", next.seconds()),
    }
}

impl Reader<'_> {
    /// What the ledger knows of slots that start at `from` or later.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn reminders(&self, from: Timestamp) -> Result<Vec<Reminder>> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM reminder WHERE start >= ?1 \
             ORDER BY start, uid, recurrence, about, lead",
        ))?;
        let rows = statement.query_map([from.seconds()], from_row)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// What the ledger knows of one; `None` where nothing ever happened to it.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn reminder(&self, key: &Key) -> Result<Option<Reminder>> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM reminder \
             WHERE uid = ?1 AND recurrence = ?2 AND lead = ?3 AND about = ?4",
        ))?;
        let values = params![
            key.uid,
            recurrence(key),
            seconds(key.lead),
            about_name(key.about)
        ];
        Ok(statement.query_row(values, from_row).optional()?)
    }

    /// The last start that a row is about.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn last_reminder(&self) -> Result<Option<Timestamp>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT max(start) FROM reminder")?;
        let start: Option<i64> = statement.query_row([], |row| row.get(0))?;
        Ok(start.map(Timestamp::from_seconds))
    }

    /// What became of reminders since `from`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn reminders_since(&self, from: Timestamp) -> Result<Past> {
        let mut statement = self.connection.prepare_cached(
            "SELECT max(at) FILTER (WHERE state IN ('delivered', 'dismissed', 'snoozed')), \
               count(*) FILTER (WHERE state = 'expired'), \
               (SELECT reason FROM reminder WHERE state = 'failed' AND at >= ?1 \
                ORDER BY at DESC LIMIT 1) \
             FROM reminder WHERE at >= ?1",
        )?;
        Ok(statement.query_row([from.seconds()], |row| {
            Ok(Past {
                shown: row.get::<_, Option<i64>>(0)?.map(Timestamp::from_seconds),
                missed: row.get(1)?,
                failed: row.get(2)?,
            })
        })?)
    }

    /// The longest lead that a booking touching `[from, to)` has of its own; zero where none has.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn longest_lead(&self, from: Timestamp, to: Timestamp) -> Result<TimeDelta> {
        let mut statement = self.connection.prepare_cached(
            "SELECT DISTINCT lead_times FROM booking \
             WHERE lead_times IS NOT NULL AND hold_end > ?1 AND hold_start < ?2",
        )?;
        let mut longest = TimeDelta::zero();
        let mut rows = statement.query([from.seconds(), to.seconds()])?;
        while let Some(row) = rows.next()? {
            let leads: String = row.get(0)?;
            longest = split_seconds(&leads)
                .into_iter()
                .fold(longest, TimeDelta::max);
        }
        Ok(longest)
    }
}

impl Writer<'_> {
    /// Takes a reminder on: nobody else shows it until the claim has run out. Returns the how
    /// manieth attempt it is. What it is claimed on must have been read in this transaction.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn claim_reminder(
        &mut self,
        key: &Key,
        appointment: &str,
        start: Timestamp,
        owner: &str,
        now: Timestamp,
    ) -> Result<u32> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO reminder (uid, recurrence, lead, appointment, start, state, at, owner, about) \
             VALUES (?1, ?2, ?3, ?4, ?5, 'claimed', ?6, ?7, ?8) \
             ON CONFLICT (uid, recurrence, about, lead) DO UPDATE SET \
               attempt = CASE WHEN appointment = excluded.appointment AND state IN ('claimed', 'failed') \
                              THEN attempt + 1 ELSE 1 END, \
               appointment = excluded.appointment, start = excluded.start, state = excluded.state, \
               at = excluded.at, owner = excluded.owner, next = 0, reason = '' \
             RETURNING attempt",
        )?;
        let values = params![
            key.uid,
            recurrence(key),
            seconds(key.lead),
            appointment,
            start.seconds(),
            now.seconds(),
            owner,
            about_name(key.about)
        ];
        Ok(statement.query_row(values, |row| row.get(0))?)
    }

    /// Says what became of a reminder that `owner` claimed. `false` when the claim was somebody
    /// else's by now; nothing is changed then.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn settle_reminder(
        &mut self,
        key: &Key,
        owner: &str,
        settled: Settled<'_>,
        now: Timestamp,
    ) -> Result<bool> {
        let (state, notification, next, reason) = match settled {
            Settled::Delivered { notification } => ("delivered", notification, 0, ""),
            Settled::Failed { reason, next } => ("failed", 0, next.seconds(), reason),
            Settled::Expired => ("expired", 0, 0, ""),
        };
        let mut statement = self.connection.prepare_cached(
            "UPDATE reminder SET state = ?5, at = ?6, notification = ?7, next = ?8, reason = ?9 \
             WHERE uid = ?1 AND recurrence = ?2 AND lead = ?3 AND owner = ?4 AND state = 'claimed' \
               AND about = ?10",
        )?;
        let changed = statement.execute(params![
            key.uid,
            recurrence(key),
            seconds(key.lead),
            owner,
            state,
            now.seconds(),
            notification,
            next,
            reason,
            about_name(key.about)
        ])?;
        Ok(changed == 1)
    }

    /// Writes a row as it is, in the place of what is known of its key.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn put_reminder(&mut self, row: &Reminder) -> Result<()> {
        let (state, next) = state_name(row.entry.state);
        self.connection
            .prepare_cached(&format!(
                "INSERT OR REPLACE INTO reminder ({COLUMNS}) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
            ))?
            .execute(params![
                row.key.uid,
                recurrence(&row.key),
                about_name(row.key.about),
                seconds(row.key.lead),
                row.entry.appointment,
                row.start.seconds(),
                state,
                row.at.seconds(),
                row.owner,
                row.attempt,
                next
            ])?;
        Ok(())
    }

    /// Forgets a reminder, as if nothing had ever happened to it.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn forget_reminder(&mut self, key: &Key) -> Result<()> {
        self.connection
            .prepare_cached(
                "DELETE FROM reminder WHERE uid = ?1 AND recurrence = ?2 AND lead = ?3 AND about = ?4",
            )?
            .execute(params![
                key.uid,
                recurrence(key),
                seconds(key.lead),
                about_name(key.about)
            ])?;
        Ok(())
    }

    /// Forgets the reminders of slots that started before `start`.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn forget_reminders_before(&mut self, start: Timestamp) -> Result<()> {
        self.connection
            .prepare_cached("DELETE FROM reminder WHERE start < ?1")?
            .execute([start.seconds()])?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Store, StoreError};

    const NOW: Timestamp = Timestamp::from_seconds(1_789_628_400);

    fn key(recurrence_id: Option<i64>) -> Key {
        Key {
            uid: "load-test@berth".into(),
            recurrence_id: recurrence_id.map(Timestamp::from_seconds),
            about: About::Start,
            lead: TimeDelta::minutes(10),
        }
    }

    fn write<T>(store: &mut Store, write: impl FnOnce(&mut Writer<'_>) -> Result<T>) -> T {
        store.write_unrecorded::<T, StoreError>(write).unwrap()
    }

    fn rows(store: &mut Store) -> Vec<(Option<Timestamp>, String, State)> {
        let rows = store
            .read::<_, StoreError>(|reader| reader.reminders(Timestamp::MIN))
            .unwrap();
        rows.into_iter()
            .map(|row| {
                (
                    row.key.recurrence_id,
                    row.entry.appointment,
                    row.entry.state,
                )
            })
            .collect()
    }

    #[test]
    fn from_claim_to_delivery() {
        let mut store = Store::in_memory().unwrap();
        let key = key(None);
        let claim = |store: &mut Store, owner: &str, appointment: &str, now| {
            write(store, |writer| {
                writer.claim_reminder(&key, appointment, NOW, owner, now)
            })
        };
        assert_eq!(claim(&mut store, "first", "09:00", NOW), 1);
        assert_eq!(
            rows(&mut store),
            [(None, "09:00".into(), State::Claimed { at: NOW })]
        );

        let next = NOW + TimeDelta::seconds(1);
        let failed = Settled::Failed {
            reason: "no daemon",
            next,
        };
        assert!(write(&mut store, |writer| writer
            .settle_reminder(&key, "first", failed, NOW)));
        assert_eq!(
            rows(&mut store),
            [(None, "09:00".into(), State::Failed { next })]
        );

        assert_eq!(claim(&mut store, "second", "09:00", next), 2);
        let delivered = Settled::Delivered { notification: 7 };
        assert!(!write(&mut store, |writer| writer
            .settle_reminder(&key, "first", delivered, next)));
        assert!(write(&mut store, |writer| writer
            .settle_reminder(&key, "second", delivered, next)));
        assert!(!write(&mut store, |writer| writer
            .settle_reminder(&key, "second", failed, next)));
        assert_eq!(rows(&mut store), [(None, "09:00".into(), State::Delivered)]);

        // Moved: another appointment begins to count anew.
        assert_eq!(claim(&mut store, "second", "15:00", next), 1);
        assert_eq!(
            rows(&mut store),
            [(None, "15:00".into(), State::Claimed { at: next })]
        );
    }

    #[test]
    fn a_row_is_kept_as_it_is() {
        let mut store = Store::in_memory().unwrap();
        let states = [
            State::Claimed { at: NOW },
            State::Delivered,
            State::Dismissed,
            State::Snoozed { until: NOW },
            State::Expired,
            State::Failed { next: NOW },
        ];
        for (state, (about, _)) in states.iter().zip(ABOUT.iter().cycle()) {
            let row = Reminder {
                key: Key {
                    about: *about,
                    ..key(Some(0))
                },
                entry: Entry {
                    appointment: "09:00".into(),
                    state: *state,
                },
                start: NOW,
                at: NOW,
                owner: "first".into(),
                attempt: 3,
            };
            write(&mut store, |writer| writer.put_reminder(&row));
            let found = store
                .read::<_, StoreError>(|reader| reader.reminders(NOW))
                .unwrap();
            assert!(found.contains(&row), "{row:?} is not in {found:?}");
        }
    }

    #[test]
    fn occurrences_are_told_apart_and_forgotten() {
        let mut store = Store::in_memory().unwrap();
        for (recurrence, start) in [(None, 0), (Some(0), 10), (Some(NOW.seconds()), 20)] {
            let start = NOW + TimeDelta::seconds(start);
            let claimed = write(&mut store, |writer| {
                writer.claim_reminder(&key(recurrence), "09:00", start, "first", NOW)
            });
            assert_eq!(claimed, 1);
        }
        assert_eq!(rows(&mut store).len(), 3);
        write(&mut store, |writer| writer.forget_reminder(&key(Some(0))));
        let left: Vec<_> = rows(&mut store).into_iter().map(|row| row.0).collect();
        assert_eq!(left, [None, Some(NOW)]);
        write(&mut store, |writer| {
            writer.forget_reminders_before(NOW + TimeDelta::seconds(1))
        });
        let left: Vec<_> = rows(&mut store).into_iter().map(|row| row.0).collect();
        assert_eq!(left, [Some(NOW)]);
    }
}
