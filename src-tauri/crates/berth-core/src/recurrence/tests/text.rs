//! What is read, what is refused, and how it is written.

use proptest::prelude::*;

use super::properties::any_rule;
use super::{Rule, RuleError, rule};

#[track_caller]
fn reads(text: &str, canonical: &str) {
    assert_eq!(rule(text).to_string(), canonical, "{text}");
    assert_eq!(rule(canonical), rule(text), "{canonical}");
}

#[track_caller]
fn refuses(text: &str, part: &str) {
    assert_eq!(
        Rule::parse(text),
        Err(RuleError::Invalid {
            part: part.to_owned()
        }),
        "{text}"
    );
}

#[test]
fn the_order_is_that_of_other_programs() {
    reads(
        "WKST=SU;BYDAY=TH,TU;UNTIL=20170814T045959Z;INTERVAL=2;FREQ=WEEKLY",
        "FREQ=WEEKLY;INTERVAL=2;UNTIL=20170814T045959Z;BYDAY=TU,TH;WKST=SU",
    );
    reads(
        "BYSETPOS=-1,1;BYSECOND=7;BYMINUTE=6;BYHOUR=5;BYDAY=MO;BYMONTHDAY=-1,2;BYYEARDAY=3;BYWEEKNO=2;BYMONTH=1;FREQ=YEARLY",
        "FREQ=YEARLY;BYMONTH=1;BYWEEKNO=2;BYYEARDAY=3;BYMONTHDAY=2,-1;BYDAY=MO;BYHOUR=5;BYMINUTE=6;BYSECOND=7;BYSETPOS=1,-1",
    );
    reads(
        "FREQ=MONTHLY;BYDAY=-1SU,WE,3MO",
        "FREQ=MONTHLY;BYDAY=WE,3MO,-1SU",
    );
}

#[test]
fn defaults_are_not_written() {
    reads("FREQ=DAILY;INTERVAL=1;WKST=MO", "FREQ=DAILY");
}

#[test]
fn forms_met_in_the_wild() {
    reads("RRULE:FREQ=DAILY", "FREQ=DAILY");
    reads("rrule:freq=weekly;byday=mo;", "FREQ=WEEKLY;BYDAY=MO");
    reads(";;FREQ=DAILY;;COUNT=3;", "FREQ=DAILY;COUNT=3");
    reads(
        " FREQ = WEEKLY ; BYDAY=MO, TU, WE ",
        "FREQ=WEEKLY;BYDAY=MO,TU,WE",
    );
    reads("FREQ=DAILY\\;COUNT=10", "FREQ=DAILY;COUNT=10");
    reads("FREQ=WEEKLY;BYDAY=;COUNT=", "FREQ=WEEKLY");
    reads("RRULE:RRULE:AnythingRandom;FREQ=WEEKLY", "FREQ=WEEKLY");
    reads(
        "FREQ=MONTHLY;BYMONTHDAY=01;BYMONTH=09",
        "FREQ=MONTHLY;BYMONTH=9;BYMONTHDAY=1",
    );
    reads("FREQ=MONTHLY;BYDAY=+3WE", "FREQ=MONTHLY;BYDAY=3WE");
    reads(
        "FREQ=DAILY;X-EVOLUTION-ENDDATE=20260102T090000Z;X-A=1;X-A=2",
        "FREQ=DAILY",
    );
    reads("RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=OMIT", "FREQ=YEARLY");
    reads(
        "FREQ=DAILY;COUNT=5;UNTIL=20260101",
        "FREQ=DAILY;COUNT=5;UNTIL=20260101",
    );
    reads("FREQ=DAILY;COUNT=-1", "FREQ=DAILY");
    reads("FREQ=MINUTELY;BYSECOND=60", "FREQ=MINUTELY;BYSECOND=59");
    reads("FREQ=WEEKLY;BYDAY=1MO,MO,TU,TU", "FREQ=WEEKLY;BYDAY=MO,TU");
    reads(
        "FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO",
        "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO",
    );
}

#[test]
fn until_in_each_form() {
    reads("FREQ=DAILY;UNTIL=20261231", "FREQ=DAILY;UNTIL=20261231");
    reads(
        "FREQ=DAILY;UNTIL=20261231T235959",
        "FREQ=DAILY;UNTIL=20261231T235959",
    );
    reads(
        "FREQ=DAILY;UNTIL=20261231T235959Z",
        "FREQ=DAILY;UNTIL=20261231T235959Z",
    );
    reads(
        "FREQ=DAILY;UNTIL=2026-12-31T23:59:59Z",
        "FREQ=DAILY;UNTIL=20261231T235959Z",
    );
    reads(
        "FREQ=DAILY;UNTIL=20261231T2359Z",
        "FREQ=DAILY;UNTIL=20261231T235900Z",
    );
    reads("FREQ=DAILY;UNTIL=00010101", "FREQ=DAILY;UNTIL=00010101");
}

