//! Import and export of calendars.

mod compare;
mod decide;
mod disk;
mod export;
mod file;
mod gone;
mod import;
mod plan;
mod product;
mod row;

pub use file::{CalendarFile, Checked};
pub use plan::Listed;

use std::path::Path;

use berth_core::Timestamp;
use berth_core::words::Phrasing;
use berth_ical::{Calendar, Context, Document, Limits, Refusal};
use chrono_tz::Tz;

use crate::error::Code;
use crate::wire::ImportInput;
use crate::{Error, Result};

/// A calendar file that was read.
pub(crate) struct Source {
    pub(crate) document: Document,
    pub(crate) calendar: Calendar,
    /// The file's name, without its folder.
    pub(crate) file: String,
}

/// The bytes of a file, and its name.
pub(crate) fn load(path: &str) -> Result<(Vec<u8>, String)> {
    let path = Path::new(path);
    let bytes = disk::read(path)?;
    let name = path.file_name().map_or_else(
        || path.display().to_string(),
        |name| name.to_string_lossy().into(),
    );
    Ok((bytes, name))
}

/// Reads the calendar in `bytes`; floating times are read in `zone`.
pub(crate) fn source(bytes: Vec<u8>, file: &str, input: &ImportInput, zone: Tz) -> Result<Source> {
    let limits = if input.large {
        Limits::raised()
    } else {
        Limits::default()
    };
    let document = berth_ical::parse(bytes, &limits).map_err(|refusal| refused(&refusal, file))?;
    let calendar = berth_ical::read(&document, &Context { zone });
    Ok(Source {
        document,
        calendar,
        file: file.to_owned(),
    })
}

pub(crate) fn refused(refusal: &Refusal, file: &str) -> Error {
    let said = refusal.to_string();
    let (message, hint) = said
        .split_once("; ")
        .unwrap_or((&said, "export the calendar again as .ics"));
    let code = match refusal {
        Refusal::NotACalendar { .. } => Code::Input,
        Refusal::TooLarge { .. } | Refusal::TooManyComponents { .. } => Code::TooLarge,
    };
    Error {
        code,
        message: format!("{file}: {message}."),
        hint: sentence(hint),
    }
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters
        .next()
        .map(|letter| letter.to_uppercase().to_string())
        .unwrap_or_default();
    format!("{first}{}.", letters.as_str().trim_end_matches('.'))
}

/// When an event is, for a list.
fn time(phrasing: Phrasing, when: berth_core::When, zone: Tz) -> (Timestamp, Timestamp, String) {
    let (start, end) = when.instants(zone);
    let text = match when {
        berth_core::When::AllDay { start, end } => {
            format!(
                "{}, all day",
                phrasing.days(start, end.pred_opt().unwrap_or(end))
            )
        }
        berth_core::When::Timed { .. } => crate::phrase::range_or_moment(phrasing, start, end),
    };
    (start, end, text)
}
