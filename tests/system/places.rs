//! Folders and disks that allow less than usual: what only reads works, what writes says why it
//! cannot, and nothing changes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use berth_tests::berth::Berth;
use berth_tests::disk::Disk;
use berth_tests::skip::skip;

use crate::sample::NOW;

/// Every verb that only reads, and how it ends where two bookings conflict.
const READ: [(&str, i32); 18] = [
    ("list", 0),
    ("list --trash", 0),
    ("week", 0),
    ("show 1", 0),
    ("history", 0),
    ("env list", 0),
    ("team list", 0),
    ("window list", 0),
    ("forecast", 1),
    ("free --env staging --for 2h", 0),
    ("conflicts", 1),
    ("may staging --team Perf --at 2026-09-15T10:00", 1),
    ("may staging --team Perf --at 2026-09-20T10:00", 0),
    ("export", 0),
    ("restore", 0),
    (
        "book --env staging --team Perf --from 2026-09-16T09:00 --for 1h --dry-run",
        0,
    ),
    ("ical check -", 3),
    ("doctor", 1),
];

const WRITE: [&str; 12] = [
    "book --env staging --team Infra --from 2026-09-16T09:00 --for 1h",
    "edit 1 --title other",
    "move 1 --from 2026-09-16T09:00",
    "cancel 1",
    "delete 1",
    "env add integration",
    "team add QA",
    "freeze --env staging --from 2026-09-16T09:00 --to 2026-09-16T10:00",
    "undo",
    "redo",
    "undelete 1",
    "accept nothing --reason none",
];

/// Two bookings that conflict, one that is deleted; the last one waits in the log alone.
fn fill(folder: &Path) -> Berth {
    let berth = Berth::at(folder).now(NOW);
    berth.ok("team add Infra --code INF --mine");
    berth.ok("team add Perf --code PRF");
    let book = "book --env staging --from 2026-09-15T09:00 --for 4h --title";
    berth.ok(&format!("{book} kept --team Infra"));
    berth.ok(&format!("{book} gone --team Infra"));
    berth.ok("delete 2");
    berth.ok(&format!("{book} second --team Perf"));
    berth
}

/// The same data elsewhere.
fn copied(from: &Berth, to: &Path) -> Berth {
    let copied = Command::new("cp")
        .arg("-r")
        .arg(from.folder())
        .arg(to)
        .status();
    assert!(copied.unwrap().success());
    Berth::at(to).now(NOW)
}

