//! The starts of one period: some days, at each the same times, of which BYSETPOS may pick some.
//!
//! They are never written out. A year can have 31 million of them, so the n-th is computed.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::bits::Bits;

/// The times of each day: every combination of BYHOUR, BYMINUTE and BYSECOND.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Times {
    pub(super) hours: Bits,
    pub(super) minutes: Bits,
    pub(super) seconds: Bits,
}

impl Times {
    pub(super) fn len(self) -> usize {
        self.hours.len() * self.minutes.len() * self.seconds.len()
    }

    pub(super) fn nth(self, index: usize) -> Option<NaiveTime> {
        let second = self.seconds.nth(index % self.seconds.len().max(1))?;
        let index = index / self.seconds.len();
        let minute = self.minutes.nth(index % self.minutes.len().max(1))?;
        let hour = self.hours.nth(index / self.minutes.len())?;
        NaiveTime::from_hms_opt(hour, minute, second)
    }
}

/// The starts of one period, in order.
#[derive(Debug, Default)]
pub(super) struct Instances {
    pub(super) days: Vec<NaiveDate>,
    pub(super) times: Times,
    /// Which of them BYSETPOS leaves, sorted; `None` leaves all.
    picked: Option<Vec<usize>>,
}

impl Instances {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.picked.as_ref().map_or(self.all(), Vec::len)
    }

    fn all(&self) -> usize {
        self.days.len() * self.times.len()
    }

    /// The start with `index` others before it.
    pub(super) fn get(&self, index: usize) -> Option<NaiveDateTime> {
        let index = self
            .picked
            .as_ref()
            .map_or(Some(index), |picked| picked.get(index).copied())?;
        let per_day = self.times.len().max(1);
        Some(
            self.days
                .get(index / per_day)?
                .and_time(self.times.nth(index % per_day)?),
        )
    }

    /// How many lie before `at`.
    pub(super) fn before(&self, at: NaiveDateTime) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if self.get(middle).is_some_and(|start| start < at) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        low
    }

    /// Leaves only those at `positions`, counted from 1, or from the back below 0 (RFC 5545, 3.3.10:
    /// BYSETPOS is applied last, to the whole period).
    pub(super) fn pick(&mut self, positions: &[i16]) {
        if positions.is_empty() {
            return;
        }
        let all = self.all();
        let picked = self.picked.get_or_insert_default();
        picked.clear();
        picked.extend(
            positions
                .iter()
                .filter_map(|&position| place(position, all)),
        );
        picked.sort_unstable();
        picked.dedup();
    }
}

fn place(position: i16, all: usize) -> Option<usize> {
    let distance = usize::from(position.unsigned_abs());
    if position > 0 {
        Some(distance - 1).filter(|&place| place < all)
    } else {
        all.checked_sub(distance)
    }
}
