//! The vectors of the domain that need no windows, from one process to the next: each booking is a
//! call, and `berth conflicts` has to find what the others left.

use serde_json::Value;

use crate::berth::Berth;

/// Tuesday to Friday of week 38.
const TUE: &str = "2026-09-15";
const WED: &str = "2026-09-16";
const THU: &str = "2026-09-17";
const FRI: &str = "2026-09-18";

/// Books each line; returns the conflicts as `kind severity start–end teams`, in Berlin's clock.
#[track_caller]
fn conflicts(lines: &[String]) -> Vec<String> {
    let berth = Berth::begun();
    for line in lines {
        berth.book(line);
    }
    found(&berth, "")
}

#[track_caller]
fn found(berth: &Berth, options: &str) -> Vec<String> {
    let all = berth.json(format!("conflicts {options}").trim());
    all.as_array().unwrap().iter().map(line).collect()
}

fn line(conflict: &Value) -> String {
    let text = |name: &str| conflict[name].as_str().unwrap().to_owned();
    let members = conflict["bookings"].as_array().unwrap();
    let mut teams: Vec<&str> = members
        .iter()
        .map(|one| one["team"].as_str().unwrap())
        .collect();
    teams.sort_unstable();
    let (start, end) = (text("start"), text("end"));
    format!(
        "{} {} {}–{} {}",
        text("kind"),
        text("severity"),
        &start[5..16],
        &end[5..16],
        teams.join("+")
    )
}

/// `infra staging 2026-09-17 09:00 13:00`, with options at the end.
fn booking(team: &str, environment: &str, day: &str, from: &str, to: &str) -> String {
    format!("--env {environment} --team {team} --from {day}T{from} --to {day}T{to}")
}

fn staging(team: &str, day: &str, from: &str, to: &str) -> String {
    booking(team, "staging", day, from, to)
}

/// V1: nobody meets anybody.
fn quiet_week() -> Vec<String> {
    vec![
        staging("Infra", TUE, "09:00", "13:00"),
        staging("Infra", WED, "09:00", "13:00"),
        staging("Perf", THU, "09:00", "13:00"),
        staging("Perf", FRI, "09:00", "13:00"),
    ]
}

#[test]
fn v1_nobody_meets_anybody() {
    assert_eq!(conflicts(&quiet_week()), [""; 0]);
}

#[test]
fn v2_two_teams_at_the_same_time() {
    let both = [
        staging("Infra", THU, "09:00", "13:00"),
        staging("Perf", THU, "09:00", "13:00"),
    ];
    assert_eq!(
        conflicts(&both),
        ["overlap error 09-17T07:00–09-17T11:00 Infra+Perf"]
    );
}

#[test]
fn v3_one_after_the_other() {
    let adjacent = [
        staging("Perf", THU, "09:00", "13:00"),
        staging("Infra", THU, "13:00", "17:00"),
    ];
    assert_eq!(conflicts(&adjacent), [""; 0]);
}

#[test]
fn v4_one_minute_too_early() {
    let minute = [
        staging("Perf", THU, "09:00", "13:00"),
        staging("Infra", THU, "12:59", "17:00"),
    ];
    assert_eq!(
        conflicts(&minute),
        ["overlap error 09-17T10:59–09-17T11:00 Infra+Perf"]
    );
}

#[test]
fn v5_one_booking_across_the_others() {
    let mut week = quiet_week();
    week.push(format!(
        "--env staging --team QA --from {TUE}T09:00 --to {THU}T17:00"
    ));
    assert_eq!(
        conflicts(&week),
        [
            "overlap error 09-15T07:00–09-15T11:00 Infra+QA",
            "overlap error 09-16T07:00–09-16T11:00 Infra+QA",
            "overlap error 09-17T07:00–09-17T11:00 Perf+QA",
        ]
    );
}

#[test]
fn v6_v7_clean_up() {
    let perf = staging("Perf", FRI, "09:00", "13:00") + " --clean-up 2h";
    let early = [perf.clone(), staging("Infra", FRI, "13:30", "15:30")];
    assert_eq!(
        conflicts(&early),
        ["buffer warning 09-18T11:30–09-18T13:00 Infra+Perf"]
    );
    let late = [perf, staging("Infra", FRI, "15:00", "17:00")];
    assert_eq!(conflicts(&late), [""; 0]);
}

#[test]
fn v9_the_tentative_side_yields() {
    let both = [
        staging("Infra", THU, "13:00", "17:00") + " --tentative",
        staging("QA", THU, "14:00", "16:00"),
    ];
    assert_eq!(
        conflicts(&both),
        ["overlap warning 09-17T12:00–09-17T14:00 Infra+QA"]
    );
}

