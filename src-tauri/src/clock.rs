//! The only place of the shell that asks what time it is.

use std::time::{SystemTime, UNIX_EPOCH};

use berth_app::Timestamp;
use chrono::DateTime;

/// The wall clock, moved by as much as `--now` asks for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Clock {
    /// Seconds ahead of the machine's clock.
    ahead: i64,
}

impl Clock {
    /// A clock that shows `time` (RFC 3339) at this moment; `None` when that is no time.
    pub(crate) fn showing(time: &str) -> Option<Self> {
        let shown = DateTime::parse_from_rfc3339(time).ok()?.timestamp();
        Some(Self {
            ahead: shown - Self::default().now().seconds(),
        })
    }

    /// What it shows.
    pub(crate) fn now(self) -> Timestamp {
        let since = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |past| past.as_secs());
        Timestamp::from_seconds(
            i64::try_from(since)
                .unwrap_or(i64::MAX)
                .saturating_add(self.ahead),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::Clock;

    #[test]
    fn shows_another_time_and_goes_on() {
        let clock = Clock::showing("2026-09-17T08:50:00Z").unwrap();
        let off = clock.now().seconds() - 1_789_635_000;
        assert!((0..=1).contains(&off), "{off}");
        assert_eq!(Clock::showing("tomorrow"), None);
    }
}
