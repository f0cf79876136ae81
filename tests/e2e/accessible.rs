//! Every screen, held against the rules of axe-core in the app's own webview: light, dark, with more
//! contrast, and in forced colours; with no, 20 and 50 bookings, from the first start to the screen
//! of a fault. Each look has one app, which is started twice: the second time with a database that
//! cannot be opened.
//!
//! What the desktop asks for reaches the page as it does on any desktop, by the GTK theme: dark, or
//! `HighContrast`, which WebKitGTK tells the page as `prefers-contrast: more` (`ThemeAdwaita`, since
//! WebKit 264393@main). Forced colours it never tells: in `MediaQueryFeatures.cpp` the answer to
//! `forced-colors` is `none`, whatever the desktop says. Their rules are made plain ones here.

use std::sync::LazyLock;

use berth_tests::app::{App, Options};
use berth_tests::berth::Berth;
use berth_tests::desktop::Desktop;
use berth_tests::place::{self, fixture};
use berth_tests::wait;
use serde_json::{Value, json};

use crate::scene::{NOW, of_a_newer_version, options};

static AXE: LazyLock<String> = LazyLock::new(|| {
    let file = place::top().join("ui/node_modules/axe-core/axe.min.js");
    std::fs::read_to_string(file).expect("`npm ci` in ui brings axe-core")
});

const RUN: &str = "return axe.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] })
    .then(({ violations }) => violations.map(one => `${one.id}: ${one.nodes.length} × ${one.nodes.slice(0, 3).map(node => `${node.html.slice(0, 200)} (${node.any.concat(node.all)[0]?.message ?? ''})`).join(' | ')}`))";

/// The rules for forced colours as plain ones.
const FORCE: &str = "for (const sheet of [...document.styleSheets])
    for (const rule of [...sheet.cssRules])
        if (rule.media?.mediaText.includes('forced-colors'))
            for (const inner of [...rule.cssRules]) sheet.insertRule(inner.cssText, sheet.cssRules.length);";

/// A way to look at everything.
struct Look {
    name: &'static str,
    /// That of the desktop.
    theme: &'static str,
    /// What the page must then be told.
    media: &'static str,
    forced: bool,
}

/// An app, and what was found in it until now.
struct Inspection<'a> {
    app: App<'a>,
    look: &'a Look,
    scene: &'static str,
    found: Vec<String>,
}

impl<'a> Inspection<'a> {
    fn start(desktop: &'a Desktop, look: &'a Look) -> Self {
        let app = App::start(
            desktop,
            &Options {
                env: vec![("GTK_THEME", look.theme)],
                ..options()
            },
        );
        let told = app.script(&format!("return matchMedia('{}').matches", look.media), &[]);
        assert_eq!(told, true, "{}", look.media);
        Self {
            app,
            look,
            scene: "first start",
            found: Vec::new(),
        }
    }

    /// What axe finds on what is shown now.
    fn look(&mut self, screen: &str) {
        let app = &self.app;
        if app.script("return typeof axe", &[]) == "undefined" {
            app.script(&format!("{}; window.axe = axe", *AXE), &[]);
            if self.look.forced {
                app.script(FORCE, &[]);
            }
        }
        let found = app.script(RUN, &[]);
        let place = format!("{}, {}, {screen}", self.look.name, self.scene);
        let found = found.as_array().cloned().unwrap_or_default();
        let words = |one: &Value| format!("{place}: {}", one.as_str().unwrap_or_default());
        self.found.extend(found.iter().map(words));
    }

    /// Waits for something, looks, and puts it away again.
    fn look_at(&mut self, screen: &str, shown: &str) {
        let _ = self.app.find(shown);
        self.look(screen);
        self.app.keys("Escape");
        self.app.wait_gone(shown);
    }

    fn everything(&mut self, scene: &'static str) {
        self.scene = scene;
        self.views();
        self.bookings();
        self.menu();
        self.settings();
        self.palette();
        self.exchange();
    }

    fn views(&mut self) {
        self.look("week");
        self.app
            .picture(&format!("60-{}-{}", self.look.name, self.scene).replace([' ', ','], "-"));
        for (key, shown) in [
            ("m", "@month"),
            ("a", "@agenda"),
            ("d", "@grid"),
            ("w", "@grid"),
        ] {
            self.app.keys(key);
            let _ = self.app.find(shown);
            self.look(shown);
        }
        self.app.click("@view");
        let _ = self.app.find("@view-menu");
        self.app.click("@view-timeline");
        self.look_at("view menu", "@view-menu");
        let _ = self.app.find("@timeline");
        self.look("timeline");
        self.app.keys("w");
        let _ = self.app.find("@grid");
        self.app.keys("g");
        self.look_at("go to a date", "@goto");
        if !self.app.all("@fold").is_empty() {
            self.app.script(CLICK, &[json!("[data-testid=fold]")]);
            self.look_at("what is folded", ".popover");
        }
    }

    fn bookings(&mut self) {
        self.app.keys("c");
        self.look_at("form", "@booking-form");
        if self.app.all("@card").is_empty() {
            return;
        }
        self.app.script(
            CLICK,
            &[json!("[data-testid=card][aria-label^='booking 0,']")],
        );
        let _ = self.app.find("@facts");
        self.app.click("@delete-booking");
        let asked = ".popover";
        self.look_at("which of the series", asked);
        self.look_at("booking", "@booking-form");
        self.app.keys("x");
        self.app.click("@conflict-count");
        self.app.click("@solve-conflict");
        let _ = self.app.find("@way");
        self.look("ways out");
        self.app.click("@accept-conflict");
        let _ = self.app.find("@reason");
        self.look_at("accepting", "@conflict-panel");
    }

