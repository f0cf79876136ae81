//! Other ways to look at the week, and to take it elsewhere; by keyboard alone, as a screen reader
//! hears it.

use berth_tests::app::{App, Options};
use berth_tests::desktop::Desktop;
use berth_tests::wait;
use serde_json::json;

use crate::scene::{book, card, options, with_teams};

/// Waits until assistive technology is told this.
#[track_caller]
fn said(app: &App<'_>, words: &str) {
    let status = || {
        let all = app.all("@status");
        all.iter().map(|one| app.text(one)).collect::<String>()
    };
    let read = "return document.querySelector('[data-testid=status]').textContent";
    wait::until_true(&format!("nobody says {words:?}"), || {
        let now = app.script(read, &[]);
        now.as_str().is_some_and(|text| text.contains(words)) || status().contains(words)
    });
}

/// The sample week, in another environment of variables.
fn sample<'a>(desktop: &'a Desktop, env: &[(&'static str, &'static str)]) -> App<'a> {
    let mut wanted = options();
    wanted.args.push("--demo".into());
    wanted.env = env.to_vec();
    App::start(desktop, &wanted)
}

#[test]
fn the_desktop_says_in_which_language() {
    let desktop = Desktop::start();
    let german = [("LANG", "de_DE.UTF-8")];
    let app = sample(&desktop, &german);
    let _ = card(&app, "performance tests");
    for words in ["Heute", "Woche", "4 Konflikte", "Buchen", "September 2026"] {
        app.wait_for_text(words);
    }
    assert_eq!(
        app.script("return document.documentElement.lang", &[]),
        "de"
    );
    app.picture("61-german");
    app.keys("Control+,");
    app.choose("@language", "English");
    app.wait_for_text("Time zone");
    app.keys("Escape");
    app.wait_gone("@settings");
    app.wait_for_text("4 conflicts");
}

#[test]
fn a_right_to_left_locale_mirrors_the_window() {
    let desktop = Desktop::start();
    let arabic = [("LANG", "ar_EG.UTF-8")];
    let app = sample(&desktop, &arabic);
    let _ = card(&app, "performance tests");
    let at = |css: &str| app.place_of(&app.find(css)).middle().x;
    assert!(at("@menu") < at("@new-booking") && at("@new-booking") < at("@today"));
    let hour = |day: &str| {
        at(&format!(
            "@cell[data-day='{day}'][data-environment-name='staging']"
        ))
    };
    assert!(
        hour("2026-09-15") < hour("2026-09-16"),
        "time runs as everywhere"
    );
    app.click("@range");
    let (anchor, shown) = (at("@range"), at("@goto"));
    assert!((anchor - shown).abs() < 200.0, "{anchor} {shown}");
    app.picture("62-right-to-left");
}

#[test]
fn the_month_by_keys() {
    let desktop = Desktop::start();
    let app = sample(&desktop, &[]);
    let _ = card(&app, "performance tests");
    app.keys("m");
    let chips = || app.all("@month @chip").len();
    wait::until_true("the bookings are not in the month", || chips() >= 14);
    said(&app, "bookings");
    app.picture("63-month");
    let focus = "document.querySelector('.date[tabindex=\"0\"]').focus()";
    app.script(focus, &[]);
    app.keys("ArrowDown");
    app.keys("ArrowRight");
    let label = "return document.activeElement.getAttribute('aria-label')";
    wait::until_true("the arrows do not go to the next day", || {
        let now = app.script(label, &[]);
        now.as_str().is_some_and(|text| {
            text.starts_with("Tuesday, 22 September 2026")
                || text.starts_with("Tuesday 22 September 2026")
        })
    });
    app.keys("Enter");
    let _ = app.find("@grid[data-from='2026-09-22']");
    app.keys("m");
    let _ = app.find("@month[data-from='2026-08-31']");
    app.keys("j");
    let _ = app.find("@month[data-from='2026-09-28']");
    app.wait_for_text("October 2026");
}

