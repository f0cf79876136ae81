//! `setup`: what must be on the machine. Looks first, installs only what is missing.
//!
//! Debian and Ubuntu are installed by apt, as root or through sudo; elsewhere the packages are
//! named, because a wrong guess there would change a machine that is not ours.

use std::io::IsTerminal;

use anyhow::{Result, bail};
use xshell::{Shell, cmd};

use crate::{fuzz, tools, ui};

/// What the machine is wanted for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// Build and open the app.
    Build,
    /// Also drive it in a desktop session of its own.
    Tests,
}

impl Need {
    pub(crate) fn from_args(args: &[String]) -> Self {
        if args.iter().any(|arg| arg == "--tests") {
            Self::Tests
        } else {
            Self::Build
        }
    }
}

const APT_BUILD: &[&str] = &[
    "build-essential",
    "pkg-config",
    "libwebkit2gtk-4.1-dev",
    "libayatana-appindicator3-dev",
    "librsvg2-dev",
    "libxdo-dev",
    "libssl-dev",
];

/// A desktop session: display, bus, window manager, panel with a tray, notifications, and the
/// programs that look at them.
const APT_TESTS: &[&str] = &[
    "webkit2gtk-driver",
    "xvfb",
    "dbus-x11",
    "dunst",
    "libnotify-bin",
    "xdotool",
    "wmctrl",
    "x11-utils",
    "imagemagick",
    "libglib2.0-bin",
    "at-spi2-core",
    "python3-dbusmock",
    "python3-gi",
    "gir1.2-gtk-3.0",
    "libfaketime",
    "xfce4-panel",
    "xfwm4",
    "xfconf",
    "fonts-dejavu-core",
];

const FEDORA: &str = "sudo dnf install gcc make pkgconf-pkg-config webkit2gtk4.1-devel \
     libayatana-appindicator-gtk3-devel librsvg2-devel libxdo-devel openssl-devel";

pub(crate) fn setup(sh: &Shell, need: Need) -> Result<()> {
    node(sh)?;
    system_packages(sh, need)?;
    ui::install(sh)?;
    if need == Need::Tests {
        tauri_driver(sh)?;
        cargo_fuzz(sh);
    }
    Ok(())
}

fn node(sh: &Shell) -> Result<()> {
    let Ok(version) = cmd!(sh, "node --version").quiet().ignore_stderr().read() else {
        bail!("Node is missing: install Node 20 or newer, with npm, then call this again");
    };
    match major(&version) {
        Some(20..) => Ok(()),
        _ => bail!("Node {version} is too old: install Node 20 or newer, then call this again"),
    }
}

/// `v20.20.2` → 20.
fn major(version: &str) -> Option<u32> {
    version
        .trim_start_matches('v')
        .split('.')
        .next()?
        .parse()
        .ok()
}

fn system_packages(sh: &Shell, need: Need) -> Result<()> {
    if cfg!(target_os = "macos") {
        return on_macos(sh);
    }
    let release = sh.read_file("/etc/os-release").unwrap_or_default();
    match family(&release) {
        Some("debian") => apt(sh, need),
        Some("fedora") => on_fedora(sh, need),
        _ => {
            println!(
                "setup: this system is not known here; the app needs WebKitGTK 4.1, ayatana-appindicator 3, librsvg 2, libxdo and OpenSSL with their headers"
            );
            Ok(())
        }
    }
}

/// The packager's family of an `/etc/os-release`.
fn family(release: &str) -> Option<&'static str> {
    let ids: Vec<&str> = release
        .lines()
        .filter_map(|line| line.strip_prefix("ID=").or(line.strip_prefix("ID_LIKE=")))
        .flat_map(|value| value.trim_matches('"').split(' '))
        .collect();
    ["debian", "fedora"]
        .into_iter()
        .find(|family| ids.contains(family))
}

fn apt(sh: &Shell, need: Need) -> Result<()> {
    let tests = if need == Need::Tests { APT_TESTS } else { &[] };
    let wanted = [APT_BUILD, tests].concat();
    let missing = missing_on_debian(sh, &wanted)?;
    if missing.is_empty() {
        return Ok(());
    }
    let line = format!(
        "apt-get install -y --no-install-recommends {}",
        missing.join(" ")
    );
    let _quiet = sh.push_env("DEBIAN_FRONTEND", "noninteractive");
    let sudo: &[&str] = match privilege(sh) {
        Privilege::Root => &[],
        Privilege::Sudo => &["sudo", "--preserve-env=DEBIAN_FRONTEND"],
        Privilege::None => bail!(
            "system packages are missing, and there is no root or sudo here; run this, then call this again:\n\n  sudo {line}\n"
        ),
    };
    run_line(sh, sudo, "apt-get update")?;
    run_line(sh, sudo, &line)
}

