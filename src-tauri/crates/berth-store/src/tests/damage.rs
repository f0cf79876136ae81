//! Files that are damaged, missing or older, and what becomes of them.

use std::fs;
use std::path::{Path, PathBuf};

use berth_core::{Booking, BookingId};
use chrono::NaiveDate;
use rusqlite::Connection;
use tempfile::TempDir;

use super::{NOW, booking, environment, team};
use crate::{Backups, Check, Copy, Store, StoreError, mend};

/// A folder with a team, an environment and `count` bookings.
fn folder(count: usize) -> (TempDir, PathBuf) {
    let place = TempDir::new().unwrap();
    let folder = place.path().join("berth");
    let mut store = Store::open(&folder).unwrap().store;
    store
        .write::<_, StoreError>(NOW, "me", |writer| {
            writer.put_environment(&environment("staging"))?;
            writer.put_team(&team("Infra"))?;
            Ok(((), "Set up".into()))
        })
        .unwrap();
    add(&mut store, 0..count);
    store.close();
    (place, folder)
}

fn one(number: usize) -> Booking {
    Booking {
        title: format!("load test {number}"),
        ..booking(
            &format!("uid-{number}"),
            "2026-09-15 09:00",
            "2026-09-15 13:00",
        )
    }
}

fn add(store: &mut Store, numbers: std::ops::Range<usize>) {
    for number in numbers {
        super::put(store, &one(number));
    }
}

fn database(folder: &Path) -> PathBuf {
    folder.join("berth.db")
}

fn titles(store: &mut Store) -> Vec<String> {
    let all = super::all(store).into_iter();
    all.map(|booking| booking.title).collect()
}

fn expected(count: usize) -> Vec<String> {
    (0..count).map(|number| one(number).title).collect()
}

fn opened(folder: &Path) -> Store {
    Store::open(folder).unwrap().store
}

fn alter(folder: &Path, sql: &str) {
    Connection::open(database(folder))
        .unwrap()
        .execute_batch(sql)
        .unwrap();
}

