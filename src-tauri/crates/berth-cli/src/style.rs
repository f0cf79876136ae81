//! Colours on a terminal, and text from strangers made harmless for it.

use std::io::IsTerminal;

use clap::ValueEnum;

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colour {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Also in a pipe.
    Always,
    /// Never.
    Never,
}

/// Whether what is printed is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Style {
    coloured: bool,
}

impl Style {
    pub(crate) fn new(colour: Colour) -> Self {
        let coloured = match colour {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => std::io::stdout().is_terminal() && !refused(),
        };
        Self { coloured }
    }

    pub(crate) fn bold(self, text: &str) -> String {
        self.paint("1", text)
    }

    pub(crate) fn dim(self, text: &str) -> String {
        self.paint("2", text)
    }

    pub(crate) fn red(self, text: &str) -> String {
        self.paint("1;31", text)
    }

    pub(crate) fn yellow(self, text: &str) -> String {
        self.paint("33", text)
    }

    pub(crate) fn green(self, text: &str) -> String {
        self.paint("32", text)
    }

    fn paint(self, code: &str, text: &str) -> String {
        if self.coloured && !text.is_empty() {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }
}

/// <https://no-color.org>: set and not empty. A terminal that is `dumb` shows the codes as text.
fn refused() -> bool {
    let set = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    set || std::env::var_os("TERM").is_some_and(|value| value == "dumb")
}

/// Text from a calendar, on one line: control characters, which could steer the terminal, and
/// marks that turn the direction of the text around become spaces.
pub(crate) fn plain(text: &str) -> String {
    text.replace(is_unsafe, " ")
}

/// [`plain`] for a text of several lines.
pub(crate) fn plain_lines(text: &str) -> String {
    text.replace(|letter| letter != '\n' && is_unsafe(letter), " ")
}

fn is_unsafe(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::{Colour, Style, plain, plain_lines};

    #[test]
    fn strangers_do_not_steer_the_terminal() {
        for (text, expected) in [
            ("load test", "load test"),
            ("Größe → 字", "Größe → 字"),
            ("a\u{1b}[2Jb\nc\rd\u{9b}e", "a [2Jb c d e"),
            ("gnp.\u{202e}exe", "gnp. exe"),
        ] {
            assert_eq!(plain(text), expected);
        }
        assert_eq!(plain_lines("a\n\u{7}b"), "a\n b");
    }

    #[test]
    fn colours_only_when_asked_for() {
        assert_eq!(
            Style::new(Colour::Always).red("x"),
            "\u{1b}[1;31mx\u{1b}[0m"
        );
        assert_eq!(Style::new(Colour::Always).red(""), "");
        assert_eq!(Style::new(Colour::Never).red("x"), "x");
    }
}
