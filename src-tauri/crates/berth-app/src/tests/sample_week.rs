//! The sample week: exactly its four conflicts, and what the screen and the tray say of it.

use super::{at, demo, now, week_of};
use crate::Filter;
use crate::wire::{ConflictKind, Severity};

#[test]
fn the_sample_week_has_its_four_conflicts_and_no_other() {
    let mut berth = demo();
    let week = week_of(&mut berth, "2026-09-17");
    assert_eq!(
        (week.from.as_str(), week.iso_week, week.days.len()),
        ("2026-09-14", 38, 7)
    );
    let headlines: Vec<&str> = week
        .conflicts
        .iter()
        .map(|one| one.headline.as_str())
        .collect();
    assert_eq!(headlines.len(), 4, "{headlines:#?}");
    let expected = [
        (
            "Tue 15 Sep 09:00–13:00",
            ["Infra", "QA"],
            ConflictKind::Overlap,
            Severity::Error,
        ),
        (
            "Wed 16 Sep 09:00–13:00",
            ["Infra", "QA"],
            ConflictKind::Overlap,
            Severity::Error,
        ),
        (
            "Thu 17 Sep 09:00–13:00",
            ["Perf", "QA"],
            ConflictKind::Overlap,
            Severity::Error,
        ),
        (
            "Fri 18 Sep 13:30–15:00",
            ["Infra", "Perf"],
            ConflictKind::Buffer,
            Severity::Warning,
        ),
    ];
    for (conflict, (when, who, kind, severity)) in week.conflicts.iter().zip(expected) {
        let mut teams: Vec<&str> = conflict
            .bookings
            .iter()
            .map(|one| one.team.as_str())
            .collect();
        teams.sort_unstable();
        assert_eq!(
            (conflict.kind, conflict.severity),
            (kind, severity),
            "{}",
            conflict.headline
        );
        assert_eq!(teams, who, "{}", conflict.headline);
        assert!(
            conflict.headline.contains(when),
            "{} is not on {when}",
            conflict.headline
        );
        assert!(
            conflict.explanation.contains("Contact: Infra coordinator"),
            "{}",
            conflict.explanation
        );
    }
    assert_eq!(week.conflict_count, 4);
    let all = berth.conflicts(
        at("2026-01-01T00:00"),
        at("2027-01-01T00:00"),
        &Filter::default(),
        now(),
    );
    assert_eq!(
        all.unwrap(),
        week.conflicts,
        "the year has those of the week"
    );
}

#[test]
fn every_card_has_a_place_and_a_complete_name() {
    let week = week_of(&mut demo(), "2026-09-14");
    for (n, occurrence) in week.occurrences.iter().enumerate() {
        let pieces = week
            .blocks
            .iter()
            .filter(|block| block.occurrence as usize == n)
            .count();
        let days = if occurrence.title == "acceptance hold" {
            3
        } else {
            1
        };
        assert_eq!(pieces, days, "{}", occurrence.label);
    }
    let qa = week
        .occurrences
        .iter()
        .find(|one| one.title == "acceptance hold")
        .unwrap();
    assert_eq!(
        qa.label,
        "acceptance hold, QA, staging, Tuesday 15 September 2026 09:00 to Thu 17 Sep 17:00, confirmed, \
         overlaps Infra: infrastructure changes, overlaps Perf: performance tests"
    );
    assert_eq!(qa.time, "Tue 09:00 – Thu 17:00");
    assert_eq!(week.marks.len(), 4);
}

#[test]
fn now_and_next_in_a_line() {
    let mut berth = demo();
    let lines = |berth: &mut crate::Berth, when: &str| -> Vec<String> {
        berth
            .now_next(at(when))
            .unwrap()
            .into_iter()
            .map(|one| one.text)
            .collect()
    };
    assert_eq!(
        lines(&mut berth, "2026-09-18T10:00"),
        [
            "staging: Perf until 13:00, then free until 13:30",
            "production: free until 14:00, then App"
        ]
    );
    assert_eq!(
        lines(&mut berth, "2026-09-15T10:00"),
        [
            "staging: Infra and QA until Thu 17:00, then Infra",
            "production: free until Wed 15:00, then Infra"
        ]
    );
    assert_eq!(
        lines(&mut berth, "2026-09-19T10:00"),
        ["staging: free", "production: free"]
    );
}
