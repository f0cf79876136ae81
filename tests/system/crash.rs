//! Programs that are killed in the middle of their work.

use std::io::Read;
use std::process::Stdio;
use std::time::Duration;

use berth_tests::berth::Berth;
use berth_tests::deep;

use crate::sample::teams;

/// One after the other in the half hours of 21 days, at most 250.
const ROUNDS: usize = 50;

/// A booking is promised once the command has printed it whole. Nothing promised may be lost, and
/// the file must be sound however the process died.
#[test]
fn a_promised_booking_survives_a_kill() {
    let berth = teams();
    let rounds = deep::rounds(ROUNDS);
    let (promised, died) = kill_often(&berth, rounds);
    assert!(
        died > 5,
        "only {died} of {rounds} died before they promised: kill earlier"
    );
    assert!(
        promised.len() > 5,
        "only {} of {rounds} promised: kill later",
        promised.len()
    );
    let list = berth.json("list --from 2026-10-01 --to 2026-12-31");
    let kept: Vec<&str> = list
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|row| row["id"].as_str())
        .collect();
    let lost: Vec<&String> = promised
        .iter()
        .filter(|id| !kept.contains(&id.as_str()))
        .collect();
    assert_eq!(lost, Vec::<&String>::new(), "promised and lost");
    let copy = berth.folder().join("copy.db");
    berth.ok(&format!("backup {}", copy.display()));
}

/// The ids that were promised, and how many died before they promised.
fn kill_often(berth: &Berth, rounds: usize) -> (Vec<String>, usize) {
    let mut wait = time_of_one_booking(berth);
    let mut promised = Vec::new();
    let mut died = 0;
    for round in 0..rounds {
        // Earlier after a promise, later after a death: so the kills gather around the commit,
        // however fast the machine is.
        if let Some(id) = book_and_kill(berth, round, wait) {
            promised.push(id);
            wait = wait * 9 / 10;
        } else {
            died += 1;
            wait = wait * 11 / 10;
        }
    }
    (promised, died)
}

fn time_of_one_booking(berth: &Berth) -> Duration {
    let start = std::time::Instant::now();
    berth.ok("book --env staging --team Infra --from 2026-09-30T09:00 --for 1h");
    start.elapsed()
}

/// The id of the booking, if it was promised before the kill.
fn book_and_kill(berth: &Berth, round: usize, wait: Duration) -> Option<String> {
    let from = format!("2026-10-{:02}T{:02}:00", 1 + round / 12, 8 + round % 12);
    let args = [
        "--json", "book", "--env", "staging", "--team", "Infra", "--from", &from, "--for", "30m",
    ];
    let mut child = berth
        .command(args)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("berth starts");
    let mut output = child.stdout.take().expect("standard output was piped");
    std::thread::sleep(wait);
    child.kill().expect("a child can be killed");
    child.wait().expect("a killed child ends");
    let mut printed = String::new();
    output.read_to_string(&mut printed).ok()?;
    let answer: serde_json::Value = serde_json::from_str(&printed).ok()?;
    Some(answer["booking"]["id"].as_str()?.to_owned())
}
