//! Each journey by keyboard alone: nothing is clicked, and no script moves the focus. What a screen
//! reader hears is written down where it hears it, and each step is said once.

use std::time::Duration;

use berth_tests::app::App;
use berth_tests::berth::Berth;
use berth_tests::desktop::Desktop;
use berth_tests::place::fixture;
use berth_tests::wait;

use crate::scene::{NOW, card, options};

/// Writes down what regions of messages say, except where a modal dialog keeps assistive technology
/// from hearing it.
const LISTEN: &str = "window.heard = [];
    new MutationObserver(changes => {
        const regions = new Set(changes.map(({ target }) => (target.closest ?? target.parentElement.closest).call(
            target.closest ? target : target.parentElement, '[data-testid=status]')));
        for (const region of regions) {
            const text = region?.textContent.trim();
            const dialog = document.querySelector('dialog:modal');
            if (text && (!dialog || dialog.contains(region))) window.heard.push(text);
        }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });";

/// The focus has so long to come by itself.
const ITSELF: Duration = Duration::from_secs(6);

/// A person who has no mouse, at the app.
struct Hands<'a>(App<'a>);

impl<'a> Hands<'a> {
    /// At the first start.
    fn new(desktop: &'a Desktop) -> Self {
        let app = App::start(desktop, &options());
        let _ = app.find("@welcome");
        app.script(LISTEN, &[]);
        Self(app)
    }

    /// In the team Infra, beside the team Perf.
    fn in_a_team(desktop: &'a Desktop) -> Self {
        let hands = Self::new(desktop);
        hands.write("Infra").key("Enter").hears("Infra");
        hands.berth().ok("team add Perf --code PRF");
        hands
    }

    fn berth(&self) -> Berth {
        Berth::at(self.0.data()).now(NOW)
    }

    fn key(&self, chord: &str) -> &Self {
        self.0.keys(chord);
        self
    }

    fn write(&self, words: &str) -> &Self {
        self.0.write(words);
        self
    }

    /// Presses Tab until the focus is on it.
    #[track_caller]
    fn tab_to(&self, css: &str) -> &Self {
        for _ in 0..80 {
            if self.is_at(css) {
                return self;
            }
            self.0.keys("Tab");
        }
        panic!("Tab does not lead to {css}, but to {}", self.focused());
    }

    /// Writes over what the field holds.
    #[track_caller]
    fn fill(&self, css: &str, words: &str) -> &Self {
        self.tab_to(css).key("Control+a").write(words)
    }

    fn is_at(&self, css: &str) -> bool {
        self.0.all(css).iter().any(|element| {
            let body = "return document.activeElement === arguments[0]";
            self.0.script(body, &[element.argument()]) == true
        })
    }

    fn focused(&self) -> String {
        let body = "const { outerHTML } = document.activeElement; return outerHTML.slice(0, 300)";
        self.0.script(body, &[]).to_string()
    }

    /// The focus comes to be on it by itself.
    #[track_caller]
    fn stands_at(&self, css: &str) -> &Self {
        let there = wait::found_within(ITSELF, || self.is_at(css).then_some(()));
        assert!(
            there.is_some(),
            "the focus is not at {css}, but at {}",
            self.focused()
        );
        self
    }

    /// The focus comes to be on the card of a booking.
    #[track_caller]
    fn stands_at_card(&self, title: &str) -> &Self {
        self.stands_at(&format!("@card[aria-label^='{title}']"))
    }

    /// Hears one message, with these words; it has heard nothing else since the last one.
    #[track_caller]
    fn hears(&self, words: &str) -> &Self {
        let heard = || {
            let heard = self.0.script("return window.heard", &[]);
            serde_json::from_value::<Vec<String>>(heard).unwrap()
        };
        let _ = wait::found_within(wait::PATIENCE, || {
            heard().into_iter().find(|text| text.contains(words))
        });
        let all = heard();
        assert!(
            all.len() == 1 && all[0].contains(words),
            "{words:?} is not what is heard: {all:?}"
        );
        self.0.script("window.heard.length = 0", &[]);
        self
    }

