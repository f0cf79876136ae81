//! A week as a person reads it at a terminal: day by day, environment by environment.

use berth_app::wire::{self, ConflictKind, Occurrence, Severity};
use berth_core::words::{Phrasing, list_words};
use berth_core::{TimeRange, Timestamp};
use chrono::{NaiveDate, TimeDelta};

use crate::session::Session;
use crate::style::plain;
use crate::table::table;

/// A week on paper.
pub(super) struct Page<'a> {
    pub(super) session: &'a Session,
    pub(super) week: &'a wire::Week,
}

impl Page<'_> {
    pub(super) fn text(&self) -> String {
        let mut rows = Vec::new();
        for day in &self.week.days {
            let booked = self.day(day);
            rows.push(vec![self.heading(day, booked.is_empty())]);
            rows.extend(booked);
        }
        format!(
            "{}\n\n{}\n{}\n",
            self.title(),
            sections(&rows),
            self.footer()
        )
    }

    /// `Week 38, Mon 14 Sep – Sun 20 Sep, Europe/Berlin`
    fn title(&self) -> String {
        let date = |day: &wire::Day| day.date.parse::<NaiveDate>().unwrap_or_default();
        let days = (
            self.week.days.first().map(date),
            self.week.days.last().map(date),
        );
        let days = match days {
            (Some(first), Some(last)) => self.phrasing().days(first, last),
            _ => String::new(),
        };
        self.session.style.bold(&format!(
            "Week {}, {days}, {}",
            self.week.iso_week, self.week.zone
        ))
    }

    fn phrasing(&self) -> Phrasing {
        self.session.phrasing
    }

    /// `Thu 17 Sep, today`, and that nothing is booked where that is so.
    fn heading(&self, day: &wire::Day, free: bool) -> String {
        let name = self.phrasing().day(day.date.parse().unwrap_or_default());
        let today = if day.is_today { ", today" } else { "" };
        let free = if free {
            self.session.style.dim(": nothing booked")
        } else {
            String::new()
        };
        self.session.style.bold(&format!("{name}{today}")) + &free
    }

    /// One row for each booking in each environment, an environment's name at its first.
    fn day(&self, day: &wire::Day) -> Vec<Vec<String>> {
        let mut rows = Vec::new();
        for environment in self.week.environments.iter().filter(|one| !one.hidden) {
            let here = |one: &&Occurrence| {
                one.environment_id == environment.id && meets(one.start, one.end, day)
            };
            for (n, one) in self.week.occurrences.iter().filter(here).enumerate() {
                let name = if n == 0 {
                    plain(&environment.name)
                } else {
                    String::new()
                };
                rows.push(self.row(name, one, day));
            }
        }
        rows
    }

    fn row(&self, environment: String, one: &Occurrence, day: &wire::Day) -> Vec<String> {
        let team = self.week.teams.iter().find(|team| team.id == one.team_id);
        let title = if one.title.is_empty() {
            "untitled booking"
        } else {
            &one.title
        };
        let tentative = if one.status == wire::Status::Tentative {
            " (tentative)"
        } else {
            ""
        };
        let free = if one.blocks { "" } else { " (free)" };
        let about = format!(
            "{}{}",
            plain(title),
            self.session.style.dim(&format!("{tentative}{free}"))
        );
        vec![
            format!("  {environment}"),
            self.time(one, day),
            team.map(|team| plain(&team.name)).unwrap_or_default(),
            about,
            self.conflicts(one, day).join("; "),
        ]
    }

    /// The part in this day: `09:00–13:00`, `from 09:00`, `all day`, `until 17:00`.
    fn time(&self, one: &Occurrence, day: &wire::Day) -> String {
        let (first, last) = (Timestamp::from_millis(day.start), end(day));
        let (from, to) = (
            Timestamp::from_millis(one.start),
            Timestamp::from_millis(one.end),
        );
        match (from < first, to > last) {
            _ if one.all_day => "all day".into(),
            (true, true) => "all day".into(),
            (true, false) => format!(
                "until {}",
                self.phrasing()
                    .until(to, day.date.parse().unwrap_or_default())
            ),
            (false, true) => format!("from {}", self.phrasing().time(from)),
            (false, false) => {
                let range = TimeRange::new(from, to);
                range.map_or_else(
                    || self.phrasing().time(from),
                    |range| self.phrasing().times(range),
                )
            }
        }
    }

    /// `! overlaps Infra 09:00–13:00`
    fn conflicts(&self, one: &Occurrence, day: &wire::Day) -> Vec<String> {
        let mine = |conflict: &&wire::Conflict| {
            one.conflicts.contains(&conflict.id)
                && conflict
                    .bookings
                    .iter()
                    .any(|member| member.reference == one.reference)
                && meets(conflict.start, conflict.end, day)
        };
        self.week
            .conflicts
            .iter()
            .filter(mine)
            .map(|conflict| self.conflict(conflict, one, day))
            .collect()
    }

    fn conflict(&self, conflict: &wire::Conflict, one: &Occurrence, day: &wire::Day) -> String {
        let others = conflict
            .bookings
            .iter()
            .filter(|member| member.reference != one.reference);
        let mut others: Vec<String> = others.map(|member| plain(&member.team)).collect();
        others.dedup();
        let what = match conflict.kind {
            ConflictKind::Overlap => "overlaps",
            ConflictKind::Buffer => "too close to",
            ConflictKind::Freeze => "in a freeze",
            ConflictKind::OutsideWindow => "outside its window",
        };
        let from = Timestamp::from_millis(conflict.start.max(day.start));
        let to = Timestamp::from_millis(conflict.end).min(end(day));
        let when = TimeRange::new(from, to)
            .map(|range| self.phrasing().times(range))
            .unwrap_or_default();
        let said = format!("! {what} {} {when}", list_words(&others));
        match conflict.severity {
            _ if conflict.accepted.is_some() => {
                self.session.style.dim(&format!("{said} (accepted)"))
            }
            Severity::Error => self.session.style.red(&said),
            Severity::Warning | Severity::Info => self.session.style.yellow(&said),
        }
    }

    fn footer(&self) -> String {
        match (self.week.conflict_count, self.week.occurrences.is_empty()) {
            (_, true) => {
                "Nothing is booked. To book: berth book --env ENV --team TEAM --from \"tomorrow 9:00\" --for 4h".into()
            }
            (0, false) => self.session.style.green("No conflicts"),
            (1, false) => format!("1 conflict: berth conflicts --from {} explains it", self.week.from),
            (n, false) => format!("{n} conflicts: berth conflicts --from {} explains them", self.week.from),
        }
    }
}

/// The table of all days, so that columns line up through the week, with its headings unaligned.
fn sections(rows: &[Vec<String>]) -> String {
    let bookings: Vec<Vec<String>> = rows.iter().filter(|row| row.len() > 1).cloned().collect();
    let aligned = table(&bookings);
    let mut lines = aligned.lines();
    let mut text = String::new();
    for row in rows {
        match row.as_slice() {
            [heading] => text += heading,
            _ => text += lines.next().unwrap_or_default(),
        }
        text.push('\n');
    }
    text
}

fn end(day: &wire::Day) -> Timestamp {
    Timestamp::from_millis(day.start) + TimeDelta::minutes(day.minutes.into())
}

/// Whether a stretch touches a day; what has no length does by its instant.
fn meets(start: i64, end_: i64, day: &wire::Day) -> bool {
    let last = end(day).millis();
    start < last && (end_ > day.start || start == end_ && start >= day.start)
}
