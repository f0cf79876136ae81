//! Which occurrences of a booking lie in a range.

use super::*;
use crate::Rule;

/// 2026 in Berlin: `"09-17 09:00"`.
fn at(text: &str) -> Timestamp {
    time::localise(wall(&format!("2026-{text}")), Berlin)
}

fn series(when: When, rule: &str) -> Booking {
    let rule = Some(Rule::parse(rule).unwrap());
    Booking {
        recurrence: Some(Recurrence {
            rule,
            ..Recurrence::default()
        }),
        ..single(when)
    }
}

/// The starts of what touches the range, as the wall in Berlin shows them.
fn starts(booking: &Booking, overridden: &[&str], from: &str, to: &str) -> String {
    let overridden: Vec<_> = overridden
        .iter()
        .map(|text| wall(&format!("2026-{text}")))
        .collect();
    let found = booking.occurrences(Berlin, &overridden, at(from), at(to));
    let starts = found
        .iter()
        .map(|one| one.start.wall(Berlin).format("%m-%d %H:%M").to_string());
    starts.collect::<Vec<_>>().join(", ")
}

#[test]
fn a_single_booking_touches_with_its_footprint() {
    let bare = single(timed("2026-09-17 09:00", "2026-09-17 13:00", Berlin));
    let hours = TimeDelta::hours;
    let wide = Booking {
        set_up: hours(1),
        clean_up: hours(2),
        ..bare.clone()
    };
    let moment = single(timed("2026-09-17 09:00", "2026-09-17 09:00", Berlin));
    for (booking, from, to, found) in [
        (&bare, "09-17 00:00", "09-18 00:00", true),
        (&bare, "09-17 12:59", "09-17 14:00", true),
        (&bare, "09-17 13:00", "09-17 14:00", false),
        (&bare, "09-17 08:00", "09-17 09:00", false),
        (&wide, "09-17 14:59", "09-17 16:00", true),
        (&wide, "09-17 15:00", "09-17 16:00", false),
        (&wide, "09-17 07:00", "09-17 08:01", true),
        (&wide, "09-17 07:00", "09-17 08:00", false),
        (&moment, "09-17 09:00", "09-17 10:00", true),
        (&moment, "09-17 08:00", "09-17 09:00", false),
    ] {
        let expected = if found { "09-17 09:00" } else { "" };
        assert_eq!(starts(booking, &[], from, to), expected, "{from} {to}");
    }
}

#[test]
fn a_series_keeps_its_wall_time() {
    let tuesdays = series(
        timed("2026-09-15 09:00", "2026-09-15 10:00", Berlin),
        "FREQ=WEEKLY;BYDAY=TU",
    );
    let autumn = "10-20 09:00, 10-27 09:00, 11-03 09:00";
    assert_eq!(starts(&tuesdays, &[], "10-20 00:00", "11-04 00:00"), autumn);
    assert_eq!(
        starts(&tuesdays, &["10-27 09:00"], "10-20 00:00", "11-04 00:00"),
        "10-20 09:00, 11-03 09:00"
    );
    assert_eq!(
        starts(&tuesdays, &[], "09-01 00:00", "09-15 09:00"),
        "",
        "before it begins"
    );

    let abroad = series(
        timed("2026-10-20 09:00", "2026-10-20 10:00", America::New_York),
        "FREQ=WEEKLY",
    );
    assert_eq!(
        starts(&abroad, &[], "10-20 00:00", "11-04 00:00"),
        "10-20 15:00, 10-27 14:00, 11-03 15:00"
    );
    let ids = abroad.occurrences(Berlin, &[], at("10-27 00:00"), at("10-28 00:00"));
    assert_eq!(ids[0].recurrence_id, Some(at("10-27 14:00")));
}

#[test]
fn what_began_before_the_range_is_found() {
    let nights = series(
        timed("2026-09-14 22:00", "2026-09-15 06:00", Berlin),
        "FREQ=DAILY",
    );
    assert_eq!(
        starts(&nights, &[], "09-17 05:00", "09-17 05:30"),
        "09-16 22:00"
    );
    let weeks = series(all_day("2026-09-01", "2026-09-08"), "FREQ=MONTHLY");
    assert_eq!(
        starts(&weeks, &[], "11-07 12:00", "11-07 13:00"),
        "11-01 00:00"
    );
    let backwards = series(
        timed("2026-09-14 22:00", "2026-09-10 22:00", Berlin),
        "FREQ=DAILY",
    );
    assert_eq!(
        starts(&backwards, &[], "09-20 00:00", "09-21 00:00"),
        "09-20 22:00"
    );
}

/// The gap moves half past two to half past three, where there is one already.
#[test]
fn occurrences_are_in_order_and_each_once() {
    let rule = "FREQ=DAILY;BYHOUR=2,3;BYMINUTE=0,30";
    let often = series(timed("2026-03-28 02:00", "2026-03-28 02:10", Berlin), rule);
    assert_eq!(
        starts(&often, &[], "03-29 00:00", "03-30 00:00"),
        "03-29 03:00, 03-29 03:30"
    );
}

#[test]
fn spans() {
    let nine = timed("2026-09-15 09:00", "2026-09-15 10:00", Berlin);
    let one = Booking {
        set_up: TimeDelta::hours(1),
        clean_up: TimeDelta::hours(2),
        ..single(nine)
    };
    let of = |booking: &Booking| booking.span(Berlin);
    assert_eq!(of(&one), (at("09-15 08:00"), at("09-15 12:00")));
    assert_eq!(
        of(&series(nine, "FREQ=WEEKLY;COUNT=3")),
        (at("09-15 09:00"), at("09-29 10:00"))
    );
    assert_eq!(
        of(&series(nine, "FREQ=WEEKLY")),
        (at("09-15 09:00"), Timestamp::MAX)
    );
    let mut early = series(nine, "FREQ=WEEKLY;COUNT=2");
    early.recurrence.as_mut().unwrap().added =
        vec![wall("2026-09-10 07:00"), wall("2026-10-10 07:00")];
    assert_eq!(of(&early), (at("09-10 07:00"), at("10-10 08:00")));
}