fn run_line(sh: &Shell, sudo: &[&str], line: &str) -> Result<()> {
    let words: Vec<&str> = sudo.iter().copied().chain(line.split(' ')).collect();
    let (program, args) = (words[0], &words[1..]);
    Ok(cmd!(sh, "{program} {args...}").run()?)
}

fn missing_on_debian(sh: &Shell, wanted: &[&'static str]) -> Result<Vec<&'static str>> {
    let format = "${Package} ${db:Status-Status}\n";
    let listed = cmd!(sh, "dpkg-query --show --showformat={format} {wanted...}")
        .quiet()
        .ignore_status()
        .ignore_stderr()
        .read()?;
    Ok(not_installed(&listed, wanted))
}

/// The wanted packages that a `dpkg-query` listing does not call installed.
fn not_installed(listed: &str, wanted: &[&'static str]) -> Vec<&'static str> {
    let installed = |name: &str| {
        listed
            .lines()
            .any(|line| line == format!("{name} installed"))
    };
    wanted
        .iter()
        .copied()
        .filter(|name| !installed(name))
        .collect()
}

enum Privilege {
    Root,
    Sudo,
    None,
}

fn privilege(sh: &Shell) -> Privilege {
    let read = |command: xshell::Cmd<'_>| command.quiet().ignore_stderr().read();
    if read(cmd!(sh, "id -u")).is_ok_and(|id| id == "0") {
        return Privilege::Root;
    }
    let asks_nothing = read(cmd!(sh, "sudo --non-interactive true")).is_ok();
    let can_ask = std::io::stdin().is_terminal() && read(cmd!(sh, "sudo --version")).is_ok();
    if asks_nothing || can_ask {
        Privilege::Sudo
    } else {
        Privilege::None
    }
}

fn on_fedora(sh: &Shell, need: Need) -> Result<()> {
    let present = cmd!(sh, "pkg-config --exists webkit2gtk-4.1")
        .quiet()
        .ignore_stderr()
        .run()
        .is_ok();
    if !present {
        bail!("system packages are missing; run this, then call this again:\n\n  {FEDORA}\n");
    }
    if need == Need::Tests {
        println!(
            "setup: the journeys on the real app also need: {}",
            APT_TESTS.join(" ")
        );
    }
    Ok(())
}

fn on_macos(sh: &Shell) -> Result<()> {
    let tools = cmd!(sh, "xcode-select --print-path")
        .quiet()
        .ignore_stderr()
        .read();
    if tools.is_err() {
        bail!(
            "the command line tools are missing; run this, then call this again:\n\n  xcode-select --install\n"
        );
    }
    Ok(())
}

/// The bridge from WebDriver to the app: from the path, or built once under `target/tools`.
fn tauri_driver(sh: &Shell) -> Result<()> {
    if cfg!(target_os = "macos") {
        return Ok(());
    }
    if cmd!(sh, "tauri-driver --help")
        .quiet()
        .ignore_stdout()
        .ignore_stderr()
        .run()
        .is_ok()
    {
        return Ok(());
    }
    let folder = tools::FOLDER;
    Ok(cmd!(
        sh,
        "cargo install tauri-driver --version ^2 --locked --root {folder}"
    )
    .run()?)
}

/// What makes hostile calendars, where there is the nightly compiler that it needs. The tests can do
/// without it, and say so.
fn cargo_fuzz(sh: &Shell) {
    if fuzz::obstacle(sh) != Some(fuzz::Obstacle::Tool) {
        return;
    }
    let folder = tools::FOLDER;
    let install = cmd!(
        sh,
        "cargo install cargo-fuzz --version ^0.13 --locked --root {folder}"
    );
    if let Err(error) = install.run() {
        println!("setup: cargo-fuzz could not be installed: {error}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_version_has_a_major() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("v8.1.0"), Some(8));
        assert_eq!(major("nonsense"), None);
    }

    #[test]
    fn a_system_belongs_to_a_family() {
        let check = |release: &str, expected| assert_eq!(family(release), expected, "{release}");
        check("ID=debian\nVERSION_ID=\"12\"", Some("debian"));
        check("ID=ubuntu\nID_LIKE=debian", Some("debian"));
        check("ID=linuxmint\nID_LIKE=\"ubuntu debian\"", Some("debian"));
        check("ID=fedora", Some("fedora"));
        check("ID=rocky\nID_LIKE=\"rhel centos fedora\"", Some("fedora"));
        check("ID=arch", None);
        check("", None);
    }

    #[test]
    fn only_what_dpkg_calls_installed_is_there() {
        let listed = "xvfb installed\ndunst config-files\nxvfb-more installed\n";
        let missing = not_installed(listed, &["xvfb", "dunst", "xfwm4"]);
        assert_eq!(missing, ["dunst", "xfwm4"]);
    }
}
