//! What plain words say, on Tuesday 15 September 2026, 10:40 in Berlin.

use berth_core::Timestamp;
use berth_core::time::{Tz, localise};

use crate::booking::parse_wall;
use crate::wire::{QuickAdd, QuickInput, Status};
use crate::{Berth, OpenOptions};

fn at(wall: &str) -> Timestamp {
    localise(parse_wall(wall).unwrap(), Tz::Europe__Berlin)
}

fn quick_at(now: Timestamp, text: &str) -> QuickAdd {
    let folder = std::path::PathBuf::from("/nowhere");
    let options = OpenOptions {
        folder,
        demo: true,
        who: "me".into(),
        zone: Tz::Europe__Berlin,
    };
    let mut berth = Berth::open(options, now).unwrap();
    let quick = QuickInput {
        text: text.into(),
        environment_id: String::new(),
    };
    berth.quick_add(&quick, now).unwrap()
}

fn quick(text: &str) -> QuickAdd {
    quick_at(at("2026-09-15T10:40"), text)
}

/// Environment, team, start and end (whole days without a time), title.
fn line(text: &str) -> String {
    let said = quick(text);
    format!(
        "{} {} {}/{} {}",
        said.environment, said.team, said.input.start, said.input.end, said.input.title
    )
}

#[test]
fn what_is_said() {
    for (text, expected) in [
        (
            "staging tomorrow 9-13 load test @perf",
            "staging Perf 2026-09-16T09:00/2026-09-16T13:00 load test",
        ),
        (
            "load test on it 9-13 tomorrow STAGING @PER",
            "staging Perf 2026-09-16T09:00/2026-09-16T13:00 load test on it",
        ),
        (
            "production fri 14:00 release",
            "production Infra 2026-09-18T14:00/2026-09-18T15:00 release",
        ),
        (
            "production fri 2pm release 2.0",
            "production Infra 2026-09-18T14:00/2026-09-18T15:00 release 2.0",
        ),
        (
            "production, fri, 9:30–11, release",
            "production Infra 2026-09-18T09:30/2026-09-18T11:00 release",
        ),
        (
            "2026-09-21 from 9 to 13 patch",
            "staging Infra 2026-09-21T09:00/2026-09-21T13:00 patch",
        ),
        (
            "tue at 18 for 1h30m backup",
            "staging Infra 2026-09-15T18:00/2026-09-15T19:30 backup",
        ),
        (
            "tomorrow 22-2 migration",
            "staging Infra 2026-09-16T22:00/2026-09-17T02:00 migration",
        ),
        (
            "tomorrow 22-24 migration",
            "staging Infra 2026-09-16T22:00/2026-09-17T00:00 migration",
        ),
        (
            "tomorrow 2-4pm demo",
            "staging Infra 2026-09-16T14:00/2026-09-16T16:00 demo",
        ),
        (
            "tomorrow 11-1pm demo",
            "staging Infra 2026-09-16T11:00/2026-09-16T13:00 demo",
        ),
        ("", "staging Infra 2026-09-15T11:00/2026-09-15T12:00 "),
    ] {
        assert_eq!(line(text), expected, "{text}");
    }
}

#[test]
fn what_is_left_out() {
    for (text, expected) in [
        ("tomorrow hold", "staging Infra 2026-09-16/2026-09-16 hold"),
        ("wed-fri hold @qa", "staging QA 2026-09-16/2026-09-18 hold"),
        (
            "fri-mon freeze",
            "staging Infra 2026-09-18/2026-09-21 freeze",
        ),
        (
            "tomorrow 9-13 all day hold",
            "staging Infra 2026-09-16/2026-09-16 hold",
        ),
        (
            "now 2h hotfix",
            "staging Infra 2026-09-15T10:40/2026-09-15T12:40 hotfix",
        ),
        (
            "hotfix",
            "staging Infra 2026-09-15T11:00/2026-09-15T12:00 hotfix",
        ),
        (
            "9-10 stand-up",
            "staging Infra 2026-09-16T09:00/2026-09-16T10:00 stand-up",
        ),
        (
            "10-12 hotfix",
            "staging Infra 2026-09-15T10:00/2026-09-15T12:00 hotfix",
        ),
        (
            "tomorrow 2d hold",
            "staging Infra 2026-09-16T09:00/2026-09-18T09:00 hold",
        ),
    ] {
        assert_eq!(line(text), expected, "{text}");
    }
}

/// Numbers and words of a title are left alone.
#[test]
fn what_says_nothing() {
    for title in [
        "release 7",
        "3-tier test",
        "25:00 x",
        "for all to see",
        "at last",
        "v1.2-3",
        "a@b",
        "100-200 users",
        "a-m",
        "9-m",
        "–",
        "-é",
    ] {
        assert_eq!(quick(title).input.title, title);
    }
}

#[test]
fn what_was_said_is_told_from_what_was_assumed() {
    let said = |text: &str| {
        let quick = quick(text);
        (quick.said_environment, quick.said_team, quick.said_time)
    };
    assert_eq!(said("staging tomorrow x @perf"), (true, true, true));
    assert_eq!(said("x"), (false, false, false));
    assert_eq!(quick("x @nobody").unknown, ["nobody"]);
    assert_eq!(quick("tomorrow 9-13 x ?").input.status, Status::Tentative);
}

#[test]
fn conflicts_are_told_before_anything_is_booked() {
    let busy = quick("staging tomorrow 9-13 load test @perf");
    assert_eq!(
        (busy.when.as_str(), busy.duration.as_deref()),
        ("Wed 16 Sep 09:00–13:00", Some("4 h"))
    );
    assert!(!busy.conflicts.is_empty(), "{busy:?}");
    assert!(
        quick("production tomorrow 9-10 look @perf")
            .conflicts
            .is_empty()
    );
}

/// On the day that the clocks go forward a length is real time, and a span is what the clock shows.
#[test]
fn across_a_clock_change() {
    let end = |text: &str| quick_at(at("2026-03-28T12:00"), text).input.end;
    assert_eq!(end("2026-03-29 at 1 for 4h x"), "2026-03-29T06:00");
    assert_eq!(end("2026-03-29 1-5 x"), "2026-03-29T05:00");
}

mod property {
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]
        #[test]
        fn any_line_is_answered(text in "[@0-9a-z:.,? –-]{0,40}") {
            let said = super::quick(&text);
            prop_assert!(said.problems.is_empty(), "{text}: {:?}", said.problems);
        }
    }
}
