//! `run`: build the app and open it.

use std::process::{Command, ExitCode};

use anyhow::Result;
use xshell::{Shell, cmd};

use crate::{setup, ui};

/// Everything after the verb goes to the app, but for `--release`. Ends with the app's exit code.
pub(crate) fn run(sh: &Shell, args: &[String]) -> Result<ExitCode> {
    if needs_a_display(args) && !has_a_display(sh) {
        // What the app would say after some minutes of building.
        eprintln!("{NO_DISPLAY}");
        return Ok(ExitCode::from(4));
    }
    setup::setup(sh, setup::Need::Build)?;
    ui::build(sh)?;
    let (release, args): (Vec<&String>, Vec<&String>) =
        args.iter().partition(|arg| *arg == "--release");
    let (profile, folder): (&[&str], _) = match release.is_empty() {
        true => (&[], "debug"),
        false => (&["--release"], "release"),
    };
    println!("building Berth; the first time takes a few minutes");
    cmd!(
        sh,
        "cargo build --package berth-desktop --bin berth-desktop {profile...}"
    )
    .run()?;
    let app = sh.current_dir().join("target").join(folder);
    let app = app.join(format!("berth-desktop{}", std::env::consts::EXE_SUFFIX));
    // Not through cargo, which would add to what the app says.
    let status = Command::from(cmd!(sh, "{app} {args...}")).status()?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(ExitCode::from(code.unwrap_or(1)))
}

const NO_DISPLAY: &str = "\
berth-desktop: Berth cannot open a window: no display is named by DISPLAY or WAYLAND_DISPLAY
hint: start it from a desktop session, or use `berth` in a terminal";

/// Whether the app will open a window.
fn needs_a_display(args: &[String]) -> bool {
    let without = ["--quit", "--help", "-h", "--version", "-V"];
    !args.iter().any(|arg| without.contains(&arg.as_str()))
}

fn has_a_display(sh: &Shell) -> bool {
    // The last one chooses another kind of display.
    let names = ["DISPLAY", "WAYLAND_DISPLAY", "GDK_BACKEND"];
    let named = |name: &str| sh.var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(not(target_os = "linux")) || names.into_iter().any(named)
}
