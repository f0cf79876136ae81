//! A second opinion: the crate `rrule`, on random rules that both can follow.

use chrono::TimeDelta;
use proptest::prelude::*;

use super::properties::{DAILY_AND_SLOWER, any_start, endless};
use super::{at, first, written};

const COMPARED: u16 = 60;

/// What the crate says, or `None` where it refuses the rule or gives up on it.
fn opinion(text: &str, start: &str) -> Option<Vec<String>> {
    let set: rrule::RRuleSet = format!("DTSTART:{start}Z\nRRULE:{text}").parse().ok()?;
    let result = set.all(COMPARED);
    let starts: Vec<_> = result.dates.iter().map(|date| date.naive_utc()).collect();
    (starts.len() == usize::from(COMPARED)).then(|| written(&starts))
}

/// Where the crate is known to read RFC 5545 otherwise.
fn is_disputed(text: &str) -> bool {
    let weekday = text.split(';').find_map(|part| part.strip_prefix("BYDAY="));
    let ordinals = weekday.map(|days| days.split(',').filter(|day| day.len() > 2).count());
    // Mixed ordinals give it nothing, or too much.
    let mixed = ordinals.is_some_and(|with| {
        with > 0 && weekday.is_some_and(|days| days.split(',').count() != with)
    });
    // RFC 5545 forbids an ordinal beside BYWEEKNO; Berth reads the weekday, the crate both.
    let nth_and_week = text.contains("BYWEEKNO") && ordinals.is_some_and(|with| with > 0);
    // A week alone means all of its seven days to it, not that of the start.
    let week_alone = text.contains("BYWEEKNO")
        && !["BYDAY", "BYMONTHDAY", "BYYEARDAY"]
            .iter()
            .any(|p| text.contains(p));
    // 1 January 1994 is a Saturday and so in week 52 of 1993, which the crate does not see.
    let weeks = text
        .split(';')
        .find_map(|part| part.strip_prefix("BYWEEKNO="));
    let last_week = weeks.is_some_and(|weeks| weeks.contains("52") || weeks.contains("53"));
    mixed || nth_and_week || week_alone || last_week
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: if cfg!(debug_assertions) { 100 } else { 5_000 },
        max_global_rejects: 200_000,
        ..ProptestConfig::default()
    })]

    #[test]
    fn the_rrule_crate_agrees(text in endless(DAILY_AND_SLOWER), start in any_start()) {
        prop_assume!(!is_disputed(&text));
        let start = written(&[start]).remove(0);
        let Some(theirs) = opinion(&text, &start) else { return Ok(()) };
        let ours = first(&text, at(&start), usize::from(COMPARED));
        // Some hundred years on, the engine gives up where the crate goes on.
        let most = if ours.truncated { ours.starts.len() } else { usize::from(COMPARED) };
        let skipped = disputed_until(&text, &start);
        let compared = |starts: &[String]| {
            let starts = starts.iter().take(most).filter(|at| **at > skipped).take(50);
            starts.cloned().collect::<Vec<_>>()
        };
        prop_assert_eq!(compared(&written(&ours.starts)), compared(&theirs), "{} from {}", text, start);
    }
}

/// In the week of the start the crate applies BYSETPOS to the days from the start on, not to the
/// whole week as RFC 5545, 3.3.10 has it ("within the interval").
fn disputed_until(text: &str, start: &str) -> String {
    let disputed = text.contains("WEEKLY") && text.contains("BYSETPOS");
    if disputed {
        written(&[at(start) + TimeDelta::days(7)]).remove(0)
    } else {
        String::new()
    }
}

#[test]
fn it_has_an_opinion_at_all() {
    assert_eq!(
        opinion("FREQ=DAILY", "20260101T090000").map(|starts| starts.len()),
        Some(COMPARED.into())
    );
}
