//! Files that are not as they should be: each is met with a clear message, and nothing is lost.

use std::os::unix::fs::FileExt;
use std::path::PathBuf;

use berth_tests::berth::{Berth, Output};
use berth_tests::disk::Disk;
use berth_tests::skip::skip;

use crate::sample::{NOW, titles, two_bookings};

/// Where SQLite's header keeps the schema version and the application's mark.
const SCHEMA: u64 = 60;
const APPLICATION: u64 = 68;

fn file(berth: &Berth) -> PathBuf {
    berth.folder().join("berth.db")
}

fn overwrite(berth: &Berth, at: u64, bytes: &[u8]) {
    let file = std::fs::File::options()
        .write(true)
        .open(file(berth))
        .unwrap();
    file.write_all_at(bytes, at).unwrap();
}

#[track_caller]
fn refused(answer: &Output, says: &str) {
    assert_eq!(answer.code, Some(4), "{}{}", answer.stdout, answer.stderr);
    assert!(answer.stderr.contains(says), "{}", answer.stderr);
    assert!(
        answer.stdout.is_empty(),
        "no data beside an error: {}",
        answer.stdout
    );
}

#[test]
fn a_newer_database_is_left_alone() {
    let berth = two_bookings();
    overwrite(&berth, SCHEMA, &9999_u32.to_be_bytes());
    let before = std::fs::read(file(&berth)).unwrap();
    refused(&berth.run(["list"]), "newer");
    refused(
        &berth.run("book --env staging --team Infra --from 2026-09-18T09:00 --for 1h".split(' ')),
        "newer",
    );
    assert_eq!(std::fs::read(file(&berth)).unwrap(), before, "untouched");
}

#[test]
fn another_programs_database_is_left_alone() {
    let berth = two_bookings();
    overwrite(&berth, APPLICATION, b"ELSE");
    let before = std::fs::read(file(&berth)).unwrap();
    refused(&berth.run(["list"]), "another program");
    assert_eq!(std::fs::read(file(&berth)).unwrap(), before, "untouched");
}

type Damage = (&'static str, fn(&Berth));

/// Whatever was there is kept beside the new file, and the user is told; an empty week without a
/// word would be a lie.
#[test]
fn a_damaged_database_is_kept_and_told() {
    let kinds: [Damage; 3] = [
        ("not a database", |berth| {
            std::fs::write(file(berth), "once upon a time".repeat(500)).unwrap()
        }),
        ("its header is gone", |berth| overwrite(berth, 0, &[0; 100])),
        ("its pages are noise", |berth| {
            let pages = std::fs::metadata(file(berth)).unwrap().len() / 4096;
            (1..pages).for_each(|page| overwrite(berth, page * 4096, &[0xA5; 2048]));
        }),
    ];
    for (what, damage) in kinds {
        let berth = two_bookings();
        damage(&berth);
        let bytes = std::fs::read(file(&berth)).unwrap();
        let answer = berth.run(["list"]);
        let told = answer.code == Some(4) || answer.stderr.contains("damaged");
        assert!(told, "{what}: {answer:?}");
        assert!(
            kept_somewhere(&berth, &bytes),
            "{what}: what was there is gone"
        );
    }
}

fn kept_somewhere(berth: &Berth, bytes: &[u8]) -> bool {
    let entries = std::fs::read_dir(berth.folder()).unwrap().flatten();
    entries
        .filter_map(|entry| std::fs::read(entry.path()).ok())
        .any(|content| content == bytes)
}

#[test]
fn a_read_only_database_can_be_read() {
    let Some(disk) = Disk::of_kibibytes(4096) else {
        return skip("this user may not mount a disk");
    };
    let berth = Berth::at(&disk.path().join("data")).now(NOW);
    berth.ok("team add Infra");
    berth.ok("book --env staging --team Infra --from 2026-09-15T09:00 --for 1h --title kept");
    disk.make_read_only();
    assert_eq!(titles(&berth), ["kept"]);
    refused(
        &berth.run("book --env staging --team Infra --from 2026-09-16T09:00 --for 1h".split(' ')),
        "writable",
    );
}

#[test]
fn a_full_disk_loses_nothing() {
    let Some(disk) = Disk::of_kibibytes(512) else {
        return skip("this user may not mount a disk");
    };
    let berth = Berth::at(&disk.path().join("data")).now(NOW);
    berth.ok("team add Infra");
    berth.ok("book --env staging --team Infra --from 2026-09-15T09:00 --for 1h --title kept");
    fill_up(&disk);
    let answer =
        berth.run("book --env staging --team Infra --from 2026-09-16T09:00 --for 1h".split(' '));
    refused(&answer, "space");
    std::fs::remove_file(disk.path().join("ballast")).unwrap();
    assert_eq!(titles(&berth), ["kept"]);
    berth.ok("book --env staging --team Infra --from 2026-09-16T09:00 --for 1h --title after");
    assert_eq!(titles(&berth), ["kept", "after"]);
}

fn fill_up(disk: &Disk) {
    use std::io::Write;
    let mut ballast = std::fs::File::create(disk.path().join("ballast")).unwrap();
    while ballast.write_all(&[0; 1024]).is_ok() {}
}

#[test]
fn the_data_is_private() {
    use std::os::unix::fs::PermissionsExt;
    let berth = two_bookings();
    let mode = |path: PathBuf| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(file(&berth)), 0o600);
    assert_eq!(mode(berth.folder().to_owned()), 0o700);
}
