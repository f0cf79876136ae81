//! `test`: everything, in the order in which a mistake is found soonest.
//!
//! Every cargo call takes the whole workspace, so that features resolve the same way each time
//! and nothing is compiled twice.

use std::time::Duration;

use anyhow::{Result, bail};
use xshell::{Shell, cmd};

use crate::fuzz::{self, Search};
use crate::tally::Tally;
use crate::{bindings, check, setup, ui};

/// Where a test that cannot do its work on this machine writes why.
const SKIPS: &str = "target/skips.txt";

/// So long everything may take: a run that takes longer is not waited for, and soon not made.
const LIMIT: Duration = Duration::from_secs(60 * 60);

pub(crate) fn test(sh: &Shell, args: &[String]) -> Result<()> {
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let mut tally = Tally::default();
    tally.timed("what the machine must have", |_| prepare(sh))?;
    match words.as_slice() {
        [] => everything(sh, &mut tally, true)?,
        ["--no-e2e"] => everything(sh, &mut tally, false)?,
        ["e2e", filter @ ..] => {
            if build(sh, &mut tally) {
                journeys(sh, &mut tally, filter);
            }
        }
        ["reminders", filter @ ..] => {
            if build(sh, &mut tally) {
                reminders(sh, &mut tally, filter);
            }
        }
        ["system", filter @ ..] => {
            if build(sh, &mut tally) {
                let test = cmd!(sh, "cargo test --workspace --test system -- {filter...}");
                tally.runner("system", test);
            }
        }
        ["fuzz"] => fuzz::fuzz(sh, &mut tally, Search::Further),
        ["--deep"] => deep(sh, &mut tally)?,
        _ => bail!(
            "`cargo xtask test [--no-e2e | --deep | e2e [FILTER] | reminders [FILTER] | system [FILTER] | fuzz]`"
        ),
    }
    tally.skipped(&skips(sh));
    tally.close()
}

fn prepare(sh: &Shell) -> Result<()> {
    setup::setup(sh, setup::Need::Tests)?;
    sh.remove_path(SKIPS)?;
    sh.set_var("BERTH_SKIPS", sh.current_dir().join(SKIPS));
    sh.set_var("BERTH_CALENDARS", "10000");
    Ok(())
}

fn everything(sh: &Shell, tally: &mut Tally, with_journeys: bool) -> Result<()> {
    tally.limit(LIMIT);
    let format = cmd!(sh, "cargo fmt --all --check -- --files-with-diff");
    tally.step("format", || Ok(format.run()?));
    tally.timed("source", |tally| check::rules_of(sh, tally))?;
    interface(sh, tally);
    clippy(sh, tally);
    // The tests of what does not build would only say so again.
    if build(sh, tally) {
        rust(sh, tally)?;
        fuzz::fuzz(sh, tally, Search::Anew);
        if with_journeys {
            journeys(sh, tally, &[]);
            reminders(sh, tally, &[]);
        } else {
            tally.left_out("the journeys on the real app: --no-e2e");
        }
    }
    Ok(())
}

/// What is too long for each run: the tests make more rounds where the variable tells them to.
fn deep(sh: &Shell, tally: &mut Tally) -> Result<()> {
    make_more_rounds(sh);
    if build(sh, tally) {
        // The whole-system tests are among them.
        rust(sh, tally)?;
        fuzz::fuzz(sh, tally, Search::Deep);
    }
    Ok(())
}

fn make_more_rounds(sh: &Shell) {
    // Read by `tests/src/deep.rs`.
    sh.set_var("BERTH_DEEP", "1");
    sh.set_var("BERTH_CALENDARS", "100000");
    // Ten times as many as by default.
    sh.set_var("PROPTEST_CASES", "2560");
}

fn interface(sh: &Shell, tally: &mut Tally) {
    let _dir = sh.push_dir("ui");
    tally.step("interface: types", || Ok(cmd!(sh, "npm run check").run()?));
    tally.runner("interface: tests", cmd!(sh, "npm test"));
    drop(_dir);
    tally.step("interface: build", || ui::build(sh));
}

