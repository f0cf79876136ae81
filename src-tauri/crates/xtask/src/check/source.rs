//! The text files of the repository, as git lists them: committed, or about to be.

use anyhow::Result;
use xshell::{Shell, cmd};

/// Every text file, by its path from the top.
#[derive(Default)]
pub(super) struct Source {
    pub(super) files: Vec<File>,
}

pub(super) struct File {
    pub(super) path: String,
    pub(super) text: String,
}

impl Source {
    pub(super) fn read(sh: &Shell) -> Result<Self> {
        let list = cmd!(sh, "git ls-files --cached --others --exclude-standard")
            .quiet()
            .read()?;
        let top = sh.current_dir();
        let files = list
            .lines()
            .filter_map(|path| {
                // A picture is not UTF-8; a file that git still lists may be deleted by now.
                let text = std::fs::read_to_string(top.join(path)).ok()?;
                Some(File {
                    path: path.to_owned(),
                    text,
                })
            })
            .collect();
        Ok(Self { files })
    }

    /// The files below a folder (or the file itself) with one of the endings.
    pub(super) fn below<'a>(
        &'a self,
        folder: &'a str,
        endings: &'a [&'a str],
    ) -> impl Iterator<Item = &'a File> {
        self.files.iter().filter(move |file| {
            file.path.starts_with(folder) && endings.iter().any(|end| file.path.ends_with(end))
        })
    }

    pub(super) fn get(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }
}

impl File {
    /// The lines for which `wrong` holds, as findings.
    pub(super) fn lines_where(&self, wrong: impl Fn(&str) -> bool) -> Vec<String> {
        let lines = self.text.lines().enumerate();
        lines
            .filter(|(_, line)| wrong(line))
            .map(|(index, line)| format!("{}:{}: {}", self.path, index + 1, line.trim()))
            .collect()
    }

    /// As [`File::lines_where`], without the lines that are only a comment.
    pub(super) fn code_where(&self, wrong: impl Fn(&str) -> bool) -> Vec<String> {
        self.lines_where(|line| !is_comment(line) && wrong(line))
    }
}

fn is_comment(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("//")
        || line.starts_with("# ")
        || line.starts_with("* ")
        || line.starts_with("<!--")
}

/// Whether `line` has `word` not as the tail of a longer name: `ical::` is not in `berth_ical::`.
pub(super) fn names(line: &str, word: &str) -> bool {
    line.match_indices(word)
        .any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '-'))
}
