//! Deploy freezes of GitLab and sync windows of Argo CD, as their interfaces print them.
//!
//! Both are cron expressions in a zone: GitLab's with one for the start and one for the end, Argo
//! CD's with a duration. A freeze of GitLab holds from each start to the next end; where that is
//! not always as long, it becomes several windows, by weekday or by month.

use std::collections::BTreeMap;

use berth_core::time::Tz;
use berth_core::window::Effect;
use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use serde_json::Value;

use super::cron::{Cron, Days, zone};

/// A window that a file asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) effect: Effect,
    pub(super) title: String,
    pub(super) days: Days,
    pub(super) time: NaiveTime,
    /// By the wall clock.
    pub(super) length: TimeDelta,
    pub(super) zone: Tz,
    /// Says the same in every import of the same entry.
    pub(super) key: String,
}

/// What a file asks for, and what of it Berth does not follow.
#[derive(Debug, Default)]
pub(super) struct Foreign {
    pub(super) windows: Vec<Asked>,
    /// Sentences; one about an entry that is left out names it and the field.
    pub(super) notes: Vec<String>,
}

/// So many entries are read. A project has a few, and each may cost 6 ms of looking at nine years.
const MOST: usize = 300;

/// Longer than this no window is looked for.
const LONGEST_DAYS: i64 = 400;

impl Foreign {
    /// Finds the entries in what was read. One that Berth cannot follow is left out as a whole; the
    /// others do not depend on it. Reads [`MOST`] of them.
    pub(super) fn read(documents: &[Value]) -> Self {
        let mut found = Self::default();
        let entries: Vec<&Value> = documents.iter().flat_map(entries).collect();
        for (number, entry) in (1..).zip(entries.iter().take(MOST)) {
            let asked = if entry.get("freeze_start").is_some() {
                gitlab(entry)
            } else {
                argo(entry)
            };
            match asked {
                Ok(windows) => {
                    found.windows.extend(windows);
                    found.notes.extend(not_followed(entry));
                }
                Err(what) => found
                    .notes
                    .push(format!("Entry {number} is left out: {what}.")),
            }
        }
        if entries.len() > MOST {
            found.notes.push(format!(
                "Only the first {MOST} of {} entries are read; import the others from a file of their own.",
                entries.len()
            ));
        }
        found
    }
}

fn gitlab(entry: &Value) -> Result<Vec<Asked>, String> {
    let (start, end) = (text(entry, "freeze_start")?, text(entry, "freeze_end")?);
    let zone = zone_in(entry, "cron_timezone")?;
    let starts = Cron::parse(start).map_err(|what| format!("freeze_start: {what}"))?;
    let ends = Cron::parse(end).map_err(|what| format!("freeze_end: {what}"))?;
    let (first, last) = looked_at();
    let ends = ends.between(first, last + TimeDelta::days(LONGEST_DAYS));
    let mut windows = Vec::new();
    for days in &starts.days {
        for &time in &starts.times {
            for (days, length) in parts(days, time, &ends)? {
                let key = format!("gitlab {start} {end} {zone} {} {time}", days.rule());
                let (effect, title) = (Effect::Freeze, "deploy freeze".into());
                windows.push(Asked {
                    effect,
                    title,
                    days,
                    time,
                    length,
                    zone,
                    key,
                });
            }
        }
    }
    Ok(windows)
}

fn argo(entry: &Value) -> Result<Vec<Asked>, String> {
    let effect = match text(entry, "kind")? {
        "deny" => Effect::Freeze,
        "allow" => Effect::Allow,
        other => return Err(format!("kind: “{other}” is neither allow nor deny")),
    };
    let (schedule, duration) = (text(entry, "schedule")?, text(entry, "duration")?);
    let zone = zone_in(entry, "timeZone")?;
    let cron = Cron::parse(schedule).map_err(|what| format!("schedule: {what}"))?;
    let length = go_duration(duration)
        .ok_or_else(|| format!("duration: “{duration}” is none such as 1h30m"))?;
    let said = entry
        .get("description")
        .and_then(Value::as_str)
        .map(str::trim)
        .filter(|said| !said.is_empty());
    let mut windows = Vec::new();
    for days in &cron.days {
        for &time in &cron.times {
            let key = format!(
                "argocd {effect:?} {schedule} {duration} {zone} {} {time}",
                days.rule()
            );
            let (title, days) = (said.unwrap_or("sync window").to_owned(), days.clone());
            windows.push(Asked {
                effect,
                title,
                days,
                time,
                length,
                zone,
                key,
            });
        }
    }
    Ok(windows)
}

