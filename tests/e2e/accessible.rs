//! Every screen, held against the rules of axe-core in the app's own webview: light, dark, and with
//! the style of forced colours; with no, 20 and 50 bookings.

use std::sync::LazyLock;

use berth_tests::app::App;
use berth_tests::desktop::Desktop;
use berth_tests::place;
use serde_json::{Value, json};

use crate::scene::with_teams;

static AXE: LazyLock<String> = LazyLock::new(|| {
    let file = place::top().join("ui/node_modules/axe-core/axe.min.js");
    std::fs::read_to_string(file).expect("`npm ci` in ui brings axe-core")
});

const RUN: &str = "return axe.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] })
    .then(({ violations }) => violations.map(one => `${one.id}: ${one.nodes.length} × ${one.nodes.slice(0, 3).map(node => `${node.html.slice(0, 200)} (${node.any.concat(node.all)[0]?.message ?? ''})`).join(' | ')}`))";

/// The rules for forced colours as plain ones: the webview knows no desktop that forces them.
const FORCE: &str = "for (const sheet of [...document.styleSheets])
    for (const rule of [...sheet.cssRules])
        if (rule.media?.mediaText.includes('forced-colors'))
            for (const inner of [...rule.cssRules]) sheet.insertRule(inner.cssText, sheet.cssRules.length);";

/// What axe finds on what is shown now.
fn findings(app: &App<'_>, screen: &str) -> Vec<String> {
    if app.script("return typeof axe", &[]) == "undefined" {
        app.script(&format!("{}; window.axe = axe", *AXE), &[]);
    }
    let found = app.script(RUN, &[]);
    let found = found.as_array().cloned().unwrap_or_default();
    let words = |one: &Value| format!("{screen}: {}", one.as_str().unwrap_or_default());
    found.iter().map(words).collect()
}

/// Opens one screen after the other, and looks at each.
fn every_screen(app: &App<'_>, scene: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut look = |name: &str| found.extend(findings(app, &format!("{scene}, {name}")));
    look("week");
    for (key, shown) in [
        ("m", "@month"),
        ("a", "@agenda"),
        ("d", "@grid"),
        ("w", "@grid"),
    ] {
        app.keys(key);
        let _ = app.find(shown);
        look(shown);
    }
    app.click("@view");
    let _ = app.find("@view-menu");
    look("view menu");
    app.click("@view-timeline");
    app.keys("Escape");
    let _ = app.find("@timeline");
    look("timeline");
    app.keys("w");
    let _ = app.find("@grid");
    app.keys("c");
    let _ = app.find("@booking-form");
    look("form");
    app.keys("Escape");
    app.wait_gone("@booking-form");
    if let Some(card) = app.all("@card").into_iter().find(|card| app.shows(card)) {
        app.press(&card);
        let _ = app.find("@facts");
        look("booking");
        app.keys("Escape");
        app.wait_gone("@booking-form");
    }
    for (item, shown) in [
        ("conflicts", "@conflict-panel"),
        ("ahead", "@strip"),
        ("find", "@find-found"),
        ("reminders", "@reminder-panel"),
        ("palette", "@palette"),
        ("help", "@help"),
        ("environments", "@settings"),
        ("teams", "@settings"),
        ("windows", "@settings"),
        ("settings", "@settings"),
    ] {
        app.click("@menu");
        app.click(&format!("@menu-{item}"));
        let _ = app.find(shown);
        look(item);
        app.keys("Escape");
        app.wait_gone(shown);
    }
    app.click("@export");
    let _ = app.find("@export-dialog");
    look("export");
    app.keys("Escape");
    app.click("@range");
    let _ = app.find("@goto");
    look("go to a date");
    app.keys("Escape");
    found
}

/// Books so many hours over the days of the week, some of them on top of each other.
fn fill(app: &App<'_>, count: usize) {
    for n in 0..count {
        let (day, hour) = (14 + n % 5, 6 + (n / 10) * 2);
        let at = |hour: usize| format!("2026-09-{day}T{hour:02}:00");
        let input = json!({
            "environmentId": (1 + n % 2).to_string(), "teamId": (1 + n / 5 % 2).to_string(),
            "title": format!("booking {n}"), "notes": "see https://example.org/", "start": at(hour), "end": at(hour + 3),
            "allDay": false, "status": if n % 7 == 0 { "tentative" } else { "confirmed" }, "blocks": true, "kind": "test",
            "units": null, "setUp": null, "cleanUp": null, "repeat": null, "leadTimes": null, "plan": null,
        });
        app.invoke("book", json!({ "input": input }));
    }
    app.click("@today");
}

#[track_caller]
fn theme(app: &App<'_>, name: &str) {
    app.keys("Control+,");
    app.click(&format!("@theme-{name}"));
    app.keys("Escape");
    app.wait_gone("dialog");
}

#[track_caller]
fn nothing(found: &[String]) {
    assert!(
        found.is_empty(),
        "{} findings:\n{}",
        found.len(),
        found.join("\n")
    );
}

#[test]
fn nothing_is_found_on_any_screen() {
    let desktop = Desktop::start();
    let app = with_teams(&desktop);
    let mut found = every_screen(&app, "light, empty");
    fill(&app, 20);
    theme(&app, "dark");
    found.extend(every_screen(&app, "dark, 20"));
    fill(&app, 30);
    found.extend(every_screen(&app, "dark, 50"));
    theme(&app, "light");
    found.extend(every_screen(&app, "light, 50"));
    app.script(FORCE, &[]);
    app.picture("60-forced-colours");
    found.extend(every_screen(&app, "forced colours, 50"));
    nothing(&found);
}
