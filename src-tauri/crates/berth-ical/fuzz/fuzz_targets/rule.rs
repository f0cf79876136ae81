//! Any text is a rule or none; a rule that is written is the same when it is read, and expands with
//! bounded work.
#![no_main]

use berth_core::{Recurrence, Rule};
use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(rule) = Rule::parse(text) else { return };
    assert_eq!(Rule::parse(&rule.to_string()).as_ref(), Ok(&rule));
    let start: NaiveDateTime = NaiveDate::from_ymd_opt(2020, 2, 29)
        .unwrap_or_default()
        .into();
    let _ = rule.words(start);
    let series = Recurrence {
        rule: Some(rule),
        ..Recurrence::default()
    };
    let from = NaiveDate::from_ymd_opt(2026, 1, 1)
        .unwrap_or_default()
        .into();
    let to = NaiveDate::from_ymd_opt(2027, 1, 1)
        .unwrap_or_default()
        .into();
    let expansion = series.expand(start, Tz::America__New_York, from, to, 2_000);
    assert!(expansion.starts.is_sorted() && expansion.starts.len() <= 2_000);
    let _ = series.last_start(start, Tz::America__New_York, 2_000);
});
