//! The pages of other calendars that `cargo xtask bench compare` measures beside Berth's week.

use anyhow::Result;
use xshell::{Shell, cmd};

use crate::ui;

const FOLDER: &str = "tests/bench/compare";

/// Installs the libraries, in exactly the versions of their lock file, and builds their pages into
/// `target/compare`. They are of the bench alone: where that is not possible, without a network for
/// example, the rest of the bench goes on without them.
pub(crate) fn build(sh: &Shell) {
    if let Err(error) = try_build(sh) {
        println!(
            "bench: the other calendars could not be installed, and nothing is compared with them ({error}); they come from the npm registry: connect, then call `cargo xtask bench compare`"
        );
    }
}

fn try_build(sh: &Shell) -> Result<()> {
    // Pages of an earlier version would be measured under the name of this one.
    sh.remove_path("target/compare")?;
    ui::install_in(sh, FOLDER)?;
    let _dir = sh.push_dir(FOLDER);
    Ok(cmd!(sh, "npm run build").run()?)
}
