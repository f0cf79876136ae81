//! A series parted in two, and moved to another time.

use chrono::TimeDelta;
use chrono_tz::Tz;

use super::{at, series};
use crate::Recurrence;

const ZONE: Tz = Tz::Europe__Berlin;

/// The starts of a series, at most 60, and those of its parts, which together are the same.
#[track_caller]
fn check(text: &str, start: &str, original: &str, before: &str, rest: &str) {
    let mut whole = series(text);
    whole.added.push(at("20260919T110000"));
    whole.excluded.push(at("20260929T090000"));
    let parted = whole.parted(at(start), ZONE, at(original), false).unwrap();
    let rule = |series: &Recurrence| series.rule.as_ref().map(ToString::to_string);
    assert_eq!(rule(&parted.before).as_deref(), Some(before));
    assert_eq!(rule(&parted.rest).as_deref(), Some(rest));
    let starts = |series: &Recurrence, start| {
        let (from, to) = (at("19900101"), at("20280101"));
        series.expand(start, ZONE, from, to, 60).starts
    };
    let mut both = starts(&parted.before, at(start));
    assert!(both.iter().all(|found| *found < at(original)));
    both.extend(starts(&parted.rest, parted.first));
    both.sort_unstable();
    both.truncate(60);
    let all = starts(&whole, at(start));
    assert_eq!(both, all, "{text}");
}

#[test]
fn parts_are_the_whole() {
    let until = "UNTIL=20260922T065959Z";
    let tuesdays = ("20260901T090000", "20260922T090000");
    check(
        "FREQ=WEEKLY",
        tuesdays.0,
        tuesdays.1,
        &format!("FREQ=WEEKLY;{until}"),
        "FREQ=WEEKLY",
    );
    check(
        "FREQ=WEEKLY;COUNT=10",
        tuesdays.0,
        tuesdays.1,
        &format!("FREQ=WEEKLY;{until}"),
        "FREQ=WEEKLY;COUNT=7",
    );
    check(
        "FREQ=WEEKLY;INTERVAL=3;BYDAY=TU,SU",
        tuesdays.0,
        tuesdays.1,
        &format!("FREQ=WEEKLY;INTERVAL=3;{until};BYDAY=TU,SU"),
        "FREQ=WEEKLY;INTERVAL=3;BYDAY=TU,SU",
    );
    // Parted at a date that was added, the rule goes on from its own next start.
    check(
        "FREQ=WEEKLY;COUNT=5",
        tuesdays.0,
        "20260919T110000",
        "FREQ=WEEKLY;UNTIL=20260919T085959Z",
        "FREQ=WEEKLY;COUNT=2",
    );
}

#[test]
fn nothing_comes_before_the_first() {
    let daily = series("FREQ=DAILY;COUNT=3");
    let first = at("20260901T090000");
    assert_eq!(daily.parted(first, ZONE, first, false), None);
}

#[test]
fn whole_days_end_by_a_date() {
    let daily = series("FREQ=DAILY");
    let (first, third) = (at("20260901T000000"), at("20260903T000000"));
    let parted = daily.parted(first, ZONE, third, true).unwrap();
    assert_eq!(
        parted.before.rule.unwrap().to_string(),
        "FREQ=DAILY;UNTIL=20260902"
    );
}

/// A series moved by `hours` has every start moved by as much.
#[track_caller]
fn moved(text: &str, start: &str, hours: i64, expected: Option<&str>) {
    let series = series(text);
    let delta = TimeDelta::hours(hours);
    let shifted = series.shifted(at(start), delta);
    let rule = shifted
        .as_ref()
        .map(|one| one.rule.as_ref().unwrap().to_string());
    assert_eq!(rule.as_deref(), expected, "{text}");
    let Some(shifted) = shifted else { return };
    let range = |first: &str, by| (at(first) + by, at("20270101T000000") + by);
    let ((from, to), (from_there, to_there)) =
        (range(start, TimeDelta::zero()), range(start, delta));
    let before = series.expand(at(start), Tz::UTC, from, to, 400).starts;
    let after = shifted
        .expand(at(start) + delta, Tz::UTC, from_there, to_there, 400)
        .starts;
    let expected: Vec<_> = before.iter().map(|one| *one + delta).collect();
    assert_eq!(after, expected, "{text}");
}

#[test]
fn every_start_moves_alike() {
    let start = "20260901T090000"; // a Tuesday
    moved("FREQ=DAILY;COUNT=9", start, 30, Some("FREQ=DAILY;COUNT=9"));
    moved(
        "FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20261001T090000",
        start,
        24,
        Some("FREQ=WEEKLY;UNTIL=20261002T090000;BYDAY=WE,FR"),
    );
    moved(
        "FREQ=WEEKLY;BYDAY=SU,TU",
        start,
        -48,
        Some("FREQ=WEEKLY;BYDAY=FR,SU"),
    );
    // Every other week, Monday falls out of the week of Sunday unless the week moves along.
    moved(
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU",
        start,
        24,
        Some("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;WKST=TU"),
    );
    moved(
        "FREQ=MONTHLY;BYDAY=1TU",
        start,
        2,
        Some("FREQ=MONTHLY;BYDAY=1TU"),
    );
    moved("FREQ=MONTHLY;BYDAY=1TU", start, 24, None);
    moved("FREQ=MONTHLY;BYMONTHDAY=1,15", start, 24, None);
    moved("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", start, 24, None);
    moved(
        "FREQ=DAILY;BYHOUR=9;BYMINUTE=0",
        start,
        2,
        Some("FREQ=DAILY"),
    );
    moved("FREQ=DAILY;BYHOUR=9,15", start, 2, None);
}
