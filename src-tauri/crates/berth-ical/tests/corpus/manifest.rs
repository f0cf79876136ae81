//! The list of files and what is known of them.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

/// A calendar of the corpus.
pub(crate) struct Sample {
    pub(crate) path: String,
    pub(crate) class: String,
    pub(crate) bytes: Vec<u8>,
}

/// Where the corpus lies.
pub(crate) fn folder() -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/corpus");
    if folder.join("MANIFEST.tsv").is_file() {
        return Some(folder);
    }
    say(&format!(
        "{} is absent: nothing was compared with real calendars",
        folder.display()
    ));
    None
}

/// Every calendar of the corpus.
pub(crate) fn samples() -> Vec<Sample> {
    let Some(folder) = folder() else {
        return Vec::new();
    };
    let manifest = fs::read_to_string(folder.join("MANIFEST.tsv")).unwrap();
    let rows = manifest
        .lines()
        .skip(1)
        .map(|row| row.split('\t').collect::<Vec<_>>());
    rows.map(|row| Sample {
        path: row[0].to_owned(),
        class: row[1].to_owned(),
        bytes: fs::read(folder.join(row[0])).unwrap(),
    })
    .collect()
}

/// Prints a figure, also where the test harness keeps the output of tests that pass to itself.
pub(crate) fn say(text: &str) {
    let _ = writeln!(std::io::stderr(), "\n{text}");
}
