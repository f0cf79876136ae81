//! What a search finds, and in which order.

use super::{at, book, demo, input};
use crate::wire::Scope;

fn found(berth: &mut crate::Berth, text: &str) -> Vec<String> {
    let found = berth.search(text, at("2026-09-16T12:00")).unwrap();
    found
        .iter()
        .map(|one| {
            format!(
                "{}{} {}",
                if one.upcoming { "" } else { "past " },
                one.when,
                one.title
            )
        })
        .collect()
}

#[test]
fn words_of_titles_teams_and_environments() {
    let mut berth = demo();
    assert_eq!(
        found(&mut berth, "performance")[0],
        "Thu 17 Sep 09:00–13:00 performance tests"
    );
    assert_eq!(
        found(&mut berth, "PERF staging").len(),
        found(&mut berth, "performance").len()
    );
    assert_eq!(
        found(&mut berth, "infra changes"),
        [
            "Wed 16 Sep 09:00–13:00 infrastructure changes",
            "past Tue 15 Sep 09:00–13:00 infrastructure changes"
        ],
        "to come, or on, goes before past"
    );
    for nothing in ["", "  ", "%", "_", "performance production", "\\"] {
        assert_eq!(found(&mut berth, nothing), [""; 0], "{nothing}");
    }
}

#[test]
fn of_a_series_the_next_or_the_last() {
    let mut berth = demo();
    let mut weekly = input("1", "stand_up 100%", "2026-09-01T09:00", "2026-09-01T09:15");
    weekly.repeat = Some("FREQ=WEEKLY;BYDAY=TU".into());
    let booked = book(&mut berth, &weekly).booking.unwrap();
    assert_eq!(
        found(&mut berth, "stand_up"),
        ["Tue 22 Sep 09:00–09:15 stand_up 100%"]
    );
    assert_eq!(found(&mut berth, "100%").len(), 1);
    weekly.repeat = Some("FREQ=WEEKLY;COUNT=2".into());
    berth
        .edit_booking(&booked, Scope::All, &weekly, at("2026-09-16T12:00"))
        .unwrap();
    assert_eq!(
        found(&mut berth, "stand_up"),
        ["past Tue 8 Sep 09:00–09:15 stand_up 100%"]
    );
    berth
        .cancel_booking(&booked, Scope::All, at("2026-09-16T12:00"))
        .unwrap();
    assert_eq!(found(&mut berth, "stand_up"), [""; 0]);
}