    /// Does what the palette calls so.
    #[track_caller]
    fn command(&self, words: &str) -> &Self {
        self.key("Control+k")
            .stands_at("@palette-text")
            .write(words);
        let label =
            "return document.querySelector('[role=option][aria-selected=true]')?.textContent ?? ''";
        wait::until_true(&format!("no command {words:?}"), || {
            let label = self.0.script(label, &[]);
            label
                .as_str()
                .is_some_and(|text| text.to_lowercase().contains(&words.to_lowercase()))
        });
        self.key("Enter")
    }

    /// Books for the first hours in focus that the form offers.
    #[track_caller]
    fn book(&self, title: &str, from: &str, to: &str) -> &Self {
        self.key("c").stands_at("@booking-form @title").write(title);
        self.fill("@startTime", from).fill("@endTime", to);
        self.key("Control+Enter")
    }
}

#[test]
fn the_first_day() {
    let desktop = Desktop::start();
    let hands = Hands::new(&desktop);
    hands.stands_at("@team-name").write("Infra").key("Enter");
    hands
        .hears("Infra")
        .stands_at("@cell[aria-label^='staging, Monday']");

    hands
        .book("load test", "10:00", "11:30")
        .hears("Booked “load test”");
    hands.stands_at_card("load test");
    hands.key("Alt+ArrowDown").hears("Moved “load test”");
    hands.key("Control+z").hears("Undone: Moved “load test”");
    hands
        .key("Control+Shift+z")
        .hears("Done again: Moved “load test”");
    hands.key("Alt+Shift+ArrowDown").hears("load test");
    let name = hands.0.name(&card(&hands.0, "load test"));
    assert!(name.contains("10:15") && name.contains("12:00"), "{name}");
    hands.key("Alt+Shift+ArrowRight").hears("load test");
    let name = hands.0.name(&card(&hands.0, "load test"));
    assert!(name.contains("production"), "{name}");

    hands
        .stands_at_card("load test")
        .key("Enter")
        .stands_at("@booking-form @title");
    hands.key("Control+a").write("stress test").key("Enter");
    hands.hears("stress test").stands_at_card("stress test");
    hands.key("Enter").tab_to("@cancel-booking").key("Enter");
    hands.hears("stress test").stands_at("@cell");
    hands.key("Control+z").hears("Undone");
    hands.key("ArrowDown").stands_at_card("stress test");
    hands
        .key("Delete")
        .hears("Deleted “stress test”")
        .stands_at("@cell");
    hands
        .key("Control+z")
        .hears("Undone: Deleted “stress test”");
    let _ = card(&hands.0, "stress test");
}

/// What would conflict is said with each step, before anything is let go.
#[test]
fn an_overlap_is_heard_before_and_after() {
    let desktop = Desktop::start();
    let hands = Hands::in_a_team(&desktop);
    hands
        .berth()
        .ok("book --env staging --team Perf --from 2026-09-14T12:00 --for 2h --title soak");
    let _ = card(&hands.0, "soak");
    hands
        .book("load test", "10:00", "12:00")
        .hears("Booked “load test”");
    hands.stands_at_card("load test");
    // Alt is held, as a person holds it: three steps, then it is let go.
    let alt = |kind: &str| serde_json::json!({ "type": kind, "value": "\u{E00A}" });
    let arrow = |kind: &str| serde_json::json!({ "type": kind, "value": "\u{E015}" });
    let act = |steps: serde_json::Value| {
        let keyboard = serde_json::json!([{ "type": "key", "id": "keyboard", "actions": steps }]);
        hands.0.session().actions(&keyboard).unwrap();
    };
    act(serde_json::json!([
        alt("keyDown"),
        arrow("keyDown"),
        arrow("keyUp")
    ]));
    hands.hears("staging, Mon, 14 Sep, 10:15–12:15, overlap");
    act(serde_json::json!([arrow("keyDown"), arrow("keyUp")]));
    hands.hears("10:30–12:30, overlap");
    act(serde_json::json!([alt("keyUp")]));
    hands.hears("Moved “load test”");
    let _ = hands.0.find("@conflict-count[data-count='1']");

    hands
        .key("x")
        .hears("Conflict 1 of 1: staging")
        .stands_at("@card");
    hands.command("list of conflicts");
    let _ = hands.0.find("@conflict");
    hands
        .tab_to("@solve-conflict")
        .key("Enter")
        .tab_to("@way")
        .key("Enter");
    hands.hears("solved 1 conflict");
    let _ = hands.0.find("@conflict-count[data-count='0']");
    hands.key("Escape").key("x").hears("No conflicts");
}

