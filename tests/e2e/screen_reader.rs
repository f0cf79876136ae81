//! What a screen reader is given: the tree of the week as AT-SPI tells it to other programs, held
//! against what the command line says of the same database.

use std::ops::Range;

use berth_tests::app::App;
use berth_tests::berth::Berth;
use berth_tests::desktop::Desktop;
use berth_tests::reader::{BUTTON, Reader, Thing};
use berth_tests::wait;
use chrono::{DateTime, FixedOffset};
use serde_json::{Value, json};

use crate::scene::{NOW, with_teams};

/// Berlin, in the week of [`NOW`].
const SUMMER: i32 = 2 * 3600;

#[test]
fn every_booking_of_the_week_is_a_button_with_its_complete_name() {
    let mut desktop = Desktop::start();
    let reader = Reader::begin(&mut desktop);
    let app = with_teams(&desktop);
    fill(&app, 0..20);
    is_complete(&app, &reader, 20);
    fill(&app, 20..50);
    is_complete(&app, &reader, 50);
}

/// Books hours over the days of the week, `booking <n>` each, some of them on top of each other, and
/// none that would have to be folded away.
fn fill(app: &App<'_>, numbers: Range<usize>) {
    for n in numbers {
        let (day, hour) = (14 + n % 5, 6 + (n / 10) * 2);
        let at = |hour: usize| format!("2026-09-{day}T{hour:02}:00");
        let input = json!({
            "environmentId": (1 + n % 2).to_string(), "teamId": (1 + n / 5 % 2).to_string(),
            "title": format!("booking {n}"), "notes": "", "start": at(hour), "end": at(hour + 3),
            "allDay": false, "status": if n % 7 == 0 { "tentative" } else { "confirmed" }, "blocks": true, "kind": "test",
            "units": null, "setUp": null, "cleanUp": null, "repeat": null, "leadTimes": null, "plan": null,
        });
        app.invoke("book", json!({ "input": input }));
    }
}

#[track_caller]
fn is_complete(app: &App<'_>, reader: &Reader, bookings: usize) {
    let mut things = Vec::new();
    // The page draws the week, and the webview tells of it, a little later than it is booked.
    wait::until_true(&format!("the tree has no {bookings} bookings"), || {
        things = reader.things();
        buttons(&things).len() == bookings
    });
    assert_eq!(buttons(&things), expected(app), "by the command line");
    assert_eq!(buttons(&things), on_page(app), "by the page");
    let hours = hours(app);
    assert!(hours.contains(&"09:00".to_owned()), "{hours:?}");
    let told = things.iter().filter(|thing| {
        let says = |hour: &String| thing.text.contains(hour) || thing.name.contains(hour);
        thing.role != BUTTON && hours.iter().any(says)
    });
    // WebKit tells of a row only what is a cell, so the axis would have to become one.
    let told: Vec<&Thing> = told.collect();
    assert!(told.is_empty(), "the axis of the hours is told: {told:?}");
}

/// The names of the cards in the tree, sorted.
fn buttons(things: &[Thing]) -> Vec<String> {
    let buttons = things.iter().filter(|thing| thing.role == BUTTON);
    let names = buttons.map(|thing| thing.name.clone());
    let mut cards: Vec<String> = names.filter(|name| name.starts_with("booking ")).collect();
    cards.sort();
    cards
}

/// The names that the cards on the page give themselves, sorted.
fn on_page(app: &App<'_>) -> Vec<String> {
    let all = "return [...document.querySelectorAll('[data-testid=card]')].map(card => card.ariaLabel).sort()";
    texts(&app.script(all, &[]))
}

/// What stands on the axis, for the eye only.
fn hours(app: &App<'_>) -> Vec<String> {
    let all = "return [...document.querySelectorAll('[data-testid=grid] .axis span')].map(hour => hour.textContent)";
    texts(&app.script(all, &[]))
}

fn texts(list: &Value) -> Vec<String> {
    let list = list.as_array().into_iter().flatten();
    list.map(text).collect()
}

/// The complete name of every booking, worked out from what `berth` prints, sorted.
fn expected(app: &App<'_>) -> Vec<String> {
    let berth = Berth::at(app.data()).now(NOW);
    let week = "--from 2026-09-14 --to 2026-09-21";
    let bookings = berth.json(&format!("list {week}"));
    let words = format!("--json conflicts {week}");
    // Its exit code says whether one is an error, which a team beside itself is not.
    let conflicts = berth.run(words.split(' ')).json();
    let bookings = bookings.as_array().expect("a list of bookings");
    let conflicts = conflicts.as_array().expect("a list of conflicts");
    let name = |booking: &Value| {
        let [start, end] = ["start", "end"].map(|key| wall(&booking[key]));
        let [title, team, environment, status] =
            ["title", "team", "environment", "status"].map(|key| text(&booking[key]));
        let (date, from, to) = (
            start.format("%A %-d %B %Y"),
            start.format("%H:%M"),
            end.format("%H:%M"),
        );
        let mut name = format!("{title}, {team}, {environment}, {date} {from} to {to}, {status}");
        for conflict in conflicts {
            let members = conflict["bookings"].as_array().expect("members");
            let (me, others): (Vec<&Value>, Vec<&Value>) =
                members.iter().partition(|one| one["id"] == booking["id"]);
            if me.is_empty() {
                continue;
            }
            assert_eq!(conflict["kind"], "overlap");
            let others: Vec<String> = others
                .into_iter()
                .filter_map(|other| bookings.iter().find(|one| one["id"] == other["id"]))
                .map(|one| format!("{}: {}", text(&one["team"]), text(&one["title"])))
                .collect();
            name.push_str(&format!(", overlaps {}", others.join(" and ")));
        }
        name
    };
    let mut names: Vec<String> = bookings.iter().map(name).collect();
    names.sort();
    let overlaps = names.iter().filter(|name| name.contains(", overlaps "));
    assert!(overlaps.count() > 0, "{names:?}");
    names
}

fn wall(instant: &Value) -> DateTime<FixedOffset> {
    let instant = DateTime::parse_from_rfc3339(&text(instant)).expect("an instant");
    instant.with_timezone(&FixedOffset::east_opt(SUMMER).expect("an offset"))
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
