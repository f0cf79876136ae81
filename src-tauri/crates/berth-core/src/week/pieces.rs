//! A booking cut at the midnights that it crosses.

use super::Day;
use super::days::minutes_up;
use crate::Timestamp;

#[cfg(test)]
mod tests;

/// The part of a booking that lies in one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Index into the days.
    pub day: usize,
    /// Real minutes after the day's first instant; a started minute is drawn whole.
    pub start: u32,
    /// First minute after, at most the day's length.
    pub end: u32,
    /// The booking began before this day.
    pub continues_before: bool,
    /// The booking goes on after this day.
    pub continues_after: bool,
}

/// The pieces of `[start, end)` in `days`, which must be in order; there may be gaps between them,
/// such as weekends that are not drawn.
///
/// A booking of no length (or one that ends before it starts) is drawn as one second would be: the
/// minute that it starts in, so at midnight it belongs to the day that begins.
pub fn pieces(start: Timestamp, end: Timestamp, days: &[Day]) -> impl Iterator<Item = Piece> + '_ {
    let end = end.max(Timestamp::from_seconds(start.seconds() + 1));
    let first = days.partition_point(|day| day.range.end() <= start);
    let touched = days
        .iter()
        .enumerate()
        .skip(first)
        .take_while(move |(_, day)| day.range.start() < end);
    touched.map(move |(index, day)| piece(index, day, start, end))
}

fn piece(index: usize, day: &Day, start: Timestamp, end: Timestamp) -> Piece {
    let (first, last) = (start.max(day.range.start()), end.min(day.range.end()));
    let seconds = (first - day.range.start()).num_seconds();
    Piece {
        day: index,
        start: u32::try_from(seconds / 60).unwrap_or(0),
        end: minutes_up(last - day.range.start()),
        continues_before: start < day.range.start(),
        continues_after: end > day.range.end(),
    }
}
