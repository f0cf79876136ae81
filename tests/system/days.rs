//! Forty days with the command line alone: a backup for each day on which something was booked.

use std::fs;
use std::path::Path;

use berth_tests::berth::Berth;
use chrono::{Days, NaiveDate};

const FIRST: NaiveDate = NaiveDate::from_ymd_opt(2026, 9, 14).unwrap();

/// The names of the backups, without what they end in.
fn backups(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder.join("backups")).unwrap().flatten();
    let mut names: Vec<String> = entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn forty_days_by_the_command_line() {
    use std::os::unix::fs::PermissionsExt;
    let berth = Berth::new();
    let mut made = 0;
    for day in 0..40 {
        let date = FIRST + Days::new(day);
        let berth = Berth::at(berth.folder()).now(&format!("{date}T08:00:00Z"));
        if day == 0 {
            berth.ok("team add Infra --mine");
        }
        let before = backups_or_none(berth.folder());
        for hour in [9, 12] {
            berth.ok(&format!(
                "book --env staging --team Infra --from {date}T{hour:02}:00 --for 1h --title day-{day}"
            ));
        }
        let after = backups(berth.folder());
        assert!(after.contains(&format!("day-{date}.db")), "{after:?}");
        made += usize::from(before != after);
        assert!(after.len() <= 11, "{after:?}");
    }
    let last = FIRST + Days::new(39);
    let names = backups(berth.folder());
    assert!((7..=11).contains(&names.len()), "{names:?}");
    assert_eq!(
        names.iter().filter(|name| name.starts_with("day-")).count(),
        7
    );
    assert_eq!(
        names
            .iter()
            .filter(|name| name.starts_with("week-"))
            .count(),
        4
    );
    // The team of the first day was added before, and its backup made.
    assert_eq!(made, 39, "one each day");
    let berth = Berth::at(berth.folder()).now(&format!("{last}T18:00:00Z"));
    for name in &names {
        let path = berth.folder().join("backups").join(name);
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600,
            "{name}"
        );
        let preview = berth.run(["restore", name.trim_end_matches(".db")]);
        assert!(matches!(preview.code, Some(0 | 1)), "{name}: {preview:?}");
    }
    let folder = berth.folder().join("backups");
    assert_eq!(
        fs::metadata(folder).unwrap().permissions().mode() & 0o777,
        0o700
    );
    let doctor = berth.run(["doctor"]).stdout;
    assert!(
        doctor.contains(&format!("ok    backups      11, the newest is day-{last}")),
        "{doctor}"
    );
}

fn backups_or_none(folder: &Path) -> Vec<String> {
    if folder.join("backups").exists() {
        backups(folder)
    } else {
        Vec::new()
    }
}

