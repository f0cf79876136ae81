//! Programs that are killed at any moment of what they do: what was there before is there afterwards,
//! or what was to be, and never half of it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use berth_tests::berth::Berth;
use berth_tests::{deep, place};
use tempfile::TempDir;

use crate::sample::NOW;

/// A folder that each round begins with a copy of.
struct Original {
    place: TempDir,
    folder: PathBuf,
}

impl Original {
    fn new(prepare: impl FnOnce(&Berth, &Path)) -> Self {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("original");
        let berth = Berth::at(&folder).now(NOW);
        berth.ok("team add Infra --code INF --mine");
        prepare(&berth, place.path());
        Self { place, folder }
    }

    /// Runs `words` to the end, to know how long that takes and what becomes of it; then again and
    /// again, killed at moments spread over that time. Hands each folder to `check`.
    fn kill(&self, words: &[&str], mut check: impl FnMut(&Berth, &BTreeSet<String>, bool)) {
        let whole = self.round("whole");
        let start = Instant::now();
        let done = whole.run(words);
        assert!(matches!(done.code, Some(0 | 1)), "{done:?}");
        let takes = start.elapsed();
        let (before, after) = (titles(&self.round("before")), titles(&whole));
        let rounds = deep::rounds(20);
        let mut died = 0;
        for round in 0..rounds {
            let berth = self.round(&round.to_string());
            let share = u32::try_from(round + 1).unwrap();
            let wait = takes * share / u32::try_from(rounds).unwrap();
            died += usize::from(run_and_kill(&berth, words, wait));
            let finished = after_a_kill(&berth, &before, &after);
            check(&berth, &after, finished);
            fs::remove_dir_all(berth.folder()).unwrap();
        }
        println!("{words:?}: {died} of {rounds} killed before they ended");
        assert!(
            died >= rounds / 4,
            "only {died} of {rounds} were killed in time"
        );
    }

    fn round(&self, name: &str) -> Berth {
        let folder = self.place.path().join(name);
        let _ = fs::remove_dir_all(&folder);
        let copied = Command::new("cp")
            .arg("-r")
            .arg(&self.folder)
            .arg(&folder)
            .status();
        assert!(copied.unwrap().success());
        Berth::at(&folder).now(NOW)
    }
}

/// Whether it was killed before it ended.
fn run_and_kill(berth: &Berth, words: &[&str], wait: Duration) -> bool {
    let mut command = berth.command(words);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    std::thread::sleep(wait);
    let ended = child.try_wait().unwrap().is_some();
    child.kill().unwrap();
    child.wait().unwrap();
    !ended
}

fn titles(berth: &Berth) -> BTreeSet<String> {
    let output = berth.run("--json list --from 2026-09-01 --to 2027-12-31".split(' '));
    let rows = output.json();
    let rows = rows.as_array().into_iter().flatten();
    rows.filter_map(|row| Some(row["title"].as_str()?.to_owned()))
        .collect()
}

/// Whether the work was done; fails where the folder is neither as before nor as after.
fn after_a_kill(berth: &Berth, before: &BTreeSet<String>, after: &BTreeSet<String>) -> bool {
    if berth.run(["list"]).code == Some(4) {
        // A mending that was cut short is taken up by the next one.
        berth.run(["doctor", "--repair"]);
    }
    let found = titles(berth);
    assert!(found == *before || found == *after, "{found:?}");
    let doctor = berth.run(["doctor"]);
    assert!(
        doctor.stdout.contains("ok    database     sound"),
        "{doctor:?}"
    );
    assert_backups_are_whole(berth);
    found == *after
}

fn assert_backups_are_whole(berth: &Berth) {
    for backup in berth.json("restore").as_array().unwrap() {
        let name = backup["name"].as_str().unwrap();
        let answer = berth.run(["restore", name]);
        assert!(matches!(answer.code, Some(0 | 1)), "{name}: {answer:?}");
    }
}

fn calendar(path: &Path, events: std::ops::Range<usize>) {
    let event = |n: usize| {
        format!(
            "BEGIN:VEVENT\r\nUID:{n}@example\r\nDTSTAMP:20260901T000000Z\r\n\
             DTSTART:202610{:02}T{:02}0000Z\r\nDURATION:PT1H\r\nSUMMARY:event {n}\r\nEND:VEVENT\r\n",
            1 + n / 24 % 28,
            n % 24
        )
    };
    let events: String = events.map(event).collect();
    let text =
        format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t//EN\r\n{events}END:VCALENDAR\r\n");
    fs::write(path, text).unwrap();
}

fn imported(berth: &Berth, place: &Path) -> String {
    let file = place.join("team.ics");
    calendar(&file, 0..300);
    let line = format!("import {} --env staging --team Infra", file.display());
    berth.ok(&line);
    line
}

#[test]
fn an_import() {
    let mut line = String::new();
    let original = Original::new(|_, place| {
        let file = place.join("team.ics");
        calendar(&file, 0..400);
        line = format!("import {} --env staging --team Infra", file.display());
    });
    original.kill(&line.split(' ').collect::<Vec<_>>(), |_, _, _| {});
}

