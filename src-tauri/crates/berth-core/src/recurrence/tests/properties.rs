//! The clever way against the obvious way: jumping against walking, from the end against from the
//! start, and the whole engine against one that asks of every single day whether it belongs.

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, TimeDelta, Weekday};
use chrono_tz::Tz;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::{Recurrence, at, first, rule};

const DAY_CODES: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/// Some of `numbers`, as a part of a rule; often none.
fn part(name: &'static str, numbers: Vec<i32>) -> impl Strategy<Value = String> {
    let most = numbers.len().min(4);
    let some = subsequence(numbers, 1..=most).prop_map(move |numbers| {
        let numbers: Vec<String> = numbers.iter().map(i32::to_string).collect();
        format!(";{name}={}", numbers.join(","))
    });
    prop_oneof![3 => Just(String::new()), 1 => some]
}

fn either_sign(last: i32) -> Vec<i32> {
    (-last..=-1).chain(1..=last).collect()
}

/// BYDAY with and without ordinals, often none.
fn by_day(ordinals: Vec<i32>) -> impl Strategy<Value = String> {
    let day = (select(ordinals), select(DAY_CODES.to_vec())).prop_map(|(nth, day)| match nth {
        0 => day.to_owned(),
        _ => format!("{nth}{day}"),
    });
    let days =
        prop::collection::vec(day, 1..4).prop_map(|days| format!(";BYDAY={}", days.join(",")));
    prop_oneof![2 => Just(String::new()), 1 => days]
}

/// The parts that pick days, for a frequency.
fn day_parts(frequency: &'static str) -> BoxedStrategy<String> {
    let months = part("BYMONTH", (1..=12).collect());
    let month_days = part("BYMONTHDAY", either_sign(31));
    match frequency {
        "YEARLY" => (
            months,
            month_days,
            part("BYYEARDAY", either_sign(366)),
            part("BYWEEKNO", either_sign(53)),
            by_day(vec![0, 0, 0, 1, 2, -1, 5, -5, 20, 53, -53]),
        )
            .prop_map(|(months, days, year_days, weeks, by_day)| {
                months + &days + &year_days + &weeks + &by_day
            })
            .boxed(),
        "MONTHLY" => (months, month_days, by_day(vec![0, 0, 1, 2, 5, -1, -5]))
            .prop_map(|(months, days, by_day)| months + &days + &by_day)
            .boxed(),
        "WEEKLY" => (months, by_day(vec![0]))
            .prop_map(|(months, by_day)| months + &by_day)
            .boxed(),
        _ => (months, month_days, by_day(vec![0]))
            .prop_map(|(months, days, by_day)| months + &days + &by_day)
            .boxed(),
    }
}

fn time_parts() -> impl Strategy<Value = String> {
    let parts = (
        part("BYHOUR", vec![0, 6, 9, 18, 23]),
        part("BYMINUTE", vec![0, 15, 30, 59]),
        part("BYSECOND", vec![0, 7, 59]),
    );
    parts.prop_map(|(hours, minutes, seconds)| hours + &minutes + &seconds)
}

/// A rule of the given frequencies that RFC 5545 allows (BYSETPOS needs another part beside it),
/// without an end.
pub(super) fn endless(frequencies: &'static [&'static str]) -> impl Strategy<Value = String> {
    endless_at(frequencies, time_parts().boxed())
}

fn endless_at(
    frequencies: &'static [&'static str],
    times: BoxedStrategy<String>,
) -> impl Strategy<Value = String> {
    select(frequencies).prop_flat_map(move |frequency| {
        let interval = prop_oneof![3 => Just(1), 2 => 2..8, 1 => 8..500];
        let positions = part("BYSETPOS", vec![1, 2, 3, 10, -1, -2, -10]);
        (
            day_parts(frequency),
            times.clone(),
            interval,
            positions,
            select(&DAY_CODES[..]),
        )
            .prop_map(move |(days, times, interval, positions, week_start)| {
                let positions = if days.is_empty() && times.is_empty() {
                    ""
                } else {
                    &positions
                };
                format!(
                    "FREQ={frequency};INTERVAL={interval}{days}{times}{positions};WKST={week_start}"
                )
            })
    })
}

pub(super) const DAILY_AND_SLOWER: &[&str] = &["DAILY", "WEEKLY", "MONTHLY", "YEARLY"];
const ALL: &[&str] = &[
    "SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY",
];

/// Nothing, COUNT, or UNTIL in one of its forms.
fn end() -> impl Strategy<Value = String> {
    let until = (
        0..15_000u64,
        select(vec!["", "T090000", "T235959Z", "T000000Z"]),
    )
        .prop_map(|(day, time)| {
            let date = at("19950101").date() + Days::new(day);
            format!(";UNTIL={}{time}", date.format("%Y%m%d"))
        });
    prop_oneof![
        Just(String::new()),
        (1..5_000).prop_map(|count| format!(";COUNT={count}")),
        until
    ]
}

/// Any rule that RFC 5545 allows.
pub(super) fn any_rule() -> impl Strategy<Value = String> {
    (endless(ALL), end()).prop_map(|(rule, end)| rule + &end)
}

