//! Tests that repeat something until chance has had its chance: how often.

use std::ffi::OsStr;

/// So many times as often in `cargo xtask test --deep`, which sets `BERTH_DEEP=1`.
const FACTOR: usize = 5;

/// How many rounds a test makes that usually makes `usual`.
#[must_use]
pub fn rounds(usual: usize) -> usize {
    rounds_where(std::env::var_os("BERTH_DEEP").as_deref(), usual)
}

fn rounds_where(deep: Option<&OsStr>, usual: usize) -> usize {
    match deep {
        Some(value) if value == "1" => usual * FACTOR,
        _ => usual,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deep_run_makes_more_rounds() {
        assert_eq!(rounds_where(None, 50), 50);
        assert_eq!(rounds_where(Some("0".as_ref()), 50), 50);
        assert_eq!(rounds_where(Some("1".as_ref()), 50), 250);
    }
}
