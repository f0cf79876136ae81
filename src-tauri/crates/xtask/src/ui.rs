//! The web half, through npm: installed when its lock file changed, built when a source did.

use std::path::Path;
use std::time::SystemTime;

use anyhow::Result;
use xshell::{Shell, cmd};

/// What the interface is built from, as seen from `ui/`.
const SOURCES: &[&str] = &[
    "src",
    "public",
    "index.html",
    "package.json",
    "package-lock.json",
    "vite.config.ts",
    "svelte.config.js",
    "tsconfig.json",
];

/// Installs what the interface is built with.
pub(crate) fn install(sh: &Shell) -> Result<()> {
    install_in(sh, "ui")
}

/// Installs exactly what a folder's lock file says, when it changed since the last time.
pub(crate) fn install_in(sh: &Shell, folder: &str) -> Result<()> {
    let _dir = sh.push_dir(folder);
    let here = sh.current_dir();
    // npm writes this file last, so that a torn install is done again.
    let installed = newest(&here.join("node_modules/.package-lock.json"));
    let wanted = newest(&here.join("package-lock.json"));
    if installed.is_some() && installed >= wanted {
        return Ok(());
    }
    Ok(cmd!(sh, "npm ci --no-audit --no-fund").run()?)
}

/// Builds `ui/dist`, which the shell embeds. An unchanged tree is left alone: a new time stamp
/// on `dist` would make cargo build the shell again.
pub(crate) fn build(sh: &Shell) -> Result<()> {
    let ui = sh.current_dir().join("ui");
    let built = newest(&ui.join("dist/index.html"));
    let changed = SOURCES
        .iter()
        .filter_map(|path| newest(&ui.join(path)))
        .max();
    if built.is_some() && built >= changed {
        return Ok(());
    }
    let _dir = sh.push_dir("ui");
    Ok(cmd!(sh, "npm run build").run()?)
}

/// The latest change of a file, or of anything below a folder; none where nothing is.
fn newest(path: &Path) -> Option<SystemTime> {
    let meta = path.metadata().ok()?;
    if !meta.is_dir() {
        return meta.modified().ok();
    }
    let below = path.read_dir().ok()?;
    let own = meta.modified().ok();
    below
        .filter_map(|entry| newest(&entry.ok()?.path()))
        .chain(own)
        .max()
}
