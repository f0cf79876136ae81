//! Tests of the store as its callers see it.

use std::fs;

use berth_core::time::{Tz, localise};
use berth_core::window::{Effect, Exception, Window, WindowId};
use berth_core::{
    Booking, BookingId, Environment, EnvironmentId, Kind, Recurrence, Rule, Status, Team, TeamId,
    Timestamp, Transparency, When,
};
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use proptest::prelude::*;
use tempfile::TempDir;

use crate::{Access, Backups, Opened, Store, StoreError};

mod damage;

const NOW: Timestamp = Timestamp::from_seconds(1_789_000_000);

fn wall(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
}

fn environment(name: &str) -> Environment {
    Environment {
        id: EnvironmentId(0),
        name: name.into(),
        aliases: vec!["stg".into(), "test bed".into()],
        capacity: 2,
        zone: Tz::Europe__Berlin,
        set_up: TimeDelta::minutes(30),
        clean_up: TimeDelta::hours(1),
        owner: "Infra coordinator".into(),
        lead_times: vec![TimeDelta::minutes(10), TimeDelta::days(1)],
        hidden: false,
    }
}

fn team(name: &str) -> Team {
    Team {
        id: TeamId(0),
        name: name.into(),
        code: "INF".into(),
        colour: 3,
        mine: true,
    }
}

fn booking(uid: &str, start: &str, end: &str) -> Booking {
    Booking {
        id: BookingId(0),
        uid: uid.into(),
        recurrence_id: None,
        environment: EnvironmentId(1),
        team: TeamId(1),
        when: When::Timed {
            start: wall(start),
            end: wall(end),
            zone: Tz::Europe__Berlin,
        },
        recurrence: None,
        title: "load test".into(),
        notes: "two\nlines".into(),
        status: Status::Tentative,
        transparency: Transparency::Transparent,
        units: Some(2),
        set_up: TimeDelta::minutes(5),
        clean_up: TimeDelta::minutes(90),
        kind: Kind::Maintenance,
        plan: Some("release 7".into()),
        lead_times: Some(vec![]),
        sequence: 4,
        created: NOW,
        modified: NOW + TimeDelta::hours(1),
        calendar: None,
        source: Some("BEGIN:VEVENT\nX-A:1\nEND:VEVENT".into()),
    }
}

fn filled() -> Store {
    let mut store = Store::in_memory().unwrap();
    store
        .write::<_, StoreError>(NOW, "me", |writer| {
            writer.put_environment(&environment("staging"))?;
            writer.put_team(&team("Infra"))?;
            Ok(((), "Set up".into()))
        })
        .unwrap();
    store
}

fn put(store: &mut Store, booking: &Booking) -> BookingId {
    store
        .write::<_, StoreError>(NOW, "me", |writer| {
            Ok((writer.put_booking(booking)?, "Booked".into()))
        })
        .unwrap()
        .value
}

fn all(store: &mut Store) -> Vec<Booking> {
    store
        .read::<_, StoreError>(|reader| reader.all_bookings())
        .unwrap()
}

#[test]
fn rows_come_back_as_they_were_written() {
    let mut store = filled();
    let series = Booking {
        recurrence: Some(Recurrence {
            rule: Some(Rule::parse("FREQ=WEEKLY;BYDAY=TU").unwrap()),
            added: vec![wall("2026-09-20 10:00")],
            excluded: vec![wall("2026-09-22 09:00"), wall("2026-09-29 09:00")],
        }),
        lead_times: None,
        plan: None,
        units: None,
        source: None,
        ..booking("b", "2026-09-15 09:00", "2026-09-15 13:00")
    };
    let moved = Booking {
        recurrence_id: Some(wall("2026-10-06 09:00")),
        ..booking("b", "2026-10-07 09:00", "2026-10-07 13:00")
    };
    let day = NaiveDate::from_ymd_opt(2026, 9, 17).unwrap();
    let all_day = Booking {
        when: When::AllDay {
            start: day,
            end: day.succ_opt().unwrap(),
        },
        ..booking("c", "2026-09-15 09:00", "2026-09-15 13:00")
    };
    for one in [
        booking("a", "2026-09-15 09:00", "2026-09-15 13:00"),
        series,
        moved,
        all_day,
    ] {
        let id = put(&mut store, &one);
        let expected = Booking { id, ..one };
        let found = store
            .read::<_, StoreError>(|reader| reader.booking(id))
            .unwrap();
        assert_eq!(found, Some(expected));
    }
    store
        .read::<_, StoreError>(|reader| {
            let found = reader.environments()?;
            assert_eq!(
                found,
                [Environment {
                    id: EnvironmentId(1),
                    ..environment("staging")
                }]
            );
            assert_eq!(
                reader.teams()?,
                [Team {
                    id: TeamId(1),
                    ..team("Infra")
                }]
            );
            assert_eq!(
                reader.bookings_of("b")?.len(),
                2,
                "the master and its override"
            );
            let by_uid = reader.booking_by_uid("b", Some(wall("2026-10-06 09:00")))?;
            assert_eq!(by_uid.map(|booking| booking.id), Some(BookingId(3)));
            Ok(())
        })
        .unwrap();
}

