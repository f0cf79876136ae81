//! Fuzzing of the calendar reader, where cargo-fuzz and a nightly toolchain are there.
//!
//! The whole test run tries the committed seeds, among them all that was ever found, and what becomes
//! of them in a minute for each target. That search starts from the same seeds with the same random
//! numbers each time: what it finds is news about the change that is being tested, as far as two
//! runs of a minute get equally far. A search that goes on from the last one, with other random
//! numbers, is for whoever asks for it, and ten times as long in `cargo xtask test --deep`.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use anyhow::{Context, Result, bail};
use xshell::{Shell, cmd};

use crate::tally::Tally;

const FOLDER: &str = "src-tauri/crates/berth-ical/fuzz";

/// Those that stand together run at the same time.
const TARGETS: [[&str; 2]; 2] = [["parse", "rule"], ["import_export", "zone"]];

/// What no input may need: time (seconds; a target shares the machine with another one and whatever
/// else runs there, so this is more than an input takes alone) and memory (MiB).
const BOUNDS: [&str; 2] = ["-timeout=5", "-rss_limit_mb=256"];

/// Where a search starts, and how long it goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Search {
    /// At the committed seeds, with random numbers that are the same each time.
    Anew,
    /// Where the last one ended, with random numbers of its own.
    Further,
    /// As [`Search::Further`], for ten minutes.
    Deep,
}

impl Search {
    /// So long each target searches, in seconds.
    fn seconds(self) -> u32 {
        match self {
            Self::Anew | Self::Further => 60,
            Self::Deep => 600,
        }
    }

    /// Where the inputs of a search are kept.
    fn folder(self) -> &'static str {
        match self {
            Self::Anew => "target/fuzz-anew",
            Self::Further | Self::Deep => "target/fuzz-corpus",
        }
    }

    /// Zero stands for numbers that are others each time.
    fn seed(self) -> &'static str {
        match self {
            Self::Anew => "-seed=1",
            Self::Further | Self::Deep => "-seed=0",
        }
    }
}

/// What fuzzing lacks on a machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Obstacle {
    /// A compiler that can instrument code.
    Nightly,
    /// cargo-fuzz.
    Tool,
}

/// Why there can be no fuzzing; `None` where there can.
pub(crate) fn obstacle(sh: &Shell) -> Option<Obstacle> {
    let works = |command: xshell::Cmd<'_>| {
        // Asking for a toolchain must not fetch it.
        let command = command.env("RUSTUP_AUTO_INSTALL", "0");
        command.quiet().ignore_stderr().read().is_ok()
    };
    if !works(cmd!(sh, "cargo +nightly --version")) {
        return Some(Obstacle::Nightly);
    }
    let tool = works(cmd!(sh, "cargo +nightly fuzz --version"));
    (!tool).then_some(Obstacle::Tool)
}

/// Runs every target; what it finds beside the seeds stays in `target`.
pub(crate) fn fuzz(sh: &Shell, tally: &mut Tally, search: Search) {
    match obstacle(sh) {
        None => {}
        Some(Obstacle::Nightly) => {
            return tally.left_out(
                "fuzzing: it needs a nightly compiler; `rustup toolchain install nightly` adds one",
            );
        }
        Some(Obstacle::Tool) => {
            return tally.left_out(
                "fuzzing: it needs cargo-fuzz; `cargo install cargo-fuzz --locked` adds it",
            );
        }
    }
    let top = sh.current_dir();
    let built = top.join("target/fuzz");
    let build = cmd!(
        sh,
        "cargo +nightly fuzz build --fuzz-dir {FOLDER} --sanitizer none --target-dir {built}"
    );
    if !tally.step("fuzz: build", || Ok(build.run()?)) {
        return;
    }
    for pair in TARGETS {
        // Made here: the shell that makes them cannot go into a thread.
        let runs = pair.map(|target| Run::prepare(sh, target, search));
        let results = tally.timed(&format!("fuzz {}", pair.join(", ")), |_| {
            thread::scope(|scope| {
                let begun = runs.map(|run| scope.spawn(|| run?.finish()));
                begun.map(thread::ScopedJoinHandle::join)
            })
        });
        let length = search.seconds();
        for (target, result) in pair.into_iter().zip(results) {
            let result = result.unwrap_or_else(|_| bail!("it could not be watched"));
            let done = result.map(|tried| println!("fuzz {target}: {tried} inputs in {length} s"));
            tally.line(&format!("fuzz {target}"), done);
        }
    }
}

