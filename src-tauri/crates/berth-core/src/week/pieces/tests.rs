use chrono::NaiveDateTime;
use chrono_tz::Europe::Berlin;

use super::*;
use crate::time::localise;
use crate::week::days;

fn at(text: &str) -> Timestamp {
    localise(
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S").unwrap(),
        Berlin,
    )
}

/// Pieces as `day start-end`, with `<` and `>` where the booking goes on.
fn drawn(start: &str, end: &str, days: &[Day]) -> String {
    let pieces = pieces(at(start), at(end), days).map(|piece| {
        let before = if piece.continues_before { "<" } else { "" };
        let after = if piece.continues_after { ">" } else { "" };
        format!("{} {before}{}-{}{after}", piece.day, piece.start, piece.end)
    });
    pieces.collect::<Vec<_>>().join(", ")
}

fn week(from: &str) -> Vec<Day> {
    days(from.parse().unwrap(), 7, Berlin)
}

#[test]
fn cut_at_midnight() {
    let week = week("2026-09-14");
    for (start, end, expected) in [
        ("2026-09-17 09:00:00", "2026-09-17 13:00:00", "3 540-780"),
        (
            "2026-09-17 22:00:00",
            "2026-09-18 06:00:00",
            "3 1320-1440>, 4 <0-360",
        ),
        ("2026-09-16 22:00:00", "2026-09-17 00:00:00", "2 1320-1440"),
        ("2026-09-17 00:00:00", "2026-09-18 00:00:00", "3 0-1440"),
        (
            "2026-09-15 09:00:00",
            "2026-09-17 17:00:00",
            "1 540-1440>, 2 <0-1440>, 3 <0-1020",
        ),
        ("2026-09-10 00:00:00", "2026-09-14 01:00:00", "0 <0-60"),
        ("2026-09-20 23:00:00", "2026-09-22 01:00:00", "6 1380-1440>"),
        ("2026-09-10 00:00:00", "2026-09-14 00:00:00", ""),
        ("2026-09-21 00:00:00", "2026-09-22 00:00:00", ""),
    ] {
        assert_eq!(drawn(start, end, &week), expected, "{start} {end}");
    }
    assert_eq!(drawn("2026-09-17 09:00:00", "2026-09-17 13:00:00", &[]), "");
}

#[test]
fn parts_of_minutes_are_drawn_whole() {
    let week = week("2026-09-14");
    for (start, end, expected) in [
        ("2026-09-17 09:00:30", "2026-09-17 09:59:30", "3 540-600"),
        ("2026-09-17 09:00:00", "2026-09-17 09:00:01", "3 540-541"),
        ("2026-09-17 09:00:00", "2026-09-17 09:00:00", "3 540-541"),
        ("2026-09-17 09:00:59", "2026-09-17 09:00:59", "3 540-541"),
        ("2026-09-17 09:00:00", "2026-09-17 08:00:00", "3 540-541"),
        ("2026-09-17 00:00:00", "2026-09-17 00:00:00", "3 0-1"),
        ("2026-09-17 23:59:59", "2026-09-17 23:59:59", "3 1439-1440"),
    ] {
        assert_eq!(drawn(start, end, &week), expected, "{start} {end}");
    }
}

#[test]
fn clock_changes_are_real_minutes() {
    let night = |from: &str, to: &str| {
        drawn(
            &format!("{from} 22:00:00"),
            &format!("{to} 06:00:00"),
            &week(from),
        )
    };
    assert_eq!(night("2026-10-24", "2026-10-25"), "0 1320-1440>, 1 <0-420");
    assert_eq!(night("2026-03-28", "2026-03-29"), "0 1320-1440>, 1 <0-300");
}

#[test]
fn days_that_are_not_drawn_are_passed_over() {
    let mut days = week("2026-09-17");
    days.retain(|day| day.date.to_string() != "2026-09-19");
    let weekend = drawn("2026-09-18 12:00:00", "2026-09-20 12:00:00", &days);
    assert_eq!(weekend, "1 720-1440>, 2 <0-720");
    assert_eq!(
        drawn("2026-09-19 10:00:00", "2026-09-19 12:00:00", &days),
        ""
    );
    assert_eq!(
        drawn("2026-09-19 10:00:00", "2026-09-19 10:00:00", &days),
        ""
    );
}