#[test]
fn numbers_too_large_to_hold_are_the_largest() {
    reads(
        "FREQ=DAILY;INTERVAL=4294967295",
        "FREQ=DAILY;INTERVAL=4294967295",
    );
    reads(
        "FREQ=DAILY;COUNT=99999999999999999999",
        "FREQ=DAILY;COUNT=4294967295",
    );
}

#[test]
fn what_nobody_can_follow_is_named() {
    refuses("", "FREQ");
    refuses("FREQ=", "FREQ=");
    refuses("COUNT=3", "FREQ");
    refuses("FREQ=FORTNIGHTLY", "FREQ=FORTNIGHTLY");
    refuses("FREQ=DAILY;INTERVAL=0", "INTERVAL=0");
    refuses("FREQ=DAILY;INTERVAL=-2", "INTERVAL=-2");
    refuses("FREQ=DAILY;INTERVAL=+", "INTERVAL=+");
    refuses("FREQ=DAILY;COUNT=0", "COUNT=0");
    refuses("FREQ=DAILY;COUNT=3;COUNT=4", "COUNT=4");
    refuses("FREQ=WEEKLY;COUNT", "COUNT");
    refuses("FREQ=DAILY;BYEASTER=0", "BYEASTER=0");
    refuses("FREQ=DAILY;UNTIL=20123456T123456", "UNTIL=20123456T123456");
    refuses("FREQ=DAILY;UNTIL=20120101T", "UNTIL=20120101T");
    refuses("FREQ=DAILY;UNTIL=tomorrow", "UNTIL=TOMORROW");
    refuses("FREQ=YEARLY;BYMONTH=13", "BYMONTH=13");
    refuses("FREQ=YEARLY;BYMONTH=0", "BYMONTH=0");
    refuses("FREQ=MONTHLY;BYMONTHDAY=0", "BYMONTHDAY=0");
    refuses("FREQ=MONTHLY;BYMONTHDAY=-32", "BYMONTHDAY=-32");
    refuses("FREQ=MONTHLY;BYMONTHDAY=-32768", "BYMONTHDAY=-32768");
    refuses("FREQ=YEARLY;BYYEARDAY=367", "BYYEARDAY=367");
    refuses("FREQ=YEARLY;BYWEEKNO=54", "BYWEEKNO=54");
    refuses("FREQ=DAILY;BYHOUR=24", "BYHOUR=24");
    refuses("FREQ=DAILY;BYSECOND=61", "BYSECOND=61");
    refuses("FREQ=WEEKLY;BYDAY=XX", "BYDAY=XX");
    refuses("FREQ=WEEKLY;BYDAY=M", "BYDAY=M");
    refuses("FREQ=WEEKLY;BYDAY=\u{e9}", "BYDAY=\u{e9}");
    refuses("FREQ=MONTHLY;BYDAY=0MO", "BYDAY=0MO");
    refuses("FREQ=MONTHLY;BYDAY=54MO", "BYDAY=54MO");
    refuses("FREQ=WEEKLY;WKST=1", "WKST=1");
    refuses("RSCALE=HEBREW;FREQ=YEARLY;BYMONTH=5L", "RSCALE=HEBREW");
    refuses("FREQ=YEARLY;SKIP=FORWARD", "SKIP=FORWARD");
}

#[test]
fn an_error_repeats_only_so_much() {
    let long = format!("FREQ=DAILY;BYDAY={}", "X".repeat(100_000));
    let RuleError::Invalid { part } = Rule::parse(&long).unwrap_err();
    assert_eq!(part.len(), 60);
}

#[test]
fn only_periods_below_a_day_are_sub_daily() {
    for frequency in ["SECONDLY", "MINUTELY", "HOURLY"] {
        assert!(
            rule(&format!("FREQ={frequency}")).sub_daily(),
            "{frequency}"
        );
    }
    for frequency in ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"] {
        assert!(
            !rule(&format!("FREQ={frequency}")).sub_daily(),
            "{frequency}"
        );
    }
}

#[test]
fn a_rule_ends_by_count_or_until() {
    assert!(rule("FREQ=DAILY;COUNT=3").ends());
    assert!(rule("FREQ=DAILY;UNTIL=20260101").ends());
    assert!(!rule("FREQ=DAILY").ends());
}

proptest! {
    #[test]
    fn what_is_written_reads_back_equal(text in any_rule()) {
        let read = rule(&text);
        let written = read.to_string();
        prop_assert_eq!(&rule(&written), &read, "{}", written);
        prop_assert_eq!(rule(&written).to_string(), written);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,80}") {
        let _ = Rule::parse(&text);
    }

    #[test]
    fn anything_like_a_rule_is_read_or_refused(
        text in "(FREQ=(DAILY|YEARLY);)?((BY(DAY|MONTH|SETPOS)|COUNT|UNTIL|INTERVAL|WKST)=[-+0-9MOTUZ,]{0,12};?){0,6}"
    ) {
        if let Ok(read) = Rule::parse(&text) {
            prop_assert_eq!(rule(&read.to_string()), read);
        }
    }
}
