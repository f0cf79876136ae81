//! Cores that demand more than there is.

use std::collections::BTreeMap;

use super::{Member, Situation, names};
use crate::Timestamp;

pub(super) fn headline(situation: &Situation) -> String {
    match situation.members {
        [only] => format!("{} takes more than it has.", only.team),
        [first, _] if situation.is_one_team() => format!("{} holds it twice.", first.team),
        [first, ..] if situation.is_one_team() => {
            format!("{} holds it {} times.", first.team, situation.members.len())
        }
        _ => format!("{} {} hold it.", names::teams(situation), situation.both()),
    }
}

pub(super) fn explanation(situation: &Situation) -> Vec<String> {
    let opening = format!(
        "{} has capacity {};",
        situation.environment, situation.capacity
    );
    if let [only] = situation.members {
        let needs = format!(
            "{opening} {} alone needs {}.",
            only.team,
            demand(situation.members.iter(), situation)
        );
        return vec![needs, "Take fewer units, or raise the capacity.".into()];
    }
    if situation.severity == super::Severity::Info {
        let team = situation.members.first().map_or("", |member| member.team);
        let own = format!(
            "{opening} {} bookings are {team}'s own, so this is only for information.",
            situation.both()
        );
        return vec![own];
    }
    let mut sentences = vec![format!("{opening} {}.", need(situation))];
    sentences.extend(certainty(situation));
    sentences.extend(first_booked(situation));
    sentences
}

/// Who needs how much.
fn need(situation: &Situation) -> String {
    let exclusive = || {
        situation
            .members
            .iter()
            .filter(|member| member.units.is_none())
    };
    let shared = || {
        situation
            .members
            .iter()
            .filter(|member| member.units.is_some())
    };
    match (exclusive().count(), shared().count()) {
        (_, 0) if all_confirmed(situation) => {
            format!("{} are confirmed and exclusive", situation.both())
        }
        (_, 0) => format!("{} are exclusive", situation.both()),
        (0, _) => {
            let all = names::of(situation, shared());
            format!("{all} together need {}", demand(shared(), situation))
        }
        (alone, some) => {
            let (is, need) = (
                if alone == 1 { "is" } else { "are" },
                if some == 1 { "needs" } else { "need" },
            );
            let (greedy, modest) = (
                names::of(situation, exclusive()),
                names::of(situation, shared()),
            );
            format!(
                "{greedy} {is} exclusive, {modest} {need} {}",
                demand(shared(), situation)
            )
        }
    }
}

/// Who is certain and who yields, where [`need`] has not said it.
fn certainty(situation: &Situation) -> Option<String> {
    let tentative = || situation.members.iter().filter(|member| !member.confirmed);
    let all = if situation.members.len() == 2 {
        "Both"
    } else {
        "All"
    };
    match tentative().count() {
        0 if situation
            .members
            .iter()
            .all(|member| member.units.is_none()) =>
        {
            None
        }
        0 => Some(format!("{all} are confirmed.")),
        count if count == situation.members.len() => Some(format!("{all} are tentative.")),
        1 => Some(format!(
            "{} is tentative and yields.",
            names::of(situation, tentative())
        )),
        _ => Some(format!(
            "{} are tentative and yield.",
            names::of(situation, tentative())
        )),
    }
}

fn all_confirmed(situation: &Situation) -> bool {
    situation.members.iter().all(|member| member.confirmed)
}

/// Who was there first; nobody, where several came at the same time, as from one import.
fn first_booked(situation: &Situation) -> Option<String> {
    let first = situation
        .members
        .iter()
        .min_by_key(|member| member.created)?;
    let together = situation
        .members
        .iter()
        .filter(|member| member.created == first.created);
    (together.count() == 1).then(|| {
        // Nobody asks for the second.
        let seconds = first.created.seconds();
        let minute = Timestamp::from_seconds(seconds - seconds.rem_euclid(60));
        let when = situation.phrasing.moment_nearby(minute);
        format!("{} booked first ({when}).", names::name(situation, first))
    })
}

/// The units that they take together; of a plan only the most that one of it takes.
fn demand<'a>(members: impl Iterator<Item = &'a Member<'a>>, situation: &Situation) -> u64 {
    let (mut sum, mut plans) = (0, BTreeMap::new());
    for member in members {
        let units = u64::from(member.units.map_or(situation.capacity, |units| units.get()));
        match member.plan {
            None => sum += units,
            Some(plan) => {
                let most = plans.entry(plan).or_insert(0);
                *most = units.max(*most);
            }
        }
    }
    sum + plans.values().sum::<u64>()
}
