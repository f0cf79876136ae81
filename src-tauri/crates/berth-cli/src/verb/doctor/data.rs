//! What `berth doctor` says about the data: folder, database, backups, zone.

use std::fs;
use std::path::Path;
use std::time::UNIX_EPOCH;

use berth_app::wire::NoticeLevel;
use berth_app::{Berth, Finding, OpenOptions, Result, repair, repair_outcome};
use berth_core::Timestamp;

/// Whether the folder is there, and nobody else's to read.
pub(super) fn folder(folder: &Path) -> Finding {
    let shown = folder.display();
    match fs::metadata(folder) {
        Ok(data) if !data.is_dir() => Finding::wrong(
            "data",
            format!("{shown} is not a folder"),
            "Name a folder: --data-dir DIR.",
        ),
        Ok(data) => match others(&data) {
            None => Finding::fine("data", format!("{shown}")),
            Some(mode) => Finding::wrong(
                "data",
                format!("{shown} can be read by others (mode {mode:o})"),
                format!("chmod 700 '{shown}'"),
            ),
        },
        Err(_) => Finding::fine("data", format!("{shown} (made with the first booking)")),
    }
}

#[cfg(unix)]
fn others(data: &fs::Metadata) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt;
    let mode = data.permissions().mode() & 0o777;
    (mode & 0o077 != 0).then_some(mode)
}

// Elsewhere the user's own data folder is private already.
#[cfg(not(unix))]
fn others(_data: &fs::Metadata) -> Option<u32> {
    None
}

/// What is in the database, and whether all of it is sound.
pub(super) fn database(berth: &mut Berth, now: Timestamp) -> Vec<Finding> {
    let looked = || -> Result<Vec<Finding>> {
        let mut findings: Vec<Finding> = Vec::new();
        for notice in berth
            .startup(now)?
            .notices
            .into_iter()
            .filter(|one| one.level != NoticeLevel::Info)
        {
            findings.push(Finding::wrong("database", notice.message, notice.hint));
        }
        // It was opened, so every page and every row was checked.
        findings.push(Finding::fine("database", "sound"));
        findings.push(zone(berth)?);
        findings.push(teams(berth)?);
        findings.extend(berth.reminder_findings(now)?);
        Ok(findings)
    };
    let mut looked = looked;
    looked().unwrap_or_else(|error| vec![Finding::error("database", error)])
}

fn zone(berth: &mut Berth) -> Result<Finding> {
    let (zone, machine) = (berth.zone()?, berth.options().zone);
    let whose = if zone == machine {
        "this machine's".to_owned()
    } else {
        format!("chosen; this machine is in {machine}")
    };
    Ok(Finding::fine("zone", format!("{zone}, {whose}")))
}

fn teams(berth: &mut Berth) -> Result<Finding> {
    let (teams, environments) = (berth.teams()?, berth.environments()?.len());
    let mine: Vec<&str> = teams
        .iter()
        .filter(|team| team.mine)
        .map(|team| team.name.as_str())
        .collect();
    if mine.is_empty() {
        let text =
            format!("{environments} environments, and no team is yours, so nobody is reminded");
        return Ok(Finding::wrong("teams", text, "berth team add NAME --mine"));
    }
    Ok(Finding::fine(
        "teams",
        format!(
            "{} of {} yours ({}), {environments} environments",
            mine.len(),
            teams.len(),
            mine.join(", ")
        ),
    ))
}

/// So many days may pass without a backup while something is booked.
const DAYS: i64 = 2;

/// The copies that are made on each day on which something changes.
pub(super) fn backups(berth: &Berth, now: Timestamp) -> Finding {
    let make = "`berth` and the window make one after the first change of a day; `berth backup FILE` makes one now.";
    let all = berth.backups();
    let Some(newest) = all.first() else {
        return Finding::wrong("backups", "none", make);
    };
    let changed = fs::metadata(berth.options().folder.join("berth.db"))
        .and_then(|data| data.modified())
        .ok()
        .and_then(|time| time.duration_since(UNIX_EPOCH).ok())
        .and_then(|since| i64::try_from(since.as_millis()).ok());
    let age = (now.millis() - newest.made) / 86_400_000;
    let text = format!("{}, the newest is {}", all.len(), newest.name);
    match berth.check_backup(&newest.name) {
        Err(error) => Finding::wrong("backups", format!("{text}: {}", error.message), make),
        Ok(()) if age > DAYS && changed > Some(newest.made) => {
            Finding::wrong("backups", format!("{text}, {age} days old"), make)
        }
        Ok(()) => Finding::fine("backups", text),
    }
}

/// What `--repair` did.
pub(super) fn repaired(options: &OpenOptions) -> Vec<Finding> {
    let name = "repair";
    let mended = match repair(options) {
        Ok(None) => {
            return vec![Finding::fine(
                name,
                "the database is sound, nothing was to be mended",
            )];
        }
        Ok(Some(mended)) => mended,
        Err(error) => return vec![Finding::error(name, error)],
    };
    let outcome = repair_outcome(&mended);
    let mut findings = vec![Finding::fine(name, format!("was damaged: {}", mended.what))];
    findings.push(Finding::fine(name, outcome.trim_end_matches('.')));
    let kept = mended
        .aside
        .map(|aside| format!("the damaged file is kept as {}", aside.display()));
    findings.extend(kept.map(|kept| Finding::fine(name, kept)));
    let each = |names: Vec<String>, what: &'static str, hint: &'static str| {
        names
            .into_iter()
            .map(move |one| Finding::wrong(name, format!("{what}: {one}"), hint))
    };
    findings.extend(each(mended.lost, "lost", "Book it again."));
    findings.extend(each(
        mended.doubtful,
        "kept as it can be read",
        "Something in it has changed on the disk: compare it with what you know.",
    ));
    findings.extend(each(
        mended.from_backup,
        "as the backup has it",
        "Compare it with what you know: whether it was changed or deleted since cannot be read.",
    ));
    findings.extend(each(
        mended.stand_ins,
        "made up, for bookings that name it",
        "Give it its name with `berth env edit` or `berth team edit`.",
    ));
    findings
}
