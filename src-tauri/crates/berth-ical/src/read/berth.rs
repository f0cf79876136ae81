//! The properties that Berth adds to an event (`X-BERTH-…`).

use berth_core::booking::LONGEST_BUFFER;
use berth_core::time::localise;
use berth_core::{Kind, When};
use chrono::TimeDelta;
use chrono_tz::Tz;

use crate::document::Property;
use crate::value::duration;
use crate::{words, zone};

/// `X-BERTH-KIND`.
pub(super) fn kind(property: Property<'_>) -> Option<Kind> {
    let word = property.value().trim();
    words::KINDS
        .into_iter()
        .find(|(name, _)| word.eq_ignore_ascii_case(name))
        .map(|(_, kind)| kind)
}

/// `X-BERTH-UNITS`: at least one.
pub(super) fn units(property: Property<'_>) -> Option<u32> {
    property
        .value()
        .trim()
        .parse()
        .ok()
        .filter(|units| *units > 0)
}

/// `X-BERTH-SETUP`, `X-BERTH-CLEANUP`.
pub(super) fn buffer(property: Property<'_>) -> Option<TimeDelta> {
    let length = duration::parse(property.value())?.exact();
    (TimeDelta::zero() <= length && length <= LONGEST_BUFFER).then_some(length)
}

/// `X-BERTH-LEAD-TIMES`: durations with commas between, `NONE` for never.
pub(super) fn lead_times(property: Property<'_>) -> Option<Vec<TimeDelta>> {
    let value = property.value().trim();
    if value.eq_ignore_ascii_case(words::NEVER) {
        return Some(Vec::new());
    }
    value
        .split(',')
        .map(|length| duration::parse(length).map(duration::Span::exact))
        .collect()
}

/// Brings a single booking, which is written in UTC, back to the zone it was made in
/// (`X-BERTH-TZID`), unless that would move it.
pub(super) fn in_own_zone(when: When, property: Property<'_>) -> When {
    let When::Timed { zone: Tz::UTC, .. } = when else {
        return when;
    };
    let Some(zone) = zone::by_name(&property.text()) else {
        return when;
    };
    let (start, end) = when.instants(Tz::UTC);
    let (first, last) = (start.wall(zone), end.wall(zone));
    let same = localise(first, zone) == start && localise(last, zone) == end && first <= last;
    if same {
        When::Timed {
            start: first,
            end: last,
            zone,
        }
    } else {
        when
    }
}