/// What an entry of Argo CD says that its windows do not.
fn not_followed(entry: &Value) -> Vec<String> {
    let Ok(schedule) = text(entry, "schedule") else {
        return Vec::new();
    };
    let mut notes = Vec::new();
    for field in ["applications", "namespaces", "clusters"] {
        let all = entry.get(field).and_then(Value::as_array);
        let names: Vec<&str> = all
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        if !names.is_empty() && names != ["*"] {
            let names = names.join(", ");
            notes.push(format!("“{schedule}” is only about the {field} {names}; in Berth it is about all of the environment."));
        }
    }
    if entry.get("manualSync").and_then(Value::as_bool) == Some(true) {
        notes.push(format!(
            "“{schedule}” lets people sync by hand; in Berth it holds for everybody."
        ));
    }
    notes
}

/// The entries in a list, in a project, in a list of projects, or the entry itself.
fn entries(value: &Value) -> Vec<&Value> {
    if let Some(all) = value.as_array() {
        return all.iter().flat_map(entries).collect();
    }
    for path in ["/items", "/spec/syncWindows", "/syncWindows"] {
        if let Some(all) = value.pointer(path) {
            return entries(all);
        }
    }
    let is_entry = value.get("freeze_start").is_some() || value.get("schedule").is_some();
    is_entry.then_some(value).into_iter().collect()
}

fn text<'a>(entry: &'a Value, field: &str) -> Result<&'a str, String> {
    entry
        .get(field)
        .and_then(Value::as_str)
        .ok_or_else(|| format!("{field}: there is none"))
}

/// The zone that a field names; UTC where there is none.
fn zone_in(entry: &Value, field: &str) -> Result<Tz, String> {
    let name = entry.get(field).and_then(Value::as_str).unwrap_or("UTC");
    zone(name).map_err(|what| format!("{field}: {what}"))
}

/// `1h30m`, as Go prints and reads durations; whole seconds, at most 400 days.
fn go_duration(text: &str) -> Option<TimeDelta> {
    let (mut rest, mut seconds) = (text.trim(), 0_i64);
    while !rest.is_empty() {
        let digits = rest.find(|letter: char| !letter.is_ascii_digit())?;
        let number: i64 = rest[..digits].parse().ok()?;
        let unit = match rest.as_bytes().get(digits)? {
            b'h' => 3600,
            b'm' => 60,
            b's' => 1,
            _ => return None,
        };
        seconds = seconds.checked_add(number.checked_mul(unit)?)?;
        rest = &rest[digits + 1..];
    }
    (1..=LONGEST_DAYS * 86_400)
        .contains(&seconds)
        .then(|| TimeDelta::seconds(seconds))
}

/// Nine years, which have every date on several weekdays, and two leap days.
fn looked_at() -> (NaiveDate, NaiveDate) {
    let first = NaiveDate::from_ymd_opt(2023, 1, 1);
    let last = NaiveDate::from_ymd_opt(2031, 12, 31);
    (first.unwrap_or_default(), last.unwrap_or_default())
}

/// From each start to the next of all ends: the days, in as few parts as each have one length.
fn parts(
    days: &Days,
    time: NaiveTime,
    ends: &[NaiveDateTime],
) -> Result<Vec<(Days, TimeDelta)>, String> {
    let (first, last) = looked_at();
    let starts = first
        .iter_days()
        .take_while(|date| *date <= last)
        .filter(|date| days.contain(*date));
    let mut lengths: Vec<(NaiveDate, TimeDelta)> = Vec::new();
    for start in starts.map(|date| date.and_time(time)) {
        lengths.push((start.date(), until_next(start, ends)?));
    }
    if lengths.is_empty() {
        return Err("freeze_start: such a day never comes".into());
    }
    let keys: [fn(NaiveDate) -> u32; 3] = [
        |_| 0,
        |date| date.weekday().num_days_from_sunday(),
        |date| date.month(),
    ];
    for (way, key) in keys.into_iter().enumerate() {
        if let Some(groups) = grouped(&lengths, key) {
            return Ok(groups
                .into_iter()
                .map(|(length, group)| (narrowed(days, way, group), length))
                .collect());
        }
    }
    let length = |delta: &TimeDelta| berth_core::words::duration_words(*delta);
    let (shortest, longest) = (
        lengths.iter().map(|one| one.1).min(),
        lengths.iter().map(|one| one.1).max(),
    );
    let said = [shortest, longest].map(|one| one.as_ref().map(length).unwrap_or_default());
    Err(format!(
        "freeze_end: the freezes last from {} to {}, which no rule of a calendar says; add them with `berth freeze`",
        said[0], said[1]
    ))
}

