//! What windows there are at a time. What they do to bookings is tested with the conflicts.

use chrono::NaiveDateTime;
use chrono_tz::{America::New_York, Europe::Berlin};

use super::*;
use crate::time::localise;
use crate::{Rule, TimeRange};

const STAGING: EnvironmentId = EnvironmentId(1);
const PRODUCTION: EnvironmentId = EnvironmentId(2);

/// `"09-17 09:00"` in 2026.
fn wall(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(&format!("2026-{text}"), "%Y-%m-%d %H:%M").unwrap()
}

fn range(start: &str, end: &str) -> TimeRange {
    TimeRange::new(localise(wall(start), Berlin), localise(wall(end), Berlin)).unwrap()
}

fn window(effect: Effect, start: &str, end: &str) -> Window {
    Window {
        id: WindowId(0),
        uid: "w".into(),
        environments: vec![PRODUCTION],
        effect,
        when: When::Timed {
            start: wall(start),
            end: wall(end),
            zone: Berlin,
        },
        recurrence: None,
        title: String::new(),
        blocks: BLOCKS.to_vec(),
        exceptions: vec![],
        sequence: 0,
        created: Timestamp::default(),
        modified: Timestamp::default(),
        calendar: None,
        source: None,
    }
}

fn repeated(rule: &str, window: Window) -> Window {
    Window {
        recurrence: Some(Recurrence {
            rule: Some(Rule::parse(rule).unwrap()),
            ..Recurrence::default()
        }),
        ..window
    }
}

fn lay_out(windows: &[Window]) -> Schedule {
    let zone = |id| if id == PRODUCTION { Berlin } else { New_York };
    Schedule::new(windows, zone, range("09-14 00:00", "09-21 00:00"))
}

/// `09-17 09:00–09-17 10:00, …` as the wall in Berlin shows it.
fn words(ranges: &[TimeRange]) -> String {
    let show = |at: Timestamp| at.wall(Berlin).format("%m-%d %H:%M").to_string();
    let words = ranges
        .iter()
        .map(|one| format!("{}–{}", show(one.start()), show(one.end())));
    words.collect::<Vec<_>>().join(", ")
}

#[test]
fn occurrences_keep_their_wall_time() {
    let first = window(Effect::Freeze, "10-20 22:00", "10-21 06:00");
    let nights = repeated("FREQ=DAILY", first);
    let night = nights.occurrences(Berlin, wall_in("10-25 00:00"), wall_in("10-25 12:00"));
    let lengths: Vec<_> = night
        .iter()
        .map(|one| (one.end - one.start).num_hours())
        .collect();
    assert_eq!(lengths, [9], "the night that the clocks go back in");
    let id = night[0].recurrence_id.unwrap();
    assert_eq!(id, localise(wall("10-24 22:00"), Berlin));
    assert_eq!(
        nights.span(Berlin),
        (localise(wall("10-20 22:00"), Berlin), Timestamp::MAX)
    );
}

fn wall_in(text: &str) -> Timestamp {
    localise(wall(text), Berlin)
}

#[test]
fn whole_days_are_read_where_they_apply() {
    let thursday = Window {
        when: When::AllDay {
            start: wall("09-17 00:00").date(),
            end: wall("09-18 00:00").date(),
        },
        environments: vec![STAGING, PRODUCTION],
        ..window(Effect::Freeze, "09-17 00:00", "09-18 00:00")
    };
    let schedule = lay_out(&[thursday]);
    for (environment, expected) in [
        (PRODUCTION, "09-17 00:00–09-18 00:00"),
        (STAGING, "09-17 06:00–09-18 06:00"),
    ] {
        assert_eq!(words(&schedule.frozen(environment, Kind::Deploy)), expected);
    }
}

#[test]
fn windows_that_touch_are_one() {
    let daily = repeated(
        "FREQ=DAILY",
        window(Effect::Allow, "09-14 08:00", "09-14 12:00"),
    );
    let rest = repeated(
        "FREQ=DAILY",
        window(Effect::Allow, "09-15 12:00", "09-15 18:00"),
    );
    let schedule = lay_out(&[daily, rest]);
    let open = schedule.open(PRODUCTION, Kind::Deploy).unwrap();
    assert_eq!(
        words(&open[..3]),
        "09-14 08:00–09-14 12:00, 09-15 08:00–09-15 18:00, 09-16 08:00–09-16 18:00"
    );
    assert_eq!(schedule.allowing(PRODUCTION, Kind::Deploy), [0, 1]);
}

