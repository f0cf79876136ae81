//! `berth doctor`

mod data;
mod desktop;

use berth_app::{Berth, Check, Finding};
use berth_core::Timestamp;

use crate::answer::{Answer, Ended, Failure, NO, YES};
use crate::arguments::Global;
use crate::session::{place, present, to_json};
use crate::style::Style;
use crate::table::table;

/// Says what works on this machine and what does not, each with a next step. Exit 1 if anything
/// does not.
#[derive(Debug, clap::Args)]
pub(crate) struct Doctor {
    /// Mend a damaged database: keep it beside, read from it what can be read, and take the rest
    /// from the newest good backup.
    #[arg(long)]
    repair: bool,
}

impl Doctor {
    /// Opens the data by itself, since that it cannot be opened is worth a line and not the end.
    pub(crate) fn run(&self, global: &Global, clock: Timestamp) -> Ended {
        let options = place(global).map_err(Failure::database)?;
        let now = present(global, clock, options.zone)?;
        let mut findings = vec![data::folder(&options.folder)];
        if self.repair {
            findings.extend(data::repaired(&options));
        }
        match Berth::open_to_read(options.clone(), Check::Whole) {
            Ok(Some(mut berth)) => {
                findings.extend(data::database(&mut berth, now));
                findings.push(data::backups(&berth, now));
            }
            Ok(None) => findings.push(Finding::fine(
                "database",
                "nothing is booked yet; begin with `berth team add NAME --mine`",
            )),
            Err(error) => findings.push(Finding::error("database", error)),
        }
        findings.extend(desktop::findings());
        let exit = if findings.iter().all(|one| one.ok) {
            YES
        } else {
            NO
        };
        let text = if global.json {
            to_json(&findings)?
        } else {
            text(&findings, Style::new(global.color))
        };
        Ok(Answer { text, exit })
    }
}

fn text(findings: &[Finding], style: Style) -> String {
    let mark = |ok: bool| {
        if ok {
            style.green("ok")
        } else {
            style.yellow("warn")
        }
    };
    let rows = findings.iter().flat_map(|one| {
        let line = vec![mark(one.ok), one.name.to_owned(), one.text.clone()];
        let hint = vec![String::new(), String::new(), format!("hint: {}", one.hint)];
        [Some(line), (!one.ok).then_some(hint)]
            .into_iter()
            .flatten()
    });
    table(&rows.collect::<Vec<_>>())
}