/// Each of the seven days can be gone back to, and undo takes that back.
#[test]
fn a_day_is_gone_back_to() {
    let berth = Berth::new();
    let at = |day: u64| {
        let date = FIRST + Days::new(day);
        Berth::at(berth.folder()).now(&format!("{date}T08:00:00Z"))
    };
    at(0).ok("team add Infra --mine");
    at(0).ok("book --env staging --team Infra --from 2026-09-18T09:00 --for 1h --title first");
    at(1).ok("book --env staging --team Infra --from 2026-09-18T11:00 --for 1h --title second");
    at(2).ok("edit 1 --title renamed");
    at(2).ok("delete 2");
    let list = || -> Vec<String> {
        let rows = at(2).json("list --from 2026-09-14");
        let rows = rows.as_array().unwrap().iter();
        rows.map(|row| row["title"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(list(), ["renamed"]);
    let asked = at(2).run(["restore", "2026-09-15"]);
    assert_eq!(asked.code, Some(1), "it asks: {asked:?}");
    assert!(
        asked.stdout.contains("1 back, 0 gone, 1 changed"),
        "{asked:?}"
    );
    assert!(
        asked
            .stdout
            .contains("“renamed” on staging, Fri 18 Sep 09:00–10:00 → “first”"),
        "{asked:?}"
    );
    assert_eq!(list(), ["renamed"], "nothing was changed");
    at(2).ok("restore 2026-09-15 --yes");
    assert_eq!(list(), ["first", "second"]);
    assert!(
        backups(berth.folder()).contains(&"before-2026-09-16-1.db".to_owned()),
        "the state of before is kept"
    );
    at(2).ok("undo");
    assert_eq!(list(), ["renamed"]);
    let unknown = at(2).run(["restore", "2026-08-01"]);
    assert_eq!(unknown.code, Some(3));
    assert!(
        unknown.stderr.contains("day-2026-09-15"),
        "it names those there are: {unknown:?}"
    );
}

/// What was deleted comes back for thirty days, and not after that.
#[test]
fn the_trash_is_kept_for_thirty_days() {
    let berth = Berth::new();
    let at = |day: u64| {
        let date = FIRST + Days::new(day);
        Berth::at(berth.folder()).now(&format!("{date}T08:00:00Z"))
    };
    at(0).ok("team add Infra --mine");
    let book = "book --env staging --team Infra --from 2026-09-15T09:00 --for 1h";
    at(0).ok(&format!("{book} --title single"));
    at(0).ok(&format!(
        "{book} --title series --repeat FREQ=DAILY;COUNT=5"
    ));
    at(0).ok("delete 1");
    at(0).ok("delete 2@2026-09-16T07:00:00Z");
    at(0).ok("delete 2@2026-09-17T07:00:00Z --following");
    let trash = |day: u64| -> Vec<String> {
        let rows = at(day).json("list --trash");
        let rows = rows.as_array().unwrap().iter();
        rows.map(|row| row["booking"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        trash(29),
        [
            "“series” on staging, Thu 17 Sep 09:00–10:00",
            "“series” on staging, Wed 16 Sep 09:00–10:00",
            "“single” on staging, Tue 15 Sep 09:00–10:00"
        ]
    );
    let times = || -> Vec<String> {
        let rows = at(1).json("list --from 2026-09-14 --to 2026-09-30");
        let rows = rows.as_array().unwrap().iter();
        let text = |row: &serde_json::Value| {
            format!(
                "{} {}",
                &row["start"].as_str().unwrap()[5..10],
                row["title"].as_str().unwrap()
            )
        };
        rows.map(text).collect()
    };
    assert_eq!(times(), ["09-15 series"]);
    for row in at(1).json("list --trash").as_array().unwrap() {
        at(1).ok(&format!("undelete {}", row["id"].as_str().unwrap()));
    }
    let mut all = times();
    all.sort();
    assert_eq!(
        all,
        [
            "09-15 series",
            "09-15 single",
            "09-16 series",
            "09-17 series",
            "09-18 series",
            "09-19 series"
        ]
    );
    assert_eq!(trash(2), Vec::<String>::new());
    at(2).ok("delete 1");
    at(32).ok("book --env production --team Infra --from 2026-12-15T09:00 --for 1h");
    assert_eq!(trash(32).len(), 1, "30 days later it is there");
    at(33).ok("book --env production --team Infra --from 2026-12-16T09:00 --for 1h");
    assert_eq!(trash(33), Vec::<String>::new(), "and then no more");
}

/// An import that would remove bookings names them and changes nothing, until that is agreed to.
#[test]
fn an_import_that_would_remove_asks() {
    let berth = Berth::new().now("2026-09-14T08:00:00Z");
    berth.ok("team add Infra --mine");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("team.ics");
    let write = |hours: &[u32]| {
        let event = |hour: &u32| {
            format!(
                "BEGIN:VEVENT\r\nUID:{hour}@example\r\nDTSTAMP:20260901T000000Z\r\nDTSTART:20260915T{hour:02}0000Z\r\nDURATION:PT1H\r\nSUMMARY:slot {hour}\r\nEND:VEVENT\r\n"
            )
        };
        let events: String = hours.iter().map(event).collect();
        fs::write(&file, format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t//EN\r\nX-WR-CALNAME:Team\r\n{events}END:VCALENDAR\r\n")).unwrap();
    };
    let line = format!("import {} --env staging --team Infra", file.display());
    write(&[8, 10, 12]);
    berth.ok(&line);
    write(&[8, 14, 12]);
    let asked = berth.run(line.split(' '));
    assert_eq!(asked.code, Some(1), "{asked:?}");
    assert!(
        asked
            .stdout
            .contains("would remove slot 10 (Tue 15 Sep 12:00–13:00)"),
        "{asked:?}"
    );
    assert!(asked.stderr.contains("--remove"), "{asked:?}");
    let titles = || -> Vec<String> {
        let rows = berth.json("list");
        rows.as_array()
            .unwrap()
            .iter()
            .map(|row| row["title"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        titles(),
        ["slot 8", "slot 10", "slot 12"],
        "nothing was imported"
    );
    berth.ok(&format!("{line} --remove"));
    assert_eq!(titles(), ["slot 8", "slot 12", "slot 14"]);
    assert!(berth.ok("list --trash").contains("slot 10"));
    berth.ok("undo");
    assert_eq!(titles(), ["slot 8", "slot 10", "slot 12"]);
    // Who only adds and changes is not asked.
    write(&[8, 10, 12, 16]);
    berth.ok(&line);
}
