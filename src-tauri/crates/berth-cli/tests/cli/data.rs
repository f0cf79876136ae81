//! The data folder: backup, doctor, and files that cannot be used.

use std::fs;

use crate::berth::Berth;

fn booked() -> Berth {
    let berth = Berth::begun();
    berth.book("--env staging --team Infra --from 2026-09-17T09:00 --for 4h --title x");
    berth
}

fn count(berth: &Berth) -> usize {
    berth
        .json("list --from 2026-09-14")
        .as_array()
        .unwrap()
        .len()
}

#[test]
fn a_backup_is_a_database() {
    let berth = booked();
    let copy = berth.file("copy.db");
    let copy = copy.to_str().unwrap();
    assert!(
        berth
            .run(&["backup", copy])
            .exits(0)
            .stdout
            .starts_with(&format!("Copied the database to {copy} ("))
    );
    berth
        .run(&["backup", copy])
        .fails(3, "exists already", "does not exist yet");
    let other = Berth::empty();
    fs::create_dir_all(other.data()).unwrap();
    fs::copy(copy, other.data().join("berth.db")).unwrap();
    assert_eq!(count(&other), 1);
    let bytes = berth.json(&format!("backup {copy}2"))["bytes"]
        .as_u64()
        .unwrap();
    assert_eq!(bytes, fs::metadata(format!("{copy}2")).unwrap().len());
}

fn findings(berth: &Berth) -> Vec<(String, bool, String)> {
    let all = berth.json("doctor");
    let text = |one: &serde_json::Value, name: &str| one[name].as_str().unwrap().to_owned();
    all.as_array()
        .unwrap()
        .iter()
        .map(|one| {
            (
                text(one, "name"),
                one["ok"].as_bool().unwrap(),
                text(one, "hint"),
            )
        })
        .collect()
}

#[test]
fn doctor_says_what_works() {
    let berth = booked();
    let found = findings(&berth);
    let names: Vec<&str> = found.iter().map(|(name, ..)| name.as_str()).collect();
    assert_eq!(
        &names[..8],
        [
            "data",
            "database",
            "zone",
            "teams",
            "reminders",
            "last shown",
            "missed",
            "backups"
        ]
    );
    assert!(found[..8].iter().all(|(_, ok, _)| *ok), "{found:?}");
    assert!(
        found
            .iter()
            .all(|(name, ok, hint)| *ok == hint.is_empty() || panic!("{name}: {hint}"))
    );
    let text = berth.line("doctor").stdout;
    assert!(
        text.contains("ok    database") && text.contains("Europe/Berlin"),
        "{text}"
    );
    // No session bus here: the surroundings were cleared.
    #[cfg(target_os = "linux")]
    {
        let output = berth.line("doctor").exits(1);
        assert!(output.stdout.contains("warn  session bus"), "{output:?}");
        assert!(
            output
                .stdout
                .contains("hint: Start Berth inside a desktop session"),
            "{output:?}"
        );
    }
}

#[test]
fn doctor_on_a_new_folder_asks_for_a_team() {
    let berth = Berth::empty();
    let said = berth.line("doctor").stdout;
    assert!(
        said.contains("nothing is booked yet; begin with `berth team add NAME --mine`"),
        "{said}"
    );
    assert!(!berth.data().exists(), "looking makes nothing");
    berth.ok("team add QA");
    let found = findings(&berth);
    let teams = found.iter().find(|(name, ..)| name == "teams").unwrap();
    assert_eq!(
        (teams.1, teams.2.as_str()),
        (false, "berth team add NAME --mine")
    );
}

#[cfg(unix)]
#[test]
fn doctor_sees_an_open_folder() {
    use std::os::unix::fs::PermissionsExt;
    let berth = booked();
    fs::set_permissions(berth.data(), fs::Permissions::from_mode(0o755)).unwrap();
    let data = &findings(&berth)[0];
    assert!(!data.1 && data.2.starts_with("chmod 700"), "{data:?}");
}

