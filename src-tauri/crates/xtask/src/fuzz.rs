//! Fuzzing of the calendar reader, where cargo-fuzz and a nightly toolchain are there.
//!
//! The whole test run tries the committed seeds, among them all that was ever found, and what becomes
//! of them in a minute for each target. That search starts from the same seeds with the same random
//! numbers each time: what it finds is news about the change that is being tested, as far as two
//! runs of a minute get equally far. A search that goes on from the last one, with other random
//! numbers, is for whoever asks for it.

use std::fs::File;
use std::path::Path;
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

/// So long each target searches, in seconds.
const LENGTH: u32 = 60;

/// Where a search of a minute starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Search {
    /// At the committed seeds, with random numbers that are the same each time.
    Anew,
    /// Where the last one ended, with random numbers of its own.
    Further,
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
        let results = thread::scope(|scope| {
            let runs = pair.map(|target| (target, scope.spawn(|| run(&top, target, search))));
            runs.map(|(target, run)| (target, run.join()))
        });
        for (target, result) in results {
            let result = result.unwrap_or_else(|_| bail!("it could not be watched"));
            let done = result.map(|tried| println!("fuzz {target}: {tried} inputs in {LENGTH} s"));
            tally.line(&format!("fuzz {target}"), done);
        }
    }
}

/// Runs one target; how many inputs it tried. Its output is kept in a file, as two run at once.
fn run(top: &Path, target: &str, search: Search) -> Result<String> {
    let (folder, random) = match search {
        Search::Anew => ("target/fuzz-anew", "-seed=1"),
        Search::Further => ("target/fuzz-corpus", "-seed=0"),
    };
    let folder = top.join(folder).join(target);
    if search == Search::Anew && folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir_all(&folder)?;
    let finds = top.join("target/fuzz-finds").join(target);
    std::fs::create_dir_all(&finds)?;
    let log = folder.with_extension("log");
    let status = command(top, target, [&folder, &finds], &log)?
        .args([random, &format!("-max_total_time={LENGTH}")])
        .status()?;
    let text = std::fs::read_to_string(&log)?;
    if !status.success() {
        let last: Vec<&str> = text.lines().rev().take(40).collect();
        last.iter().rev().for_each(|line| println!("{line}"));
        bail!("{status}; {}", next_step(target, &text, &log));
    }
    let executed = text
        .lines()
        .find_map(|line| line.strip_prefix("stat::number_of_executed_units:"));
    Ok(executed
        .context("it did not say what it did")?
        .trim()
        .to_owned())
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

fn command(top: &Path, target: &str, [corpus, finds]: [&Path; 2], log: &Path) -> Result<Command> {
    let output = File::create(log)?;
    let mut command = Command::new("cargo");
    command
        .args(["+nightly", "fuzz", "run", "--fuzz-dir", FOLDER])
        .args(["--sanitizer", "none", "--target-dir"])
        .arg(top.join("target/fuzz"))
        .arg(target)
        .arg(corpus)
        .arg(top.join(FOLDER).join("seeds").join(target))
        .arg("--")
        .args(BOUNDS)
        .args(["-verbosity=0", "-print_final_stats=1"])
        // The end of the folder is part of the name.
        .arg(format!("-artifact_prefix={}/", finds.display()))
        .current_dir(top)
        .stdin(Stdio::null())
        .stdout(output.try_clone()?)
        .stderr(output);
    Ok(command)
}
