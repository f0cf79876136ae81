//! The splitter for parameters that the `ical` crate does not bring back whole.

use super::Param;

/// Takes `;NAME=value,value;…` apart, at most `limit` of them. It never fails: an empty parameter
/// is left out, and a quote that does not close ends with the text.
pub(super) fn params(text: &str, limit: usize) -> Vec<Param> {
    let pieces = pieces(text, ';').skip(1).filter(|piece| !piece.is_empty());
    let params = pieces.take(limit).map(param);
    params
        .filter(|param| !param.name.trim().is_empty() || !param.values.is_empty())
        .collect()
}

fn param(piece: &str) -> Param {
    // A quote can only be written around a value, and what it kept together would fall apart
    // without it.
    let name = |text: &str| text.replace(['"', ';', ':'], "");
    match piece.split_once('=') {
        None => Param {
            // What stands before a quote that is left out stands at the end then.
            name: without_end(&name(piece)).to_owned(),
            values: Vec::new(),
        },
        Some((text, values)) => Param {
            name: name(text),
            values: pieces(values, ',').map(unquoted).collect(),
        },
    }
}

/// A name without the blanks behind it, and without control characters, which are written as
/// blanks.
pub(super) fn without_end(name: &str) -> &str {
    name.trim_end_matches(|c: char| c.is_whitespace() || c.is_control())
}

/// Without the quotes around it; others stay, as a value may hold them in a malformed file.
fn unquoted(value: &str) -> String {
    let inner = value
        .strip_prefix('"')
        .map(|rest| rest.strip_suffix('"').unwrap_or(rest));
    inner.unwrap_or(value).to_owned()
}

/// The text split at a separator outside quotes.
pub(super) fn pieces(text: &str, separator: char) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    text.split(move |c| {
        quoted ^= c == '"';
        c == separator && !quoted
    })
}
