//! A Berth of one calendar file and nothing else, kept nowhere: to ask a file what one would ask
//! the database.

use std::collections::{BTreeMap, BTreeSet};

use berth_core::time::Tz;
use berth_core::{EnvironmentId, TeamId, TimeRange, Timestamp};
use berth_ical::{Event, Limits};

use super::AHEAD;
use crate::exchange::source as read;
use crate::setup::{new_environment, new_team};
use crate::wire::{ImportAction, ImportInput};
use crate::{Berth, OpenOptions, Result};

/// A calendar file to be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarSource {
    /// What is in it.
    pub bytes: Vec<u8>,
    /// What messages call it.
    pub name: String,
    /// Take it at any size up to 512 MiB.
    pub large: bool,
    /// What will be asked about; the rest is not read.
    pub range: TimeRange,
}

/// What a calendar file has become.
#[derive(Debug)]
pub struct OfCalendar {
    /// The Berth to ask.
    pub berth: Berth,
    /// The environment that was named.
    pub environment: EnvironmentId,
    /// The team that was named; it need not occur in the file.
    pub team: TeamId,
    /// How many of the events that were read are about the environment: none only when none is.
    pub about: usize,
    /// The other places that events name.
    pub elsewhere: Vec<String>,
    /// How many of the events that were read could not be understood.
    pub unread: usize,
}

impl Berth {
    /// Reads a calendar as what is booked. An event belongs to the place that it names
    /// (`X-BERTH-ENVIRONMENT`, `LOCATION`, `RESOURCES`), and to `environment` when it names none.
    /// Everything is in the zone of this machine where the file does not say otherwise.
    ///
    /// # Errors
    /// With code `input` when it is no calendar, `too-large` when the person should be asked first.
    pub fn of_calendar(
        options: OpenOptions,
        source: CalendarSource,
        environment: &str,
        team: &str,
        now: Timestamp,
    ) -> Result<OfCalendar> {
        let zone = options.zone;
        let limits = if source.large {
            Limits::raised()
        } else {
            Limits::default()
        };
        let bytes = read_for(source.bytes, source.range, &limits);
        let mut input = ImportInput {
            path: source.name.clone(),
            environments: BTreeMap::new(),
            teams: BTreeMap::new(),
            leave_out: Vec::new(),
            large: source.large,
            removals: true,
        };
        let source = read(bytes, &source.name, &input, zone)?;
        let elsewhere = elsewhere(&source.calendar.events, environment);
        let mut berth = Self::in_memory(options)?;
        let (environment, team) = berth.store.write_unrecorded(|writer| -> Result<_> {
            let id = writer.put_environment(&new_environment(environment, zone))?;
            for place in &elsewhere {
                writer.put_environment(&new_environment(place, zone))?;
            }
            Ok((id, writer.put_team(&new_team(team, &[]))?))
        })?;
        input.environments = BTreeMap::from([("*".into(), environment.to_string())]);
        let preview = berth.take(source, &input, now)?;
        let here =
            |one: &&crate::wire::ImportItem| one.environment_id == Some(environment.to_string());
        let skipped = |one: &&crate::wire::ImportItem| one.action == ImportAction::Skip;
        let about = preview.items.iter().filter(here).count();
        let unread = preview.items.iter().filter(skipped).count();
        Ok(OfCalendar {
            berth,
            environment,
            team,
            about,
            elsewhere,
            unread,
        })
    }
}

/// What has to be read to answer; all of what is too large anyway.
fn read_for(bytes: Vec<u8>, range: TimeRange, limits: &Limits) -> Vec<u8> {
    if bytes.len() > limits.bytes {
        return bytes;
    }
    let day = |at: Timestamp| at.wall(Tz::UTC).date();
    let ahead = range.end().max(range.start() + AHEAD);
    berth_ical::near(bytes, day(range.start()), day(ahead))
}

/// The places that events name, other than `environment`: each once, as it was first written.
fn elsewhere(events: &[Event], environment: &str) -> Vec<String> {
    let mut known = BTreeSet::from([environment.trim().to_lowercase()]);
    let mut places = Vec::new();
    for event in events {
        let named = event
            .environment
            .iter()
            .chain(&event.location)
            .chain(&event.resources);
        let named: Vec<&str> = named
            .map(|name| name.trim())
            .filter(|name| !name.is_empty())
            .collect();
        if named
            .iter()
            .any(|name| name.to_lowercase() == environment.trim().to_lowercase())
        {
            continue;
        }
        for name in named {
            if known.insert(name.to_lowercase()) {
                places.push(name.to_owned());
            }
        }
    }
    places
}
