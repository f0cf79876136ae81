//! What an import writes: bookings, each made of its event when it is written.

use berth_core::{
    Booking, BookingId, CalendarId, Environment, EnvironmentId, Kind, TeamId, Timestamp, When,
};
use berth_ical::{Document, Event, Keeper};

/// A row to write. It names its event: the booking is made when it is written, and the event goes
/// then, so that a large file is not held twice.
pub(super) struct Row {
    /// The event's place in the file.
    pub(super) event: usize,
    pub(super) change: Change,
}

/// What becomes of an event.
pub(super) enum Change {
    /// A booking that says what the event says.
    Take(Taken),
    /// The known booking, called off by an event that says no more than that.
    CallOff(Box<Booking>),
}

/// What an event does not say of its booking.
#[derive(Clone)]
pub(super) struct Taken {
    pub(super) environment: EnvironmentId,
    pub(super) team: TeamId,
    /// Its UID where that is not the event's: some feeds have a new one at each fetch.
    pub(super) uid: Option<Box<str>>,
    /// What is written over.
    pub(super) known: Option<Box<Known>>,
}

/// What a booking keeps when an event writes over it.
#[derive(Clone)]
pub(super) struct Known {
    id: BookingId,
    created: Timestamp,
    calendar: Option<CalendarId>,
}

impl From<&Booking> for Known {
    fn from(stored: &Booking) -> Self {
        Self {
            id: stored.id,
            created: stored.created,
            calendar: stored.calendar,
        }
    }
}

impl Change {
    /// The team it is for.
    pub(super) fn team(&self) -> TeamId {
        match self {
            Self::Take(taken) => taken.team,
            Self::CallOff(booking) => booking.team,
        }
    }
}

/// The booking of an event that says `when` it is, in an environment; what the file does not say is
/// the environment's, or happened `now`.
pub(super) fn booking(
    event: Event,
    when: When,
    (document, keeper): (&Document, &Keeper<'_>),
    environment: &Environment,
    taken: Taken,
    now: Timestamp,
) -> Booking {
    let modified = event.modified.or(event.stamp).unwrap_or(now);
    let notes = event.notes(document);
    let known = taken.known.map_or(
        Known {
            id: BookingId(0),
            created: event.created.unwrap_or(modified),
            calendar: None,
        },
        |known| *known,
    );
    Booking {
        id: known.id,
        uid: taken.uid.map_or(event.uid, String::from),
        recurrence_id: event.recurrence_id,
        environment: environment.id,
        team: taken.team,
        when,
        recurrence: event
            .recurrence
            .map(|one| *one)
            .filter(|one| one.rule.is_some() || !one.added.is_empty()),
        title: event.title,
        notes,
        status: event.status,
        transparency: event.transparency,
        units: event.units,
        set_up: event.set_up.unwrap_or(environment.set_up),
        clean_up: event.clean_up.unwrap_or(environment.clean_up),
        kind: event.kind.unwrap_or(Kind::Test),
        plan: event.plan,
        lead_times: event.lead_times,
        sequence: event.sequence,
        created: known.created,
        modified,
        calendar: known.calendar,
        source: Some(keeper.source(event.component).into_owned()),
    }
}
