//! Tests of the use cases, as the window and the command line call them.

mod booking;
mod clock_changes;
mod exchange;
mod forecast;
mod gone;
mod producers;
mod random_weeks;
mod sample_week;
mod search;
mod series;
mod setup;
mod several;
mod slots;
mod solve;
mod window;

use berth_core::Timestamp;
use berth_core::time::{Tz, localise};

use crate::booking::parse_wall;
use crate::wire::{
    BookingInput, BookingRef, Kind, Move, Outcome, Scope, Settings, Status, Team, View, ViewState,
    WeekQuery,
};
use crate::{Berth, OpenOptions};

/// Monday of the sample week, 08:00 in Berlin.
fn now() -> Timestamp {
    at("2026-09-14T08:00")
}

fn at(wall: &str) -> Timestamp {
    localise(parse_wall(wall).unwrap(), Tz::Europe__Berlin)
}

/// The whole booking, to other times on staging.
pub(crate) fn move_to(reference: &BookingRef, start: Timestamp, end: Timestamp) -> Move {
    Move {
        reference: Some(reference.clone()),
        scope: Scope::All,
        environment_id: "1".into(),
        team_id: None,
        start: start.millis(),
        end: end.millis(),
    }
}

pub(crate) fn options(folder: &std::path::Path) -> OpenOptions {
    OpenOptions {
        folder: folder.to_owned(),
        demo: false,
        who: "me".into(),
        zone: Tz::Europe__Berlin,
    }
}

/// A new data directory with the teams Infra (mine) and Perf.
fn begun() -> (tempfile::TempDir, Berth) {
    let folder = tempfile::tempdir().unwrap();
    let mut berth = Berth::open(options(folder.path()), now()).unwrap();
    for (name, mine) in [("Infra", true), ("Perf", false)] {
        let team = Team {
            id: String::new(),
            name: name.into(),
            code: String::new(),
            colour: 99,
            mine,
        };
        berth.save_team(&team, now()).unwrap();
    }
    (folder, berth)
}

fn demo() -> Berth {
    let folder = std::path::Path::new("/nowhere");
    Berth::open(
        OpenOptions {
            demo: true,
            ..options(folder)
        },
        now(),
    )
    .unwrap()
}

/// Environment 1 is staging; team 1 is Infra, 2 is Perf.
fn input(team: &str, title: &str, start: &str, end: &str) -> BookingInput {
    BookingInput {
        environment_id: "1".into(),
        team_id: team.into(),
        title: title.into(),
        notes: String::new(),
        start: start.into(),
        end: end.into(),
        all_day: false,
        status: Status::Confirmed,
        blocks: true,
        kind: Kind::Test,
        units: None,
        set_up: None,
        clean_up: None,
        repeat: None,
        lead_times: None,
        plan: None,
    }
}

fn book(berth: &mut Berth, input: &BookingInput) -> Outcome {
    berth.book(input, now()).unwrap()
}

fn week_of(berth: &mut Berth, date: &str) -> crate::wire::Week {
    berth
        .week(
            &WeekQuery {
                date: Some(date.into()),
                first_day: 1,
                days: 7,
            },
            now(),
        )
        .unwrap()
}

/// The occurrences of a week as lines that a person can check.
fn lines(berth: &mut Berth, date: &str) -> Vec<String> {
    let week = week_of(berth, date);
    let day = |ms: i64| {
        Timestamp::from_millis(ms)
            .wall(Tz::Europe__Berlin)
            .format("%a %-d")
    };
    let line =
        |one: &crate::wire::Occurrence| format!("{} {} {}", day(one.start), one.time, one.title);
    week.occurrences.iter().map(line).collect()
}

#[test]
fn a_month_is_six_weeks() {
    let (_folder, mut berth) = begun();
    let mut month = |date: &str, first_day| {
        let query = WeekQuery {
            date: Some(date.into()),
            first_day,
            days: 42,
        };
        let week = berth.week(&query, now()).unwrap();
        let last = week.days.last().unwrap().date.clone();
        (week.from, last, week.days.len())
    };
    let of = |from: &str, to: &str| (from.to_owned(), to.to_owned(), 42);
    assert_eq!(month("2026-09-30", 1), of("2026-08-31", "2026-10-11"));
    assert_eq!(month("2026-02-01", 0), of("2026-02-01", "2026-03-14"));
    assert_eq!(month("2026-02-28", 1), of("2026-01-26", "2026-03-08"));
}

#[test]
fn settings_are_kept() {
    let (folder, mut berth) = begun();
    let wanted = Settings {
        zone: Some("America/New_York".into()),
        work_start: 8,
        ..Settings::default()
    };
    berth.save_settings(&wanted).unwrap();
    drop(berth);
    let mut again = Berth::open(options(folder.path()), now()).unwrap();
    assert_eq!(again.settings().unwrap(), wanted);
    assert_eq!(again.zone().unwrap(), Tz::America__New_York);
    let left = ViewState {
        view: View::Days,
        days: 4,
        scroll: Some(480),
        ..ViewState::default()
    };
    assert_eq!(again.view().unwrap(), ViewState::default());
    again.save_view(&left).unwrap();
    assert_eq!(again.startup(now()).unwrap().view, left);
    let wrong = Settings {
        zone: Some("Mars/Base".into()),
        ..Settings::default()
    };
    assert!(
        again
            .save_settings(&wrong)
            .unwrap_err()
            .message
            .contains("Mars/Base")
    );
}
