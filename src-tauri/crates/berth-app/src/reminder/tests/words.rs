//! What is told beside the start: the end, a move, a conflict, a booking that is followed.

use super::*;
use crate::reminder::Answer;
use crate::wire::ReminderState;

/// Another program over the same data, as the command line is.
fn elsewhere(folder: &Path, act: impl FnOnce(&mut Berth)) {
    act(&mut open(folder));
}

fn qa(title: &str, start: &str, end: &str) -> BookingInput {
    BookingInput {
        team_id: "2".into(),
        ..input(title, start, end)
    }
}

/// What is told by now, heading and text, news first looked for.
fn heard(berth: &mut Berth, now: &str) -> Vec<(String, String)> {
    berth.look_for_news(false, at(now)).unwrap();
    let round = round(berth, now);
    deliver(berth, &round, now);
    let each = round.tell.into_iter();
    each.map(|one| (one.summary, one.body)).collect()
}

#[test]
fn the_end_is_told_where_another_team_is_next() {
    let (_folder, mut berth) = begun();
    book(&mut berth, &input("load test", "09:00", "13:00"));
    assert_eq!(tell(&mut berth, "12:40:00").len(), 1);
    assert_eq!(tell(&mut berth, "12:45:00"), NOTHING);
    book(&mut berth, &qa("hold", "13:30", "15:00"));
    assert_eq!(
        tell(&mut berth, "12:46:00"),
        ["staging ends in 14 min, QA is next"]
    );
    assert_eq!(tell(&mut berth, "12:50:00"), NOTHING);
    assert_eq!(tell(&mut berth, "13:10:00"), NOTHING);
}

#[test]
fn the_same_team_is_not_announced_as_next() {
    let (_folder, mut berth) = begun();
    book(&mut berth, &input("load test", "09:00", "13:00"));
    book(&mut berth, &input("more", "13:00", "15:00"));
    assert_eq!(tell(&mut berth, "08:50:00").len(), 1);
    assert_eq!(tell(&mut berth, "12:45:00"), NOTHING);
}

#[test]
fn a_move_by_somebody_else_is_told_and_my_own_is_not() {
    let (folder, mut berth) = begun();
    let mine = book(&mut berth, &input("load test", "09:00", "13:00"));
    assert_eq!(heard(&mut berth, "07:00:00"), []);
    elsewhere(folder.path(), |other| {
        let to = to(&mine, "15:00:00", "17:00:00");
        other.move_booking(&to, at("07:10:00")).unwrap();
    });
    assert_eq!(
        heard(&mut berth, "07:10:01"),
        [(
            "staging was moved: load test".to_owned(),
            "Perf, now 15:00–17:00".to_owned()
        )]
    );
    assert_eq!(heard(&mut berth, "07:10:02"), []);

    let back = to(&mine, "10:00:00", "12:00:00");
    berth.move_booking(&back, at("07:20:00")).unwrap();
    berth.look_for_news(true, at("07:20:00")).unwrap();
    assert_eq!(heard(&mut berth, "07:20:01"), []);
    // While nothing ran, and though it then ends before anybody looked.
    drop(berth);
    elsewhere(folder.path(), |other| {
        let to = to(&mine, "14:00:00", "15:00:00");
        other.move_booking(&to, at("08:00:00")).unwrap();
    });
    let mut again = open(folder.path());
    assert_eq!(heard(&mut again, "13:00:00").len(), 1);
}

#[test]
fn a_new_conflict_is_told_once() {
    let (folder, mut berth) = begun();
    book(&mut berth, &input("load test", "09:00", "13:00"));
    assert_eq!(heard(&mut berth, "07:00:00"), []);
    let mut theirs = None;
    elsewhere(folder.path(), |other| {
        theirs = Some(book(other, &qa("hold", "11:00", "12:00")));
    });
    let expected = [(
        "staging has a new conflict: load test".to_owned(),
        "Perf, 09:00–13:00, with QA: hold".to_owned(),
    )];
    assert_eq!(heard(&mut berth, "07:01:00"), expected);
    assert_eq!(heard(&mut berth, "07:02:00"), []);
    // The same two, an hour later: nothing new.
    elsewhere(folder.path(), |other| {
        let to = to(theirs.as_ref().unwrap(), "12:00:00", "13:00:00");
        other.move_booking(&to, at("07:03:00")).unwrap();
    });
    assert_eq!(heard(&mut berth, "07:03:01"), []);
    // It is told beside the start, and answered by itself.
    assert_eq!(heard(&mut berth, "08:50:00").len(), 1);
    let waiting = berth.waiting_reminders(at("08:50:00")).unwrap();
    assert_eq!(waiting.len(), 2, "{waiting:?}");
}

