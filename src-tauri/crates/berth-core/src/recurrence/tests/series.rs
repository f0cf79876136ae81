//! Whole series: a start that does not follow the rule, dates added and taken out, ends, ranges.

use chrono_tz::{America::New_York, Europe::Berlin, Tz};

use super::{Recurrence, at, listed, rule, series, written};

/// All starts of a series in Berlin from `start` on, before 2100.
fn all(series: &Recurrence, start: &str) -> Vec<String> {
    let start = at(start);
    written(
        &series
            .expand(start, Berlin, start, at("21000101"), 100)
            .starts,
    )
}

#[track_caller]
fn check(series: &Recurrence, start: &str, expected: &str) {
    assert_eq!(all(series, start), written(&listed(expected, at(start))));
}

#[track_caller]
fn check_last(series: &Recurrence, start: &str, expected: Option<&str>) {
    assert_eq!(series.last_start(at(start), Berlin, 100), expected.map(at));
}

#[test]
fn a_start_that_does_not_follow_the_rule_takes_place_and_is_not_counted() {
    let wednesdays = series("FREQ=WEEKLY;COUNT=3;BYDAY=WE");
    check(&wednesdays, "20240530T200000", "20240530 0605 12 19");
    check(
        &series("FREQ=WEEKLY;COUNT=3;BYDAY=TH"),
        "20240530T200000",
        "20240530 0606 13",
    );
    let pure = rule("FREQ=WEEKLY;COUNT=3;BYDAY=WE").starts(
        at("20240530T200000"),
        Berlin,
        at("20240101"),
        at("20250101"),
        10,
    );
    assert_eq!(pure.starts, listed("0605 12 19", at("20240530T200000")));
}

#[test]
fn a_start_after_until_does_not_take_place() {
    check(&series("FREQ=DAILY;UNTIL=20260101"), "20260102T090000", "");
    check_last(
        &series("FREQ=DAILY;UNTIL=20260101"),
        "20260102T090000",
        None,
    );
}

#[test]
fn a_series_without_a_rule_is_its_start_and_what_was_added() {
    let dates = Recurrence {
        added: listed("20260110T090000 03", at("20260101")),
        ..Recurrence::default()
    };
    check(&dates, "20260105T090000", "0105 10");
    check_last(&dates, "20260105T090000", Some("20260110T090000"));
    check(&Recurrence::default(), "20260105T090000", "0105");
    check_last(
        &Recurrence::default(),
        "20260105T090000",
        Some("20260105T090000"),
    );
}

#[test]
fn added_dates_are_merged_in_order_and_once() {
    let start = at("20260101T090000");
    let added = listed("20260109T090000 02T100000 02T090000 09T090000", start);
    let daily = Recurrence {
        added,
        ..series("FREQ=DAILY;INTERVAL=2;COUNT=3")
    };
    check(&daily, "20260101T090000", "01 02 02T10 03T09 05 09");
}

#[test]
fn excluded_dates_are_taken_out_of_everything_exactly() {
    let start = at("20260101T090000");
    let daily = Recurrence {
        added: listed("20260110", start),
        excluded: listed("20260110T090000 01 03 03 04T090001", start),
        ..series("FREQ=DAILY;COUNT=5")
    };
    check(&daily, "20260101T090000", "02 04 05");
    check_last(&daily, "20260101T090000", Some("20260105T090000"));
}

#[test]
fn parts_of_a_second_are_overlooked() {
    let start = at("20260101T090000") + chrono::TimeDelta::milliseconds(250);
    let starts = series("FREQ=DAILY;COUNT=2")
        .expand(start, Berlin, at("20260101"), at("20270101"), 9)
        .starts;
    assert_eq!(starts, listed("01 02", at("20260101T090000")));
}

