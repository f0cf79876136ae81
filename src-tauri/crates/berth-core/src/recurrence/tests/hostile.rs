//! Rules made to be slow or to overflow, and the figures that ordinary ones must hold.

use std::time::{Duration, Instant};

use chrono::NaiveDateTime;
use chrono_tz::{Europe::Berlin, Tz};
use proptest::prelude::*;

use super::properties::any_rule;
use super::{Rule, at, first, rule, series};

/// Time that any question may take: what safety.md asks of an optimised build, and what an
/// unoptimised one on a busy machine can hold.
const PATIENCE: Duration = Duration::from_millis(if cfg!(debug_assertions) { 2_000 } else { 50 });

/// Starts that calendars contain, and some they should not.
const STARTS: [&str; 4] = ["00010101", "19000101", "20240229T233000", "99990901T235959"];

/// How long `answer` takes, again and again.
fn times(mut answer: impl FnMut()) -> impl Iterator<Item = Duration> {
    std::iter::repeat_with(move || {
        let begun = Instant::now();
        answer();
        begun.elapsed()
    })
}

/// How long `answer` takes when nothing disturbs it, as far as the question is whether that is less
/// than `limit`.
fn quickest(limit: Duration, answer: impl FnMut()) -> Duration {
    let mut slow = Vec::new();
    let quick = times(answer)
        .take(5)
        .inspect(|&took| slow.push(took))
        .find(|&took| took < limit);
    quick.or(slow.into_iter().min()).unwrap_or_default()
}

/// Asks everything that can be asked of a rule, and says how long the slowest answer took.
fn slowest(text: &str, start: NaiveDateTime) -> Duration {
    let series = series(text);
    let ranges = [
        (NaiveDateTime::MIN, NaiveDateTime::MAX),
        (at("20260914"), at("20260921")),
        (at("99990101"), NaiveDateTime::MAX),
    ];
    let expanding = ranges.iter().map(|&(from, to)| {
        quickest(PATIENCE, || {
            let expansion = series.expand(start, Berlin, from, to, 2_000);
            assert!(
                expansion.starts.is_sorted() && expansion.starts.len() <= 2_000,
                "{text}"
            );
        })
    });
    let ending = quickest(PATIENCE, || {
        let _ = series.last_start(start, Berlin, 2_000);
    });
    expanding.chain([ending]).max().unwrap_or_default()
}

const FULL_TIMES: &str = "BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23;\
    BYMINUTE=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35,36,37,38,39,40,41,42,43,44,45,46,47,48,49,50,51,52,53,54,55,56,57,58,59;\
    BYSECOND=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35,36,37,38,39,40,41,42,43,44,45,46,47,48,49,50,51,52,53,54,55,56,57,58,59";

#[test]
fn every_answer_comes_at_once() {
    let every_second = format!("FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;{FULL_TIMES}");
    let rules = [
        "FREQ=SECONDLY",
        "FREQ=SECONDLY;COUNT=4294967295",
        "FREQ=SECONDLY;UNTIL=99991231T235959Z",
        "FREQ=SECONDLY;INTERVAL=4294967295",
        "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=SECONDLY;BYMONTH=1;BYHOUR=3;BYMINUTE=7;BYSECOND=9;COUNT=4294967295",
        "FREQ=SECONDLY;INTERVAL=86399;BYHOUR=3;BYMINUTE=7;BYSECOND=9",
        "FREQ=SECONDLY;BYSETPOS=2",
        "FREQ=MINUTELY;BYMONTH=1;COUNT=4294967295",
        "FREQ=MINUTELY;BYSECOND=1,2,3;BYSETPOS=-366",
        "FREQ=HOURLY;INTERVAL=25;BYHOUR=1;BYMONTHDAY=31;BYMONTH=12;BYDAY=SU",
        "FREQ=DAILY;COUNT=4294967295",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=SU;COUNT=4294967295",
        "FREQ=DAILY;INTERVAL=4294967295",
        "FREQ=WEEKLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=WEEKLY;COUNT=4294967295;BYDAY=MO,TU;BYSETPOS=3",
        "FREQ=MONTHLY;BYDAY=53MO",
        "FREQ=MONTHLY;INTERVAL=4294967295;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2,4,6,9,11;COUNT=4294967295",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYYEARDAY=366;INTERVAL=2;COUNT=4294967295",
        "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=366,-366;UNTIL=99991231",
        "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;BYMONTHDAY=15;COUNT=3",
        "FREQ=YEARLY;INTERVAL=4294967295;COUNT=4294967295",
        every_second.as_str(),
        &format!("{every_second};COUNT=4294967295"),
        &format!("{every_second};BYSETPOS=-1,366"),
        &format!("{every_second};UNTIL=19970301T000000Z"),
    ];
    for text in rules {
        for start in STARTS
            .iter()
            .map(|start| at(start))
            .chain([NaiveDateTime::MIN, NaiveDateTime::MAX])
        {
            let took = slowest(text, start);
            assert!(took < PATIENCE, "{text} from {start} took {took:?}");
        }
    }
}

