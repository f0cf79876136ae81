//! The sample week as people will first see it, in light and dark.

use berth_tests::app::{App, Options};
use berth_tests::desktop::Desktop;

use crate::scene::card;

/// Thursday of the sample week, 08:00 in Berlin.
fn sample(desktop: &Desktop) -> App<'_> {
    let args = ["--demo", "--now", "2026-09-17T06:00:00Z"]
        .map(str::to_owned)
        .to_vec();
    App::start(
        desktop,
        &Options {
            args,
            ..Options::default()
        },
    )
}

#[test]
fn the_sample_week() {
    let desktop = Desktop::start();
    let app = sample(&desktop);
    let _ = card(&app, "performance tests");
    let _ = app.find("@conflict-count[data-count='4']");
    app.picture("30-sample-week-light");
    app.click("@menu");
    app.click_named("[role=menuitem]", "Settings");
    app.click("@theme-dark");
    app.keys("Escape");
    app.wait_gone("dialog");
    app.picture("31-sample-week-dark");
}
