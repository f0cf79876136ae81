//! Reading an RRULE: generous in the form, strict in the meaning. What calendars contain is read,
//! what nobody could follow is refused with the part that says it (RFC 5545, 3.3.10).

use chrono::{NaiveDate, NaiveTime, Weekday};

use super::RuleError;
use super::bits::Bits;
use super::rule::{Frequency, Rule};
use super::until::Until;

/// As much of an offending part as an error repeats.
const SHOWN: usize = 60;

pub(super) fn rule(text: &str) -> Result<Rule, RuleError> {
    let text = clean(text);
    let parts: Vec<&str> = text
        .trim_start_matches("RRULE:")
        .split(';')
        .filter(|part| !part.is_empty())
        .collect();
    let frequency = parts.iter().find_map(|part| part.strip_prefix("FREQ="));
    let frequency = frequency
        .and_then(frequency_named)
        .ok_or_else(|| invalid("FREQ", &parts))?;
    let mut rule = Rule::every(frequency);
    let mut seen = Vec::new();
    for part in &parts {
        let Some((name, value)) = part.split_once('=') else {
            // A stray word says nothing; a part without its value would have said something.
            if KNOWN.contains(part) {
                return Err(refuse(part));
            }
            continue;
        };
        if seen.contains(&name) {
            return Err(refuse(part));
        }
        // `BYDAY=` says nothing, which some producers say often.
        if !value.is_empty() {
            seen.extend(KNOWN.contains(&name).then_some(name));
            read(&mut rule, name, value).ok_or_else(|| refuse(part))?;
        }
    }
    Ok(normal(rule))
}

/// The names of which a rule has one at most; also what keeps `seen` short.
const KNOWN: [&str; 16] = [
    "FREQ",
    "INTERVAL",
    "COUNT",
    "UNTIL",
    "BYSECOND",
    "BYMINUTE",
    "BYHOUR",
    "BYDAY",
    "BYMONTHDAY",
    "BYYEARDAY",
    "BYWEEKNO",
    "BYMONTH",
    "BYSETPOS",
    "WKST",
    "RSCALE",
    "SKIP",
];

/// Without the spaces and the escapes for TEXT that some producers put in, in upper case.
fn clean(text: &str) -> String {
    let kept = text
        .chars()
        .filter(|&c| !c.is_whitespace() && !c.is_control() && c != '\\');
    kept.map(|c| c.to_ascii_uppercase()).collect()
}

fn refuse(part: &str) -> RuleError {
    RuleError::Invalid {
        part: part.chars().take(SHOWN).collect(),
    }
}

/// The error for a part that is missing or wrong.
fn invalid(name: &str, parts: &[&str]) -> RuleError {
    refuse(
        parts
            .iter()
            .find(|part| part.starts_with(name))
            .unwrap_or(&name),
    )
}

/// Puts one part into the rule; `None` where it cannot be followed.
fn read(rule: &mut Rule, name: &str, value: &str) -> Option<()> {
    match name {
        "FREQ" => {}
        "INTERVAL" => rule.interval = positive(value)?,
        // Exchange and others write -1 for "for ever".
        "COUNT" if value == "-1" => {}
        "COUNT" => rule.count = Some(positive(value)?),
        "UNTIL" => rule.until = Some(until(value)?),
        // RFC 5545, 3.3.12: without leap seconds, second 60 is second 59.
        "BYSECOND" => {
            rule.seconds = set(value, 0, 60)?
                .iter()
                .map(|second| second.min(59))
                .collect()
        }
        "BYMINUTE" => rule.minutes = set(value, 0, 59)?,
        "BYHOUR" => rule.hours = set(value, 0, 23)?,
        "BYDAY" => by_day(rule, value)?,
        "BYMONTHDAY" => rule.month_days = signed(value, 31)?,
        "BYYEARDAY" => rule.year_days = signed(value, 366)?,
        "BYWEEKNO" => rule.weeks = signed(value, 53)?,
        "BYMONTH" => rule.months = set(value, 1, 12)?,
        "BYSETPOS" => rule.positions = signed(value, 366)?,
        "WKST" => rule.week_start = weekday(value)?,
        // RFC 7529: what is the default there is what Berth does.
        "RSCALE" => (value == "GREGORIAN").then_some(())?,
        "SKIP" => (value == "OMIT").then_some(())?,
        _ => name.starts_with("X-").then_some(())?,
    }
    Some(())
}

fn frequency_named(name: &str) -> Option<Frequency> {
    Some(match name {
        "SECONDLY" => Frequency::Secondly,
        "MINUTELY" => Frequency::Minutely,
        "HOURLY" => Frequency::Hourly,
        "DAILY" => Frequency::Daily,
        "WEEKLY" => Frequency::Weekly,
        "MONTHLY" => Frequency::Monthly,
        "YEARLY" => Frequency::Yearly,
        _ => return None,
    })
}

