//! Rules 8 and 9 against their words: look at every minute, one window at a time.

use proptest::prelude::*;

use super::*;
use crate::conflict::window::{WindowConflict, window_conflicts};
use crate::window::{Effect, Schedule};
use crate::{Kind, Recurrence, Rule, When, Window, WindowId};

const DAY: i64 = 24 * 60;
const DAYS: i64 = 4;
const KINDS: [Kind; 3] = [Kind::Deploy, Kind::Test, Kind::Watch];

/// Minutes since this, in UTC.
fn minute(minutes: i64) -> Timestamp {
    Timestamp::from_seconds(1_789_000_000 / 86_400 * 86_400 + minutes * 60)
}

/// A window with the minutes of its first occurrence, and how many days it is repeated on.
#[derive(Debug, Clone)]
struct Given {
    window: Window,
    from: i64,
    to: i64,
    days: i64,
}

impl Given {
    fn is_at(&self, at: i64) -> bool {
        (0..self.days).any(|day| self.from + day * DAY <= at && at < self.to + day * DAY)
    }

    fn is_about(&self, effect: Effect, environment: EnvironmentId, kind: Kind) -> bool {
        self.window.effect == effect
            && self.from < self.to
            && self.window.environments.contains(&environment)
            && self.window.blocks.contains(&kind)
    }
}

/// What is wrong with a hold in a minute: the windows, and whether it is excepted.
fn at_minute(
    hold: &Hold,
    kind: Kind,
    conflict: ConflictKind,
    at: i64,
    windows: &[Given],
    excepted: &dyn Fn(u32) -> bool,
) -> Option<(Vec<u32>, bool)> {
    if minute(at) < hold.start || hold.end <= minute(at) {
        return None;
    }
    let effect = if conflict == ConflictKind::Freeze {
        Effect::Freeze
    } else {
        Effect::Allow
    };
    let about: Vec<u32> = (0..windows.len() as u32)
        .filter(|&i| windows[i as usize].is_about(effect, hold.environment, kind))
        .collect();
    let here: Vec<u32> = about
        .iter()
        .copied()
        .filter(|&i| windows[i as usize].is_at(at))
        .collect();
    let wrong = match effect {
        Effect::Freeze => !here.is_empty(),
        Effect::Allow => !about.is_empty() && here.is_empty(),
    };
    if !wrong {
        return None;
    }
    let named = if effect == Effect::Freeze {
        here
    } else {
        about
    };
    let (may, must_not): (Vec<u32>, Vec<u32>) = named.into_iter().partition(|&i| excepted(i));
    match effect {
        Effect::Freeze if must_not.is_empty() => Some((may, true)),
        Effect::Freeze => Some((must_not, false)),
        Effect::Allow if may.is_empty() => Some((must_not, false)),
        Effect::Allow => Some((may, true)),
    }
}

fn oracle(
    holds: &[Hold],
    kinds: &[Kind],
    windows: &[Given],
    excepted: impl Fn(u32, u32) -> bool,
) -> Vec<WindowConflict> {
    let mut found: Vec<WindowConflict> = Vec::new();
    for (index, hold) in (0..).zip(holds) {
        for conflict in [ConflictKind::Freeze, ConflictKind::OutsideWindow] {
            let mut last: Option<(i64, usize)> = None;
            for at in -DAY..(DAYS + 2) * DAY {
                let excepted = |window| excepted(index, window);
                let kind = kinds[index as usize];
                let Some((names, accepted)) =
                    at_minute(hold, kind, conflict, at, windows, &excepted)
                else {
                    continue;
                };
                let range = TimeRange::new(minute(at), minute(at + 1)).unwrap();
                match last {
                    Some((before, i)) if before == at - 1 && found[i].accepted == accepted => {
                        found[i].windows.extend(names);
                        found[i].conflict.range = found[i].conflict.range.hull(range);
                        last = Some((at, i));
                    }
                    _ => {
                        last = Some((at, found.len()));
                        let (environment, members) = (hold.environment, vec![index]);
                        let severity = Severity::Error;
                        let conflict = Conflict {
                            environment,
                            kind: conflict,
                            severity,
                            range,
                            members,
                        };
                        found.push(WindowConflict {
                            conflict,
                            windows: names,
                            accepted,
                        });
                    }
                }
            }
        }
    }
    for one in &mut found {
        one.windows.sort_unstable();
        one.windows.dedup();
    }
    found.sort_by_key(|one| {
        let Conflict {
            range,
            environment,
            kind,
            ref members,
            ..
        } = one.conflict;
        (range.start(), environment, kind, members[0])
    });
    found
}

