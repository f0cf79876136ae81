//! Texts that a person reads, kept in `tests/golden` and compared byte for byte.
//!
//! `BERTH_ACCEPT=1` writes them, but not where `CI` is set; a run without it never does, so that a
//! change of what the user sees is always a change that somebody looked at.

use crate::place;

/// Compares with `tests/golden/<name>`.
///
/// # Panics
/// When they differ, with the first line that does.
#[track_caller]
pub fn golden(name: &str, actual: &str) {
    let path = place::top().join("tests/golden").join(name);
    let accept = std::env::var_os("BERTH_ACCEPT").is_some_and(|value| value == "1");
    if accept && std::env::var_os("CI").is_none() {
        let folder = path.parent().expect("a golden text is in a folder");
        std::fs::create_dir_all(folder).expect("the golden folder can be made");
        std::fs::write(&path, actual).expect("a golden text can be written");
        return;
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        expected == actual,
        "{name} changed.\n{}\nRead it; if it is right, run again with BERTH_ACCEPT=1.\n--- now:\n{actual}",
        first_difference(&expected, actual)
    );
}

fn first_difference(expected: &str, actual: &str) -> String {
    let mut before = expected.lines();
    let mut after = actual.lines();
    let mut number = 0;
    loop {
        number += 1;
        match (before.next(), after.next()) {
            (None, None) => return "they differ in line endings only".to_owned(),
            (was, is) if was == is => {}
            (was, is) => {
                return format!(
                    "line {number} was: {}\nline {number} is:  {}",
                    was.unwrap_or("(nothing)"),
                    is.unwrap_or("(nothing)")
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::first_difference;

    #[test]
    fn the_first_line_that_differs_is_shown() {
        let shown = first_difference("a\nb\n", "a\nc\n");
        assert_eq!(shown, "line 2 was: b\nline 2 is:  c");
        let longer = first_difference("a\n", "a\nb\n");
        assert_eq!(longer, "line 2 was: (nothing)\nline 2 is:  b");
    }
}