/// A number of at least 1; one too large to hold is as good as the largest.
fn positive(value: &str) -> Option<u32> {
    let digits = value.strip_prefix('+').unwrap_or(value);
    let number = digits
        .bytes()
        .all(|b| b.is_ascii_digit())
        .then(|| digits.parse().unwrap_or(u32::MAX))?;
    Some(number).filter(|&number| number > 0 && !digits.is_empty())
}

/// The entries of a list; an empty one says nothing.
fn entries(value: &str) -> impl Iterator<Item = &str> {
    value.split(',').filter(|entry| !entry.is_empty())
}

fn set(value: &str, first: u32, last: u32) -> Option<Bits> {
    entries(value)
        .map(|entry| entry.parse().ok().filter(|n| (first..=last).contains(n)))
        .collect()
}

/// Numbers from 1 to `last` and from -1 to -`last`, sorted, each once.
fn signed(value: &str, last: i16) -> Option<Vec<i16>> {
    let number = |entry: &str| {
        entry
            .parse()
            .ok()
            .filter(|n: &i16| (1..=last).contains(&n.saturating_abs()))
    };
    let numbers: Option<Vec<i16>> = entries(value).map(number).collect();
    numbers.map(sorted)
}

fn sorted<T: Ord>(mut list: Vec<T>) -> Vec<T> {
    list.sort_unstable();
    list.dedup();
    list
}

fn by_day(rule: &mut Rule, value: &str) -> Option<()> {
    let days: Option<Vec<(i16, u32)>> = entries(value).map(nth_weekday).collect();
    let (plain, nth): (Vec<_>, Vec<_>) = days?.into_iter().partition(|day| day.0 == 0);
    rule.weekdays = plain.into_iter().map(|day| day.1).collect();
    rule.nth_weekdays = sorted(nth);
    rule.nth_weekdays.sort_by_key(|nth| nth.0 < 0);
    Some(())
}

/// `TU`, `3TU`, `+3TU` or `-1TU`; 0 is no ordinal.
fn nth_weekday(entry: &str) -> Option<(i16, u32)> {
    let (ordinal, name) = entry.split_at_checked(entry.len().checked_sub(2)?)?;
    let ordinal = if ordinal.is_empty() {
        0
    } else {
        *signed(ordinal, 53)?.first()?
    };
    Some((ordinal, weekday(name)?.num_days_from_monday()))
}

fn weekday(name: &str) -> Option<Weekday> {
    Some(match name {
        "MO" => Weekday::Mon,
        "TU" => Weekday::Tue,
        "WE" => Weekday::Wed,
        "TH" => Weekday::Thu,
        "FR" => Weekday::Fri,
        "SA" => Weekday::Sat,
        "SU" => Weekday::Sun,
        _ => return None,
    })
}

/// A date, a wall time, or a time in UTC; ISO punctuation is overlooked.
fn until(value: &str) -> Option<Until> {
    let value: String = value.chars().filter(|c| !matches!(c, '-' | ':')).collect();
    let (time, utc) = value
        .strip_suffix('Z')
        .map_or((&*value, false), |time| (time, true));
    let Some((day, clock)) = time.split_once('T') else {
        return date(time).map(Until::Date);
    };
    let at = date(day)?.and_time(clock_time(clock)?);
    Some(if utc { Until::Utc(at) } else { Until::Wall(at) })
}

fn date(text: &str) -> Option<NaiveDate> {
    let [century, year, month, day] = pairs(text)?;
    NaiveDate::from_ymd_opt(i32::try_from(century * 100 + year).ok()?, month, day)
}

/// Without seconds too, as some write it.
fn clock_time(text: &str) -> Option<NaiveTime> {
    let [hour, minute, second] = match pairs(text) {
        Some([hour, minute]) => [hour, minute, 0],
        None => pairs(text)?,
    };
    NaiveTime::from_hms_opt(hour, minute, second.min(59))
}

/// The `N` two-digit numbers that a text is made of.
fn pairs<const N: usize>(text: &str) -> Option<[u32; N]> {
    let digits = text.len() == 2 * N && text.bytes().all(|byte| byte.is_ascii_digit());
    let pair = |index: usize| text.get(2 * index..2 * index + 2)?.parse().ok();
    let pairs: Option<Vec<u32>> = digits.then(|| (0..N).map(pair).collect())?;
    pairs?.try_into().ok()
}

/// Ordinals where RFC 5545, 3.3.10 gives them no meaning are dropped, as other programs do: outside
/// MONTHLY and YEARLY, and with BYWEEKNO.
fn normal(mut rule: Rule) -> Rule {
    if rule.frequency < Frequency::Monthly || !rule.weeks.is_empty() {
        let named = std::mem::take(&mut rule.nth_weekdays)
            .into_iter()
            .map(|nth| nth.1);
        rule.weekdays = rule.weekdays.iter().chain(named).collect();
    }
    rule
}
