//! Content lines (RFC 5545, 3.1).

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
        if !self.folded {
            let end = if self.text.is_empty() { "" } else { "\n" };
            self.text.extend([end, line]);
            return;
        }
        let (mut rest, mut width) = (line, WIDTH);
        while rest.len() > width {
            let (piece, after) = rest.split_at(fold(rest, width));
            self.text.extend([piece, "\r\n "]);
            // The space in front counts.
            (rest, width) = (after, WIDTH - 1);
        }
        self.text.extend([rest, "\r\n"]);
    }

    pub(super) fn finish(self) -> String {
        self.text
    }
}

/// Where to fold: at most `width` octets in, on a character, and where possible not beside a space.
fn fold(line: &str, width: usize) -> usize {
    let last = character_before(line, width);
    let beside_blank =
        |at: usize| line[..at].ends_with([' ', '\t']) || line[at..].starts_with([' ', '\t']);
    let candidates = (last.saturating_sub(LEEWAY)..=last).rev();
    let mut good = candidates.filter(|at| line.is_char_boundary(*at) && !beside_blank(*at));
    good.next().unwrap_or(last)
}