/// One target, ready to start. Its output is kept in a file, as two run at once.
struct Run {
    target: &'static str,
    command: Command,
    log: PathBuf,
}

impl Run {
    fn prepare(sh: &Shell, target: &'static str, search: Search) -> Result<Self> {
        let corpus = sh.current_dir().join(search.folder()).join(target);
        if search == Search::Anew {
            sh.remove_path(&corpus)?;
        }
        sh.create_dir(&corpus)?;
        let finds = sh.create_dir(format!("target/fuzz-finds/{target}"))?;
        Ok(Self {
            target,
            command: command(sh, target, search, [&corpus, &finds]),
            log: corpus.with_extension("log"),
        })
    }

    /// How many inputs it tried.
    fn finish(mut self) -> Result<String> {
        let output = File::create(&self.log)?;
        let status = self
            .command
            .stdin(Stdio::null())
            .stdout(output.try_clone()?)
            .stderr(output)
            .status()?;
        let text = std::fs::read_to_string(&self.log)?;
        if !status.success() {
            let last: Vec<&str> = text.lines().rev().take(40).collect();
            last.iter().rev().for_each(|line| println!("{line}"));
            bail!("{status}; {}", next_step(self.target, &text, &self.log));
        }
        let executed = text
            .lines()
            .find_map(|line| line.strip_prefix("stat::number_of_executed_units:"));
        Ok(executed
            .context("it did not say what it did")?
            .trim()
            .to_owned())
    }
}

/// What to do about a find: see it again, and keep it as a seed.
fn next_step(target: &str, text: &str, log: &Path) -> String {
    let log = format!("its output is in {}", log.display());
    let find = text
        .lines()
        .find_map(|line| line.split_once("Test unit written to "));
    let Some((_, input)) = find else { return log };
    let input = input.trim();
    format!(
        "{log}\n  the input: {input}\n  to see it again: cargo +nightly fuzz run --fuzz-dir {FOLDER} \
         --sanitizer none --target-dir target/fuzz {target} {input}\n  once it is mended, keep it as a \
         seed: cp {input} {FOLDER}/seeds/{target}/"
    )
}

fn command(sh: &Shell, target: &str, search: Search, [corpus, finds]: [&Path; 2]) -> Command {
    let top = sh.current_dir();
    let built = top.join("target/fuzz");
    let seeds = top.join(FOLDER).join("seeds").join(target);
    let random = search.seed();
    // The end of the folder is part of the name.
    let finds = format!("-artifact_prefix={}/", finds.display());
    let length = format!("-max_total_time={}", search.seconds());
    let shown = ["-verbosity=0", "-print_final_stats=1"];
    cmd!(
        sh,
        "cargo +nightly fuzz run --fuzz-dir {FOLDER} --sanitizer none --target-dir {built} {target} {corpus} {seeds} -- {BOUNDS...} {shown...} {finds} {random} {length}"
    )
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tools;

    /// `cargo fuzz` is a program of its own, which on a new machine only `target/tools` has.
    #[test]
    fn a_target_is_started_where_the_tools_are_found() {
        let sh = tools::shell().unwrap();
        let folders = [Path::new("corpus"), Path::new("finds")];
        let command = command(&sh, "parse", Search::Anew, folders);
        let own = sh.var_os("PATH");
        let path = command.get_envs().find(|(name, _)| *name == "PATH");
        assert_eq!(path.and_then(|(_, value)| value), own.as_deref());
    }

    #[test]
    fn a_deep_search_is_ten_times_as_long() {
        let sh = tools::shell().unwrap();
        let length = |search| {
            let folders = [Path::new("corpus"), Path::new("finds")];
            let command = command(&sh, "parse", search, folders);
            let words: Vec<_> = command.get_args().map(|word| word.to_os_string()).collect();
            let is_length = |word: &&std::ffi::OsString| {
                word.to_str()
                    .is_some_and(|word| word.starts_with("-max_total_time"))
            };
            words.iter().find(is_length).cloned()
        };
        for search in [Search::Anew, Search::Further] {
            assert_eq!(length(search), Some("-max_total_time=60".into()));
        }
        assert_eq!(length(Search::Deep), Some("-max_total_time=600".into()));
    }
}
