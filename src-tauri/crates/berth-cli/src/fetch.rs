//! A calendar behind an address, loaded by `curl`: it is where pipelines run, and knows the proxies
//! and certificates of the machine.

use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};

use berth_app::{Error, Result};

/// Seconds for all of it.
const PATIENCE: u32 = 20;

/// So many bytes are loaded: as many as are read from a file, and where large ones are taken.
const MOST: u64 = 10 << 20;
const MOST_LARGE: u64 = 512 << 20;

/// Redirections that are followed; never from https to anything else.
const REDIRECTS: u32 = 5;

/// Whether this is an address and no file.
pub(crate) fn is_address(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    ["http://", "https://", "webcal://"]
        .iter()
        .any(|scheme| text.starts_with(scheme))
}

/// What is at the address, and the name of its host. Of more than is taken only one byte more.
///
/// The address may be a secret, as those of private calendars are: it stands in no message, and in no
/// list of processes.
///
/// # Errors
/// With code `file` when it cannot be loaded.
pub(crate) fn fetch(address: &str, large: bool) -> Result<(Vec<u8>, String)> {
    let most = if large { MOST_LARGE } else { MOST };
    let host = host(address);
    let mut child = curl(address)
        .map_err(|error| failed(&host, &format!("curl cannot be started: {error}")))?;
    let mut bytes = Vec::new();
    let read = child
        .stdout
        .take()
        .map_or(Ok(0), |out| out.take(most + 1).read_to_end(&mut bytes));
    read.map_err(|error| failed(&host, &error.to_string()))?;
    if bytes.len() as u64 > most {
        // Whoever limits the size says so.
        let _ = child.kill();
        let _ = child.wait();
        return Ok((bytes, host));
    }
    let done = child
        .wait_with_output()
        .map_err(|error| failed(&host, &error.to_string()))?;
    if done.status.success() {
        return Ok((bytes, host));
    }
    Err(failed(&host, &said(&done.stderr)))
}

fn curl(address: &str) -> std::io::Result<Child> {
    let mut child = Command::new("curl")
        .args([
            "--silent",
            "--show-error",
            "--fail",
            "--location",
            "--globoff",
            "--compressed",
        ])
        .args([
            "--max-time",
            &PATIENCE.to_string(),
            "--max-redirs",
            &REDIRECTS.to_string(),
        ])
        .args(["--proto", "=http,https", "--config", "-"])
        .args([
            "--proto-redir",
            if is_plain(address) {
                "=http,https"
            } else {
                "=https"
            },
        ])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let url = match address.get(.."webcal:".len()) {
        Some(scheme) if scheme.eq_ignore_ascii_case("webcal:") => {
            format!("https:{}", &address["webcal:".len()..])
        }
        _ => address.to_owned(),
    };
    let quoted = url
        .replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace(['\r', '\n'], "");
    if let Some(mut config) = child.stdin.take() {
        config.write_all(format!("url = \"{quoted}\"\n").as_bytes())?;
    }
    Ok(child)
}

fn is_plain(address: &str) -> bool {
    address.to_ascii_lowercase().starts_with("http://")
}

/// The host without what may be secret: name, password, path.
fn host(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    host.rsplit('@').next().unwrap_or(host).to_owned()
}

/// `curl: (6) Could not resolve host: x` without its number.
fn said(stderr: &[u8]) -> String {
    let text = String::from_utf8_lossy(stderr);
    let line = text.lines().next().unwrap_or("").trim();
    let said = line.split_once(") ").map_or(line, |(_, said)| said);
    if said.is_empty() {
        "curl did not say why".into()
    } else {
        said.to_owned()
    }
}

fn failed(host: &str, what: &str) -> Error {
    Error::file(
        format!(
            "Cannot load the calendar from {host}: {}.",
            what.trim_end_matches('.')
        ),
        "Open the address in a browser; or save the calendar, and give the file.",
    )
}

#[cfg(test)]
mod tests {
    use super::{host, is_address, said};

    #[test]
    fn an_address_is_named_by_its_host() {
        for (address, expected) in [
            (
                "https://calendar.example.com/private-abc/basic.ics?key=1",
                "calendar.example.com",
            ),
            ("http://ada:secret@10.0.0.1:8080", "10.0.0.1:8080"),
            ("WEBCAL://example.com#x", "example.com"),
        ] {
            assert!(is_address(address));
            assert_eq!(host(address), expected);
        }
        assert!(!is_address("team.ics"));
        assert!(!is_address("ftp://example.com"));
    }

    #[test]
    fn curl_is_quoted_without_its_number() {
        assert_eq!(
            said(b"curl: (6) Could not resolve host: x\n"),
            "Could not resolve host: x"
        );
        assert_eq!(said(b""), "curl did not say why");
    }
}