#[test]
fn undo_and_redo_bring_every_row_back() {
    let mut store = filled();
    let id = put(
        &mut store,
        &booking("a", "2026-09-15 09:00", "2026-09-15 13:00"),
    );
    let booked = all(&mut store);
    let changed = Booking {
        title: "other".into(),
        ..booked[0].clone()
    };
    put(&mut store, &changed);
    let edited = all(&mut store);
    store
        .write::<_, StoreError>(NOW, "me", |writer| {
            Ok((writer.remove_booking(id)?, "Deleted".into()))
        })
        .unwrap();
    assert_eq!(all(&mut store), []);

    assert_eq!(store.undo().unwrap().unwrap().title, "Deleted");
    assert_eq!(all(&mut store), edited);
    assert_eq!(store.undo().unwrap().unwrap().title, "Booked");
    assert_eq!(all(&mut store), booked);
    assert_eq!(store.redo().unwrap().unwrap().title, "Booked");
    assert_eq!(all(&mut store), edited);
    assert_eq!(store.redo().unwrap().unwrap().title, "Deleted");
    assert_eq!(all(&mut store), []);
    assert_eq!(store.redo().unwrap(), None);
    for _ in 0..4 {
        assert!(store.undo().unwrap().is_some());
    }
    assert_eq!(
        store.undo().unwrap(),
        None,
        "the environment and the team are undone as well"
    );
    assert_eq!(
        store
            .read::<_, StoreError>(|reader| reader.environments())
            .unwrap(),
        []
    );
    for _ in 0..4 {
        assert!(store.redo().unwrap().is_some());
    }
    assert_eq!(all(&mut store), []);
}

#[test]
fn something_new_ends_redo() {
    let mut store = filled();
    put(
        &mut store,
        &booking("a", "2026-09-15 09:00", "2026-09-15 13:00"),
    );
    store.undo().unwrap();
    put(
        &mut store,
        &booking("b", "2026-09-15 09:00", "2026-09-15 13:00"),
    );
    assert_eq!(store.redo().unwrap(), None);
    let history = store
        .read::<_, StoreError>(|reader| reader.history(9))
        .unwrap();
    let undone: Vec<bool> = history.iter().map(|operation| operation.undone).collect();
    assert_eq!(undone, [false, true, false], "newest first");
}

#[test]
fn a_failed_operation_writes_nothing() {
    let mut store = filled();
    let result = store.write::<(), StoreError>(NOW, "me", |writer| {
        writer.put_booking(&booking("a", "2026-09-15 09:00", "2026-09-15 13:00"))?;
        writer.put_booking(&booking("a", "2026-09-16 09:00", "2026-09-16 13:00"))?;
        Ok(((), "Booked".into()))
    });
    assert!(
        matches!(result, Err(StoreError::Constraint { .. })),
        "{result:?}"
    );
    assert_eq!(all(&mut store), []);
    assert_eq!(
        store
            .read::<_, StoreError>(|reader| reader.history(9))
            .unwrap()
            .len(),
        1
    );
}

#[test]
fn an_environment_with_bookings_stays() {
    let mut store = filled();
    put(
        &mut store,
        &booking("a", "2026-09-15 09:00", "2026-09-15 13:00"),
    );
    let result = store.write::<_, StoreError>(NOW, "me", |writer| {
        Ok((
            writer.remove_environment(EnvironmentId(1))?,
            "Removed".into(),
        ))
    });
    assert!(
        matches!(result, Err(StoreError::Constraint { .. })),
        "{result:?}"
    );
}