#[test]
fn a_booking_that_is_followed_is_told_like_my_own() {
    let (_folder, mut berth) = begun();
    let theirs = book(&mut berth, &qa("hold", "09:00", "10:00"));
    book(&mut berth, &qa("other", "09:00", "10:00"));
    berth.follow_booking(&theirs, true).unwrap();
    assert!(
        berth
            .show_booking(&theirs, at("07:00:00"))
            .unwrap()
            .followed
    );
    assert_eq!(tell(&mut berth, "08:50:00"), ["staging in 10 min: hold"]);
    berth.follow_booking(&theirs, false).unwrap();
    book(&mut berth, &qa("third", "11:00", "12:00"));
    assert_eq!(tell(&mut berth, "10:50:00"), NOTHING);
}

#[test]
fn several_leads_of_an_environment_and_of_a_booking() {
    let (_folder, mut berth) = begun();
    let staging = crate::wire::Environment {
        id: "1".into(),
        name: "staging".into(),
        aliases: vec![],
        capacity: 1,
        zone: "Europe/Berlin".into(),
        set_up: 0,
        clean_up: 0,
        owner: String::new(),
        lead_times: vec![24 * 60, 10],
        hidden: false,
    };
    berth.save_environment(&staging, at("16 08:00:00")).unwrap();
    book(&mut berth, &input("load test", "09:30", "13:00"));
    assert_eq!(
        tell(&mut berth, "16 09:30:00"),
        ["staging in 24 h: load test"]
    );
    assert_eq!(
        tell(&mut berth, "09:20:00"),
        ["staging in 10 min: load test"]
    );
}

#[test]
fn snoozed_until_then_and_through_a_restart() {
    let (folder, mut berth) = begun();
    book(&mut berth, &input("load test", "09:00", "13:00"));
    for (answer, now, quiet, again, summary) in [
        (
            Answer::Later(TimeDelta::minutes(5)),
            "08:50:00",
            "08:54:59",
            "08:55:00",
            "staging in 5 min: load test",
        ),
        (
            Answer::AtStart,
            "08:55:10",
            "08:59:59",
            "09:00:00",
            "staging now: load test",
        ),
        (
            Answer::Later(TimeDelta::minutes(15)),
            "09:00:00",
            "09:14:00",
            "09:15:00",
            "staging started 15 min ago: load test",
        ),
    ] {
        let first = round(&mut berth, now);
        deliver(&mut berth, &first, now);
        let tags = match first.tell.as_slice() {
            [one] => one.tags.clone(),
            // Told at the end of the last turn of the table.
            _ => vec![berth.waiting_reminders(at(now)).unwrap()[0].tag.clone()],
        };
        berth.answer_reminders(&tags, answer, at(now)).unwrap();
        berth = open(folder.path());
        // The clock goes back and forth meanwhile.
        assert_eq!(tell(&mut berth, "08:30:00"), NOTHING);
        assert_eq!(tell(&mut berth, quiet), NOTHING, "{answer:?}");
        let waiting = berth.waiting_reminders(at(quiet)).unwrap();
        assert_eq!(waiting[0].state, ReminderState::Snoozed);
        assert_eq!(waiting[0].until, Some(at(again).millis()));
        assert_eq!(tell(&mut berth, again), [summary]);
    }
    let tag = berth.waiting_reminders(at("12:59:00")).unwrap()[0]
        .tag
        .clone();
    let later = Answer::Later(TimeDelta::minutes(15));
    berth
        .answer_reminders(&[tag], later, at("12:59:00"))
        .unwrap();
    let over = round(&mut berth, "13:20:00");
    assert_eq!(
        (told(&over), over.missed.len()),
        (vec![], 1),
        "it ends with the slot"
    );
}

#[test]
fn what_waits_is_listed_until_it_is_answered() {
    let (folder, mut berth) = begun();
    assert_eq!(berth.waiting_reminders(at("08:00:00")).unwrap(), []);
    book(&mut berth, &input("load test", "09:00", "10:00"));
    book(&mut berth, &input("second", "11:00", "12:00"));
    assert_eq!(berth.waiting_reminders(at("08:00:00")).unwrap(), []);
    tell(&mut berth, "08:50:00");
    let shown = berth.waiting_reminders(at("08:51:00")).unwrap();
    assert_eq!(shown[0].summary, "staging in 9 min: load test");
    assert_eq!((shown.len(), shown[0].state), (1, ReminderState::Shown));
    // Nobody answered, and the second fell due and ended while nothing ran.
    let mut later = open(folder.path());
    round(&mut later, "13:00:00");
    let missed = later.waiting_reminders(at("13:00:00")).unwrap();
    let states: Vec<_> = missed.iter().map(|one| one.state).collect();
    assert_eq!(states, [ReminderState::Missed, ReminderState::Missed]);
    let tags: Vec<String> = missed.iter().map(|one| one.tag.clone()).collect();
    later
        .answer_reminders(&tags[..1], Answer::Dismiss, at("13:01:00"))
        .unwrap();
    assert_eq!(
        later.waiting_reminders(at("13:00:00")).unwrap(),
        missed[1..]
    );
    assert_eq!(
        later.waiting_reminders(at("30 13:00:00")).unwrap(),
        [],
        "after a week"
    );
}