#[test]
fn calendars_in_and_out() {
    let desktop = Desktop::start();
    let hands = Hands::in_a_team(&desktop);
    let file = fixture("release-week.ics");
    hands.command("import");
    desktop.choose_file("Import a calendar", &file);
    hands.hears("5 all, 5 to decide");
    hands
        .tab_to("@import-environment-all")
        .key("ArrowDown")
        .hears("5 all, 5 new, New team");
    hands
        .tab_to("@import-row input")
        .key("Space")
        .hears("4 new, 1 left out");
    hands.key("Space");
    hands.hears("5 new").tab_to("@import-apply").key("Enter");
    hands.hears("Imported: 5 new");
    let _ = card(&hands.0, "schema change, first part");

    hands.command("export");
    hands.tab_to("@export-save").key("Enter");
    desktop.focus_window("Export bookings");
    let out = desktop.home().join("out.ics");
    desktop.type_line(&out.to_string_lossy());
    // One event of the five is another occurrence of a series.
    hands.hears("Exported 4 bookings");
    assert!(out.is_file());
    hands.key("Control+z").hears("Undone: Imported");
    hands.0.wait_gone("@card");
}

#[test]
fn the_views_and_what_stands_out() {
    let desktop = Desktop::start();
    let hands = Hands::in_a_team(&desktop);
    let berth = hands.berth();
    berth.ok("book --env staging --team Perf --from 2026-09-14T12:00 --for 2h --title soak");
    berth.ok("book --env staging --team Infra --from 2026-09-15T12:00 --for 2h --title patch");
    let _ = (card(&hands.0, "soak"), card(&hands.0, "patch"));
    hands
        .key("d")
        .hears("14 September 2026: 1 booking, no conflicts");
    hands.key("j").hears("15 September 2026: 1 booking");
    hands.key("t").hears("14 September 2026: 1 booking");
    hands.key("m").hears("2 bookings");
    hands.key("a").hears("2 bookings");
    let _ = hands.0.find("@agenda");
    hands.key("w").hears("14–20 September 2026: 2 bookings");
    hands.key("f").hears("14–18 September 2026: 2 bookings");
    hands
        .command("only: my teams")
        .hears("14–18 September 2026: 1 booking,");
    hands.command("show everything").hears("2 bookings");
    // The same in the menu of the views.
    hands
        .tab_to("@view")
        .key("Enter")
        .tab_to("@filter-mine")
        .key("Space");
    hands.hears("1 booking,").key("Escape").stands_at("@view");
    hands
        .key("Enter")
        .tab_to("@view-week")
        .key("ArrowDown")
        .hears("2026");
    hands.key("Escape").stands_at("@view");
}

#[test]
fn a_slot_is_found() {
    let desktop = Desktop::start();
    let hands = Hands::in_a_team(&desktop);
    hands
        .berth()
        .ok("book --env staging --team Perf --from 2026-09-14T10:00 --for 2h --title soak");
    let _ = card(&hands.0, "soak");
    hands
        .command("find a slot")
        .stands_at("@find-length")
        .key("Control+a")
        .write("2h");
    hands.0.wait_for_text("12:00–14:00");
    hands
        .tab_to("@find-slot")
        .key("Enter")
        .stands_at("@booking-form @title");
    assert_eq!(hands.0.value("@startTime"), "12:00");
    hands.write("patch").key("Enter");
    hands.hears("Booked “patch”").stands_at_card("patch");
}

#[test]
fn an_environment_is_taken_kept_and_given_back() {
    let desktop = Desktop::start();
    let hands = Hands::in_a_team(&desktop);
    hands
        .tab_to("@now-take")
        .key("Enter")
        .hears("Booked")
        .stands_at("@now-extend");
    hands
        .key("Enter")
        .hears("10:00–11:30")
        .stands_at("@now-extend");
    let name = || hands.0.name(&hands.0.find("@card"));
    assert!(
        name().contains("10:00") && name().contains("11:30"),
        "{}",
        name()
    );
    hands
        .tab_to("@now-release")
        .key("Enter")
        .hears("10:00–10:01");
    assert!(name().contains("10:01"), "{}", name());
}

