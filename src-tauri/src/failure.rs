//! Why the program ends before there is a window: what is wrong, the next step and the exit code, for
//! a person or a script that reads standard error.

use std::io::Write;
use std::process::ExitCode;

use thiserror::Error;

/// What the program cannot do.
#[derive(Debug, Error)]
pub(crate) enum Failure {
    /// No display is named.
    #[cfg(target_os = "linux")]
    #[error("Berth cannot open a window: no display is named by DISPLAY or WAYLAND_DISPLAY")]
    NoDisplay,
    /// A display is named, such as `:1`, and nothing answers there.
    #[cfg(target_os = "linux")]
    #[error("Berth cannot open a window: the display `{0}` does not answer")]
    DeafDisplay(String),
    /// The window system or a part of the app failed.
    #[error("Berth cannot open a window: {0}")]
    NoWindow(#[from] tauri::Error),
    /// `--quit` without a way to the Berth that runs.
    #[cfg(target_os = "linux")]
    #[error("Berth cannot be asked to quit: there is no session bus")]
    NoBus,
    /// `--quit`, and there is nothing to end.
    #[error("no Berth is running with these bookings")]
    NoneRuns,
    /// `--quit`, and the Berth that runs goes on.
    #[cfg(target_os = "linux")]
    #[error("the running Berth does not end")]
    GoesOn,
}

impl Failure {
    /// The next step.
    fn hint(&self) -> &'static str {
        match self {
            #[cfg(target_os = "linux")]
            Self::NoDisplay | Self::DeafDisplay(_) => WINDOW,
            Self::NoWindow(_) => WINDOW,
            #[cfg(target_os = "linux")]
            Self::NoBus => "call this in the desktop session in which Berth runs",
            Self::NoneRuns => {
                "a Berth that was started with --demo or --data-dir is ended with the same one"
            }
            #[cfg(target_os = "linux")]
            Self::GoesOn => "try again in a moment, or end its process",
        }
    }

    /// 1 where the answer is no, 4 where there is none.
    fn code(&self) -> u8 {
        match self {
            Self::NoneRuns => 1,
            _ => 4,
        }
    }

    /// Says it on standard error; the code with which the program ends.
    pub(crate) fn report(&self) -> ExitCode {
        let text = format!("berth-desktop: {self}\nhint: {}\n", self.hint());
        // A standard error that is closed cannot be told so.
        let _ = std::io::stderr().lock().write_all(text.as_bytes());
        ExitCode::from(self.code())
    }
}

const WINDOW: &str = "start it from a desktop session, or use `berth` in a terminal";
