//! The only place that writes to the terminal.

use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use berth_app::wire::Notice;

use crate::answer::{Answer, Failure};
use crate::session::to_json;
use crate::style::plain_lines;

/// Writes the answer. Whoever reads it may stop in the middle (`berth list | head -1`): that is
/// no error.
pub(crate) fn answer(answer: &Answer) -> ExitCode {
    let mut out = io::stdout().lock();
    let written = out
        .write_all(answer.text.as_bytes())
        .and_then(|()| out.flush());
    match written {
        Ok(()) => ExitCode::from(answer.exit),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::from(answer.exit),
        Err(error) => {
            complain(
                &format!("Cannot write the output: {error}."),
                "Check that there is space where it goes.",
            );
            ExitCode::from(3)
        }
    }
}

/// Says what went wrong and the next step; where JSON was asked for, on standard output too.
pub(crate) fn failure(failure: &Failure, json: bool) -> ExitCode {
    if let Some(text) = &failure.answer {
        let _ = io::stdout().lock().write_all(text.as_bytes());
    } else if json && let Ok(text) = to_json(&serde_json::json!({ "error": failure.error })) {
        let _ = io::stdout().lock().write_all(text.as_bytes());
    }
    complain(&failure.error.message, &failure.error.hint);
    ExitCode::from(failure.exit)
}

/// Says what happened on the way, beside the answer.
pub(crate) fn notice(notice: &Notice) {
    complain(&notice.message, &notice.hint);
}

/// Says something beside the answer that is nothing to act on.
pub(crate) fn aside(text: &str) {
    let text = format!("berth: {}\n", plain_lines(text));
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Messages may repeat what a stranger's file says. A standard error that is closed cannot be told
/// so.
fn complain(message: &str, hint: &str) {
    let text = format!(
        "berth: {}\nhint: {}\n",
        plain_lines(message),
        plain_lines(hint)
    );
    let _ = io::stderr().lock().write_all(text.as_bytes());
}
