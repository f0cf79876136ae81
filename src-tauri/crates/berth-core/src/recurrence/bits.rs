//! A set of numbers from 0 to 63 in one word: hours, minutes, week numbers, days of a month.
//!
//! It knows nothing of calendars. An empty set stands for a rule part that was not written, which is
//! why [`Bits::allows`] and [`Bits::contains`] differ.

/// A set of numbers below 64.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Bits(u64);

impl Bits {
    /// The numbers from `first` to `last`, which is at most 62.
    pub(super) const fn between(first: u32, last: u32) -> Self {
        Self((1 << (last + 1)) - (1 << first))
    }

    /// Only `value`.
    pub(super) fn only(value: u32) -> Self {
        [value].into_iter().collect()
    }

    /// Whether `value` is in the set.
    pub(super) fn contains(self, value: u32) -> bool {
        value < 64 && self.0 >> value & 1 == 1
    }

    /// Whether `value` passes: a part that was not written limits nothing.
    pub(super) fn allows(self, value: u32) -> bool {
        self.is_empty() || self.contains(value)
    }

    /// Whether there is nothing in it.
    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many there are.
    pub(super) fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// The member with `index` smaller ones before it.
    pub(super) fn nth(self, index: usize) -> Option<u32> {
        self.iter().nth(index)
    }

    /// The smallest member that is greater than `value`.
    pub(super) fn after(self, value: u32) -> Option<u32> {
        self.iter().find(|&member| member > value)
    }

    /// The members in both.
    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// This set, or `other` where this one is empty.
    pub(super) fn or(self, other: Self) -> Self {
        if self.is_empty() { other } else { self }
    }

    /// The members in order.
    pub(super) fn iter(self) -> impl Iterator<Item = u32> {
        std::iter::successors(Some(self.0), |&rest| Some(rest & rest.wrapping_sub(1)))
            .take_while(|&rest| rest != 0)
            .map(u64::trailing_zeros)
    }
}

/// Numbers of 64 and more have no place in it and are left out.
impl FromIterator<u32> for Bits {
    fn from_iter<I: IntoIterator<Item = u32>>(values: I) -> Self {
        let bit = |value| 1u64.checked_shl(value).unwrap_or(0);
        Self(values.into_iter().fold(0, |bits, value| bits | bit(value)))
    }
}
