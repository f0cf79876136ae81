//! Links in notes, opened by the program that the desktop has for them.

use std::process::{Command, Stdio};

use berth_app::{Error, Result};
use tauri::Url;

/// Opens an address of the web or of a mailbox. Every other kind could run something.
///
/// # Errors
/// With code `input` when it is another kind of address, or nothing can open it.
pub(crate) fn open(address: &str) -> Result<()> {
    let url = checked(address)?;
    let (program, before): (_, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else {
        ("xdg-open", &[])
    };
    let mut command = Command::new(program);
    command.args(before).arg(url.as_str());
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let mut child = command.spawn().map_err(|error| {
        let message = format!("The link cannot be opened: {program}: {error}.");
        Error::input(message, "Copy it into a browser.")
    })?;
    std::thread::spawn(move || child.wait());
    Ok(())
}

fn checked(address: &str) -> Result<Url> {
    Url::parse(address)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https" | "mailto"))
        .ok_or_else(|| {
            Error::input(
                "This is no link to a page or a mailbox.",
                "Links begin with http://, https:// or mailto:.",
            )
        })
}

#[cfg(test)]
mod tests {
    use super::checked;

    #[test]
    fn only_pages_and_mailboxes_are_opened() {
        for good in ["https://example.org/a?b#c", "http://x", "mailto:a@b.c"] {
            assert!(checked(good).is_ok(), "{good}");
        }
        for bad in [
            "file:///etc/passwd",
            "javascript:alert(1)",
            "/usr/bin/true",
            "-v",
            "smb://x/y",
            "",
        ] {
            assert!(checked(bad).is_err(), "{bad}");
        }
        assert_eq!(
            checked("https://x/$(id) a")
                .map(String::from)
                .ok()
                .as_deref(),
            Some("https://x/$(id)%20a"),
            "it is one argument of one program"
        );
    }
}
