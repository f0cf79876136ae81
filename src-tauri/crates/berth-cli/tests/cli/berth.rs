//! The real binary over a data folder of its own, run as a script runs it.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// The Tuesday two weeks before the sample week.
const NOW: &str = "2026-09-01T00:00:00Z";

/// A data folder, in Berlin, on 1 September 2026 unless said otherwise.
pub(crate) struct Berth {
    own: TempDir,
    now: &'static str,
}

/// What a call left behind.
#[derive(Debug)]
pub(crate) struct Output {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Berth {
    /// An empty folder.
    pub(crate) fn empty() -> Self {
        Self {
            own: tempfile::tempdir().unwrap(),
            now: NOW,
        }
    }

    /// The environments and teams of the vectors: staging and production with capacity 1,
    /// integration with 2; Infra (mine), Perf, QA.
    pub(crate) fn begun() -> Self {
        let berth = Self::empty();
        berth.ok("env add integration --capacity 2 --zone Europe/Berlin");
        berth.ok("team add Infra --mine");
        berth.ok("team add Perf");
        berth.ok("team add QA");
        berth
    }

    /// The same, at another time.
    pub(crate) fn at(self, now: &'static str) -> Self {
        Self { now, ..self }
    }

    /// A path in a folder of this test.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.own.path().join(name)
    }

    /// The data folder.
    pub(crate) fn data(&self) -> PathBuf {
        self.file("data")
    }

    /// The command, not yet started.
    pub(crate) fn command(&self, words: &[&str]) -> Command {
        self.without_now(&[&["--now", self.now], words].concat())
    }

    /// The command by the clock of this machine, but with nothing else of it in its surroundings.
    pub(crate) fn without_now(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_berth"));
        command
            .arg("--data-dir")
            .arg(self.data())
            .args(words)
            .env_clear()
            .env("HOME", self.own.path())
            .env("USER", "sam")
            .env("TZ", "Europe/Berlin")
            .stdin(Stdio::null());
        command
    }

    /// Runs it to its end.
    #[track_caller]
    pub(crate) fn run(&self, words: &[&str]) -> Output {
        Output::of(self.command(words).output().unwrap())
    }

    /// Runs it with a text on standard input.
    #[track_caller]
    pub(crate) fn fed(&self, words: &[&str], text: &str) -> Output {
        let mut command = self.command(words);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(text.as_bytes())
            .unwrap();
        Output::of(child.wait_with_output().unwrap())
    }

    /// Runs a line as a shell splits it (double quotes only), expects exit 0, and returns what it
    /// printed.
    #[track_caller]
    pub(crate) fn ok(&self, line: &str) -> String {
        self.line(line).exits(0).stdout
    }

    /// Runs a line; any exit.
    #[track_caller]
    pub(crate) fn line(&self, line: &str) -> Output {
        let words = split(line);
        self.run(&words.iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// Runs a line with `--json`, whatever it exits with but an error.
    #[track_caller]
    pub(crate) fn json(&self, line: &str) -> Value {
        let output = self.line(&format!("--json {line}"));
        assert!(matches!(output.code, Some(0 | 1)), "{output:?}");
        serde_json::from_str(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"))
    }

    /// Books, and returns the id.
    #[track_caller]
    pub(crate) fn book(&self, line: &str) -> String {
        self.json(&format!("book {line}"))["booking"]["id"]
            .as_str()
            .unwrap()
            .to_owned()
    }
}

impl Output {
    pub(crate) fn of(output: std::process::Output) -> Self {
        Self {
            code: output.status.code(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// The same output, if it exited so.
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self:#?}");
        self
    }

    /// Where JSON was asked for, the error is on standard output as well; else nothing is.
    #[track_caller]
    fn has_nothing_but_the_error(&self) {
        if self.stdout.is_empty() {
            return;
        }
        let json: serde_json::Value = serde_json::from_str(&self.stdout)
            .unwrap_or_else(|_| panic!("nothing on standard output: {self:#?}"));
        let message = json["error"]["message"].as_str();
        assert!(
            message.is_some_and(|message| self.stderr.contains(message)),
            "{self:#?}"
        );
    }

    /// An error with this exit code, that says this, and that ends in a next step.
    #[track_caller]
    pub(crate) fn fails(self, code: i32, message: &str, hint: &str) {
        let output = self.exits(code);
        output.has_nothing_but_the_error();
        let (said, next) = output
            .stderr
            .split_once("\nhint: ")
            .unwrap_or_else(|| panic!("{output:#?}"));
        assert!(
            said.starts_with("berth: ") && said.contains(message),
            "{said}"
        );
        assert!(next.contains(hint), "{next}");
    }
}

fn split(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            other => words.last_mut().unwrap().push(other),
        }
    }
    words
}