/// Leaves the last write in the log, as a program does that was cut off.
fn with_a_log(folder: &Path, from: &Path) -> Berth {
    let script = "
import shutil, sqlite3, sys
source, target = sys.argv[1:3]
db = sqlite3.connect(source + '/berth.db')
db.execute('PRAGMA wal_autocheckpoint = 0')
db.execute(\"UPDATE team SET name = 'Perf and load', sum = NULL WHERE name = 'Perf'\")
db.commit()
for name in ('berth.db', 'berth.db-wal'): shutil.copy(f'{source}/{name}', f'{target}/{name}')
db.execute(\"UPDATE team SET name = 'Perf', sum = NULL WHERE name = 'Perf and load'\")
db.commit()";
    fs::create_dir_all(folder).unwrap();
    let made = Command::new("/usr/bin/python3")
        .args(["-c", script])
        .args([from, folder])
        .status();
    assert!(made.unwrap().success());
    assert!(fs::metadata(folder.join("berth.db-wal")).unwrap().len() > 0);
    Berth::at(folder).now(NOW)
}

fn content(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        // On a full disk SQLite leaves a log without a byte and the beginning of its index: taking them
        // away could take them from somebody who has found room meanwhile.
        let of_the_log = entry.file_name() == "berth.db-shm";
        if let Ok(bytes) = fs::read(entry.path())
            && !(bytes.is_empty() || of_the_log)
        {
            all.insert(entry.file_name().to_string_lossy().into_owned(), bytes);
        }
    }
    all
}

/// Every verb that reads ends as it would elsewhere, says the same, and changes nothing.
fn assert_reads(berth: &Berth, like: &Berth) {
    let before = content(berth.folder());
    for (line, code) in READ {
        let output = berth.run(line.split(' '));
        assert_eq!(output.code, Some(code), "{line}: {output:?}");
        // These say where they are and when files were written.
        if !matches!(line, "doctor" | "restore") {
            let there = like.run(line.split(' '));
            assert_eq!(output.stdout, there.stdout, "{line}");
        }
    }
    let after = content(berth.folder());
    let names = |all: &BTreeMap<String, Vec<u8>>| all.keys().cloned().collect::<Vec<_>>();
    assert_eq!(
        names(&after),
        names(&before),
        "what only reads makes no file"
    );
    assert!(after == before, "and changes none");
}

fn assert_refuses_writes(berth: &Berth, says: &str) {
    let before = content(berth.folder());
    for line in WRITE {
        let output = berth.run(line.split(' '));
        assert_eq!(output.code, Some(4), "{line}: {output:?}");
        assert!(output.stderr.contains(says), "{line}: {}", output.stderr);
        assert!(
            output.stderr.contains("\nhint: "),
            "{line}: {}",
            output.stderr
        );
    }
    let after = content(berth.folder());
    assert!(
        after.get("berth.db") == before.get("berth.db"),
        "nothing changes"
    );
}

#[test]
fn what_only_reads_changes_nothing_in_any_folder() {
    let place = tempfile::tempdir().unwrap();
    let berth = fill(&place.path().join("data"));
    assert_reads(&berth, &berth);
    let cut_off = with_a_log(&place.path().join("cut-off"), berth.folder());
    let teams = cut_off.ok("team list");
    assert!(
        teams.contains("Perf and load"),
        "what waits in the log is read: {teams}"
    );
}

#[test]
fn a_disk_that_can_only_be_read() {
    let (Some(disk), Some(log)) = (Disk::of_kibibytes(4096), Disk::of_kibibytes(4096)) else {
        return skip("this user may not mount a disk");
    };
    let place = tempfile::tempdir().unwrap();
    let like = fill(&place.path().join("data"));
    let berth = copied(&like, &disk.path().join("data"));
    disk.make_read_only();
    assert_reads(&berth, &like);
    assert_refuses_writes(&berth, "can only be read");
    let cut_off = with_a_log(&log.path().join("data"), like.folder());
    log.make_read_only();
    let teams = cut_off.ok("team list");
    assert!(
        teams.contains("Perf and load"),
        "what waits in the log is read: {teams}"
    );
    assert!(cut_off.ok("list").contains("second"));
}

#[test]
fn a_disk_that_is_full() {
    let (Some(disk), Some(log)) = (Disk::of_kibibytes(2048), Disk::of_kibibytes(2048)) else {
        return skip("this user may not mount a disk");
    };
    let place = tempfile::tempdir().unwrap();
    let like = fill(&place.path().join("data"));
    let berth = copied(&like, &disk.path().join("data"));
    disk.fill();
    assert_reads(&berth, &like);
    for line in WRITE {
        let output = berth.run(line.split(' '));
        assert_ne!(output.code, Some(0), "{line}: {output:?}");
        assert!(
            output.stderr.contains("\nhint: "),
            "{line}: {}",
            output.stderr
        );
        let is_reason =
            output.stderr.contains("full") || output.stderr.contains("can only be read");
        assert!(is_reason, "{line}: {}", output.stderr);
    }
    let copy = disk.path().join("copy.db");
    let output = berth.run(["backup", &copy.display().to_string()]);
    assert_eq!(output.code, Some(3), "{output:?}");
    assert!(
        output.stderr.contains("not enough space for the backup"),
        "{output:?}"
    );
    assert!(!copy.exists(), "nothing is left under its name");
    disk.empty();
    berth.ok("book --env staging --team Infra --from 2026-09-16T09:00 --for 1h --title after");
    assert!(berth.ok("list").contains("after"));
    let cut_off = with_a_log(&log.path().join("data"), like.folder());
    log.fill();
    let teams = cut_off.ok("team list");
    assert!(
        teams.contains("Perf and load"),
        "what waits in the log is read: {teams}"
    );
}

/// A damaged file on a full disk stays where it is, with everything in it, until there is room.
#[test]
fn mending_on_a_full_disk_changes_nothing() {
    let Some(disk) = Disk::of_kibibytes(2048) else {
        return skip("this user may not mount a disk");
    };
    let berth = fill(&disk.path().join("data"));
    let file = berth.folder().join("berth.db");
    let mut bytes = fs::read(&file).unwrap();
    bytes.truncate(30_000);
    fs::write(&file, &bytes).unwrap();
    disk.fill();
    let output = berth.run(["doctor", "--repair"]);
    assert_eq!(output.code, Some(1), "{output:?}");
    assert!(output.stdout.contains("disk is full"), "{output:?}");
    assert!(
        fs::read(&file).unwrap() == bytes,
        "the damaged file is where it was"
    );
    assert_eq!(berth.run(["list"]).code, Some(4));
    disk.empty();
    assert!(
        berth
            .run(["doctor", "--repair"])
            .stdout
            .contains("database     sound")
    );
    assert_eq!(berth.run(["list"]).code, Some(0));
}

#[test]
fn no_database_is_an_answer_or_none() {
    let berth = Berth::new().now(NOW);
    for (line, code) in [
        ("list", 0),
        ("week", 0),
        ("history", 0),
        ("env list", 0),
        ("conflicts", 4),
        ("forecast", 4),
        ("free --env staging --for 1h", 4),
        ("may staging --team Infra", 4),
        ("export", 4),
        ("backup /tmp/never.db", 4),
    ] {
        let output = berth.run(line.split(' '));
        assert_eq!(output.code, Some(code), "{line}: {output:?}");
        let said = if code == 0 {
            "nothing is booked yet"
        } else {
            "There is no database"
        };
        assert!(output.stderr.contains(said), "{line}: {output:?}");
        assert!(!berth.folder().exists(), "{line} makes nothing");
    }
}

#[test]
fn a_backup_by_hand_is_whole_private_and_never_overwrites() {
    use std::os::unix::fs::PermissionsExt;
    let place = tempfile::tempdir().unwrap();
    let berth = fill(&place.path().join("data"));
    let copy = place.path().join("copy.db");
    let line = format!("backup {}", copy.display());
    berth.ok(&line);
    let mode = fs::metadata(&copy).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o600);
    let again = berth.run(line.split(' '));
    assert_eq!(again.code, Some(3));
    assert!(again.stderr.contains("never overwrites"), "{again:?}");
    let nowhere = berth.run(["backup", "no/such/folder/copy.db"]);
    assert_eq!(nowhere.code, Some(3), "{nowhere:?}");
    assert!(
        nowhere
            .stderr
            .contains("The backup no/such/folder/copy.db was not made"),
        "{nowhere:?}"
    );
    let left: Vec<_> = fs::read_dir(place.path()).unwrap().flatten().collect();
    assert_eq!(left.len(), 2, "nothing else is left beside it: {left:?}");
    // Standard output is no place for a copy, nor is a folder.
    let mut folder = berth.command(["backup", &place.path().display().to_string()]);
    let ended = folder.stderr(Stdio::null()).status().unwrap();
    assert_eq!(ended.code(), Some(3));
}
