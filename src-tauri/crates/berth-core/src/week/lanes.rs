//! Pieces of one column side by side: lanes where they overlap, and folds where it gets crowded.

use std::ops::Range;

#[cfg(test)]
mod tests;

/// Where the pieces of a column are drawn.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Layout {
    /// For each piece its place, or `None` when it is in a fold.
    pub placed: Vec<Option<Place>>,
    /// What does not fit beside the last lane, in order of start.
    pub folds: Vec<Fold>,
}

/// The place of a piece in its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Which lane, from 0.
    pub lane: u32,
    /// How many lanes the column has beside this piece: the same for all that are connected by
    /// overlaps.
    pub lanes: u32,
    /// How many lanes it may cover from its own to the right, at least 1: those that are free for
    /// as long as it lasts.
    pub span: u32,
}

/// Pieces behind a "+n". Folds never overlap each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fold {
    /// First minute of its pieces.
    pub start: u32,
    /// First minute after its pieces, as drawn.
    pub end: u32,
    /// Indices of the pieces, by start, then longer first, then index.
    pub members: Vec<usize>,
}

/// Lays out the `pieces` (`start..end` in minutes) of one column in at most `most` lanes (0 is
/// read as 1).
///
/// Every piece is taken to be at least `min_minutes` long, as long as its card is drawn, so that
/// cards never cover each other. Within a group that is connected by overlaps, the number of lanes
/// is the greatest number of pieces at once, if that is not more than `most`. Beyond that, whoever
/// starts later is folded. Pieces take the first free lane in order of start, then longer first,
/// then index, so the same input always gives the same picture.
#[must_use]
pub fn lanes(pieces: &[(u32, u32)], most: u32, min_minutes: u32) -> Layout {
    let cards: Vec<Range<u32>> = pieces
        .iter()
        .map(|&(start, end)| start..end.max(start.saturating_add(min_minutes.max(1))))
        .collect();
    let mut order: Vec<usize> = (0..cards.len()).collect();
    order.sort_unstable_by_key(|&i| (cards[i].start, std::cmp::Reverse(cards[i].end), i));

    let mut layout = Layout {
        placed: vec![None; cards.len()],
        folds: Vec::new(),
    };
    for group in groups(&cards, &order) {
        place(group, &cards, most.max(1) as usize, &mut layout);
    }
    layout
}

/// Cuts `order` where nothing overlaps what came before.
fn groups<'a>(cards: &'a [Range<u32>], order: &'a [usize]) -> impl Iterator<Item = &'a [usize]> {
    let mut end = 0;
    order.chunk_by(move |&before, &next| {
        end = cards[before].end.max(end);
        cards[next].start < end
    })
}

fn place(group: &[usize], cards: &[Range<u32>], most: usize, layout: &mut Layout) {
    // The pieces of each lane, in order; they never overlap.
    let mut lanes: Vec<Vec<usize>> = Vec::new();
    for &piece in group {
        let start = cards[piece].start;
        let free = lanes
            .iter()
            .position(|lane| lane.last().is_none_or(|&last| cards[last].end <= start));
        match free {
            Some(lane) => lanes[lane].push(piece),
            None if lanes.len() < most => lanes.push(vec![piece]),
            None => fold(piece, &cards[piece], &mut layout.folds),
        }
    }
    for (lane, pieces) in lanes.iter().enumerate() {
        for &piece in pieces {
            let span = 1 + lanes[lane + 1..]
                .iter()
                .take_while(|lane| is_free(lane, cards, &cards[piece]))
                .count();
            layout.placed[piece] = Some(Place {
                lane: lane as u32,
                lanes: lanes.len() as u32,
                span: span as u32,
            });
        }
    }
}

/// Whether no piece of a lane overlaps `card`.
fn is_free(lane: &[usize], cards: &[Range<u32>], card: &Range<u32>) -> bool {
    let next = lane.partition_point(|&piece| cards[piece].end <= card.start);
    lane.get(next)
        .is_none_or(|&piece| cards[piece].start >= card.end)
}

/// Adds to the last fold if that is not over yet, else begins one.
fn fold(piece: usize, card: &Range<u32>, folds: &mut Vec<Fold>) {
    match folds.last_mut() {
        Some(last) if card.start < last.end => {
            last.end = card.end.max(last.end);
            last.members.push(piece);
        }
        _ => folds.push(Fold {
            start: card.start,
            end: card.end,
            members: vec![piece],
        }),
    }
}
