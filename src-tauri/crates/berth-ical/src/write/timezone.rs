//! A VTIMEZONE for a zone of the IANA database (RFC 5545, 3.6.5), as simple as Outlook and Google
//! need it: at most one STANDARD and one DAYLIGHT, each with a yearly rule of one weekday.

use berth_core::Timestamp;
use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Weekday};
use chrono_tz::Tz;

use super::page::Page;
use crate::value::{moment, text};

/// For so many years a rule is compared with the zone: enough to tell the fourth Sunday from the
/// last.
const YEARS: i32 = 8;

/// No rules are known for later years; the zone database ends the clock changes there.
const LAST_YEAR: i32 = 2090;

/// The year from which the rules are written to hold.
const FIRST_YEAR: i32 = 1970;

/// A change of the clock in a certain year.
#[derive(Debug, Clone, Copy)]
struct Change {
    /// When, as the clock shows that has not been changed yet.
    wall: NaiveDateTime,
    from: i32,
    to: i32,
    at: Timestamp,
}

/// The clock changes on the n-th, or (-1) last, such weekday of the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Yearly {
    month: u32,
    nth: i8,
    weekday: Weekday,
    time: NaiveTime,
}

/// The zone by the rules it has in `year`, under the name that times in the file have for it.
pub(super) fn vtimezone(name: &str, zone: Tz, year: i32) -> String {
    let year = year.clamp(FIRST_YEAR, LAST_YEAR);
    let mut page = Page::folded();
    page.line("BEGIN:VTIMEZONE");
    page.put(format_args!("TZID:{}", text::escape(name)));
    page.put(format_args!("X-LIC-LOCATION:{}", zone.name()));
    let changes = changes(zone, year);
    match changes.as_slice() {
        [one, two] if one.from == two.to => {
            match (yearly(zone, year, one), yearly(zone, year, two)) {
                (Some(first), Some(second)) => {
                    // Whatever the law calls it, the clock that is ahead is daylight time.
                    observance(&mut page, zone, one, first);
                    observance(&mut page, zone, two, second);
                }
                _ => settled(&mut page, zone, year),
            }
        }
        _ => settled(&mut page, zone, year),
    }
    page.line("END:VTIMEZONE");
    page.finish()
}

fn observance(page: &mut Page, zone: Tz, change: &Change, yearly: Yearly) {
    let name = if change.to > change.from {
        "DAYLIGHT"
    } else {
        "STANDARD"
    };
    page.put(format_args!("BEGIN:{name}"));
    if let Some(first) = yearly.in_year(FIRST_YEAR) {
        page.put(format_args!("DTSTART:{}", moment::local(first)));
    }
    offsets(page, zone, change.from, change.to, change.at);
    let Yearly {
        month,
        nth,
        weekday,
        ..
    } = yearly;
    let day = weekday.to_string().to_uppercase();
    page.put(format_args!(
        "RRULE:FREQ=YEARLY;BYMONTH={month};BYDAY={nth}{}",
        &day[..2]
    ));
    page.put(format_args!("END:{name}"));
}

/// A zone whose clock does not change by a yearly rule: what it shows in the middle of the year.
fn settled(page: &mut Page, zone: Tz, year: i32) {
    let at = first_of(year) + TimeDelta::days(182);
    page.line("BEGIN:STANDARD");
    page.put(format_args!("DTSTART:{FIRST_YEAR}0101T000000"));
    offsets(page, zone, at.offset(zone), at.offset(zone), at);
    page.line("END:STANDARD");
}

fn offsets(page: &mut Page, zone: Tz, from: i32, to: i32, at: Timestamp) {
    page.put(format_args!("TZOFFSETFROM:{}", moment::offset_text(from)));
    page.put(format_args!("TZOFFSETTO:{}", moment::offset_text(to)));
    page.put(format_args!(
        "TZNAME:{}",
        zone.from_utc_datetime(&at.utc().naive_utc()).format("%Z")
    ));
}

fn first_of(year: i32) -> Timestamp {
    let day = NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default();
    day.and_time(NaiveTime::MIN).and_utc().into()
}

/// The changes of the clock that begin in a year.
fn changes(zone: Tz, year: i32) -> Vec<Change> {
    let (mut at, end) = (first_of(year), first_of(year + 1));
    let mut changes = Vec::new();
    while at < end {
        let next = at + TimeDelta::days(1);
        if at.offset(zone) != next.offset(zone) {
            changes.push(change_between(zone, at, next));
        }
        at = next;
    }
    changes
}

/// The change between two instants that have different offsets.
fn change_between(zone: Tz, mut before: Timestamp, mut after: Timestamp) -> Change {
    let (from, to) = (before.offset(zone), after.offset(zone));
    while after - before > TimeDelta::seconds(1) {
        let middle = before + (after - before) / 2;
        if middle.offset(zone) == from {
            before = middle
        } else {
            after = middle
        }
    }
    let wall = after.wall(Tz::UTC) + TimeDelta::seconds(from.into());
    Change {
        wall,
        from,
        to,
        at: after,
    }
}

/// The rule that this change follows in most of the years to come, if there is one.
fn yearly(zone: Tz, year: i32, change: &Change) -> Option<Yearly> {
    let later = (year..year + YEARS).flat_map(|year| changes(zone, year));
    let walls: Vec<NaiveDateTime> = later
        .filter(|other| (other.from, other.to) == (change.from, change.to))
        .map(|other| other.wall)
        .collect();
    let fitting = |rule: &Yearly| {
        walls
            .iter()
            .filter(|wall| rule.in_year(wall.year()) == Some(**wall))
            .count()
    };
    let rules = [-1, 1, 2, 3, 4].map(|nth| Yearly {
        month: change.wall.month(),
        nth,
        weekday: change.wall.weekday(),
        time: change.wall.time(),
    });
    let best = rules.into_iter().max_by_key(fitting)?;
    (fitting(&best) * 2 >= walls.len().max(2)).then_some(best)
}

impl Yearly {
    /// When it changes the clock in a year.
    fn in_year(self, year: i32) -> Option<NaiveDateTime> {
        let nth = |n| NaiveDate::from_weekday_of_month_opt(year, self.month, self.weekday, n);
        let day = match u8::try_from(self.nth) {
            Ok(n) => nth(n),
            Err(_) => nth(5).or_else(|| nth(4)),
        };
        day.map(|day| day.and_time(self.time))
    }
}