#[test]
fn a_date_as_the_end_includes_its_day() {
    check(
        &series("FREQ=DAILY;UNTIL=20260103"),
        "20260101T233000",
        "01 02 03",
    );
    check(&series("FREQ=DAILY;UNTIL=20260103"), "20260101", "01 02 03");
    check(
        &series("FREQ=DAILY;UNTIL=20260103T233000"),
        "20260101T233000",
        "01 02 03",
    );
    check(
        &series("FREQ=DAILY;UNTIL=20260103T232959"),
        "20260101T233000",
        "01 02",
    );
}

#[test]
fn an_end_in_utc_is_an_instant() {
    // 23:30 in Berlin is 22:30 UTC in winter, 21:30 in summer.
    check(
        &series("FREQ=DAILY;UNTIL=20260103T223000Z"),
        "20260101T233000",
        "01 02 03",
    );
    check(
        &series("FREQ=DAILY;UNTIL=20260103T222959Z"),
        "20260101T233000",
        "01 02",
    );
    check(
        &series("FREQ=DAILY;UNTIL=20260703T213000Z"),
        "20260701T233000",
        "01 02 03",
    );
    check(
        &series("FREQ=DAILY;UNTIL=20260103T230000Z"),
        "20260101",
        "01 02 03 04",
    );
}

#[test]
fn an_end_in_utc_within_a_clock_change_is_an_instant() {
    // On 25 October 2026, 02:30 is first 00:30 UTC; 01:15 UTC is 02:15 for the second time.
    check(
        &series("FREQ=DAILY;UNTIL=20261025T011500Z"),
        "20261023T023000",
        "23 24 25",
    );
    check(
        &series("FREQ=DAILY;UNTIL=20261025T002959Z"),
        "20261023T023000",
        "23 24",
    );
    check_last(
        &series("FREQ=DAILY;UNTIL=20261025T011500Z"),
        "20261023T023000",
        Some("20261025T023000"),
    );
    check_last(
        &series("FREQ=DAILY;UNTIL=20261025T002959Z"),
        "20261023T023000",
        Some("20261024T023000"),
    );
    // On 29 March 2026, 02:30 does not exist and is read as 03:30, which is 01:30 UTC.
    check(
        &series("FREQ=DAILY;UNTIL=20260329T013000Z"),
        "20260328T023000",
        "28 29",
    );
    check(
        &series("FREQ=DAILY;UNTIL=20260329T012959Z"),
        "20260328T023000",
        "28",
    );
}

#[test]
fn count_and_until_both_hold() {
    check(
        &series("FREQ=DAILY;COUNT=3;UNTIL=20260102"),
        "20260101T090000",
        "01 02",
    );
    check(
        &series("FREQ=DAILY;COUNT=3;UNTIL=20260202"),
        "20260101T090000",
        "01 02 03",
    );
    check_last(
        &series("FREQ=DAILY;COUNT=3;UNTIL=20260102"),
        "20260101T090000",
        Some("20260102T090000"),
    );
    check_last(
        &series("FREQ=DAILY;COUNT=3;UNTIL=20260202"),
        "20260101T090000",
        Some("20260103T090000"),
    );
    check_last(
        &series("FREQ=MONTHLY;COUNT=3;UNTIL=20260202"),
        "20260131T090000",
        Some("20260131T090000"),
    );
}

#[test]
fn a_range_begins_with_and_ends_before() {
    let daily = series("FREQ=DAILY");
    let starts = daily.expand(
        at("20100101T090000"),
        Berlin,
        at("20260914T090000"),
        at("20260916T090000"),
        9,
    );
    assert_eq!(
        written(&starts.starts),
        ["20260914T090000", "20260915T090000"]
    );
    assert!(!starts.truncated);
    let empty = daily.expand(
        at("20100101T090000"),
        Berlin,
        at("20260914"),
        at("20260914"),
        9,
    );
    assert_eq!(empty, super::Expansion::default());
    let backwards = daily.expand(
        at("20100101T090000"),
        Berlin,
        at("20260914"),
        at("20260901"),
        9,
    );
    assert_eq!(backwards, super::Expansion::default());
}

