//! `berth man`

use std::path::PathBuf;

use berth_app::Error;
use clap::CommandFactory;
use clap_mangen::Man as Page;

use crate::answer::{Answer, Ended};
use crate::arguments::Arguments;

/// Writes the manual page to standard output, or all pages to a folder.
#[derive(Debug, clap::Args)]
pub(crate) struct Man {
    /// Write berth.1 and a page for each command into this folder.
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

impl Man {
    pub(crate) fn run(&self) -> Ended {
        let command = Arguments::command();
        let Some(folder) = &self.dir else {
            let mut page = Vec::new();
            Page::new(command).render(&mut page).map_err(unwritten)?;
            return Ok(Answer::done(String::from_utf8_lossy(&page)));
        };
        std::fs::create_dir_all(folder)
            .and_then(|()| clap_mangen::generate_to(command, folder))
            .map_err(unwritten)?;
        Ok(Answer::done(format!(
            "Wrote the manual pages to {}.\n",
            folder.display()
        )))
    }
}

fn unwritten(error: std::io::Error) -> Error {
    Error::file(
        format!("Cannot write the manual: {error}."),
        "Choose a folder that you may write to.",
    )
}
