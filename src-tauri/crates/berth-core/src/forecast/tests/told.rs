//! What is said about series, and which weeks it is in.

use chrono_tz::America::New_York;
use chrono_tz::Asia::Kolkata;
use chrono_tz::Australia::Sydney;
use chrono_tz::Europe::{Berlin, London};

use super::given::*;
use super::*;
use crate::words::{Language, Phrasing};
use crate::{Booking, Status};

#[track_caller]
pub(super) fn check(what: &str, bookings: &[Booking], range: TimeRange, expected: &str) {
    let expected: Vec<&str> = expected.lines().map(str::trim).collect();
    assert_eq!(ahead(bookings, range).told(), expected.join("\n"), "{what}");
}

pub(super) fn year() -> TimeRange {
    range("2026-01-01 00:00", "2027-01-01 00:00")
}

/// Tuesdays 13–15 in Berlin against 09–11 in New York.
fn v24() -> [Booking; 2] {
    [
        booking(1, "2026-01-06 13:00", 120, Berlin, "FREQ=WEEKLY"),
        booking(2, "2026-01-06 09:00", 120, New_York, "FREQ=WEEKLY"),
    ]
}

#[test]
fn v24_in_the_weeks_between() {
    check(
        "V24",
        &v24(),
        year(),
        "Error [1, 2] 4 of 52 Tuesdays, all in the weeks when Berlin's and New York's clocks disagree: 10 Mar, 17 Mar, 24 Mar and 27 Oct",
    );
    let found = ahead(&v24(), year());
    let group = &found.groups[0];
    assert_eq!(
        group.share,
        Some(Share {
            booking: 1,
            met: 4,
            total: 52,
            weekday: Some(Weekday::Tue)
        })
    );
    let clocks = group.clocks.unwrap();
    assert_eq!(
        (clocks.usual.num_hours(), clocks.then.unwrap().num_hours()),
        (6, 5)
    );
    check(
        "half a year, in which they disagree once",
        &v24(),
        range("2026-05-01 00:00", "2026-10-30 00:00"),
        "Error [1, 2] 1 of 26 Tuesdays, in the weeks when Berlin's and New York's clocks disagree: 27 Oct",
    );
}

#[test]
fn not_only_the_clocks() {
    let [berlin, _] = v24();
    let once = booking(2, "2026-06-02 14:00", 60, Berlin, "");
    check(
        "somebody else, once",
        &[berlin, once],
        year(),
        "Error [1, 2] 1 of 52 Tuesdays: 2 Jun",
    );
    check(
        "always, not only then",
        &[
            booking(1, "2026-01-06 13:00", 180, Berlin, "FREQ=WEEKLY"),
            booking(2, "2026-01-06 09:00", 60, New_York, "FREQ=WEEKLY"),
        ],
        range("2026-01-01 00:00", "2026-02-10 00:00"),
        "Error [1, 2] all 5 Tuesdays: 6 Jan, 13 Jan, 20 Jan, 27 Jan and 3 Feb",
    );
}

#[test]
fn seasons() {
    let berlin = booking(1, "2026-01-06 12:30", 60, Berlin, "FREQ=WEEKLY");
    check(
        "one of two zones has summer time",
        &[
            berlin.clone(),
            booking(2, "2026-01-06 17:00", 60, Kolkata, "FREQ=WEEKLY"),
        ],
        year(),
        "Error [1, 2] 22 of 52 Tuesdays, all while Berlin and Kolkata are 4 h 30 min apart instead of 3 h 30 min: 6 Jan, 13 Jan, 20 Jan, 27 Jan, 3 Feb and 17 more",
    );
    check(
        "the same in summer is as usual",
        &[
            berlin,
            booking(2, "2026-01-06 16:45", 30, Kolkata, "FREQ=WEEKLY"),
        ],
        range("2026-05-01 00:00", "2026-05-20 00:00"),
        "Error [1, 2] all 3 Tuesdays: 5 May, 12 May and 19 May",
    );
    check(
        "opposite seasons",
        &[
            booking(1, "2026-01-06 09:00", 60, Berlin, "FREQ=WEEKLY"),
            booking(2, "2026-01-06 18:00", 60, Sydney, "FREQ=WEEKLY"),
        ],
        year(),
        "Error [1, 2] 4 of 52 Tuesdays, all in the weeks when Berlin's and Sydney's clocks disagree: 31 Mar, 6 Oct, 13 Oct and 20 Oct",
    );
}

