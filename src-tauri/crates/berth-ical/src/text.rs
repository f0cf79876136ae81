//! From the bytes of a file to its logical lines in one string.
//!
//! Unfolding comes before decoding, because a fold may fall inside a character (RFC 5545, 3.1, asks
//! programs to avoid that, and many do not). Both happen in place: a file of n bytes needs n bytes.

mod decode;
mod unfold;

use crate::issue::Issues;

#[cfg(test)]
mod tests;

/// The logical lines of a file.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    /// All of them, each ended by one `\n` except the last.
    pub(crate) text: String,
    /// Where each begins.
    pub(crate) starts: Vec<Start>,
}

/// Where a logical line begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Start {
    /// In bytes of [`Lines::text`].
    pub(crate) offset: u32,
    /// The line of the file it begins on, from 1.
    pub(crate) number: u32,
}

impl Lines {
    /// Each line with its number.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, u32, &str)> {
        self.starts.iter().enumerate().map(|(index, start)| {
            let end = self
                .starts
                .get(index + 1)
                .map_or(self.text.len(), |next| next.offset as usize - 1);
            (
                start.number,
                start.offset,
                &self.text[start.offset as usize..end],
            )
        })
    }
}

/// Unfolds and decodes. The caller has made sure that offsets fit into 32 bits.
pub(crate) fn lines(bytes: Vec<u8>, issues: &mut Issues) -> Lines {
    let mut bytes = decode::from_utf16(bytes, issues);
    let starts = unfold::unfold(&mut bytes);
    let starts = decode::replace_controls(&mut bytes, starts, issues);
    decode::lines(bytes, starts, issues)
}

/// The last place at or before `at` where a character begins, or the end of the text.
pub(crate) fn character_before(text: &str, at: usize) -> usize {
    let mut places = (0..=at.min(text.len())).rev();
    places
        .find(|place| text.is_char_boundary(*place))
        .unwrap_or(0)
}
