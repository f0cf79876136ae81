//! Recurrence rules (RFC 5545, 3.3.10 and 3.8.5): parsed once, expanded in wall time.
//!
//! Rules are expanded over wall time and never see a zone: the caller localises each start with
//! [`crate::time::localise`], so that "every Tuesday at nine" stays at nine when the clocks change.
//! Nothing here knows of overrides, of durations, or of what time it is.
//!
//! The engine is a pipe: `parse` makes a [`Rule`] of text, `pattern` binds it to a start (with
//! `days`, `period` and `instances`), `walk` goes along it from where it is asked to, `merge` adds
//! and removes single dates. `part` and `shift` make other series of one.

use chrono::NaiveDateTime;
use chrono_tz::Tz;

pub use self::part::Parted;
use self::pattern::{Pattern, whole_second};
pub use self::rule::Rule;

mod bits;
mod days;
mod english;
mod instances;
mod last;
mod merge;
mod parse;
mod part;
mod pattern;
mod period;
mod rule;
mod shift;
mod until;
mod walk;
mod words;
mod write;

#[cfg(test)]
mod tests;

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

/// Why a text is not a rule that Berth can follow; the message ends in what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleError {
    /// A part of it is not of RFC 5545, or asks for what Berth does not do.
    #[error("the rule part {part} is not valid; write it as in FREQ=WEEKLY;BYDAY=TU")]
    Invalid {
        /// The offending part, in upper case and without spaces, cut off where it is long.
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

impl Recurrence {
    /// The starts in `[from, to)` of the series that begins at `start` in `zone` (`zone` only reads
    /// an UNTIL that is written in UTC), at most `limit` of them.
    ///
    /// `start` is the first of them even where it does not follow the rule. RFC 5545, 3.8.5.3 leaves
    /// that case undefined; Google, Outlook and Apple show such a start, and Google does not let
    /// COUNT count it (COUNT=3 from a start on another weekday gives four dates). An `excluded`
    /// start is left out, as is one that lies after UNTIL.
    ///
    /// The work is bounded: a rule that would take long is cut off and `truncated`. A rule that can
    /// never match (30 February) is known to be empty, and not truncated.
    #[must_use]
    pub fn expand(
        &self,
        start: NaiveDateTime,
        zone: Tz,
        from: NaiveDateTime,
        to: NaiveDateTime,
        limit: usize,
    ) -> Expansion {
        let pattern = self.pattern(start, zone);
        let dates: Vec<_> = self.dates(start, pattern.as_ref()).collect();
        merge::expand(pattern.as_ref(), &dates, &self.excluded, from, to, limit)
    }

    /// The last start of a series that ends, found from its end without listing it, past at most
    /// `limit` excluded ones. `None` where it has no end, or no start, or none within the limit.
    #[must_use]
    pub fn last_start(
        &self,
        start: NaiveDateTime,
        zone: Tz,
        limit: usize,
    ) -> Option<NaiveDateTime> {
        let pattern = self.pattern(start, zone);
        let excluded = merge::sorted(self.excluded.iter().copied());
        let ruled = pattern
            .as_ref()
            .map_or(Ok(None), |pattern| last::last(pattern, &excluded, limit))
            .ok()?;
        let dates = self
            .dates(start, pattern.as_ref())
            .filter(|date| excluded.binary_search(date).is_err());
        dates.chain(ruled).max()
    }

    fn pattern(&self, start: NaiveDateTime, zone: Tz) -> Option<Pattern> {
        self.rule
            .as_ref()
            .map(|rule| Pattern::new(rule, start, zone))
    }

    /// The starts that do not need the rule: the first, unless the series was cut off before it, and
    /// the added ones.
    fn dates(
        &self,
        start: NaiveDateTime,
        pattern: Option<&Pattern>,
    ) -> impl Iterator<Item = NaiveDateTime> {
        let start = Some(whole_second(start))
            .filter(|&start| pattern.is_none_or(|pattern| pattern.admits(start)));
        start
            .into_iter()
            .chain(self.added.iter().copied().map(whole_second))
    }
}
