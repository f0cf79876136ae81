//! The command line `berth`, run as a script runs it.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::place;

/// `berth` over a data folder of its own.
#[derive(Debug)]
pub struct Berth {
    folder: PathBuf,
    now: Option<String>,
    _own: Option<TempDir>,
}

/// What a call left behind.
#[derive(Debug)]
pub struct Output {
    /// The exit code; none after a signal.
    pub code: Option<i32>,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

impl Berth {
    /// Over a new, empty folder that goes with the value.
    ///
    /// # Panics
    /// When there is no temporary folder.
    #[must_use]
    pub fn new() -> Self {
        let own = tempfile::tempdir().expect("a temporary folder can be made");
        Self {
            folder: own.path().join("data"),
            now: None,
            _own: Some(own),
        }
    }

    /// Over a folder that somebody else keeps.
    #[must_use]
    pub fn at(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            now: None,
            _own: None,
        }
    }

    /// With a present of its own, such as `2026-09-14T08:00:00Z`.
    #[must_use]
    pub fn now(mut self, now: &str) -> Self {
        self.now = Some(now.to_owned());
        self
    }

    /// The data folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The command, not yet started: for callers that kill it or feed it.
    #[must_use]
    pub fn command<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Command {
        let mut command = Command::new(place::program("berth"));
        command
            .arg("--data-dir")
            .arg(&self.folder)
            .args(["--color", "never"])
            .args(self.now.iter().flat_map(|now| ["--now", now]))
            .args(args)
            .env("LANG", "C.UTF-8")
            .env("TZ", "Europe/Berlin")
            .env_remove("BERTH_DATA_DIR")
            .env_remove("RUST_BACKTRACE")
            .stdin(Stdio::null());
        command
    }

    /// Runs to the end.
    ///
    /// # Panics
    /// When it does not start.
    #[track_caller]
    pub fn run<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Output {
        let output = self.command(args).output().expect("berth starts");
        Output {
            code: output.status.code(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Runs a line of words without quotes, and expects exit 0.
    ///
    /// # Panics
    /// On any other exit.
    #[track_caller]
    pub fn ok(&self, line: &str) -> String {
        self.run(line.split_whitespace()).expect_code(0).stdout
    }

    /// As [`Berth::ok`], with `--json`, read.
    ///
    /// # Panics
    /// On another exit, or where the output is not JSON.
    #[track_caller]
    pub fn json(&self, line: &str) -> Value {
        let words = ["--json"].into_iter().chain(line.split_whitespace());
        self.run(words).expect_code(0).json()
    }
}

impl Default for Berth {
    fn default() -> Self {
        Self::new()
    }
}

impl Output {
    /// The same output, whose exit code is as expected.
    ///
    /// # Panics
    /// When it is another.
    #[track_caller]
    #[must_use]
    pub fn expect_code(self, code: i32) -> Self {
        assert_eq!(
            self.code,
            Some(code),
            "exit code\n--- standard output:\n{}--- standard error:\n{}",
            self.stdout,
            self.stderr
        );
        self
    }

    /// Standard output as JSON.
    ///
    /// # Panics
    /// When it is not.
    #[track_caller]
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("not JSON ({error}): {}", self.stdout))
    }
}