#[test]
fn days_and_severities() {
    let maybe = Booking {
        status: Status::Tentative,
        ..booking(2, "2026-01-07 10:00", 60, Berlin, "FREQ=WEEKLY;BYDAY=WE")
    };
    check(
        "two days a week against one",
        &[
            booking(
                1,
                "2026-01-06 10:00",
                120,
                Berlin,
                "FREQ=WEEKLY;BYDAY=TU,WE;COUNT=6",
            ),
            maybe,
        ],
        year(),
        "Warning [1, 2] 3 of 52 Wednesdays: 7 Jan, 14 Jan and 21 Jan",
    );
    check(
        "a series that is on all days",
        &[
            booking(1, "2026-01-06 10:00", 60, Berlin, "FREQ=DAILY;COUNT=10"),
            booking(2, "2026-01-08 10:30", 2000, Berlin, ""),
        ],
        year(),
        "Error [1, 2] 2 of 10 occurrences: Thu 8 Jan and Fri 9 Jan",
    );
    check(
        "nobody repeats",
        &[
            booking(1, "2026-01-06 10:00", 60, Berlin, ""),
            booking(2, "2026-01-06 10:30", 60, Berlin, ""),
        ],
        year(),
        "Error [1, 2] Tue 6 Jan 10:30–11:00",
    );
    let long = booking(3, "2026-01-06 09:00", 3000, Berlin, "");
    let meets = |number, start| booking(number, start, 60, Berlin, "");
    check(
        "a group for each pair, by the first",
        &[
            meets(1, "2026-01-07 10:00"),
            meets(2, "2026-01-06 10:00"),
            long,
        ],
        year(),
        "Error [2, 3] Tue 6 Jan 10:00–11:00
         Error [1, 3] Wed 7 Jan 10:00–11:00",
    );
}

#[test]
fn a_strip_of_weeks() {
    let found = ahead(&v24(), year());
    assert_eq!(found.weeks.len(), 53);
    let (first, last) = (found.weeks[0], found.weeks[52]);
    assert_eq!(
        (first.year, first.number, first.monday.to_string().as_str()),
        (2026, 1, "2025-12-29")
    );
    assert_eq!(
        (last.year, last.number, last.monday.to_string().as_str()),
        (2026, 53, "2026-12-28")
    );
    let wrong: Vec<_> = found
        .weeks
        .iter()
        .filter(|week| week.errors > 0)
        .map(|week| week.number)
        .collect();
    assert_eq!(wrong, [11, 12, 13, 44]);
    assert_eq!(
        found
            .weeks
            .iter()
            .map(|week| week.warnings + week.infos)
            .sum::<u32>(),
        0
    );

    let over_sunday = [
        booking(1, "2026-09-18 10:00", 5 * 1440, London, ""),
        booking(2, "2026-09-19 10:00", 3 * 1440, London, ""),
    ];
    let weeks = ahead(&over_sunday, range("2026-09-14 00:00", "2026-09-28 00:00")).weeks;
    assert_eq!(
        weeks
            .iter()
            .map(|week| (week.number, week.errors))
            .collect::<Vec<_>>(),
        [(38, 1), (39, 1)]
    );
}

/// Two Tuesdays at the same place, one frozen: windows have one member.
#[test]
fn conflicts_with_windows() {
    let range = year();
    let (holds, origins) = expanded(&v24()[..1], range);
    let frozen = |member: u32| Conflict {
        environment: EnvironmentId(1),
        kind: ConflictKind::Freeze,
        severity: Severity::Error,
        range: TimeRange::new(holds[member as usize].start, holds[member as usize].end).unwrap(),
        members: vec![member],
    };
    let conflicts = [frozen(3), frozen(4), frozen(4)];
    let groups = groups(&conflicts, &holds, |index| origins[index as usize], range);
    let share = groups[0].share.map(|share| (share.met, share.total));
    assert_eq!(
        (groups.len(), share, groups[0].clocks),
        (1, Some((2, 52)), None)
    );
}

#[test]
fn weeks_in_which_clocks_change_or_disagree() {
    let weeks = ahead(&v24(), year()).weeks;
    let now = range("2026-01-01 00:00", "2026-01-02 00:00").start();
    let phrasing = Phrasing {
        zone: Berlin,
        now,
        hour12: false,
        language: Language::English,
    };
    let said = |zones: &[chrono_tz::Tz]| {
        let all = dials(&weeks, zones);
        let told = weeks.iter().zip(all).filter_map(|(week, dials)| {
            let words = dials.words(phrasing);
            (!words.is_empty()).then(|| format!("{}: {words}", week.number))
        });
        told.collect::<Vec<_>>()
    };
    let apart = "Berlin and New York are 5 h apart instead of 6 h";
    assert_eq!(
        said(&[Berlin, New_York, London]),
        [
            "10: clocks change in New York on Sun 8 Mar".to_owned(),
            format!("11: {apart}"),
            format!("12: {apart}"),
            format!("13: clocks change in Berlin and London on Sun 29 Mar; {apart}"),
            "43: clocks change in Berlin and London on Sun 25 Oct".to_owned(),
            format!("44: clocks change in New York on Sun 1 Nov; {apart}"),
        ]
    );
    assert_eq!(said(&[Kolkata, chrono_tz::Tz::UTC]), [""; 0]);
    assert_eq!(said(&[]), [""; 0]);
}

/// Whoever only reaches into the range from outside is not counted as one of the series.
#[test]
fn a_series_is_counted_within_the_range() {
    let july = range("2026-07-06 00:00", "2026-07-27 00:00");
    let (holds, origins) = expanded(&v24(), year());
    let found = crate::conflict::conflicts(&holds, |_| 1);
    let inside = groups(&found, &holds, |index| origins[index as usize], july);
    assert_eq!(inside[0].share.map(|share| share.total), Some(3));
}
