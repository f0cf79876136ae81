//! The command line of the desktop program. Bookings from a terminal are `berth`'s.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use berth_app::OpenOptions;
use clap::Parser;

/// Berth, a calendar for shared environments. For bookings from a terminal see `berth --help`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Parser)]
#[command(name = "berth-desktop", version, after_help = EXIT_CODES)]
pub(crate) struct Arguments {
    /// Keeps bookings in this folder instead of the user's own.
    #[arg(long, value_name = "DIR", env = "BERTH_DATA_DIR")]
    pub(crate) data_dir: Option<PathBuf>,
    /// Shows a sample week; nothing is kept.
    #[arg(long)]
    pub(crate) demo: bool,
    /// Starts in the tray, without the window.
    #[arg(long)]
    pub(crate) hidden: bool,
    /// Ends the Berth that is running.
    #[arg(long)]
    pub(crate) quit: bool,
    /// Pretends that it is this time, such as 2026-09-17T08:49:30Z.
    #[arg(long, value_name = "TIME")]
    pub(crate) now: Option<String>,
    /// An iCalendar file to look at; it is imported only after its preview is confirmed.
    pub(crate) file: Option<PathBuf>,
}

const EXIT_CODES: &str = "Exit codes: 0 it ran, or --quit ended it; 1 --quit, and none runs; 2 the command line is \
     wrong; 4 there is no display, or no session bus for --quit.";

impl Arguments {
    /// Those of this process. Ends it when they are wrong, with what would be right.
    pub(crate) fn read() -> Self {
        Self::parse()
    }

    /// Those of another start of Berth, from the folder it was started in; whatever it does not
    /// understand is left out, for a second start can only bring the window back.
    pub(crate) fn of_another(words: Vec<String>, folder: &Path) -> Self {
        let words = words.into_iter().map(OsString::from);
        let mut arguments = Self::try_parse_from(words).unwrap_or_default();
        arguments.file = arguments.file.map(|file| folder.join(file));
        arguments
    }

    /// The words that start it again in the tray, at this time if it pretends one.
    #[cfg(target_os = "linux")]
    pub(crate) fn again(&self, now: &str) -> Vec<OsString> {
        let mut words = vec![OsString::from("--hidden")];
        if let Some(folder) = &self.data_dir {
            words.extend(["--data-dir".into(), folder.into()]);
        }
        if self.now.is_some() {
            words.extend(["--now".into(), now.into()]);
        }
        words
    }

    /// The folder of the data, where this user has one.
    pub(crate) fn folder(&self) -> Option<PathBuf> {
        OpenOptions::here(self.data_dir.clone())
            .ok()
            .map(|here| here.folder)
    }

    /// Where the log goes. The demo keeps none, since it keeps nothing.
    pub(crate) fn log_dir(&self) -> Option<PathBuf> {
        self.folder()
            .filter(|_| !self.demo)
            .map(|folder| folder.join("logs"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn another(words: &[&str]) -> Arguments {
        let words = words.iter().map(|word| (*word).to_owned()).collect();
        Arguments {
            data_dir: None,
            ..Arguments::of_another(words, Path::new("/srv/perf"))
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn again_in_the_tray() {
        let plain = Arguments::default();
        assert_eq!(plain.again("2026-09-17T08:00:00Z"), ["--hidden"]);
        let all = Arguments {
            data_dir: Some("/srv/perf".into()),
            now: Some("2026-09-17T06:00:00Z".into()),
            file: Some("week.ics".into()),
            ..Arguments::default()
        };
        assert_eq!(
            all.again("2026-09-17T08:00:00Z"),
            [
                "--hidden",
                "--data-dir",
                "/srv/perf",
                "--now",
                "2026-09-17T08:00:00Z"
            ]
        );
    }

    #[test]
    fn a_second_start() {
        let nothing = Arguments::default();
        let file = |path: &str| Arguments {
            file: Some(path.into()),
            ..Arguments::default()
        };
        for (words, expected) in [
            (&["berth-desktop"][..], nothing.clone()),
            (&["berth-desktop", "week.ics"], file("/srv/perf/week.ics")),
            (&["berth-desktop", "/tmp/week.ics"], file("/tmp/week.ics")),
            (
                &["berth-desktop", "--quit"],
                Arguments {
                    quit: true,
                    ..Arguments::default()
                },
            ),
            (
                &["berth-desktop", "--no-such-thing", "a.ics"],
                nothing.clone(),
            ),
            (&[], nothing),
        ] {
            assert_eq!(another(words), expected, "{words:?}");
        }
    }
}
