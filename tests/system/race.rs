//! Two processes want the same slot at the same moment.

use std::process::Stdio;

use berth_tests::berth::Berth;
use berth_tests::deep;

use crate::sample::teams;

/// One after the other in the half hours of 25 days, at most 250.
const ROUNDS: usize = 50;

/// Saving is always possible, so both are kept; but the check runs inside the transaction, so
/// exactly one of them may be told that the slot is free.
#[test]
fn exactly_one_of_two_is_told_that_the_slot_is_free() {
    let berth = teams();
    let rounds = deep::rounds(ROUNDS);
    let wrong: Vec<usize> = (0..rounds)
        .filter(|round| told_free(&berth, *round) != 1)
        .collect();
    assert_eq!(wrong, Vec::<usize>::new(), "rounds without exactly one");
    let list = berth.json("list --from 2026-09-01 --to 2026-12-31");
    assert_eq!(
        list.as_array().map(Vec::len),
        Some(2 * rounds),
        "both are kept"
    );
}

fn told_free(berth: &Berth, round: usize) -> usize {
    let (day, hour) = (1 + round / 10, 8 + round % 10);
    let from = format!("2026-10-{day:02}T{hour:02}:00");
    let start = |team: &str| {
        let args = [
            "--json", "book", "--env", "staging", "--team", team, "--from", &from, "--for", "30m",
        ];
        let mut command = berth.command(args);
        command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("berth starts")
    };
    let racers = [start("Infra"), start("Perf")];
    let answers = racers.map(|racer| racer.wait_with_output().expect("berth ends"));
    let free = |output: &&std::process::Output| {
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "round {round}: {error}");
        let answer: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        answer["conflicts"].as_array().is_some_and(Vec::is_empty)
    };
    answers.iter().filter(free).count()
}
