//! `berth list`

use berth_app::{Result, Slot};
use berth_core::Timestamp;
use berth_core::time::{Tz, localise, midnight};
use berth_core::week::week_start;
use chrono::{Days, Weekday};
use serde::Serialize;

use super::remarks;
use crate::answer::Ended;
use crate::json;
use crate::session::Session;
use crate::style::plain;
use crate::table::table;

/// Lists what is booked, occurrence by occurrence, by start.
#[derive(Debug, clap::Args)]
pub(crate) struct List {
    /// From when [default: this week's first day].
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    from: Option<String>,
    /// Until when [default: a week later].
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    to: Option<String>,
    /// Only this environment; may be repeated.
    #[arg(long, value_name = "ENV")]
    env: Vec<String>,
    /// Only this team; may be repeated.
    #[arg(long, value_name = "TEAM")]
    team: Vec<String>,
    /// Cancelled ones too.
    #[arg(long)]
    cancelled: bool,
    /// What was deleted in the last 30 days instead; `berth undelete ID` brings one back.
    #[arg(long, conflicts_with_all = ["from", "to", "env", "team", "cancelled"])]
    trash: bool,
}

/// A deleted booking.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Deleted {
    id: String,
    uid: String,
    title: String,
    booking: String,
    team: String,
    deleted_at: String,
    deleted_by: String,
}

impl List {
    pub(crate) fn run(&self, session: &mut Session) -> Ended {
        if self.trash {
            return trash(session);
        }
        let filter = session.filter(&self.env, &self.team)?;
        let filter = berth_app::Filter {
            cancelled: self.cancelled,
            ..filter
        };
        let zone = session.zone_of(&filter);
        let (from, to) = self.range(session, zone)?;
        let slots = session.berth.slots(from, to, &filter)?;
        let bookings: Vec<json::Booking> = slots
            .iter()
            .map(|slot| session.json_booking(slot))
            .collect();
        Ok(session.answer(&bookings, || text(session, &slots, from, to))?)
    }

    fn range(&self, session: &Session, zone: Tz) -> Result<(Timestamp, Timestamp)> {
        let named = (self.from.as_deref(), self.to.as_deref());
        session.range(named, zone, this_week(session, zone), |from| {
            localise(from.wall(zone) + Days::new(7), zone)
        })
    }
}

fn trash(session: &mut Session) -> Ended {
    let items = session.berth.trash(session.now)?;
    let json: Vec<Deleted> = items
        .iter()
        .map(|item| Deleted {
            id: item.id.clone(),
            uid: item.uid.clone(),
            title: item.title.clone(),
            booking: item.words.clone(),
            team: item.team.clone(),
            deleted_at: Timestamp::from_millis(item.deleted_at).to_string(),
            deleted_by: item.deleted_by.clone(),
        })
        .collect();
    Ok(session.answer(&json, || {
        if items.is_empty() {
            return "Nothing was deleted in the last 30 days.\n".to_owned();
        }
        let heads = ["ID", "BOOKING", "TEAM", "DELETED", "BY"];
        let mut rows = vec![heads.iter().map(|head| session.style.bold(head)).collect()];
        rows.extend(items.iter().map(|item| {
            vec![
                item.id.clone(),
                plain(&item.words),
                plain(&item.team),
                item.deleted.clone(),
                plain(&item.deleted_by),
            ]
        }));
        table(&rows) + &session.zone_note()
    })?)
}

fn this_week(session: &Session, zone: Tz) -> Timestamp {
    let today = session.now.wall(zone).date();
    midnight(week_start(today, weekday(session.first_day)), zone)
}

/// 0 is Sunday.
fn weekday(number: u8) -> Weekday {
    (0..number).fold(Weekday::Sun, |day, _| day.succ())
}

fn text(session: &Session, slots: &[Slot], from: Timestamp, to: Timestamp) -> String {
    if slots.is_empty() {
        let (from, to) = (session.phrasing.moment(from), session.phrasing.moment(to));
        return format!("Nothing is booked from {from} to {to}.\n");
    }
    let heads = ["ID", "WHEN", "ENVIRONMENT", "TEAM", "TITLE"];
    let mut rows = vec![heads.iter().map(|head| session.style.bold(head)).collect()];
    rows.extend(slots.iter().map(|slot| row(session, slot)));
    table(&rows) + &session.zone_note()
}

fn row(session: &Session, slot: &Slot) -> Vec<String> {
    let environment = session.environment_of(slot).map_or("", |one| &one.name);
    vec![
        json::id(&json::reference(slot)),
        slot.words(session.phrasing),
        plain(environment),
        plain(session.team_name(slot.booking.team)),
        plain(&slot.booking.title) + &session.style.dim(&remarks(slot)),
    ]
}
