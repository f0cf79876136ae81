//! The README, followed to the letter in an empty home: what it says that a reader can type works.

use std::path::Path;
use std::process::{Command, Stdio};

use berth_tests::place;

/// The lines of the first block of commands under a heading.
fn block(heading: &str) -> Vec<String> {
    let readme = std::fs::read_to_string(place::top().join("README.md")).unwrap();
    let (_, section) = readme
        .split_once(heading)
        .expect("the README has this heading");
    let (_, code) = section.split_once("```sh\n").expect("with commands");
    let (code, _) = code.split_once("```").expect("that end");
    code.lines().map(str::to_owned).collect()
}

/// What a machine has on which somebody has installed Rust and nothing else: a home of its own, and
/// rustup's programs from where they are.
fn line(home: &Path, line: &str) -> std::process::Output {
    let cargo = Command::new("sh")
        .args(["-c", "command -v cargo"])
        .output()
        .expect("there is a shell");
    let cargo = String::from_utf8(cargo.stdout).unwrap();
    let rust = Path::new(cargo.trim())
        .parent()
        .expect("cargo lies in a folder");
    let installed = home.join(".cargo");
    let path = format!(
        "{}:{}:/usr/local/bin:/usr/bin:/bin",
        installed.join("bin").display(),
        rust.display()
    );
    let mut command = Command::new("bash");
    command
        .args(["-c", line])
        // Only the line that builds has to be where the sources are.
        .current_dir(if line.starts_with("cargo ") {
            place::top()
        } else {
            home
        })
        .env_clear()
        .env("HOME", home)
        .env("PATH", path)
        .env("LANG", "C.UTF-8")
        .env("TZ", "Europe/Berlin")
        .env("CARGO_INSTALL_ROOT", &installed)
        // The same programs, built faster than for people, and not beside what the tests use.
        .env("CARGO_TARGET_DIR", place::top().join("target/readme"))
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "256")
        .env("CARGO_PROFILE_RELEASE_STRIP", "none")
        .stdin(Stdio::null());
    for kept in ["CARGO_HOME", "RUSTUP_HOME", "RUSTUP_TOOLCHAIN"] {
        let usual = std::env::var_os("HOME").map(|home| match kept {
            "CARGO_HOME" => Path::new(&home).join(".cargo"),
            _ => Path::new(&home).join(".rustup"),
        });
        match std::env::var_os(kept) {
            Some(value) => command.env(kept, value),
            None if kept == "RUSTUP_TOOLCHAIN" => &mut command,
            None => command.envs(usual.map(|usual| (kept, usual))),
        };
    }
    command.output().expect("bash starts")
}

#[test]
fn the_lines_for_a_terminal() {
    let home = tempfile::tempdir().unwrap();
    let lines = block("## In a terminal");
    assert!(lines.len() > 10, "{lines:?}");
    let berth = lines
        .iter()
        .filter(|line| line.starts_with("berth "))
        .count();
    assert!(berth > 9, "{lines:?}");
    for text in &lines {
        let output = line(home.path(), text);
        let (said, wrong) = (
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr),
        );
        let code = output.status.code();
        assert!(!wrong.contains("command not found"), "{text}: {wrong}");
        // A machine without a desktop has warnings, which is what `doctor` is for.
        let may_say_no = text.starts_with("berth doctor");
        assert!(
            code == Some(0) || may_say_no && code == Some(1),
            "{text}: {code:?}\n{said}{wrong}"
        );
    }
    assert!(
        home.path().join("team.ics").exists(),
        "the export is where the README puts it"
    );
    let where_it_is = home.path().join(".local/share/berth/berth.db");
    assert!(where_it_is.exists(), "the data are where the README says");
    assert!(home.path().join(".local/share/berth/backups").exists());
}

/// Exit codes that the README names.
#[test]
fn the_exit_codes() {
    let berth = crate::sample::two_bookings();
    for (line, code) in [
        ("list", 0),
        ("may staging --team Perf --at 2026-09-20T10:00", 0),
        ("may staging --team Perf --at 2026-09-15T10:00", 1),
        ("list --no-such-option", 2),
        ("show 99", 3),
    ] {
        assert_eq!(berth.run(line.split(' ')).code, Some(code), "{line}");
    }
    std::fs::write(berth.folder().join("berth.db"), "").unwrap();
    assert_eq!(berth.run(["list"]).code, Some(4));
}
