//! What is ahead: the conflicts of months, by week and by series.

use std::collections::HashMap;

use berth_core::forecast::{Group, Origin, Week, dials, groups, weeks};
use berth_core::time::{Tz, midnight};
use berth_core::words::Phrasing;
use berth_core::{Conflict, Environment, TimeRange, Timestamp};
use berth_store::Reader;
use chrono::{Days, TimeDelta, Weekday};

use crate::conflict::{Found, Holds, Teller, find_among};
use crate::wire::{Forecast, ForecastGroup, ForecastTime, ForecastWeek};
use crate::{Berth, Error, Filter, Result};

pub use turn::Outlook;

mod turn;

/// How many weeks a forecast has.
const WEEKS: u64 = 26;

/// More groups than this are counted, not listed.
const MOST: usize = 200;

/// Where a forecast from `from` ends unless said otherwise: with its 26th week, Monday to Sunday, in
/// `zone`.
#[must_use]
pub fn forecast_end(from: Timestamp, zone: Tz) -> Timestamp {
    let monday = berth_core::week::week_start(from.wall(zone).date(), Weekday::Mon);
    midnight(monday + Days::new(7 * WEEKS), zone)
}

impl Berth {
    /// The conflicts of `[from, to)` that nobody accepted, told by week and by series: in the
    /// filter's environments, and of its teams. Those within a team are left out.
    ///
    /// # Errors
    /// With code `input` when `to` is not after `from`; when the file cannot be read.
    pub fn forecast(
        &mut self,
        from: Timestamp,
        to: Timestamp,
        filter: &Filter,
        now: Timestamp,
    ) -> Result<Forecast> {
        let phrasing = self.phrasing(now)?;
        let range = TimeRange::new(from, to)
            .ok_or_else(|| Error::input("That is no time at all.", "Name a later end."))?;
        self.read(|reader| Ahead::look(reader, range, filter, phrasing)?.tell(reader, phrasing))
    }
}

/// What there is in a range, before it is told.
struct Ahead {
    range: TimeRange,
    environments: Vec<Environment>,
    holds: Holds,
    found: Vec<Found>,
}

impl Ahead {
    fn look(
        reader: &Reader<'_>,
        range: TimeRange,
        filter: &Filter,
        phrasing: Phrasing,
    ) -> Result<Self> {
        let mut environments = reader.environments()?;
        environments.retain(|one| filter.environment(one.id));
        let (holds, mut found) = find_among(reader, &environments, range.start(), range.end())?;
        let of_team = |one: &Found| one.members.iter().any(|(_, hold)| filter.team(hold.team));
        found.retain(of_team);
        let mut teller = Teller::new(reader, phrasing)?;
        let mut counted = Vec::with_capacity(found.len());
        for one in found {
            if teller.counts(&one)? {
                counted.push(one);
            }
        }
        Ok(Self {
            range,
            environments,
            holds,
            found: counted,
        })
    }

    fn tell(&self, reader: &Reader<'_>, phrasing: Phrasing) -> Result<Forecast> {
        let conflicts: Vec<Conflict> = self.found.iter().map(|one| one.conflict.clone()).collect();
        let origins = self.origins(reader)?;
        let origin = |hold: u32| origins[hold as usize];
        let groups = groups(&conflicts, &self.holds.holds, origin, self.range);
        let mut teller = Teller::new(reader, phrasing)?;
        let listed = groups.iter().take(MOST);
        let told: Vec<ForecastGroup> = listed
            .map(|group| self.group(group, &conflicts, &mut teller, phrasing))
            .collect::<Result<_>>()?;
        let in_list: usize = told.iter().map(|group| group.times.len()).sum();
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Ok(Forecast {
            weeks: self.weeks(&conflicts, phrasing),
            groups: told,
            count: count(conflicts.len()),
            unlisted: count(conflicts.len() - in_list),
        })
    }

    fn weeks(&self, conflicts: &[Conflict], phrasing: Phrasing) -> Vec<ForecastWeek> {
        let weeks = weeks(conflicts, self.range, phrasing.zone);
        let dials = dials(&weeks, &self.zones(phrasing.zone));
        let told = |(week, clocks): (&Week, String)| ForecastWeek {
            monday: week.monday.to_string(),
            sunday: (week.monday + TimeDelta::days(6)).to_string(),
            year: week.year,
            iso_week: week.number,
            errors: week.errors,
            warnings: week.warnings,
            clocks,
        };
        let clocks = dials.iter().map(|one| one.words(phrasing));
        weeks.iter().zip(clocks).map(told).collect()
    }

    /// Whose clocks matter: the reader's, those of the environments, and those of the series.
    fn zones(&self, reader: Tz) -> Vec<Tz> {
        let environments = self.environments.iter().map(|one| one.zone);
        let series = self.holds.series.iter().map(|one| one.zone);
        let mut zones = Vec::new();
        for zone in std::iter::once(reader).chain(environments).chain(series) {
            if !zones.contains(&zone) {
                zones.push(zone);
            }
        }
        zones
    }

    /// Where each hold comes from. Changed occurrences have rows of their own, and belong to their
    /// series.
    fn origins(&self, reader: &Reader<'_>) -> Result<Vec<Origin>> {
        let mut series = HashMap::new();
        for seen in &self.holds.series {
            series.insert(seen.booking, (seen.booking, seen.zone));
            if let Some(uid) = &seen.overridden {
                for changed in reader.bookings_of(uid)? {
                    series.insert(changed.id, (seen.booking, seen.zone));
                }
            }
        }
        let zones: HashMap<_, _> = self
            .environments
            .iter()
            .map(|one| (one.id, one.zone))
            .collect();
        let mut numbers = HashMap::new();
        let origin = |(hold, member): (&berth_core::Hold, &crate::conflict::Member)| {
            let known = series.get(&member.booking);
            let single = || {
                let zone = zones.get(&hold.environment).copied().unwrap_or(Tz::UTC);
                (member.booking, zone)
            };
            let (booking, zone) = known.copied().unwrap_or_else(single);
            let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            Origin {
                booking: *numbers.entry(booking).or_insert(next),
                zone,
                repeats: known.is_some(),
            }
        };
        let holds = self.holds.holds.iter().zip(&self.holds.members);
        Ok(holds.map(origin).collect())
    }

    fn group(
        &self,
        group: &Group,
        conflicts: &[Conflict],
        teller: &mut Teller<'_, '_>,
        phrasing: Phrasing,
    ) -> Result<ForecastGroup> {
        let first = group.conflicts.first().copied().unwrap_or_default();
        let (bookings, what) = teller.summary(&self.found[first as usize])?;
        let time = |&index: &u32| {
            let found = &self.found[index as usize];
            let range = found.conflict.range;
            Ok(ForecastTime {
                id: teller.identify(found)?.0,
                start: range.start().millis(),
                end: range.end().millis(),
                text: phrasing.range(range),
            })
        };
        Ok(ForecastGroup {
            environment_id: group.environment.to_string(),
            kind: group.kind.into(),
            severity: group.severity.into(),
            bookings,
            what,
            summary: group.summary(),
            text: group.words(conflicts, phrasing),
            met: group.share.map(|share| share.met),
            total: group.share.map(|share| share.total),
            times: group.conflicts.iter().map(time).collect::<Result<_>>()?,
        })
    }
}
