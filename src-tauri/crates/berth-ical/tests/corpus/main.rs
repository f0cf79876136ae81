//! Real calendars, where they are to be had: `../shared/corpus` beside the workspace. Elsewhere
//! these tests say that it is absent, and pass.

mod lossless;
mod manifest;
mod naive;
mod occurrences;
