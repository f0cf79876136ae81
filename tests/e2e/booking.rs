//! Booking, overlapping, moving, undoing.

use berth_tests::desktop::Desktop;
use berth_tests::wait;

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
