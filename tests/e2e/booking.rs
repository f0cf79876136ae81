//! Booking, overlapping, moving, undoing.

use berth_tests::app::{App, Place, Point};
use berth_tests::desktop::Desktop;
use berth_tests::wait;
use serde_json::json;

use crate::scene::{book, card, drag_hours, fill_form, hour, with_teams};

#[test]
fn book_by_drag() {
    let desktop = Desktop::start();
    let app = with_teams(&desktop);
    drag_hours(&app, "2026-09-15", "staging", 9.0, 13.0);
    assert_eq!(app.value("@startTime"), "09:00");
    assert_eq!(app.value("@endTime"), "13:00");
    assert_eq!(app.value("@startDate"), "2026-09-15");
    fill_form(&app, "Infra", "infrastructure changes");
    app.wait_for_text("Free: no conflicts");
    app.picture("10-form");
    app.click("@save");
    let booked = card(&app, "infrastructure changes");
    for words in ["Infra", "staging", "09:00", "13:00"] {
        assert!(
            app.name(&booked).contains(words),
            "{words} in {}",
            app.name(&booked)
        );
    }
    app.picture("11-booked");
}

#[test]
fn an_overlap_is_flagged() {
    let desktop = Desktop::start();
    let app = with_teams(&desktop);
    book(&app, "Perf", "performance tests", "2026-09-17", 9.0, 13.0);
    drag_hours(&app, "2026-09-17", "staging", 12.0, 15.0);
    fill_form(&app, "Infra", "infrastructure changes");
    app.wait_for_text("1 conflict");
    app.picture("12-conflict-before-saving");
    app.click("@save");
    let _ = app.find("@conflict-count[data-count='1']");
    let _ = app.find("@mark");
    let booked = card(&app, "infrastructure changes");
    assert!(
        app.name(&booked).contains("Perf"),
        "says with whom: {}",
        app.name(&booked)
    );
    app.click("@conflict-count");
    let item = app.find("@conflict");
    for words in ["Infra", "Perf", "12:00", "13:00"] {
        assert!(
            app.text(&item).contains(words),
            "{words} in {}",
            app.text(&item)
        );
    }
    app.picture("13-overlap");
}

#[test]
fn move_and_undo() {
    let desktop = Desktop::start();
    let app = with_teams(&desktop);
    book(&app, "Perf", "performance tests", "2026-09-17", 9.0, 13.0);
    book(
        &app,
        "Infra",
        "infrastructure changes",
        "2026-09-15",
        9.0,
        11.0,
    );
    let grip = app
        .place_of(&card(&app, "infrastructure changes"))
        .at(0.5, 0.5);
    // Grabbed in its middle, at 10:00, and carried to 11:00 of Thursday: into the other one.
    app.drag_and(grip, hour(&app, "2026-09-17", "staging", 11.0), || {
        let _ = app.find("@ghost-conflict");
        app.picture("14-conflict-while-dragging");
    });
    let moved = || app.name(&card(&app, "infrastructure changes"));
    wait::until_true("it was not moved", || moved().contains("10:00"));
    let _ = app.find("@conflict-count[data-count='1']");
    let _ = app.find("@toast");
    app.picture("15-moved");
    app.keys("Control+z");
    wait::until_true("it was not moved back", || moved().contains("09:00"));
    let _ = app.find("@conflict-count[data-count='0']");
    app.keys("Control+Shift+z");
    wait::until_true("it was not moved again", || moved().contains("10:00"));
}

#[test]
fn escape_leaves_a_dragged_card_where_it_was() {
    let desktop = Desktop::start();
    let app = with_teams(&desktop);
    book(
        &app,
        "Infra",
        "infrastructure changes",
        "2026-09-15",
        9.0,
        11.0,
    );
    let grip = app
        .place_of(&card(&app, "infrastructure changes"))
        .at(0.5, 0.5);
    app.drag_and(grip, hour(&app, "2026-09-17", "staging", 12.0), || {
        app.keys("Escape")
    });
    let name = app.name(&card(&app, "infrastructure changes"));
    assert!(name.contains("09:00"), "{name}");
}

