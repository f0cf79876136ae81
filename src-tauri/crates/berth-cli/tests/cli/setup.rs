//! Environments and teams; help, completions, manual; the command line itself.

use crate::berth::Berth;
use crate::golden::{golden, golden_json};

#[test]
fn environments() {
    let berth = Berth::empty();
    let mut said = berth.ok(
        "env add integration --capacity 2 --zone America/New_York --set-up 30m --clean-up 1h --owner \"Lab desk\" \
         --alias int --alias lab --lead 1h,10m",
    );
    said += &berth.ok("env edit INT --name lab --capacity 3 --hide");
    said += &berth.ok("env edit staging --owner \"Infra coordinator\"");
    said += &berth.ok("env list");
    golden("env.txt", &said);
    golden_json("env.json", &berth.ok("--json env list"));
    assert_eq!(berth.json("env edit lab --show")["hidden"], false);
    berth.ok("env remove lab");
    assert_eq!(berth.json("env list").as_array().unwrap().len(), 2);
    berth
        .line("env add Staging")
        .fails(3, "environment “staging” already", "another name");
    berth.line("env add x --zone Mars/Base").fails(
        3,
        "“Mars/Base” is not a time zone",
        "Europe/Berlin",
    );
    berth.line("env edit nowhere --capacity 2").fails(
        3,
        "no environment “nowhere”",
        "staging and production",
    );
    berth.line("env add x --capacity 0").exits(2);
    berth.line("env").exits(2);
}

#[test]
fn an_environment_with_bookings_stays() {
    let berth = Berth::begun();
    berth.book("--env staging --team Perf --from 2026-09-17T09:00 --for 4h");
    berth
        .line("env remove staging")
        .fails(3, "bookings on staging", "Hide it instead");
    berth
        .line("team remove Perf")
        .fails(3, "Perf still has bookings", "Delete them first");
}

#[test]
fn teams() {
    let berth = Berth::empty();
    assert!(berth.ok("team list").contains("berth team add NAME --mine"));
    let mut said = berth.ok("team add \"Release Management\" --mine");
    said += &berth.ok("team add Perf --code prf --colour #0072b2");
    said += &berth.ok("team edit RM --name Releases --not-mine");
    said += &berth.ok("team edit perf --mine --code PF");
    said += &berth.ok("team list");
    golden("team.txt", &said);
    golden_json("team.json", &berth.ok("--json team list"));
    berth.ok("team remove pf");
    assert_eq!(berth.json("team list").as_array().unwrap().len(), 1);
    berth
        .line("team add Ops --colour #123456")
        .fails(3, "not one of the team colours", "#0072B2");
    berth
        .line("team add releases")
        .fails(3, "team “Releases” already", "edit that team");
    berth
        .line("team add Ops --code LONG")
        .fails(3, "two or three letters", "Shorten");
}

#[test]
fn help_for_every_command() {
    let berth = Berth::empty();
    let help = berth.ok("--help");
    for verb in [
        "env",
        "team",
        "book",
        "list",
        "show",
        "move",
        "edit",
        "cancel",
        "delete",
        "week",
        "conflicts",
        "import",
        "export",
        "undo",
        "redo",
        "history",
        "backup",
        "doctor",
        "completions",
        "man",
    ] {
        assert!(
            help.contains(&format!("\n  {verb}  ")),
            "{verb} is in the help"
        );
        assert!(
            berth.ok(&format!("{verb} --help")).contains("Usage: berth"),
            "{verb}"
        );
    }
    assert!(berth.ok("--version").starts_with("berth 0."));
    assert!(!berth.data().exists(), "nothing was opened for that");
}

#[test]
fn completions_and_manual() {
    let berth = Berth::empty();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(
            berth
                .ok(&format!("completions {shell}"))
                .contains("conflicts"),
            "{shell}"
        );
    }
    berth.line("completions cmd").exits(2);
    assert!(berth.ok("man").contains(".TH berth 1"));
    let folder = berth.file("man");
    berth
        .run(&["man", "--dir", folder.to_str().unwrap()])
        .exits(0);
    for page in ["berth.1", "berth-book.1", "berth-env-add.1"] {
        assert!(folder.join(page).exists(), "{page}");
    }
    assert!(!berth.data().exists(), "nothing was opened for that");
}

#[test]
fn the_present() {
    let berth = Berth::begun();
    berth.line("--now 2026-09-14 list").exits(2);
    let list = |now: &str| berth.without_now(&["--now", now, "list"]).output().unwrap();
    let said = |output: &[u8]| String::from_utf8_lossy(output).into_owned();
    assert!(
        said(&list("2026-09-14T12:00+02:00").stdout)
            .contains("from Mon 14 Sep 00:00 to Mon 21 Sep")
    );
    let wrong = list("sometime");
    assert_eq!(wrong.status.code(), Some(3));
    assert!(said(&wrong.stderr).contains("“sometime” is not a time"));
}

#[test]
fn nobody_reads_to_the_end() {
    let berth = Berth::begun();
    for minute in 10..40 {
        berth.book(&format!(
            "--env staging --team Infra --from 2026-09-17T09:{minute} --for 1m"
        ));
    }
    let mut child = berth.command(&["list", "--from", "2026-09-17"]);
    child
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped());
    let mut child = child.spawn().unwrap();
    // Closed before anything is written, as by `head -0`.
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(
        (
            output.status.code(),
            String::from_utf8_lossy(&output.stderr).as_ref()
        ),
        (Some(0), "")
    );
}

#[cfg(target_os = "linux")]
#[test]
fn no_space_for_the_answer() {
    let berth = Berth::begun();
    let full = std::fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let output = berth
        .command(&["team", "list"])
        .stdout(full)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert!(
        String::from_utf8_lossy(&output.stderr).contains("Cannot write the output"),
        "{output:?}"
    );
}

#[test]
fn colours() {
    let berth = Berth::begun();
    berth.book("--env staging --team Infra --from 2026-09-17T09:00 --for 4h");
    let coloured = |words: &[&str], variable: Option<(&str, &str)>| {
        let output = berth.command(words).envs(variable).output().unwrap();
        output.stdout.contains(&0x1b)
    };
    let week = ["week", "--from", "2026-09-17"];
    let always = [&["--color", "always"], &week[..]].concat();
    assert!(!coloured(&week, None), "a pipe is no terminal");
    assert!(coloured(&always, None));
    assert!(
        coloured(&always, Some(("NO_COLOR", "1"))),
        "asked for by name"
    );
    assert!(!coloured(
        &[&["--color", "never"], &week[..]].concat(),
        None
    ));
}