#[test]
fn stretches_name_their_freezes() {
    let schedule = lay_out(&[
        window(Effect::Freeze, "09-15 00:00", "09-17 00:00"),
        window(Effect::Freeze, "09-16 00:00", "09-18 00:00"),
        window(Effect::Freeze, "09-18 00:00", "09-18 12:00"),
        window(Effect::Freeze, "09-19 00:00", "09-19 00:00"),
        window(Effect::Freeze, "09-20 00:00", "09-19 12:00"),
    ]);
    let stretches = schedule.stretches(PRODUCTION, Kind::Deploy);
    let named: Vec<_> = stretches
        .iter()
        .map(|one| (words(&[one.range]), one.windows.clone()))
        .collect();
    assert_eq!(
        named,
        [
            ("09-15 00:00–09-16 00:00".into(), vec![0]),
            ("09-16 00:00–09-17 00:00".into(), vec![0, 1]),
            ("09-17 00:00–09-18 00:00".into(), vec![1]),
            ("09-18 00:00–09-18 12:00".into(), vec![2]),
        ]
    );
    let frozen = words(&schedule.frozen(PRODUCTION, Kind::Deploy));
    assert_eq!(frozen, "09-15 00:00–09-18 12:00");
    let numbers = |start, end| schedule.freezing(PRODUCTION, Kind::Deploy, range(start, end));
    assert_eq!(numbers("09-16 12:00", "09-18 00:00"), [0, 1]);
    assert!(numbers("09-18 12:00", "09-19 00:00").is_empty());
}

#[test]
fn a_window_is_about_its_kinds_and_environments() {
    let tests_too = Window {
        blocks: vec![Kind::Deploy, Kind::Test],
        ..window(Effect::Allow, "09-15 00:00", "09-16 00:00")
    };
    let nowhere = Window {
        environments: vec![],
        ..window(Effect::Allow, "09-15 00:00", "09-16 00:00")
    };
    let nothing = Window {
        blocks: vec![],
        ..nowhere.clone()
    };
    let schedule = lay_out(&[tests_too, nowhere, nothing]);
    for (environment, kind, restricted) in [
        (PRODUCTION, Kind::Deploy, true),
        (PRODUCTION, Kind::Test, true),
        (PRODUCTION, Kind::Watch, false),
        (STAGING, Kind::Deploy, false),
    ] {
        let open = schedule.open(environment, kind);
        assert_eq!(open.is_some(), restricted, "{environment} {kind:?}");
    }
}

/// One that is over, and one that never lasted.
#[test]
fn an_allow_window_restricts_for_ever() {
    let over = window(Effect::Allow, "03-01 09:00", "03-01 10:00");
    assert_eq!(
        lay_out(&[over]).open(PRODUCTION, Kind::Deploy),
        Some(&[][..])
    );
    let none = window(Effect::Allow, "09-15 09:00", "09-15 09:00");
    assert_eq!(lay_out(&[none]).open(PRODUCTION, Kind::Deploy), None);
}

/// More often than a booking may be.
#[test]
fn half_a_year_of_every_twenty_minutes() {
    let first = window(Effect::Allow, "01-01 00:00", "01-01 00:20");
    let often = repeated("FREQ=MINUTELY;INTERVAL=20", first);
    let found = often.occurrences(Berlin, wall_in("01-01 00:00"), wall_in("07-01 00:00"));
    assert_eq!(found.len(), 181 * 72 - 3, "an hour less in spring");
}

#[test]
fn exceptions_name_an_occurrence_or_all() {
    let exception = |uid: &str, recurrence_id, reason: &str| Exception {
        uid: uid.into(),
        recurrence_id,
        who: "Ada".into(),
        reason: reason.into(),
        at: Timestamp::default(),
    };
    let (first, second) = (wall_in("09-15 09:00"), wall_in("09-16 09:00"));
    let freeze = Window {
        exceptions: vec![
            exception("hotfix", None, "all"),
            exception("hotfix", Some(first), "the first"),
            exception("release", Some(first), "only one"),
        ],
        ..window(Effect::Freeze, "09-15 00:00", "09-17 00:00")
    };
    for (uid, id, expected) in [
        ("hotfix", Some(first), Some("the first")),
        ("hotfix", Some(second), Some("all")),
        ("hotfix", None, Some("all")),
        ("release", Some(first), Some("only one")),
        ("release", Some(second), None),
        ("release", None, None),
        ("other", Some(first), None),
    ] {
        let found = freeze.exception(uid, id).map(|one| one.reason.as_str());
        assert_eq!(found, expected, "{uid} {id:?}");
    }
}
