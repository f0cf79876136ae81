//! How the house is laid out, and how large its rooms may be.

use super::Rule;
use super::source::File;

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "the top level is a table of contents",
        why: "Rust is under src-tauri, web under ui; besides them only what must sit in a root",
        find: |source| {
            let mut found: Vec<String> = source
                .files
                .iter()
                .filter_map(|file| file.path.split('/').next())
                .filter(|name| !is_top_level(name))
                .map(str::to_owned)
                .collect();
            found.dedup();
            found
        },
    },
    Rule {
        name: "the code map fits in a reading",
        why: "src-tauri/ARCHITECTURE.md is there, and at most 200 lines: it maps, it does not retell",
        find: |source| match source.get("src-tauri/ARCHITECTURE.md") {
            None => vec!["src-tauri/ARCHITECTURE.md is missing".to_owned()],
            Some(file) if file.text.lines().count() > 200 => {
                vec![format!(
                    "{}: {} lines",
                    file.path,
                    file.text.lines().count()
                )]
            }
            Some(_) => Vec::new(),
        },
    },
    Rule {
        name: "a function fits on a screen",
        why: "nobody holds 80 lines in mind: name its parts",
        find: |source| {
            source
                .below("", &[".rs"])
                .flat_map(|file| long_functions(file, 80))
                .collect()
        },
    },
    Rule {
        name: "every crate takes the workspace's lints",
        why: "unsafe code and undocumented items would pass unseen: add `[lints]` `workspace = true`",
        find: |source| {
            source
                .below("", &["/Cargo.toml"])
                .filter(|file| !file.text.contains("[lints]\nworkspace = true"))
                .map(|file| file.path.clone())
                .collect()
        },
    },
    Rule {
        name: "every module says what it is for",
        why: "the first thing read is the first line: start the file with `//!`",
        find: |source| {
            source
                .below("", &[".rs"])
                .filter(|file| !file.path.ends_with("/tests.rs") && !file.path.contains("/tests/"))
                .filter(|file| !file.text.starts_with("//!"))
                .map(|file| file.path.clone())
                .collect()
        },
    },
];

const TOP: &[&str] = &[
    "Cargo.toml",
    "Cargo.lock",
    "CHANGELOG.md",
    "README.md",
    "clippy.toml",
    "icons",
    "rust-toolchain.toml",
    "src-tauri",
    "tests",
    "ui",
];

fn is_top_level(name: &str) -> bool {
    TOP.contains(&name) || name.starts_with('.') || name.starts_with("LICENSE")
}

/// Functions longer than the limit. Formatted code closes a function at the indentation at
/// which it began, so no parser is needed.
fn long_functions(file: &File, limit: usize) -> Vec<String> {
    let lines: Vec<&str> = file.text.lines().collect();
    let starts = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| begins_function(line));
    starts
        .filter_map(|(start, line)| {
            let indent = line.len() - line.trim_start().len();
            let close = format!("{}}}", " ".repeat(indent));
            let length = lines[start..].iter().position(|line| *line == close)? + 1;
            (length > limit).then(|| format!("{}:{}: {length} lines", file.path, start + 1))
        })
        .collect()
}

fn begins_function(line: &str) -> bool {
    let mut words = line.trim_start().split(' ');
    let first = words.find(|word| {
        !word.starts_with("pub") && !["async", "const", "unsafe", "extern"].contains(word)
    });
    first == Some("fn") && !line.ends_with('}') && !line.ends_with(';')
}
