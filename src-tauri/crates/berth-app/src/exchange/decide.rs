//! Which environment and which team an event belongs to, and how that was decided.

use std::collections::HashMap;

use berth_core::{Environment, EnvironmentId, Team, TeamId};
use berth_ical::Event;
use berth_store::Calendar;

use crate::setup::new_team;
use crate::wire::ImportInput;

/// A decision, and what it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decided<T> {
    pub(super) value: T,
    pub(super) by: &'static str,
}

/// Decides for the events of one calendar.
pub(super) struct Decider<'a> {
    pub(super) input: &'a ImportInput,
    pub(super) environments: &'a [Environment],
    /// Known teams, and those that the import adds; these have negative ids until they have rows.
    pub(super) teams: Vec<Team>,
    /// What the calendar calls itself.
    pub(super) name: Option<&'a str>,
    /// What is remembered for it.
    pub(super) rule: Option<&'a Calendar>,
    /// Of series, for their changed occurrences, which need not say it again.
    pub(super) places: HashMap<&'a str, EnvironmentId>,
}

impl<'a> Decider<'a> {
    /// The person's word about this event, then the event's own, then the calendar's rule, then the
    /// person's word about the rest.
    pub(super) fn environment(
        &mut self,
        event: &'a Event,
        key: &str,
    ) -> Option<Decided<EnvironmentId>> {
        let input = self.input;
        let decided = self
            .chosen_environment(input.environments.get(key))
            .or_else(|| self.named(event.environment.as_deref(), "X-BERTH-ENVIRONMENT"))
            .or_else(|| self.named(event.location.as_deref(), "LOCATION"))
            .or_else(|| {
                event
                    .resources
                    .iter()
                    .find_map(|name| self.named(Some(name), "RESOURCES"))
            })
            .or_else(|| {
                self.places.get(event.uid.as_str()).map(|&value| Decided {
                    value,
                    by: "series",
                })
            })
            .or_else(|| {
                self.rule?
                    .environment
                    .map(|value| Decided { value, by: "rule" })
            })
            .or_else(|| self.chosen_environment(input.environments.get("*")));
        if let Some(decided) = &decided {
            self.places.entry(&event.uid).or_insert(decided.value);
        }
        decided
    }

    fn chosen_environment(&self, id: Option<&String>) -> Option<Decided<EnvironmentId>> {
        let id = EnvironmentId(id?.parse().ok()?);
        let known = self.environments.iter().any(|one| one.id == id);
        known.then_some(Decided {
            value: id,
            by: "chosen",
        })
    }

    fn named(&self, name: Option<&str>, by: &'static str) -> Option<Decided<EnvironmentId>> {
        let name = name?.trim();
        let found = self.environments.iter().find(|one| {
            same(&one.name, name) || one.aliases.iter().any(|alias| same(alias, name))
        })?;
        Some(Decided {
            value: found.id,
            by,
        })
    }

    /// Like [`Self::environment`]; a team that is named and not known is added.
    pub(super) fn team(&mut self, event: &Event, key: &str) -> Option<Decided<TeamId>> {
        let input = self.input;
        if let Some(decided) = self.chosen_team(input.teams.get(key)) {
            return Some(decided);
        }
        let known = event
            .categories
            .iter()
            .find_map(|name| self.known_team(name));
        if let Some(value) = known {
            return Some(Decided {
                value,
                by: "CATEGORIES",
            });
        }
        if let Some(name) = event.categories.iter().find(|name| !name.trim().is_empty()) {
            let value = self.add_team(name);
            return Some(Decided {
                value,
                by: "CATEGORIES",
            });
        }
        if let Some(value) = self.rule.and_then(|rule| rule.team) {
            return Some(Decided { value, by: "rule" });
        }
        if let Some(name) = self.name {
            let value = self.known_team(name).unwrap_or_else(|| self.add_team(name));
            return Some(Decided {
                value,
                by: "X-WR-CALNAME",
            });
        }
        self.chosen_team(input.teams.get("*"))
    }

    fn chosen_team(&self, id: Option<&String>) -> Option<Decided<TeamId>> {
        let id = TeamId(id?.parse().ok()?);
        let known = self.teams.iter().any(|one| one.id == id);
        known.then_some(Decided {
            value: id,
            by: "chosen",
        })
    }

    fn known_team(&self, name: &str) -> Option<TeamId> {
        self.teams
            .iter()
            .find(|team| same(&team.name, name.trim()))
            .map(|team| team.id)
    }

    fn add_team(&mut self, name: &str) -> TeamId {
        let number = i64::try_from(self.teams.len()).unwrap_or(i64::MAX);
        let id = TeamId(-1 - number);
        let team = new_team(name, &self.teams);
        self.teams.push(Team { id, ..team });
        id
    }

    /// The teams that the import adds.
    pub(super) fn added(&self) -> impl Iterator<Item = &Team> {
        self.teams.iter().filter(|team| team.id.0 < 0)
    }
}

fn same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.to_lowercase()
}
