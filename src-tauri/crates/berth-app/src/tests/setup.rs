//! First start, environments, teams, a file that cannot be used.

use super::{begun, book, input, now, options, week_of};
use crate::wire::{Environment, NoticeLevel, Team, View, ViewState};
use crate::{Berth, Code};

#[test]
fn the_first_week_is_the_one_that_was_left() {
    let folder = tempfile::tempdir().unwrap();
    let mut berth = Berth::open(options(folder.path()), now()).unwrap();
    for (view, days, asked) in [
        (View::Week, 0, 7),
        (View::WorkWeek, 0, 7),
        (View::Day, 5, 1),
        (View::Days, 0, 3),
        (View::Days, 5, 5),
        (View::Timeline, 0, 14),
        (View::Month, 0, 42),
    ] {
        let date = Some("2026-09-17".to_owned());
        let left = ViewState {
            view,
            days,
            date: date.clone(),
            ..ViewState::default()
        };
        berth.save_view(&left).unwrap();
        let query = berth.startup(now()).unwrap().first_week();
        assert_eq!((query.date.clone(), query.days), (date, asked), "{view:?}");
        let week = berth.week(&query, now()).unwrap();
        assert_eq!(week.days.len(), usize::from(asked));
    }
}

#[test]
fn the_first_start_has_two_environments_and_asks_for_the_team() {
    let folder = tempfile::tempdir().unwrap();
    let mut berth = Berth::open(options(folder.path()), now()).unwrap();
    let names: Vec<String> = berth
        .environments()
        .unwrap()
        .into_iter()
        .map(|one| one.name)
        .collect();
    assert_eq!(names, ["staging", "production"]);
    assert!(berth.startup(now()).unwrap().needs_team);
    assert!(!week_of(&mut berth, "2026-09-17").any_booking);
    assert_eq!(
        berth.undo(now()).unwrap_err().code,
        Code::NotFound,
        "the beginning cannot be undone"
    );
    let mine = Team {
        id: String::new(),
        name: " Infra ".into(),
        code: String::new(),
        colour: 99,
        mine: true,
    };
    berth.save_team(&mine, now()).unwrap();
    drop(berth);
    let mut again = Berth::open(options(folder.path()), now()).unwrap();
    assert!(!again.startup(now()).unwrap().needs_team);
    let teams = again.teams().unwrap();
    assert_eq!(
        (
            teams[0].name.as_str(),
            teams[0].code.as_str(),
            teams[0].colour
        ),
        ("Infra", "INF", 0)
    );
    assert_eq!(
        again.environments().unwrap().len(),
        2,
        "the second start adds none"
    );
}

#[test]
fn environments_are_added_renamed_hidden_and_removed() {
    let (_folder, mut berth) = begun();
    let added = Environment {
        id: String::new(),
        name: "integration".into(),
        capacity: 2,
        ..(&berth.environments().unwrap()[0]).into()
    };
    berth.save_environment(&added, now()).unwrap();
    let stored: Environment = (&berth.environments().unwrap()[2]).into();
    assert_eq!((stored.name.as_str(), stored.capacity), ("integration", 2));
    let twice = Environment {
        name: "Staging".into(),
        ..stored.clone()
    };
    assert_eq!(
        berth.save_environment(&twice, now()).unwrap_err().code,
        Code::Input
    );
    let wrong = Environment {
        zone: "Mars/Base".into(),
        ..stored.clone()
    };
    assert!(
        berth
            .save_environment(&wrong, now())
            .unwrap_err()
            .message
            .contains("Mars/Base")
    );
    let hidden = Environment {
        hidden: true,
        name: "integration 2".into(),
        ..stored.clone()
    };
    let title = berth
        .save_environment(&hidden, now())
        .unwrap()
        .operation
        .unwrap()
        .title;
    assert_eq!(title, "Renamed integration to integration 2");
    assert_eq!(
        berth.save_environment(&hidden, now()).unwrap().operation,
        None
    );
    book(
        &mut berth,
        &input("1", "x", "2026-09-17T09:00", "2026-09-17T13:00"),
    );
    let error = berth.remove_environment("1", now()).unwrap_err();
    assert!(error.hint.contains("Hide it instead"), "{error:?}");
    berth.remove_environment(&stored.id, now()).unwrap();
    assert_eq!(berth.environments().unwrap().len(), 2);
    berth.undo(now()).unwrap();
    let back: Environment = (&berth.environments().unwrap()[2]).into();
    assert_eq!(back, hidden);
}

#[test]
fn two_programs_work_on_the_same_data() {
    let (folder, mut window) = begun();
    let mut command_line = Berth::open(options(folder.path()), now()).unwrap();
    assert!(!window.changed_elsewhere().unwrap());
    book(
        &mut command_line,
        &input("1", "x", "2026-09-17T09:00", "2026-09-17T13:00"),
    );
    assert!(window.changed_elsewhere().unwrap());
    assert!(!window.changed_elsewhere().unwrap(), "told once");
    assert_eq!(week_of(&mut window, "2026-09-17").occurrences.len(), 1);
    window.undo(now()).unwrap();
    assert!(command_line.changed_elsewhere().unwrap());
    assert!(
        !window.changed_elsewhere().unwrap(),
        "its own changes are no news"
    );
}

#[test]
fn a_damaged_file_is_kept_and_said() {
    let (folder, berth) = begun();
    drop(berth);
    std::fs::write(
        folder.path().join("berth.db"),
        "not a database, only a text that is long enough",
    )
    .unwrap();
    let error = Berth::open(options(folder.path()), now()).unwrap_err();
    assert_eq!(error.code, Code::Damaged, "whoever books does not mend");
    let mut again = Berth::open_mended(options(folder.path()), now()).unwrap();
    let notices = again.startup(now()).unwrap().notices;
    assert_eq!((notices.len(), notices[0].level), (1, NoticeLevel::Error));
    assert!(notices[0].hint.contains("kept as"), "{notices:?}");
}

#[test]
fn a_newer_file_is_refused_with_a_next_step() {
    let (folder, berth) = begun();
    drop(berth);
    let path = folder.path().join("berth.db");
    let mut bytes = std::fs::read(&path).unwrap();
    // The user version stands at offset 60 of an SQLite file, big-endian.
    bytes[60..64].copy_from_slice(&999_u32.to_be_bytes());
    std::fs::write(&path, bytes).unwrap();
    let error = Berth::open(options(folder.path()), now()).unwrap_err();
    assert_eq!(error.code, Code::Database);
    assert!(error.hint.contains("Nothing was changed"), "{error:?}");
}

#[test]
fn new_zone_rules_are_followed_once() {
    let (folder, mut berth) = begun();
    let rules = |berth: &mut Berth| {
        berth
            .read(|reader| Ok(reader.setting("zone-rules")?))
            .unwrap()
    };
    let present = rules(&mut berth);
    assert!(present.is_some());
    berth
        .store
        .write_unrecorded(|writer| writer.put_setting("zone-rules", "1999a"))
        .unwrap();
    let history = berth.history().unwrap();
    drop(berth);
    let mut again = Berth::open(options(folder.path()), now()).unwrap();
    assert_eq!(rules(&mut again), present);
    assert_eq!(
        again.history().unwrap(),
        history,
        "it is no change of anybody's"
    );
}
