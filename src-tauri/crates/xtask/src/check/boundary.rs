//! Who may name what: the invariants of `src-tauri/ARCHITECTURE.md`.

use super::Rule;
use super::source::{File, Source, names};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "only berth-store names rusqlite",
        why: "the database is behind berth-store, so that it can be changed in one place: add a method there",
        find: |source| rust_outside(source, &["src-tauri/crates/berth-store/"], &["rusqlite"]),
    },
    Rule {
        name: "only berth-ical names ical",
        why: "the parser is behind berth-ical, so that its limits hold for every caller: use berth_ical",
        find: |source| {
            rust_outside(
                source,
                &["src-tauri/crates/berth-ical/"],
                &["ical::", "ical =", "ical."],
            )
        },
    },
    Rule {
        name: "only the shell names tauri and notify-rust",
        why: "everything below the shell is tested without a window: put it in src-tauri/src",
        find: |source| {
            let shell = [
                "src-tauri/src/",
                "src-tauri/examples/",
                "src-tauri/build.rs",
                "src-tauri/Cargo.toml",
            ];
            rust_outside(
                source,
                &shell,
                &[
                    "tauri::",
                    "tauri_",
                    "tauri =",
                    "tauri-plugin",
                    "notify_rust",
                    "notify-rust",
                ],
            )
        },
    },
    Rule {
        name: "crates depend downwards",
        why: "desktop, cli → app → store, ical → core; store and ical do not know each other",
        find: upward_dependencies,
    },
    Rule {
        name: "only backend.ts imports @tauri-apps",
        why: "the interface runs without the shell in tests: add the call to ui/src/lib/backend.ts",
        find: |source| {
            source
                .below("ui/src/", &[".ts", ".svelte", ".js"])
                .filter(|file| file.path != "ui/src/lib/backend.ts")
                .flat_map(|file| {
                    file.code_where(|line| {
                        line.contains("@tauri-apps")
                            && (line.contains("from ") || line.contains("import"))
                    })
                })
                .collect()
        },
    },
    Rule {
        name: "libraries are given the time",
        why: "a reminder or a week of any day must be a test: take the time as an argument",
        find: |source| {
            in_libraries(
                source,
                LIBRARIES,
                &["Utc::now", "Local::now", "SystemTime::now"],
            )
        },
    },
    Rule {
        name: "berth-core does no I/O",
        why: "the rules are pure: read and write in berth-store, berth-app or the shell",
        find: |source| {
            let core = &["src-tauri/crates/berth-core/src/"];
            in_libraries(
                source,
                core,
                &[
                    "std::fs",
                    "std::net",
                    "std::env",
                    "std::process",
                    "std::io",
                    "SystemTime",
                    "Instant",
                ],
            )
        },
    },
    Rule {
        name: "only tools.rs starts programs in xtask",
        why: "a program started another way does not find target/tools, which only shows on a new machine: use cmd! with the shell, and Command::from for what it cannot do",
        find: |source| {
            source
                .below("src-tauri/crates/xtask/", &[".rs"])
                .filter(|file| !file.path.starts_with("src-tauri/crates/xtask/src/check/"))
                .filter(|file| file.path != "src-tauri/crates/xtask/src/tools.rs")
                .flat_map(|file| {
                    let starts = ["Command::new", "Shell::new"];
                    file.code_where(|line| starts.iter().any(|word| names(line, word)))
                })
                .collect()
        },
    },
    Rule {
        name: "the window and the shell name the same commands",
        why: "a command missing on one side fails only when it is pressed: backend.ts, commands and build.rs must agree",
        find: commands_that_differ,
    },
];

const LIBRARIES: &[&str] = &[
    "src-tauri/crates/berth-core/src/",
    "src-tauri/crates/berth-ical/src/",
    "src-tauri/crates/berth-store/src/",
    "src-tauri/crates/berth-app/src/",
];

/// Rust and manifests that name a word outside the folders that may. The workspace's list of
/// versions is not a use, and these rules must be able to write the words down.
fn rust_outside(source: &Source, allowed: &[&str], words: &[&str]) -> Vec<String> {
    let may = |file: &&File| {
        file.path != "Cargo.toml"
            && !file.path.starts_with("src-tauri/crates/xtask/")
            && !allowed.iter().any(|folder| file.path.starts_with(folder))
    };
    source
        .below("", &[".rs", "Cargo.toml"])
        .filter(may)
        .flat_map(|file| file.code_where(|line| words.iter().any(|word| names(line, word))))
        .collect()
}