/// Whole days on staging in the week of the journeys, as the store has them.
fn audit(app: &App<'_>) -> (String, String, String) {
    let query = json!({ "date": "2026-09-16", "firstDay": 1, "days": 7 });
    let week = app.invoke("week", json!({ "query": query }));
    let bar = &week["bars"][0];
    let day = |n: u64| {
        week["days"][n as usize]["date"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let (first, days) = (bar["day"].as_u64().unwrap(), bar["days"].as_u64().unwrap());
    let environment = bar["environmentId"].as_str().unwrap().to_owned();
    (day(first), day(first + days - 1), environment)
}

fn cell(app: &App<'_>, day: u32, environment: u32) -> Place {
    app.place_of(&app.find(&format!("[data-allday='{day}/{environment}']")))
}

#[test]
fn whole_days_are_dragged() {
    let desktop = Desktop::start();
    let app = with_teams(&desktop);
    let is = |first: &str, last: &str, environment: &str| {
        let wanted = (first.to_owned(), last.to_owned(), environment.to_owned());
        let found = wait::found_within(wait::PATIENCE, || {
            Some(audit(&app)).filter(|found| *found == wanted)
        });
        assert!(found.is_some(), "{wanted:?}, but {:?}", audit(&app));
    };
    book(&app, "Perf", "performance tests", "2026-09-17", 9.0, 13.0);
    // Drawn from Tuesday to Wednesday, over free room.
    let from = cell(&app, 1, 1).at(0.5, 0.5);
    app.drag_and(from, cell(&app, 2, 1).at(0.5, 0.5), || {
        let _ = app.find("[role=row] > @ghost");
    });
    assert_eq!(app.value("@startDate"), "2026-09-15");
    assert_eq!(app.value("@endDate"), "2026-09-16");
    fill_form(&app, "Infra", "audit");
    app.wait_for_text("Free: no conflicts");
    app.click("@save");
    app.wait_gone("@booking-form");
    is("2026-09-15", "2026-09-16", "1");
    // Its end, to Thursday: into the other one.
    let grip = cell(&app, 2, 1).at(1.0, 0.5);
    let grip = Point {
        x: grip.x - 4.0,
        ..grip
    };
    app.drag_and(grip, cell(&app, 3, 1).at(0.5, 0.5), || {
        let _ = app.find("@ghost.conflict");
        app.picture("16-whole-days");
    });
    is("2026-09-15", "2026-09-17", "1");
    let _ = app.find("@conflict-count[data-count='1']");
    // By its middle, two days on and to production, but not after Esc.
    let there = cell(&app, 4, 2).at(0.5, 0.5);
    let middle = cell(&app, 2, 1).at(0.5, 0.5);
    app.drag_and(middle, there, || app.keys("Escape"));
    is("2026-09-15", "2026-09-17", "1");
    app.drag(middle, there);
    is("2026-09-17", "2026-09-19", "2");
    let _ = app.find("@conflict-count[data-count='0']");
    let _ = app.find("@toast");
    app.keys("Control+z");
    is("2026-09-15", "2026-09-17", "1");
    // Its start.
    let grip = cell(&app, 1, 1).at(0.0, 0.5);
    let grip = Point {
        x: grip.x + 5.0,
        ..grip
    };
    app.drag(grip, cell(&app, 2, 1).at(0.5, 0.5));
    is("2026-09-16", "2026-09-17", "1");
}

#[test]
fn whole_days_are_moved_by_keys() {
    let desktop = Desktop::start();
    let app = with_teams(&desktop);
    let from = cell(&app, 1, 1).at(0.5, 0.5);
    app.drag(from, from);
    fill_form(&app, "Infra", "audit");
    app.click("@save");
    app.wait_gone("@booking-form");
    let _ = card(&app, "audit");
    let focus = "document.querySelector('[data-testid=card]').focus()";
    let is = |first: &str, last: &str, environment: &str| {
        let wanted = (first.to_owned(), last.to_owned(), environment.to_owned());
        wait::until_true(&format!("not {wanted:?}"), || audit(&app) == wanted);
    };
    for (chord, first, last, environment) in [
        ("Alt+ArrowRight", "2026-09-16", "2026-09-16", "1"),
        ("Alt+Shift+ArrowDown", "2026-09-16", "2026-09-17", "1"),
        ("Alt+ArrowLeft", "2026-09-15", "2026-09-16", "1"),
        ("Alt+Shift+ArrowRight", "2026-09-15", "2026-09-16", "2"),
        ("Alt+Shift+ArrowUp", "2026-09-15", "2026-09-15", "2"),
        ("Control+z", "2026-09-15", "2026-09-16", "2"),
    ] {
        app.script(focus, &[]);
        app.keys(chord);
        is(first, last, environment);
    }
    app.picture("17-whole-days-by-keys");
}
