//! Rules in plain English, for a series that begins on Thursday, 17 September 2026, at 09:00.

use chrono_tz::{America::New_York, Tz};
use proptest::prelude::*;

use super::properties::any_rule;
use super::{at, rule};

#[track_caller]
fn says(text: &str, words: &str) {
    assert_eq!(rule(text).words(at("20260917T090000")), words, "{text}");
}

#[test]
fn days_and_weeks() {
    says("FREQ=DAILY", "every day");
    says("FREQ=DAILY;INTERVAL=3", "every 3 days");
    says("FREQ=WEEKLY", "every week on Thursday");
    says("FREQ=WEEKLY;BYDAY=TU", "every week on Tuesday");
    says(
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH",
        "every 2 weeks on Tuesday and Thursday",
    );
    says(
        "FREQ=WEEKLY;BYDAY=MO,WE,FR",
        "every week on Monday, Wednesday and Friday",
    );
    says("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every weekday");
    says("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "every weekday");
    says(
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR",
        "every 2 weeks on Monday, Tuesday, Wednesday, Thursday and Friday",
    );
    says("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", "every day");
    says(
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR,SA,SU",
        "every 2 weeks on Monday, Tuesday, Wednesday, Thursday, Friday, Saturday and Sunday",
    );
    says(
        "FREQ=DAILY;BYDAY=TU,TH",
        "every week on Tuesday and Thursday",
    );
    says(
        "FREQ=DAILY;INTERVAL=2;BYDAY=TU,TH",
        "every 2 days if it is Tuesday or Thursday",
    );
    says(
        "FREQ=WEEKLY;BYDAY=TU;BYMONTH=1,3",
        "every week on Tuesday in January and March",
    );
    says("FREQ=DAILY;BYMONTH=1", "every day in January");
    says(
        "FREQ=DAILY;BYMONTH=1;BYDAY=MO,TU,WE,TH,FR",
        "every weekday in January",
    );
}

#[test]
fn months() {
    says("FREQ=MONTHLY", "every month on the 17th");
    says("FREQ=MONTHLY;INTERVAL=3", "every 3 months on the 17th");
    says(
        "FREQ=MONTHLY;BYMONTHDAY=1,15,-1",
        "every month on the 1st, the 15th and the last day",
    );
    says(
        "FREQ=MONTHLY;BYMONTHDAY=-2",
        "every month on the second last day",
    );
    says("FREQ=MONTHLY;BYDAY=3MO", "every month on the third Monday");
    says(
        "FREQ=MONTHLY;BYDAY=1SU,-1SU",
        "every month on the first Sunday and the last Sunday",
    );
    says(
        "FREQ=MONTHLY;BYDAY=3MO,WE",
        "every month on the third Monday and every Wednesday",
    );
    says("FREQ=MONTHLY;BYDAY=TU", "every month on every Tuesday");
    says(
        "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
        "every month on the 13th if it is Friday",
    );
    says(
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "every month on the last weekday",
    );
    says(
        "FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=1",
        "every month on the first weekend day",
    );
    says(
        "FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2,-1",
        "every month on the second Tuesday and the last Tuesday",
    );
    says(
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=-1",
        "every month on the last day",
    );
    says(
        "FREQ=MONTHLY;BYDAY=TU,WE,TH;BYSETPOS=3",
        "every month on the third Tuesday, Wednesday or Thursday",
    );
    says(
        "FREQ=MONTHLY;BYMONTHDAY=13,17;BYSETPOS=1",
        "every month on the 13th and the 17th, only the first of these",
    );
    says(
        "FREQ=MONTHLY;BYMONTH=1,3",
        "every month on the 17th of January and March",
    );
}

#[test]
fn years() {
    says("FREQ=YEARLY", "every year on 17 September");
    says("FREQ=YEARLY;INTERVAL=2", "every 2 years on 17 September");
    says(
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1",
        "every year on the last day of February",
    );
    says(
        "FREQ=YEARLY;BYMONTH=6,7",
        "every year on the 17th of June and July",
    );
    says(
        "FREQ=YEARLY;BYMONTHDAY=1",
        "every year on the 1st of the month",
    );
    says(
        "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "every year on the last Sunday in March",
    );
    says(
        "FREQ=YEARLY;BYMONTH=3;BYDAY=TH",
        "every year on every Thursday in March",
    );
    says(
        "FREQ=YEARLY;BYDAY=20MO",
        "every year on the 20th Monday of the year",
    );
    says("FREQ=YEARLY;BYDAY=MO", "every year on every Monday");
    says(
        "FREQ=YEARLY;BYMONTH=9;BYDAY=SA,SU;BYSETPOS=-1",
        "every year on the last weekend day in September",
    );
    says(
        "FREQ=YEARLY;BYYEARDAY=100,-1",
        "every year on the 100th and the last day of the year",
    );
    says(
        "FREQ=YEARLY;BYWEEKNO=20",
        "every year in the 20th week of the year on Thursday",
    );
    says(
        "FREQ=YEARLY;BYWEEKNO=-1;BYDAY=MO",
        "every year in the last week of the year on Monday",
    );
}

#[test]
fn times_of_day() {
    says("FREQ=DAILY;BYHOUR=9,17", "every day at 09:00 and 17:00");
    says(
        "FREQ=WEEKLY;BYDAY=MO;BYHOUR=6;BYMINUTE=30",
        "every week on Monday at 06:30",
    );
    says("FREQ=DAILY;BYSECOND=5", "every day at 09:00:05");
    says(
        "FREQ=DAILY;BYHOUR=9,10,11;BYMINUTE=0,20,40",
        "every day at 9 times of the day",
    );
    says("FREQ=HOURLY", "every hour");
    says(
        "FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10",
        "every 20 minutes in hour 9 and 10",
    );
    says(
        "FREQ=HOURLY;BYDAY=TU;BYMINUTE=15",
        "every hour on Tuesday at minute 15",
    );
    says("FREQ=SECONDLY;BYSECOND=0", "every second at second 0");
}

#[test]
fn ends() {
    says(
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;UNTIL=20260930",
        "every 2 weeks on Tuesday and Thursday until 30 Sep 2026",
    );
    says(
        "FREQ=MONTHLY;BYDAY=3MO;COUNT=5",
        "every month on the third Monday, 5 times",
    );
    says("FREQ=DAILY;COUNT=1", "every day, once");
    says(
        "FREQ=DAILY;COUNT=5;UNTIL=20261001T120000",
        "every day until 1 Oct 2026, at most 5 times",
    );
}

#[test]
fn an_end_in_utc_is_a_date_in_the_zone() {
    let weekly = rule("FREQ=WEEKLY;BYDAY=TH;UNTIL=20270814T035959Z");
    let start = at("20260917T090000");
    assert_eq!(
        weekly.words(start),
        "every week on Thursday until 14 Aug 2027"
    );
    assert_eq!(
        weekly.words_in(start, New_York),
        "every week on Thursday until 13 Aug 2027"
    );
    assert_eq!(weekly.words_in(start, Tz::UTC), weekly.words(start));
}

proptest! {
    #[test]
    fn every_rule_has_words(text in any_rule()) {
        let words = rule(&text).words(at("20260917T090000"));
        prop_assert!(words.starts_with("every "), "{}", words);
        prop_assert!(!words.contains("  ") && !words.ends_with(' '), "{}", words);
    }
}
