//! Databases that are damaged, hundreds of them: nobody answers from one as if it were whole, and all
//! of them answer again once they are mended, with everything that could still be read.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use berth_tests::berth::{Berth, Output};
use berth_tests::chance::Chance;
use tempfile::TempDir;

use crate::sample::{NOW, teams};

const EVERYTHING: &str = "--json list --from 2026-09-01 --to 2027-06-01";

/// Bookings before the backup of the day, and after it.
const BEFORE: usize = 200;
const AFTER: usize = 40;

/// What is done to the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Bit,
    Bytes,
    ZeroPage,
    RandomPage,
    Truncated,
    Empty,
    OneByte,
    Missing,
}

const KINDS: [Kind; 8] = [
    Kind::Bit,
    Kind::Bytes,
    Kind::ZeroPage,
    Kind::RandomPage,
    Kind::Truncated,
    Kind::Empty,
    Kind::OneByte,
    Kind::Missing,
];

const PAGE: usize = 4096;

impl Kind {
    fn damage(self, file: &Path, chance: &mut Chance) {
        let mut bytes = fs::read(file).unwrap();
        let length = bytes.len();
        let page = chance.below(length / PAGE) * PAGE;
        match self {
            Self::Bit => bytes[chance.below(length)] ^= 1 << chance.below(8),
            Self::Bytes => {
                let at = chance.below(length - 16);
                bytes[at..at + 16].fill_with(|| chance.byte());
            }
            Self::ZeroPage => bytes[page..page + PAGE].fill(0),
            Self::RandomPage => bytes[page..page + PAGE].fill_with(|| chance.byte()),
            Self::Truncated => bytes.truncate(chance.below(length - 100) + 100),
            Self::Empty => bytes.clear(),
            Self::OneByte => bytes = vec![chance.byte()],
            Self::Missing => return fs::remove_file(file).unwrap(),
        }
        fs::write(file, bytes).unwrap();
    }
}

/// A folder with a backup of the day that lacks the last bookings.
struct Original {
    folder: PathBuf,
    _place: TempDir,
    /// What `list` answers: the ids and titles.
    all: BTreeMap<String, String>,
    /// What the backup has of that.
    in_backup: BTreeSet<String>,
}

impl Original {
    fn new() -> Self {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("data");
        let berth = Berth::at(&folder).now("2026-09-13T08:00:00Z");
        berth.ok("team add Infra --code INF --mine");
        let file = place.path().join("team.ics");
        import(&berth, &file, 0..BEFORE);
        // The next day begins with a backup.
        let berth = Berth::at(&folder).now(NOW);
        berth.ok("team add Perf --code PRF");
        let in_backup = listed(&berth).into_keys().collect();
        import(&berth, &file, BEFORE..BEFORE + AFTER);
        let all = listed(&berth);
        assert_eq!(all.len(), BEFORE + AFTER);
        Self {
            folder,
            _place: place,
            all,
            in_backup,
        }
    }

    fn copy(&self, to: &Path) -> Berth {
        copy(&self.folder, to);
        Berth::at(to).now(NOW)
    }
}

