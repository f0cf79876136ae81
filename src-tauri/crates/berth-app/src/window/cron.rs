//! Cron expressions, as far as a calendar rule can say them.
//!
//! Five fields: minute, hour, day of the month, month, weekday; with `*`, `?`, lists, ranges, steps,
//! English names, and `@daily` and its like. Where both days are restricted, a day that fits either
//! is meant, unless one of the fields begins with `*`: so do cron and the programs that copied it.

use std::fmt::Write as _;

use berth_core::time::Tz;
use chrono::{Datelike, Days as Ahead, NaiveDate, NaiveDateTime, NaiveTime};

/// At most so many times of day: what is more often is no window of time.
const MOST_TIMES: usize = 24;

/// A cron expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cron {
    /// On each of its days, in order.
    pub(crate) times: Vec<NaiveTime>,
    /// A day that fits any of them; one or two.
    pub(crate) days: Vec<Days>,
}

/// Which days; `None` is all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Days {
    /// From 1.
    pub(crate) months: Option<Vec<u32>>,
    /// From 1.
    pub(crate) month_days: Option<Vec<u32>>,
    /// Sunday is 0.
    pub(crate) weekdays: Option<Vec<u32>>,
}

/// One field: its name, the smallest and the largest value, and names for values from the smallest.
struct Field(&'static str, u32, u32, &'static [&'static str]);

const MINUTE: Field = Field("minute", 0, 59, &[]);
const HOUR: Field = Field("hour", 0, 23, &[]);
const MONTH_DAY: Field = Field("day of the month", 1, 31, &[]);
const MONTH: Field = Field(
    "month",
    1,
    12,
    &[
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ],
);
const WEEKDAY: Field = Field(
    "weekday",
    0,
    7,
    &["sun", "mon", "tue", "wed", "thu", "fri", "sat"],
);

const CODES: [&str; 7] = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

impl Cron {
    /// Reads `0 23 * * 5`.
    ///
    /// # Errors
    /// A part of a sentence that names the field.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim().to_lowercase();
        let text = match text.as_str() {
            "@yearly" | "@annually" => "0 0 1 1 *",
            "@monthly" => "0 0 1 * *",
            "@weekly" => "0 0 * * 0",
            "@daily" | "@midnight" => "0 0 * * *",
            "@hourly" => "0 * * * *",
            other => other,
        };
        let fields: Vec<&str> = text.split_whitespace().collect();
        let [minute, hour, month_day, month, weekday] = fields.as_slice() else {
            return Err(format!("“{text}” has {} fields, not five", fields.len()));
        };
        let (minutes, hours) = (MINUTE.read(minute)?, HOUR.read(hour)?);
        if minutes.len() * hours.len() > MOST_TIMES {
            let field = if minutes.len() > 2 {
                ("minute", minute)
            } else {
                ("hour", hour)
            };
            return Err(format!(
                "the {} field “{}” stands for more than {MOST_TIMES} times a day",
                field.0, field.1
            ));
        }
        let time = |&hour: &u32| {
            let all = minutes
                .iter()
                .filter_map(move |&minute| NaiveTime::from_hms_opt(hour, minute, 0));
            all.collect::<Vec<_>>()
        };
        let times = hours.iter().flat_map(time).collect();
        let mut weekdays: Vec<u32> = WEEKDAY
            .read(weekday)?
            .into_iter()
            .map(|day| day % 7)
            .collect();
        weekdays.sort_unstable();
        weekdays.dedup();
        let all = Days {
            months: MONTH.restricted(MONTH.read(month)?),
            month_days: MONTH_DAY.restricted(MONTH_DAY.read(month_day)?),
            weekdays: (weekdays.len() < 7).then_some(weekdays),
        };
        let either =
            !any(month_day) && !any(weekday) && all.month_days.is_some() && all.weekdays.is_some();
        let days = if either {
            vec![
                Days {
                    weekdays: None,
                    ..all.clone()
                },
                Days {
                    month_days: None,
                    ..all
                },
            ]
        } else {
            vec![all]
        };
        Ok(Self { times, days })
    }

    /// When it is between two days, the last one included, in order.
    pub(crate) fn between(&self, first: NaiveDate, last: NaiveDate) -> Vec<NaiveDateTime> {
        let mut found = Vec::new();
        for date in first.iter_days().take_while(|date| *date <= last) {
            if self.days.iter().any(|days| days.contain(date)) {
                found.extend(self.times.iter().map(|&time| date.and_time(time)));
            }
        }
        found
    }
}

fn any(field: &str) -> bool {
    field.starts_with(['*', '?'])
}

impl Field {
    fn read(&self, text: &str) -> Result<Vec<u32>, String> {
        let Self(name, least, most, _) = *self;
        let mut values = Vec::new();
        for item in text.split(',') {
            let wrong = || format!("the {name} field “{text}” is not understood at “{item}”");
            let (range, step) = item
                .split_once('/')
                .map_or((item, None), |(range, step)| (range, Some(step)));
            let step: u32 = step.map_or(Ok(1), str::parse).map_err(|_| wrong())?;
            let (from, to) = match range.split_once('-') {
                _ if range == "*" || range == "?" => (least, most),
                Some((from, to)) => (
                    self.value(from).ok_or_else(wrong)?,
                    self.value(to).ok_or_else(wrong)?,
                ),
                None => {
                    let from = self.value(range).ok_or_else(wrong)?;
                    (from, if item.contains('/') { most } else { from })
                }
            };
            if from > to || step == 0 {
                return Err(wrong());
            }
            values.extend((from..=to).step_by(step as usize));
        }
        values.sort_unstable();
        values.dedup();
        Ok(values)
    }

    fn value(&self, text: &str) -> Option<u32> {
        let Self(_, least, most, names) = *self;
        let named = (least..)
            .zip(names)
            .find(|(_, name)| **name == text)
            .map(|(value, _)| value);
        let digits =
            text.len() <= 2 && !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let number = || digits.then(|| text.parse().ok()).flatten();
        named
            .or_else(number)
            .filter(|value| (least..=most).contains(value))
    }

    fn restricted(&self, values: Vec<u32>) -> Option<Vec<u32>> {
        (values.len() < (self.2 - self.1 + 1) as usize).then_some(values)
    }
}

impl Days {
    pub(crate) fn contain(&self, date: NaiveDate) -> bool {
        let fits = |values: &Option<Vec<u32>>, value: u32| {
            values.as_ref().is_none_or(|all| all.contains(&value))
        };
        fits(&self.months, date.month())
            && fits(&self.month_days, date.day())
            && fits(&self.weekdays, date.weekday().num_days_from_sunday())
    }

    /// As an RRULE value (RFC 5545, 3.3.10). In a daily rule every part narrows down.
    pub(crate) fn rule(&self) -> String {
        let frequency = match (&self.months, &self.month_days, &self.weekdays) {
            (None, None, Some(_)) => "WEEKLY",
            (None, Some(_), None) => "MONTHLY",
            (Some(_), Some(_), None) => "YEARLY",
            _ => "DAILY",
        };
        let mut rule = format!("FREQ={frequency}");
        let numbers = |values: &Vec<u32>| {
            values
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join(",")
        };
        if let Some(months) = &self.months {
            let _ = write!(rule, ";BYMONTH={}", numbers(months));
        }
        if let Some(days) = &self.month_days {
            let _ = write!(rule, ";BYMONTHDAY={}", numbers(days));
        }
        if let Some(days) = &self.weekdays {
            let codes = days
                .iter()
                .filter_map(|&day| CODES.get(day as usize).copied());
            let _ = write!(rule, ";BYDAY={}", codes.collect::<Vec<_>>().join(","));
        }
        rule
    }

    /// The last start before `now`, else the first after: where a series is to begin that may be
    /// under way. `None` where no day is one (31 February).
    pub(crate) fn begin(&self, time: NaiveTime, now: NaiveDateTime) -> Option<NaiveDateTime> {
        let today = now.date();
        let before = (0..LONGEST).filter_map(|ago| today.checked_sub_days(Ahead::new(ago)));
        let after = (1..LONGEST).filter_map(|ahead| today.checked_add_days(Ahead::new(ahead)));
        let starts = |date: NaiveDate| self.contain(date).then(|| date.and_time(time));
        let last = before.filter_map(starts).find(|start| *start <= now);
        last.or_else(|| after.filter_map(starts).next())
    }
}

/// Days in which every date comes at least once: a 29 February may be eight years away.
const LONGEST: u64 = 8 * 366;

/// A zone by its IANA name.
pub(crate) fn zone(name: &str) -> Result<Tz, String> {
    let name = name.trim();
    if name.is_empty() {
        return Ok(Tz::UTC);
    }
    name.parse()
        .map_err(|_| format!("“{name}” is not a time zone such as Europe/Berlin"))
}

#[cfg(test)]
mod tests {
    use berth_core::{Recurrence, Rule, When, Window};
    use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

    use super::Cron;

    fn rules(text: &str) -> Result<Vec<String>, String> {
        let cron = Cron::parse(text)?;
        Ok(cron.days.iter().map(super::Days::rule).collect())
    }

    #[test]
    fn as_rules() {
        for (cron, expected) in [
            ("0 23 * * *", vec!["FREQ=DAILY"]),
            ("0 23 * * 5", vec!["FREQ=WEEKLY;BYDAY=FR"]),
            ("0 23 ? * mon-fri", vec!["FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"]),
            ("0 23 * * 0,7", vec!["FREQ=WEEKLY;BYDAY=SU"]),
            ("0 23 * * 0-7", vec!["FREQ=DAILY"]),
            ("0 0 20 12 *", vec!["FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=20"]),
            ("0 0 1,15 * *", vec!["FREQ=MONTHLY;BYMONTHDAY=1,15"]),
            ("0 0 * JAN-MAR/2 *", vec!["FREQ=DAILY;BYMONTH=1,3"]),
            ("0 0 * 6 1", vec!["FREQ=DAILY;BYMONTH=6;BYDAY=MO"]),
            (
                "0 0 13 * 5",
                vec!["FREQ=MONTHLY;BYMONTHDAY=13", "FREQ=WEEKLY;BYDAY=FR"],
            ),
            (
                "0 0 */15 * 5",
                vec!["FREQ=DAILY;BYMONTHDAY=1,16,31;BYDAY=FR"],
            ),
            ("@weekly", vec!["FREQ=WEEKLY;BYDAY=SU"]),
        ] {
            assert_eq!(rules(cron).unwrap(), expected, "{cron}");
        }
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (cron, expected) in [
            ("0 23 * *", "4 fields"),
            ("0 0 23 * * *", "6 fields"),
            ("61 23 * * *", "minute field “61”"),
            ("0 24 * * *", "hour field “24”"),
            ("0 0 0 * *", "day of the month field “0”"),
            ("0 0 L * *", "day of the month field “l”"),
            ("0 0 * 13 *", "month field “13”"),
            ("0 0 * * fri#2", "weekday field “fri#2”"),
            ("0 0 * * 5-1", "weekday field “5-1”"),
            ("0 0/0 * * *", "hour field “0/0”"),
            ("*/5 * * * *", "minute field “*/5” stands for more than 24"),
            ("0,30 * * * *", "hour field “*” stands for more than 24"),
            ("", "0 fields"),
        ] {
            let said = Cron::parse(cron).unwrap_err();
            assert!(said.contains(expected), "{cron}: {said}");
        }
    }

    /// What the rules give over two years is what the expression says, day by day.
    #[test]
    fn rules_say_what_cron_says() {
        let midnight = |y, m, d| {
            NaiveDate::from_ymd_opt(y, m, d)
                .unwrap()
                .and_time(NaiveTime::MIN)
        };
        let (first, last) = (midnight(2026, 1, 1), midnight(2027, 12, 31));
        for text in [
            "30 6,18 * * *",
            "0 0 * * 1-5",
            "15 3 31 * *",
            "0 0 29 2 *",
            "0 0 13 * 5",
            "0 12 */10 */3 2",
            "0 0 1 * */2",
        ] {
            let cron = Cron::parse(text).unwrap();
            let mut by_rules: Vec<NaiveDateTime> = Vec::new();
            for days in &cron.days {
                for &time in &cron.times {
                    by_rules.extend(starts(days, time, first, last));
                }
            }
            by_rules.sort_unstable();
            by_rules.dedup();
            assert_eq!(by_rules, cron.between(first.date(), last.date()), "{text}");
        }
    }

    fn starts(
        days: &super::Days,
        time: NaiveTime,
        first: NaiveDateTime,
        last: NaiveDateTime,
    ) -> Vec<NaiveDateTime> {
        let zone = chrono_tz::Tz::UTC;
        let Some(start) = days.begin(time, first) else {
            return Vec::new();
        };
        let rule = Rule::parse(&days.rule()).unwrap();
        let mut window: Window = crate::window::import::blank_for_tests();
        window.when = When::Timed {
            start,
            end: start + TimeDelta::minutes(1),
            zone,
        };
        window.recurrence = Some(Recurrence {
            rule: Some(rule),
            ..Recurrence::default()
        });
        let at = |wall: NaiveDateTime| berth_core::time::localise(wall, zone);
        let found = window.occurrences(zone, at(first), at(last) + TimeDelta::days(1));
        found.iter().map(|one| one.when.start()).collect()
    }
}
