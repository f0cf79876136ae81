//! Zones by the names that calendars give them.

use std::collections::HashMap;
use std::sync::LazyLock;

use chrono_tz::{TZ_VARIANTS, Tz};

use super::{fixed, windows};
use crate::value::moment;

/// IANA zones by their names in small letters.
static IANA: LazyLock<HashMap<String, Tz>> = LazyLock::new(|| {
    TZ_VARIANTS
        .iter()
        .map(|zone| (zone.name().to_ascii_lowercase(), *zone))
        .collect()
});

/// The zone of that name: IANA's, Windows', one of them behind a prefix, or `UTC+01:00`.
pub(crate) fn by_name(name: &str) -> Option<Tz> {
    let name = clean(name);
    iana(&name)
        .or_else(|| windows::by_name(&name))
        .or_else(|| behind_prefix(&name))
        .or_else(|| by_offset(&name))
}

/// Without the quotes, backslashes and spaces that programs leave around and in it.
fn clean(name: &str) -> String {
    let name: String = name.chars().filter(|c| !matches!(c, '\\' | '"')).collect();
    name.trim().to_owned()
}

pub(super) fn iana(name: &str) -> Option<Tz> {
    let name = name.to_ascii_lowercase();
    if name == "z" {
        Some(Tz::UTC)
    } else {
        IANA.get(&name.replace(' ', "_")).copied()
    }
}

/// `/freeassociation.sourceforge.net/Tzfile/America/Argentina/Buenos_Aires`, `/Europe/Stockholm`,
/// `posix/Europe/Vaduz`: the longest end of it that is a name.
fn behind_prefix(name: &str) -> Option<Tz> {
    let slashes = name.match_indices('/').map(|(at, _)| &name[at + 1..]);
    slashes
        .filter(|rest| !rest.is_empty())
        .find_map(|rest| iana(rest).or_else(|| windows::by_name(rest)))
}

/// `UTC+1`, `GMT-05:00`, `UTC+01`, `+02:00`: only whole hours, which have a zone of their own.
fn by_offset(name: &str) -> Option<Tz> {
    let upper = name.to_ascii_uppercase().replace(' ', "");
    let rest = upper
        .strip_prefix("UTC")
        .or_else(|| upper.strip_prefix("GMT"))
        .unwrap_or(&upper);
    let sign = rest.chars().next().filter(|c| matches!(c, '+' | '-'))?;
    let digits = if rest.len() == 2 {
        format!("{sign}0{}", &rest[1..])
    } else {
        rest.to_owned()
    };
    let seconds = moment::offset(&digits)?;
    (seconds % 3600 == 0 && seconds.abs() <= 12 * 3600).then(|| fixed(seconds))
}
