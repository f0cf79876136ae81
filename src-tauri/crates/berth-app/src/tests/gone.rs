//! A calendar that is imported again, and no longer has all it had.

use std::collections::BTreeMap;

use super::{begun, lines, now, week_of};
use crate::wire::{ImportAction, ImportCounts, ImportInput, Scope};
use crate::{Berth, Listed};

fn input() -> ImportInput {
    let one = |id: &str| BTreeMap::from([("*".to_owned(), id.to_owned())]);
    ImportInput {
        path: String::new(),
        environments: one("1"),
        teams: one("1"),
        leave_out: Vec::new(),
        large: false,
        removals: true,
    }
}

/// A feed of events, each `uid day hour title`, in September 2026; after a `|`, more lines.
fn feed(heading: &str, events: &[&str]) -> String {
    let event = |line: &&str| {
        let (event, more) = line.split_once('|').unwrap_or((line, ""));
        let [uid, day, hour, title] = *event.split(' ').collect::<Vec<_>>() else {
            panic!("{event}")
        };
        format!(
            "BEGIN:VEVENT\nUID:{uid}\nDTSTAMP:20260901T080000Z\nDTSTART:202609{day}T{hour}0000Z\nDURATION:PT1H\n\
             SUMMARY:{title}\n{}\nEND:VEVENT\n",
            more.replace('|', "\n")
        )
    };
    let events: String = events.iter().map(event).collect();
    format!("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{heading}\n{events}END:VCALENDAR\n")
        .replace("\n\n", "\n")
}

const NAMED: &str = "X-WR-CALNAME:Staging";

fn import(berth: &mut Berth, text: &str) -> ImportCounts {
    berth
        .apply_import_of(
            text.as_bytes().to_vec(),
            "feed.ics",
            &input(),
            Listed::All,
            now(),
        )
        .unwrap()
        .0
        .counts
}

fn counts(added: u32, updated: u32, unchanged: u32, cancelled: u32) -> ImportCounts {
    ImportCounts {
        added,
        updated,
        unchanged,
        cancelled,
        skipped: 0,
    }
}

const WEEK: [&str; 4] = [
    "a 15 08 one",
    "b 16 08 two",
    "c 17 08 three",
    "d 18 08 four",
];

/// How many are gone when `second` is imported after [`WEEK`].
#[track_caller]
fn check(first: &str, second: &str, gone: u32) {
    let (_folder, mut berth) = begun();
    import(&mut berth, first);
    assert_eq!(import(&mut berth, second).cancelled, gone, "{second}");
}

#[test]
fn what_is_gone_is_removed_and_comes_back_by_undo_or_by_the_feed() {
    for gone in 0..4 {
        let (_folder, mut berth) = begun();
        let whole = feed(NAMED, &WEEK);
        import(&mut berth, &whole);
        let mut left = WEEK.to_vec();
        left.remove(gone);
        let preview = berth
            .preview_import_of(feed(NAMED, &left).into_bytes(), "feed.ics", &input(), now())
            .unwrap();
        let last = preview.items.last().unwrap();
        assert_eq!((last.action, last.line), (ImportAction::Cancel, 0));
        assert_eq!(last.reason, "It is gone from the calendar.");
        assert_eq!(import(&mut berth, &feed(NAMED, &left)), counts(0, 0, 3, 1));
        assert_eq!(lines(&mut berth, "2026-09-15").len(), 3);
        assert_eq!(
            import(&mut berth, &feed(NAMED, &left)),
            counts(0, 0, 3, 0),
            "once"
        );
        berth.undo(now()).unwrap();
        assert_eq!(lines(&mut berth, "2026-09-15").len(), 4);
        berth.redo(now()).unwrap();
        assert_eq!(import(&mut berth, &whole), counts(1, 0, 3, 0), "it is back");
    }
}

#[test]
fn only_a_whole_calendar_can_miss_something() {
    let whole = feed(NAMED, &WEEK);
    let left = &WEEK[..3];
    check(&whole, &feed(NAMED, left), 1);
    check(&whole, &feed("X-WR-CALNAME:Other", left), 0);
    check(&whole, &feed(&format!("{NAMED}\nMETHOD:REQUEST"), left), 0);
    check(
        &whole,
        &feed(&format!("{NAMED}\nMETHOD:CANCEL"), &WEEK[..1]),
        1,
    );
    check(&whole, &feed(NAMED, left).replace("END:VCALENDAR\n", ""), 0);
    check(&whole, &feed(NAMED, &[]), 0);
    // Files without a name are calendars of the file's name, but may hold anything.
    check(&feed("", &WEEK), &feed("", left), 0);
}

