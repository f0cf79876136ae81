//! Freeze and allow windows: the vectors that need them, accepting, and the shapes of their JSON.

use serde_json::Value;

use crate::berth::Berth;
use crate::golden::{golden, golden_json};

/// Wednesday 22:00 to 24:00, what vectors 18 to 21 are about.
const WINDOW: &str = "--env production --team Infra --from 2026-09-16T22:00 --to 2026-09-16T24:00";

/// Adds windows, books, and returns what conflicts as `kind severity start–end`, in UTC.
#[track_caller]
fn found(windows: &[&str], bookings: &[&str]) -> Vec<String> {
    let berth = Berth::begun();
    for line in windows {
        berth.ok(line);
    }
    for kind in bookings {
        berth.book(&format!("{WINDOW} --kind {kind}"));
    }
    let all = berth.json("conflicts");
    all.as_array().unwrap().iter().map(line).collect()
}

fn line(conflict: &Value) -> String {
    let text = |name: &str| conflict[name].as_str().unwrap().to_owned();
    let (start, end) = (text("start"), text("end"));
    format!(
        "{} {} {}–{}",
        text("kind"),
        text("severity"),
        &start[5..16],
        &end[5..16]
    )
}

#[test]
fn v18_a_freeze_after_a_deployment() {
    let freeze = "freeze --env production --from 2026-09-17T00:00 --to 2026-09-21T08:00";
    assert_eq!(found(&[freeze], &["deploy"]), [""; 0]);
}

#[test]
fn v19_a_freeze_over_a_deployment() {
    let freeze = "freeze --env production --from 2026-09-16T18:00 --to 2026-09-21T08:00";
    assert_eq!(
        found(&[freeze], &["deploy"]),
        ["freeze error 09-16T20:00–09-16T22:00"]
    );
}

#[test]
fn v20_a_test_in_a_freeze() {
    let freeze = "freeze --env production --from 2026-09-16T18:00 --to 2026-09-21T08:00";
    assert_eq!(found(&[freeze], &["test"]), [""; 0]);
    let both = format!("{freeze} --blocks deploy --blocks test");
    assert_eq!(
        found(&[&both], &["test"]),
        ["freeze error 09-16T20:00–09-16T22:00"]
    );
}

#[test]
fn v21_a_deployment_that_reaches_out_of_its_window() {
    let allow = "allow --env production --from 2026-09-16T20:00 --to 2026-09-16T23:00";
    let outside = "outside-window error 09-16T21:00–09-16T22:00";
    assert_eq!(found(&[allow], &["deploy"]), [outside]);
    let late = "allow --env production --from 2026-09-16T23:00 --for 1h";
    assert_eq!(
        found(&[allow, late], &["deploy"]),
        [""; 0],
        "the union counts"
    );
    let freeze = "freeze --env production --from 2026-09-16T22:30 --to 2026-09-16T22:45";
    let frozen = "freeze error 09-16T20:30–09-16T20:45";
    assert_eq!(
        found(&[allow, freeze], &["deploy"]),
        [frozen, outside],
        "deny beats allow"
    );
    assert_eq!(found(&[allow], &["test"]), [""; 0]);
}

#[test]
fn days_without_times_are_whole_days_where_the_environment_is() {
    let berth = Berth::begun();
    berth.ok("env add tokyo --zone Asia/Tokyo");
    let added = berth.json(
        "freeze --env tokyo --from 2026-12-24 --to 2026-12-26 --repeat RRULE:FREQ=YEARLY --title holidays",
    );
    let window = &added["window"];
    assert_eq!(window["allDay"], true);
    assert_eq!(window["start"], "2026-12-23T15:00:00Z");
    assert_eq!(window["end"], "2026-12-26T15:00:00Z");
    assert_eq!(window["zone"], "Asia/Tokyo");
    assert_eq!(window["repeat"], "FREQ=YEARLY");
    let day = berth.json("freeze --env staging --from 2026-12-24 --for 2d");
    assert_eq!(day["window"]["end"], "2026-12-25T23:00:00Z");
    let timed = berth.json("freeze --env staging --from 2026-12-24 --to 2026-12-24T12:00");
    assert_eq!(timed["window"]["allDay"], false);
    assert_eq!(timed["window"]["start"], "2026-12-23T23:00:00Z");
}

#[test]
fn what_is_added_is_listed_told_and_removed() {
    let berth = Berth::begun();
    berth.book(&format!("{WINDOW} --kind deploy --title release"));
    let mut said = berth.ok("window list");
    said += &berth.ok(
        "freeze --env production --env staging --from 2026-09-16T18:00 --to 2026-09-21T08:00 --title \"quarter end\"",
    );
    said += &berth.ok("allow --env staging --from 2026-09-19 --to 2026-09-20 --repeat FREQ=WEEKLY --blocks deploy --blocks maintenance");
    said += &berth.ok("window list");
    said += &berth.line("conflicts").exits(1).stdout;
    said += &berth.ok("window remove 2");
    said += &berth.ok("undo");
    said += &berth.ok("window list --env production");
    golden("windows.txt", &said);
    golden_json("window-list.json", &berth.ok("--json window list"));
    let again = "--json freeze --env production --from 2026-09-16T23:00 --for 30m --blocks deploy";
    golden_json("freeze.json", &berth.ok(again));
    berth
        .line("window remove 9")
        .fails(3, "no window 9", "window list");
    berth
        .line("freeze --env nowhere --from 2026-09-16 --to 2026-09-17")
        .fails(3, "nowhere", "berth env add");
    berth
        .line("freeze --env staging --from 2026-09-16T10:00 --to 2026-09-16T09:00")
        .fails(3, "not after the start", "--to");
    berth
        .line("freeze --env staging --from 2026-09-16 --to 2026-09-17 --repeat FREQ=NEVER")
        .fails(3, "NEVER", "");
}

#[test]
fn a_conflict_is_accepted_with_a_reason() {
    let berth = Berth::begun();
    berth.book(&format!("{WINDOW} --kind deploy"));
    berth.ok(
        "freeze --env production --from 2026-09-16T18:00 --to 2026-09-21T08:00 --title quarter",
    );
    let id = berth.json("conflicts")[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let said = berth.line("conflicts --ids").exits(1).stdout;
    assert!(said.contains(&format!("\n    id {id}\n")), "{said}");
    berth
        .line(&format!("accept {id} --reason \" \""))
        .fails(3, "reason", "why");
    berth
        .line("accept 0123 --reason x")
        .fails(3, "no longer there", "Reload");
    assert_eq!(
        berth.ok(&format!("accept {id} --reason \"hotfix 4711\"")),
        "Accepted: production, Wed 16 Sep 22:00–24:00 (2 h): Infra falls into a freeze.\n"
    );
    let accepted = &berth.json("conflicts")[0]["accepted"];
    assert_eq!(
        (&accepted["who"], &accepted["reason"]),
        (&"sam".into(), &"hotfix 4711".into())
    );
    berth.line("conflicts").exits(0);
    assert_eq!(
        berth.json("window list")[0]["exceptions"][0]["reason"],
        "hotfix 4711"
    );
    berth.ok("undo");
    berth.line("conflicts").exits(1);
}