prop_compose! {
    fn any_window()(
        freeze: bool,
        from in 0..DAYS * DAY,
        length in prop_oneof![1 => Just(0), 9 => 1..600i64, 2 => 1..3000i64],
        repeats in prop_oneof![Just(1), 1..=DAYS],
        environments in prop::sample::subsequence(vec![1i64, 2], 0..=2),
        blocks in prop::sample::subsequence(KINDS.to_vec(), 1..=2),
    ) -> Given {
        let (start, end) = (minute(from), minute(from + length));
        let rule = Rule::parse(&format!("FREQ=DAILY;COUNT={repeats}")).unwrap();
        let recurrence = Recurrence { rule: Some(rule), ..Recurrence::default() };
        let zone = Tz::UTC;
        let window = Window {
            id: WindowId(0),
            uid: String::new(),
            environments: environments.into_iter().map(EnvironmentId).collect(),
            effect: if freeze { Effect::Freeze } else { Effect::Allow },
            when: When::Timed { start: start.wall(zone), end: end.wall(zone), zone },
            recurrence: (repeats > 1).then_some(recurrence),
            title: String::new(),
            blocks,
            exceptions: vec![],
            sequence: 0,
            created: Timestamp::default(),
            modified: Timestamp::default(),
            calendar: None,
            source: None,
        };
        Given { window, from, to: from + length, days: repeats }
    }
}

prop_compose! {
    fn any_hold()(
        environment in 1..=2i64,
        start in 0..DAYS * DAY,
        length in prop_oneof![1 => Just(0), 9 => 1..900i64],
        confirmed: bool,
        buffer in 0..7200u32,
        kind in prop::sample::select(KINDS.to_vec()),
    ) -> (Hold, Kind) {
        let hold = Hold {
            environment: EnvironmentId(environment),
            team: TeamId(1),
            plan: None,
            start: minute(start),
            end: minute(start + length),
            set_up: buffer,
            clean_up: buffer,
            units: None,
            confirmed,
        };
        (hold, kind)
    }
}

fn lay_out(windows: &[Given]) -> Schedule {
    let windows: Vec<Window> = windows.iter().map(|one| one.window.clone()).collect();
    let range = TimeRange::new(minute(-DAY), minute((DAYS + 2) * DAY)).unwrap();
    Schedule::new(&windows, |_| Tz::UTC, range)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn windows_equal_looking_at_every_minute(
        held in prop::collection::vec(any_hold(), 0..5),
        windows in prop::collection::vec(any_window(), 0..6),
        excepted in prop::collection::hash_set((0..5u32, 0..6u32), 0..4),
    ) {
        let (holds, kinds): (Vec<_>, Vec<_>) = held.into_iter().unzip();
        let excepted = |hold, window| excepted.contains(&(hold, window));
        let found = window_conflicts(&holds, &kinds, &lay_out(&windows), excepted);
        prop_assert_eq!(found, oracle(&holds, &kinds, &windows, excepted));
    }

    /// After an edit, only what the edited booking is part of has to be found again.
    #[test]
    fn one_edited_booking_is_found_alone(
        held in prop::collection::vec(any_hold(), 1..12),
        windows in prop::collection::vec(any_window(), 0..6),
        edited in any_hold(),
        at: prop::sample::Index,
    ) {
        let (mut holds, mut kinds): (Vec<_>, Vec<_>) = held.into_iter().unzip();
        let (at, schedule) = (at.index(holds.len()), lay_out(&windows));
        let everything = |holds: &[Hold], kinds: &[Kind]| {
            let windows = window_conflicts(holds, kinds, &schedule, |_, _| false);
            (conflicts(holds, |_| 1), windows)
        };
        (holds[at], kinds[at]) = edited;
        let (mut full, mut full_windows) = everything(&holds, &kinds);
        full.retain(|one| one.members.contains(&(at as u32)));
        full_windows.retain(|one| one.conflict.members.contains(&(at as u32)));

        let others: Vec<Hold> = [&holds[..at], &holds[at + 1..]].concat();
        let mut alone = conflicts_with(holds[at], &others, |_| 1);
        let index = |member: u32| match member as usize {
            last if last == others.len() => at as u32,
            before if before < at => member,
            _ => member + 1,
        };
        for one in &mut alone {
            one.members = one.members.iter().copied().map(index).collect();
            one.members.sort_by_key(|&i| (holds[i as usize].start, i));
        }
        prop_assert_eq!(alone, full);
        let mut windows = window_conflicts(&holds[at..=at], &kinds[at..=at], &schedule, |_, _| false);
        for one in &mut windows {
            one.conflict.members = vec![at as u32];
        }
        prop_assert_eq!(windows, full_windows);
    }
}
