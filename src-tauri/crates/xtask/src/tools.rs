//! How outside programs are started: the only place that may, so that each of them finds the tools
//! that `setup` keeps under `target/tools`, and what it starts in turn finds them too.

use std::ffi::OsString;
use std::path::Path;

use anyhow::{Context, Result};
use xshell::Shell;

/// The folder for `cargo install --root`, seen from the top of the repository.
pub(crate) const FOLDER: &str = "target/tools";

/// A shell at the top of the repository, wherever the command was called from.
pub(crate) fn shell() -> Result<Shell> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(3)
        .context("xtask lies three folders below the top")?;
    shell_at(top)
}

fn shell_at(top: &Path) -> Result<Shell> {
    let sh = Shell::new()?;
    sh.change_dir(top);
    sh.set_var("PATH", path(&sh)?);
    Ok(sh)
}

/// The machine's own search path, then the tools.
fn path(sh: &Shell) -> Result<OsString> {
    let own = sh.current_dir().join(FOLDER).join("bin");
    let path = sh.var_os("PATH").unwrap_or_default();
    let parts = std::env::split_paths(&path).chain([own]);
    Ok(std::env::join_paths(parts)?)
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;
    use std::process::Command;

    use xshell::{TempDir, cmd};

    use super::*;

    /// A repository whose tools have one that is on no machine's path.
    fn with_a_tool() -> (TempDir, Shell) {
        let folder = Shell::new().unwrap().create_temp_dir().unwrap();
        let sh = shell_at(folder.path()).unwrap();
        let tool = folder.path().join(FOLDER).join("bin/berth-tests-only");
        sh.write_file(&tool, "#!/bin/sh\necho found\n").unwrap();
        let all = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(&tool, all).unwrap();
        (folder, sh)
    }

    #[test]
    fn a_tool_is_found_by_each_way_to_start_a_program() {
        let (_folder, sh) = with_a_tool();
        let tool = || cmd!(sh, "berth-tests-only");
        assert_eq!(tool().read().unwrap(), "found");
        let output = Command::from(tool()).output().unwrap();
        assert_eq!(output.stdout, b"found\n");
        let below = cmd!(sh, "sh -c berth-tests-only");
        assert_eq!(below.read().unwrap(), "found");
    }

    #[test]
    fn the_real_shell_knows_the_tools() {
        let sh = shell().unwrap();
        let own = sh.current_dir().join(FOLDER).join("bin");
        let path = sh.var_os("PATH").unwrap();
        assert_eq!(std::env::split_paths(&path).last(), Some(own));
        assert!(sh.path_exists("src-tauri/crates/xtask"));
    }
}
