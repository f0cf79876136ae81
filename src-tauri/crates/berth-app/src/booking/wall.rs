//! Between the instants of a booking and the wall time it keeps.
//!
//! The second pass of an hour that comes twice has no wall time of its own (rule 11): a form says it
//! with its offset, and a booking that starts or ends there is kept in UTC, as calendars write it.

use berth_core::time::{Tz, localise};
use berth_core::{Booking, Timestamp, When};
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime};

const WALL: &str = "%Y-%m-%dT%H:%M";
const WITH_OFFSET: &str = "%Y-%m-%dT%H:%M%:z";

/// A moment as a form says it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Point {
    /// What the clock shows.
    pub(super) wall: NaiveDateTime,
    /// When that is, where an offset says it.
    at: Option<Timestamp>,
}

impl Point {
    /// Reads a wall time, with the offset from UTC or without.
    pub(super) fn parse(text: &str) -> Option<Self> {
        if let Some(wall) = parse_wall(text) {
            return Some(Self { wall, at: None });
        }
        let exact = DateTime::parse_from_str(text.trim(), WITH_OFFSET).ok()?;
        let wall = exact.naive_local();
        usual(wall).then_some(Self {
            wall,
            at: Some(exact.to_utc().into()),
        })
    }

    fn instant(self, zone: Tz) -> Timestamp {
        self.at.unwrap_or_else(|| localise(self.wall, zone))
    }
}

/// `2026-09-17T09:00`, with seconds or a space for the `T`, or a date alone.
pub(crate) fn parse_wall(text: &str) -> Option<NaiveDateTime> {
    let text = text.trim();
    [WALL, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
        .or_else(|| {
            text.parse::<NaiveDate>()
                .ok()
                .map(|date| date.and_time(NaiveTime::MIN))
        })
        .filter(|wall| usual(*wall))
}

fn usual(wall: NaiveDateTime) -> bool {
    (1900..=9000).contains(&chrono::Datelike::year(&wall))
}

/// Start and end as a form shows them, in the zone of the environment, and whether they are days.
pub(crate) fn written(when: When, environment: Tz) -> (String, String, bool) {
    match when {
        When::AllDay { start, end } => (
            start.to_string(),
            end.pred_opt().unwrap_or(end).max(start).to_string(),
            true,
        ),
        When::Timed { .. } => {
            let (start, end) = when.instants(environment);
            (shown(start, environment), shown(end, environment), false)
        }
    }
}

/// What the clock shows, with its offset where that means an earlier instant.
fn shown(at: Timestamp, zone: Tz) -> String {
    let first = localise(at.wall(zone), zone) == at;
    let form = if first { WALL } else { WITH_OFFSET };
    at.utc().with_timezone(&zone).format(form).to_string()
}

/// When `booking` is that a form says goes from `start` to `end`, on the clock of the environment.
/// `repeats` where it is made a series.
pub(super) fn said(
    start: Point,
    end: Point,
    booking: &Booking,
    repeats: bool,
    environment: Tz,
) -> When {
    let zone = home(booking, environment);
    if zone == environment && start.at.is_none() && end.at.is_none() {
        return When::Timed {
            start: start.wall,
            end: end.wall,
            zone,
        };
    }
    let (start, end) = (start.instant(environment), end.instant(environment));
    placed(start, end, zone, is_single(booking) && !repeats)
}

/// When `booking` is that takes these instants: on its clock, or in UTC where that cannot say them.
///
/// What belongs to a series stays on its clock. Where that shows the end before the start, it ends
/// as long after the start on the wall, so that it covers the stretch.
pub(super) fn timed(start: Timestamp, end: Timestamp, booking: &Booking, environment: Tz) -> When {
    placed(start, end, home(booking, environment), is_single(booking))
}

fn placed(start: Timestamp, end: Timestamp, zone: Tz, single: bool) -> When {
    let exact = [start, end].map(|at| localise(at.wall(zone), zone) == at) == [true; 2];
    let zone = if exact || !single { zone } else { Tz::UTC };
    let (first, last) = (start.wall(zone), end.wall(zone));
    When::Timed {
        start: first,
        end: if last > first {
            last
        } else {
            first + (end - start)
        },
        zone,
    }
}

/// The zone that a booking keeps its wall time in: the one it was made in, else the environment's.
/// What only the hour that comes twice had put into UTC comes back from there.
fn home(booking: &Booking, environment: Tz) -> Tz {
    let imported = booking.source.is_some();
    match booking.when {
        When::Timed { zone: Tz::UTC, .. } if is_single(booking) && !imported => environment,
        when => when.zone(environment),
    }
}

fn is_single(booking: &Booking) -> bool {
    booking.recurrence.is_none() && booking.recurrence_id.is_none()
}