#[test]
fn snooze_all_for_an_hour() {
    let (folder, mut berth) = begun();
    book(&mut berth, &input("load test", "09:00", "13:00"));
    tell(&mut berth, "08:50:00");
    berth.pause_reminders(true, at("08:52:00")).unwrap();
    let mut again = open(folder.path());
    assert_eq!(
        again.paused_until(at("08:53:00")).unwrap(),
        Some(at("09:52:00"))
    );
    assert_eq!(again.paused_until(at("09:52:00")).unwrap(), None);
    assert_eq!(
        again.paused_until(at("16 09:00:00")).unwrap(),
        None,
        "the clock went back"
    );
    assert_eq!(
        tell(&mut again, "09:52:00"),
        ["staging started 52 min ago: load test"]
    );
    again.pause_reminders(true, at("09:53:00")).unwrap();
    again.pause_reminders(false, at("09:54:00")).unwrap();
    assert_eq!(again.paused_until(at("09:54:00")).unwrap(), None);
}

#[test]
fn a_file_that_cannot_be_written_silences_nothing() {
    let (folder, mut berth) = begun();
    book(&mut berth, &input("load test", "09:00", "13:00"));
    drop(berth);
    let mut berth = open(folder.path());
    // As a disk that was remounted: every write fails from now on.
    berth.store.refuse_writes(true).unwrap();
    let due = round(&mut berth, "08:50:00");
    assert_eq!(told(&due), ["staging in 10 min: load test"]);
    deliver(&mut berth, &due, "08:50:00");
    assert_eq!(tell(&mut berth, "08:51:00"), NOTHING);
    let later = Answer::Later(TimeDelta::minutes(5));
    berth
        .answer_reminders(&due.tell[0].tags, later, at("08:51:00"))
        .unwrap();
    assert_eq!(tell(&mut berth, "08:55:00"), NOTHING);
    assert_eq!(
        tell(&mut berth, "08:56:00"),
        ["staging in 4 min: load test"]
    );
    assert!(berth.reminders_unwritten().is_some());
    assert_eq!(round(&mut berth, "08:57:00").next, Some(at("08:57:15")));
    // Writable again: what became of it is in the file by the next look.
    berth.store.refuse_writes(false).unwrap();
    assert_eq!(tell(&mut berth, "08:57:15"), NOTHING);
    assert_eq!(berth.reminders_unwritten(), None);
    drop(berth);
    assert_eq!(tell(&mut open(folder.path()), "08:58:00"), NOTHING);
}

/// R3, R14: the person is faster than the process, which has to write down both, and the disk is full
/// from one of three moments on.
#[test]
fn an_answer_before_the_delivery_is_kept_while_the_disk_is_full() {
    for full_before in ["the claim", "the answer", "the delivery"] {
        let (folder, mut berth) = begun();
        book(&mut berth, &input("load test", "09:00", "13:00"));
        drop(berth);
        let mut berth = open(folder.path());
        let fill = |berth: &mut Berth, moment| {
            if moment == full_before {
                berth.store.refuse_writes(true).unwrap();
            }
        };
        fill(&mut berth, "the claim");
        let due = round(&mut berth, "08:50:00");
        fill(&mut berth, "the answer");
        let later = Answer::Later(TimeDelta::minutes(5));
        berth
            .answer_reminders(&due.tell[0].tags, later, at("08:50:01"))
            .unwrap();
        fill(&mut berth, "the delivery");
        deliver(&mut berth, &due, "08:50:02");
        berth.store.refuse_writes(false).unwrap();
        assert_eq!(tell(&mut berth, "08:54:00"), NOTHING, "{full_before}");
        drop(berth);
        assert_eq!(
            tell(&mut open(folder.path()), "08:55:01"),
            ["staging in 5 min: load test"],
            "{full_before}"
        );
    }
}

#[test]
fn how_many_are_ahead() {
    let (_folder, mut berth) = begun();
    book(&mut berth, &input("load test", "09:00", "13:00"));
    let daily = BookingInput {
        repeat: Some("FREQ=DAILY;COUNT=3".into()),
        ..input("second", "15:00", "16:00")
    };
    book(&mut berth, &daily);
    let mut ahead = |now: &str| {
        berth
            .reminders_before(at(now) + TimeDelta::hours(24), at(now))
            .unwrap()
    };
    assert_eq!(ahead("08:00:00"), 2);
    assert_eq!(ahead("08:51:00"), 1);
    assert_eq!(ahead("20 15:00:00"), 0);
}