/// A start from 1990 to 2030, more often than not at the end of a month or in a leap year.
pub(super) fn any_start() -> impl Strategy<Value = NaiveDateTime> {
    let edges = vec![
        "19960229", "20000229", "20240229", "20260131", "20261231", "20250101", "20260330",
        "20201228",
    ];
    let date = prop_oneof![
        (0..14_600u64).prop_map(|day| at("19900101").date() + Days::new(day)),
        select(edges).prop_map(|date| at(date).date()),
    ];
    (date, select(vec![0, 9 * 3600, 9 * 3600 + 1800, 86_399])).prop_map(
        |(date, second): (NaiveDate, i64)| {
            date.and_hms_opt(0, 0, 0).unwrap() + TimeDelta::seconds(second)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: if cfg!(debug_assertions) { 200 } else { 10_000 },
        max_global_rejects: 10_000,
        ..ProptestConfig::default()
    })]

    #[test]
    fn jumping_equals_walking(text in any_rule(), start in any_start(), after in 0..200_000i64, length in 1..20_000i64) {
        let unit = if text.contains("ECONDLY") || text.contains("MINUTELY") { 60 } else { 3_600 };
        let from = start + TimeDelta::seconds(after * unit);
        let to = from + TimeDelta::seconds(length * unit);
        let rule = rule(&text);
        let walked = rule.starts(start, Tz::UTC, start, to, 100_000);
        prop_assert!(!walked.truncated || rule.sub_daily());
        prop_assume!(!walked.truncated);
        let expected: Vec<_> = walked.starts.into_iter().filter(|&start| start >= from).collect();
        let jumped = rule.starts(start, Tz::UTC, from, to, 100_000);
        prop_assert_eq!(jumped.starts, expected);
        prop_assert!(!jumped.truncated);
    }

    #[test]
    fn the_last_start_is_the_last(endless in endless(ALL), end in end(), start in any_start(), out in 0..4usize) {
        let text = endless + if end.is_empty() { ";COUNT=1" } else { &end };
        let read = rule(&text);
        let walked = first(&text, start, 6_000);
        prop_assume!(!walked.truncated);
        let split = walked.starts.len().saturating_sub(out);
        let (kept, excluded) = walked.starts.split_at(split);
        let series = Recurrence { excluded: excluded.to_vec(), rule: Some(read), ..Recurrence::default() };
        let first_start = series.expand(start, Tz::UTC, start, start + TimeDelta::seconds(1), 1).starts;
        let expected = kept.last().copied().max(first_start.first().copied());
        let last = series.last_start(start, Tz::UTC, 10);
        // Below a day it may give up.
        if last.is_some() || !rule(&text).sub_daily() {
            prop_assert_eq!(last, expected);
        }
    }

}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 100 } else { 5_000 }))]

    #[test]
    fn days_are_those_that_every_part_agrees_to(
        text in endless_at(DAILY_AND_SLOWER, Just(String::new()).boxed()),
        start in any_start(),
    ) {
        let to = start + TimeDelta::days(2 * 366);
        let days: Vec<_> = rule(&text).starts(start, Tz::UTC, start, to, 100_000).starts;
        prop_assert_eq!(days, naive(&text, start, to));
    }
}

/// RFC 5545, 3.3.10 read aloud: collect the days of a period that every part agrees to, then take
/// the positions. Slow, and independent of the engine: it reads the text itself.
fn naive(text: &str, start: NaiveDateTime, to: NaiveDateTime) -> Vec<NaiveDateTime> {
    let said = Said(text);
    let mut starts = Vec::new();
    let (mut period, mut days): (Option<i64>, Vec<NaiveDate>) = (None, Vec::new());
    // A period before the first and one after the last, so that all are whole.
    for day in (start.date() - Days::new(400))
        .iter_days()
        .take_while(|&day| day < to.date() + Days::new(400))
    {
        if period != Some(said.period(day)) {
            starts.extend(said.positions(&std::mem::take(&mut days)));
            period = Some(said.period(day));
        }
        let apart = said.period(day) - said.period(start.date());
        if apart % said.number("INTERVAL") == 0 && said.agrees(day, start.date()) {
            days.push(day);
        }
    }
    let starts = starts
        .into_iter()
        .map(|day: NaiveDate| day.and_time(start.time()));
    starts.filter(|&at| start <= at && at < to).collect()
}

struct Said<'t>(&'t str);

