//! The domain of Berth: environments, teams, bookings, and the rules between them.
//!
//! Everything here is a pure function of its arguments. The crate does no I/O and never asks what
//! time it is: a caller passes the time in. It knows nothing of SQLite, iCalendar text, or windows.

pub mod booking;
pub mod conflict;
pub mod environment;
pub mod forecast;
pub mod occurrence;
pub mod proposal;
mod ranges;
pub mod recurrence;
pub mod reminder;
pub mod slots;
pub mod team;
pub mod time;
pub mod week;
pub mod window;
pub mod words;

pub use booking::{Booking, BookingId, CalendarId, Kind, Occurrence, Status, Transparency, When};
pub use conflict::{Conflict, ConflictKind, Hold, Severity, conflicts, conflicts_with};
pub use environment::{Environment, EnvironmentId};
pub use recurrence::{Parted, Recurrence, Rule};
pub use team::{Team, TeamId};
pub use time::{TimeRange, Timestamp};
pub use window::{Window, WindowId};

/// Implements the small integer identifiers that rows have.
macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}
pub(crate) use id;
