//! Words that must not be anywhere, or not in a kind of file.

use super::Rule;
use super::source::{File, Source, names};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "no path of one machine",
        why: "it works for nobody else: make the path from the repository's top or from a variable",
        find: |source| everywhere(source, is_machine_path),
    },
    Rule {
        name: "no host of a package registry",
        why: "each machine has its own way to the packages: only Cargo.lock names one",
        find: |source| everywhere(source, |line| HOSTS.iter().any(|host| line.contains(host))),
    },
    Rule {
        name: "no download address in the npm lock",
        why: "npm records where this machine happened to load from: keep `omit-lockfile-registry-resolved=true`",
        find: |source| {
            source
                .below("", &["package-lock.json"])
                .flat_map(|file| file.lines_where(|line| line.contains("\"resolved\"")))
                .collect()
        },
    },
    Rule {
        name: "text is text",
        why: "a title from a stranger's calendar may be HTML: use a text node",
        find: |source| {
            source
                .below("ui/", &[".ts", ".svelte", ".js", ".html"])
                .filter(|file| !is_test(file))
                .flat_map(|file| {
                    file.code_where(|line| MARKUP.iter().any(|word| line.contains(word)))
                })
                .collect()
        },
    },
    Rule {
        name: "an ignored test says why",
        why: "a test that never runs is a comment: give the reason, `#[ignore = \"why\"]`, or delete it",
        find: |source| {
            rust(source)
                .flat_map(|file| file.code_where(|line| line.trim() == "#[ignore]"))
                .collect()
        },
    },
    Rule {
        name: "no test is left alone or left out",
        why: "`only` hides every other test, `skip` the one: remove it",
        find: |source| {
            let left = |line: &str| {
                ["it", "test", "describe"].iter().any(|word| {
                    line.contains(&format!("{word}.only("))
                        || line.contains(&format!("{word}.skip("))
                })
            };
            source
                .below("ui/", &[".ts", ".js"])
                .flat_map(|file| file.code_where(left))
                .collect()
        },
    },
    Rule {
        name: "nothing is left to do",
        why: "a note in the source is found by nobody: do it, or write it where work is planned",
        find: |source| everywhere(source, |line| LATER.iter().any(|word| names(line, word))),
    },
    Rule {
        name: "boring names",
        why: "such a word attracts unrelated code: name the thing by a noun of the domain",
        find: |source| {
            rust(source)
                .flat_map(|file| file.code_where(has_vague_name))
                .collect()
        },
    },
];

const HOSTS: &[&str] = &[
    "registry.npmjs.org",
    "registry.yarnpkg.com",
    "index.crates.io",
    "static.crates.io",
    "files.pythonhosted.org",
    "deb.debian.org",
];

const MARKUP: &[&str] = &[
    "{@html",
    ".innerHTML",
    ".outerHTML",
    "insertAdjacentHTML",
    "document.write(",
];

const LATER: &[&str] = &["TODO", "FIXME", "XXX:", "todo!(", "unimplemented!("];

const VAGUE: &[&str] = &["Manager", "Service", "Helper", "Util", "Utils"];

/// The rules themselves must be able to write the words down.
fn everywhere(source: &Source, wrong: impl Fn(&str) -> bool) -> Vec<String> {
    let own = "src-tauri/crates/xtask/src/check/";
    let spared = |file: &&File| {
        file.path.starts_with(own)
            || file.path == "Cargo.lock"
            || file.path.ends_with("/package-lock.json")
    };
    source
        .files
        .iter()
        .filter(|file| !spared(file))
        .flat_map(|file| file.lines_where(&wrong))
        .collect()
}

fn rust(source: &Source) -> impl Iterator<Item = &File> {
    source
        .below("", &[".rs"])
        .filter(|file| !file.path.starts_with("src-tauri/crates/xtask/src/check/"))
}

fn is_test(file: &File) -> bool {
    file.path.contains(".test.") || file.path.contains("/tests/")
}

/// A path from the root of a disk into somebody's folder. The same words inside a longer path
/// or an address (`example.com/home/`) are not one.
fn is_machine_path(line: &str) -> bool {
    ["/home/", "/root/", "/work/", "/Users/"]
        .iter()
        .any(|folder| {
            line.match_indices(folder).any(|(at, _)| {
                let before = line[..at].chars().next_back();
                let inside = before.is_some_and(|c| c.is_alphanumeric() || "._-*})~".contains(c));
                let after = line[at + folder.len()..].chars().next();
                !inside && after.is_some_and(char::is_alphanumeric)
            })
        })
}

fn has_vague_name(line: &str) -> bool {
    ["struct ", "enum ", "trait ", "type "]
        .iter()
        .any(|keyword| {
            line.trim_start_matches("pub ")
                .trim_start_matches("pub(crate) ")
                .trim_start_matches("pub(super) ")
                .strip_prefix(keyword)
                .and_then(|rest| rest.split(|c: char| !c.is_alphanumeric()).next())
                .is_some_and(|name| VAGUE.iter().any(|vague| name.ends_with(vague)))
        })
}
