//! The sweep over one environment.
//!
//! Holds whose footprints touch nobody else's are passed over at once. The others form clusters;
//! in each, the edges of cores and footprints are visited in order of time, and what is present
//! between two edges decides.

use super::presence::Presence;
use super::{Conflict, ConflictKind, Entry, Hold, Severity};
use crate::{EnvironmentId, TimeRange, Timestamp};

/// Where a footprint or a core begins or ends.
struct Edge {
    at: Timestamp,
    /// Position in the cluster.
    position: u32,
    what: Part,
    begins: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Core,
    Footprint,
}

/// A conflict whose end has not been reached.
#[derive(PartialEq, Eq)]
struct Open {
    kind: ConflictKind,
    members: Vec<u32>,
}

/// What the visit of one environment needs, kept from cluster to cluster to save allocations.
pub(super) struct Sweep<'a> {
    holds: &'a [Hold],
    environment: EnvironmentId,
    capacity: u32,
    edges: Vec<Edge>,
    core: Presence,
    footprint: Presence,
    open: Option<(Timestamp, Open)>,
    found: &'a mut Vec<Conflict>,
}

impl<'a> Sweep<'a> {
    pub(super) fn new(
        holds: &'a [Hold],
        environment: EnvironmentId,
        capacity: u32,
        found: &'a mut Vec<Conflict>,
    ) -> Self {
        let (core, footprint) = (Presence::default(), Presence::default());
        Self {
            holds,
            environment,
            capacity,
            edges: Vec::new(),
            core,
            footprint,
            open: None,
            found,
        }
    }

    /// Adds the conflicts among `entries`, which must be in order of `from`.
    pub(super) fn run(&mut self, mut entries: &[Entry]) {
        while let Some(first) = entries.first() {
            let mut to = first.to;
            let more = entries[1..].iter().take_while(|next| {
                let meets = next.from < to;
                to = to.max(next.to);
                meets
            });
            let (cluster, rest) = entries.split_at(1 + more.count());
            if cluster.len() > 1 || first.shared {
                self.visit(cluster);
            }
            entries = rest;
        }
    }

    fn visit(&mut self, cluster: &[Entry]) {
        self.collect_edges(cluster);
        self.core.reset(self.capacity, cluster.len());
        self.footprint.reset(self.capacity, cluster.len());
        let edges = std::mem::take(&mut self.edges);
        for together in edges.chunk_by(|a, b| a.at == b.at) {
            for edge in together {
                self.pass(
                    edge,
                    &self.holds[cluster[edge.position as usize].hold as usize],
                );
            }
            self.decide(together, cluster);
        }
        self.edges = edges;
    }

    fn collect_edges(&mut self, cluster: &[Entry]) {
        self.edges.clear();
        for (position, entry) in (0..).zip(cluster) {
            let hold = &self.holds[entry.hold as usize];
            let mut edge = |at, what, begins| {
                self.edges.push(Edge {
                    at,
                    position,
                    what,
                    begins,
                })
            };
            edge(entry.from, Part::Footprint, true);
            edge(hold.start, Part::Core, true);
            edge(hold.end, Part::Core, false);
            edge(entry.to, Part::Footprint, false);
        }
        self.edges.sort_unstable_by_key(|edge| edge.at);
    }

    fn pass(&mut self, edge: &Edge, hold: &Hold) {
        let presence = match edge.what {
            Part::Core => &mut self.core,
            Part::Footprint => &mut self.footprint,
        };
        if edge.begins {
            presence.add(edge.position, hold)
        } else {
            presence.remove(edge.position, hold)
        }
    }

    /// Looks at the stretch that begins after the edges just passed.
    fn decide(&mut self, passed: &[Edge], cluster: &[Entry]) {
        let kind = self.broken();
        if self.goes_on(kind, passed) {
            return;
        }
        let next = kind.map(|kind| Open {
            kind,
            members: self.members(kind, cluster),
        });
        if self.open.as_ref().map(|(_, open)| open) == next.as_ref() {
            return;
        }
        let Some(at) = passed.first().map(|edge| edge.at) else {
            return;
        };
        if let Some((from, ended)) = self.open.take() {
            self.report(from, at, ended);
        }
        self.open = next.map(|open| (at, open));
    }

    fn broken(&self) -> Option<ConflictKind> {
        if self.core.exceeds() {
            Some(ConflictKind::Overlap)
        } else if self.footprint.exceeds() && self.footprint.is_shared() {
            Some(ConflictKind::Buffer)
        } else {
            None
        }
    }

    /// Whether nothing has changed for the open conflict, found without looking at its members:
    /// none of the edges passed is of the part that they are counted by.
    fn goes_on(&self, kind: Option<ConflictKind>, passed: &[Edge]) -> bool {
        let part = if kind == Some(ConflictKind::Overlap) {
            Part::Core
        } else {
            Part::Footprint
        };
        let open = self.open.as_ref().map(|(_, open)| open.kind);
        open == kind && (kind.is_none() || passed.iter().all(|edge| edge.what != part))
    }

    /// Indices of the holds involved, by start, then index.
    fn members(&self, kind: ConflictKind, cluster: &[Entry]) -> Vec<u32> {
        let presence = if kind == ConflictKind::Overlap {
            &self.core
        } else {
            &self.footprint
        };
        let among = presence
            .members()
            .iter()
            .map(|&position| cluster[position as usize].hold);
        let mut members: Vec<u32> = if presence.is_shared() {
            among.collect()
        } else {
            // Alone, or only with its own plan: in conflict is who wants more than there is.
            among.filter(|&index| self.is_too_large(index)).collect()
        };
        members.sort_unstable_by_key(|&index| (self.holds[index as usize].start, index));
        members
    }

    fn is_too_large(&self, index: u32) -> bool {
        self.holds[index as usize].demand(self.capacity) > self.capacity
    }

    fn report(&mut self, from: Timestamp, to: Timestamp, Open { kind, members }: Open) {
        if let Some(range) = TimeRange::new(from, to) {
            let severity = self.severity(kind, &members);
            let environment = self.environment;
            self.found.push(Conflict {
                environment,
                kind,
                severity,
                range,
                members,
            });
        }
    }

    fn severity(&self, kind: ConflictKind, members: &[u32]) -> Severity {
        let among = || members.iter().map(|&index| &self.holds[index as usize]);
        let one_team =
            among().all(|hold| Some(hold.team) == among().next().map(|first| first.team));
        if kind == ConflictKind::Buffer {
            return if one_team {
                Severity::Info
            } else {
                Severity::Warning
            };
        }
        match (
            one_team,
            members.iter().any(|&index| self.is_too_large(index)),
        ) {
            (true, false) => Severity::Info,
            (true, true) => Severity::Warning,
            (false, _) if confirmed_parties(among()) > 1 => Severity::Error,
            (false, _) => Severity::Warning,
        }
    }
}

/// How many are certain, a plan counting once.
fn confirmed_parties<'a>(holds: impl Iterator<Item = &'a Hold>) -> usize {
    let (planned, others): (Vec<_>, Vec<_>) = holds
        .filter(|hold| hold.confirmed)
        .map(|hold| hold.plan)
        .partition(Option::is_some);
    let mut plans = planned;
    plans.sort_unstable();
    plans.dedup();
    plans.len() + others.len()
}
