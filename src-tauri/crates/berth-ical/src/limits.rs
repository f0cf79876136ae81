//! How much a calendar may ask of this machine, and what is said when it asks for more.

/// Bounds on what [`crate::parse`] takes in. The defaults suit a file that nobody was asked about;
/// a file beyond them is refused with [`Refusal::TooLarge`] or [`Refusal::TooManyComponents`], and
/// the caller may ask the person and try again with [`Limits::raised`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes: usize,
    /// Components of any kind and at any depth.
    pub components: usize,
    /// Bytes of one unfolded property. Longer text is cut, any other longer property left out.
    pub property: usize,
    /// Different heads (names with their parameters) of properties; a property with a further one is
    /// left out. Each is kept once, so real files have few.
    pub heads: usize,
    /// Parameters of one property; those beyond are left out.
    pub parameters: usize,
    /// How deep components may lie in each other; those deeper are left out.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 10 << 20,
            components: 20_000,
            heads: 100_000,
            property: 64 << 10,
            parameters: 32,
            depth: 4,
        }
    }
}

impl Limits {
    /// The bounds for a file that the person wants although it is large. A single property may not
    /// be larger even then: nothing a booking needs is.
    #[must_use]
    pub fn raised() -> Self {
        Self {
            bytes: 512 << 20,
            components: 2_000_000,
            heads: 2_000_000,
            ..Self::default()
        }
    }
}

/// Why a file was not read at all. Every message ends in what to do next.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It has no component in it, or none of a calendar.
    #[error("{found}; {next}")]
    NotACalendar {
        /// What it looks like instead.
        found: &'static str,
        /// What to do.
        next: &'static str,
    },
    /// It has more bytes than [`Limits::bytes`].
    #[error(
        "the file has {bytes} bytes, more than the {limit} that are read without asking; confirm that you want a calendar this large, or export a shorter range"
    )]
    TooLarge {
        /// Its size.
        bytes: usize,
        /// The limit it is over.
        limit: usize,
    },
    /// It has more components than [`Limits::components`].
    #[error(
        "the file holds more than {limit} events and other entries; confirm that you want a calendar this large, or export a shorter range"
    )]
    TooManyComponents {
        /// The limit it is over.
        limit: usize,
    },
}
