//! How thoroughly to test: `cargo xtask test --deep` takes its time.

/// So many times more rounds are run there.
const MORE: usize = 20;

/// The number of rounds of a test that has `usual` in each run.
#[must_use]
pub fn rounds(usual: usize) -> usize {
    if std::env::var_os("BERTH_DEEP").is_some() {
        usual * MORE
    } else {
        usual
    }
}
