//! `bundle`: the packages that people install, the window and the command line in one.

use anyhow::Result;
use xshell::{Shell, cmd};

use crate::{setup, ui};

/// The packager; of the same release as `tauri` in `Cargo.lock`.
const TAURI_CLI: &str = "2.12.5";

pub(crate) fn bundle(sh: &Shell) -> Result<()> {
    setup::setup(sh, setup::Need::Build)?;
    ui::build(sh)?;
    // The packages contain it, and the packager builds only the window.
    cmd!(sh, "cargo build --release --package berth-cli").run()?;
    // It looks for its configuration from the folder it stands in.
    let _dir = sh.push_dir("src-tauri");
    cmd!(
        sh,
        "npx --yes @tauri-apps/cli@{TAURI_CLI} build --bundles deb,rpm"
    )
    .run()?;
    println!("packages: target/release/bundle");
    Ok(())
}
