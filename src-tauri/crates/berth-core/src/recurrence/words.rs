//! A rule in plain English, for people who would rather not read RFC 5545.
//!
//! Every rule gets words that are true; those that people use get words that are short. It speaks
//! English only, as Berth does, and knows nothing of dates that were added or taken out.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use chrono_tz::Tz;

use super::bits::Bits;
use super::english::{MONTHS, WEEKDAYS, list, names, nth, ordinals, place};
use super::rule::{Frequency, Rule};
use super::until::Until;
use super::write::front_first;
use crate::time::Timestamp;

const MONDAY_TO_FRIDAY: Bits = Bits::between(0, 4);
const WEEKEND: Bits = Bits::between(5, 6);
const ALL_WEEK: Bits = Bits::between(0, 6);
/// More times a day than these are counted, not listed.
const LISTED_TIMES: usize = 6;

/// The words of a rule for a series that begins at `start`; an UNTIL in UTC is shown in `zone`.
pub(super) fn rule(rule: &Rule, start: NaiveDateTime, zone: Tz) -> String {
    let whole = rule.completed(start);
    let days = if is_weekly(rule) && whole.weekdays == MONDAY_TO_FRIDAY && rule.interval == 1 {
        format!("every weekday{}", months(rule, " in "))
    } else {
        pace(&whole) + &days(&whole)
    };
    days + &times(rule, &whole) + &end(rule, zone)
}

/// Whether weekdays are all that is said about days, so that every day and every week come to the
/// same.
fn is_weekly(rule: &Rule) -> bool {
    let daily = rule.frequency == Frequency::Daily && rule.interval == 1 && rule.says_weekday();
    let others = [
        &rule.month_days,
        &rule.year_days,
        &rule.weeks,
        &rule.positions,
    ];
    (daily || rule.frequency == Frequency::Weekly) && others.iter().all(|part| part.is_empty())
}

/// "every 2 weeks"
fn pace(rule: &Rule) -> String {
    let unit = match rule.frequency {
        _ if is_weekly(rule) && rule.weekdays == ALL_WEEK && rule.interval == 1 => "day",
        _ if is_weekly(rule) => "week",
        Frequency::Secondly => "second",
        Frequency::Minutely => "minute",
        Frequency::Hourly => "hour",
        Frequency::Daily => "day",
        Frequency::Weekly => "week",
        Frequency::Monthly => "month",
        Frequency::Yearly => "year",
    };
    match rule.interval {
        1 => format!("every {unit}"),
        count => format!("every {count} {unit}s"),
    }
}

/// " on Tuesday and Thursday", " on the third Monday in March"
fn days(rule: &Rule) -> String {
    let dates = month_days(rule) + &ordinals(&rule.year_days, " on the", "day of the year");
    let if_any = rule.frequency == Frequency::Daily && !is_weekly(rule) || !dates.is_empty();
    let weekdays = if if_any {
        list(weekdays(rule, ""), " if it is ", "or")
    } else {
        on_weekdays(rule)
    };
    let months = if rule.month_days.is_empty() {
        months(rule, " in ")
    } else {
        String::new()
    };
    let weeks = ordinals(&rule.weeks, " in the", "week of the year");
    let positions = if picks_weekday(rule) {
        String::new()
    } else {
        ordinals(&rule.positions, ", only the", "of these")
    };
    weeks + &dates + &weekdays + &months + &positions
}

/// " on 17 September", " on the 1st and the last day of every month"
fn month_days(rule: &Rule) -> String {
    let days = front_first(&rule.month_days).map(|day| match day {
        1.. => format!("the {}", nth(day)),
        _ => format!("the {} day", place(day)),
    });
    match (&*rule.month_days, rule.months.len()) {
        ([], _) => String::new(),
        ([day], 1) if *day > 0 => format!(" on {day}{}", months(rule, " ")),
        (_, 0) if rule.frequency != Frequency::Monthly => {
            list(days, " on ", "and") + " of the month"
        }
        _ => list(days, " on ", "and") + &months(rule, " of "),
    }
}

/// " in March and April"
fn months(rule: &Rule, before: &str) -> String {
    list(names(rule.months, &MONTHS), before, "and")
}

