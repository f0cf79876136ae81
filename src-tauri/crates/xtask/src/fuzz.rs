//! Fuzzing of the calendar reader, where cargo-fuzz and a nightly toolchain are there.
//!
//! The whole test run tries what is known: the committed seeds, among them all that was ever found.
//! New inputs are looked for when that is asked for, a minute for each target: what such a search
//! finds is news about the code of last week, not about the change that is being tested.

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

/// What is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Inputs {
    /// The committed seeds, once.
    Known,
    /// Them, and what becomes of them in a minute.
    New,
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
pub(crate) fn fuzz(sh: &Shell, tally: &mut Tally, inputs: Inputs) {
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
            let runs = pair.map(|target| (target, scope.spawn(|| run(&top, target, inputs))));
            runs.map(|(target, run)| (target, run.join()))
        });
        for (target, result) in results {
            let result = result.unwrap_or_else(|_| bail!("it could not be watched"));
            let done = result.map(|executed| println!("fuzz {target}: {executed} inputs"));
            tally.line(&format!("fuzz {target}"), done);
        }
    }
}

/// Runs one target; how many inputs it tried. Its output is kept in a file, as two run at once.
fn run(top: &Path, target: &str, inputs: Inputs) -> Result<String> {
    let folder = match inputs {
        Inputs::Known => top.join("target/fuzz-known").join(target),
        Inputs::New => top.join("target/fuzz-corpus").join(target),
    };
    std::fs::create_dir_all(&folder)?;
    let log = folder.with_extension("log");
    let length = match inputs {
        Inputs::Known => "-runs=0",
        Inputs::New => "-max_total_time=60",
    };
    let status = command(top, target, &folder, &log)?.arg(length).status()?;
    let text = std::fs::read_to_string(&log)?;
    if !status.success() {
        let last: Vec<&str> = text.lines().rev().take(40).collect();
        last.iter().rev().for_each(|line| println!("{line}"));
        bail!("{status}; its output is in {}", log.display());
    }
    let executed = text
        .lines()
        .find_map(|line| line.strip_prefix("stat::number_of_executed_units:"));
    Ok(executed
        .context("it did not say what it did")?
        .trim()
        .to_owned())
}

fn command(top: &Path, target: &str, folder: &Path, log: &Path) -> Result<Command> {
    let output = File::create(log)?;
    let mut command = Command::new("cargo");
    command
        .args(["+nightly", "fuzz", "run", "--fuzz-dir", FOLDER])
        .args(["--sanitizer", "none", "--target-dir"])
        .arg(top.join("target/fuzz"))
        .arg(target)
        .arg(folder)
        .arg(top.join(FOLDER).join("seeds").join(target))
        .arg("--")
        .args(BOUNDS)
        .args(["-verbosity=0", "-print_final_stats=1"])
        .current_dir(top)
        .stdin(Stdio::null())
        .stdout(output.try_clone()?)
        .stderr(output);
    Ok(command)
}
