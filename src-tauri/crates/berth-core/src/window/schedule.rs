//! Windows laid out over time, so that what is frozen or allowed at a time is found at once.

use std::collections::{BTreeMap, BTreeSet};

use chrono_tz::Tz;

use super::{Effect, Window};
use crate::{EnvironmentId, Kind, TimeRange, Timestamp, ranges};

/// The windows of all environments over a range, by environment and kind of booking.
///
/// It knows nothing of what lies outside its range, and everybody who asks must stay inside: lay
/// windows out over all of a booking to judge it.
#[derive(Debug, Clone)]
pub struct Schedule {
    range: TimeRange,
    lanes: BTreeMap<EnvironmentId, [Lane; KINDS.len()]>,
}

/// Every kind, at the index that is its number.
const KINDS: [Kind; 4] = [Kind::Deploy, Kind::Test, Kind::Maintenance, Kind::Watch];

/// What one kind meets in one environment.
#[derive(Debug, Clone, Default)]
struct Lane {
    frozen: Vec<Frozen>,
    /// The union of the allow windows.
    open: Vec<TimeRange>,
    /// The allow windows there are, whether or not they occur in the range.
    allowing: Vec<u32>,
}

/// A stretch in which the same freezes apply. Stretches are in order and do not overlap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Frozen {
    pub(crate) range: TimeRange,
    /// Their numbers, in order.
    pub(crate) windows: Vec<u32>,
}

impl Schedule {
    /// Lays out `windows` over `range`. From now on the number of a window is its index there.
    ///
    /// `zone` is that of an environment. An environment is restricted by its allow windows also
    /// where none of them occurs in the range, or ever again.
    #[must_use]
    pub fn new(windows: &[Window], zone: impl Fn(EnvironmentId) -> Tz, range: TimeRange) -> Self {
        let mut spans: BTreeMap<(EnvironmentId, Effect, usize), Vec<Frozen>> = BTreeMap::new();
        for (number, window) in (0..).zip(windows) {
            for &environment in &window.environments {
                let occurs = occurrences(window, zone(environment), range);
                for &kind in &window.blocks {
                    let key = (environment, window.effect, kind as usize);
                    let span = |&range| Frozen {
                        range,
                        windows: vec![number],
                    };
                    let spans = spans.entry(key).or_default();
                    spans.extend(occurs.iter().map(span));
                }
            }
        }
        let mut schedule = Self {
            range,
            lanes: BTreeMap::new(),
        };
        for ((environment, effect, kind), spans) in spans {
            let lane = &mut schedule.lanes.entry(environment).or_default()[kind];
            match effect {
                Effect::Freeze => lane.frozen = stretches(&spans),
                Effect::Allow => {
                    lane.open = ranges::union(spans.iter().map(|one| one.range).collect())
                }
            }
        }
        schedule.name_allowing(windows);
        schedule
    }

    /// What it covers.
    #[must_use]
    pub fn range(&self) -> TimeRange {
        self.range
    }

    /// The part of `range` that it covers.
    pub(crate) fn within(&self, range: TimeRange) -> Option<TimeRange> {
        self.range.intersection(range)
    }

    /// When bookings of this kind must not take place: in order, each as long as can be.
    #[must_use]
    pub fn frozen(&self, environment: EnvironmentId, kind: Kind) -> Vec<TimeRange> {
        ranges::union(
            self.stretches(environment, kind)
                .iter()
                .map(|one| one.range)
                .collect(),
        )
    }

    /// When bookings of this kind may take place, as far as the allow windows say so: in order,
    /// each as long as can be. `None` where there are no allow windows for the kind.
    #[must_use]
    pub fn open(&self, environment: EnvironmentId, kind: Kind) -> Option<&[TimeRange]> {
        let lane = self.lane(environment, kind)?;
        (!lane.allowing.is_empty()).then_some(&lane.open)
    }