impl Said<'_> {
    fn value(&self, name: &str) -> Option<&str> {
        self.0
            .split(';')
            .find_map(|part| part.strip_prefix(name)?.strip_prefix('='))
    }

    fn numbers(&self, name: &str) -> Option<Vec<i64>> {
        self.value(name).map(|value| {
            value
                .split(',')
                .map(|number| number.parse().unwrap())
                .collect()
        })
    }

    fn number(&self, name: &str) -> i64 {
        self.value(name).unwrap().parse().unwrap()
    }

    fn week_start(&self) -> i64 {
        DAY_CODES
            .iter()
            .position(|code| self.value("WKST") == Some(code))
            .unwrap() as i64
    }

    /// The first day of the week.
    fn week(&self, day: NaiveDate) -> NaiveDate {
        let mut first = day;
        while i64::from(first.weekday().num_days_from_monday()) != self.week_start() {
            first = first.pred_opt().unwrap();
        }
        first
    }

    fn period(&self, day: NaiveDate) -> i64 {
        match self.value("FREQ").unwrap() {
            "YEARLY" => day.year().into(),
            "MONTHLY" => i64::from(day.year() * 12) + i64::from(day.month()),
            "WEEKLY" => i64::from(self.week(day).num_days_from_ce()).div_euclid(7),
            _ => day.num_days_from_ce().into(),
        }
    }

    fn positions(&self, days: &[NaiveDate]) -> Vec<NaiveDate> {
        let Some(positions) = self.numbers("BYSETPOS") else {
            return days.to_vec();
        };
        let at = |index: usize| {
            positions.contains(&(index as i64 + 1))
                || positions.contains(&(index as i64 - days.len() as i64))
        };
        (0..days.len())
            .filter(|&index| at(index))
            .map(|index| days[index])
            .collect()
    }

    fn agrees(&self, day: NaiveDate, start: NaiveDate) -> bool {
        let ends = |name: &str, first: i64, count: i64| {
            self.numbers(name)
                .is_none_or(|n| n.contains(&first) || n.contains(&(first - count - 1)))
        };
        self.numbers("BYMONTH")
            .is_none_or(|months| months.contains(&day.month().into()))
            && ends("BYMONTHDAY", day.day().into(), month_length(day))
            && ends("BYYEARDAY", day.ordinal().into(), year_length(day))
            && self.agrees_unsaid(day, start)
            && self.agrees_weekday(day)
            && self.agrees_week(day)
    }

    fn agrees_week(&self, day: NaiveDate) -> bool {
        let Some(weeks) = self.numbers("BYWEEKNO") else {
            return true;
        };
        let first = self.week(day);
        let year = (first + Days::new(3)).year();
        let starts = |day: NaiveDate| self.week(day) == day && (day + Days::new(3)).year() == year;
        let around = NaiveDate::from_ymd_opt(year - 1, 12, 20)
            .unwrap()
            .iter_days()
            .take(400);
        let all: Vec<_> = around.filter(|&day| starts(day)).collect();
        let number = all.iter().position(|&week| week == first).unwrap() as i64 + 1;
        weeks.contains(&number) || weeks.contains(&(number - all.len() as i64 - 1))
    }

    fn agrees_weekday(&self, day: NaiveDate) -> bool {
        let Some(days) = self.value("BYDAY") else {
            return true;
        };
        let ordinal_counts = self.value("BYWEEKNO").is_none();
        days.split(',').any(|entry| {
            let (nth, code) = entry.split_at(entry.len() - 2);
            let same = DAY_CODES[day.weekday().num_days_from_monday() as usize] == code;
            same && (nth.is_empty() || !ordinal_counts || self.is_nth(day, nth.parse().unwrap()))
        })
    }

    /// Whether `day` is the n-th of its weekday, counted day by day.
    fn is_nth(&self, day: NaiveDate, nth: i64) -> bool {
        let in_month = self.value("FREQ") == Some("MONTHLY") || self.value("BYMONTH").is_some();
        let same: Vec<_> = NaiveDate::from_ymd_opt(day.year(), 1, 1)
            .unwrap()
            .iter_days()
            .take_while(|other| other.year() == day.year())
            .filter(|other| {
                other.weekday() == day.weekday() && (!in_month || other.month() == day.month())
            })
            .collect();
        let index = if nth > 0 {
            nth - 1
        } else {
            same.len() as i64 + nth
        };
        usize::try_from(index).is_ok_and(|index| same.get(index) == Some(&day))
    }

    fn agrees_unsaid(&self, day: NaiveDate, start: NaiveDate) -> bool {
        let said = |names: &[&str]| names.iter().any(|name| self.value(name).is_some());
        if said(&["BYDAY", "BYMONTHDAY", "BYYEARDAY"]) {
            return true;
        }
        match self.value("FREQ").unwrap() {
            "YEARLY" if said(&["BYWEEKNO"]) => day.weekday() == start.weekday(),
            "YEARLY" => {
                day.day() == start.day() && (said(&["BYMONTH"]) || day.month() == start.month())
            }
            "MONTHLY" => day.day() == start.day(),
            "WEEKLY" => day.weekday() == start.weekday(),
            _ => true,
        }
    }
}

fn month_length(day: NaiveDate) -> i64 {
    day.iter_days()
        .take(32)
        .filter(|other| other.month() == day.month())
        .count() as i64
        + i64::from(day.day())
        - 1
}

fn year_length(day: NaiveDate) -> i64 {
    if NaiveDate::from_ymd_opt(day.year(), 2, 29).is_some() {
        366
    } else {
        365
    }
}

#[test]
fn weekday_codes_are_in_the_order_of_chrono() {
    assert_eq!(
        DAY_CODES[Weekday::Sun.num_days_from_monday() as usize],
        "SU"
    );
}
