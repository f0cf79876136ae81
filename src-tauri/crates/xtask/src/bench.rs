//! `bench`: the figures, measured on release builds, printed as a table and as JSON.

use anyhow::Result;
use xshell::{Shell, cmd};

use crate::{compare, setup, ui};

pub(crate) fn bench(sh: &Shell, filter: &[String]) -> Result<()> {
    setup::setup(sh, setup::Need::Tests)?;
    ui::build(sh)?;
    if filter.first().is_none_or(|part| "compare".contains(part)) {
        compare::build(sh);
    }
    cmd!(
        sh,
        "cargo build --release --workspace --bins --example hello"
    )
    .run()?;
    cmd!(sh, "target/release/berth-bench {filter...}").run()?;
    Ok(())
}