    /// The numbers of the allow windows for the kind, in order, whether they occur or not.
    #[must_use]
    pub fn allowing(&self, environment: EnvironmentId, kind: Kind) -> &[u32] {
        self.lane(environment, kind)
            .map_or(&[], |lane| &lane.allowing)
    }

    /// The numbers of the freezes that a booking of this kind would meet in `range`, in order.
    #[must_use]
    pub fn freezing(&self, environment: EnvironmentId, kind: Kind, range: TimeRange) -> Vec<u32> {
        let met = touching(
            self.stretches(environment, kind),
            range.start(),
            range.end(),
        );
        let numbers: BTreeSet<u32> = met
            .iter()
            .flat_map(|one| one.windows.iter().copied())
            .collect();
        numbers.into_iter().collect()
    }

    /// The stretches in which the same freezes apply, in order.
    pub(crate) fn stretches(&self, environment: EnvironmentId, kind: Kind) -> &[Frozen] {
        self.lane(environment, kind)
            .map_or(&[], |lane| &lane.frozen)
    }

    fn lane(&self, environment: EnvironmentId, kind: Kind) -> Option<&Lane> {
        self.lanes
            .get(&environment)
            .map(|lanes| &lanes[kind as usize])
    }

    fn name_allowing(&mut self, windows: &[Window]) {
        let allow = (0..)
            .zip(windows)
            .filter(|(_, one)| one.effect == Effect::Allow && one.lasts());
        for (number, window) in allow {
            let environments: BTreeSet<_> = window.environments.iter().collect();
            for &environment in environments {
                let lanes = self.lanes.entry(environment).or_default();
                for kind in KINDS
                    .into_iter()
                    .filter(|kind| window.blocks.contains(kind))
                {
                    lanes[kind as usize].allowing.push(number);
                }
            }
        }
    }
}

/// The stretches that overlap `[start, end)`.
pub(crate) fn touching(stretches: &[Frozen], start: Timestamp, end: Timestamp) -> &[Frozen] {
    let first = stretches.partition_point(|one| one.range.end() <= start);
    let stretches = &stretches[first..];
    &stretches[..stretches.partition_point(|one| one.range.start() < end)]
}

fn occurrences(window: &Window, zone: Tz, range: TimeRange) -> Vec<TimeRange> {
    let found = window.occurrences(zone, range.start(), range.end());
    found
        .iter()
        .filter_map(|one| TimeRange::new(one.start, one.end))
        .collect()
}

/// Cuts what may overlap into stretches with the same windows.
fn stretches(spans: &[Frozen]) -> Vec<Frozen> {
    let mut edges: Vec<(Timestamp, bool, u32)> = Vec::with_capacity(spans.len() * 2);
    for (span, &number) in spans
        .iter()
        .flat_map(|span| span.windows.iter().map(move |n| (span, n)))
    {
        edges.push((span.range.start(), true, number));
        edges.push((span.range.end(), false, number));
    }
    edges.sort_unstable();
    let mut present: BTreeMap<u32, u32> = BTreeMap::new();
    let mut found = Vec::new();
    let mut since = Timestamp::MIN;
    for together in edges.chunk_by(|a, b| a.0 == b.0) {
        let at = together[0].0;
        push(&mut found, since, at, present.keys().copied().collect());
        for &(_, begins, number) in together {
            let count = present.entry(number).or_default();
            *count = if begins {
                *count + 1
            } else {
                count.saturating_sub(1)
            };
        }
        present.retain(|_, count| *count > 0);
        since = at;
    }
    found
}

/// Adds a stretch, to the last one where that goes on unchanged.
fn push(found: &mut Vec<Frozen>, from: Timestamp, to: Timestamp, windows: Vec<u32>) {
    let Some(range) = TimeRange::new(from, to).filter(|_| !windows.is_empty()) else {
        return;
    };
    match found.last_mut() {
        Some(last) if last.range.end() == from && last.windows == windows => {
            last.range = last.range.hull(range);
        }
        _ => found.push(Frozen { range, windows }),
    }
}
