//! What a command ends with: a text and an exit code, or an error and an exit code.

use berth_app::{Code, Error};

/// Done, or yes.
pub(crate) const YES: u8 = 0;
/// The answer is no.
pub(crate) const NO: u8 = 1;
/// The input is wrong. (2, the command line is wrong, is clap's.)
const INPUT: u8 = 3;
/// The database is not usable.
const DATABASE: u8 = 4;

/// What goes to standard output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    /// Whole lines.
    pub(crate) text: String,
    pub(crate) exit: u8,
}

/// How a command ends.
pub(crate) type Ended = Result<Answer, Failure>;

impl Answer {
    /// A text, done.
    pub(crate) fn done(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            exit: YES,
        }
    }
}

/// What goes to standard error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failure {
    pub(crate) error: Error,
    pub(crate) exit: u8,
    /// What can be answered all the same, for standard output.
    pub(crate) answer: Option<String>,
}

impl Failure {
    /// The database could not be opened, whatever the reason.
    pub(crate) fn database(error: Error) -> Self {
        Self {
            error,
            exit: DATABASE,
            answer: None,
        }
    }

    /// The answer is there, but not all of it.
    pub(crate) fn incomplete(error: Error, answer: Answer) -> Self {
        Self {
            answer: Some(answer.text),
            ..Self::database(error)
        }
    }

    /// The question was fine, the answer is no.
    pub(crate) fn no(error: Error) -> Self {
        Self {
            error,
            exit: NO,
            answer: None,
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let exit = match error.code {
            Code::Database | Code::Damaged | Code::Unexpected => DATABASE,
            Code::Input | Code::NotFound | Code::File | Code::TooLarge => INPUT,
            Code::Removes => NO,
        };
        Self {
            error,
            exit,
            answer: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use berth_app::{Code, Error};

    use super::Failure;

    #[test]
    fn exit_codes() {
        for (code, exit) in [
            (Code::Input, 3),
            (Code::NotFound, 3),
            (Code::File, 3),
            (Code::TooLarge, 3),
            (Code::Removes, 1),
            (Code::Database, 4),
            (Code::Damaged, 4),
            (Code::Unexpected, 4),
        ] {
            let error = Error {
                code,
                ..Error::input("", "")
            };
            assert_eq!(Failure::from(error).exit, exit, "{code:?}");
        }
    }
}
