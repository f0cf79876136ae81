//! Free slots from the command line.

use crate::berth::Berth;
use crate::golden::golden;

fn week() -> Berth {
    let berth = Berth::begun().at("2026-09-14T06:00:00Z");
    berth.book("--env staging --team QA --from 2026-09-15T09:00 --to 2026-09-17T17:00");
    berth.book(
        "--env staging --team Perf --from 2026-09-18T09:00 --to 2026-09-18T13:00 --clean-up 2h",
    );
    berth.book("--env production --team Infra --from 2026-09-16T22:00 --for 2h --kind deploy");
    berth
}

/// The slots of a search, in UTC.
#[track_caller]
fn found(berth: &Berth, search: &str) -> Vec<String> {
    let all = berth.json(&format!("free {search}"));
    let line = |one: &serde_json::Value| {
        let (start, end) = (one["start"].as_str().unwrap(), one["end"].as_str().unwrap());
        format!(
            "{}–{} {}",
            &start[5..16],
            &end[5..16],
            one["reason"].as_str().unwrap()
        )
    };
    all.as_array().unwrap().iter().map(line).collect()
}

#[test]
fn slots_are_clear_of_everything() {
    let berth = week();
    let friday =
        "--env staging --for 2h --from 2026-09-18 --to 2026-09-18 --within 09:00-18:00 --count 1";
    assert_eq!(
        found(&berth, friday),
        ["09-18T13:00–09-18T15:00 after Perf's clean-up"]
    );
    berth.ok("freeze --env staging --from 2026-09-18T15:00 --to 2026-09-18T17:00 --blocks test --title fair");
    assert_eq!(
        found(&berth, &friday.replace("2h", "1h")),
        ["09-18T15:00–09-18T16:00 free"]
    );
    let said = berth.line(&format!("free {friday}")).exits(1).stdout;
    assert!(
        said.starts_with("There is no free slot: staging is "),
        "{said}"
    );
    let deploy = format!("{friday} --kind deploy");
    assert_eq!(found(&berth, &deploy).len(), 1, "a freeze of tests");
    golden(
        "free.txt",
        &berth.ok("free --env staging --for 4h --count 3"),
    );
}

#[test]
fn several_environments_at_the_same_time_far_from_deployments() {
    let berth = week();
    let both = "--env staging --env production --for 1h --within 20:00-24:00 --count 1 --from 2026-09-17T18:00";
    assert_eq!(found(&berth, both), ["09-17T18:00–09-17T19:00 free"]);
    let far = found(&berth, &format!("{both} --apart 48h"));
    assert_eq!(far, ["09-19T18:00–09-19T19:00 free"]);
    assert_eq!(
        found(&berth, &format!("{both} --on sun")),
        ["09-20T18:00–09-20T19:00 free"]
    );
    let days = "--env staging --for 2d --from 2026-09-14 --to 2026-09-20 --count 9";
    assert_eq!(
        found(&berth, days).last().unwrap(),
        "09-18T22:00–09-20T22:00 free"
    );
}

#[test]
fn one_slot_on_each_day() {
    let berth = week();
    let each = "--env staging --for 4h --within 09:00-18:00 --on mon --on fri --each";
    assert_eq!(found(&berth, each), ["09-14T07:00–09-14T11:00 free"]);
    let shorter = each.replace("4h", "1h");
    assert_eq!(
        found(&berth, &shorter),
        [
            "09-14T07:00–09-14T08:00 free",
            "09-18T13:00–09-18T14:00 after Perf's clean-up"
        ]
    );
    let said = berth.line(&format!("free {each}")).exits(1).stdout;
    golden("free-each.txt", &said);
    berth.ok(&format!("free {shorter}"));
    let json = berth.line(&format!("--json free {each}")).exits(1);
    assert!(
        json.stderr.contains("Fri 18 Sep: staging is held by Perf"),
        "{json:?}"
    );
    assert_eq!(
        berth.line("free --env staging --for 1h --each").code,
        Some(2)
    );
}

#[test]
fn teams_that_take_part_must_have_time() {
    let berth = week();
    let evening = "--env production --for 2h --from 2026-09-15T09:00 --to 2026-09-20 --within 10:00-16:00 --count 1";
    assert_eq!(found(&berth, evening), ["09-15T08:00–09-15T10:00 free"]);
    let with = format!("{evening} --team QA --team Perf");
    assert_eq!(found(&berth, &with), ["09-18T11:00–09-18T13:00 free"]);
    let said = berth
        .line(&format!("free {with} --to 2026-09-17T16:00").replace("--to 2026-09-20 ", ""))
        .exits(1)
        .stdout;
    assert!(said.contains("QA is busy elsewhere"), "{said}");
}

#[test]
fn why_there_is_none() {
    let berth = week();
    let none = "free --env staging --for 4h --from 2026-09-15T09:00 --to 2026-09-17T17:00";
    let said = berth.line(none).exits(1);
    assert!(
        said.stdout
            .contains("staging is held by QA until Thu 17 Sep 17:00"),
        "{said:?}"
    );
    let json = berth.line(&format!("--json {none}")).exits(1);
    assert_eq!(json.stdout, "[]\n");
    assert!(json.stderr.contains("held by QA"), "{json:?}");
    berth
        .line("free --env nowhere --for 1h")
        .fails(3, "nowhere", "berth env add");
    berth
        .line("free --env staging --for 0m")
        .fails(3, "no time", "--for");
    assert_eq!(
        berth.line("free --env staging --for 1h --within nine").code,
        Some(2)
    );
}