#[test]
fn a_newer_database_is_left_alone() {
    let berth = booked();
    let path = berth.data().join("berth.db");
    let mut bytes = fs::read(&path).unwrap();
    // The user version stands at offset 60 of an SQLite file, big-endian.
    bytes[60..64].copy_from_slice(&999_u32.to_be_bytes());
    fs::write(&path, &bytes).unwrap();
    berth
        .line("list")
        .fails(4, "newer version of Berth", "Nothing was changed");
    assert_eq!(fs::read(&path).unwrap(), bytes);
    let found = findings(&berth);
    assert!(
        found.iter().any(|(name, ok, _)| name == "database" && !ok),
        "{found:?}"
    );
}

#[test]
fn a_foreign_database_is_left_alone() {
    let berth = Berth::empty();
    fs::create_dir_all(berth.data()).unwrap();
    let other = booked();
    let path = berth.data().join("berth.db");
    let mut bytes = fs::read(other.data().join("berth.db")).unwrap();
    // The application id, at offset 68.
    bytes[68..72].copy_from_slice(&7_u32.to_be_bytes());
    fs::write(&path, &bytes).unwrap();
    berth
        .line("list")
        .fails(4, "belongs to another program", "Nothing was changed");
    assert_eq!(fs::read(&path).unwrap(), bytes);
}

#[test]
fn a_damaged_database_is_kept_and_said() {
    let berth = booked();
    let path = berth.data().join("berth.db");
    fs::write(
        &path,
        "this was a database once, and is now only a text that is long enough",
    )
    .unwrap();
    for verb in [
        "list",
        "book --env staging --team Infra --from 2026-09-18T09:00 --for 1h",
    ] {
        berth
            .line(verb)
            .fails(4, "database is damaged", "berth doctor --repair");
    }
    let said = berth.line("doctor --repair").stdout;
    assert!(said.contains("the damaged file is kept as"), "{said}");
    // The booking was made after the backup of the day, which is empty.
    assert_eq!(count(&berth), 0);
    assert_eq!(berth.line("list").stderr, "", "said once");
}

#[test]
fn a_folder_that_is_a_file() {
    let berth = Berth::empty();
    fs::write(berth.data(), "").unwrap();
    let output = berth.line("list").exits(4);
    assert!(output.stderr.contains("\nhint: "), "{output:?}");
}

#[cfg(unix)]
#[test]
fn only_the_user_can_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let berth = booked();
    let mode = |path: std::path::PathBuf| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(
        (mode(berth.data()), mode(berth.data().join("berth.db"))),
        (0o700, 0o600)
    );
}

/// Rule 15 lets everybody book; the check inside each write lets all but the first know.
#[test]
fn ten_processes_want_the_same_slot() {
    let berth = Berth::begun();
    let teams: Vec<String> = (0..10).map(|n| format!("Team {n}")).collect();
    for team in &teams {
        berth.run(&["team", "add", team]).exits(0);
    }
    let book = |team: &String| {
        let words = [
            "--json",
            "book",
            "--env",
            "staging",
            "--team",
            team,
            "--from",
            "2026-09-17T09:00",
            "--for",
            "1h",
        ];
        berth
            .command(&words)
            .stdout(std::process::Stdio::piped())
            .spawn()
            .unwrap()
    };
    let racing: Vec<std::process::Child> = teams.iter().map(book).collect();
    let outputs = racing
        .into_iter()
        .map(|child| child.wait_with_output().unwrap());
    let told: Vec<usize> = outputs
        .map(|output| {
            assert_eq!(output.status.code(), Some(0));
            let booked: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
            booked["conflicts"][0]["bookings"]
                .as_array()
                .map_or(0, Vec::len)
        })
        .collect();
    let mut sorted = told.clone();
    sorted.sort_unstable();
    assert_eq!(
        sorted,
        [0, 2, 3, 4, 5, 6, 7, 8, 9, 10],
        "each met all who came before: {told:?}"
    );
    assert_eq!(count(&berth), 10);
}