#[test]
fn a_rule_that_can_never_match_is_empty_and_known_to_be() {
    for text in [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=WEEKLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;INTERVAL=3;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6",
    ] {
        let expansion = first(text, at("20260101"), 10);
        assert_eq!(expansion, super::Expansion::default(), "{text}");
    }
}

#[test]
fn a_leap_day_on_a_sunday_every_400_years_is_found() {
    // 2000-02-29 was a Tuesday, and in every second century without leap day 28 years become 40.
    super::check(
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=SU",
        "18800229",
        "0229 19200229 19480229...",
    );
    super::check(
        "FREQ=YEARLY;INTERVAL=400;BYMONTH=2;BYMONTHDAY=29",
        "20000101",
        "0229 24000229...",
    );
}

#[test]
fn what_takes_too_long_is_cut_off() {
    let slow = first("FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", at("20260101"), 10);
    assert!(slow.starts.is_empty() && slow.truncated);
    let far = rule("FREQ=MINUTELY;BYHOUR=1;COUNT=4294967295");
    let far = far.starts(at("19000101"), Tz::UTC, at("90000101"), at("90010101"), 10);
    assert!(far.starts.is_empty() && far.truncated);
}

/// The numbers are those of python-dateutil.
#[test]
fn nothing_that_people_write_is_cut_off() {
    for (text, count) in [
        ("FREQ=HOURLY;INTERVAL=7;BYDAY=TU", 2_088),
        ("FREQ=MINUTELY;INTERVAL=25;BYHOUR=9,17;BYMONTH=3", 1_488),
        (
            "FREQ=SECONDLY;INTERVAL=7;BYHOUR=3;BYMINUTE=7;BYSECOND=9",
            522,
        ),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29", 3),
        ("FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;COUNT=3", 1),
    ] {
        let (start, end) = (at("20160101"), at("20260101"));
        let expansion = rule(text).starts(start, Tz::UTC, start, end, 3_000);
        assert_eq!(
            (expansion.starts.len(), expansion.truncated),
            (count, false),
            "{text}"
        );
    }
}

#[test]
fn the_calendar_ends_with_the_year_9999() {
    super::check("FREQ=YEARLY", "99980902T090000", "0902 99990902");
    super::check("FREQ=WEEKLY", "99991220", "20 27");
    super::check("FREQ=SECONDLY", "99991231T235958", "T235958 T235959");
    let past = first("FREQ=DAILY", NaiveDateTime::MAX, 10);
    assert!(past.starts.is_empty() && !past.truncated);
}

#[test]
fn years_before_the_first_are_years() {
    let start = NaiveDateTime::MIN;
    let starts = first("FREQ=WEEKLY;BYDAY=MO,SU;BYHOUR=12", start, 3).starts;
    assert_eq!(starts.len(), 3);
    assert!(starts[0] > start);
}

#[test]
fn a_long_list_is_read_at_once() {
    let long = format!("FREQ=MONTHLY;BYDAY={}", "1MO,-1SU,WE,".repeat(200_000));
    let took = quickest(PATIENCE * 10, || assert!(Rule::parse(&long).is_ok()));
    assert!(took < PATIENCE * 10, "{took:?}");
    let long = format!("FREQ=DAILY{}", ";X-A=1;BYDAY=".repeat(200_000));
    let took = quickest(PATIENCE * 10, || assert!(Rule::parse(&long).is_ok()));
    assert!(took < PATIENCE * 10, "{took:?}");
}

/// What a week of the calendar may cost for each series in it.
#[test]
fn a_week_of_an_old_series_costs_microseconds() {
    let slower = if cfg!(debug_assertions) { 40 } else { 1 };
    for (text, micros) in [
        ("FREQ=DAILY", 10),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", 10),
        ("FREQ=MONTHLY;BYDAY=3MO", 10),
        ("FREQ=YEARLY", 10),
        ("FREQ=DAILY;COUNT=10000", 300),
        ("FREQ=WEEKLY;COUNT=10000;BYDAY=MO,TU,WE,TH,FR", 300),
        ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR;COUNT=10000", 300),
        (
            "FREQ=MONTHLY;COUNT=10000;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            300,
        ),
    ] {
        let series = series(text);
        let (start, from, to) = (at("20100101T090000"), at("20260914"), at("20260921"));
        let took = times(|| drop(series.expand(start, Berlin, from, to, 2_000)))
            .take(50)
            .min()
            .unwrap();
        eprintln!("{text}: {took:?} for a week, 16 years after the start");
        assert!(
            took < Duration::from_micros(micros * slower),
            "{text} took {took:?}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 60 } else { 2_000 }))]

    #[test]
    fn random_rules_answer_at_once(text in any_rule(), start in 0..STARTS.len(), count in any::<Option<u32>>()) {
        let end = count.filter(|&count| count > 0 && !text.contains("COUNT")).map_or(String::new(), |count| format!(";COUNT={count}"));
        let took = slowest(&format!("{text}{end}"), at(STARTS[start]));
        prop_assert!(took < PATIENCE, "{} took {:?}", text, took);
    }
}
