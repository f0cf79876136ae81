//! What happens on each environment now, and what comes next: the tray's lines and the strip's.

use berth_core::words::Phrasing;
use berth_core::{Environment, TeamId, Timestamp};
use chrono::TimeDelta;

use crate::schedule::{Filter, Slot, slots};
use crate::wire::{self, BookingRef, NowNext};
use crate::{Berth, Result};

/// Further ahead than this an environment counts as free.
const AHEAD: TimeDelta = TimeDelta::weeks(4);

impl Berth {
    /// Who holds each environment that is not hidden at this moment, and who is next.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn now_next(&mut self, now: Timestamp) -> Result<Vec<NowNext>> {
        let phrasing = self.phrasing_spoken(now)?;
        self.read(|reader| {
            let teams = reader.teams()?;
            let team = |id: TeamId| {
                teams
                    .iter()
                    .find(|one| one.id == id)
                    .map_or("", |one| one.name.as_str())
            };
            let environments = reader.environments()?;
            environments
                .iter()
                .filter(|one| !one.hidden)
                .map(|environment| {
                    let only = Filter {
                        environments: vec![environment.id],
                        ..Filter::default()
                    };
                    let mut found = slots(
                        reader,
                        std::slice::from_ref(environment),
                        now,
                        now + AHEAD,
                        &only,
                    )?;
                    found.retain(|slot| slot.booking.blocks());
                    Ok(line(environment, &found, phrasing, &team))
                })
                .collect()
        })
    }
}

fn line<'t>(
    environment: &Environment,
    slots: &[Slot],
    phrasing: Phrasing,
    team: &impl Fn(TeamId) -> &'t str,
) -> NowNext {
    let now = phrasing.now;
    let present: Vec<&Slot> = slots
        .iter()
        .filter(|slot| slot.start <= now && slot.end > now)
        .collect();
    let next = slots.iter().find(|slot| slot.start > now);
    let wired = |slot: &Slot| wire::Slot {
        reference: BookingRef::new(slot.booking.id, slot.recurrence_id),
        team: team(slot.booking.team).to_owned(),
        title: slot.booking.title.clone(),
        start: slot.start.millis(),
        end: slot.end.millis(),
    };
    NowNext {
        environment_id: environment.id.to_string(),
        environment: environment.name.clone(),
        now: present.iter().map(|slot| wired(slot)).collect(),
        next: next.map(wired),
        text: format!(
            "{}: {}",
            environment.name,
            words(&present, next, phrasing, team)
        ),
    }
}

/// `Perf until 13:00, then Infra`, `free until Wed 22:00, then Infra`, `free`.
fn words<'t>(
    present: &[&Slot],
    next: Option<&Slot>,
    phrasing: Phrasing,
    team: &impl Fn(TeamId) -> &'t str,
) -> String {
    let today = phrasing.now.wall(phrasing.zone).date();
    let moment = |at: Timestamp| {
        let on_today = at.wall(phrasing.zone).date() == today;
        if on_today {
            phrasing.time(at)
        } else {
            phrasing.moment_nearby(at)
        }
    };
    let say = &phrasing.words().now;
    let free_until = |slot: &Slot| (say.until)(say.free, &moment(slot.start));
    if present.is_empty() {
        return next.map_or_else(
            || say.free.to_owned(),
            |slot| (say.then)(&free_until(slot), team(slot.booking.team)),
        );
    }
    let mut names: Vec<String> = present
        .iter()
        .map(|slot| team(slot.booking.team).to_owned())
        .collect();
    names.dedup();
    let until = present
        .iter()
        .map(|slot| slot.end)
        .max()
        .unwrap_or(phrasing.now);
    let held = (say.until)(&phrasing.list(&names), &moment(until));
    match next {
        Some(slot) if slot.start <= until => (say.then)(&held, team(slot.booking.team)),
        Some(slot) => (say.then)(&held, &free_until(slot)),
        None => (say.then)(&held, say.free),
    }
}
