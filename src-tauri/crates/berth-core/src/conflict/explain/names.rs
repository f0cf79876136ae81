//! How the bookings of a conflict are called.

use super::{Member, Situation};
use crate::words::names::some_of;

/// The teams, each once, in order: `Infra (2 bookings) and Perf`.
pub(super) fn teams(situation: &Situation) -> String {
    let mut teams: Vec<(&str, usize)> = Vec::new();
    for member in situation.members {
        match teams.iter_mut().find(|(team, _)| *team == member.team) {
            Some((_, count)) => *count += 1,
            None => teams.push((member.team, 1)),
        }
    }
    let name = |(team, count): (&str, usize)| match count {
        1 => team.to_owned(),
        _ => format!("{team} ({count} bookings)"),
    };
    some_of(teams.into_iter().map(name).collect())
}

/// The name of one booking: its team's, and its title where the team has several here.
pub(super) fn name(situation: &Situation, member: &Member) -> String {
    let namesakes = situation
        .members
        .iter()
        .filter(|other| other.team == member.team)
        .count();
    if namesakes > 1 && !member.title.is_empty() {
        format!("{} \"{}\"", member.team, member.title)
    } else {
        member.team.to_owned()
    }
}

/// The names of some of the bookings.
pub(super) fn of<'a>(
    situation: &Situation,
    members: impl Iterator<Item = &'a Member<'a>>,
) -> String {
    some_of(members.map(|member| name(situation, member)).collect())
}
