//! Reminders over a real data directory, with several processes and crashes between the steps.

use std::path::Path;

use berth_core::Timestamp;
use berth_core::time::{Tz, localise};
use chrono::{NaiveDateTime, TimeDelta};

mod cases;
mod words;

use super::Round;
use crate::tests::{move_to, options};
use crate::wire::{BookingInput, BookingRef, Kind, Move, Scope, Settings, Status, Team};
use crate::{Berth, Language, OpenOptions};

/// A time of Thursday, 17 September 2026 in Berlin, with seconds; `16 09:00:00` is the day before.
fn at(text: &str) -> Timestamp {
    let text = if text.len() > 8 {
        format!("2026-09-{text}")
    } else {
        format!("2026-09-17 {text}")
    };
    localise(
        NaiveDateTime::parse_from_str(&text, "%Y-%m-%d %H:%M:%S").unwrap(),
        Tz::Europe__Berlin,
    )
}

fn open(folder: &Path) -> Berth {
    Berth::open(options(folder), at("16 09:00:00")).unwrap()
}

/// A data directory with the teams Perf (mine) and QA, whose reminders were looked after since
/// Wednesday morning.
fn begun() -> (tempfile::TempDir, Berth) {
    let folder = tempfile::tempdir().unwrap();
    let mut berth = open(folder.path());
    for (name, mine) in [("Perf", true), ("QA", false)] {
        let team = Team {
            id: String::new(),
            name: name.into(),
            code: String::new(),
            colour: 99,
            mine,
        };
        berth.save_team(&team, at("16 09:00:00")).unwrap();
    }
    assert_eq!(berth.reminders("a", at("16 09:00:00")).unwrap().tell, []);
    (folder, berth)
}

fn to(reference: &BookingRef, start: &str, end: &str) -> Move {
    move_to(reference, at(start), at(end))
}

