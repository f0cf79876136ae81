//! The row above the columns: whole days as bars, in as few lines as will do.

#[cfg(test)]
mod tests;

/// The line, from 0, of each bar `(first day, days)`; 0 days are read as 1.
///
/// A bar takes the first line that is free on all its days, in order of first day, then longer
/// first, then index.
#[must_use]
pub fn bars(bars: &[(u32, u32)]) -> Vec<u32> {
    let mut order: Vec<usize> = (0..bars.len()).collect();
    order.sort_unstable_by_key(|&i| (bars[i].0, std::cmp::Reverse(bars[i].1), i));
    // The first day after the last bar of each line.
    let mut ends: Vec<u32> = Vec::new();
    let mut lines = vec![0; bars.len()];
    for bar in order {
        let (first, days) = bars[bar];
        let line = ends
            .iter()
            .position(|&end| end <= first)
            .unwrap_or(ends.len());
        if line == ends.len() {
            ends.push(0);
        }
        ends[line] = first.saturating_add(days.max(1));
        lines[bar] = line as u32;
    }
    lines
}
