//! `bindings`: the TypeScript of the wire types, written by Rust and committed.
//!
//! The tests of `berth-app` write one file per type. They are sent to a folder of their own and
//! compared from there, so that looking never changes the source tree.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Result, bail};
use xshell::{Shell, cmd};

const COMMITTED: &str = "ui/src/lib/bindings";
const GENERATED: &str = "target/bindings";
const VARIABLE: &str = "TS_RS_EXPORT_DIR";

/// Writes the bindings again, and removes those whose type is gone.
pub(crate) fn write(sh: &Shell) -> Result<()> {
    generate(sh)?;
    let changes = compare(sh)?;
    for (name, change) in &changes {
        match change {
            Change::Gone => sh.remove_path(format!("{COMMITTED}/{name}"))?,
            Change::New | Change::Other => {
                sh.copy_file(format!("{GENERATED}/{name}"), format!("{COMMITTED}/{name}"))?;
            }
        }
        println!("{COMMITTED}/{name}: {}", change.word());
    }
    println!("{} changed", changes.len());
    Ok(())
}

/// Fails when the committed bindings are not what Rust writes now.
pub(crate) fn check(sh: &Shell) -> Result<()> {
    generate(sh)?;
    fail_on_difference(sh)
}

/// As [`check`], for a caller whose test run was already sent to [`redirect`].
pub(crate) fn fail_on_difference(sh: &Shell) -> Result<()> {
    let changes = compare(sh)?;
    if changes.is_empty() {
        return Ok(());
    }
    let list: Vec<String> = changes
        .iter()
        .map(|(name, change)| format!("{name} ({})", change.word()))
        .collect();
    bail!(
        "{COMMITTED} is not what the wire types say: {}; run `cargo xtask bindings` and commit",
        list.join(", ")
    );
}

/// The variable and folder that make a test run write its bindings aside, emptied.
pub(crate) fn redirect(sh: &Shell) -> Result<(&'static str, std::path::PathBuf)> {
    sh.remove_path(GENERATED)?;
    Ok((VARIABLE, sh.create_dir(GENERATED)?))
}

fn generate(sh: &Shell) -> Result<()> {
    let (variable, folder) = redirect(sh)?;
    cmd!(
        sh,
        "cargo test --quiet --package berth-app --lib export_bindings"
    )
    .env(variable, folder)
    .ignore_stdout()
    .run()?;
    Ok(())
}

#[derive(Debug, PartialEq, Eq)]
enum Change {
    New,
    Other,
    Gone,
}

impl Change {
    fn word(&self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Other => "changed",
            Self::Gone => "its type is gone",
        }
    }
}

fn compare(sh: &Shell) -> Result<BTreeMap<String, Change>> {
    let generated = texts(&sh.current_dir().join(GENERATED))?;
    if generated.is_empty() {
        bail!("no bindings were written: are there tests named `export_bindings…` in berth-app?");
    }
    Ok(differences(
        &texts(&sh.current_dir().join(COMMITTED))?,
        &generated,
    ))
}

fn texts(folder: &Path) -> Result<BTreeMap<String, String>> {
    let mut found = BTreeMap::new();
    for entry in folder.read_dir()? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        found.insert(name.into_owned(), std::fs::read_to_string(&path)?);
    }
    Ok(found)
}

fn differences(
    committed: &BTreeMap<String, String>,
    generated: &BTreeMap<String, String>,
) -> BTreeMap<String, Change> {
    let gone = committed
        .keys()
        .filter(|name| !generated.contains_key(*name))
        .map(|name| (name.clone(), Change::Gone));
    let written = generated.iter().filter_map(|(name, text)| {
        let change = match committed.get(name) {
            None => Change::New,
            Some(before) if before != text => Change::Other,
            Some(_) => return None,
        };
        Some((name.clone(), change))
    });
    gone.chain(written).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_of_any_kind_is_found() {
        let files = |list: &[(&str, &str)]| {
            list.iter()
                .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
                .collect::<BTreeMap<_, _>>()
        };
        let committed = files(&[("Same.ts", "1"), ("Other.ts", "1"), ("Gone.ts", "1")]);
        let generated = files(&[("Same.ts", "1"), ("Other.ts", "2"), ("New.ts", "1")]);
        let found: Vec<_> = differences(&committed, &generated).into_iter().collect();
        assert_eq!(
            found,
            [
                ("Gone.ts".to_owned(), Change::Gone),
                ("New.ts".to_owned(), Change::New),
                ("Other.ts".to_owned(), Change::Other),
            ]
        );
    }
}
