//! `check`: tests about the source. What the design forbids is an absence, and nobody sees an
//! absence by reading; so each is a [`Rule`] with its reason, and each is shown to fail by an
//! example in `check/tests.rs`.

mod boundary;
mod house;
mod source;
#[cfg(test)]
mod tests;
mod words;

use anyhow::{Result, bail};
use xshell::{Shell, cmd};

use crate::bindings;
use crate::tally::Tally;
use source::Source;

/// One thing that must hold for the source as a whole.
struct Rule {
    name: &'static str,
    /// Said with every finding: why it matters and what to do instead.
    why: &'static str,
    /// What breaks it, as `path:line: text`; nothing when it holds.
    find: fn(&Source) -> Vec<String>,
}

/// Every rule, file by file.
fn rules() -> impl Iterator<Item = &'static Rule> {
    boundary::RULES
        .iter()
        .chain(words::RULES)
        .chain(house::RULES)
}

/// The verb: all rules, the bindings, and the core built alone.
pub(crate) fn check(sh: &Shell) -> Result<()> {
    let mut tally = Tally::default();
    rules_of(sh, &mut tally)?;
    tally.step("bindings", || bindings::check(sh));
    tally.close()
}

/// The part that reads the source, each rule one step of a test run.
pub(crate) fn rules_of(sh: &Shell, tally: &mut Tally) -> Result<()> {
    let source = Source::read(sh)?;
    for rule in rules() {
        tally.line(&format!("source: {}", rule.name), verdict(rule, &source));
    }
    tally.line("source: the core asks no clock", core_has_no_clock(sh));
    Ok(())
}

fn verdict(rule: &Rule, source: &Source) -> Result<()> {
    let found = (rule.find)(source);
    if found.is_empty() {
        return Ok(());
    }
    bail!("{}\n  {}", rule.why, found.join("\n  "));
}

/// Resolved alone, because another crate of the workspace may switch the clock on for all.
fn core_has_no_clock(sh: &Shell) -> Result<()> {
    let format = "{p} {f}";
    let tree = cmd!(
        sh,
        "cargo tree --package berth-core --edges normal --prefix none --format {format}"
    )
    .quiet()
    .read()?;
    if let Some(line) = chrono_with_clock(&tree) {
        bail!("berth-core is given the time, it never asks: take the feature away from `{line}`");
    }
    Ok(())
}

/// The line of a `cargo tree` that gives chrono a clock.
fn chrono_with_clock(tree: &str) -> Option<&str> {
    tree.lines().find(|line| {
        line.starts_with("chrono v")
            && line
                .rsplit(' ')
                .next()
                .is_some_and(|list| list.split(',').any(|f| f == "clock" || f == "now"))
    })
}
