//! What goes where: each day has a column for each environment.

use std::collections::BTreeMap;

use berth_core::week::{self, Day, Piece};
use berth_core::window::Window;
use berth_core::{Environment, Timestamp};

use crate::Slot;
use crate::wire::{Bar, Block, Conflict, Fold, Mark, WindowSpan};

/// More lanes than this do not fit into a column.
const MOST_LANES: u32 = 3;

/// A card is drawn at least this high.
const LOWEST_CARD: u32 = 30;

/// The columns of a screen.
pub(super) struct Columns<'a> {
    days: &'a [Day],
    environments: &'a [Environment],
}

/// The pieces of one column, with the slot each belongs to.
type Pieces = BTreeMap<(usize, usize), Vec<(usize, Piece)>>;

impl<'a> Columns<'a> {
    pub(super) fn new(days: &'a [Day], environments: &'a [Environment]) -> Self {
        Self { days, environments }
    }

    fn environment(&self, slot: &Slot) -> Option<usize> {
        self.environments
            .iter()
            .position(|one| one.id == slot.booking.environment)
    }

    /// The pieces of timed slots in their lanes, and what is folded away.
    pub(super) fn blocks(&self, slots: &[Slot]) -> (Vec<Block>, Vec<Fold>) {
        let (mut blocks, mut folds) = (Vec::new(), Vec::new());
        for ((day, environment), pieces) in self.pieces(slots) {
            let spans: Vec<(u32, u32)> = pieces
                .iter()
                .map(|(_, piece)| (piece.start, piece.end))
                .collect();
            let layout = week::lanes(&spans, MOST_LANES, LOWEST_CARD);
            let id = self.environments[environment].id.to_string();
            for ((slot, piece), place) in pieces.iter().zip(&layout.placed) {
                if let Some(place) = place {
                    blocks.push(Block {
                        occurrence: index(*slot),
                        day: index(day),
                        environment_id: id.clone(),
                        start: piece.start,
                        end: piece.end,
                        lane: place.lane,
                        lanes: place.lanes,
                        span: place.span,
                        continues_before: piece.continues_before,
                        continues_after: piece.continues_after,
                    });
                }
            }
            folds.extend(layout.folds.into_iter().map(|fold| {
                Fold {
                    day: index(day),
                    environment_id: id.clone(),
                    start: fold.start,
                    end: fold.end,
                    occurrences: fold
                        .members
                        .iter()
                        .map(|&member| index(pieces[member].0))
                        .collect(),
                }
            }));
        }
        (blocks, folds)
    }

    fn pieces(&self, slots: &[Slot]) -> Pieces {
        let mut columns = Pieces::new();
        for (number, slot) in slots
            .iter()
            .enumerate()
            .filter(|(_, slot)| !slot.when.is_all_day())
        {
            let Some(environment) = self.environment(slot) else {
                continue;
            };
            for piece in week::pieces(slot.start, slot.end, self.days) {
                columns
                    .entry((piece.day, environment))
                    .or_default()
                    .push((number, piece));
            }
        }
        columns
    }

    /// The all-day slots, in lines of the row above the columns.
    pub(super) fn bars(&self, slots: &[Slot]) -> Vec<Bar> {
        let mut bars = Vec::new();
        let mut spans = Vec::new();
        let width = self.environments.len();
        for (number, slot) in slots
            .iter()
            .enumerate()
            .filter(|(_, slot)| slot.when.is_all_day())
        {
            let Some(environment) = self.environment(slot) else {
                continue;
            };
            let pieces: Vec<Piece> = week::pieces(slot.start, slot.end, self.days).collect();
            let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else {
                continue;
            };
            // In columns, so that neighbours in one day share a line.
            spans.push((
                index(first.day * width + environment),
                index((last.day - first.day) * width + 1),
            ));
            bars.push(Bar {
                occurrence: index(number),
                day: index(first.day),
                days: index(last.day - first.day + 1),
                environment_id: self.environments[environment].id.to_string(),
                line: 0,
                continues_before: first.continues_before,
                continues_after: last.continues_after,
            });
        }
        for (bar, line) in bars.iter_mut().zip(week::bars(&spans)) {
            bar.line = line;
        }
        bars
    }

    /// Where windows lie.
    pub(super) fn spans(
        &self,
        windows: &[Window],
        from: Timestamp,
        to: Timestamp,
    ) -> Vec<WindowSpan> {
        let mut spans = Vec::new();
        for (number, window) in windows.iter().enumerate() {
            let about = self
                .environments
                .iter()
                .filter(|one| window.environments.contains(&one.id));
            for environment in about {
                for one in window.occurrences(environment.zone, from, to) {
                    spans.extend(week::pieces(one.start, one.end, self.days).map(|piece| {
                        WindowSpan {
                            window: index(number),
                            day: index(piece.day),
                            environment_id: environment.id.to_string(),
                            start: piece.start,
                            end: piece.end,
                        }
                    }));
                }
            }
        }
        spans
    }

    /// Where to hatch: the conflicts that count, cut into days.
    pub(super) fn marks(&self, conflicts: &[Conflict]) -> Vec<Mark> {
        let mut marks = Vec::new();
        for (number, conflict) in conflicts.iter().enumerate() {
            let (start, end) = (
                Timestamp::from_millis(conflict.start),
                Timestamp::from_millis(conflict.end),
            );
            marks.extend(week::pieces(start, end, self.days).map(|piece| Mark {
                conflict: index(number),
                day: index(piece.day),
                environment_id: conflict.environment_id.clone(),
                start: piece.start,
                end: piece.end,
            }));
        }
        marks
    }
}

fn index(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