#[test]
fn all_day_bookings_follow_the_zone_of_their_environment() {
    let mut store = filled();
    let day = NaiveDate::from_ymd_opt(2026, 9, 17).unwrap();
    let all_day = Booking {
        when: When::AllDay {
            start: day,
            end: day.succ_opt().unwrap(),
        },
        set_up: TimeDelta::zero(),
        ..booking("a", "2026-09-17 00:00", "2026-09-18 00:00")
    };
    put(&mut store, &all_day);
    let starts = |store: &mut Store, zone: Tz| {
        let at = localise(wall("2026-09-17 00:00"), zone);
        let range = (at - TimeDelta::seconds(1), at);
        let before = store
            .read::<_, StoreError>(|reader| {
                reader.bookings_touching(EnvironmentId(1), range.0, range.1)
            })
            .unwrap();
        let after = store
            .read::<_, StoreError>(|reader| {
                reader.bookings_touching(EnvironmentId(1), at, at + TimeDelta::seconds(1))
            })
            .unwrap();
        before.is_empty() && after.len() == 1
    };
    assert!(starts(&mut store, Tz::Europe__Berlin));
    store
        .write::<_, StoreError>(NOW, "me", |writer| {
            let there = Environment {
                id: EnvironmentId(1),
                zone: Tz::America__New_York,
                ..environment("staging")
            };
            Ok((writer.put_environment(&there)?, "Moved".into()))
        })
        .unwrap();
    assert!(starts(&mut store, Tz::America__New_York));
    store.undo().unwrap();
    assert!(starts(&mut store, Tz::Europe__Berlin));
}

#[test]
fn what_is_derived_can_be_derived_again() {
    let folder = TempDir::new().unwrap();
    let mut store = opened(&folder).unwrap().store;
    add_staging(&mut store);
    store
        .write_unrecorded::<_, StoreError>(|writer| {
            writer.put_team(&team("Infra"))?;
            writer.put_booking(&booking("a", "2026-09-15 09:00", "2026-09-15 13:00"))
        })
        .unwrap();
    let old_rules = "UPDATE booking SET hold_start = 0, hold_end = 1, sum = NULL";
    rusqlite::Connection::open(file(&folder))
        .unwrap()
        .execute_batch(old_rules)
        .unwrap();
    let from = localise(wall("2026-09-15 12:00"), Tz::Europe__Berlin);
    let to = from + TimeDelta::minutes(1);
    let found = |store: &mut Store| {
        store
            .read::<_, StoreError>(|reader| reader.bookings_touching(EnvironmentId(1), from, to))
            .unwrap()
            .len()
    };
    assert_eq!(found(&mut store), 0);
    store
        .write_unrecorded::<_, StoreError>(|writer| writer.derive_all())
        .unwrap();
    assert_eq!(found(&mut store), 1);
}

proptest! {
    /// The indexed query finds what a look at every booking finds.
    #[test]
    fn the_query_equals_the_scan(
        bookings in prop::collection::vec((0_i64..4_000, 0_i64..900, 0_i64..5), 0..40),
        from in 0_i64..4_000,
        length in 1_i64..200,
    ) {
        let mut store = filled();
        let hour = |n: i64| wall("2026-01-01 00:00") + TimeDelta::hours(n);
        for (n, (start, length, buffer)) in bookings.iter().enumerate() {
            let when = When::Timed {
                start: hour(*start), end: hour(start + length), zone: Tz::UTC,
            };
            let buffer = TimeDelta::hours(*buffer);
            put(&mut store, &Booking {
                when, set_up: buffer, clean_up: buffer,
                ..booking(&n.to_string(), "2026-01-01 00:00", "2026-01-01 00:00")
            });
        }
        let at = |n: i64| localise(hour(n), Tz::UTC);
        let (from, to) = (at(from), at(from + length));
        let mut expected: Vec<BookingId> = all(&mut store)
            .iter()
            .filter(|one| !one.occurrences(Tz::UTC, &[], from, to).is_empty())
            .map(|one| one.id)
            .collect();
        let found = store.read::<_, StoreError>(|reader| {
            reader.bookings_touching(EnvironmentId(1), from, to)
        }).unwrap();
        let mut found: Vec<BookingId> = found.iter().map(|one| one.id).collect();
        found.sort();
        expected.sort();
        prop_assert_eq!(found, expected);
    }
}

fn opened(folder: &TempDir) -> Result<Opened, StoreError> {
    Store::open(&folder.path().join("berth"))
}

fn file(folder: &TempDir) -> std::path::PathBuf {
    folder.path().join("berth/berth.db")
}

