//! How many tests passed, over runners that each say it in their own words.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

/// What one or more runners reported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
    pub(crate) skipped: usize,
}

impl Count {
    /// Reads the summary line of cargo's test harness or of Vitest; none for any other line.
    fn from_line(line: &str) -> Option<Self> {
        let line = line.trim_start();
        let summary = line
            .strip_prefix("test result:")
            .or_else(|| line.strip_prefix("Tests "))?;
        let words: Vec<&str> = summary
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        let of = |wanted: &str| -> usize {
            words
                .windows(2)
                .filter(|pair| pair[1] == wanted)
                .find_map(|pair| pair[0].parse().ok())
                .unwrap_or(0)
        };
        Some(Self {
            passed: of("passed"),
            failed: of("failed"),
            skipped: of("ignored") + of("skipped"),
        })
    }

    fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

/// The steps of a test run so far.
#[derive(Default)]
pub(crate) struct Tally {
    total: Count,
    failures: Vec<String>,
}

impl Tally {
    /// A step that is one test in itself. Whether it passed.
    pub(crate) fn step(&mut self, name: &str, run: impl FnOnce() -> Result<()>) -> bool {
        println!("\n== {name}");
        self.line(name, run())
    }

    /// As [`Tally::step`], for one of many that take no time and print nothing of their own.
    pub(crate) fn line(&mut self, name: &str, result: Result<()>) -> bool {
        match &result {
            Ok(()) => {
                println!("ok {name}");
                self.total.passed += 1;
            }
            Err(error) => {
                println!("FAILED {name}: {error:#}");
                self.fail(name, 1);
            }
        }
        result.is_ok()
    }

    /// A runner that counts its own tests. One that fails without saying how many (it did not
    /// build, or died) counts as one failure.
    pub(crate) fn runner(&mut self, name: &str, command: impl Into<Command>) {
        println!("\n== {name}");
        let (count, ok) = watch(command.into()).unwrap_or_else(|error| {
            println!("FAILED {name}: {error:#}");
            (Count::default(), false)
        });
        self.total.add(Count { failed: 0, ..count });
        if !ok || count.failed > 0 {
            self.fail(name, count.failed.max(1));
        }
    }

    /// Tests that ran, saw that they could not do their work here, and said why.
    pub(crate) fn skipped(&mut self, reasons: &[String]) {
        for reason in reasons {
            println!("SKIPPED {reason}");
        }
        self.total.passed = self.total.passed.saturating_sub(reasons.len());
        self.total.skipped += reasons.len();
    }

    /// A whole runner that was not started, and why.
    pub(crate) fn left_out(&mut self, reason: &str) {
        println!("\nSKIPPED {reason}");
        self.total.skipped += 1;
    }

    fn fail(&mut self, name: &str, failed: usize) {
        self.total.failed += failed;
        self.failures.push(name.to_owned());
    }

    /// Prints the closing line; an error when anything failed.
    pub(crate) fn close(self) -> Result<()> {
        let Count {
            passed,
            failed,
            skipped,
        } = self.total;
        if !self.failures.is_empty() {
            println!("\nfailed: {}", self.failures.join(", "));
        }
        println!("\n{passed} passed, {failed} failed, {skipped} skipped");
        anyhow::ensure!(self.failures.is_empty(), "not everything passed");
        Ok(())
    }
}

/// Runs a command, shows its output as it comes, and adds up the summaries in it.
fn watch(mut command: Command) -> Result<(Count, bool)> {
    let mut child = command
        .env("NO_COLOR", "1")
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("could not start {:?}", command.get_program()))?;
    let output = child.stdout.take().context("standard output was piped")?;
    let mut count = Count::default();
    for line in BufReader::new(output).split(b'\n') {
        let line = line?;
        let line = String::from_utf8_lossy(&line);
        println!("{line}");
        if let Some(found) = Count::from_line(&line) {
            count.add(found);
        }
    }
    Ok((count, child.wait()?.success()))
}

#[cfg(test)]
mod tests {
    use xshell::cmd;

    use super::*;
    use crate::tools;

    #[test]
    fn summaries_are_read() {
        let check = |line, expected: Option<(usize, usize, usize)>| {
            let found = Count::from_line(line).map(|c| (c.passed, c.failed, c.skipped));
            assert_eq!(found, expected, "{line}");
        };
        check(
            "test result: FAILED. 3 passed; 1 failed; 2 ignored; 0 measured; 9 filtered out; finished in 0.10s",
            Some((3, 1, 2)),
        );
        check(
            "      Tests  2 failed | 10 passed | 1 skipped (13)",
            Some((10, 2, 1)),
        );
        check(" Test Files  3 passed (3)", None);
        check("running 3 tests", None);
    }

    #[test]
    fn a_runner_that_dies_silently_has_failed() {
        let (sh, mut tally) = (tools::shell().unwrap(), Tally::default());
        tally.runner("dies", cmd!(sh, "false"));
        assert_eq!(tally.total.failed, 1);
        assert!(tally.close().is_err());
    }

    #[test]
    fn a_missing_runner_has_failed() {
        let (sh, mut tally) = (tools::shell().unwrap(), Tally::default());
        tally.runner("missing", cmd!(sh, "no-such-program"));
        assert_eq!(tally.total.failed, 1);
    }

    #[test]
    fn a_skipped_test_is_not_a_passed_one() {
        let mut tally = Tally::default();
        tally.step("one", || Ok(()));
        tally.step("two", || Ok(()));
        tally.skipped(&["two: not root".to_owned()]);
        assert_eq!(
            tally.total,
            Count {
                passed: 1,
                failed: 0,
                skipped: 1
            }
        );
        assert!(tally.close().is_ok());
    }
}
