//! Waiting for something to be so. Only where nothing may happen, a time has to pass.

use std::time::{Duration, Instant};

/// How long anything on the desktop may take before the test gives up. A loaded machine with two
/// cores is slow; a passing test never waits this long.
pub const PATIENCE: Duration = Duration::from_secs(20);

const PAUSE: Duration = Duration::from_millis(25);

/// Looks until there is something.
///
/// # Panics
/// After [`PATIENCE`], with what was waited for.
#[track_caller]
pub fn until<T>(what: &str, look: impl FnMut() -> Option<T>) -> T {
    until_within(PATIENCE, what, look)
}

/// As [`until`], with a patience of its own.
///
/// # Panics
/// When the patience ends, with what was waited for.
#[track_caller]
pub fn until_within<T>(patience: Duration, what: &str, look: impl FnMut() -> Option<T>) -> T {
    match found_within(patience, look) {
        Some(found) => found,
        None => panic!("after {patience:?}: {what}"),
    }
}

/// Looks until there is something, or the patience ends: for who then says what there is instead.
#[must_use]
pub fn found_within<T>(patience: Duration, mut look: impl FnMut() -> Option<T>) -> Option<T> {
    let start = Instant::now();
    loop {
        let found = look();
        if found.is_some() || start.elapsed() >= patience {
            return found;
        }
        std::thread::sleep(PAUSE);
    }
}

/// Looks until it is so.
///
/// # Panics
/// After [`PATIENCE`], with what was waited for.
#[track_caller]
pub fn until_true(what: &str, mut look: impl FnMut() -> bool) {
    until(what, || look().then_some(()));
}

/// Looks for so long whether it stays so: for what must not happen, and would leave no trace if it
/// were only late.
///
/// # Panics
/// As soon as it is not so.
#[track_caller]
pub fn stays_true(time: Duration, what: &str, mut look: impl FnMut() -> bool) {
    let start = Instant::now();
    while start.elapsed() < time {
        assert!(look(), "after {:?}: {what}", start.elapsed());
        std::thread::sleep(PAUSE);
    }
}