fn add_staging(store: &mut Store) {
    store
        .write::<_, StoreError>(NOW, "me", |writer| {
            Ok((
                writer.put_environment(&environment("staging"))?,
                "Added".into(),
            ))
        })
        .unwrap();
}

#[test]
#[cfg(unix)]
fn the_file_is_private() {
    use std::os::unix::fs::PermissionsExt;
    let folder = TempDir::new().unwrap();
    let first = opened(&folder).unwrap();
    assert!(first.new);
    assert_eq!(first.store.access(), Access::ReadWrite);
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&file(&folder)), 0o600);
    assert_eq!(mode(file(&folder).parent().unwrap()), 0o700);
    drop(first);
    assert!(!opened(&folder).unwrap().new);
}

#[test]
fn a_newer_schema_and_a_foreign_file_are_left_alone() {
    let folder = TempDir::new().unwrap();
    drop(opened(&folder).unwrap());
    let alter = |sql: &str| {
        rusqlite::Connection::open(file(&folder))
            .unwrap()
            .execute_batch(sql)
            .unwrap()
    };
    alter("PRAGMA user_version = 999");
    let before = fs::read(file(&folder)).unwrap();
    assert!(matches!(
        opened(&folder),
        Err(StoreError::SchemaTooNew { found: 999, .. })
    ));
    assert_eq!(fs::read(file(&folder)).unwrap(), before);
    alter("PRAGMA user_version = 1; PRAGMA application_id = 7");
    let before = fs::read(file(&folder)).unwrap();
    assert!(matches!(opened(&folder), Err(StoreError::Foreign { .. })));
    assert_eq!(fs::read(file(&folder)).unwrap(), before);
}

