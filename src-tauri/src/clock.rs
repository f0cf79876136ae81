//! The only place of the shell that asks what time it is.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

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
        let mut clock = Self::default();
        clock.ahead = shown - clock.now().seconds();
        Some(clock)
    }

    /// The same clock, as fast as `BERTH_CLOCK` says: `20` shows 20 seconds for each that passes
    /// since the epoch second after the comma.
    #[cfg(feature = "faults")]
    pub(crate) fn as_fast_as_told(mut self) -> Self {
        let told = std::env::var("BERTH_CLOCK").unwrap_or_default();
        if let Some((rate, since)) = told.split_once(',')
            && let (Ok(rate), Ok(since)) = (rate.parse(), since.parse())
        {
            self.fast = Some((rate, UNIX_EPOCH + Duration::from_secs_f64(since)));
        }
        self
    }

    /// How long it takes until it shows so much more.
    pub(crate) fn real(self, time: Duration) -> Duration {
        #[cfg(feature = "faults")]
        if let Some((rate, _)) = self.fast {
            return time.div_f64(rate);
        }
        time
    }

    /// What it shows.
    pub(crate) fn now(self) -> Timestamp {
        Timestamp::from_seconds(self.millis().div_euclid(1000))
    }

    /// How much more it has to show until it shows `time`; nothing when it does already.
    pub(crate) fn until(self, time: Timestamp) -> Duration {
        let left = time.millis().saturating_sub(self.millis());
        Duration::from_millis(u64::try_from(left).unwrap_or(0))
    }

    fn millis(self) -> i64 {
        let since = |start: SystemTime, end: SystemTime| {
            let passed = end.duration_since(start).unwrap_or_default();
            i64::try_from(passed.as_millis()).unwrap_or(i64::MAX / 2)
        };
        let machine = since(UNIX_EPOCH, SystemTime::now());
        #[cfg(feature = "faults")]
        let machine = self.fast.map_or(machine, |(rate, start)| {
            let passed = since(start, SystemTime::now()) as f64 * rate;
            since(UNIX_EPOCH, start) + passed as i64
        });
        machine.saturating_add(self.ahead.saturating_mul(1000))
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
        let in_a_minute = clock.now() + chrono::TimeDelta::seconds(60);
        let left = clock.until(in_a_minute).as_secs_f64();
        assert!((58.0..=60.0).contains(&left), "{left}");
        assert_eq!(clock.until(clock.now()), std::time::Duration::ZERO);
    }
}
