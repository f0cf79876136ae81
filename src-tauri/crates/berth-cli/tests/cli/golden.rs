//! What a person or a script reads, kept as text and compared byte for byte.
//!
//! `BERTH_ACCEPT=1` writes the texts; no other run does, so that a change of what is printed is
//! always one that somebody looked at.

use std::path::Path;

use serde_json::Value;

/// Compares with `tests/golden/<name>`.
#[track_caller]
pub(crate) fn golden(name: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(name);
    if std::env::var_os("BERTH_ACCEPT").is_some_and(|value| value == "1") {
        std::fs::write(&path, actual).unwrap();
        return;
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    let differs = expected
        .lines()
        .zip(actual.lines())
        .position(|(was, is)| was != is);
    assert!(
        expected == actual,
        "{name} changed, first in line {:?}. Read it; if it is right: BERTH_ACCEPT=1.\n--- now:\n{actual}",
        differs.map(|n| n + 1)
    );
}

/// Compares JSON as it was printed, with the UIDs, which differ in every run, numbered.
#[track_caller]
pub(crate) fn golden_json(name: &str, text: &str) {
    serde_json::from_str::<Value>(text).unwrap();
    golden(name, &anonymous(text));
}

/// Random UIDs as `uid-1`, `uid-2` …, and the ids of conflicts, which are made from them, as `#`.
pub(crate) fn anonymous(text: &str) -> String {
    let mut known: Vec<String> = Vec::new();
    let mut lines = Vec::new();
    for line in text.lines() {
        let mut line = line.to_owned();
        if let Some((before, uid)) = line.split_once("\"uid\": \"") {
            let uid = uid.trim_end_matches(['"', ',']);
            let at = known
                .iter()
                .position(|one| one == uid)
                .unwrap_or(known.len());
            if at == known.len() {
                known.push(uid.to_owned());
            }
            line = format!("{before}\"uid\": \"uid-{}\",", at + 1);
        }
        if let Some((before, id)) = line.split_once("\"id\": \"")
            && id.len() == 18
            && id[..16].bytes().all(|letter| letter.is_ascii_hexdigit())
        {
            line = format!("{before}\"id\": \"#\",");
        }
        lines.push(line);
    }
    lines.join("\n") + "\n"
}