/// Changes a byte of the file at the first place where a text stands in it.
fn change(folder: &Path, text: &str, with: &str) {
    let mut bytes = fs::read(database(folder)).unwrap();
    let at = bytes
        .windows(text.len())
        .position(|window| window == text.as_bytes())
        .unwrap();
    bytes[at..at + with.len()].copy_from_slice(with.as_bytes());
    fs::write(database(folder), bytes).unwrap();
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn what_is_only_read_stays_as_it_is() {
    let (_place, folder) = folder(3);
    let list = || {
        let entries = fs::read_dir(&folder).unwrap();
        let mut all: Vec<_> = entries
            .map(|entry| {
                let entry = entry.unwrap();
                (entry.file_name(), fs::read(entry.path()).unwrap())
            })
            .collect();
        all.sort();
        all
    };
    let before = list();
    let mut store = Store::open_to_read(&folder, Check::Whole).unwrap();
    assert_eq!(titles(&mut store), expected(3));
    let refused = store.write::<_, StoreError>(NOW, "me", |writer| {
        writer.put_booking(&one(9))?;
        Ok(((), "Booked".into()))
    });
    assert!(matches!(refused, Err(StoreError::ReadOnly)), "{refused:?}");
    drop(store);
    assert!(list() == before, "something was written");
}

#[test]
fn a_change_that_no_check_of_sqlite_sees_is_seen() {
    let (_place, folder) = folder(5);
    change(&folder, "load test 3", "loud");
    let connection = Connection::open(database(&folder)).unwrap();
    let said: String = connection
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(said, "ok", "or this test shows nothing");
    drop(connection);
    let mut store = Store::open_to_read(&folder, Check::Usual).unwrap();
    let mut left = expected(5);
    left.remove(3);
    assert_eq!(titles(&mut store), left, "the others are there");
    let named: Vec<String> = store.unread().iter().map(ToString::to_string).collect();
    assert_eq!(named, ["booking 4 “loud test 3”"]);
    assert!(matches!(
        Store::open_to_read(&folder, Check::Whole),
        Err(StoreError::Corrupt { .. })
    ));
}

#[test]
fn a_row_that_cannot_be_read_is_left_out_and_named() {
    for change in [
        "start = 'soon'",
        "status = 9",
        "kind = 7",
        "rule = 'FREQ=OFTEN'",
        "rule = 'FREQ=DAILY', excluded = 'never'",
    ] {
        let (_place, folder) = folder(4);
        alter(
            &folder,
            &format!("UPDATE booking SET {change}, sum = NULL WHERE id = 2"),
        );
        let mut store = opened(&folder);
        assert_eq!(
            titles(&mut store),
            ["load test 0", "load test 2", "load test 3"],
            "{change}"
        );
        assert_eq!(store.unread().len(), 1, "{change}");
        assert_eq!(store.unread()[0].to_string(), "booking 2 “load test 1”");
    }
}

#[test]
fn an_index_that_lies_is_made_again_and_nothing_is_missing() {
    let (_place, folder) = folder(40);
    alter(
        &folder,
        "CREATE TEMP TABLE was AS SELECT sql FROM sqlite_schema WHERE name = 'booking_short';
         DROP INDEX booking_short;
         CREATE INDEX booking_short ON booking
           (environment_id, hold_start, hold_end, facts, buffers, plan) WHERE shape = 0 AND id <> 7;
         PRAGMA writable_schema = ON;
         UPDATE sqlite_schema SET sql = (SELECT sql FROM was) WHERE name = 'booking_short';",
    );
    assert!(matches!(
        Store::open_to_read(&folder, Check::Usual),
        Err(StoreError::Corrupt { .. })
    ));
    assert!(
        matches!(Store::open(&folder), Err(StoreError::Corrupt { .. })),
        "and it is marked for all others"
    );
    let mended = mend(&folder).unwrap().unwrap();
    assert!(mended.whole && mended.backup.is_none(), "{mended:?}");
    assert_eq!(mended.read, 40);
    assert_eq!(titles(&mut opened(&folder)), expected(40));
    assert_eq!(mend(&folder).unwrap(), None, "once");
}

#[test]
fn what_can_be_read_goes_before_the_backup() {
    let (_place, folder) = folder(60);
    let mut store = opened(&folder);
    Backups::of(&folder)
        .make_daily(&store, day("2026-09-17"))
        .unwrap();
    add(&mut store, 60..120);
    store
        .write::<_, StoreError>(NOW, "me", |writer| {
            let changed = Booking {
                title: "changed since".into(),
                ..writer.booking(BookingId(1))?.unwrap()
            };
            writer.put_booking(&changed)?;
            writer.remove_booking(BookingId(2))?;
            Ok(((), "Changed".into()))
        })
        .unwrap();
    store.close();
    // A page in the middle of the bookings.
    let mut bytes = fs::read(database(&folder)).unwrap();
    let at = bytes
        .windows(12)
        .position(|window| window == b"load test 80")
        .unwrap();
    let page = at / 4096 * 4096;
    bytes[page..page + 4096].fill(0xA5);
    fs::write(database(&folder), bytes).unwrap();

    let mended = mend(&folder).unwrap().unwrap();
    assert!(!mended.whole);
    assert!(mended.backup.is_some());
    let there = titles(&mut opened(&folder));
    assert!(there.contains(&"changed since".to_owned()), "{there:?}");
    let missing: Vec<String> = (0..120)
        .map(|number| one(number).title)
        .filter(|title| !there.contains(title))
        .collect();
    // Number 0 was changed; what stood on the page was never in a backup.
    assert!(missing.contains(&"load test 80".to_owned()), "{missing:?}");
    assert!(missing.len() < 30, "{missing:?}");
    assert_eq!(mended.lost.len(), missing.len() - 1, "{:?}", mended.lost);
    assert!(
        mended
            .from_backup
            .iter()
            .any(|one| one.contains("“load test 1”")),
        "deleted since, which the damage does not tell: {:?}",
        mended.from_backup
    );
    let aside = mended.aside.unwrap();
    assert!(
        fs::read(aside).unwrap()[page..page + 4096]
            .iter()
            .all(|b| *b == 0xA5)
    );
}

#[test]
fn what_was_in_the_log_alone_is_kept_and_read() {
    let (_place, folder) = folder(2);
    let mut store = opened(&folder);
    add(&mut store, 2..6);
    let log = fs::read(folder.join("berth.db-wal")).unwrap();
    assert!(!log.is_empty());
    for damaged in [&b""[..], b"x", &[0; 4096]] {
        let other = TempDir::new().unwrap();
        let other = other.path().join("berth");
        fs::create_dir(&other).unwrap();
        fs::write(database(&other), damaged).unwrap();
        fs::write(other.join("berth.db-wal"), &log).unwrap();
        assert!(matches!(
            Store::open_to_read(&other, Check::Usual),
            Err(StoreError::Corrupt { .. })
        ));
        assert!(
            fs::read(database(&other)).unwrap() == damaged,
            "looked {damaged:?}"
        );
        let mended = mend(&other).unwrap().unwrap();
        let aside = mended.aside.unwrap();
        assert!(fs::read(&aside).unwrap() == damaged, "it is kept as it was");
        let kept = fs::read(format!("{}-wal", aside.display())).unwrap();
        assert!(kept == log, "the log stays beside its file");
    }
}

#[test]
fn an_empty_and_a_missing_file_are_damage_where_there_was_one() {
    for left in [Some(&b""[..]), Some(b"x"), None] {
        let (_place, folder) = folder(3);
        let store = opened(&folder);
        Backups::of(&folder)
            .make_daily(&store, day("2026-09-17"))
            .unwrap();
        store.close();
        match left {
            Some(bytes) => fs::write(database(&folder), bytes).unwrap(),
            None => fs::remove_file(database(&folder)).unwrap(),
        }
        for error in [
            Store::open(&folder).unwrap_err(),
            Store::open_to_read(&folder, Check::Usual).unwrap_err(),
        ] {
            let damage = matches!(
                error,
                StoreError::Corrupt { .. } | StoreError::Missing { .. }
            );
            assert!(damage, "{left:?}: {error:?}");
        }
        mend(&folder).unwrap().unwrap();
        assert_eq!(titles(&mut opened(&folder)), expected(3), "{left:?}");
    }
}

#[test]
fn a_new_folder_is_no_damage() {
    let place = TempDir::new().unwrap();
    let folder = place.path().join("berth");
    assert_eq!(mend(&folder).unwrap(), None);
    assert!(matches!(
        Store::open_to_read(&folder, Check::Usual),
        Err(StoreError::Nothing { .. })
    ));
    assert!(!folder.exists(), "looking makes nothing");
    assert!(Store::open(&folder).unwrap().new);
}

/// A backup that is empty, of another program or of a newer Berth is none; while it may be good, nothing
/// is begun anew.
#[test]
fn only_a_good_backup_is_gone_back_to() {
    let (_place, folder) = folder(3);
    let store = opened(&folder);
    let backups = Backups::of(&folder);
    backups.make_daily(&store, day("2026-09-17")).unwrap();
    store.close();
    let newer = |name: &str, content: &[u8]| {
        std::thread::sleep(std::time::Duration::from_millis(20));
        fs::write(folder.join("backups").join(name), content).unwrap();
    };
    newer("day-2026-09-18.db", b"");
    newer("day-2026-09-19.db", b"not a database");
    let foreign = folder.join("backups/day-2026-09-20.db");
    Connection::open(&foreign)
        .unwrap()
        .execute_batch("CREATE TABLE t (x)")
        .unwrap();
    fs::write(database(&folder), b"gone").unwrap();
    let mended = mend(&folder).unwrap().unwrap();
    let of_that_day = ["day-2026-09-17.db", "week-2026-W38.db"];
    let backup = mended.backup.unwrap();
    assert!(
        of_that_day.iter().any(|name| backup.ends_with(name)),
        "{backup:?}"
    );
    assert_eq!(titles(&mut opened(&folder)), expected(3));

    for path in backups.all() {
        fs::remove_file(path).unwrap();
    }
    let ahead = backups.day(day("2026-09-21"));
    fs::copy(database(&folder), &ahead).unwrap();
    Connection::open(&ahead)
        .unwrap()
        .execute_batch("PRAGMA user_version = 999")
        .unwrap();
    fs::write(database(&folder), b"gone again").unwrap();
    assert!(matches!(
        mend(&folder),
        Err(StoreError::BackupTooNew { path }) if path == ahead
    ));
    assert_eq!(fs::read(database(&folder)).unwrap(), b"gone again");
}

#[test]
fn a_mending_that_was_cut_short_goes_on_where_it_was() {
    let (_place, folder) = folder(3);
    let mut store = opened(&folder);
    add(&mut store, 3..8);
    let (file, log) = (
        fs::read(database(&folder)).unwrap(),
        fs::read(folder.join("berth.db-wal")).unwrap(),
    );
    drop(store);
    // The damaged file and its log are kept already, the log is gone from its place.
    let aside = folder.join("berth.damaged-1.db");
    fs::write(&aside, &file).unwrap();
    fs::write(folder.join("berth.damaged-1.db-wal"), &log).unwrap();
    fs::write(database(&folder), &file[..5000]).unwrap();
    fs::write(
        folder.join("berth.db.damaged-mark"),
        "it was bad\nberth.damaged-1.db",
    )
    .unwrap();
    assert!(matches!(
        Store::open(&folder),
        Err(StoreError::Corrupt { .. })
    ));
    let mended = mend(&folder).unwrap().unwrap();
    assert_eq!(mended.aside, Some(aside));
    assert_eq!(titles(&mut opened(&folder)), expected(8));
    assert!(!folder.join("berth.db.damaged-mark").exists());
}

#[test]
fn who_has_the_damaged_file_open_does_not_write_to_it() {
    let (_place, folder) = folder(3);
    let mut window = opened(&folder);
    assert!(!window.is_outdated());
    window.note_damage("seen by somebody");
    let book = |store: &mut Store| {
        store.write::<_, StoreError>(NOW, "me", |writer| {
            Ok((writer.put_booking(&one(9))?, "Booked".into()))
        })
    };
    assert!(matches!(
        book(&mut window),
        Err(StoreError::Corrupt { what }) if what == "seen by somebody"
    ));
    assert_eq!(mend(&folder).unwrap(), None, "it was a false alarm");
    book(&mut window).unwrap();
    fs::write(
        folder.join("other.db"),
        fs::read(database(&folder)).unwrap(),
    )
    .unwrap();
    fs::rename(folder.join("other.db"), database(&folder)).unwrap();
    assert!(window.is_outdated());
    assert!(matches!(book(&mut window), Err(StoreError::Replaced)));
}

#[test]
fn nothing_of_a_foreign_file_is_executed() {
    for sql in [
        "CREATE TRIGGER t AFTER INSERT ON booking BEGIN DELETE FROM booking; END",
        "CREATE VIEW v AS SELECT 1",
        "DROP INDEX booking_short",
        "CREATE TABLE more (x)",
        "PRAGMA user_version = 1",
        "PRAGMA user_version = -3",
        "PRAGMA user_version = 0",
    ] {
        let (_place, folder) = folder(2);
        alter(&folder, sql);
        let error = Store::open(&folder).unwrap_err();
        assert!(
            matches!(error, StoreError::Corrupt { .. }),
            "{sql}: {error:?}"
        );
        assert!(!error.to_string().contains("CREATE"), "{error}");
        let mended = mend(&folder).unwrap().unwrap();
        assert_eq!(
            titles(&mut opened(&folder)),
            expected(2),
            "{sql}: {mended:?}"
        );
    }
}

#[test]
fn an_older_file_is_read_as_it_is_and_brought_up_to_date_by_who_writes() {
    let place = TempDir::new().unwrap();
    let folder = place.path().join("berth");
    fs::create_dir(&folder).unwrap();
    let old = Connection::open(database(&folder)).unwrap();
    for step in &crate::migrate::STEPS[..2] {
        old.execute_batch(step).unwrap();
    }
    old.execute_batch(&format!(
        "PRAGMA application_id = {}; PRAGMA user_version = 2; PRAGMA journal_mode = wal;
         INSERT INTO team (name, code) VALUES ('Infra', 'INF');
         INSERT INTO operation (at, who, title) VALUES (1, 'me', 'Added team Infra');
         INSERT INTO change (operation_id, step, entity, row_id, other) VALUES (1, 0, 'team', 1, NULL);
         INSERT INTO setting (key, value) VALUES ('begun', '0.1.0');",
        crate::migrate::APPLICATION
    ))
    .unwrap();
    drop(old);
    let before = fs::read(database(&folder)).unwrap();
    let teams = |store: &mut Store| {
        store
            .read::<_, StoreError>(|reader| reader.teams())
            .unwrap()
    };
    let mut reading = Store::open_to_read(&folder, Check::Whole).unwrap();
    assert_eq!(teams(&mut reading).len(), 1);
    assert!(fs::read(database(&folder)).unwrap() == before);
    let mut store = opened(&folder);
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
    let sums: i64 = store
        .connection
        .query_row("SELECT count(sum) FROM team", [], |row| row.get(0))
        .unwrap();
    assert_eq!(sums, 1, "what was there gets its sum");
    let copies = Backups::of(&folder).all();
    assert_eq!(copies.len(), 1, "a copy of before");
    assert!(Copy::open(&copies[0]).is_ok());
    assert!(store.undo().unwrap().is_some());
    assert_eq!(teams(&mut store).len(), 0);
    store.redo().unwrap();
    assert_eq!(teams(&mut store).len(), 1);
    assert_eq!(store.unread(), []);
}

#[test]
fn what_undo_keeps_is_checked_before_it_is_put_back() {
    let (_place, folder) = folder(1);
    let mut store = opened(&folder);
    store
        .write::<_, StoreError>(NOW, "me", |writer| {
            writer.remove_booking(BookingId(1))?;
            Ok(((), "Deleted".into()))
        })
        .unwrap();
    store.close();
    alter(
        &folder,
        "UPDATE change SET other = replace(other, 'load test', 'loud test')",
    );
    let mut store = opened(&folder);
    assert!(matches!(store.undo(), Err(StoreError::Corrupt { .. })));
    assert_eq!(titles(&mut store).len(), 0, "nothing was put back");
}

#[test]
fn going_back_is_one_change_that_can_be_undone() {
    let (_place, folder) = folder(5);
    let mut store = opened(&folder);
    let to = folder.join("copy.db");
    store.back_up(&to).unwrap();
    add(&mut store, 5..7);
    store
        .write::<_, StoreError>(NOW, "me", |writer| {
            let renamed = Booking {
                title: "renamed".into(),
                ..writer.booking(BookingId(2))?.unwrap()
            };
            writer.put_booking(&renamed)?;
            writer.remove_booking(BookingId(4))?;
            writer.put_team(&team("QA"))?;
            Ok(((), "Changed".into()))
        })
        .unwrap();
    let after = titles(&mut store);
    let copy = Copy::open(&to).unwrap();
    let found = store
        .read::<_, StoreError>(|reader| reader.difference(&copy))
        .unwrap();
    assert_eq!(
        (found.back.len(), found.gone.len(), found.changed.len()),
        (1, 2, 1)
    );
    assert_eq!(found.others, [("team", 1)]);
    store
        .write::<_, StoreError>(NOW, "me", |writer| {
            writer.go_back_to(&copy)?;
            Ok(((), "Went back".into()))
        })
        .unwrap();
    assert_eq!(titles(&mut store), expected(5));
    let again = store.read::<_, StoreError>(|reader| reader.difference(&copy));
    assert!(again.unwrap().is_empty());
    store.undo().unwrap();
    assert_eq!(titles(&mut store), after);
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
}

#[test]
fn the_trash_keeps_what_was_removed() {
    let (_place, folder) = folder(3);
    let mut store = opened(&folder);
    let trash = |store: &mut Store| -> Vec<String> {
        let all = store
            .read::<_, StoreError>(|reader| reader.trash())
            .unwrap();
        all.into_iter().map(|one| one.booking.title).collect()
    };
    let remove = |store: &mut Store, id: i64| {
        store
            .write::<_, StoreError>(NOW, "me", |writer| {
                writer.remove_booking(BookingId(id))?;
                Ok(((), "Deleted".into()))
            })
            .unwrap();
    };
    remove(&mut store, 2);
    assert_eq!(trash(&mut store), ["load test 1"]);
    store.undo().unwrap();
    assert_eq!(trash(&mut store), Vec::<String>::new(), "it is there again");
    store.redo().unwrap();
    assert_eq!(trash(&mut store), ["load test 1"]);
    let id = store
        .read::<_, StoreError>(|reader| reader.trash())
        .unwrap()[0]
        .id;
    store
        .write::<_, StoreError>(NOW, "me", |writer| {
            Ok((writer.bring_back(id)?, "Brought back".into()))
        })
        .unwrap();
    assert_eq!(titles(&mut store), expected(3));
    store.undo().unwrap();
    assert_eq!(trash(&mut store), ["load test 1"]);
    let later = NOW + chrono::TimeDelta::seconds(1);
    let emptied = store.write_unrecorded::<_, StoreError>(|writer| writer.empty_trash(later));
    assert_eq!(emptied.unwrap(), 1);
    assert_eq!(trash(&mut store), Vec::<String>::new());
}

#[test]
fn what_was_left_unfinished_is_swept_away() {
    let (_place, folder) = folder(1);
    let backups = Backups::of(&folder);
    let store = opened(&folder);
    backups.make_daily(&store, day("2026-09-17")).unwrap();
    let left = folder.join("backups/.day-2026-09-18.db.1.part");
    let other = folder.join("backups/.mine");
    fs::write(&left, b"half").unwrap();
    fs::write(&other, b"not ours").unwrap();
    backups.make_daily(&store, day("2026-09-18")).unwrap();
    assert!(!left.exists() && other.exists());
}

#[test]
fn what_stands_before_a_cut_is_read() {
    let (_place, folder) = folder(200);
    let bytes = fs::read(database(&folder)).unwrap();
    fs::write(database(&folder), &bytes[..bytes.len() * 3 / 4]).unwrap();
    let mended = mend(&folder).unwrap().unwrap();
    assert!(mended.backup.is_none() && !mended.whole);
    let there = titles(&mut opened(&folder));
    assert!(there.len() > 20, "only {there:?}");
    assert_eq!(there.len(), mended.read);
}
