//! Text (RFC 5545, 3.3.11), lists of it, and the escapes of parameters (RFC 6868).

use std::borrow::Cow;

/// The text that an escaped value stands for. A backslash before any other character stays.
pub(crate) fn unescape(value: &str) -> Cow<'_, str> {
    if !value.contains('\\') {
        return Cow::Borrowed(value);
    }
    let mut text = String::with_capacity(value.len());
    let mut rest = value.chars();
    while let Some(c) = rest.next() {
        if c != '\\' {
            text.push(c);
            continue;
        }
        match rest.next() {
            Some('n' | 'N') => text.push('\n'),
            Some(c @ ('\\' | ';' | ',')) => text.push(c),
            Some(other) => text.extend(['\\', other]),
            None => text.push('\\'),
        }
    }
    Cow::Owned(text)
}

/// The value that stands for a text. Line ends of any kind become `\n`; control characters are left
/// out, those beyond ASCII too, as some programs take one of them for a line end.
pub(crate) fn escape(text: &str) -> String {
    escaped(text, char::is_control)
}

/// The value that stands for a UID, of which nothing is left out but what RFC 5545, 3.1, calls
/// CONTROL: with another UID it would be another event.
pub(crate) fn escape_uid(uid: &str) -> String {
    escaped(uid, |c| c.is_ascii_control())
}

fn escaped(text: &str, left_out: impl Fn(char) -> bool) -> String {
    let mut value = String::with_capacity(text.len() + text.len() / 16 + 8);
    let mut rest = text;
    // Only these bytes begin anything that is not written as it is; controls beyond ASCII have C2.
    let may_change = |byte: u8| matches!(byte, b'\\' | b';' | b',' | 0..=31 | 127 | 0xC2);
    while let Some(at) = rest.bytes().position(may_change) {
        let (plain, from) = rest.split_at(at);
        value.push_str(plain);
        let mut after = from.chars();
        match after.next() {
            Some(c @ ('\\' | ';' | ',')) => value.extend(['\\', c]),
            Some('\n' | '\r') => value.push_str("\\n"),
            Some('\t') => value.push('\t'),
            Some(c) if !left_out(c) => value.push(c),
            _ => {}
        }
        rest = after.as_str();
        if from.starts_with("\r\n") {
            rest = &rest[1..];
        }
    }
    value.push_str(rest);
    value
}

/// The parts of a list, still escaped, split at the commas that are not.
pub(crate) fn list(value: &str) -> impl Iterator<Item = &str> {
    let mut escaped = false;
    value.split(move |c| {
        let separates = c == ',' && !escaped;
        escaped = c == '\\' && !escaped;
        separates
    })
}

/// Undoes RFC 6868: `^n`, `^'` and `^^`. A caret before anything else stays.
pub(crate) fn undo_carets(value: &mut String) {
    if !value.contains('^') {
        return;
    }
    let mut text = String::with_capacity(value.len());
    let mut rest = value.chars().peekable();
    while let Some(c) = rest.next() {
        let meant = match (c, rest.peek()) {
            ('^', Some('n')) => '\n',
            ('^', Some('\'')) => '"',
            ('^', Some('^')) => '^',
            _ => {
                text.push(c);
                continue;
            }
        };
        rest.next();
        text.push(meant);
    }
    *value = text;
}

/// A parameter value as it is written: escaped by RFC 6868, quoted where it has `:`, `;` or `,`,
/// or a space at an end, which would be lost.
pub(crate) fn param_value(text: &str) -> String {
    let mut value = String::with_capacity(text.len() + 2);
    for c in text.chars() {
        match c {
            '\n' => value.push_str("^n"),
            '"' => value.push_str("^'"),
            '^' => value.push_str("^^"),
            '\t' => value.push('\t'),
            c if c.is_control() => {}
            c => value.push(c),
        }
    }
    if value.contains([':', ';', ',']) || value.trim() != value {
        format!("\"{value}\"")
    } else {
        value
    }
}

/// Decodes the quoted-printable text that vCalendar 1.0 wrote, as far as it is that.
pub(crate) fn from_quoted_printable(value: &str) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let [first, tail @ ..] = rest {
        let decoded = (*first == b'=')
            .then(|| tail.get(..2))
            .flatten()
            .and_then(hex);
        bytes.push(decoded.unwrap_or(*first));
        rest = if decoded.is_some() { &tail[2..] } else { tail };
    }
    match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => encoding_rs::WINDOWS_1252
            .decode_without_bom_handling(error.as_bytes())
            .0
            .into_owned(),
    }
    .replace("\r\n", "\n")
}

fn hex(digits: &[u8]) -> Option<u8> {
    let text = std::str::from_utf8(digits).ok()?;
    u8::from_str_radix(text, 16).ok()
}
