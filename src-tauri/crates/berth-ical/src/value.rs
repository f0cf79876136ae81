//! Values of properties (RFC 5545, 3.3): text, lists, dates and times, durations, offsets.
//!
//! Reading is lenient where real files are; writing keeps to the RFC.

pub(crate) mod duration;
pub(crate) mod moment;
pub(crate) mod text;

#[cfg(test)]
mod tests;
