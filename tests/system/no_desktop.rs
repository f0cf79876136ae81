//! The desktop program where there is no desktop: it says what is wrong and the next step, and ends.

use std::process::Command;

use berth_tests::berth::Output;
use berth_tests::place;

const NO_DISPLAY: &str = "berth-desktop: Berth cannot open a window: no display is named by DISPLAY or WAYLAND_DISPLAY\n";
const WINDOW: &str = "hint: start it from a desktop session, or use `berth` in a terminal\n";

/// Runs it in an empty home, without a display and a bus but for those of `environment`.
fn start(args: &[&str], environment: &[(&str, &str)]) -> Output {
    let home = tempfile::tempdir().unwrap();
    let output = Command::new(place::program("berth-desktop"))
        .args(args)
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .env_remove("GDK_BACKEND")
        .env("HOME", home.path())
        // The bus of a session is also looked for here.
        .env("XDG_RUNTIME_DIR", home.path())
        .env("BERTH_DATA_DIR", home.path().join("data"))
        .env("RUST_BACKTRACE", "1")
        .envs(environment.iter().copied())
        .output()
        .unwrap();
    assert!(
        !home.path().join("data").exists(),
        "{args:?} leaves something behind"
    );
    Output {
        code: output.status.code(),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

#[track_caller]
fn check(args: &[&str], environment: &[(&str, &str)], code: i32, says: &str) {
    let output = start(args, environment).expect_code(code);
    assert_eq!(output.stderr, says, "{args:?} {environment:?}");
    assert_eq!(output.stdout, "", "{args:?} {environment:?}");
}

#[test]
fn without_a_display() {
    let says = format!("{NO_DISPLAY}{WINDOW}");
    for args in [&[][..], &["--hidden"], &["--demo"], &["week.ics"]] {
        check(args, &[], 4, &says);
        check(args, &[("DISPLAY", "")], 4, &says);
    }
}

/// As a person types it in the repository: said before anything is built, and as the app says it.
#[test]
fn run_without_a_display() {
    let run = |args: &[&str]| {
        let output = Command::new(place::program("xtask"))
            .arg("run")
            .args(args)
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("GDK_BACKEND")
            // Whatever it would start is not found, so that this test builds nothing.
            .env("PATH", "/no/such/folder")
            .output()
            .unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (
            output.status.code(),
            text(&output.stdout),
            text(&output.stderr),
        )
    };
    for args in [&[][..], &["--demo"], &["--release"]] {
        let says = format!("{NO_DISPLAY}{WINDOW}");
        assert_eq!(run(args), (Some(4), String::new(), says), "{args:?}");
    }
    let (code, _, says) = run(&["--quit"]);
    assert_eq!(code, Some(1), "{says}");
    assert!(says.contains("Node is missing"), "it goes on: {says}");
}

#[test]
fn with_a_display_that_does_not_answer() {
    for (variable, name) in [("DISPLAY", ":987"), ("WAYLAND_DISPLAY", "wayland-987")] {
        let says = format!(
            "berth-desktop: Berth cannot open a window: the display `{name}` does not answer\n{WINDOW}"
        );
        for args in [&[][..], &["--hidden"], &["--demo"]] {
            check(args, &[(variable, name)], 4, &says);
        }
    }
}

#[test]
fn quit_without_a_bus_does_not_claim_success() {
    let says = "berth-desktop: Berth cannot be asked to quit: there is no session bus\n\
        hint: call this in the desktop session in which Berth runs\n";
    check(&["--quit"], &[], 4, says);
    let gone = [("DBUS_SESSION_BUS_ADDRESS", "unix:path=/no/such/bus")];
    check(&["--quit"], &gone, 4, says);
}

#[test]
fn help_needs_no_display_and_names_the_exit_codes() {
    let output = start(&["--help"], &[]).expect_code(0);
    for part in [
        "0 it ran",
        "1 --quit, and none runs",
        "2 the command line",
        "4 there is no display",
    ] {
        assert!(output.stdout.contains(part), "{}", output.stdout);
    }
    let _ = start(&["--no-such-thing"], &[]).expect_code(2);
}
