//! The vectors of the domain that need no windows.

use super::ConflictKind::{Buffer, Overlap};
use super::Severity::{Error, Info, Warning};
use super::*;

use chrono_tz::America::New_York;

use crate::Status::{self, Cancelled, Confirmed, Tentative};
use crate::Transparency::{self, Opaque, Transparent};
use crate::{Booking, BookingId, Kind, Recurrence, Rule, When};

#[test]
fn v1_to_v4_two_bookings() {
    check("V1", &quiet_week(), &[]);
    let (infra, perf) = (
        hold(INFRA, "17 09:00", "17 13:00"),
        hold(PERF, "17 09:00", "17 13:00"),
    );
    check(
        "V2",
        &[infra, perf],
        &[(Overlap, Error, "17 09:00", "17 13:00", &[0, 1])],
    );
    check("V3", &[perf, hold(INFRA, "17 13:00", "17 17:00")], &[]);
    let early = hold(INFRA, "17 12:59", "17 17:00");
    check(
        "V4",
        &[perf, early],
        &[(Overlap, Error, "17 12:59", "17 13:00", &[0, 1])],
    );
}

#[test]
fn v5_a_long_hold_meets_each_of_the_others() {
    let mut holds = quiet_week();
    holds.push(hold(QA, "15 09:00", "17 17:00"));
    let expected: [Expected; 3] = [
        (Overlap, Error, "15 09:00", "15 13:00", &[0, 4]),
        (Overlap, Error, "16 09:00", "16 13:00", &[4, 1]),
        (Overlap, Error, "17 09:00", "17 13:00", &[4, 2]),
    ];
    check("V5", &holds, &expected);
}

#[test]
fn v6_and_v7_clean_up() {
    let perf = hold(PERF, "18 09:00", "18 13:00").clean_up(2);
    let soon = hold(INFRA, "18 13:30", "18 15:30");
    check(
        "V6",
        &[perf, soon],
        &[(Buffer, Warning, "18 13:30", "18 15:00", &[0, 1])],
    );
    check("V7", &[perf, hold(INFRA, "18 15:00", "18 17:00")], &[]);
}

#[test]
fn v9_status() {
    let infra = hold(INFRA, "17 13:00", "17 17:00").tentative();
    let qa = hold(QA, "17 14:00", "17 16:00");
    check(
        "V9",
        &[infra, qa],
        &[(Overlap, Warning, "17 14:00", "17 16:00", &[0, 1])],
    );
    check(
        "both tentative",
        &[infra, qa.tentative()],
        &[(Overlap, Warning, "17 14:00", "17 16:00", &[0, 1])],
    );
}

/// Which bookings become holds at all.
#[test]
fn v11_cancelled_and_transparent_do_not_block() {
    for (status, transparency, expected) in [
        (Confirmed, Opaque, 1),
        (Tentative, Opaque, 1),
        (Cancelled, Opaque, 0),
        (Confirmed, Transparent, 0),
        (Cancelled, Transparent, 0),
    ] {
        let infra = booking(INFRA, Confirmed, Opaque);
        let perf = booking(PERF, status, transparency);
        let holds: Vec<Hold> = [infra, perf]
            .iter()
            .filter(|booking| booking.blocks())
            .map(|booking| Hold {
                confirmed: booking.status == Confirmed,
                ..hold(booking.team, "17 09:00", "17 13:00")
            })
            .collect();
        let found = conflicts(&holds, capacity);
        assert_eq!(found.len(), expected, "V11 {status:?} {transparency:?}");
    }
}

fn booking(team: TeamId, status: Status, transparency: Transparency) -> Booking {
    let date = NaiveDate::from_ymd_opt(2026, 9, 17).unwrap();
    Booking {
        id: BookingId(0),
        uid: String::new(),
        recurrence_id: None,
        environment: STAGING,
        team,
        when: When::AllDay {
            start: date,
            end: date,
        },
        recurrence: None,
        title: String::new(),
        notes: String::new(),
        status,
        transparency,
        units: None,
        set_up: chrono::TimeDelta::zero(),
        clean_up: chrono::TimeDelta::zero(),
        kind: Kind::Test,
        plan: None,
        lead_times: None,
        sequence: 0,
        created: Timestamp::default(),
        modified: Timestamp::default(),
        calendar: None,
        source: None,
    }
}

