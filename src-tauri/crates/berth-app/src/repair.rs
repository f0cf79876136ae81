//! Mending a damaged database, and what to say about it.

use berth_store::Mended;

use crate::wire::{Notice, NoticeLevel};
use crate::{OpenOptions, Result};

/// So many bookings are named in a notice; `berth doctor --repair` names them all.
const NAMED: usize = 5;

/// Mends the database where that is needed; `None` where it is sound, or nothing is there. It is done
/// by the window when it starts, and by `berth doctor --repair`.
///
/// # Errors
/// With code `database` or `file` when it cannot be mended; everything is as it was then.
pub fn repair(options: &OpenOptions) -> Result<Option<Mended>> {
    if options.demo {
        return Ok(None);
    }
    Ok(berth_store::mend(&options.folder)?)
}

/// What the window says about it.
pub(crate) fn notice(mended: &Mended) -> Notice {
    let kept = mended
        .aside
        .as_ref()
        .map(|aside| format!(" The damaged file is kept as {}.", aside.display()));
    let kept = kept.unwrap_or_default();
    let message = format!(
        "The database was damaged ({}). {}",
        mended.what,
        outcome(mended)
    );
    let hint = format!("{}{kept}", missing(mended));
    Notice {
        level: NoticeLevel::Error,
        message,
        hint,
    }
}

/// What was done, in one sentence.
#[must_use]
pub fn outcome(mended: &Mended) -> String {
    let read = match mended.read {
        1 => "1 booking was".to_owned(),
        read => format!("{read} bookings were"),
    };
    match (&mended.backup, mended.whole) {
        (_, true) => "Everything in it could be read, and nothing is missing.".to_owned(),
        (Some(backup), false) => format!(
            "{read} read from it, the backup {} stands in for the rest.",
            crate::backup::words(backup)
        ),
        (None, false) => format!("{read} read from it; there is no good backup."),
    }
}

/// What may be missing, and what to do about it.
fn missing(mended: &Mended) -> String {
    let mut said = Vec::new();
    if !mended.lost.is_empty() {
        said.push(format!("Lost, book them again: {}.", some(&mended.lost)));
    }
    if !mended.doubtful.is_empty() {
        said.push(format!(
            "Changed by the disk, compare them with what you know: {}.",
            some(&mended.doubtful)
        ));
    }
    if !mended.from_backup.is_empty() {
        said.push(format!(
            "As the backup has them, compare them with what you know: {}.",
            some(&mended.from_backup)
        ));
    }
    if !mended.stand_ins.is_empty() {
        said.push(format!(
            "Rename what could not be read: {}.",
            some(&mended.stand_ins)
        ));
    }
    match (said.is_empty(), mended.whole) {
        (true, true) => "There is nothing to do.".to_owned(),
        (true, false) => "What was booked since then may be missing: book it again.".to_owned(),
        (false, _) => said.join(" "),
    }
}

fn some(names: &[String]) -> String {
    let mut said = names
        .iter()
        .take(NAMED)
        .cloned()
        .collect::<Vec<_>>()
        .join("; ");
    if names.len() > NAMED {
        said += &format!("; and {} more", names.len() - NAMED);
    }
    said
}
