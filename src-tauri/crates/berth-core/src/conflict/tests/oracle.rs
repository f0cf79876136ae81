//! The sweep against the rules written down as plainly as possible: look at every second.

use proptest::prelude::*;

use super::*;

const SECONDS: i64 = 40;
const ENVIRONMENTS: i64 = 3;

type Members = Vec<usize>;

/// The units that a set takes together: of a plan, only the greediest.
fn demand(holds: &[Hold], set: &[usize], capacity: u32) -> u32 {
    let units = |&i: &usize| holds[i].units.map_or(capacity, NonZeroU32::get);
    let mut sum: u32 = set
        .iter()
        .filter(|&&i| holds[i].plan.is_none())
        .map(units)
        .sum();
    for plan in 1..=3 {
        let of_plan = set
            .iter()
            .filter(|&&i| holds[i].plan == NonZeroU32::new(plan));
        sum += of_plan.map(units).max().unwrap_or(0);
    }
    sum
}

fn one_plan(holds: &[Hold], set: &[usize]) -> bool {
    set.iter()
        .all(|&i| holds[i].plan.is_some() && holds[i].plan == holds[set[0]].plan)
}

/// What is wrong in one environment in the second that begins at `second`.
fn at_second(
    holds: &[Hold],
    environment: i64,
    second: i64,
    capacity: u32,
) -> Option<(ConflictKind, Members)> {
    let among: Members = (0..holds.len())
        .filter(|&i| holds[i].environment.0 == environment && holds[i].start < holds[i].end)
        .collect();
    let within = |from: i64, to: i64| from <= second && second < to;
    let (mut core, mut footprint) = (Members::new(), Members::new());
    for i in among {
        let (start, end) = (holds[i].start.seconds(), holds[i].end.seconds());
        if within(start, end) {
            core.push(i);
        }
        if within(
            start - i64::from(holds[i].set_up),
            end + i64::from(holds[i].clean_up),
        ) {
            footprint.push(i);
        }
    }
    if demand(holds, &core, capacity) > capacity {
        if core.len() == 1 || one_plan(holds, &core) {
            core.retain(|&i| demand(holds, &[i], capacity) > capacity);
        }
        return Some((ConflictKind::Overlap, core));
    }
    let buffer = demand(holds, &footprint, capacity) > capacity
        && footprint.len() > 1
        && !one_plan(holds, &footprint);
    buffer.then_some((ConflictKind::Buffer, footprint))
}

fn severity(holds: &[Hold], kind: ConflictKind, set: &[usize], capacity: u32) -> Severity {
    let one_team = set.iter().all(|&i| holds[i].team == holds[set[0]].team);
    let too_large = set
        .iter()
        .any(|&i| demand(holds, &[i], capacity) > capacity);
    // Two certain ones that are not of one plan.
    let certain = |i: usize, j: usize| {
        holds[i].confirmed && holds[j].confirmed && i != j && !one_plan(holds, &[i, j])
    };
    let error = set.iter().any(|&i| set.iter().any(|&j| certain(i, j)));
    match kind {
        ConflictKind::Overlap if one_team && !too_large => Severity::Info,
        ConflictKind::Overlap if error && !one_team => Severity::Error,
        ConflictKind::Overlap => Severity::Warning,
        _ if one_team => Severity::Info,
        _ => Severity::Warning,
    }
}

fn oracle(holds: &[Hold], capacity: impl Fn(EnvironmentId) -> u32) -> Vec<Conflict> {
    let mut found = Vec::new();
    for environment in 0..ENVIRONMENTS {
        let units = capacity(EnvironmentId(environment));
        let mut open: Option<(i64, (ConflictKind, Members))> = None;
        for second in -SECONDS..3 * SECONDS {
            let now = at_second(holds, environment, second, units);
            if open.as_ref().map(|(_, what)| what) == now.as_ref() {
                continue;
            }
            if let Some((from, (kind, mut members))) = open.take() {
                let severity = severity(holds, kind, &members, units);
                members.sort_by_key(|&i| (holds[i].start, i));
                found.push(Conflict {
                    environment: EnvironmentId(environment),
                    kind,
                    severity,
                    range: TimeRange::new(
                        Timestamp::from_seconds(from),
                        Timestamp::from_seconds(second),
                    )
                    .unwrap(),
                    members: members.iter().map(|&i| i as u32).collect(),
                });
            }
            open = now.map(|what| (second, what));
        }
        assert!(open.is_none(), "the grid is wide enough");
    }
    found.sort_by_key(|c| (c.range.start(), c.environment));
    found
}

prop_compose! {
    fn any_hold()(
        environment in 0..ENVIRONMENTS,
        team in 0..3i64,
        plan in prop_oneof![3 => Just(0), 2 => 1..=3u32],
        start in 0..SECONDS,
        length in prop_oneof![1 => Just(0), 9 => 1..15i64],
        set_up in prop_oneof![Just(0), 0..8u32],
        clean_up in prop_oneof![Just(0), 0..8u32],
        units in 0..4u32,
        confirmed: bool,
    ) -> Hold {
        Hold {
            environment: EnvironmentId(environment),
            team: TeamId(team),
            plan: NonZeroU32::new(plan),
            start: Timestamp::from_seconds(start),
            end: Timestamp::from_seconds(start + length),
            set_up,
            clean_up,
            units: NonZeroU32::new(units),
            confirmed,
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn sweep_equals_looking_at_every_second(
        holds in prop::collection::vec(any_hold(), 0..14),
        units in prop::array::uniform3(1..4u32),
    ) {
        let capacity = |environment: EnvironmentId| units[environment.0 as usize];
        prop_assert_eq!(conflicts(&holds, capacity), oracle(&holds, capacity));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn a_preview_equals_what_is_found_among_all(
        holds in prop::collection::vec(any_hold(), 1..14),
        units in prop::array::uniform3(1..4u32),
    ) {
        let capacity = |environment: EnvironmentId| units[environment.0 as usize];
        let (one, others) = holds.split_last().unwrap();
        let itself = others.len() as u32;
        let mut expected = conflicts(&holds, capacity);
        expected.retain(|conflict| conflict.members.contains(&itself));
        prop_assert_eq!(conflicts_with(*one, others, capacity), expected);
    }

    /// What is found does not depend on the order that the holds come in.
    #[test]
    fn order_does_not_matter(holds in prop::collection::vec(any_hold(), 0..14)) {
        let backwards: Vec<Hold> = holds.iter().rev().copied().collect();
        let name = |conflict: &Conflict, of: &[Hold]| {
            let mut members: Vec<_> =
                conflict.members.iter().map(|&i| format!("{:?}", of[i as usize])).collect();
            members.sort();
            (conflict.environment, conflict.kind, conflict.severity, conflict.range, members)
        };
        let one: Vec<_> = conflicts(&holds, |_| 2).iter().map(|c| name(c, &holds)).collect();
        let other: Vec<_> = conflicts(&backwards, |_| 2).iter().map(|c| name(c, &backwards)).collect();
        prop_assert_eq!(one, other);
    }
}