    fn menu(&mut self) {
        self.app.click("@menu");
        self.look_at("menu", "@menu-items");
        for (item, shown) in [
            ("conflicts", "@conflict-panel"),
            ("ahead", "@strip"),
            ("find", "@find-found"),
            ("reminders", "@reminder-panel"),
            ("trash", "@trash"),
            ("go-back", "@go-back"),
            ("help", "@help"),
        ] {
            self.app.click("@menu");
            self.app.click(&format!("@menu-{item}"));
            self.look_at(item, shown);
        }
    }

    fn settings(&mut self) {
        self.app.keys("Control+,");
        let _ = self.app.find("@settings");
        for page in ["environments", "teams", "windows", "reminders", "about"] {
            self.app.click(&format!("@settings-{page}"));
            self.look(page);
        }
        self.app.click("@settings-view");
        self.look_at("settings", "@settings");
    }

    fn palette(&mut self) {
        for (key, words, shown) in [
            ("Control+k", "s", "@palette-entry"),
            ("/", "nothing has this name", "[role=status]"),
            ("q", "staging tomorrow 9-13 load test @perf", "dl"),
        ] {
            self.app.keys(key);
            self.app.fill("@palette-text", words);
            let _ = wait::until("no answer", || {
                self.app
                    .all(&format!("@palette {shown}"))
                    .into_iter()
                    .next()
            });
            self.look_at(key, "@palette");
        }
    }

    fn exchange(&mut self) {
        self.app.click("@export");
        self.app.click("@export-dialog label:has(@export-outlook)");
        self.look_at("export", "@export-dialog");
        let mut again = self.app.desktop().command(place::program("berth-desktop"));
        let again = again.env("BERTH_DATA_DIR", self.app.data());
        let ended = again.arg(fixture("half-broken.ics")).status();
        assert!(ended.is_ok_and(|status| status.success()));
        let _ = self.app.find("@import-row");
        self.look_at("import", "@import-dialog");
    }

    /// Books so many hours over the days of the week, some of them on top of each other.
    fn fill(&self, from: usize, to: usize) {
        for n in from..to {
            let (day, hour) = (14 + n % 5, 6 + (n / 10) % 3 * 2);
            let all_day = n % 9 == 4;
            let at = |hour: usize| {
                let time = if all_day {
                    String::new()
                } else {
                    format!("T{hour:02}:00")
                };
                format!("2026-09-{day}{time}")
            };
            let input = json!({
                "environmentId": (1 + n % 2).to_string(), "teamId": (1 + n / 5 % 2).to_string(),
                "title": format!("booking {n}"), "notes": "see https://example.org/", "start": at(hour), "end": at(hour + 3),
                "allDay": all_day, "status": if n % 7 == 3 { "tentative" } else { "confirmed" }, "blocks": n % 8 != 7, "kind": "deploy",
                "units": null, "setUp": null, "cleanUp": null, "repeat": if n % 10 == 0 { json!("FREQ=WEEKLY") } else { Value::Null },
                "leadTimes": null, "plan": null,
            });
            self.app.invoke("book", json!({ "input": input }));
        }
        self.app.keys("t");
        wait::until_true("the bookings do not come", || {
            self.app.all("@card").len() * 3 > to
        });
    }
}

/// Presses the first one of a selector, though others lie over it.
const CLICK: &str = "document.querySelector(arguments[0]).click()";

fn nothing_is_found(look: &Look) {
    let desktop = Desktop::start();
    let mut one = Inspection::start(&desktop, look);
    let _ = one.app.find("@welcome");
    one.look("welcome");
    one.app.fill("@welcome @team-name", "Infra");
    one.app.click("@welcome-go");
    one.app.wait_gone("@welcome");
    let berth = Berth::at(one.app.data()).now(NOW);
    berth.ok("team add Perf --code PRF");
    berth.ok("freeze --env staging --from 2026-09-17 --to 2026-09-17 --title quarter-end");
    one.app.wait_for_text("quarter-end");
    one.everything("0");
    one.fill(0, 20);
    one.everything("20");
    one.fill(20, 50);
    one.everything("50");
    let Inspection { app, found, .. } = one;
    let data = app.data().to_owned();
    drop(app);
    of_a_newer_version(&data);
    let mut one = Inspection::start(&desktop, look);
    one.found = found;
    one.scene = "at a fault";
    let _ = one.app.find("@fault");
    one.look("fault");
    assert!(
        one.found.is_empty(),
        "{} findings:\n{}",
        one.found.len(),
        one.found.join("\n")
    );
}

#[test]
fn nothing_is_found_in_the_light() {
    nothing_is_found(&Look {
        name: "light",
        theme: "Adwaita",
        media: "(prefers-color-scheme: light)",
        forced: false,
    });
}

#[test]
fn nothing_is_found_in_the_dark() {
    nothing_is_found(&Look {
        name: "dark",
        theme: "Adwaita:dark",
        media: "(prefers-color-scheme: dark)",
        forced: false,
    });
}

#[test]
fn nothing_is_found_with_more_contrast() {
    nothing_is_found(&Look {
        name: "more contrast",
        theme: "HighContrast",
        media: "(prefers-contrast: more)",
        forced: false,
    });
}

#[test]
fn nothing_is_found_in_forced_colours() {
    nothing_is_found(&Look {
        name: "forced colours",
        theme: "HighContrast",
        media: "(prefers-contrast: more)",
        forced: true,
    });
}