/// Uses of a word in the libraries' own code; their tests may ask what they like.
fn in_libraries(source: &Source, folders: &[&str], words: &[&str]) -> Vec<String> {
    folders
        .iter()
        .flat_map(|folder| source.below(folder, &[".rs"]))
        .filter(|file| !file.path.ends_with("/tests.rs") && !file.path.contains("/tests/"))
        .flat_map(|file| file.code_where(|line| words.iter().any(|word| names(line, word))))
        .collect()
}

/// Crate, and the crates of Berth that it may depend on.
const DOWNWARDS: &[(&str, &[&str])] = &[
    ("src-tauri/crates/berth-core/", &[]),
    ("src-tauri/crates/berth-ical/", &["berth-core"]),
    ("src-tauri/crates/berth-store/", &["berth-core"]),
    (
        "src-tauri/crates/berth-app/",
        &["berth-core", "berth-ical", "berth-store"],
    ),
    ("src-tauri/crates/berth-cli/", &["berth-core", "berth-app"]),
    ("src-tauri/crates/xtask/", &[]),
    ("src-tauri/Cargo.toml", &["berth-core", "berth-app"]),
];

fn upward_dependencies(source: &Source) -> Vec<String> {
    let of = |(crate_, allowed): &(&'static str, &'static [&'static str])| {
        let allowed = *allowed;
        source
            .below(crate_, &["Cargo.toml"])
            // A fuzzer stands above the crate that it lies in, outside of the workspace.
            .filter(|file| !file.path.contains("/fuzz/"))
            .flat_map(|file| {
                file.lines_where(|line| {
                    line.starts_with("berth-")
                        && !allowed.iter().any(|name| {
                            line.strip_prefix(name)
                                .is_some_and(|rest| rest.starts_with(['.', ' ', '=']))
                        })
                })
            })
            .collect::<Vec<_>>()
    };
    DOWNWARDS.iter().flat_map(of).collect()
}

fn commands_that_differ(source: &Source) -> Vec<String> {
    let called = between(source.get("ui/src/lib/backend.ts"), "('", "'", |line| {
        line.contains("invoke<") || line.trim_start().starts_with("invoke")
    });
    let permitted = between(source.get("src-tauri/build.rs"), "\"", "\"", |_| true);
    let offered = offered_commands(source);
    let lists = [
        ("backend.ts", &called),
        ("src-tauri/build.rs", &permitted),
        ("#[tauri::command]", &offered),
    ];
    let mut all: Vec<&String> = lists.iter().flat_map(|(_, list)| *list).collect();
    all.sort();
    all.dedup();
    all.into_iter()
        .filter_map(|name| {
            let missing: Vec<&str> = lists
                .iter()
                .filter(|(_, list)| !list.contains(name))
                .map(|(place, _)| *place)
                .collect();
            (!missing.is_empty()).then(|| format!("`{name}` is not in {}", missing.join(", ")))
        })
        .collect()
}

/// The snake-case names between two marks, on the lines that count.
fn between(
    file: Option<&File>,
    open: &str,
    close: &str,
    counts: impl Fn(&str) -> bool,
) -> Vec<String> {
    let text = file.map_or("", |file| file.text.as_str());
    text.lines()
        .filter(|line| counts(line))
        .flat_map(|line| line.split(open).skip(1).step_by(1))
        .filter_map(|rest| rest.split(close).next())
        .filter(|name| !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
        .map(str::to_owned)
        .collect()
}

/// The functions under `#[tauri::command]` in the shell.
fn offered_commands(source: &Source) -> Vec<String> {
    let mut found = Vec::new();
    for file in source.below("src-tauri/src/", &[".rs"]) {
        let mut lines = file.text.lines();
        while let Some(line) = lines.next() {
            if line.trim_start().starts_with("#[tauri::command") {
                let name = lines
                    .by_ref()
                    .find_map(|line| line.split_once("fn "))
                    .and_then(|(_, rest)| rest.split(['(', '<']).next());
                found.extend(name.map(str::to_owned));
            }
        }
    }
    found
}
