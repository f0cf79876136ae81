//! Series against series where the clocks of one zone change, of both, or of neither.

use chrono_tz::Africa::{Casablanca, Lagos};
use chrono_tz::Australia::Lord_Howe;
use chrono_tz::Europe::Berlin;
use chrono_tz::Tz::UTC;

use super::given::*;
use super::told::{check, year};
use super::*;

/// The conflicts as minutes of UTC, each with its date.
fn in_utc(bookings: &[crate::Booking], from: &str, to: &str) -> Vec<String> {
    let found = ahead(bookings, range(from, to)).conflicts;
    let told = |one: &Conflict| {
        let (start, end) = (one.range.start().wall(UTC), one.range.end().wall(UTC));
        format!("{} {}", start.format("%-d %b %H:%M"), end.format("%H:%M"))
    };
    found.iter().map(told).collect()
}

/// Lord Howe is 10 hours ahead of Berlin in its summer, 8 h 30 min in its winter, and 9 hours in the
/// four weeks between the changes of the one and of the other.
#[test]
fn lord_howe_changes_by_half_an_hour() {
    let berlin = booking(1, "2026-01-06 09:00", 30, Berlin, "FREQ=WEEKLY");
    let there = |start| booking(2, start, 30, Lord_Howe, "FREQ=WEEKLY");
    check(
        "between the changes",
        &[berlin.clone(), there("2026-01-06 18:00")],
        year(),
        "Error [1, 2] 4 of 52 Tuesdays, all in the weeks when Berlin's and Lord Howe's clocks disagree: 31 Mar, 6 Oct, 13 Oct and 20 Oct",
    );
    assert_eq!(
        in_utc(
            &[berlin, there("2026-01-06 17:45")],
            "2026-03-20 00:00",
            "2026-04-15 00:00"
        ),
        [
            "31 Mar 07:00 07:15",
            "7 Apr 07:15 07:30",
            "14 Apr 07:15 07:30"
        ],
        "a quarter before its clocks go back by half an hour, the other quarter after it"
    );
}

/// On 4 October it is 02:30 after 01:59: what starts at 02:15 starts at 02:45 then (rule 11).
#[test]
fn the_half_hour_that_is_not_there() {
    let night = booking(1, "2026-10-02 02:15", 15, Lord_Howe, "FREQ=DAILY");
    let utc = booking(2, "2026-10-01 15:00", 60, UTC, "FREQ=DAILY");
    assert_eq!(
        in_utc(&[night, utc], "2026-10-01 00:00", "2026-10-06 00:00"),
        [
            "1 Oct 15:45 16:00",
            "2 Oct 15:45 16:00",
            "4 Oct 15:15 15:30",
            "5 Oct 15:15 15:30"
        ],
        "that of 4 October, still 3 October in UTC, would end at 02:30, before it starts: it holds nothing"
    );
}

/// Daily 02:30 to 03:30 in Berlin, against 01:00 to 02:00 in UTC.
#[test]
fn a_zone_without_changes_against_one_with() {
    let night = booking(1, "2026-03-01 02:30", 60, Berlin, "FREQ=DAILY");
    let utc = booking(2, "2026-03-01 01:00", 60, UTC, "FREQ=DAILY");
    let both = [night, utc];
    assert_eq!(
        in_utc(&both, "2026-03-28 00:00", "2026-03-31 00:00"),
        ["28 Mar 01:30 02:00", "30 Mar 01:00 01:30"],
        "on 29 March it starts at 03:30, and ends then"
    );
    assert_eq!(
        in_utc(&both, "2026-10-24 00:00", "2026-10-27 00:00"),
        [
            "24 Oct 01:00 01:30",
            "25 Oct 01:00 02:00",
            "26 Oct 01:30 02:00"
        ],
        "on 25 October it starts in the first pass and lasts two hours"
    );
}

/// Morocco is an hour behind its usual time in Ramadan: from 15 February to 22 March in 2026.
#[test]
fn casablanca_in_ramadan() {
    let both = [
        booking(1, "2026-01-07 09:00", 60, Lagos, "FREQ=WEEKLY"),
        booking(2, "2026-01-07 08:00", 60, Casablanca, "FREQ=WEEKLY"),
    ];
    check(
        "only then",
        &both,
        year(),
        "Error [1, 2] 5 of 52 Wednesdays, all in the weeks when Lagos's and Casablanca's clocks disagree: 18 Feb, 25 Feb, 4 Mar, 11 Mar and 18 Mar",
    );
    let sundays = [
        booking(1, "2026-02-08 09:00", 60, Lagos, "FREQ=WEEKLY"),
        booking(2, "2026-02-08 08:00", 60, Casablanca, "FREQ=WEEKLY"),
    ];
    assert_eq!(
        in_utc(&sundays, "2026-02-01 00:00", "2026-04-01 00:00"),
        ["15 Feb", "22 Feb", "1 Mar", "8 Mar", "15 Mar"].map(|day| format!("{day} 08:00 09:00")),
        "the morning after the one change is among them, that after the other is not"
    );
}
