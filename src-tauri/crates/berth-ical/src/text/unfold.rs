//! Unfolding (RFC 5545, 3.1), on bytes and in place.

use super::Start;

/// Joins folded lines and ends every logical line with one `\n`, whatever ended it in the file (LF,
/// CRLF or CR). Empty lines go, even between a line and its continuation. Answers where the logical
/// lines begin.
pub(super) fn unfold(bytes: &mut Vec<u8>) -> Vec<Start> {
    let mut starts: Vec<Start> = Vec::with_capacity(bytes.len() / 48);
    let (mut read, mut write, mut number) = (0, 0, 1);
    while read < bytes.len() {
        let line_end = end_of_line(bytes, read);
        let folded = matches!(bytes[read], b' ' | b'\t');
        let mut from = read;
        if folded {
            from += if starts.is_empty() {
                blanks(&bytes[read..line_end])
            } else {
                1
            };
        }
        if from < line_end {
            if !folded || starts.is_empty() {
                // The end of the line before was longer than nothing, so there is room for it.
                if !starts.is_empty() {
                    bytes[write] = b'\n';
                    write += 1;
                }
                starts.push(Start {
                    offset: narrow(write),
                    number,
                });
            }
            bytes.copy_within(from..line_end, write);
            write += line_end - from;
        }
        read = after_end(bytes, line_end);
        number += 1;
    }
    bytes.truncate(write);
    starts
}

fn end_of_line(bytes: &[u8], from: usize) -> usize {
    let rest = &bytes[from..];
    rest.iter()
        .position(|byte| matches!(byte, b'\n' | b'\r'))
        .map_or(bytes.len(), |at| from + at)
}

fn after_end(bytes: &[u8], end: usize) -> usize {
    if bytes[end..].starts_with(b"\r\n") {
        end + 2
    } else {
        end + 1
    }
}

fn blanks(line: &[u8]) -> usize {
    line.iter()
        .take_while(|byte| matches!(byte, b' ' | b'\t'))
        .count()
}

fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}