/// Each second of each day is in exactly the pieces that it should be.
#[test]
fn among_many_days_the_right_ones_are_found() {
    let days = days("2020-01-01".parse().unwrap(), 3000, Berlin);
    for first in [0, 1, 799, 2998] {
        let (one, two) = (&days[first], &days[first + 1]);
        let found: Vec<_> = pieces(one.range.start(), two.range.end(), &days).collect();
        let whole = |day, length, before, after| Piece {
            day,
            start: 0,
            end: length,
            continues_before: before,
            continues_after: after,
        };
        let expected = [
            whole(first, one.minutes, false, true),
            whole(first + 1, two.minutes, true, false),
        ];
        assert_eq!(found, expected);
    }
}

/// Every zone, on each day of 2026 on which it changes its clocks, and the days beside it: nothing is
/// lost, nothing overlaps that did not, and each instant has one place.
#[test]
fn every_clock_change_of_2026() {
    let first: chrono::NaiveDate = "2026-01-01".parse().unwrap();
    let mut changes = 0;
    for zone in chrono_tz::TZ_VARIANTS {
        for week in 0..52 {
            let from = first + chrono::Days::new(7 * week);
            let midnight = |after| localise((from + chrono::Days::new(after)).into(), zone);
            if midnight(7) - midnight(0) == chrono::TimeDelta::weeks(1) {
                continue;
            }
            let beside = days(from - chrono::Days::new(1), 9, zone);
            for at in (1..8).filter(|at| beside[*at].minutes != 1440) {
                changes += 1;
                let three = &beside[at - 1..=at + 1];
                let length = three[1].range.end() - three[1].range.start();
                assert_eq!(i64::from(three[1].minutes), length.num_minutes(), "{zone}");
                assert_eq!(three[0].range.end(), three[1].range.start(), "{zone}");
                assert_eq!(three[1].range.end(), three[2].range.start(), "{zone}");
                stretches(three, &zone.to_string());
            }
        }
    }
    assert!(changes > 200, "only {changes} clock changes");
}

/// Bookings of every length that begin at half past each hour of the three days.
fn stretches(three: &[Day], zone: &str) {
    let (first, last) = (three[0].range.start(), three[2].range.end());
    let hour = chrono::TimeDelta::hours(1);
    let starts: Vec<Timestamp> = (0..)
        .map(|n| first + hour * n + hour / 2)
        .take_while(|at| *at < last)
        .collect();
    let all: Vec<(Timestamp, Timestamp)> = starts
        .iter()
        .enumerate()
        .map(|(n, at)| (*at, (*at + hour * (1 + n as i32 * 7 % 30)).min(last)))
        .collect();
    let drawn: Vec<Vec<Piece>> = all
        .iter()
        .map(|(start, end)| pieces(*start, *end, three).collect())
        .collect();
    for ((start, end), found) in all.iter().zip(&drawn) {
        let minutes: i64 = found.iter().map(|one| i64::from(one.end - one.start)).sum();
        assert_eq!(minutes, (*end - *start).num_minutes(), "{zone} {start}");
        let place = &found[0];
        let minute = chrono::TimeDelta::minutes(place.start.into());
        assert_eq!(three[place.day].range.start() + minute, *start, "{zone}");
    }
    for (a, of_a) in all.iter().zip(&drawn) {
        for (b, of_b) in all.iter().zip(&drawn) {
            let together = of_a.iter().any(|one| {
                let beside = |other: &Piece| {
                    one.day == other.day && one.start < other.end && other.start < one.end
                };
                of_b.iter().any(beside)
            });
            assert_eq!(together, a.0 < b.1 && b.0 < a.1, "{zone} {a:?} {b:?}");
        }
    }
}