#[test]
fn an_export_of_other_weeks_takes_nothing_away() {
    let all = [
        "a 15 08 one",
        "b 16 08 two",
        "e 22 08 five",
        "f 23 08 six",
        "g 24 08 seven",
    ];
    let whole = feed(NAMED, &all);
    check(&whole, &feed(NAMED, &all[..2]), 0);
    check(&whole, &feed(NAMED, &["x 15 08 new", "y 17 08 newer"]), 2);
    let past = [
        "p 01 08 past",
        "a 15 08 one",
        "b 16 08 two",
        "c 17 08 three",
    ];
    check(&feed(NAMED, &past), &feed(NAMED, &past[1..]), 0);
}

#[test]
fn what_was_booked_here_stays() {
    let (_folder, mut berth) = begun();
    import(&mut berth, &feed(NAMED, &WEEK));
    super::book(
        &mut berth,
        &super::input("1", "own", "2026-09-16T12:00", "2026-09-16T13:00"),
    );
    assert_eq!(
        import(&mut berth, &feed(NAMED, &["a 15 08 one", "d 18 08 four"])).cancelled,
        2
    );
    assert_eq!(lines(&mut berth, "2026-09-15").len(), 3);
}

#[test]
fn a_series_goes_with_its_changes_and_a_choice_keeps_it() {
    let (_folder, mut berth) = begun();
    let series = [
        "s 14 09 series|RRULE:FREQ=WEEKLY",
        "s 15 10 moved|RECURRENCE-ID:20260914T090000Z",
    ];
    let all: Vec<&str> = series.iter().chain(&WEEK).copied().collect();
    import(&mut berth, &feed(NAMED, &all));
    let keep = ImportInput {
        leave_out: vec!["s".into()],
        ..input()
    };
    let kept = berth
        .apply_import_of(
            feed(NAMED, &WEEK).into_bytes(),
            "feed.ics",
            &keep,
            Listed::All,
            now(),
        )
        .unwrap()
        .0;
    assert_eq!((kept.counts.skipped, kept.counts.cancelled), (1, 0));
    assert_eq!(import(&mut berth, &feed(NAMED, &WEEK)), counts(0, 0, 4, 1));
    assert_eq!(week_of(&mut berth, "2026-09-14").occurrences.len(), 4);
    assert_eq!(lines(&mut berth, "2026-09-21"), [""; 0]);
}

#[test]
fn a_feed_with_new_uids_at_each_fetch_does_not_double() {
    let (_folder, mut berth) = begun();
    let fetch = |n: u32, series: &str| {
        let events = [
            format!("a{n} 15 08 one"),
            format!("b{n} 15 08 one"),
            format!("c{n} 17 08 three"),
            format!("s{n} 14 09 series|RRULE:FREQ=WEEKLY{series}"),
            format!("s{n} 22 10 moved|RECURRENCE-ID:20260921T090000Z"),
        ];
        feed(NAMED, &events.each_ref().map(String::as_str))
    };
    assert_eq!(import(&mut berth, &fetch(1, "")), counts(5, 0, 0, 0));
    assert_eq!(import(&mut berth, &fetch(2, "")), counts(0, 0, 5, 0));
    assert_eq!(
        import(&mut berth, &fetch(3, "|DESCRIPTION:new")),
        counts(0, 1, 4, 0)
    );
    assert_eq!(lines(&mut berth, "2026-09-14").len(), 4);
    assert_eq!(
        lines(&mut berth, "2026-09-21"),
        ["Tue 22 12:00–13:00 moved"]
    );
    let without: String = fetch(4, "").replace("SUMMARY:three", "SUMMARY:other");
    assert_eq!(
        import(&mut berth, &without),
        counts(1, 1, 3, 1),
        "another title is another event"
    );
}