#[test]
fn environments_and_teams() {
    let desktop = Desktop::start();
    let hands = Hands::in_a_team(&desktop);
    for (page, thing, added) in [
        ("environments …", "environment", "qa"),
        ("teams …", "team", "Ops"),
    ] {
        let name = format!("@{thing}-name");
        let renamed = format!("{added}2");
        hands.command(page);
        hands
            .tab_to(&format!("@{thing}-add"))
            .key("Enter")
            .tab_to(&name)
            .write(added)
            .key("Enter");
        hands
            .hears(added)
            .stands_at(&format!("@{thing}-entry[aria-pressed=true]"));
        hands.fill(&name, &renamed).key("Enter").hears(&renamed);
        hands.stands_at(&format!("@{thing}-entry[aria-pressed=true]"));
        if thing == "environment" {
            hands
                .tab_to("@environment-hidden")
                .key("Space")
                .key("Enter")
                .hears(&renamed);
        } else {
            hands
                .tab_to("@team-mine")
                .key("Space")
                .key("Enter")
                .hears(&renamed);
        }
        hands
            .tab_to(&format!("@{thing}-remove"))
            .key("Enter")
            .hears(&renamed);
        hands.key("Escape").stands_at("@cell");
    }
}

/// Of these two freezes of GitLab no rule of a calendar says the second.
const FREEZES: &str = r#"[
  { "freeze_start": "0 23 * * 5", "freeze_end": "0 7 * * 1", "cron_timezone": "Europe/Berlin" },
  { "freeze_start": "0 0 25 * *", "freeze_end": "0 0 1 * *", "cron_timezone": "Europe/Berlin" }
]"#;

#[test]
fn freezes_by_hand_and_out_of_a_file() {
    let desktop = Desktop::start();
    let hands = Hands::in_a_team(&desktop);
    let entry = "@window-entry[aria-pressed=true]";
    hands.command("freeze and allow");
    hands
        .tab_to("@window-title")
        .write("quarter end")
        .key("Enter");
    hands.hears("quarter end").stands_at(entry);

    let file = desktop.home().join("freeze_periods.json");
    std::fs::write(&file, FREEZES).unwrap();
    hands.tab_to("@window-import-choose").key("Enter");
    desktop.choose_file("Import windows", &file);
    hands.hears("1 new, 0 changed, 0 already there, 1 note");
    hands.0.wait_for_text("Entry 2 is left out: freeze_end:");
    hands.0.picture("28-freezes-out-of-a-file");
    hands.tab_to("@window-import-take").key("Enter");
    hands.hears("Imported 1 window").stands_at(entry);
    let list = hands.berth().json("window list");
    assert_eq!(list.as_array().unwrap().len(), 2, "{list}");

    hands.tab_to("@window-remove").key("Enter");
    hands.hears("quarter end").stands_at(entry);
    hands.key("Escape").stands_at("@cell");
    hands.key("Control+z").hears("Undone");
    hands.key("Control+z").hears("Undone: Imported 1 window");
    let list = hands.berth().json("window list");
    assert_eq!(list[0]["title"], "quarter end", "{list}");
}

#[test]
fn booked_in_words() {
    let desktop = Desktop::start();
    let hands = Hands::in_a_team(&desktop);
    hands
        .key("q")
        .stands_at("@palette-text")
        .write("staging tomorrow 9-13 load test @perf");
    hands.0.wait_for_text("Free: no conflicts");
    hands
        .key("Enter")
        .hears("Booked “load test”")
        .stands_at_card("load test");
    let name = hands.0.name(&card(&hands.0, "load test"));
    assert!(
        name.contains("Perf") && name.contains("15 September"),
        "{name}"
    );
    hands.key("/").stands_at("@palette-text").write("load");
    let _ = hands.0.find("@palette-entry");
    hands.key("Enter").stands_at("@booking-form @title");
    hands.key("Escape").stands_at_card("load test");
}
