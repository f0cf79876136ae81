//! The head of a property: its name and its parameters (RFC 5545, 3.1 and 3.2).
//!
//! The `ical` crate takes heads apart, one at a time. What it is known to lose or to spill goes to
//! an own splitter instead, and so does every head that does not come back from it whole.

use crate::value::text;

mod own;

#[cfg(test)]
mod tests;

/// The part of a property before its value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Head {
    /// In capitals.
    pub(crate) name: String,
    /// In the order of the file.
    pub(crate) params: Vec<Param>,
}

impl Head {
    /// Whether what stands for the name may be one, if a malformed one: `REFRESH - INTERVAL`. Such
    /// properties are kept, as another program may understand them.
    pub(crate) fn might_be_name(&self) -> bool {
        self.name.starts_with(|c: char| c.is_ascii_alphanumeric()) && !self.name.contains('"')
    }
}

/// A parameter of a property, such as `TZID=Europe/Berlin`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Param {
    /// In capitals.
    pub name: String,
    /// Without quotes, the escapes of RFC 6868 undone. Empty where there is no `=`.
    pub values: Vec<String>,
}

/// Takes a head apart; `limit` parameters at most. What stands for the name need not be one: see
/// [`is_name`].
pub(crate) fn parse(head: &str, limit: usize) -> Head {
    let (name, params) = head.split_at(head.find(';').unwrap_or(head.len()));
    let name = own::without_end(name);
    if params.is_empty() && is_name(name) {
        // Nothing to take apart. Most heads are such a name, and the crate needs a buffer for each.
        let (name, params) = (name.to_ascii_uppercase(), Vec::new());
        return Head { name, params };
    }
    let own = || Head {
        name: name.to_owned(),
        params: own::params(params, limit),
    };
    let plain = is_name(name) && is_plain(params, limit);
    let mut head = plain.then(|| by_crate(head)).flatten().unwrap_or_else(own);
    head.name.make_ascii_uppercase();
    for param in &mut head.params {
        param.name.make_ascii_uppercase();
        param.values.iter_mut().for_each(text::undo_carets);
    }
    head
}

/// Where the value of a line begins, just after the colon: the first one outside quotes, or, where
/// the quotes do not close, the first one at all.
pub(crate) fn value_start(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    let first = bytes.iter().position(|byte| *byte == b':')?;
    if !bytes[..first].contains(&b'"') {
        return Some(first + 1);
    }
    let mut quoted = false;
    let closed = bytes.iter().position(|byte| {
        quoted ^= *byte == b'"';
        *byte == b':' && !quoted
    });
    Some(closed.unwrap_or(first) + 1)
}

/// How many parameters a head has.
pub(crate) fn count_params(head: &str) -> usize {
    own::pieces(head, ';')
        .skip(1)
        .filter(|piece| !piece.is_empty())
        .count()
}

/// Whether there is nothing between two semicolons, or after the last.
pub(crate) fn has_empty_param(head: &str) -> bool {
    own::pieces(head, ';').any(str::is_empty)
}

/// Names have letters, digits and `-`; a few programs also write `.` and `_`.
pub(crate) fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte))
}

/// What a whole head comes back with.
const SENTINEL: &str = "berth";

/// The one place where the `ical` crate works: name and parameters of a head that is followed by a
/// value we know. When that value does not come back, the head was not understood.
fn by_crate(head: &str) -> Option<Head> {
    let line = format!("{head}:{SENTINEL}");
    let property = ical::PropertyParser::from_reader(line.as_bytes())
        .next()?
        .ok()?;
    if property.value.as_deref() != Some(SENTINEL) {
        return None;
    }
    let params = property.params.unwrap_or_default();
    let params = params
        .into_iter()
        .map(|(name, values)| Param { name, values });
    Some(Head {
        name: property.name,
        params: params.collect(),
    })
}

/// Whether the crate can be trusted with the parameters of a head. It swallows empty values and
/// empty parameters, knows a quote only where it opens a value, and runs two parameters together
/// where the first has no `=`. It searches the rest of the head for each parameter, so their number
/// is limited first.
fn is_plain(params: &str, limit: usize) -> bool {
    if params.is_empty() {
        return true;
    }
    let mut count = 0;
    let named = own::pieces(params, ';').skip(1).all(|piece| {
        count += 1;
        let Some((name, values)) = piece.split_once('=') else {
            return false;
        };
        is_name(name) && own::pieces(values, ',').all(|value| !value.is_empty() && is_strict(value))
    });
    named && count <= limit
}

/// Whether a value has no quote, or just the two around it.
fn is_strict(value: &str) -> bool {
    let bare = value
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .unwrap_or(value);
    !bare.contains('"')
}
