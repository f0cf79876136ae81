//! Gives back on Linux what a closed window leaves behind.
//!
//! WebKit's network process and half of the main process's memory stay when the last webview is
//! gone. So the process becomes itself again, as if it had been started in the tray: everything it
//! knows is in the database, and it is made to be killed at any moment.

use std::os::unix::process::CommandExt;
use std::process::Command;
use std::thread;
use std::time::Duration;

use tauri::{AppHandle, Manager};

use crate::notify::Notifier;
use crate::shell::Shell;

/// WebKit needs so long to notice that its helper has ended.
const MOMENT: Duration = Duration::from_millis(500);

/// Starts over in the tray, unless that would lose something: the sample week is in memory alone,
/// and the buttons of a notification belong to the connection that showed it.
pub(crate) fn begin_anew(app: &AppHandle) {
    end_helpers();
    thread::sleep(MOMENT);
    let shell = app.state::<Shell>();
    if shell.arguments.demo || app.state::<Notifier>().shows_any() {
        return;
    }
    let Ok(program) = std::env::current_exe() else {
        return;
    };
    tracing::info!("the window is closed: starting over in the tray");
    // Whoever holds the data is done with it first.
    let failed = shell.with(|berth, now| {
        let _ = berth.checkpoint();
        let words = shell.arguments.again(&now.to_string());
        Ok(Command::new(program).args(words).exec())
    });
    tracing::warn!("goes on with the memory of the window: {failed:?}");
}

/// Ends the helpers of the webview; it starts others when it needs them again.
fn end_helpers() {
    for helper in helpers() {
        let _ = Command::new("kill").arg(helper.to_string()).status();
    }
}

/// The children of this process that are WebKit's.
fn helpers() -> Vec<u32> {
    let me = std::process::id();
    let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    processes
        .filter_map(|process| process.file_name().to_str()?.parse().ok())
        .filter(|process| is_helper(*process, me))
        .collect()
}

fn is_helper(process: u32, parent: u32) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    helps(&stat, parent)
}

/// Reads a line such as `12 (WebKitNetworkPr) S 7 …`.
fn helps(stat: &str, parent: u32) -> bool {
    let named = stat
        .split_once('(')
        .and_then(|(_, rest)| rest.rsplit_once(')'));
    let Some((name, rest)) = named else {
        return false;
    };
    let above = rest.split_whitespace().nth(1);
    name.starts_with("WebKit") && above == Some(parent.to_string().as_str())
}

#[cfg(test)]
mod tests {
    use super::helps;

    #[test]
    fn only_webkit_and_only_mine() {
        for (stat, expected) in [
            ("12 (WebKitNetworkPr) S 7 7 7 0", true),
            ("12 (WebKitWebProces) S 7 7 7 0", true),
            ("12 (WebKitNetworkPr) S 8 7 7 0", false),
            ("12 (dunst) S 7 7 7 0", false),
            ("12 (odd) name (WebKit) S 7 7", false),
            ("", false),
        ] {
            assert_eq!(helps(stat, 7), expected, "{stat}");
        }
    }
}