#[test]
fn v13_same_team() {
    let (first, second) = (
        hold(INFRA, "17 09:00", "17 13:00"),
        hold(INFRA, "17 12:00", "17 14:00"),
    );
    check(
        "V13",
        &[first, second],
        &[(Overlap, Info, "17 12:00", "17 13:00", &[0, 1])],
    );
}

#[test]
fn v14_and_v15_shared_units() {
    let one = |team, start, end| hold(team, start, end).on(INTEGRATION).units(1);
    let pairs_would_be_wrong = [
        one(INFRA, "17 09:00", "17 10:00"),
        one(PERF, "17 10:00", "17 11:00"),
        one(QA, "17 09:00", "17 11:00"),
    ];
    check("V14", &pairs_would_be_wrong, &[]);
    let three = [
        one(INFRA, "17 09:00", "17 11:00"),
        one(PERF, "17 10:00", "17 12:00"),
        one(QA, "17 10:30", "17 11:30"),
    ];
    check(
        "V15",
        &three,
        &[(Overlap, Error, "17 10:30", "17 11:00", &[0, 1, 2])],
    );
    let deployer = hold(APP, "17 09:30", "17 10:00").on(INTEGRATION);
    check(
        "exclusive",
        &[three[0], deployer],
        &[(Overlap, Error, "17 09:30", "17 10:00", &[0, 1])],
    );
}

#[test]
fn v17_plan() {
    let on = |team, start, end| hold(team, start, end).on(PRODUCTION).plan(7);
    let mut holds = vec![
        on(APP, "17 20:00", "17 22:00"),
        on(DB, "17 20:00", "17 20:30"),
        on(INFRA, "17 20:30", "17 21:15").set_up(1).clean_up(1),
        on(FRONTEND, "17 21:00", "17 22:00"),
    ];
    check("V17", &holds, &[]);
    holds.push(hold(QA, "17 21:30", "17 22:30").on(PRODUCTION).tentative());
    check(
        "a stranger: the plan is certain, but counts once",
        &holds,
        &[
            (Overlap, Warning, "17 21:30", "17 22:00", &[0, 3, 4]),
            (Buffer, Warning, "17 22:00", "17 22:15", &[2, 4]),
        ],
    );
}

#[test]
fn v23_all_day_meets_its_neighbours_at_midnight() {
    let thursday = hold(QA, "17 00:00", "17 24:00");
    let evening = hold(INFRA, "16 20:00", "16 23:59");
    let night = hold(INFRA, "18 00:00", "18 02:00");
    check("V23", &[thursday, evening, night], &[]);
}

/// Tuesdays of 2026, 13–15 in Berlin against 09–11 in New York.
#[test]
fn v24_two_zones_over_a_year() {
    let series = [(INFRA, 13, Berlin), (PERF, 9, New_York)].map(|(team, from, zone)| {
        let first = NaiveDate::from_ymd_opt(2026, 1, 6).unwrap();
        let at = |hour| first.and_hms_opt(hour, 0, 0).unwrap();
        let rule = Rule::parse("FREQ=WEEKLY;BYDAY=TU;UNTIL=20261231T235959Z").unwrap();
        Booking {
            when: When::Timed {
                start: at(from),
                end: at(from + 2),
                zone,
            },
            recurrence: Some(Recurrence {
                rule: Some(rule),
                ..Recurrence::default()
            }),
            ..booking(team, Confirmed, Opaque)
        }
    });
    let occurrences = series
        .iter()
        .flat_map(|one| one.occurrences(Berlin, &[], Timestamp::MIN, Timestamp::MAX));
    let holds: Vec<Hold> = occurrences
        .map(|one| Hold {
            start: one.start,
            end: one.end,
            ..hold(one.booking.team, "1 00:00", "1 00:00")
        })
        .collect();
    assert_eq!(holds.len(), 104);
    let found = conflicts(&holds, capacity);
    let ranges: Vec<_> = found
        .iter()
        .map(|c| (c.severity, c.range.start(), c.range.end()))
        .collect();
    let expected: Vec<_> = [(3, "10"), (3, "17"), (3, "24"), (10, "27")]
        .map(|(month, day)| {
            let hour = |hour: &str| wall(month, &format!("{day} {hour}"), Berlin);
            (Error, hour("14:00"), hour("15:00"))
        })
        .to_vec();
    assert_eq!(ranges, expected);
}
