//! `bundle`: the packages that people install, without any download at build time.

use anyhow::Result;
use xshell::{Shell, cmd};

use crate::{setup, ui};

pub(crate) fn bundle(sh: &Shell) -> Result<()> {
    setup::setup(sh, setup::Need::Build)?;
    ui::build(sh)?;
    let cli = sh.current_dir().join("ui/node_modules/.bin/tauri");
    // The bundler looks for its configuration from the folder it stands in.
    let _dir = sh.push_dir("src-tauri");
    cmd!(sh, "{cli} build --bundles deb,rpm").run()?;
    println!("packages: target/release/bundle");
    Ok(())
}
