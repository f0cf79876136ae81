//! How many tests passed, over runners that each say it in their own words, and how long each part
//! took.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

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
pub(crate) struct Tally {
    total: Count,
    failures: Vec<String>,
    begun: Instant,
    parts: Vec<(String, Duration)>,
    limit: Option<Duration>,
}

impl Default for Tally {
    fn default() -> Self {
        Self {
            total: Count::default(),
            failures: Vec::new(),
            begun: Instant::now(),
            parts: Vec::new(),
            limit: None,
        }
    }
}

impl Tally {
    /// From now on a run that takes longer than this has failed.
    pub(crate) fn limit(&mut self, limit: Duration) {
        self.limit = Some(limit);
    }

    /// Remembers how long something took, for the table at the end.
    pub(crate) fn timed<T>(&mut self, name: &str, run: impl FnOnce(&mut Self) -> T) -> T {
        let begun = Instant::now();
        let result = run(self);
        self.parts.push((name.to_owned(), begun.elapsed()));
        result
    }

    /// A step that is one test in itself. Whether it passed.
    pub(crate) fn step(&mut self, name: &str, run: impl FnOnce() -> Result<()>) -> bool {
        println!("\n== {name}");
        let result = self.timed(name, |_| run());
        self.line(name, result)
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
        let watched = self.timed(name, |_| watch(command.into()));
        let (count, ok) = watched.unwrap_or_else(|error| {
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

    /// Prints the times and the closing line; an error when anything failed, or all of it took
    /// longer than its limit.
    pub(crate) fn close(self) -> Result<()> {
        let total = self.begun.elapsed();
        self.close_after(total)
    }

    fn close_after(self, total: Duration) -> Result<()> {
        print!("\n{}", table(&self.parts, total));
        let Count {
            passed,
            failed,
            skipped,
        } = self.total;
        if !self.failures.is_empty() {
            println!("\nfailed: {}", self.failures.join(", "));
        }
        println!("\n{passed} passed, {failed} failed, {skipped} skipped");
        let late = self.limit.filter(|limit| total > *limit);
        let late = late.map(|limit| too_long(total, limit));
        match (self.failures.is_empty(), late) {
            (true, None) => Ok(()),
            (true, Some(late)) => bail!("{late}"),
            (false, None) => bail!("not everything passed"),
            (false, Some(late)) => bail!("not everything passed, and {late}"),
        }
    }
}

/// Minutes and seconds of each part, and of the whole run with what lies between its parts.
fn table(parts: &[(String, Duration)], total: Duration) -> String {
    let all = parts
        .iter()
        .map(|(name, time)| (name.as_str(), *time))
        .chain([("in all", total)]);
    all.map(|(name, time)| {
        let seconds = time.as_secs();
        format!("{:>4}:{:02} min  {name}\n", seconds / 60, seconds % 60)
    })
    .collect()
}

/// In begun minutes, so that the number said is over the limit said.
fn too_long(total: Duration, limit: Duration) -> String {
    format!(
        "the test run took {} minutes, over its limit of {}: move what is too long into `cargo xtask test --deep`",
        total.as_secs().div_ceil(60),
        limit.as_secs() / 60
    )
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

    const MINUTE: Duration = Duration::from_secs(60);

    #[test]
    fn each_part_is_in_the_table_with_its_time() {
        let mut tally = Tally::default();
        tally.step("one", || Ok(()));
        tally.step("two", || bail!("no"));
        let sh = tools::shell().unwrap();
        tally.runner("three", cmd!(sh, "false"));
        tally.timed("four", |_| ());
        let names: Vec<&str> = tally.parts.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["one", "two", "three", "four"]);

        let times = [
            ("build".to_owned(), 5 * MINUTE),
            ("rust".to_owned(), MINUTE * 3 / 4),
        ];
        assert_eq!(
            table(&times, 62 * MINUTE),
            "   5:00 min  build\n   0:45 min  rust\n  62:00 min  in all\n"
        );
    }

    #[test]
    fn a_part_takes_as_long_as_it_runs() {
        let mut tally = Tally::default();
        let wait = Duration::from_millis(20);
        tally.step("waits", || {
            std::thread::sleep(wait);
            Ok(())
        });
        assert!(tally.parts[0].1 >= wait, "{:?}", tally.parts);
    }

    #[test]
    fn a_run_over_its_limit_has_failed() {
        let close = |limit: Option<Duration>, total| {
            let mut tally = Tally::default();
            tally.step("one", || Ok(()));
            tally.limit = limit;
            tally.close_after(total).map_err(|error| error.to_string())
        };
        let over = "the test run took 63 minutes, over its limit of 60: move what is too long into `cargo xtask test --deep`";
        assert_eq!(close(Some(60 * MINUTE), 63 * MINUTE), Err(over.to_owned()));
        let just = close(Some(60 * MINUTE), 60 * MINUTE + MINUTE / 60);
        assert!(just.is_err_and(|says| says.contains("took 61 minutes")));
        assert_eq!(close(Some(60 * MINUTE), 60 * MINUTE), Ok(()));
        assert_eq!(close(None, 600 * MINUTE), Ok(()));
    }

    #[test]
    fn a_late_run_with_failures_says_both() {
        let mut tally = Tally::default();
        tally.step("one", || bail!("no"));
        tally.limit(60 * MINUTE);
        let says = tally.close_after(63 * MINUTE).unwrap_err().to_string();
        assert!(says.contains("not everything passed"), "{says}");
        assert!(says.contains("63 minutes"), "{says}");
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
