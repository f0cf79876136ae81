//! Content lines (RFC 5545, 3.1).

use std::fmt::{Arguments, Write};

use crate::text::character_before;

/// Text that is written line by line.
#[derive(Debug)]
pub(super) struct Page {
    text: String,
    folded: bool,
}

/// A line has at most so many octets before its end.
const WIDTH: usize = 75;

/// How far a fold is moved to keep it off a space, which some programs lose there.
const LEEWAY: usize = 24;

impl Page {
    /// As RFC 5545 wants lines: folded, and ended by CRLF.
    pub(super) fn folded() -> Self {
        Self {
            text: String::new(),
            folded: true,
        }
    }

    /// As Berth keeps them: a property a line, with LF between.
    pub(super) fn unfolded() -> Self {
        Self {
            text: String::new(),
            folded: false,
        }
    }

    /// Adds a content line, which has no line end in it.
    pub(super) fn line(&mut self, line: &str) {
        self.put(format_args!("{line}"));
    }

    /// [`Page::line`] of what is put together: most lines are short and need no buffer of their own.
    pub(super) fn put(&mut self, line: Arguments<'_>) {
        if !self.folded && !self.text.is_empty() {
            self.text.push('\n');
        }
        let start = self.text.len();
        // A string takes everything.
        let _ = self.text.write_fmt(line);
        if !self.folded {
            return;
        }
        if self.text.len() - start > WIDTH {
            let long = self.text.split_off(start);
            self.fold(&long);
        }
        self.text.push_str("\r\n");
    }

    fn fold(&mut self, line: &str) {
        self.text.reserve(line.len() + line.len() / 16);
        let (mut rest, mut width) = (line, WIDTH);
        while rest.len() > width {
            let (piece, after) = rest.split_at(fold(rest, width));
            self.text.push_str(piece);
            self.text.push_str("\r\n ");
            // The space in front counts.
            (rest, width) = (after, WIDTH - 1);
        }
        self.text.push_str(rest);
    }

    pub(super) fn finish(self) -> String {
        self.text
    }
}

/// Where to fold: at most `width` octets in, on a character, and where possible not beside a space.
fn fold(line: &str, width: usize) -> usize {
    let last = character_before(line, width);
    let bytes = line.as_bytes();
    let is_blank = |at: usize| matches!(bytes.get(at), Some(b' ' | b'\t'));
    let beside_blank = |at: usize| is_blank(at) || at > 0 && is_blank(at - 1);
    let candidates = (last.saturating_sub(LEEWAY)..=last).rev();
    let mut good = candidates.filter(|at| line.is_char_boundary(*at) && !beside_blank(*at));
    good.next().unwrap_or(last)
}
