//! `run`: build the app and open it.

use anyhow::Result;
use xshell::{Shell, cmd};

use crate::{setup, ui};

/// Everything after the verb goes to the app, but for `--release`.
pub(crate) fn run(sh: &Shell, args: &[String]) -> Result<()> {
    setup::setup(sh, setup::Need::Build)?;
    ui::build(sh)?;
    let (release, args): (Vec<&String>, Vec<&String>) =
        args.iter().partition(|arg| *arg == "--release");
    let profile: &[&str] = if release.is_empty() {
        &[]
    } else {
        &["--release"]
    };
    println!("building Berth; the first time takes a few minutes");
    Ok(cmd!(
        sh,
        "cargo run --package berth-desktop --bin berth-desktop {profile...} -- {args...}"
    )
    .run()?)
}
