//! The only place of the shell that asks what time it is.

use std::time::{SystemTime, UNIX_EPOCH};

use berth_app::Timestamp;
use chrono::DateTime;

/// The wall clock, moved by as much as `--now` asks for.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Clock {
    /// Seconds ahead of the machine's clock.
    ahead: i64,
    /// The clock runs faster from here on; in a test alone.
    #[cfg(feature = "faults")]
    fast: Option<(f64, SystemTime)>,
}

impl Clock {
    /// A clock that shows `time` (RFC 3339) at this moment; `None` when that is no time.
    pub(crate) fn showing(time: &str) -> Option<Self> {
        let shown = DateTime::parse_from_rfc3339(time).ok()?.timestamp();
        Some(Self {
            ahead: shown - Self::default().now().seconds(),
            ..Self::default()
        })
    }

    /// The same clock, as fast as `BERTH_CLOCK` says: `20` shows 20 seconds for each that passes
    /// since the epoch second after the comma.
    #[cfg(feature = "faults")]
    pub(crate) fn as_fast_as_told(mut self) -> Self {
        let told = std::env::var("BERTH_CLOCK").unwrap_or_default();
        if let Some((rate, since)) = told.split_once(',')
            && let (Ok(rate), Ok(since)) = (rate.parse(), since.parse())
        {
            self.fast = Some((rate, UNIX_EPOCH + std::time::Duration::from_secs_f64(since)));
        }
        self
    }

    /// How long it takes until it shows so much more.
    pub(crate) fn real(self, time: std::time::Duration) -> std::time::Duration {
        #[cfg(feature = "faults")]
        if let Some((rate, _)) = self.fast {
            return time.div_f64(rate);
        }
        time
    }

    /// What it shows.
    pub(crate) fn now(self) -> Timestamp {
        #[cfg(feature = "faults")]
        if let Some((rate, since)) = self.fast {
            let passed = SystemTime::now().duration_since(since).unwrap_or_default();
            let start = since.duration_since(UNIX_EPOCH).unwrap_or_default();
            let shown = start.as_secs_f64() + passed.as_secs_f64() * rate;
            return Timestamp::from_seconds(shown as i64 + self.ahead);
        }
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