#[test]
fn v11_cancelled_and_free_ones_hold_nothing() {
    let (infra, perf) = (
        staging("Infra", THU, "09:00", "13:00"),
        staging("Perf", THU, "09:00", "13:00"),
    );
    assert_eq!(
        conflicts(&[infra.clone(), perf.clone() + " --free"]),
        [""; 0]
    );
    let berth = Berth::begun();
    let id = berth.book(&infra);
    berth.book(&perf);
    assert_eq!(found(&berth, "").len(), 1);
    berth.ok(&format!("cancel {id}"));
    assert_eq!(found(&berth, ""), [""; 0]);
    berth.ok("undo");
    berth.ok(&format!("edit {id} --free"));
    assert_eq!(found(&berth, ""), [""; 0]);
}

#[test]
fn v13_within_a_team() {
    let both = [
        staging("Infra", THU, "09:00", "13:00"),
        staging("Infra", THU, "12:00", "14:00"),
    ];
    assert_eq!(
        conflicts(&both),
        ["overlap info 09-17T10:00–09-17T11:00 Infra+Infra"]
    );
}

fn shared(team: &str, from: &str, to: &str) -> String {
    booking(team, "integration", THU, from, to) + " --units 1"
}

#[test]
fn v14_v15_capacity_two() {
    let fits = [
        shared("Infra", "09:00", "10:00"),
        shared("Perf", "10:00", "11:00"),
        shared("QA", "09:00", "11:00"),
    ];
    assert_eq!(conflicts(&fits), [""; 0]);
    let three = [
        shared("Infra", "09:00", "11:00"),
        shared("Perf", "10:00", "12:00"),
        shared("QA", "10:30", "11:30"),
    ];
    assert_eq!(
        conflicts(&three),
        ["overlap error 09-17T08:30–09-17T09:00 Infra+Perf+QA"]
    );
}

#[test]
fn v17_a_plan_is_one() {
    let step = |team: &str, from: &str, to: &str| {
        booking(team, "production", WED, from, to) + " --plan release"
    };
    let plan = [
        step("Infra", "20:00", "22:00"),
        step("Perf", "20:00", "20:30"),
        step("Infra", "20:45", "21:15"),
        step("QA", "21:30", "22:00"),
    ];
    assert_eq!(conflicts(&plan), [""; 0]);
    let stranger = [
        &plan[..],
        &[booking("QA", "production", WED, "21:00", "21:30")],
    ]
    .concat();
    assert_eq!(conflicts(&stranger).len(), 2, "with the step, then without");
}

#[test]
fn v23_a_whole_day() {
    let around = [
        format!("--env staging --team QA --from {THU} --all-day"),
        staging("Infra", WED, "20:00", "23:59"),
        staging("Infra", FRI, "00:00", "02:00"),
    ];
    assert_eq!(conflicts(&around), [""; 0]);
    let inside = [
        around[0].clone(),
        staging("Infra", WED, "20:00", "24:00"),
        staging("Perf", FRI, "00:00", "02:00"),
    ];
    assert_eq!(conflicts(&inside), [""; 0]);
    let late = [
        around[0].clone(),
        format!("--env staging --team Infra --from {WED}T20:00 --to {THU}T00:01"),
    ];
    assert_eq!(
        conflicts(&late),
        ["overlap error 09-16T22:00–09-16T22:01 Infra+QA"]
    );
}

/// Rule 10 looks 26 weeks ahead; the year is asked for in one range.
#[test]
fn v24_two_zones_meet_when_their_clocks_change_apart() {
    let berth = Berth::begun().at("2025-12-01T00:00:00Z");
    let yearly = "FREQ=WEEKLY;BYDAY=TU;UNTIL=20261231T000000Z";
    berth.book(&format!(
        "--env staging --team Infra --from 2026-01-06T13:00 --to 2026-01-06T15:00 --repeat {yearly}"
    ));
    // Nine in New York, and so from a calendar that was written there.
    let calendar = format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//berth//test//EN\r\nBEGIN:VEVENT\r\nUID:ny@example.com\r\n\
         DTSTAMP:20251201T000000Z\r\nDTSTART;TZID=America/New_York:20260106T090000\r\n\
         DTEND;TZID=America/New_York:20260106T110000\r\nRRULE:{yearly}\r\nSUMMARY:New York\r\n\
         LOCATION:staging\r\nCATEGORIES:Perf\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    );
    berth.fed(&["import", "-"], &calendar).exits(0);
    assert_eq!(
        found(&berth, "--from 2026-01-01 --to 2026-12-31"),
        [
            "overlap error 03-10T13:00–03-10T14:00 Infra+Perf",
            "overlap error 03-17T13:00–03-17T14:00 Infra+Perf",
            "overlap error 03-24T13:00–03-24T14:00 Infra+Perf",
            "overlap error 10-27T13:00–10-27T14:00 Infra+Perf",
        ]
    );
}