/// Environment 1 is staging; team 1 is Perf, team 2 is QA.
fn input(title: &str, start: &str, end: &str) -> BookingInput {
    BookingInput {
        environment_id: "1".into(),
        team_id: "1".into(),
        title: title.into(),
        notes: String::new(),
        start: format!("2026-09-17T{start}"),
        end: format!("2026-09-17T{end}"),
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

fn book(berth: &mut Berth, input: &BookingInput) -> BookingRef {
    berth
        .book(input, at("16 09:00:00"))
        .unwrap()
        .booking
        .unwrap()
}

fn round(berth: &mut Berth, now: &str) -> Round {
    berth.reminders("a", at(now)).unwrap()
}

/// The headings of what is to be told.
fn told(round: &Round) -> Vec<&str> {
    round
        .tell
        .iter()
        .map(|telling| telling.summary.as_str())
        .collect()
}

fn deliver(berth: &mut Berth, round: &Round, now: &str) {
    for telling in &round.tell {
        berth.reminder_delivered(telling, "a", 7, at(now)).unwrap();
    }
}

/// Asks, shows and reports, as the desktop does.
fn tell(berth: &mut Berth, now: &str) -> Vec<String> {
    let round = round(berth, now);
    deliver(berth, &round, now);
    told(&round).into_iter().map(str::to_owned).collect()
}

const NOTHING: [&str; 0] = [];

#[test]
fn ten_minutes_before_once_and_only_mine() {
    let (folder, mut berth) = begun();
    book(&mut berth, &input("load test", "09:00", "13:00"));
    book(
        &mut berth,
        &BookingInput {
            team_id: "2".into(),
            ..input("hold", "09:00", "13:00")
        },
    );

    assert_eq!(tell(&mut berth, "08:40:00"), NOTHING);
    assert_eq!(round(&mut berth, "08:49:59").next, Some(at("08:50:00")));
    let due = round(&mut berth, "08:50:00");
    assert_eq!(told(&due), ["staging in 10 min: load test"]);
    assert_eq!(due.tell[0].body, "Perf, 09:00–13:00");
    assert_eq!(due.tell[0].until, at("13:00:00"));
    deliver(&mut berth, &due, "08:50:00");

    for later in ["08:50:01", "09:00:00", "12:00:00", "14:00:00"] {
        assert_eq!(tell(&mut berth, later), NOTHING, "{later}");
        assert_eq!(
            tell(&mut open(folder.path()), later),
            NOTHING,
            "{later} after a restart"
        );
    }
    // The clock goes back, by hours and by days, and forward again.
    for earlier in ["08:50:00", "14 09:00:00", "08:50:00"] {
        let again = round(&mut berth, earlier);
        assert_eq!(
            (told(&again).len(), again.withdraw.len()),
            (0, 0),
            "{earlier}"
        );
    }
}

#[test]
fn a_crash_before_it_was_shown_loses_nothing() {
    let (folder, mut berth) = begun();
    book(&mut berth, &input("load test", "09:00", "13:00"));
    assert_eq!(told(&round(&mut berth, "08:50:00")).len(), 1);
    drop(berth);

    let mut second = open(folder.path());
    let waits = second.reminders("b", at("08:50:10")).unwrap();
    assert_eq!((told(&waits).len(), waits.next), (0, Some(at("08:50:20"))));
    let taken = second.reminders("b", at("08:50:20")).unwrap();
    assert_eq!(told(&taken), ["staging in 10 min: load test"]);
    assert_eq!(taken.tell[0].attempt, 2);
}

#[test]
fn one_of_two_processes_shows_it() {
    let (folder, mut first) = begun();
    book(&mut first, &input("load test", "09:00", "13:00"));
    let mut second = open(folder.path());
    let mine = first.reminders("a", at("08:50:00")).unwrap();
    assert_eq!(told(&mine).len(), 1);
    assert_eq!(
        told(&second.reminders("b", at("08:50:00")).unwrap()),
        NOTHING
    );
    first
        .reminder_delivered(&mine.tell[0], "a", 7, at("08:50:01"))
        .unwrap();
    assert_eq!(
        told(&second.reminders("b", at("08:51:00")).unwrap()),
        NOTHING
    );
}

#[test]
fn what_fails_comes_again_until_the_slot_ends() {
    let (_folder, mut berth) = begun();
    book(&mut berth, &input("load test", "09:00", "13:00"));
    let mut now = at("08:50:00");
    for (attempt, wait) in [(1, 1), (2, 2), (3, 5), (4, 15), (5, 30), (6, 30)] {
        let due = berth.reminders("a", now).unwrap();
        assert_eq!(due.tell[0].attempt, attempt);
        let next = berth
            .reminder_failed(&due.tell[0], "a", "no service", now)
            .unwrap();
        assert_eq!(next - now, TimeDelta::seconds(wait));
        assert_eq!(
            told(&berth.reminders("a", next - TimeDelta::seconds(1)).unwrap()),
            NOTHING
        );
        now = next;
    }
    let last = round(&mut berth, "12:59:00");
    berth
        .reminder_failed(&last.tell[0], "a", "no service", at("12:59:05"))
        .unwrap();
    let over = round(&mut berth, "13:00:00");
    assert_eq!((told(&over).len(), over.missed.len()), (0, 1));
    assert_eq!(round(&mut berth, "13:01:00").missed, NOTHING);
}

#[test]
fn booked_or_started_late_is_told_with_true_words() {
    let (folder, mut berth) = begun();
    book(&mut berth, &input("load test", "09:00", "13:00"));
    book(&mut berth, &input("early", "07:00", "08:00"));
    // Nothing ran until twenty past nine.
    let late = berth.reminders("a", at("09:20:00")).unwrap();
    assert_eq!(told(&late), ["staging started 20 min ago: load test"]);
    assert_eq!(late.missed, ["staging Thu 17 Sep 07:00–08:00"]);
    deliver(&mut berth, &late, "09:20:00");
    assert_eq!(
        open(folder.path())
            .reminders("b", at("09:21:00"))
            .unwrap()
            .missed,
        NOTHING
    );
    // A minute before it starts.
    book(&mut berth, &input("quick", "09:30", "10:00"));
    assert_eq!(tell(&mut berth, "09:29:10"), ["staging in 1 min: quick"]);
    // Written down afterwards: nobody needs to be told.
    book(&mut berth, &input("afterwards", "06:00", "06:30"));
    assert_eq!(tell(&mut berth, "09:45:00"), NOTHING);
}

#[test]
fn moved_cancelled_and_brought_back() {
    let (_folder, mut berth) = begun();
    let reference = book(&mut berth, &input("load test", "09:00", "13:00"));
    assert_eq!(tell(&mut berth, "08:50:00").len(), 1);

    let to = to(&reference, "15:00:00", "17:00:00");
    berth.move_booking(&to, at("08:55:00")).unwrap();
    let moved = round(&mut berth, "08:55:00");
    assert_eq!((told(&moved).len(), moved.withdraw.len()), (0, 1));
    assert_eq!(round(&mut berth, "08:55:01").withdraw, NOTHING);
    assert_eq!(
        tell(&mut berth, "14:50:00"),
        ["staging in 10 min: load test"]
    );

    berth
        .cancel_booking(&reference, Scope::All, at("14:51:00"))
        .unwrap();
    assert_eq!(round(&mut berth, "14:51:00").withdraw, moved.withdraw);
    berth.undo(at("14:52:00")).unwrap();
    assert_eq!(
        tell(&mut berth, "14:52:00"),
        ["staging in 8 min: load test"]
    );
    berth
        .delete_booking(&reference, Scope::All, at("14:53:00"))
        .unwrap();
    assert_eq!(round(&mut berth, "14:53:00").withdraw.len(), 1);
}

#[test]
fn many_at_once_are_one_message() {
    let (_folder, mut berth) = begun();
    for start in ["09:00", "09:01", "09:02", "09:03", "09:04"] {
        book(&mut berth, &input("load test", start, "13:00"));
    }
    let all = round(&mut berth, "08:58:00");
    assert_eq!(told(&all), ["5 slots of your teams"]);
    assert_eq!(all.tell[0].booking, None);
    deliver(&mut berth, &all, "08:58:00");
    assert_eq!(tell(&mut berth, "08:59:00"), NOTHING);
}

#[test]
fn every_occurrence_by_itself_and_with_its_own_leads() {
    let (_folder, mut berth) = begun();
    let daily = BookingInput {
        repeat: Some("FREQ=DAILY;COUNT=3".into()),
        lead_times: Some(vec![60, 0]),
        ..input("load test", "09:00", "13:00")
    };
    book(&mut berth, &daily);
    for (now, expected) in [
        ("08:00:00", "staging in 1 h: load test"),
        ("09:00:00", "staging now: load test"),
        ("18 08:00:00", "staging in 1 h: load test"),
        ("18 09:00:10", "staging now: load test"),
        ("19 09:05:00", "staging started 5 min ago: load test"),
    ] {
        assert_eq!(tell(&mut berth, now), [expected], "{now}");
        assert_eq!(tell(&mut berth, now), NOTHING, "{now}");
    }
    assert_eq!(tell(&mut berth, "20 09:00:00"), NOTHING);
}

#[test]
fn long_leads_and_none() {
    let (_folder, mut berth) = begun();
    let lead = |minutes: Vec<u32>, title| BookingInput {
        lead_times: Some(minutes),
        ..input(title, "09:00", "13:00")
    };
    book(&mut berth, &lead(vec![], "never"));
    book(&mut berth, &lead(vec![12 * 60], "half a day"));
    assert_eq!(tell(&mut berth, "16 20:59:59"), NOTHING);
    assert_eq!(
        tell(&mut berth, "16 21:00:00"),
        ["staging in 12 h: half a day"]
    );
    assert_eq!(tell(&mut berth, "09:00:00"), NOTHING);
}

#[test]
fn switched_off_says_nothing_and_forgets_nothing() {
    let (_folder, mut berth) = begun();
    book(&mut berth, &input("load test", "09:00", "13:00"));
    let on = berth.settings().unwrap();
    berth
        .save_settings(&crate::wire::Settings {
            reminders: false,
            ..on.clone()
        })
        .unwrap();
    assert_eq!(tell(&mut berth, "08:50:00"), NOTHING);
    berth.save_settings(&on).unwrap();
    assert_eq!(
        tell(&mut berth, "08:55:00"),
        ["staging in 5 min: load test"]
    );
}

#[test]
fn the_next_slot_of_mine() {
    let (_folder, mut berth) = begun();
    assert_eq!(berth.next_of_mine(at("08:00:00")).unwrap(), None);
    book(
        &mut berth,
        &BookingInput {
            team_id: "2".into(),
            ..input("hold", "08:30", "09:00")
        },
    );
    let mine = book(&mut berth, &input("load test", "09:00", "13:00"));
    let next = berth.next_of_mine(at("08:00:00")).unwrap().unwrap();
    assert_eq!(
        (next.booking, next.text.as_str()),
        (mine, "staging in 1 h: load test")
    );
    assert_eq!(next.start, at("09:00:00"));
    assert_eq!(berth.next_of_mine(at("09:00:00")).unwrap(), None);
}
