//! `berth forecast`

use berth_app::wire::{self, ForecastGroup, ForecastWeek, Severity};
use berth_app::{Result, forecast_end};
use berth_core::Timestamp;
use berth_core::time::Tz;
use chrono::NaiveDate;
use serde::Serialize;

use crate::answer::{Answer, Ended, NO, YES};
use crate::json;
use crate::session::Session;
use crate::style::plain;

/// Looks ahead: the conflicts of the next 26 weeks that nobody accepted, by week and by series.
/// Exit 1 if any is an error.
#[derive(Debug, clap::Args)]
pub(crate) struct Forecast {
    /// From when [default: now].
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    from: Option<String>,
    /// Until when [default: the end of the 26th week].
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    to: Option<String>,
    /// Only this environment; may be repeated.
    #[arg(long, value_name = "ENV")]
    env: Vec<String>,
    /// Only conflicts that this team is part of; may be repeated.
    #[arg(long, value_name = "TEAM")]
    team: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Shape {
    weeks: Vec<Week>,
    groups: Vec<Group>,
    count: u32,
    unlisted: u32,
}

#[derive(Debug, Serialize)]
struct Week {
    week: String,
    start: String,
    errors: u32,
    warnings: u32,
    clocks: String,
}

#[derive(Debug, Serialize)]
struct Group {
    environment: String,
    kind: wire::ConflictKind,
    severity: Severity,
    bookings: Vec<Booking>,
    met: Option<u32>,
    total: Option<u32>,
    conflicts: Vec<Time>,
    explanation: String,
}

#[derive(Debug, Serialize)]
struct Booking {
    id: String,
    uid: String,
    team: String,
    title: String,
}

#[derive(Debug, Serialize)]
struct Time {
    id: String,
    start: String,
    end: String,
}

impl Forecast {
    pub(crate) fn run(&self, session: &mut Session) -> Ended {
        let filter = session.filter(&self.env, &self.team)?;
        let zone = session.zone_of(&filter);
        let (from, to) = self.range(session, zone)?;
        let found = session.berth.forecast(from, to, &filter, session.now)?;
        let answer = session.answer(&shape(session, &found), || text(session, &found, from, to))?;
        let bad = found.weeks.iter().any(|week| week.errors > 0);
        let exit = if bad { NO } else { YES };
        Ok(Answer { exit, ..answer })
    }

    fn range(&self, session: &Session, zone: Tz) -> Result<(Timestamp, Timestamp)> {
        let named = (self.from.as_deref(), self.to.as_deref());
        let end = |from| forecast_end(from, session.phrasing.zone);
        session.range(named, zone, session.now, end)
    }
}

fn text(session: &Session, found: &wire::Forecast, from: Timestamp, to: Timestamp) -> String {
    if found.count == 0 {
        let (from, to) = (session.phrasing.moment(from), session.phrasing.moment(to));
        return format!("No conflicts from {from} to {to}.\n");
    }
    let weeks = found.weeks.iter().filter_map(|one| week_line(session, one));
    let weeks: String = weeks.collect();
    let groups: String = found
        .groups
        .iter()
        .map(|one| group_lines(session, one))
        .collect();
    let unlisted = match found.unlisted {
        0 => String::new(),
        n => format!("And {n} more conflicts: name a shorter range with --to.\n"),
    };
    format!("{weeks}\n{groups}{unlisted}{}", session.zone_note())
}

/// `Week 44, Mon 26 Oct – Sun 1 Nov: 1 error; clocks change in New York on Sun 1 Nov`; nothing of
/// a week in which nothing is wrong.
fn week_line(session: &Session, week: &ForecastWeek) -> Option<String> {
    let count = |n: u32, what: &str| match n {
        0 => None,
        1 => Some(format!("1 {what}")),
        _ => Some(format!("{n} {what}s")),
    };
    let counts = [count(week.errors, "error"), count(week.warnings, "warning")];
    let counts: Vec<String> = counts.into_iter().flatten().collect();
    if counts.is_empty() {
        return None;
    }
    let date = |text: &str| text.parse::<NaiveDate>().unwrap_or_default();
    let days = session
        .phrasing
        .days(date(&week.monday), date(&week.sunday));
    let clocks = match week.clocks.as_str() {
        "" => String::new(),
        clocks => format!("; {clocks}"),
    };
    let (number, counts) = (week.iso_week, counts.join(", "));
    Some(format!("Week {number}, {days}: {counts}{clocks}\n"))
}

fn group_lines(session: &Session, group: &ForecastGroup) -> String {
    let mark = match group.severity {
        Severity::Error => session.style.red("error"),
        Severity::Warning => session.style.yellow("warning"),
        Severity::Info => session.style.dim("info"),
    };
    let (place, what) = (environment(session, group), plain(&group.what));
    let said = plain(&group.text);
    format!("{mark}: {}: {what}\n    {said}\n", plain(place))
}

fn environment<'s>(session: &'s Session, group: &ForecastGroup) -> &'s str {
    let of = |one: &&berth_core::Environment| one.id.to_string() == group.environment_id;
    let found = session.environments.iter().find(of);
    found.map_or("", |one| &one.name)
}

fn shape(session: &Session, found: &wire::Forecast) -> Shape {
    let week = |one: &ForecastWeek| Week {
        week: format!("{}-W{:02}", one.year, one.iso_week),
        start: one.monday.clone(),
        errors: one.errors,
        warnings: one.warnings,
        clocks: one.clocks.clone(),
    };
    let booking = |one: &wire::ConflictMember| Booking {
        id: json::id(&one.reference),
        uid: one.uid.clone(),
        team: one.team.clone(),
        title: one.title.clone(),
    };
    let time = |one: &wire::ForecastTime| Time {
        id: one.id.clone(),
        start: json::instant(one.start),
        end: json::instant(one.end),
    };
    let group = |one: &ForecastGroup| Group {
        environment: environment(session, one).to_owned(),
        kind: one.kind,
        severity: one.severity,
        bookings: one.bookings.iter().map(booking).collect(),
        met: one.met,
        total: one.total,
        conflicts: one.times.iter().map(time).collect(),
        explanation: format!("{} {}", one.what, one.text),
    };
    Shape {
        weeks: found.weeks.iter().map(week).collect(),
        groups: found.groups.iter().map(group).collect(),
        count: found.count,
        unlisted: found.unlisted,
    }
}