fn import(berth: &Berth, file: &Path, numbers: std::ops::Range<usize>) {
    let event = |n: usize| {
        let (day, hour) = (n / 8, 8 + n % 8);
        let date =
            chrono::NaiveDate::from_ymd_opt(2026, 9, 14).unwrap() + chrono::Days::new(day as u64);
        let date = date.format("%Y%m%d");
        format!(
            "BEGIN:VEVENT\r\nUID:{n}@example\r\nDTSTAMP:20260901T000000Z\r\nDTSTART:{date}T{hour:02}0000Z\r\n\
             DURATION:PT30M\r\nSUMMARY:load test {n}\r\nDESCRIPTION:{}\r\nEND:VEVENT\r\n",
            "what is tested. ".repeat(n % 20)
        )
    };
    let events: String = numbers.map(event).collect();
    let text =
        format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t//EN\r\n{events}END:VCALENDAR\r\n");
    fs::write(file, text).unwrap();
    berth.ok(&format!(
        "import {} --env staging --team Infra",
        file.display()
    ));
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn titles_of(output: &Output) -> BTreeMap<String, String> {
    let rows = output.json();
    let text =
        |row: &serde_json::Value, key: &str| row[key].as_str().unwrap_or_default().to_owned();
    let rows = rows.as_array().into_iter().flatten();
    rows.map(|row| (text(row, "id"), text(row, "title")))
        .collect()
}

fn listed(berth: &Berth) -> BTreeMap<String, String> {
    titles_of(&berth.run(EVERYTHING.split(' ')).expect_code(0))
}

/// Three at once: what each printed.
fn read_at_once(berth: &Berth) -> Vec<Output> {
    let start = || -> Child {
        let mut command = berth.command(EVERYTHING.split(' '));
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().unwrap()
    };
    let children: Vec<Child> = (0..3).map(|_| start()).collect();
    let outputs = children
        .into_iter()
        .map(|child| child.wait_with_output().unwrap());
    outputs
        .map(|output| Output {
            code: output.status.code(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        })
        .collect()
}

/// The bookings that another program can still read, one by one, and that are as they were written.
fn readable(file: &Path, original: &Original) -> BTreeSet<String> {
    let script = "
import json, sqlite3, sys
found = []
def row(db, id):
    return list(db.execute('SELECT * FROM booking NOT INDEXED WHERE id = ?', (id,)))
damaged, whole = (sqlite3.connect(f'file:{path}?immutable=1', uri=True) for path in sys.argv[1:3])
for id in range(1, int(sys.argv[3]) + 1):
    try:
        if row(damaged, id) == row(whole, id): found.append(str(id))
    except (sqlite3.Error, UnicodeError): pass
print(json.dumps(found))";
    let output = Command::new("/usr/bin/python3")
        .args(["-c", script])
        .args([file, &original.folder.join("berth.db")])
        .arg(original.all.len().to_string())
        .output()
        .unwrap();
    if !file.exists() {
        return BTreeSet::new();
    }
    let said = String::from_utf8_lossy(&output.stderr);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{said}"))
}

/// What became of the damaged databases, for the line that is printed.
#[derive(Debug, Default)]
struct Tally {
    tried: usize,
    refused: usize,
    unharmed: usize,
    incomplete: usize,
    answer_again: usize,
    lost: usize,
}

#[test]
fn no_damaged_database_answers_as_if_it_were_whole() {
    let original = Original::new();
    let place = tempfile::tempdir().unwrap();
    let mut chance = Chance::new(13);
    let rounds = berth_tests::deep::rounds(25);
    let mut tally = Tally::default();
    for round in 0..rounds {
        for kind in KINDS {
            let folder = place.path().join(format!("{kind:?}-{round}"));
            let berth = original.copy(&folder);
            kind.damage(&folder.join("berth.db"), &mut chance);
            try_one(&original, &berth, kind, &mut tally);
            fs::remove_dir_all(&folder).unwrap();
        }
    }
    println!("{tally:?}");
    assert!(
        tally.answer_again * 200 >= tally.tried * 199,
        "mended: {tally:?}"
    );
}

fn try_one(original: &Original, berth: &Berth, kind: Kind, tally: &mut Tally) {
    tally.tried += 1;
    let file = berth.folder().join("berth.db");
    let could_be_read = readable(&file, original);
    for output in read_at_once(berth) {
        assert!(!output.stderr.contains("panicked"), "{kind:?}: {output:?}");
        match output.code {
            Some(0) => {
                assert_eq!(
                    titles_of(&output),
                    original.all,
                    "{kind:?}: a silent wrong answer"
                );
                assert!(output.stderr.is_empty(), "{kind:?}: {}", output.stderr);
                tally.unharmed += 1;
            }
            Some(4) if output.stdout.contains("\"error\"") => tally.refused += 1,
            // The others, and which one was left out.
            Some(4) => {
                assert!(
                    output.stderr.contains("Damaged, and left out"),
                    "{output:?}"
                );
                assert!(
                    titles_of(&output)
                        .iter()
                        .all(|(id, title)| original.all.get(id) == Some(title))
                );
                tally.incomplete += 1;
            }
            _ => panic!("{kind:?}: {output:?}"),
        }
    }
    let repaired = berth.run(["doctor", "--repair"]);
    assert!(
        !repaired.stderr.contains("panicked"),
        "{kind:?}: {repaired:?}"
    );
    let again = berth.run(EVERYTHING.split(' '));
    if again.code != Some(0) {
        println!("{kind:?} does not answer again: {again:?} after {repaired:?}");
        return;
    }
    tally.answer_again += 1;
    let there = titles_of(&again);
    for (id, title) in &there {
        let as_written = original.all.get(id) == Some(title);
        let named = format!("kept as it can be read: booking {id} ");
        assert!(
            as_written || repaired.stdout.contains(&named),
            "{kind:?}: booking {id} has become “{title}”, and nobody says so"
        );
    }
    let ids: BTreeSet<String> = there.into_keys().collect();
    let promised: BTreeSet<&String> = original.in_backup.union(&could_be_read).collect();
    let missing: Vec<_> = promised
        .into_iter()
        .filter(|id| !ids.contains(*id))
        .collect();
    assert!(
        missing.is_empty(),
        "{kind:?}: {missing:?} were there\n{}",
        repaired.stdout
    );
    tally.lost += original.all.len() - ids.len();
    if ids.len() < original.all.len() {
        assert!(
            repaired.stdout.contains("lost") || repaired.stdout.contains("stands in for the rest"),
            "{kind:?}: nobody says that bookings are missing\n{}",
            repaired.stdout
        );
    }
}

/// Eight programs mend the same file at once: one does it, and all of them find the same afterwards.
#[test]
fn eight_programs_mend_one_file() {
    let original = Original::new();
    let place = tempfile::tempdir().unwrap();
    let mut chance = Chance::new(8);
    for round in 0..berth_tests::deep::rounds(30) {
        let folder = place.path().join(round.to_string());
        let berth = original.copy(&folder);
        let file = folder.join("berth.db");
        let kinds = [
            Kind::RandomPage,
            Kind::Empty,
            Kind::Missing,
            Kind::Truncated,
        ];
        kinds[round % kinds.len()].damage(&file, &mut chance);
        let damaged = fs::read(&file).ok();
        let start = |_| {
            let mut command = berth.command(["doctor", "--repair"]);
            command.stdout(Stdio::null()).stderr(Stdio::null());
            command.spawn().unwrap()
        };
        let mut children: Vec<Child> = (0..8).map(start).collect();
        for child in &mut children {
            child.wait().unwrap();
        }
        let answers: Vec<_> = read_at_once(&berth);
        let first = titles_of(&answers[0]);
        assert!(
            original.in_backup.iter().all(|id| first.contains_key(id)),
            "round {round}"
        );
        for answer in &answers {
            assert_eq!(answer.code, Some(0), "round {round}: {answer:?}");
            assert_eq!(titles_of(answer), first, "round {round}");
        }
        let kept = (1..).map(|n| folder.join(format!("berth.damaged-{n}.db")));
        let kept: Vec<_> = kept.take_while(|path| path.exists()).collect();
        match damaged {
            Some(bytes) => {
                assert_eq!(kept.len(), 1, "round {round}: it was mended once");
                assert!(
                    fs::read(&kept[0]).unwrap() == bytes,
                    "round {round}: kept as it was"
                );
            }
            None => assert!(kept.is_empty(), "round {round}"),
        }
        fs::remove_dir_all(&folder).unwrap();
    }
}

/// Eight programs start at once where nothing is: each does its work, and all find the same file.
#[test]
fn eight_programs_begin_one_folder() {
    for _ in 0..berth_tests::deep::rounds(10) {
        let berth = Berth::new().now(NOW);
        let start = |n: usize| {
            let name = format!("Team-{n}");
            let mut command = berth.command(["team", "add", &name]);
            command.stdout(Stdio::null()).stderr(Stdio::piped());
            command.spawn().unwrap()
        };
        let children: Vec<Child> = (0..8).map(start).collect();
        for child in children {
            let output = child.wait_with_output().unwrap();
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{said}");
        }
        let teams = berth.json("team list");
        assert_eq!(teams.as_array().unwrap().len(), 8);
    }
}

/// What is damaged in one row is named, and the others are answered.
#[test]
fn one_damaged_row_is_named() {
    let berth = teams();
    for hour in [9, 12, 15] {
        berth.ok(&format!(
            "book --env staging --team Infra --from 2026-09-15T{hour:02}:00 --for 1h --title slot-{hour}"
        ));
    }
    let file = berth.folder().join("berth.db");
    let mut bytes = fs::read(&file).unwrap();
    let at = bytes
        .windows(7)
        .position(|window| window == b"slot-12")
        .unwrap();
    bytes[at] = b'x';
    fs::write(&file, bytes).unwrap();
    let output = berth.run(["list"]);
    assert_eq!(output.code, Some(4), "{output:?}");
    assert!(
        output.stdout.contains("slot-9") && output.stdout.contains("slot-15"),
        "{output:?}"
    );
    assert!(output.stderr.contains("booking 2 “xlot-12”"), "{output:?}");
    let asked = berth.run("may staging --team Perf --at 2026-09-15T12:30".split(' '));
    assert_eq!(
        (asked.code, asked.stdout.as_str()),
        (Some(4), ""),
        "the gate says nothing that rests on it"
    );
    let repaired = berth.run(["doctor", "--repair"]).stdout;
    assert!(
        repaired.contains("kept as it can be read: booking 2 “xlot-12”"),
        "{repaired}"
    );
    let left = berth.json("list");
    assert_eq!(
        left.as_array().unwrap().len(),
        3,
        "a booking with a wrong letter is a booking"
    );
}
