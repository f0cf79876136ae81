//! Ways out of a conflict: what they say, what they do, and that they do what they say.

use super::{begun, book, demo, input, lines, now, week_of};
use crate::wire::{BookingInput, Conflict, Proposal, ProposalAction};
use crate::{Berth, Code};

fn conflict(berth: &mut Berth) -> Conflict {
    week_of(berth, "2026-09-17").conflicts.remove(0)
}

fn ways(berth: &mut Berth, conflict: &Conflict) -> Vec<Proposal> {
    berth
        .proposals(&conflict.id, conflict.start, now())
        .unwrap()
}

fn thursday(team: &str, title: &str) -> BookingInput {
    input(team, title, "2026-09-17T09:00", "2026-09-17T13:00")
}

#[test]
fn each_way_out_does_what_it_says() {
    let (_folder, mut berth) = begun();
    book(&mut berth, &thursday("2", "performance tests"));
    book(&mut berth, &thursday("1", "infrastructure changes"));
    let there = conflict(&mut berth);
    let all = ways(&mut berth, &there);
    assert_eq!(all[0].text, "Move Infra to Thu 13:00–17:00 (free)");
    assert_eq!(all[0].consequences, "");
    let mut applied = 0;
    for way in &all {
        let outcome =
            berth.apply_proposal(&there.id, there.start, &way.key, "agreed with Perf", now());
        if way.action == ProposalAction::MoveTheirs {
            assert_eq!(outcome.unwrap_err().code, Code::Input, "{}", way.text);
            assert!(way.request.contains("Perf"), "{}", way.request);
            continue;
        }
        let title = outcome.unwrap().operation.unwrap().title;
        assert_eq!(
            week_of(&mut berth, "2026-09-17").conflict_count,
            0,
            "{title}"
        );
        assert!(
            way.needs_reason || title == format!("{} because agreed with Perf", way.text),
            "{title}"
        );
        berth.undo(now()).unwrap();
        assert_eq!(conflict(&mut berth), there, "one step of undo");
        applied += 1;
    }
    assert!(applied >= 4, "{all:#?}");
}

#[test]
fn the_first_way_moves_mine() {
    let (_folder, mut berth) = begun();
    book(&mut berth, &thursday("1", "infrastructure changes"));
    book(&mut berth, &thursday("2", "performance tests"));
    let there = conflict(&mut berth);
    let first = ways(&mut berth, &there).remove(0);
    berth
        .apply_proposal(&there.id, there.start, &first.key, "", now())
        .unwrap();
    assert_eq!(
        lines(&mut berth, "2026-09-17"),
        [
            "Thu 17 09:00–13:00 performance tests",
            "Thu 17 13:00–17:00 infrastructure changes"
        ]
    );
    let gone = berth
        .apply_proposal(&there.id, there.start, &first.key, "", now())
        .unwrap_err();
    assert_eq!(gone.code, Code::NotFound);
}

#[test]
fn one_occurrence_of_a_series_gives_way_alone() {
    let (_folder, mut berth) = begun();
    book(&mut berth, &thursday("2", "performance tests"));
    let weekly = BookingInput {
        repeat: Some("FREQ=WEEKLY".into()),
        ..thursday("1", "weekly")
    };
    book(&mut berth, &weekly);
    let there = conflict(&mut berth);
    let first = ways(&mut berth, &there).remove(0);
    berth
        .apply_proposal(&there.id, there.start, &first.key, "", now())
        .unwrap();
    assert_eq!(week_of(&mut berth, "2026-09-17").conflict_count, 0);
    assert_eq!(
        lines(&mut berth, "2026-09-24"),
        ["Thu 24 09:00–13:00 weekly"]
    );
}

#[test]
fn the_sample_weeks_buffer_is_left_by_waiting_for_the_clean_up() {
    let mut berth = demo();
    let mut conflicts = week_of(&mut berth, "2026-09-17").conflicts;
    let buffer = conflicts.remove(3);
    let texts: Vec<String> = ways(&mut berth, &buffer)
        .into_iter()
        .map(|one| one.text)
        .collect();
    assert_eq!(
        texts[0], "Move Infra to Fri 15:00–17:00 (after Perf's clean-up)",
        "{texts:#?}"
    );
}
