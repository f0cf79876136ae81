//! `berth free`

use berth_app::wire::{self, Notice, NoticeLevel};
use berth_app::{Error, FreeSearch, FreeSlot, Result};
use berth_core::slots::{Daily, Days as On, Hours, Length as SlotLength, Order};
use berth_core::time::{Tz, midnight};
use berth_core::{TimeRange, Timestamp};
use chrono::{Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Weekday};
use serde::Serialize;

use crate::answer::{Answer, Ended, NO};
use crate::details::Kind;
use crate::print;
use crate::session::Session;
use crate::style::plain;
use crate::table::table;
use crate::time::Length;

/// So far ahead unless said otherwise.
const AHEAD: TimeDelta = TimeDelta::weeks(2);
/// The days that each are to have one; the same weekday comes only once.
const WEEK: Days = Days::new(7);

/// Finds the next free slots, best first, clear of bookings, set-up and clean-up, freezes, and
/// inside allow windows. Exit 1, with the reason, if there is none.
#[derive(Debug, clap::Args)]
pub(crate) struct Free {
    /// The environment; several are wanted at the same time.
    #[arg(long, value_name = "ENV", required = true)]
    env: Vec<String>,
    /// How long, such as 4h, 1h30m; 2d is two whole days.
    #[arg(long = "for", value_name = "DURATION")]
    length: Length,
    /// From when [default: now].
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    from: Option<String>,
    /// Until when [default: two weeks later].
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    to: Option<String>,
    /// Only in these hours, such as 09:00-18:00 or 20:00-24:00 [default: any; working hours first].
    #[arg(long, value_name = "HOURS", value_parser = hours)]
    within: Option<Hours>,
    /// Only on this weekday, such as tue; may be repeated.
    #[arg(long, value_name = "DAY")]
    on: Vec<Weekday>,
    /// One slot on each of the days that --on names, of the next seven unless --to says otherwise.
    #[arg(long, requires = "on", conflicts_with = "count")]
    each: bool,
    /// Only when this team has nothing else, on any environment; may be repeated.
    #[arg(long, value_name = "TEAM")]
    team: Vec<String>,
    /// What for: freezes and allow windows are about kinds.
    #[arg(long, value_enum, default_value_t = Kind::Test)]
    kind: Kind,
    /// Share the environment and take so many units, instead of all of it.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    units: Option<u32>,
    /// At least so far from every deployment, such as 48h.
    #[arg(long, value_name = "DURATION")]
    apart: Option<Length>,
    /// The latest first.
    #[arg(long)]
    latest: bool,
    /// How many slots.
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=1000))]
    count: u32,
}

#[derive(Debug, Serialize)]
struct Slot {
    start: String,
    end: String,
    reason: String,
}

impl Free {
    pub(crate) fn run(&self, session: &mut Session) -> Ended {
        let search = self.search(session)?;
        if self.each {
            return self.each(session, &search);
        }
        let found = match session.berth.free(&search, session.now)? {
            Ok(found) => found,
            Err(why) => return self.none(session, why),
        };
        let json: Vec<Slot> = found.iter().map(slot).collect();
        Ok(session.answer(&json, || text(session, &found))?)
    }

    /// One slot on each day; exit 1 if a day has none.
    fn each(&self, session: &mut Session, search: &FreeSearch) -> Ended {
        let zone = match self.env.first() {
            Some(name) => session.environment(name)?.zone,
            None => session.phrasing.zone,
        };
        let on = |date: &NaiveDate| self.on.contains(&date.weekday());
        let first = search.range.start().wall(zone).date().iter_days();
        let dates: Vec<NaiveDate> = first
            .take_while(|&date| midnight(date, zone) < search.range.end())
            .filter(on)
            .collect();
        let found = session.berth.free_on(search, &dates, session.now)?;
        let mut best = Vec::new();
        let mut without = Vec::new();
        let mut rows = Vec::new();
        for (date, answer) in found {
            match answer.map(|slots| slots.into_iter().next()) {
                Ok(Some(slot)) => {
                    rows.push(row(session, &slot));
                    best.push(slot);
                }
                Ok(None) => {}
                Err(why) => {
                    let day = session.phrasing.day(date);
                    rows.push(vec![day.clone(), format!("none: {}", plain(&why))]);
                    without.push(format!("{day}: {why}"));
                }
            }
        }
        if session.wants_json() && !without.is_empty() {
            print::notice(&nothing(&format!("not every day, {}", without.join("; "))));
        }
        let json: Vec<Slot> = best.iter().map(slot).collect();
        let answer = session.answer(&json, || table(&rows) + &session.zone_note())?;
        let all = without.is_empty() && !best.is_empty();
        let exit = if all { answer.exit } else { NO };
        Ok(Answer { exit, ..answer })
    }

