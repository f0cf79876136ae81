//! Whether an event of a file says something new about a booking that is known.

use berth_core::{Booking, Status, Timestamp};

/// What an event is to a stored booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum News {
    /// It says the same.
    Same,
    /// It is an older version.
    Older,
    /// It is a newer version.
    Newer,
    /// It calls the booking off.
    CallsOff,
}

/// Compares `incoming`, made from an event with the time stamp `stamp`, with what is stored.
///
/// SEQUENCE decides, then the time stamp (RFC 5545, 3.8.7.4; RFC 5546, 2.1.5). Many programs change
/// an event without touching either, so a different content at the same version counts as newer,
/// unless the booking was changed here since, which raised its sequence.
pub(super) fn compare(stored: &Booking, incoming: &Booking, stamp: Option<Timestamp>) -> News {
    if says_the_same(stored, incoming) {
        return News::Same;
    }
    let older_stamp = stamp.is_some_and(|stamp| stamp < stored.modified);
    if incoming.sequence < stored.sequence || incoming.sequence == stored.sequence && older_stamp {
        return News::Older;
    }
    if incoming.status == Status::Cancelled && stored.status != Status::Cancelled {
        return News::CallsOff;
    }
    News::Newer
}

fn says_the_same(stored: &Booking, incoming: &Booking) -> bool {
    let unknown = match (&stored.source, &incoming.source) {
        (Some(stored), Some(incoming)) => content(stored).eq(content(incoming)),
        _ => true,
    };
    let incoming = Booking {
        id: stored.id,
        sequence: stored.sequence,
        created: stored.created,
        modified: stored.modified,
        calendar: stored.calendar,
        source: stored.source.clone(),
        ..incoming.clone()
    };
    unknown && incoming == *stored
}

/// The lines of a component but for those that say which it is, and which version: some feeds write
/// them anew at each fetch.
fn content(source: &str) -> impl Iterator<Item = &str> {
    const VERSION: [&str; 5] = ["UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "CREATED"];
    source.lines().filter(|line| {
        let name = line.split([':', ';']).next().unwrap_or("");
        !VERSION
            .iter()
            .any(|version| name.eq_ignore_ascii_case(version))
    })
}