/// A weekly series from Monday on, its change, and as much beside that the file is about the weeks.
fn with_change(change: &[&'static str]) -> Vec<&'static str> {
    let series = ["s 14 09 series|RRULE:FREQ=WEEKLY"];
    let last = ["z 30 08 last"];
    [&series, change, &WEEK, &last].concat()
}

const CHANGE: &str = "s 22 10 moved|RECURRENCE-ID:20260921T090000Z";

#[test]
fn one_change_that_is_gone_gives_its_occurrence_back_to_the_series() {
    let (_folder, mut berth) = begun();
    import(&mut berth, &feed(NAMED, &with_change(&[CHANGE])));
    let monday = "Mon 21 11:00–12:00 series";
    let moved = "Tue 22 12:00–13:00 moved";
    assert_eq!(lines(&mut berth, "2026-09-21"), [moved]);
    let without = feed(NAMED, &with_change(&[]));
    let preview = berth
        .preview_import_of(without.clone().into_bytes(), "feed.ics", &input(), now())
        .unwrap();
    let item = preview.items.last().unwrap();
    assert_eq!(
        (item.action, item.title.as_str(), item.reason.as_str()),
        (
            ImportAction::Update,
            "moved",
            "The calendar has this change no more: it is Mon 21 Sep 11:00–12:00 again, as its series says."
        )
    );
    let keep = ImportInput {
        leave_out: vec![item.key.clone()],
        ..input()
    };
    let kept = berth
        .preview_import_of(without.clone().into_bytes(), "feed.ics", &keep, now())
        .unwrap();
    assert_eq!((kept.counts.skipped, kept.counts.updated), (1, 0));

    assert_eq!(import(&mut berth, &without), counts(0, 1, 6, 0));
    assert_eq!(lines(&mut berth, "2026-09-21"), [monday]);
    assert_eq!(import(&mut berth, &without), counts(0, 0, 6, 0), "once");
    let undone = berth.undo(now()).unwrap();
    assert_eq!(
        undone.operation.unwrap().title,
        "Imported 1 booking from feed.ics"
    );
    assert_eq!(lines(&mut berth, "2026-09-21"), [moved]);
    berth.redo(now()).unwrap();
    let back = feed(NAMED, &with_change(&[CHANGE]));
    assert_eq!(import(&mut berth, &back), counts(1, 0, 6, 0));
    assert_eq!(lines(&mut berth, "2026-09-21"), [moved]);
}

#[test]
fn a_change_goes_with_its_date() {
    let (_folder, mut berth) = begun();
    import(&mut berth, &feed(NAMED, &with_change(&[CHANGE])));
    let mut left = with_change(&[]);
    left[0] = "s 14 09 series|RRULE:FREQ=WEEKLY|EXDATE:20260921T090000Z|SEQUENCE:1";
    assert_eq!(import(&mut berth, &feed(NAMED, &left)), counts(0, 1, 5, 1));
    assert_eq!(lines(&mut berth, "2026-09-21"), [""; 0]);
}

#[test]
fn a_change_that_was_made_here_is_not_the_calendars_to_take_back() {
    let (_folder, mut berth) = begun();
    import(&mut berth, &feed(NAMED, &with_change(&[CHANGE])));
    let change = |berth: &mut Berth, week: &str, to: &str| {
        let seen = week_of(berth, week).occurrences;
        let one = seen
            .iter()
            .find(|one| ["series", "moved"].contains(&one.title.as_str()));
        let reference = one.unwrap().reference.clone();
        let mut changed = berth.show_booking(&reference, now()).unwrap().input;
        to.clone_into(&mut changed.title);
        berth
            .edit_booking(&reference, Scope::This, &changed, now())
            .unwrap();
    };
    // One that the calendar had changed as well, and one that it had not.
    change(&mut berth, "2026-09-21", "ours");
    change(&mut berth, "2026-09-28", "ours too");
    let without = feed(NAMED, &with_change(&[]));
    assert_eq!(import(&mut berth, &without), counts(0, 0, 6, 0));
    assert_eq!(lines(&mut berth, "2026-09-21"), ["Tue 22 12:00–13:00 ours"]);
    assert!(lines(&mut berth, "2026-09-28").contains(&"Mon 28 11:00–12:00 ours too".to_owned()));
}

#[test]
fn a_change_stays_where_the_file_need_not_have_it() {
    let left = |heading: &str, series: &'static str| {
        let mut events = with_change(&[]);
        events[0] = series;
        feed(heading, &events)
    };
    let series = "s 14 09 series|RRULE:FREQ=WEEKLY";
    let cases = [
        // Not all of the calendar.
        left("X-WR-CALNAME:Staging\nMETHOD:REQUEST", series),
        left(NAMED, series).replace("END:VCALENDAR\n", ""),
        // The change is there, and cannot be read.
        feed(
            NAMED,
            &with_change(&["s 22 10 moved|RECURRENCE-ID:tomorrow"]),
        ),
    ];
    for file in cases {
        let (_folder, mut berth) = begun();
        import(&mut berth, &feed(NAMED, &with_change(&[CHANGE])));
        import(&mut berth, &file);
        let now = lines(&mut berth, "2026-09-21");
        assert_eq!(now, ["Tue 22 12:00–13:00 moved"], "{file}");
    }
    // An older version of the series says nothing about what came after it.
    let (_folder, mut berth) = begun();
    let newer = "s 14 09 newer|RRULE:FREQ=WEEKLY|SEQUENCE:2";
    let mut events = with_change(&[CHANGE]);
    events[0] = newer;
    import(&mut berth, &feed(NAMED, &events));
    assert_eq!(import(&mut berth, &left(NAMED, series)).updated, 0);
    assert_eq!(
        lines(&mut berth, "2026-09-21"),
        ["Tue 22 12:00–13:00 moved"]
    );
}

#[test]
fn a_change_that_is_over_stays_when_the_feed_forgets_it() {
    let (_folder, mut berth) = begun();
    let past = "s 08 10 moved|RECURRENCE-ID:20260907T090000Z";
    let mut events = with_change(&[past]);
    events[0] = "s 01 09 series|RRULE:FREQ=WEEKLY;BYDAY=MO";
    import(&mut berth, &feed(NAMED, &events));
    let mut left = with_change(&[]);
    left[0] = events[0];
    assert_eq!(import(&mut berth, &feed(NAMED, &left)).updated, 0);
    assert!(lines(&mut berth, "2026-09-07").contains(&"Tue 8 12:00–13:00 moved".to_owned()));
}

/// What is done here to a series is done to its changed occurrences as well, so the file that has them
/// as they were brings no second ones.
#[test]
fn a_series_that_was_changed_here_has_each_change_once() {
    let file = feed(NAMED, &with_change(&[CHANGE]));
    let monday = |berth: &mut Berth, week: &str| {
        let found = week_of(berth, week).occurrences;
        let one = found.into_iter().find(|one| one.title != "four").unwrap();
        one.reference
    };
    // Moved, cut off before the change, deleted on that day.
    let edits: [&dyn Fn(&mut Berth); 3] = [
        &|berth| {
            let one = monday(berth, "2026-09-28");
            let mut later = berth.show_booking(&one, now()).unwrap().input;
            (later.start, later.end) = ("2026-09-28T14:00".into(), "2026-09-28T15:00".into());
            berth.edit_booking(&one, Scope::All, &later, now()).unwrap();
        },
        &|berth| {
            let one = monday(berth, "2026-09-21");
            berth.delete_booking(&one, Scope::Following, now()).unwrap();
        },
        &|berth| {
            let one = monday(berth, "2026-09-21");
            berth.delete_booking(&one, Scope::This, now()).unwrap();
        },
    ];
    for edit in edits {
        let (_folder, mut berth) = begun();
        import(&mut berth, &file);
        edit(&mut berth);
        let before = lines(&mut berth, "2026-09-21");
        assert_eq!(import(&mut berth, &file), counts(0, 0, 7, 0));
        assert_eq!(lines(&mut berth, "2026-09-21"), before);
    }
    // A date that the series still has can be changed by the calendar.
    let (_folder, mut berth) = begun();
    import(&mut berth, &feed(NAMED, &with_change(&[])));
    let one = monday(&mut berth, "2026-09-28");
    let mut named = berth.show_booking(&one, now()).unwrap().input;
    named.title = "ours".into();
    berth.edit_booking(&one, Scope::All, &named, now()).unwrap();
    assert_eq!(import(&mut berth, &file), counts(1, 0, 6, 0));
}