#[test]
fn backups_are_kept_for_seven_days_and_four_weeks() {
    let folder = TempDir::new().unwrap();
    let store = opened(&folder).unwrap().store;
    let backups = Backups::of(&folder.path().join("berth"));
    let first = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
    for day in first.iter_days().take(60) {
        backups.make_daily(&store, day).unwrap();
        backups.make_daily(&store, day).unwrap();
    }
    let mut names: Vec<String> = fs::read_dir(folder.path().join("berth/backups"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(
        names,
        [
            "day-2027-01-12.db",
            "day-2027-01-13.db",
            "day-2027-01-14.db",
            "day-2027-01-15.db",
            "day-2027-01-16.db",
            "day-2027-01-17.db",
            "day-2027-01-18.db",
            "week-2026-W53.db",
            "week-2027-W01.db",
            "week-2027-W02.db",
            "week-2027-W03.db",
        ]
    );
}

#[test]
fn other_connections_are_noticed_and_seen() {
    let folder = TempDir::new().unwrap();
    let mut one = opened(&folder).unwrap().store;
    let mut two = opened(&folder).unwrap().store;
    let before = one.data_version().unwrap();
    add_staging(&mut two);
    assert_ne!(one.data_version().unwrap(), before);
    assert_eq!(
        one.read::<_, StoreError>(|reader| reader.environments())
            .unwrap()
            .len(),
        1
    );
}

#[test]
fn a_copy_holds_everything_and_never_overwrites() {
    let folder = TempDir::new().unwrap();
    let mut store = opened(&folder).unwrap().store;
    add_staging(&mut store);
    fs::create_dir(folder.path().join("copy")).unwrap();
    let to = folder.path().join("copy/berth.db");
    store.back_up(&to).unwrap();
    assert!(matches!(store.back_up(&to), Err(StoreError::Taken { .. })));
    let mut copy = Store::open(&folder.path().join("copy")).unwrap().store;
    assert_eq!(
        copy.read::<_, StoreError>(|reader| reader.environments())
            .unwrap()
            .len(),
        1
    );
}

#[test]
fn the_conflict_rules_get_what_was_written() {
    let mut store = filled();
    let base = Booking {
        transparency: Transparency::Opaque,
        ..booking("a", "2026-09-15 09:00", "2026-09-15 13:00")
    };
    let variants = [
        base.clone(),
        Booking {
            status: Status::Confirmed,
            units: None,
            plan: None,
            kind: Kind::Watch,
            ..base.clone()
        },
        Booking {
            set_up: TimeDelta::days(7),
            clean_up: TimeDelta::zero(),
            units: Some(70_000),
            ..base.clone()
        },
        Booking {
            status: Status::Cancelled,
            ..base.clone()
        },
        Booking {
            transparency: Transparency::Transparent,
            ..base
        },
    ];
    for (one, uid) in variants.iter().zip(["a", "b", "c", "d", "e"]) {
        put(
            &mut store,
            &Booking {
                uid: uid.into(),
                ..one.clone()
            },
        );
    }
    let mut rows = Vec::new();
    store
        .read::<_, StoreError>(|reader| {
            let (from, to) = (Timestamp::MIN, Timestamp::MAX);
            reader.holds_touching(EnvironmentId(1), from, to, |row| rows.push(row))
        })
        .unwrap();
    rows.sort_by_key(|row| row.id);
    assert_eq!(rows.len(), 3, "what does not block is left out");
    for (row, one) in rows.iter().zip(&variants) {
        let seconds = |delta: TimeDelta| u32::try_from(delta.num_seconds()).unwrap();
        assert_eq!((row.team, row.kind), (one.team, one.kind));
        assert_eq!(
            (row.set_up, row.clean_up),
            (seconds(one.set_up), seconds(one.clean_up))
        );
        assert_eq!(
            row.units.map_or(0, |units| units.get()),
            one.units.unwrap_or(0).min(0xffff)
        );
        assert_eq!(row.confirmed, one.status == Status::Confirmed);
        assert_eq!(row.plan.as_deref(), one.plan.as_deref());
        assert_eq!((row.start, row.end), one.span(Tz::Europe__Berlin));
    }
}

fn exception(uid: &str, recurrence_id: Option<Timestamp>) -> Exception {
    Exception {
        uid: uid.into(),
        recurrence_id,
        who: "me".into(),
        reason: "hotfix".into(),
        at: NOW,
    }
}

/// A freeze with two exceptions, and a weekly allow window of whole days.
fn two_windows() -> [Window; 2] {
    let freeze = Window {
        id: WindowId(0),
        uid: "freeze".into(),
        environments: vec![EnvironmentId(1), EnvironmentId(7)],
        effect: Effect::Freeze,
        when: When::Timed {
            start: wall("2026-09-17 18:00"),
            end: wall("2026-09-21 08:00"),
            zone: Tz::Europe__Berlin,
        },
        recurrence: None,
        title: "quarter end".into(),
        blocks: vec![Kind::Deploy, Kind::Maintenance],
        exceptions: vec![exception("a", None), exception("b", Some(NOW))],
        sequence: 1,
        created: NOW,
        modified: NOW,
        calendar: None,
        source: None,
    };
    let day = NaiveDate::from_ymd_opt(2026, 9, 1).unwrap();
    let allow = Window {
        uid: "allow".into(),
        effect: Effect::Allow,
        when: When::AllDay {
            start: day,
            end: day.succ_opt().unwrap(),
        },
        recurrence: Some(Recurrence {
            rule: Rule::parse("FREQ=WEEKLY").ok(),
            ..Recurrence::default()
        }),
        exceptions: vec![],
        ..freeze.clone()
    };
    [freeze, allow]
}

#[test]
fn windows_come_back_as_they_were_written_and_undone() {
    let mut store = filled();
    let [freeze, allow] = two_windows();
    let windows = |store: &mut Store| {
        store
            .read::<_, StoreError>(|reader| reader.windows())
            .unwrap()
    };
    let put = |store: &mut Store, window: &Window| {
        store
            .write::<_, StoreError>(NOW, "me", |writer| {
                Ok((writer.put_window(window)?, "Windows".into()))
            })
            .unwrap()
            .value
    };
    let first = put(&mut store, &freeze);
    put(&mut store, &allow);
    let stored = vec![
        Window {
            id: WindowId(1),
            ..freeze.clone()
        },
        Window {
            id: WindowId(2),
            ..allow
        },
    ];
    assert_eq!(windows(&mut store), stored);
    put(
        &mut store,
        &Window {
            id: first,
            exceptions: vec![exception("c", None)],
            ..freeze
        },
    );
    assert_eq!(windows(&mut store)[0].exceptions, [exception("c", None)]);
    store
        .write::<_, StoreError>(NOW, "me", |writer| {
            Ok((writer.remove_window(first)?, "Removed".into()))
        })
        .unwrap();
    assert_eq!(windows(&mut store).len(), 1);
    store.undo().unwrap();
    store.undo().unwrap();
    assert_eq!(windows(&mut store), stored);
    store.redo().unwrap();
    store.redo().unwrap();
    assert_eq!(windows(&mut store).len(), 1);
}