fn on_weekdays(rule: &Rule) -> String {
    let above_week = rule.frequency > Frequency::Weekly && rule.weeks.is_empty();
    let of_year = above_week && rule.frequency == Frequency::Yearly && rule.months.is_empty();
    if picks_weekday(rule) {
        return list(picked_weekdays(rule), " on ", "and");
    }
    match rule.weekdays {
        ALL_WEEK if is_weekly(rule) && rule.interval == 1 => String::new(),
        _ if of_year && rule.weekdays.is_empty() => {
            list(weekdays(rule, ""), " on ", "and") + " of the year"
        }
        _ => list(
            weekdays(rule, if above_week { "every " } else { "" }),
            " on ",
            "and",
        ),
    }
}

/// "the third Monday", "every Wednesday"
fn weekdays(rule: &Rule, each: &str) -> Vec<String> {
    let nth = rule.nth_weekdays.iter();
    let nth = nth.map(|&(at, day)| format!("the {} {}", place(at), day_name(day)));
    let plain = names(rule.weekdays, &WEEKDAYS).map(|day| format!("{each}{day}"));
    nth.chain(plain).collect()
}

fn day_name(weekday: u32) -> &'static str {
    WEEKDAYS.get(weekday as usize).copied().unwrap_or_default()
}

/// Whether BYSETPOS picks weekdays of a month and nothing else, as in "the last weekday".
fn picks_weekday(rule: &Rule) -> bool {
    let month = rule.frequency == Frequency::Monthly
        || rule.frequency == Frequency::Yearly && rule.months.len() == 1;
    let others = [&rule.month_days, &rule.year_days, &rule.weeks];
    let only = others.iter().all(|part| part.is_empty()) && rule.nth_weekdays.is_empty();
    month && only && !rule.positions.is_empty() && rule.times().len() == 1
}

/// "the last weekday"
fn picked_weekdays(rule: &Rule) -> impl Iterator<Item = String> {
    let kind = match rule.weekdays {
        MONDAY_TO_FRIDAY => "weekday".to_owned(),
        WEEKEND => "weekend day".to_owned(),
        ALL_WEEK => "day".to_owned(),
        days => list(names(days, &WEEKDAYS), "", "or"),
    };
    front_first(&rule.positions).map(move |at| format!("the {} {kind}", place(at)))
}

/// " at 09:00 and 17:30"; nothing where that is the time of the start.
fn times(said: &Rule, whole: &Rule) -> String {
    let all = whole.times();
    let unsaid = said.hours.is_empty() && said.minutes.is_empty() && said.seconds.is_empty();
    if said.sub_daily() {
        let part = |numbers: Bits, before: &str| {
            list(numbers.iter().map(|n| n.to_string()), before, "and")
        };
        return part(said.hours, " in hour ")
            + &part(said.minutes, " at minute ")
            + &part(said.seconds, " at second ");
    }
    match all.len() {
        _ if unsaid => String::new(),
        1..=LISTED_TIMES => list(
            (0..all.len()).filter_map(|i| all.nth(i)).map(clock),
            " at ",
            "and",
        ),
        count => format!(" at {count} times of the day"),
    }
}

fn clock(time: NaiveTime) -> String {
    let form = if time.second() == 0 {
        "%H:%M"
    } else {
        "%H:%M:%S"
    };
    time.format(form).to_string()
}

/// " until 30 Sep 2026", ", 5 times"
fn end(rule: &Rule, zone: Tz) -> String {
    let until = rule
        .until
        .map(|until| format!(" until {}", day_of(until, zone).format("%-d %b %Y")));
    let count = rule.count.map(|count| match (count, &until) {
        (1, _) => ", once".to_owned(),
        (_, None) => format!(", {count} times"),
        (_, Some(_)) => format!(", at most {count} times"),
    });
    until.unwrap_or_default() + &count.unwrap_or_default()
}

fn day_of(until: Until, zone: Tz) -> NaiveDate {
    match until {
        Until::Date(date) => date,
        Until::Wall(wall) => wall.date(),
        Until::Utc(utc) => Timestamp::from(utc.and_utc()).wall(zone).date(),
    }
}
