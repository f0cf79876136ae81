//! From bytes to characters: UTF-8, UTF-16 where a file begins like it, else windows-1252 for just
//! the lines that are not UTF-8, as programs of an older age wrote them.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::{Lines, Start};
use crate::issue::{IssueKind, Issues};

/// The bytes as UTF-8 without a byte order mark, where the file is recognised as UTF-16 or begins
/// with such a mark; otherwise as they are.
pub(super) fn from_utf16(mut bytes: Vec<u8>, issues: &mut Issues) -> Vec<u8> {
    match bytes.as_slice() {
        [0xEF, 0xBB, 0xBF, ..] => drop(bytes.drain(..3)),
        [0xFF, 0xFE, ..] => bytes = whole(&bytes[2..], UTF_16LE, issues),
        [0xFE, 0xFF, ..] => bytes = whole(&bytes[2..], UTF_16BE, issues),
        [b'B' | b'b', 0, b'E' | b'e', 0, ..] => bytes = whole(&bytes, UTF_16LE, issues),
        [0, b'B' | b'b', 0, b'E' | b'e', ..] => bytes = whole(&bytes, UTF_16BE, issues),
        _ => {}
    }
    bytes
}

fn whole(bytes: &[u8], encoding: &'static Encoding, issues: &mut Issues) -> Vec<u8> {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    if damaged {
        let name = encoding.name();
        issues.add(0, IssueKind::Encoding, || {
            format!("some of the file is not valid {name} and was replaced by \u{fffd}")
        });
    }
    text.into_owned().into_bytes()
}

/// Puts a space in the place of every control character that iCalendar text cannot hold.
pub(super) fn replace_controls(
    bytes: &mut [u8],
    starts: Vec<Start>,
    issues: &mut Issues,
) -> Vec<Start> {
    if !bytes.iter().any(|byte| is_control(*byte)) {
        return starts;
    }
    for (index, start) in starts.iter().enumerate() {
        let end = starts
            .get(index + 1)
            .map_or(bytes.len(), |next| next.offset as usize - 1);
        let line = &mut bytes[start.offset as usize..end];
        let mut replaced = 0;
        for byte in line.iter_mut().filter(|byte| is_control(**byte)) {
            *byte = b' ';
            replaced += 1;
        }
        if replaced > 0 {
            issues.add(start.number, IssueKind::Control, || {
                format!("{replaced} control characters were replaced by spaces")
            });
        }
    }
    starts
}

fn is_control(byte: u8) -> bool {
    matches!(byte, 0..=8 | 11..=12 | 14..=31 | 127)
}

/// The lines as text.
pub(super) fn lines(bytes: Vec<u8>, starts: Vec<Start>, issues: &mut Issues) -> Lines {
    match String::from_utf8(bytes) {
        Ok(text) => Lines { text, starts },
        Err(error) => line_by_line(&error.into_bytes(), &starts, issues),
    }
}

fn line_by_line(bytes: &[u8], starts: &[Start], issues: &mut Issues) -> Lines {
    let mut lines = Lines {
        text: String::with_capacity(bytes.len() + 64),
        starts: Vec::with_capacity(starts.len()),
    };
    for (index, start) in starts.iter().enumerate() {
        let end = starts
            .get(index + 1)
            .map_or(bytes.len(), |next| next.offset as usize - 1);
        let line = &bytes[start.offset as usize..end];
        if index > 0 {
            lines.text.push('\n');
        }
        let offset = u32::try_from(lines.text.len()).unwrap_or(u32::MAX);
        lines.starts.push(Start {
            offset,
            number: start.number,
        });
        match std::str::from_utf8(line) {
            Ok(text) => lines.text.push_str(text),
            Err(_) => {
                lines
                    .text
                    .push_str(&WINDOWS_1252.decode_without_bom_handling(line).0);
                issues.add(start.number, IssueKind::Encoding, || {
                    "the line is not UTF-8 and was read as windows-1252".into()
                });
            }
        }
    }
    lines
}
