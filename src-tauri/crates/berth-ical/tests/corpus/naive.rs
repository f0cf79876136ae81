//! A second reader of iCalendar, simple and slow, which shares no code with the crate: what the
//! crate wrote is compared with what it was given through this one.

use std::collections::BTreeMap;

/// The properties of a file with the components they lie in, and how often each is there.
pub(crate) type Bag = BTreeMap<(String, String, Vec<(String, Vec<String>)>, String), usize>;

/// Everything in a file.
pub(crate) fn bag(bytes: &[u8]) -> Bag {
    let (mut bag, mut path) = (Bag::new(), Vec::new());
    for line in unfolded(bytes) {
        let Some((head, value)) = split(&line, ':').map(|at| (&line[..at], &line[at + 1..])) else {
            continue;
        };
        match head.to_uppercase().as_str() {
            "BEGIN" => path.push(value.trim().to_uppercase()),
            "END" => drop(path.pop()),
            _ => {
                let (name, params) = parameters(head);
                *bag.entry((path.join("/"), name, params, unescaped(value)))
                    .or_default() += 1;
            }
        }
    }
    bag
}

/// Logical lines as text.
pub(crate) fn unfolded(bytes: &[u8]) -> Vec<String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut lines: Vec<Vec<u8>> = Vec::new();
    let ends = replaced(&replaced(bytes, b"\r\n", b"\n"), b"\r", b"\n");
    for line in ends
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
    {
        match (line[0], lines.last_mut()) {
            (b' ' | b'\t', Some(last)) => last.extend(&line[1..]),
            _ => lines.push(line.trim_ascii_start().to_vec()),
        }
    }
    lines
        .into_iter()
        .map(|line| String::from_utf8_lossy(&line).into_owned())
        .collect()
}

fn replaced(bytes: &[u8], old: &[u8], new: &[u8]) -> Vec<u8> {
    let mut result = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix(old) {
            result.extend(new);
            rest = after;
        } else {
            result.push(rest[0]);
            rest = &rest[1..];
        }
    }
    result
}

fn split(text: &str, separator: char) -> Option<usize> {
    let mut quoted = false;
    text.char_indices().find_map(|(at, c)| {
        if c == '"' {
            quoted = !quoted;
        }
        (c == separator && !quoted).then_some(at)
    })
}

fn split_all(mut text: &str, separator: char) -> Vec<String> {
    let mut parts = Vec::new();
    while let Some(at) = split(text, separator) {
        parts.push(text[..at].to_owned());
        text = &text[at + 1..];
    }
    parts.push(text.to_owned());
    parts
}

fn parameters(head: &str) -> (String, Vec<(String, Vec<String>)>) {
    let mut parts = split_all(head, ';').into_iter();
    let name = parts.next().unwrap().to_uppercase();
    let params = parts
        .filter(|part| !part.is_empty())
        .map(|part| match part.split_once('=') {
            None => (part.to_uppercase(), Vec::new()),
            Some((name, values)) => (
                name.to_uppercase(),
                split_all(values, ',').iter().map(|v| plain(v)).collect(),
            ),
        });
    (name, params.collect())
}

fn plain(value: &str) -> String {
    let bare = value
        .strip_prefix('"')
        .map_or(value, |rest| rest.strip_suffix('"').unwrap_or(rest));
    bare.replace("^^", "\u{1}")
        .replace("^'", "\"")
        .replace("^n", "\n")
        .replace('\u{1}', "^")
}

fn unescaped(value: &str) -> String {
    let marked = value.replace("\\\\", "\u{1}");
    let marked = marked
        .replace("\\n", "\n")
        .replace("\\N", "\n")
        .replace("\\,", ",")
        .replace("\\;", ";");
    marked.replace('\u{1}', "\\")
}
