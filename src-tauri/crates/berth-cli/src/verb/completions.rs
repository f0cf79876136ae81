//! `berth completions`

use clap::CommandFactory;
use clap_complete::Shell;

use crate::answer::{Answer, Ended};
use crate::arguments::Arguments;

/// Writes completions for a shell to standard output.
#[derive(Debug, clap::Args)]
pub(crate) struct Completions {
    /// Which shell.
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    pub(crate) fn run(&self) -> Ended {
        let mut text = Vec::new();
        clap_complete::generate(self.shell, &mut Arguments::command(), "berth", &mut text);
        Ok(Answer::done(String::from_utf8_lossy(&text)))
    }
}
