//! A test that cannot do its work on this machine says so, and is not counted as passed.

use std::io::Write;

/// Records that the running test is skipped and why; the caller returns.
///
/// # Panics
/// When the record cannot be written: a skip must never be silent.
pub fn skip(reason: &str) {
    let thread = std::thread::current();
    let line = format!("{}: {reason}", thread.name().unwrap_or("a test"));
    eprintln!("SKIPPED {line}");
    let Some(path) = std::env::var_os("BERTH_SKIPS") else {
        return;
    };
    std::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(&path)
        .and_then(|mut file| writeln!(file, "{line}"))
        .unwrap_or_else(|error| panic!("cannot record a skip in {path:?}: {error}"));
}