/// The journeys are not in `--all-targets`, so that a plain `cargo test` needs no display.
fn clippy(sh: &Shell, tally: &mut Tally) {
    for targets in [&["--all-targets"][..], &["--test", "e2e"]] {
        let lint = cmd!(
            sh,
            "cargo clippy --quiet --workspace {targets...} -- --deny warnings"
        );
        tally.step(&format!("clippy {}", targets.join(" ")), || Ok(lint.run()?));
    }
}

/// The programs that the whole-system tests and the journeys start. Whether there are any.
fn build(sh: &Shell, tally: &mut Tally) -> bool {
    tally.step("build", || {
        ui::build(sh)?;
        with_faults(sh)?;
        Ok(cmd!(sh, "cargo build --workspace --all-targets").run()?)
    })
}

/// The app that can be killed at chosen points, beside the one that people run.
fn with_faults(sh: &Shell) -> Result<()> {
    let features = "berth-desktop/faults";
    cmd!(
        sh,
        "cargo build --workspace --features {features} --bin berth-desktop"
    )
    .run()?;
    let folder = "target/debug";
    Ok(sh.copy_file(
        format!("{folder}/berth-desktop"),
        format!("{folder}/berth-desktop-faults"),
    )?)
}

/// Reminders on a real bus; what each case shows is printed.
fn reminders(sh: &Shell, tally: &mut Tally, filter: &[&str]) {
    if cfg!(not(target_os = "linux")) {
        tally.left_out("reminders on a real bus: there is none on this system");
        return;
    }
    // What is measured has the machine for itself; the others mostly wait.
    let together: (&str, &[&str]) = ("", &["--test-threads=4", "--skip", "measured::"]);
    let alone: (&str, &[&str]) = (", measured", &["--test-threads=1", "measured::"]);
    let chosen: (&str, &[&str]) = ("", &["--test-threads=1"]);
    let runs = if filter.is_empty() {
        vec![together, alone]
    } else {
        vec![chosen]
    };
    for (which, how) in runs {
        let test = cmd!(
            sh,
            "cargo test --workspace --test reminders -- --nocapture {how...} {filter...}"
        );
        tally.runner(&format!("reminders on a real bus{which}"), test);
    }
    if filter.is_empty() {
        let day = cmd!(sh, "cargo test --workspace --lib a_full_day -- --nocapture");
        tally.runner(
            "a day of 100,000 reminders",
            day.env("BERTH_REMINDERS", "100000"),
        );
    }
}

fn rust(sh: &Shell, tally: &mut Tally) -> Result<()> {
    let (variable, folder) = bindings::redirect(sh)?;
    let test = cmd!(sh, "cargo test --workspace --no-fail-fast").env(variable, folder);
    tally.runner("rust", test);
    tally.step("bindings", || bindings::fail_on_difference(sh));
    Ok(())
}

fn journeys(sh: &Shell, tally: &mut Tally, filter: &[&str]) {
    if cfg!(not(target_os = "linux")) {
        tally.left_out("the journeys on the real app: its webview has no driver on this system");
        return;
    }
    if filter.is_empty() {
        // A picture of an earlier run would look like one of this.
        let _ = sh.remove_path("target/artefacts");
    }
    let test = cmd!(
        sh,
        "cargo test --workspace --test e2e -- --test-threads=1 {filter...}"
    );
    tally.runner("journeys on the real app", test);
    println!("pictures: target/artefacts");
}

fn skips(sh: &Shell) -> Vec<String> {
    let text = sh.read_file(SKIPS).unwrap_or_default();
    text.lines().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tools;

    #[test]
    fn a_deep_run_tells_the_tests() {
        let sh = tools::shell().unwrap();
        make_more_rounds(&sh);
        let told = cmd!(sh, "printenv BERTH_DEEP BERTH_CALENDARS PROPTEST_CASES");
        assert_eq!(told.read().unwrap(), "1\n100000\n2560");
    }
}