    /// In JSON the answer is an empty list, and the reason goes beside it.
    fn none(&self, session: &Session, why: String) -> Ended {
        if session.wants_json() {
            print::notice(&nothing(&why));
        }
        let none: [Slot; 0] = [];
        let answer = session.answer(&none, || {
            format!(
                "There is no free slot: {}.\n{}",
                plain(&why),
                session.zone_note()
            )
        })?;
        Ok(Answer { exit: NO, ..answer })
    }

    fn search(&self, session: &Session) -> Result<FreeSearch> {
        let filter = session.filter(&self.env, &self.team)?;
        let zone = match self.env.first() {
            Some(name) => session.environment(name)?.zone,
            None => session.phrasing.zone,
        };
        let days = if self.on.is_empty() {
            On::Any
        } else {
            On::Weekdays(self.on.clone())
        };
        let limited = self.within.is_some() || !self.on.is_empty();
        let apart = self.apart.unwrap_or_default().total_minutes();
        Ok(FreeSearch {
            environments: filter.environments,
            teams: filter.teams,
            set_up: None,
            clean_up: None,
            plan: None,
            moved: None,
            kind: wire::Kind::from(self.kind).into(),
            units: self.units,
            length: self.length()?,
            range: self.range(session, zone)?,
            within: limited.then_some(Daily {
                hours: self.within,
                days,
            }),
            apart: TimeDelta::minutes(apart.into()),
            order: if self.latest {
                Order::Latest
            } else {
                Order::Earliest
            },
            count: self.count as usize,
        })
    }

    fn length(&self) -> Result<SlotLength> {
        if let Some(days) = self.length.whole_days() {
            return Ok(SlotLength::Days(u32::try_from(days).unwrap_or(u32::MAX)));
        }
        let minutes = self.length.total_minutes();
        if minutes == 0 {
            let message = "That is no time at all.";
            return Err(Error::input(
                message,
                "Name a longer one with --for, such as 30m.",
            ));
        }
        Ok(SlotLength::Time(TimeDelta::minutes(minutes.into())))
    }

    fn range(&self, session: &Session, zone: Tz) -> Result<TimeRange> {
        let named = (self.from.as_deref(), self.to.as_deref());
        let end = |from: Timestamp| match self.each {
            true => midnight(from.wall(zone).date() + WEEK, zone),
            false => from + AHEAD,
        };
        let (from, to) = session.range(named, zone, session.now, end)?;
        TimeRange::new(from, to)
            .ok_or_else(|| Error::input("That is no time at all.", "Name a later --to."))
    }
}

fn nothing(why: &str) -> Notice {
    Notice {
        level: NoticeLevel::Warning,
        message: format!("There is no free slot: {why}."),
        hint: "Look further with --to, or for a shorter one with --for.".into(),
    }
}

/// `09:00-18:00`; an end at or before the start is on the next day.
fn hours(text: &str) -> std::result::Result<Hours, String> {
    let time = |text: &str| match text.trim() {
        "24:00" | "24" => Some(NaiveTime::MIN),
        text if text.contains(':') => NaiveTime::parse_from_str(text, "%H:%M").ok(),
        text => NaiveTime::parse_from_str(&format!("{text}:00"), "%H:%M").ok(),
    };
    let read = || {
        let (from, to) = text.split_once(['-', '–'])?;
        Some(Hours {
            from: time(from)?,
            to: time(to)?,
        })
    };
    read().ok_or_else(|| "write hours as 09:00-18:00".into())
}

fn slot(found: &FreeSlot) -> Slot {
    Slot {
        start: found.range.start().to_string(),
        end: found.range.end().to_string(),
        reason: found.reason.clone(),
    }
}

fn text(session: &Session, found: &[FreeSlot]) -> String {
    let rows: Vec<_> = found.iter().map(|one| row(session, one)).collect();
    table(&rows) + &session.zone_note()
}

fn row(session: &Session, one: &FreeSlot) -> Vec<String> {
    vec![session.phrasing.range(one.range), plain(&one.reason)]
}
