//! Instants, half-open ranges, and the one place where wall time becomes UTC.
//!
//! A [`Timestamp`] is a whole second, as iCalendar has no finer time (RFC 5545, 3.3.5). Wall time is
//! chrono's [`NaiveDateTime`]; it means nothing without a zone, and [`localise`] is the only way
//! from one to the other.

use std::fmt;

use chrono::{
    DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta, TimeZone, Utc,
};
pub use chrono_tz::Tz;

#[cfg(test)]
mod tests;

/// An instant: whole seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The earliest instant a calendar can name: 0001-01-01T00:00:00Z.
    pub const MIN: Self = Self(-62_135_596_800);
    /// The latest instant a calendar can name: 9999-12-31T23:59:59Z.
    pub const MAX: Self = Self(253_402_300_799);

    /// The instant so many seconds after the epoch, held within the years 1 to 9999.
    #[must_use]
    pub const fn from_seconds(seconds: i64) -> Self {
        if seconds < Self::MIN.0 {
            Self::MIN
        } else if seconds > Self::MAX.0 {
            Self::MAX
        } else {
            Self(seconds)
        }
    }

    /// The instant so many milliseconds after the epoch, rounded down to the second.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        Self::from_seconds(millis.div_euclid(1000))
    }

    /// Seconds since the epoch.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.0
    }

    /// Milliseconds since the epoch: how an instant crosses to the UI.
    #[must_use]
    pub const fn millis(self) -> i64 {
        self.0 * 1000
    }

    /// The same instant for chrono.
    #[must_use]
    pub fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp(self.0, 0).unwrap_or_default()
    }

    /// What a clock on the wall shows at this instant in `zone`.
    #[must_use]
    pub fn wall(self, zone: Tz) -> NaiveDateTime {
        self.utc().with_timezone(&zone).naive_local()
    }

    /// The offset from UTC, in seconds east, that `zone` has at this instant.
    #[must_use]
    pub fn offset(self, zone: Tz) -> i32 {
        zone.offset_from_utc_datetime(&self.utc().naive_utc())
            .fix()
            .local_minus_utc()
    }
}

impl From<DateTime<Utc>> for Timestamp {
    fn from(time: DateTime<Utc>) -> Self {
        Self::from_seconds(time.timestamp())
    }
}

impl std::ops::Add<TimeDelta> for Timestamp {
    type Output = Self;
    fn add(self, delta: TimeDelta) -> Self {
        Self::from_seconds(self.0.saturating_add(delta.num_seconds()))
    }
}

impl std::ops::Sub<TimeDelta> for Timestamp {
    type Output = Self;
    fn sub(self, delta: TimeDelta) -> Self {
        Self::from_seconds(self.0.saturating_sub(delta.num_seconds()))
    }
}

impl std::ops::Sub for Timestamp {
    type Output = TimeDelta;
    fn sub(self, other: Self) -> TimeDelta {
        TimeDelta::seconds(self.0 - other.0)
    }
}

/// RFC 3339 in UTC: `2026-09-17T07:00:00Z`.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.utc().format("%Y-%m-%dT%H:%M:%SZ"))
    }
}

/// A stretch of time, `[start, end)`: its end is not part of it, so 09–13 and 13–17 do not meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeRange {
    start: Timestamp,
    end: Timestamp,
}

impl TimeRange {
    /// The range from `start` to `end`, or `None` when that is empty or backwards.
    #[must_use]
    pub fn new(start: Timestamp, end: Timestamp) -> Option<Self> {
        (start < end).then_some(Self { start, end })
    }

    /// The first instant inside.
    #[must_use]
    pub const fn start(self) -> Timestamp {
        self.start
    }

    /// The first instant after.
    #[must_use]
    pub const fn end(self) -> Timestamp {
        self.end
    }

    /// How long it is in real (not wall) time.
    #[must_use]
    pub fn length(self) -> TimeDelta {
        self.end - self.start
    }

