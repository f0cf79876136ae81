//! `berth week`

mod page;

use berth_app::wire::WeekQuery;
use serde::Serialize;

use crate::answer::Ended;
use crate::json;
use crate::session::Session;

/// Shows a week day by day: who holds which environment, and where that conflicts.
#[derive(Debug, clap::Args)]
pub(crate) struct Week {
    /// A day in the week [default: today].
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    from: Option<String>,
}

#[derive(Serialize)]
struct Listed {
    from: String,
    week: u8,
    zone: String,
    bookings: Vec<json::Booking>,
    conflicts: Vec<json::Conflict>,
}

impl Week {
    pub(crate) fn run(&self, session: &mut Session) -> Ended {
        let zone = session.phrasing.zone;
        let date = self
            .from
            .as_deref()
            .map(|text| session.read(text, zone))
            .transpose()?;
        let date = date.map(|moment| moment.date(zone).to_string());
        let week = session.berth.week(
            &WeekQuery {
                date,
                first_day: session.first_day,
                days: 7,
            },
            session.now,
        )?;
        let bookings = week
            .occurrences
            .iter()
            .map(|one| session.berth.slot(&one.reference));
        let slots = bookings.collect::<berth_app::Result<Vec<_>>>()?;
        let listed = Listed {
            from: week.from.clone(),
            week: week.iso_week,
            zone: week.zone.clone(),
            bookings: slots
                .iter()
                .map(|slot| session.json_booking(slot))
                .collect(),
            conflicts: session.json_conflicts(&week.conflicts),
        };
        Ok(session.answer(&listed, || {
            page::Page {
                session,
                week: &week,
            }
            .text()
        })?)
    }
}
