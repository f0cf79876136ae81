//! How this person reads times, and how bookings are called in toasts and the history.

use berth_core::words::Phrasing;
use berth_core::{TimeRange, Timestamp};

use crate::{Berth, Result, Slot};

impl Berth {
    /// The zone and clock that times are said in.
    pub(crate) fn phrasing(&mut self, now: Timestamp) -> Result<Phrasing> {
        let hour12 = self.settings()?.hour12.unwrap_or(self.hour12);
        Ok(Phrasing {
            zone: self.zone()?,
            now,
            hour12,
        })
    }
}

/// When a slot is, for where the day is not known: `Thu 17 Sep 09:00–13:00`, `Thu 17 Sep, all day`.
pub(crate) fn slot_time(phrasing: Phrasing, slot: &Slot) -> String {
    match slot.when {
        berth_core::When::AllDay { start, end } => {
            let last = end.pred_opt().unwrap_or(end);
            format!("{}, all day", phrasing.days(start, last))
        }
        berth_core::When::Timed { .. } => range_or_moment(phrasing, slot.start, slot.end),
    }
}

/// `Thu 17 Sep 09:00–13:00`, or the moment alone for what has no length.
pub(crate) fn range_or_moment(phrasing: Phrasing, start: Timestamp, end: Timestamp) -> String {
    TimeRange::new(start, end).map_or_else(|| phrasing.moment(start), |range| phrasing.range(range))
}

/// A title as it stands in a sentence: `“load test”`, or `a booking` when there is none.
pub(crate) fn quoted(title: &str) -> String {
    if title.trim().is_empty() {
        "a booking".into()
    } else {
        format!("“{}”", title.trim())
    }
}
