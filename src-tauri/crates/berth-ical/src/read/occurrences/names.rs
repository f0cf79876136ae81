//! Dates that name occurrences of a series: EXDATE and RECURRENCE-ID, in whatever form and zone.

use std::collections::HashSet;

use berth_core::Timestamp;
use chrono::{NaiveDate, NaiveDateTime};

use super::TimeKind;
use super::series::Plan;
use crate::read::point::{Name, Point};

/// Occurrences by their names.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Written as the series is.
    walls: HashSet<NaiveDateTime>,
    /// Written in UTC or in another zone.
    instants: HashSet<Timestamp>,
    /// Written as a date: every occurrence of that day.
    days: HashSet<NaiveDate>,
}

impl Names {
    pub(super) fn add(&mut self, name: &Point<'_>, series: &Plan<'_>) {
        match name {
            Point::Day(day) => drop(self.days.insert(*day)),
            Point::Time(time) if series.dial.kind == TimeKind::Date => {
                self.days.insert(time.wall.date());
            }
            Point::Time(time)
                if time.name == Name::Floating || series.name.as_ref() == Some(&time.name) =>
            {
                self.walls.insert(time.wall);
            }
            Point::Time(time) => drop(self.instants.insert(time.instant())),
        }
    }

    pub(super) fn has(&self, series: &Plan<'_>, wall: NaiveDateTime) -> bool {
        self.days.contains(&wall.date())
            || self.walls.contains(&wall)
            || !self.instants.is_empty() && self.instants.contains(&series.dial.instant(wall))
    }
}
