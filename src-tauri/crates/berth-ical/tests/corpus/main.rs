//! Real calendars, where they are to be had: `../shared/corpus` beside the workspace. Elsewhere
//! these tests say that it is absent, and pass.

// A test that cannot go on fails.
#![allow(clippy::unwrap_used)]

mod calcard;
mod imported;
mod lossless;
mod manifest;
mod naive;
mod occurrences;
