//! Whether an event of a file says something new about a booking that is known.

use berth_core::time::Tz;
use berth_core::{Booking, Status, Timestamp};
use berth_ical::{Exported, WriteOptions, write};

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
pub(super) fn compare(
    stored: &Booking,
    incoming: &Booking,
    stamp: Option<Timestamp>,
    names: &Names<'_>,
) -> News {
    if says_the_same(stored, incoming, names) {
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

/// What environments and teams are called in a file.
pub(super) struct Names<'a> {
    pub(super) environment: &'a str,
    pub(super) team: &'a str,
    pub(super) options: WriteOptions<'a>,
}

fn says_the_same(stored: &Booking, incoming: &Booking, names: &Names<'_>) -> bool {
    let incoming = Booking {
        id: stored.id,
        sequence: stored.sequence,
        created: stored.created,
        modified: stored.modified,
        calendar: stored.calendar,
        ..incoming.clone()
    };
    let same_source = match (&stored.source, &incoming.source) {
        (Some(stored), Some(incoming)) => content(stored).eq(content(incoming)),
        _ => false,
    };
    if same_source {
        let source = stored.source.clone();
        return Booking { source, ..incoming } == *stored;
    }
    // A file that Berth wrote has other lines than the one it was made of. They mean the same where
    // both lead to the same file.
    let place = |booking: &Booking| (booking.environment, booking.team);
    place(stored) == place(&incoming) && written(stored, names) == written(&incoming, names)
}

/// The booking as a file has it.
fn written(booking: &Booking, names: &Names<'_>) -> String {
    let exported = Exported {
        booking,
        environment: names.environment,
        zone: Tz::UTC,
        team: names.team,
    };
    write(&[exported], &names.options)
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