#[test]
fn a_booking_from_first_key_to_last() {
    let desktop = Desktop::start();
    let app = with_teams(&desktop);
    book(&app, "Perf", "performance tests", "2026-09-14", 12.0, 14.0);
    app.script("document.activeElement.blur()", &[]);
    app.keys("c");
    let _ = app.find("@booking-form");
    app.fill("@booking-form @title", "load test");
    app.fill("@booking-form @startTime", "10:00");
    app.fill("@booking-form @endTime", "11:30");
    app.keys("Control+Enter");
    app.wait_gone("@booking-form");
    said(&app, "Booked “load test”");
    app.keys("Alt+ArrowDown");
    said(&app, "Moved “load test”");
    app.keys("Alt+Shift+ArrowDown");
    said(&app, "12:00");
    app.keys("Alt+Shift+ArrowDown");
    said(&app, "conflict");
    app.keys("x");
    said(&app, "Conflict 1 of 1");
    app.keys("Escape");
    app.keys("Control+z");
    said(&app, "Undone");
    app.script(
        "document.querySelector('[data-testid=card][aria-label^=\"load test\"]').focus()",
        &[],
    );
    app.keys("Delete");
    said(&app, "Deleted “load test”");
    app.keys("Control+z");
    let _ = card(&app, "load test");
    app.keys("d");
    said(&app, "14 September 2026");
    app.keys("a");
    let _ = app.find("@agenda");
}

#[test]
fn a_booking_says_all_that_is_known_of_it() {
    let desktop = Desktop::start();
    let app = with_teams(&desktop);
    let input = json!({
        "environmentId": "1", "teamId": "1", "title": "load test", "notes": "see https://example.org/plan, not javascript:alert(1)",
        "start": "2026-09-15T09:00", "end": "2026-09-15T11:00", "allDay": false, "status": "confirmed", "blocks": true, "kind": "test",
        "units": null, "setUp": null, "cleanUp": null, "repeat": "FREQ=WEEKLY;BYDAY=TU", "leadTimes": [30], "plan": null,
    });
    app.invoke("book", json!({ "input": input }));
    app.click("@today");
    app.keys("Control+,");
    app.fill("#settings-zone", "America/New_York");
    app.keys("Tab");
    app.keys("Escape");
    app.wait_gone("@settings");
    app.script("document.querySelector('[data-testid=card]').focus()", &[]);
    app.keys("Enter");
    let facts = app.text(&app.find("@facts"));
    for words in [
        "03:00",
        "05:00",
        "2 h",
        "Europe/Berlin",
        "09:00",
        "every week on Tuesday",
        "30 min before",
    ] {
        assert!(facts.contains(words), "{words} in {facts}");
    }
    let links = app.all("@facts a");
    assert_eq!(links.len(), 1, "only an address of the web is a link");
    app.click("@history summary");
    assert!(
        app.text(&app.find("@history"))
            .contains("Booked “load test”")
    );
    app.picture("64-booking");
}

#[test]
fn the_week_on_paper_and_as_a_picture() {
    let desktop = Desktop::start();
    let app = sample(&desktop, &[]);
    let _ = card(&app, "performance tests");
    app.click("@menu");
    app.click("@menu-picture");
    app.wait_for_text("Copied as a picture");
    app.keys("Control+p");
    let dialog = || desktop.windows().iter().any(|title| title == "Print");
    wait::until_true("no dialog for printing", dialog);
    desktop.picture("65-print");
    let drawn = app.script(
        "return document.querySelectorAll('.sheet text').length",
        &[],
    );
    assert!(drawn.as_u64().is_some_and(|count| count > 40), "{drawn}");
    desktop.close_window("Print");
    let _ = card(&app, "performance tests");
}

#[test]
fn the_timeline_moves_bookings() {
    let desktop = Desktop::start();
    let app = with_teams(&desktop);
    book(&app, "Infra", "load test", "2026-09-15", 9.0, 15.0);
    app.click("@view");
    app.click("@view-timeline");
    app.keys("Escape");
    let _ = app.find("@timeline");
    let day = app.place_of(&app.find("@timeline .head .day")).width;
    let grip = app.place_of(&app.find("@bar")).at(0.4, 0.5);
    let target = berth_tests::app::Point {
        x: grip.x + day,
        y: grip.y,
    };
    app.drag_and(grip, target, || {
        let _ = app.find("@timeline-ghost");
    });
    said(&app, "Moved “load test”");
    let named = |words: &str| {
        wait::until_true(&format!("the booking is not {words}"), || {
            app.name(&app.find("@bar")).contains(words)
        });
    };
    named("16 September 2026");
    app.script("document.querySelector('[data-testid=bar]').focus()", &[]);
    app.keys("Alt+ArrowDown");
    named("production");
    wait::until_true("the focus is lost", || {
        let focused = app.script("return document.activeElement.dataset.testid ?? ''", &[]);
        focused == json!("bar")
    });
    app.keys("Alt+ArrowRight");
    named("10:00");
    app.picture("67-timeline");
}

