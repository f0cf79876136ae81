//! Where things are: the repository, the programs under test, the folder for artefacts.

use std::path::{Path, PathBuf};

/// The top of the repository.
#[must_use]
pub fn top() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the tests lie one folder below the top")
}

/// A program of Berth, of the same build as the running test: it lies beside the test's folder.
///
/// # Panics
/// When it was not built; `cargo xtask test` builds it.
#[must_use]
pub fn program(name: &str) -> PathBuf {
    let me = std::env::current_exe().expect("a running program has a path");
    let found = me
        .ancestors()
        .skip(1)
        .take(2)
        .map(|folder| folder.join(name))
        .find(|path| path.is_file());
    found.unwrap_or_else(|| panic!("`{name}` is not built: run `cargo xtask test`"))
}

/// A program that `cargo xtask setup --tests` built under `target/tools`, or else one of this name
/// on the search path.
#[must_use]
pub fn tool(name: &str) -> PathBuf {
    let own = top().join("target/tools/bin").join(name);
    if own.is_file() { own } else { name.into() }
}

/// `target/artefacts`: pictures and logs that a person looks at after a run.
///
/// # Panics
/// When it cannot be made.
#[must_use]
pub fn artefacts() -> PathBuf {
    let folder = top().join("target/artefacts");
    std::fs::create_dir_all(&folder).expect("target can be written");
    folder
}

/// A file of `tests/fixtures`.
#[must_use]
pub fn fixture(name: &str) -> PathBuf {
    top().join("tests/fixtures").join(name)
}
