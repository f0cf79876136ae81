//! What `berth doctor` says about the data: folder, database, backups, zone.

use std::fs;
use std::path::Path;

use berth_app::wire::NoticeLevel;
use berth_app::{Berth, Finding, Result};
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
        Err(_) => Finding::fine("data", format!("{shown} (made now)")),
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
        findings.push(sound(berth)?);
        findings.push(zone(berth)?);
        findings.push(teams(berth)?);
        findings.extend(berth.reminder_findings(now)?);
        Ok(findings)
    };
    let mut looked = looked;
    looked().unwrap_or_else(|error| vec![Finding::error("database", error)])
}

fn sound(berth: &Berth) -> Result<Finding> {
    let complaints = berth.check()?;
    Ok(match complaints.first() {
        None => Finding::fine("database", "sound"),
        Some(first) => Finding::wrong(
            "database",
            format!("damaged: {first}"),
            "Keep a copy of the folder, then start Berth: it goes back to the newest good backup.",
        ),
    })
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

/// The copies that the window makes each day.
pub(super) fn backups(folder: &Path) -> Finding {
    let entries = fs::read_dir(folder.join("backups"))
        .into_iter()
        .flatten()
        .flatten();
    let mut names: Vec<String> = entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".db"))
        .collect();
    names.sort();
    let newest = names.iter().rfind(|name| name.starts_with("day-"));
    match newest.or(names.last()) {
        None => Finding::fine(
            "backups",
            "none yet; the window makes one a day, `berth backup FILE` makes one now",
        ),
        Some(newest) => Finding::fine(
            "backups",
            format!("{}, the newest is {newest}", names.len()),
        ),
    }
}