#[test]
fn the_month_moves_bookings() {
    let desktop = Desktop::start();
    let app = with_teams(&desktop);
    app.keys("j");
    book(&app, "Perf", "performance tests", "2026-09-24", 9.0, 13.0);
    app.click("@today");
    book(&app, "Infra", "load test", "2026-09-15", 10.0, 12.0);
    app.keys("m");
    let day = |date: &str| app.place_of(&app.find(&format!("@month [data-day='{date}']")));
    let chip = || {
        wait::until("no chip of the load test", || {
            let mut chips = app.all("@chip").into_iter();
            chips.find(|chip| app.name(chip).starts_with("load test"))
        })
    };
    let is = |words: &str| {
        wait::until_true(&format!("the booking is not {words}"), || {
            let name = app.name(&chip());
            name.contains(words) && name.contains("10:00")
        });
    };
    let grip = app.place_of(&chip()).at(0.5, 0.5);
    app.drag_and(grip, day("2026-09-24").at(0.5, 0.8), || {
        let _ = app.find("@month-conflict");
        app.picture("68-month");
    });
    is("24 September 2026");
    let _ = app.find("@conflict-count[data-count='1']");
    app.keys("Control+z");
    is("15 September 2026");
    let focus = "[...document.querySelectorAll('[data-testid=chip]')].find((one) => one.ariaLabel.startsWith('load test')).focus()";
    app.script(focus, &[]);
    app.keys("Alt+ArrowDown");
    is("22 September 2026");
    app.keys("Alt+ArrowRight");
    is("23 September 2026");
    // Of a series it is asked which is meant, here as in the week.
    let series = json!({
        "environmentId": "2", "teamId": "1", "title": "watch", "notes": "", "start": "2026-09-21",
        "end": "2026-09-22", "allDay": true, "status": "confirmed", "blocks": true, "kind": "watch",
        "units": null, "setUp": null, "cleanUp": null, "repeat": "FREQ=WEEKLY;COUNT=2",
        "leadTimes": null, "plan": null,
    });
    app.invoke("book", json!({ "input": series }));
    let first = app.find("@month [data-day='2026-09-21'] @chip");
    let grip = app.place_of(&first).at(0.5, 0.5);
    app.drag(grip, day("2026-09-29").at(0.5, 0.8));
    app.click("@scope-this");
    let _ = app.find("@month [data-day='2026-09-30'] @chip");
    wait::until_true("it is still there", || {
        app.all("@month [data-day='2026-09-21'] @chip").is_empty()
    });
}

#[test]
fn larger_and_smaller() {
    let desktop = Desktop::start();
    let app = App::start(
        &desktop,
        &Options {
            args: vec!["--demo".into()],
            ..Options::default()
        },
    );
    let _ = card(&app, "performance tests");
    let width = || {
        app.script("return innerWidth", &[])
            .as_f64()
            .unwrap_or_default()
    };
    let before = width();
    for _ in 0..4 {
        app.keys("Control+=");
    }
    wait::until_true("nothing is larger", || width() < before * 0.75);
    app.picture("66-larger");
    for css in ["@menu", "@new-booking", "@today", "@conflict-count"] {
        let right = app.place_of(&app.find(css)).at(1.0, 0.5).x;
        assert!(right <= width() + 1.0, "{css} is cut");
    }
}

#[test]
fn the_week_comes_back_at_its_hour() {
    const TOP: &str = "return document.querySelector('[data-testid=grid]')?.scrollTop ?? -1";
    let desktop = Desktop::start();
    let app = sample(&desktop, &[]);
    let _ = card(&app, "performance tests");
    let began = app.script(TOP, &[]);
    app.script(
        "document.querySelector('[data-testid=grid]').scrollTop = 700",
        &[],
    );
    let scrolled = app.script(TOP, &[]);
    assert_ne!(scrolled, began, "the week can be scrolled");
    // The webview tells of a scroll with the next frame.
    app.script(
        "return new Promise((done) => requestAnimationFrame(() => setTimeout(done)))",
        &[],
    );
    for other in ["a", "m"] {
        app.keys(other);
        wait::until_true("the week is not taken away", || {
            app.script(TOP, &[]) == json!(-1)
        });
        app.keys("w");
        wait::until_true("the week does not come back at its hour", || {
            app.script(TOP, &[]) == scrolled
        });
    }
}
