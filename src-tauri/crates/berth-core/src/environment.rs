//! The resources that teams share.

use chrono::TimeDelta;
use chrono_tz::Tz;

crate::id! {
    /// The row of an environment.
    EnvironmentId
}

/// A bookable resource: `staging`, `production`, an integration system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Environment {
    /// Its row; 0 while it has none.
    pub id: EnvironmentId,
    /// What people call it; unique without regard to case.
    pub name: String,
    /// Other names under which calendars know it.
    pub aliases: Vec<String>,
    /// How many units it has: 1 is exclusive, n is shared by n.
    pub capacity: u32,
    /// Where its wall clock hangs. All-day bookings and floating times are read there.
    pub zone: Tz,
    /// Time that a booking needs before its start, unless it says otherwise.
    pub set_up: TimeDelta,
    /// Time that a booking needs after its end, unless it says otherwise.
    pub clean_up: TimeDelta,
    /// Whom to ask when bookings conflict; may be empty.
    pub owner: String,
    /// How long before a slot its team is told, unless the booking says otherwise.
    pub lead_times: Vec<TimeDelta>,
    /// Left out of the week view.
    pub hidden: bool,
}