#[test]
fn an_undo() {
    let original = Original::new(|berth, place| {
        imported(berth, place);
    });
    original.kill(&["undo"], |_, _, _| {});
}

#[test]
fn a_backup_by_hand() {
    let original = Original::new(|berth, place| {
        imported(berth, place);
    });
    let copy = original.place.path().join("copy.db");
    let name = copy.display().to_string();
    original.kill(&["backup", &name], |_, after, _| {
        if copy.exists() {
            let data = original.place.path().join("of-the-copy");
            fs::create_dir(&data).unwrap();
            fs::rename(&copy, data.join("berth.db")).unwrap();
            assert_eq!(titles(&Berth::at(&data).now(NOW)), *after, "half a copy");
            fs::remove_dir_all(data).unwrap();
        }
    });
}

#[test]
fn going_back() {
    let original = Original::new(|berth, place| {
        let copy = place.join("earlier.db").display().to_string();
        berth.ok(&format!("backup {copy}"));
        imported(berth, place);
    });
    let copy = original
        .place
        .path()
        .join("earlier.db")
        .display()
        .to_string();
    original.kill(&["restore", &copy, "--yes"], |_, _, _| {});
}

#[test]
fn a_mending() {
    let original = Original::new(|berth, place| {
        imported(berth, place);
        let copy = berth.folder().join("backups/day-2026-09-14.db");
        fs::remove_file(&copy).unwrap();
        berth.ok(&format!("backup {}", copy.display()));
        fs::write(
            berth.folder().join("berth.db"),
            "once upon a time ".repeat(500),
        )
        .unwrap();
    });
    // What was there before cannot be listed: it is what the backup has.
    let whole = original.round("whole");
    let start = Instant::now();
    whole.run(["doctor", "--repair"]);
    let takes = start.elapsed();
    let expected = titles(&whole);
    assert_eq!(expected.len(), 300);
    let rounds = deep::rounds(20);
    let mut died = 0;
    for round in 0..rounds {
        let berth = original.round("killed");
        let wait = takes * u32::try_from(round + 1).unwrap() / u32::try_from(rounds).unwrap();
        died += usize::from(run_and_kill(&berth, &["doctor", "--repair"], wait));
        after_a_kill(&berth, &expected, &expected);
        let kept = fs::read(berth.folder().join("berth.damaged-1.db")).unwrap();
        assert!(
            kept.starts_with(b"once upon a time"),
            "what was there is kept"
        );
    }
    println!("{died} of {rounds} mendings killed before they ended");
    assert!(died >= rounds / 4, "only {died} of {rounds}");
}

/// A database as the version before wrote it.
const OLDER: &str = "
import sqlite3, sys
folder, migrations = sys.argv[1:3]
db = sqlite3.connect(folder + '/berth.db')
for step in ('0001', '0002'): db.executescript(open(f'{migrations}/{step}.sql').read())
db.executescript('''
INSERT INTO environment (name, zone) VALUES ('staging', 'Europe/Berlin'), ('production', 'Europe/Berlin');
INSERT INTO team (name, code, mine) VALUES ('Infra', 'INF', 1);
INSERT INTO setting VALUES ('begun', '0.1.0');
''')
for n in range(300):
    at = 1789000000 + n * 7200
    wall = __import__('datetime').datetime.fromtimestamp(at, __import__('datetime').timezone.utc)
    text = wall.strftime('%Y-%m-%dT%H:%M:%S')
    end = (wall + __import__('datetime').timedelta(hours=1)).strftime('%Y-%m-%dT%H:%M:%S')
    db.execute('''INSERT INTO booking (uid, environment_id, team_id, start, end, zone, title, created, modified,
      hold_start, hold_end, shape, facts, buffers) VALUES (?, 1, 1, ?, ?, 'UTC', ?, 0, 0, ?, ?, 0, ?, 0)''',
      (f'{n}@example', text, end, f'event {n}', at, at + 3600, 1 << 20 | 2))
db.execute('PRAGMA application_id = 1114797160')
db.execute('PRAGMA user_version = 2')
db.commit()
db.execute('PRAGMA journal_mode = wal')
";

#[test]
fn a_migration() {
    let original = Original::new(|berth, _| {
        fs::remove_dir_all(berth.folder()).unwrap();
        fs::create_dir(berth.folder()).unwrap();
        let migrations = place::top().join("src-tauri/crates/berth-store/migrations");
        let made = Command::new("/usr/bin/python3")
            .args(["-c", OLDER])
            .args([berth.folder(), &migrations])
            .status();
        assert!(made.unwrap().success());
    });
    assert_eq!(
        titles(&original.round("look")).len(),
        300,
        "it is read as it is"
    );
    original.kill(&["team", "add", "Perf"], |berth, _, _| {
        assert_eq!(titles(berth).len(), 300);
        let doctor = berth.run(["doctor"]).stdout;
        assert!(doctor.contains("sound"), "{doctor}");
    });
}
