//! The question as a form asks it: text and dates in, times for a booking out.

use berth_core::slots::{Daily, Days, Hours, Length as SlotLength, Order};
use berth_core::time::{Tz, midnight};
use berth_core::words::Phrasing;
use berth_core::{BookingId, EnvironmentId, TeamId, TimeRange, Timestamp};
use berth_store::Reader;
use chrono::{NaiveDate, NaiveTime, TimeDelta, Weekday};

use super::{FreeSearch, FreeSlot};
use crate::booking::gone;
use crate::time::Length;
use crate::wire::{BookingRef, Problem, SlotAnswer, SlotFound, SlotQuery};
use crate::{Berth, Result, setup};

/// A booking, or one occurrence of a series.
type Moved = (BookingId, Option<Timestamp>);

/// So many are shown.
const COUNT: usize = 8;

impl Berth {
    /// Slots for a form, best first; what is wrong with the question is part of the answer.
    ///
    /// # Errors
    /// With code `not-found` when an environment or the booking to be moved is gone; when the file
    /// cannot be read.
    pub fn find_slots(&mut self, query: &SlotQuery, now: Timestamp) -> Result<SlotAnswer> {
        let phrasing = self.phrasing(now)?;
        let (zone, moved) = self.read(|reader| known(reader, query))?;
        let read = match read(query, moved, zone, now) {
            Ok(read) => read,
            Err(problem) => {
                return Ok(SlotAnswer {
                    problems: vec![problem],
                    ..SlotAnswer::default()
                });
            }
        };
        let whole_days = matches!(read.length, SlotLength::Days(_));
        let told = |slot: &FreeSlot| told(slot, whole_days, zone, phrasing);
        let mut answer = SlotAnswer::default();
        let dates = query.each.then(|| dates(&read, zone));
        match dates {
            None => match self.free(&read, now)? {
                Ok(slots) => answer.slots = slots.iter().map(told).collect(),
                Err(why) => answer.why.push(format!("There is no free slot: {why}.")),
            },
            Some(dates) => {
                for (date, found) in self.free_on(&read, &dates, now)? {
                    match found {
                        Ok(slots) => answer.slots.extend(slots.first().map(told)),
                        Err(why) => answer.why.push(format!("{}: {why}.", phrasing.day(date))),
                    }
                }
            }
        }
        Ok(answer)
    }
}

/// The days of the search that it names, each of which is to have a slot.
fn dates(search: &FreeSearch, zone: Tz) -> Vec<NaiveDate> {
    let (from, to) = (search.range.start(), search.range.end());
    let first = from.wall(zone).date();
    let last = (to - TimeDelta::seconds(1)).wall(zone).date();
    let wanted = |date: &NaiveDate| {
        let within = search.within.as_ref();
        within.is_none_or(|within| within.days.contains(*date))
    };
    let days = first.iter_days().take_while(|date| *date <= last);
    days.filter(wanted).collect()
}

/// What the question names, and is there: the zone of the first environment, and which booking is
/// to be moved.
fn known(reader: &Reader<'_>, query: &SlotQuery) -> Result<(Tz, Option<Moved>)> {
    let first = query.environment_ids.first().map(|id| setup::row(id));
    let first = first.transpose()?;
    let environments = reader.environments()?;
    let place = environments.iter().find(|one| Some(one.id.0) == first);
    let zone = place.ok_or_else(gone)?.zone;
    let moved = query.reference.as_ref();
    let moved = moved.map(|reference| moved_away(reader, reference));
    Ok((zone, moved.transpose()?))
}

/// A single booking or a changed occurrence leaves as a row, an occurrence of a series alone.
fn moved_away(reader: &Reader<'_>, reference: &BookingRef) -> Result<Moved> {
    let id = BookingId(setup::row(&reference.id)?);
    let booking = reader.booking(id)?.ok_or_else(gone)?;
    let of_series = booking.recurrence.is_some();
    let occurrence = reference.recurrence_id.filter(|_| of_series);
    Ok((id, occurrence.map(Timestamp::from_millis)))
}

