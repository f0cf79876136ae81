//! Times of a day as people write them in a hurry: `9-13`, `9:30–11`, `2pm`, `22-2`.

use chrono::NaiveTime;

/// From when to when on the wall clock; the end may be of the next day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) start: NaiveTime,
    pub(crate) end: NaiveTime,
}

/// `9-13`, `9:30–11`, `9am-1pm`, `22-2`; an end of `24` is midnight. Half a day named once counts
/// for both: `2-4pm`.
pub(crate) fn span(text: &str) -> Option<Span> {
    let (start, end) = text.split_once(['-', '–'])?;
    let half = |text: &str| {
        ["am", "pm"]
            .into_iter()
            .find(|half| text.to_lowercase().ends_with(half))
    };
    let start = if let (Some(half), None) = (half(end), half(start)) {
        // `11-1pm` begins in the morning.
        let later = hour(&format!("{start}{half}"))?;
        if later <= hour(end)? {
            later
        } else {
            hour(start)?
        }
    } else {
        hour(start)?
    };
    Some(Span {
        start,
        end: hour(end)?,
    })
}

/// `9`, `9:30`, `09.30`, `2pm`, `24`.
pub(crate) fn hour(text: &str) -> Option<NaiveTime> {
    let text = text.to_lowercase();
    let (digits, afternoon) = match text.strip_suffix("pm").map(|rest| (rest, true)) {
        Some((rest, _)) => (rest, Some(true)),
        None => text
            .strip_suffix("am")
            .map_or((text.as_str(), None), |rest| (rest, Some(false))),
    };
    let (hour, minute) = digits.split_once([':', '.']).unwrap_or((digits, "00"));
    let plain = |part: &str| part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    if !plain(hour) || !plain(minute) || minute.len() != 2 {
        return None;
    }
    let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
    match afternoon {
        Some(afternoon) if (1..=12).contains(&hour) => {
            NaiveTime::from_hms_opt(hour % 12 + if afternoon { 12 } else { 0 }, minute, 0)
        }
        Some(_) => None,
        None if hour == 24 && minute == 0 => Some(NaiveTime::MIN),
        None => NaiveTime::from_hms_opt(hour, minute, 0),
    }
}

/// A time that is clearly one when it stands alone: `9:30`, `2pm`, and not `9`.
pub(crate) fn clock(text: &str) -> Option<NaiveTime> {
    let bare = text.bytes().all(|byte| byte.is_ascii_digit());
    if bare { None } else { hour(text) }
}
