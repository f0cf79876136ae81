//! Recurrence rules (RFC 5545, 3.3.10 and 3.8.5): parsed once, expanded in wall time.
//!
//! Rules are expanded over wall time and never see a zone: the caller localises each start with
//! [`crate::time::localise`], so that "every Tuesday at nine" stays at nine when the clocks change.

use chrono::NaiveDateTime;
use chrono_tz::Tz;

/// What makes a booking a series: a rule, dates added, dates taken out; all in the wall time of the
/// series' zone (midnight for an all-day series).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Recurrence {
    /// RFC 5545, 3.8.5.3; `None` where there are only added dates.
    pub rule: Option<Rule>,
    /// RFC 5545, 3.8.5.2: starts beside those of the rule.
    pub added: Vec<NaiveDateTime>,
    /// RFC 5545, 3.8.5.1: starts that do not take place.
    pub excluded: Vec<NaiveDateTime>,
}

/// A rule that was understood; see [`Rule::parse`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    text: String,
}

/// Why a text is not a rule that Berth can follow; the message ends in what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleError {
    /// A part of it is not of RFC 5545.
    #[error("the rule part {part} is not valid; write it as in FREQ=WEEKLY;BYDAY=TU")]
    Invalid {
        /// The offending part as written.
        part: String,
    },
}

/// The starts of a series inside a range.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Expansion {
    /// In order, each once.
    pub starts: Vec<NaiveDateTime>,
    /// Whether work was cut off by the limit, so that later starts may be missing.
    pub truncated: bool,
}

impl Rule {
    /// Reads the value of an `RRULE`.
    ///
    /// # Errors
    /// [`RuleError`] names the part that cannot be followed.
    pub fn parse(text: &str) -> Result<Self, RuleError> {
        Ok(Self { text: text.to_owned() })
    }
}

impl std::fmt::Display for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

impl Recurrence {
    /// The starts in `[from, to)` of the series that begins at `start` in `zone` (`zone` only reads
    /// an UNTIL that is written in UTC), at most `limit` of them.
    #[must_use]
    pub fn expand(&self, start: NaiveDateTime, zone: Tz, from: NaiveDateTime, to: NaiveDateTime, limit: usize) -> Expansion {
        let _ = (start, zone, from, to, limit);
        Expansion::default()
    }

    /// The last start of a series that ends, found without listing more than `limit` starts.
    /// `None` where it has no end, or none within the limit.
    #[must_use]
    pub fn last_start(&self, start: NaiveDateTime, zone: Tz, limit: usize) -> Option<NaiveDateTime> {
        let _ = (start, zone, limit);
        None
    }
}
