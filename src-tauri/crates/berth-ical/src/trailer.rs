//! The line that Berth puts at the end of a description, for people who read the booking in another
//! calendar. It says in words what the `X-BERTH-…` properties say, and is taken off again when the
//! booking comes back.

/// What the line begins with.
const MARK: &str = "[Berth] ";

/// The notes with the line at their end, a blank line before it.
pub(crate) fn with(notes: &str, line: &str) -> String {
    let gap = if notes.is_empty() { "" } else { "\n\n" };
    format!("{notes}{gap}{MARK}{line}")
}

/// The notes without it.
pub(crate) fn without(mut description: String) -> String {
    let line = description.rfind('\n').map_or(0, |at| at + 1);
    let end = match (&description[line..], &description[..line]) {
        (last, _) if !last.starts_with(MARK) => return description,
        (_, before) => before
            .strip_suffix("\n\n")
            .or(before.strip_suffix('\n'))
            .unwrap_or(before)
            .len(),
    };
    description.truncate(end);
    description
}