fn read(
    query: &SlotQuery,
    moved: Option<Moved>,
    zone: Tz,
    now: Timestamp,
) -> std::result::Result<FreeSearch, Problem> {
    let rows = |ids: &[String]| -> Vec<i64> {
        let known = ids.iter().filter_map(|id| setup::row(id).ok());
        known.collect()
    };
    let minutes = |minutes: u32| TimeDelta::minutes(i64::from(minutes));
    let input = &query.input;
    Ok(FreeSearch {
        environments: rows(&query.environment_ids)
            .into_iter()
            .map(EnvironmentId)
            .collect(),
        teams: rows(&query.team_ids).into_iter().map(TeamId).collect(),
        kind: input.kind.into(),
        units: input.units,
        set_up: input.set_up.map(minutes),
        clean_up: input.clean_up.map(minutes),
        plan: input.plan.clone(),
        moved,
        length: length(&query.length)?,
        range: range(query, zone, now)?,
        within: within(query)?,
        apart: TimeDelta::hours(query.apart.into()),
        order: Order::Earliest,
        count: COUNT,
    })
}

fn length(text: &str) -> std::result::Result<SlotLength, Problem> {
    let length: Length = text.parse().map_err(|why| problem("length", why))?;
    if let Some(days) = length.whole_days() {
        return Ok(SlotLength::Days(u32::try_from(days).unwrap_or(u32::MAX)));
    }
    match length.total_minutes() {
        0 => Err(problem("length", "that is no time at all")),
        minutes => Ok(SlotLength::Time(TimeDelta::minutes(minutes.into()))),
    }
}

fn range(query: &SlotQuery, zone: Tz, now: Timestamp) -> std::result::Result<TimeRange, Problem> {
    let date = |field: &str, text: &str| {
        let date: Option<NaiveDate> = text.parse().ok();
        date.ok_or_else(|| problem(field, "write a date such as 2026-09-17"))
    };
    let (first, last) = (date("from", &query.from)?, date("to", &query.to)?);
    let after = last.succ_opt().unwrap_or(last);
    let from = midnight(first, zone).max(now);
    TimeRange::new(from, midnight(after, zone))
        .ok_or_else(|| problem("to", "the last day is over before the first begins"))
}

fn within(query: &SlotQuery) -> std::result::Result<Option<Daily>, Problem> {
    let hours = match query.hours.trim() {
        "" => None,
        text => Some(hours(text).ok_or_else(|| problem("hours", "write hours as 09:00-18:00"))?),
    };
    let weekdays = query.weekdays.iter().map(|&number| weekday(number));
    let weekdays: Vec<Weekday> = weekdays.collect();
    if hours.is_none() && weekdays.is_empty() {
        return Ok(None);
    }
    let days = if weekdays.is_empty() {
        Days::Any
    } else {
        Days::Weekdays(weekdays)
    };
    Ok(Some(Daily { hours, days }))
}

/// `09:00-18:00`; an end at or before the start is on the next day, `24:00` is midnight.
fn hours(text: &str) -> Option<Hours> {
    let time = |text: &str| match text.trim() {
        "24:00" => Some(NaiveTime::MIN),
        text => NaiveTime::parse_from_str(text, "%H:%M").ok(),
    };
    let (from, to) = text.split_once('-')?;
    Some(Hours {
        from: time(from)?,
        to: time(to)?,
    })
}

/// 0 is Sunday.
fn weekday(number: u8) -> Weekday {
    (0..number % 7).fold(Weekday::Sun, |day, _| day.succ())
}

fn told(slot: &FreeSlot, whole_days: bool, zone: Tz, phrasing: Phrasing) -> SlotFound {
    let range = slot.range;
    let (start, end) = (range.start().wall(zone), range.end().wall(zone));
    let last = (range.end() - TimeDelta::seconds(1)).wall(zone).date();
    let wall = |at: chrono::NaiveDateTime| at.format("%Y-%m-%dT%H:%M").to_string();
    let (start, end) = if whole_days {
        (start.date().to_string(), last.to_string())
    } else {
        (wall(start), wall(end))
    };
    let text = if whole_days {
        phrasing.days(range.start().wall(zone).date(), last)
    } else {
        phrasing.range(range)
    };
    SlotFound {
        start,
        end,
        all_day: whole_days,
        text,
        reason: slot.reason.clone(),
    }
}

fn problem(field: &str, message: impl Into<String>) -> Problem {
    Problem {
        field: field.to_owned(),
        message: message.into(),
    }
}
