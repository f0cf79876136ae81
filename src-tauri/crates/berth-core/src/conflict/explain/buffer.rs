//! Cores that fit, with too little time between them.

use super::{Member, Situation, names};
use crate::words::duration_words;
use crate::{TimeRange, Timestamp};

/// What part of a booking lies in the conflict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    SetUp,
    Core,
    CleanUp,
}

pub(super) fn headline(situation: &Situation) -> String {
    let [first, second] = situation.members else {
        return generic(situation);
    };
    let one = names::name(situation, first);
    let (its, other) = if situation.is_one_team() {
        (first.team.to_owned(), "its own".to_owned())
    } else {
        (one, format!("{}'s", names::name(situation, second)))
    };
    use Part::{CleanUp, Core, SetUp};
    match (part(situation, first), part(situation, second)) {
        (CleanUp, Core) => format!("{its}'s clean-up runs into {other} booking."),
        (CleanUp, SetUp) => format!("{its}'s clean-up runs into {other} set-up."),
        (Core, SetUp) => format!("{its}'s booking runs into {other} set-up."),
        (Core, CleanUp) => format!("{its}'s booking runs into {other} clean-up."),
        (SetUp, Core) => format!("{its}'s set-up runs into {other} booking."),
        _ => generic(situation),
    }
}

fn generic(situation: &Situation) -> String {
    if situation.is_one_team() {
        let team = situation.members.first().map_or("", |member| member.team);
        return format!("{team} leaves too little time between its bookings.");
    }
    format!(
        "{} leave too little time between them.",
        names::teams(situation)
    )
}

pub(super) fn explanation(situation: &Situation) -> Vec<String> {
    let clauses: Vec<String> = situation
        .members
        .iter()
        .map(|member| clause(situation, member))
        .collect();
    let capacity = match situation.capacity {
        0 | 1 => String::new(),
        units => format!("{} has capacity {units}; ", situation.environment),
    };
    let mut sentences = vec![format!("{capacity}{}.", clauses.join("; "))];
    if situation.is_one_team() {
        sentences.push("All are the team's own, so this is only for information.".into());
    }
    sentences
}

/// What one booking has to do with it: the time it needs, or where it begins or ends.
fn clause(situation: &Situation, member: &Member) -> String {
    let name = names::name(situation, member);
    let needs: Vec<String> = [before(situation, member), after(situation, member)]
        .into_iter()
        .flatten()
        .collect();
    if !needs.is_empty() {
        return format!("{name} needs {}", needs.join(" and "));
    }
    if member.start >= situation.range.start() {
        format!("{name} starts at {}", time(situation, member.start))
    } else if member.end <= situation.range.end() {
        format!("{name} ends at {}", until(situation, member.end))
    } else {
        format!("{name} holds it until {}", until(situation, member.end))
    }
}

fn before(situation: &Situation, member: &Member) -> Option<String> {
    let from = member.start - member.set_up;
    touches(situation, from, member.start).then(|| {
        let length = duration_words(member.set_up);
        format!(
            "{length} before its booking (from {})",
            time(situation, from)
        )
    })
}

fn after(situation: &Situation, member: &Member) -> Option<String> {
    let to = member.end + member.clean_up;
    touches(situation, member.end, to).then(|| {
        let length = duration_words(member.clean_up);
        format!(
            "{length} after its booking (until {})",
            until(situation, to)
        )
    })
}

fn touches(situation: &Situation, from: Timestamp, to: Timestamp) -> bool {
    TimeRange::new(from, to).is_some_and(|range| range.overlaps(situation.range))
}

fn part(situation: &Situation, member: &Member) -> Part {
    if touches(situation, member.start, member.end) {
        Part::Core
    } else if member.end <= situation.range.start() {
        Part::CleanUp
    } else {
        Part::SetUp
    }
}

/// A time of day, with its date when that is not the conflict's first.
fn time(situation: &Situation, at: Timestamp) -> String {
    let date = |at: Timestamp| at.wall(situation.phrasing.zone).date();
    if date(at) == date(situation.range.start()) {
        situation.phrasing.time(at)
    } else {
        situation.phrasing.moment(at)
    }
}

fn until(situation: &Situation, end: Timestamp) -> String {
    let first = situation.range.start().wall(situation.phrasing.zone).date();
    situation.phrasing.until(end, first)
}
