//! Every clock change of 2026 as the page gets it: vectors that the tests of the page read
//! (`ui/src/lib/week/clock-changes.test.ts`).

use std::collections::BTreeMap;
use std::fmt::Write;

use berth_core::Timestamp;
use berth_core::time::midnight;
use berth_core::week::{Day, days};
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use chrono_tz::{TZ_VARIANTS, Tz};
use serde_json::json;

/// The file is written with `BERTH_ACCEPT=1`, as the golden texts are.
#[test]
fn vectors_of_all_zones() {
    let mut zones: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for zone in TZ_VARIANTS {
        for date in changes(zone) {
            let three = days(date.pred_opt().unwrap(), 3, zone);
            let clock = clock(&three, zone);
            let days: Vec<_> = three.iter().map(wired).collect();
            let line = json!({ "days": days, "clock": clock });
            zones.entry(line.to_string()).or_default().push(zone.name());
        }
    }
    let all: usize = zones.values().map(Vec::len).sum();
    assert!(all > 200, "only {all} clock changes");
    let mut text = String::from("[\n");
    for (number, (line, zones)) in zones.iter().enumerate() {
        let before = if number > 0 { ",\n" } else { "" };
        let zones = json!(zones.join(" "));
        write!(text, "{before}{{\"zones\":{zones},{}", &line[1..]).unwrap();
    }
    text.push_str("\n]\n");
    let place = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../tests/golden/clock-changes.json"
    );
    if std::env::var("BERTH_ACCEPT").is_ok_and(|on| on == "1") && std::env::var_os("CI").is_none() {
        std::fs::write(place, &text).unwrap();
    }
    let kept = std::fs::read_to_string(place).unwrap_or_default();
    assert!(
        kept == text,
        "clock-changes.json is not what the zone data says; run again with BERTH_ACCEPT=1 and look at the difference"
    );
}

/// The days of 2026 that are longer or shorter than others.
fn changes(zone: Tz) -> impl Iterator<Item = NaiveDate> {
    let first: NaiveDate = "2026-01-01".parse().unwrap();
    let changes = move |date: &NaiveDate| {
        let next = midnight(date.succ_opt().unwrap(), zone);
        next - midnight(*date, zone) != TimeDelta::days(1)
    };
    first.iter_days().take(365).filter(changes)
}

fn wired(day: &Day) -> serde_json::Value {
    let hours: Vec<_> = day
        .hours
        .iter()
        .map(|mark| (mark.minute, mark.hour))
        .collect();
    let plain = hours
        == (0..24)
            .map(|hour| (hour * 60, hour as u8))
            .collect::<Vec<_>>();
    json!({
        "date": day.date.to_string(),
        "start": day.range.start().millis(),
        "minutes": day.minutes,
        "hours": if plain { json!(null) } else { json!(hours) },
        "change": day.change.map(|change| json!({ "minute": change.minute, "by": change.by })),
    })
}

/// What a clock on the wall shows, as stretches without a jump: minutes after the first day's first
/// instant, and what is shown then, in minutes after 00:00 of the first date.
fn clock(days: &[Day], zone: Tz) -> Vec<(i64, i64)> {
    let (first, last) = (days[0].range.start(), days[2].range.end());
    let shown = |at: Timestamp| (at.wall(zone) - NaiveDateTime::from(days[0].date)).num_minutes();
    let mut stretches: Vec<(i64, i64)> = Vec::new();
    for minute in 0..(last - first).num_minutes() {
        let now = shown(first + TimeDelta::minutes(minute));
        let expected = stretches.last().map(|(from, shows)| shows + minute - from);
        if expected != Some(now) {
            stretches.push((minute, now));
        }
    }
    stretches
}