#[test]
fn more_than_the_limit_is_said() {
    let start = at("20260101T090000");
    let of = |text: &str, limit| {
        let expansion = series(text).expand(start, Berlin, start, at("20260201"), limit);
        (expansion.starts.len(), expansion.truncated)
    };
    assert_eq!(of("FREQ=DAILY;COUNT=5", 5), (5, false));
    assert_eq!(of("FREQ=DAILY;COUNT=5", 4), (4, true));
    assert_eq!(of("FREQ=DAILY", 30), (30, true));
    assert_eq!(of("FREQ=DAILY", 31), (31, false));
    assert_eq!(of("FREQ=DAILY", 0), (0, true));
}

#[test]
fn last_starts() {
    check_last(&series("FREQ=DAILY"), "20260101T090000", None);
    check_last(
        &series("FREQ=DAILY;COUNT=10"),
        "20260101T090000",
        Some("20260110T090000"),
    );
    check_last(
        &series("FREQ=WEEKLY;COUNT=4;BYDAY=MO,FR"),
        "20260101T090000",
        Some("20260112T090000"),
    );
    check_last(
        &series("FREQ=MONTHLY;COUNT=3"),
        "20260131T090000",
        Some("20260531T090000"),
    );
    check_last(
        &series("FREQ=YEARLY;UNTIL=20301231"),
        "20240229T090000",
        Some("20280229T090000"),
    );
    check_last(
        &series("FREQ=WEEKLY;INTERVAL=5;UNTIL=20260930T090000"),
        "20260101T090000",
        Some("20260903T090000"),
    );
    check_last(
        &series("FREQ=HOURLY;BYDAY=SA;UNTIL=20260930"),
        "20260101T090000",
        Some("20260926T230000"),
    );
    check_last(
        &series("FREQ=DAILY;COUNT=1000000"),
        "20260101T090000",
        Some("47631128T090000"),
    );
    // The one that COUNT would end with is in the same week as the end of time, and after it.
    check_last(
        &series("FREQ=WEEKLY;INTERVAL=195;WKST=TU;COUNT=2136"),
        "20201228T000000",
        Some("99960408T000000"),
    );
    check_last(
        &series("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=3"),
        "20260101T090000",
        Some("20260101T090000"),
    );
    check_last(
        &series("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;UNTIL=99991231"),
        "20260101T090000",
        Some("20260101T090000"),
    );
}

#[test]
fn the_last_start_may_be_one_that_was_added() {
    let added = listed("20260301", at("20260101T090000"));
    let daily = Recurrence {
        added,
        ..series("FREQ=DAILY;COUNT=3")
    };
    check_last(&daily, "20260101T090000", Some("20260301T090000"));
}

#[test]
fn the_last_start_passes_those_taken_out() {
    let start = at("20260101T090000");
    let mut daily = Recurrence {
        excluded: listed("10 08 09", start),
        ..series("FREQ=DAILY;COUNT=10")
    };
    check_last(&daily, "20260101T090000", Some("20260107T090000"));
    assert_eq!(
        daily.last_start(start, Berlin, 3),
        Some(at("20260107T090000"))
    );
    assert_eq!(daily.last_start(start, Berlin, 2), None);
    daily.excluded = listed("01 02 03 04 05 06 07 08 09 10", start);
    check_last(&daily, "20260101T090000", None);
}

/// A series of whole days read with UTC as its zone ends by the date that UNTIL was written with.
#[test]
fn whole_days_with_an_end_in_utc() {
    let days = series("FREQ=DAILY;UNTIL=20260103T000000Z");
    let count = |zone: Tz| {
        days.expand(at("20260101"), zone, at("20260101"), at("20270101"), 9)
            .starts
            .len()
    };
    assert_eq!(count(Tz::UTC), 3);
    assert_eq!(count(New_York), 2);
}
