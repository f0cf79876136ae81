//! A process from its start to its end: how long, and how much memory at its peak.

use std::fs::File;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::memory::peak_of;

/// What a process took.
pub(crate) struct Run {
    pub(crate) time: Duration,
    /// Megabytes in memory at the peak, as far as it was seen every two milliseconds.
    pub(crate) peak: f64,
    /// None after a signal.
    pub(crate) code: Option<i32>,
    /// Standard output and standard error.
    pub(crate) printed: String,
}

/// Runs to the end; the output goes to a file, so that nobody has to read it meanwhile.
pub(crate) fn run(mut command: Command) -> Run {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let path = folder.path().join("printed");
    let printed = || File::options().append(true).create(true).open(&path);
    command.stdout(printed().expect("a file can be written"));
    command.stderr(printed().expect("a file can be written"));
    let start = Instant::now();
    let mut child = command.spawn().expect("the program starts");
    let mut peak = 0.0_f64;
    let status = loop {
        peak = peak.max(peak_of(child.id()).unwrap_or(0.0));
        if let Some(status) = child.try_wait().expect("a child can be asked") {
            break status;
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    let time = start.elapsed();
    let printed = std::fs::read(&path).unwrap_or_default();
    Run {
        time,
        peak,
        code: status.code(),
        printed: String::from_utf8_lossy(&printed).into_owned(),
    }
}