fn until_next(start: NaiveDateTime, ends: &[NaiveDateTime]) -> Result<TimeDelta, String> {
    let next = ends.get(ends.partition_point(|end| *end <= start));
    let length = next
        .map(|end| *end - start)
        .filter(|length| *length <= TimeDelta::days(LONGEST_DAYS));
    length.ok_or_else(|| "freeze_end: it never comes, or more than 400 days after the start".into())
}

/// Keys by length, if all starts with the same key are as long.
fn grouped(
    lengths: &[(NaiveDate, TimeDelta)],
    key: fn(NaiveDate) -> u32,
) -> Option<BTreeMap<TimeDelta, Vec<u32>>> {
    // The highest key is December.
    let mut of_key = [None; 13];
    for &(date, length) in lengths {
        let known = of_key.get_mut(key(date) as usize)?;
        if *known.get_or_insert(length) != length {
            return None;
        }
    }
    let mut groups: BTreeMap<TimeDelta, Vec<u32>> = BTreeMap::new();
    for (key, length) in (0..).zip(of_key) {
        if let Some(length) = length {
            groups.entry(length).or_default().push(key);
        }
    }
    Some(groups)
}

/// The days of a group of weekdays (way 1) or months (way 2).
fn narrowed(days: &Days, way: usize, group: Vec<u32>) -> Days {
    match way {
        1 => Days {
            weekdays: (group.len() < 7).then_some(group),
            ..days.clone()
        },
        2 => Days {
            months: (group.len() < 12).then_some(group),
            ..days.clone()
        },
        _ => days.clone(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Effect, Foreign, go_duration};

    /// The windows as `title rule time+minutes zone`.
    fn read(value: serde_json::Value) -> Vec<String> {
        let found = Foreign::read(&[value]);
        let line = |one: &super::Asked| {
            let (time, minutes) = (one.time.format("%H:%M"), one.length.num_minutes());
            format!(
                "{:?} {} {time}+{minutes} {}",
                one.effect,
                one.days.rule(),
                one.zone
            )
        };
        found.windows.iter().map(line).collect()
    }

    fn freeze(start: &str, end: &str) -> serde_json::Value {
        json!([{ "id": 1, "freeze_start": start, "freeze_end": end, "cron_timezone": "Europe/Berlin" }])
    }

    #[test]
    fn freezes_last_to_the_next_end() {
        for (start, end, expected) in [
            (
                "0 23 * * 5",
                "0 7 * * 1",
                vec!["Freeze FREQ=WEEKLY;BYDAY=FR 23:00+3360 Europe/Berlin"],
            ),
            (
                "0 0 20 12 *",
                "0 0 3 1 *",
                vec!["Freeze FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=20 00:00+20160 Europe/Berlin"],
            ),
            (
                "0 18 * * *",
                "0 8 * * *",
                vec!["Freeze FREQ=DAILY 18:00+840 Europe/Berlin"],
            ),
            (
                "0 18 * * 1-5",
                "0 8 * * 1-5",
                vec![
                    "Freeze FREQ=WEEKLY;BYDAY=MO,TU,WE,TH 18:00+840 Europe/Berlin",
                    "Freeze FREQ=WEEKLY;BYDAY=FR 18:00+3720 Europe/Berlin",
                ],
            ),
            (
                "0 0 20 6,12 *",
                "0 0 3 1,7 *",
                vec![
                    "Freeze FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=20 00:00+18720 Europe/Berlin",
                    "Freeze FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=20 00:00+20160 Europe/Berlin",
                ],
            ),
        ] {
            assert_eq!(read(freeze(start, end)), expected, "{start} to {end}");
        }
    }

    #[test]
    fn what_no_rule_says_names_the_field() {
        for (value, expected) in [
            (
                freeze("0 0 25 * *", "0 0 1 * *"),
                "Entry 1 is left out: freeze_end: the freezes last from 4 days to 7 days",
            ),
            (
                freeze("0 0 31 2 *", "0 0 1 * *"),
                "Entry 1 is left out: freeze_start: such a day never comes",
            ),
            (
                freeze("0 0 1 * *", "0 0 31 2 *"),
                "Entry 1 is left out: freeze_end: it never comes",
            ),
            (
                freeze("0 0 x * *", "0 0 1 * *"),
                "Entry 1 is left out: freeze_start: the day of the month field “x”",
            ),
            (
                json!([{ "freeze_start": "0 0 1 * *" }]),
                "Entry 1 is left out: freeze_end: there is none",
            ),
            (
                json!([{ "freeze_start": "0 0 * * *", "freeze_end": "1 0 * * *", "cron_timezone": "Mars" }]),
                "cron_timezone",
            ),
            (
                json!([{ "kind": "stop", "schedule": "", "duration": "" }]),
                "Entry 1 is left out: kind: “stop”",
            ),
            (
                json!([{ "kind": "deny", "schedule": "0 0 * * *", "duration": "1d" }]),
                "Entry 1 is left out: duration: “1d”",
            ),
        ] {
            let found = Foreign::read(&[value]);
            assert_eq!(found.windows, []);
            assert!(found.notes[0].contains(expected), "{:?}", found.notes);
        }
    }

    /// Of the second entry one day is easily said and the other is not; neither is taken.
    #[test]
    fn one_entry_is_left_out_as_a_whole() {
        let project = json!({ "syncWindows": [
            { "kind": "deny", "schedule": "0 22 * * 5", "duration": "1h" },
            { "freeze_start": "0 0 25,26 * 5", "freeze_end": "0 0 1 * *" },
            { "kind": "allow", "schedule": "0 8 * * 1", "duration": "1h" },
        ] });
        let found = Foreign::read(&[project]);
        let titles: Vec<_> = found.windows.iter().map(|one| one.effect).collect();
        assert_eq!(titles, [Effect::Freeze, Effect::Allow]);
        assert_eq!(found.notes.len(), 1);
        assert!(
            found.notes[0].starts_with("Entry 2 is left out: freeze_end: the freezes last from "),
            "{:?}",
            found.notes
        );
    }

    #[test]
    fn so_many_entries_are_read() {
        let one = json!({ "kind": "deny", "schedule": "0 22 * * 5", "duration": "1h" });
        for (count, notes) in [(300, 0), (301, 1)] {
            let found = Foreign::read(&[json!(vec![one.clone(); count])]);
            assert_eq!((found.windows.len(), found.notes.len()), (300, notes));
        }
    }

    #[test]
    fn sync_windows_wherever_they_are() {
        let window = json!({ "kind": "allow", "schedule": "10 1 * * *", "duration": "1h", "applications": ["*-prod"], "manualSync": true });
        let project = json!({ "kind": "AppProject", "spec": { "syncWindows": [window, { "kind": "deny", "schedule": "0 22 * * 5", "duration": "24h", "timeZone": "Europe/Amsterdam" }] } });
        let expected = [
            "Allow FREQ=DAILY 01:10+60 UTC",
            "Freeze FREQ=WEEKLY;BYDAY=FR 22:00+1440 Europe/Amsterdam",
        ];
        for value in [
            project.clone(),
            json!({ "items": [project.clone()] }),
            project["spec"]["syncWindows"].clone(),
        ] {
            assert_eq!(read(value), expected);
        }
        assert_eq!(Foreign::read(&[project]).notes.len(), 2);
        assert!(Foreign::read(&[json!({ "spec": {} })]).windows.is_empty());
    }

    #[test]
    fn durations_of_go() {
        for (text, minutes) in [
            ("1h", Some(60)),
            ("1h30m", Some(90)),
            ("90m", Some(90)),
            ("24h0m0s", Some(1440)),
            ("", None),
            ("0s", None),
            ("1.5h", None),
            ("9999999h", None),
        ] {
            assert_eq!(
                go_duration(text).map(|one| one.num_minutes()),
                minutes,
                "{text}"
            );
        }
    }
}