    /// Whether the two share at least one second. Adjacent ranges do not.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether the instant lies inside; the end does not.
    #[must_use]
    pub fn contains(self, at: Timestamp) -> bool {
        self.start <= at && at < self.end
    }

    /// What the two share.
    #[must_use]
    pub fn intersection(self, other: Self) -> Option<Self> {
        Self::new(self.start.max(other.start), self.end.min(other.end))
    }

    /// The smallest range that holds both.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// The range with so much added before its start and after its end.
    #[must_use]
    pub fn widened(self, before: TimeDelta, after: TimeDelta) -> Self {
        Self {
            start: self.start - before,
            end: self.end + after,
        }
    }
}

/// The instant that a clock in `zone` shows as `wall`.
///
/// RFC 5545, 3.3.5: a time that the spring gap skips is read with the offset before the gap (02:30
/// becomes 03:30), one that the autumn fold repeats is the first of the two.
#[must_use]
pub fn localise(wall: NaiveDateTime, zone: Tz) -> Timestamp {
    use chrono::LocalResult::{Ambiguous, None, Single};
    match zone.offset_from_local_datetime(&wall) {
        Single(offset) | Ambiguous(offset, _) => at_offset(wall, offset.fix().local_minus_utc()),
        // A day before any wall time in a gap lies before the gap; no zone skips more than a day.
        None => {
            let before = localise_outside_gap(wall - TimeDelta::days(1), zone);
            at_offset(wall, before.offset(zone))
        }
    }
}

fn localise_outside_gap(wall: NaiveDateTime, zone: Tz) -> Timestamp {
    match zone.offset_from_local_datetime(&wall).earliest() {
        Some(offset) => at_offset(wall, offset.fix().local_minus_utc()),
        None => at_offset(wall, 0),
    }
}

fn at_offset(wall: NaiveDateTime, offset: i32) -> Timestamp {
    Timestamp::from_seconds(wall.and_utc().timestamp() - i64::from(offset))
}

/// The day `date` in `zone`: from its first instant to the next day's, so 23, 24 or 25 hours long,
/// and a few other lengths in zones that changed by half an hour or skipped a day.
///
/// Where midnight itself is skipped, the day begins when the clock jumps. A date that the zone
/// never had (Samoa, 2011-12-30) gets no range.
#[must_use]
pub fn day(date: NaiveDate, zone: Tz) -> Option<TimeRange> {
    let next = date.checked_add_days(Days::new(1))?;
    TimeRange::new(midnight(date, zone), midnight(next, zone))
}

/// The first instant of `date` in `zone`.
#[must_use]
pub fn midnight(date: NaiveDate, zone: Tz) -> Timestamp {
    let wall = date.and_time(NaiveTime::MIN);
    let naive = localise(wall, zone);
    // In a gap, `localise` answers as far past the jump as the wall time was into the gap.
    let shown = naive.wall(zone);
    if shown == wall {
        naive
    } else {
        naive - gap_before(naive, zone)
    }
}

/// How far `at` lies behind the clock change that came last, when that was less than a day ago.
fn gap_before(at: Timestamp, zone: Tz) -> TimeDelta {
    let day = TimeRange {
        start: at - TimeDelta::days(1),
        end: at,
    };
    change_of_offset(day, zone).map_or(TimeDelta::zero(), |change| at - change)
}

/// The first instant with another offset than the start of the range has, its end included, where
/// the end has another. Of several changes it is any.
pub(crate) fn change_of_offset(range: TimeRange, zone: Tz) -> Option<Timestamp> {
    let (mut before, mut after) = (range.start, range.end);
    let changed = after.offset(zone);
    if before.offset(zone) == changed {
        return None;
    }
    while after - before > TimeDelta::seconds(1) {
        let middle = before + (after - before) / 2;
        if middle.offset(zone) == changed {
            after = middle
        } else {
            before = middle
        }
    }
    Some(after)
}
