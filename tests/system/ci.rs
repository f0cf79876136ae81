//! `.ci/run`: what a machine runs on every change, with nothing that somebody installed by hand.

use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use berth_tests::{place, skip};
use tempfile::TempDir;

const BY_HAND: [&str; 3] = ["cargo-fuzz", "cargo-nextest", "tauri-driver"];

/// A cargo home with rustup's programs and those that somebody installed there by hand; none where
/// cargo is not rustup's.
fn home_with_programs_by_hand() -> Option<TempDir> {
    let real = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let real = real.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")));
    let rustup = real?.join("bin/rustup").canonicalize().ok()?;
    let home = tempfile::tempdir().unwrap();
    let bin = home.path().join("bin");
    std::fs::create_dir(&bin).unwrap();
    for name in ["cargo", "rustc", "rustup"] {
        symlink(&rustup, bin.join(name)).unwrap();
    }
    for name in BY_HAND {
        let program = bin.join(name);
        std::fs::write(&program, "#!/bin/sh\necho by hand\n").unwrap();
        std::fs::set_permissions(&program, PermissionsExt::from_mode(0o755)).unwrap();
    }
    Some(home)
}

/// As a person with this cargo home would start it.
fn run(home: &Path, program: &Path, args: &[&str]) -> Output {
    let bin = home.join("bin");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::iter::once(bin).chain(std::env::split_paths(&path));
    Command::new(program)
        .args(args)
        .current_dir(place::top())
        .env("CARGO_HOME", home)
        .env("PATH", std::env::join_paths(path).unwrap())
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn what_was_installed_by_hand_is_not_found() {
    let Some(home) = home_with_programs_by_hand() else {
        return skip::skip("cargo is not rustup's: there is no folder of programs by hand");
    };
    let home = home.path();
    let fuzz = run(home, &home.join("bin/cargo"), &["fuzz"]);
    assert_eq!(text(&fuzz.stdout), "by hand\n", "without .ci/run");

    let ci = place::top().join(".ci/run");
    let look = "command -v cargo-fuzz; command -v cargo-nextest; command -v tauri-driver; \
        cargo fuzz; node --version && npm --version && cargo --version";
    let output = run(home, &ci, &["sh", "-c", look]);
    let (said, error) = (text(&output.stdout), text(&output.stderr));
    let lines: Vec<&str> = said.lines().collect();
    let [path, cargo_home, node, npm, cargo] = lines[..] else {
        panic!("{said}{error}");
    };
    let first = path.strip_prefix("PATH=").unwrap().split(':').next();
    let links = PathBuf::from(first.unwrap());
    assert!(links.starts_with(place::top().join("target/ci")), "{path}");
    assert_eq!(
        cargo_home.strip_prefix("CARGO_HOME=").map(Path::new),
        links.parent()
    );
    assert!(node.starts_with('v'), "{node}");
    assert!(npm.starts_with(|c: char| c.is_ascii_digit()), "{npm}");
    assert!(cargo.starts_with("cargo "), "{cargo}");
    assert!(error.contains("no such command: `fuzz`"), "{error}");
    std::fs::remove_dir_all(links.parent().unwrap()).unwrap();
}

#[test]
fn it_runs_the_test_command_of_the_readme() {
    let read = |name: &str| std::fs::read_to_string(place::top().join(name)).unwrap();
    let command = "cargo xtask test";
    let in_readme = |line: &str| line.split('#').next().unwrap_or_default().trim() == command;
    assert!(read("README.md").lines().any(in_readme));
    assert!(read(".ci/run").contains(&format!("set -- {command}; fi")));
}
