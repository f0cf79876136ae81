//! Every rule is shown to fail: one example that breaks it, and one near it that does not.

use super::source::{File, Source};
use super::{chrono_with_clock, rules};

/// Rule, path, a text that breaks it, a text that does not.
const EXAMPLES: &[(&str, &str, &str, &str)] = &[
    (
        "only berth-store names rusqlite",
        "src-tauri/crates/berth-app/src/a.rs",
        "use rusqlite::Connection;",
        "// rusqlite is below us",
    ),
    (
        "only berth-ical names ical",
        "src-tauri/crates/berth-app/src/a.rs",
        "let parser = ical::IcalParser::new(text);",
        "let parsed = berth_ical::parse(text);",
    ),
    (
        "only the shell names tauri and notify-rust",
        "src-tauri/crates/berth-app/Cargo.toml",
        "tauri = \"2\"",
        "serde = \"1\"",
    ),
    (
        "crates depend downwards",
        "src-tauri/crates/berth-store/Cargo.toml",
        "berth-ical.workspace = true",
        "berth-core.workspace = true",
    ),
    (
        "only backend.ts imports @tauri-apps",
        "ui/src/lib/week/Week.svelte",
        "import { invoke } from '@tauri-apps/api/core';",
        "import { backend } from '../backend';",
    ),
    (
        "libraries are given the time",
        "src-tauri/crates/berth-app/src/a.rs",
        "let now = Utc::now();",
        "fn plan(now: DateTime<Utc>) {}",
    ),
    (
        "berth-core does no I/O",
        "src-tauri/crates/berth-core/src/a.rs",
        "let text = std::fs::read_to_string(path);",
        "let text = std::fmt::format(arguments);",
    ),
    (
        "only tools.rs starts programs in xtask",
        "src-tauri/crates/xtask/src/fuzz.rs",
        "let mut command = std::process::Command::new(\"cargo\");",
        "let command = Command::from(cmd!(sh, \"cargo fuzz\"));",
    ),
    (
        "the window and the shell name the same commands",
        "ui/src/lib/backend.ts",
        "  undo: () => invoke<Outcome>('undo'),",
        "",
    ),
    (
        "no path of one machine",
        "README.md",
        "cd /home/somebody/berth",
        "see https://example.com/home/somebody",
    ),
    (
        "no host of a package registry",
        "ui/.npmrc",
        "registry=https://registry.npmjs.org/",
        "save-exact=true",
    ),
    (
        "no download address in the npm lock",
        "ui/package-lock.json",
        "      \"resolved\": \"somewhere\",",
        "      \"version\": \"1.0.0\",",
    ),
    (
        "text is text",
        "ui/src/lib/Card.svelte",
        "<p>{@html title}</p>",
        "<p>{title}</p>",
    ),
    (
        "an ignored test says why",
        "tests/system/a.rs",
        "#[ignore]",
        "#[ignore = \"an hour long: before a release\"]",
    ),
    (
        "no test is left alone or left out",
        "ui/src/lib/a.test.ts",
        "it.only('works', () => {});",
        "it('works', () => {});",
    ),
    (
        "nothing is left to do",
        "ui/src/lib/a.ts",
        "// TODO: later",
        "// later weeks are below",
    ),
    (
        "boring names",
        "src-tauri/crates/berth-app/src/a.rs",
        "pub struct BookingManager {",
        "pub struct Booking {",
    ),
    (
        "the top level is a table of contents",
        "scripts/build.sh",
        "true",
        "",
    ),
    (
        "the code map fits in a reading",
        "src-tauri/ARCHITECTURE.md",
        LONG,
        "# Code map\n",
    ),
    (
        "a function fits on a screen",
        "src-tauri/src/a.rs",
        LONG,
        "fn short() {\n}\n",
    ),
    (
        "every crate takes the workspace's lints",
        "src-tauri/Cargo.toml",
        "[package]",
        "[package]\n\n[lints]\nworkspace = true\n",
    ),
    (
        "every module says what it is for",
        "src-tauri/src/a.rs",
        "use std::fmt;",
        "//! Formats.\nuse std::fmt;",
    ),
];

/// A function of more than 200 lines.
const LONG: &str = concat!(
    "    pub(crate) async fn long() {\n",
    "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n",
    "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n",
    "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n",
    "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n",
    "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n",
    "    }\n",
);

fn found(rule: &str, path: &str, text: &str) -> Vec<String> {
    let rule = rules().find(|candidate| candidate.name == rule);
    let find = rule.map(|rule| rule.find).unwrap();
    let file = |path: &str, text: &str| File {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    find(&Source {
        files: vec![file(path, text)],
    })
}

#[test]
fn every_rule_has_an_example() {
    for rule in rules() {
        let shown = EXAMPLES.iter().any(|(name, ..)| *name == rule.name);
        assert!(shown, "show `{}` to fail", rule.name);
    }
}

#[test]
fn every_rule_fails_on_what_it_forbids() {
    for (rule, path, wrong, _) in EXAMPLES {
        assert!(!found(rule, path, wrong).is_empty(), "{rule}");
    }
}

#[test]
fn no_rule_fails_on_what_is_near() {
    for (rule, path, _, right) in EXAMPLES {
        // The top level is about a path, not a text.
        let path = if path.starts_with("scripts") {
            "ui/a.ts"
        } else {
            path
        };
        assert_eq!(found(rule, path, right), Vec::<String>::new(), "{rule}");
    }
}

#[test]
fn commands_agree_when_all_three_places_name_them() {
    let file = |path: &str, text: &str| File {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    let source = Source {
        files: vec![
            file(
                "ui/src/lib/backend.ts",
                "  undo: () => invoke<Outcome>('undo'),",
            ),
            file(
                "src-tauri/build.rs",
                "const COMMANDS: &[&str] = &[\"undo\"];",
            ),
            file(
                "src-tauri/src/commands.rs",
                "#[tauri::command]\npub fn undo(state: State) {}",
            ),
        ],
    };
    let rule = rules()
        .find(|rule| rule.name.contains("same commands"))
        .unwrap();
    assert_eq!((rule.find)(&source), Vec::<String>::new());
}

#[test]
fn a_clock_in_the_tree_is_seen() {
    let check = |tree, expected| assert_eq!(chrono_with_clock(tree).is_some(), expected, "{tree}");
    check("chrono v0.4.45 alloc,clock,std", true);
    check("chrono v0.4.45 alloc,now,std", true);
    check("chrono v0.4.45 alloc,std", false);
    check("chrono-tz v0.10.4 std", false);
}
