//! Environments, teams and the history in JSON.

use berth_app::wire;
use serde::Serialize;

use super::{duration, instant};

/// What a change did: `undo`, `redo`, `cancel`, `delete`, `history`. Null when nothing changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Operation {
    id: String,
    at: String,
    who: String,
    title: String,
    undone: bool,
}

/// `env list`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Environment {
    id: String,
    name: String,
    aliases: Vec<String>,
    capacity: u32,
    zone: String,
    set_up: String,
    clean_up: String,
    owner: String,
    lead_times: Vec<String>,
    hidden: bool,
}

/// `team list`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Team {
    id: String,
    name: String,
    code: String,
    colour: String,
    mine: bool,
}

impl From<&wire::Operation> for Operation {
    fn from(operation: &wire::Operation) -> Self {
        Self {
            id: operation.id.clone(),
            at: instant(operation.at),
            who: operation.who.clone(),
            title: operation.title.clone(),
            undone: operation.undone,
        }
    }
}

impl From<&berth_core::Environment> for Environment {
    fn from(environment: &berth_core::Environment) -> Self {
        Self {
            id: environment.id.to_string(),
            name: environment.name.clone(),
            aliases: environment.aliases.clone(),
            capacity: environment.capacity,
            zone: environment.zone.name().to_owned(),
            set_up: duration(environment.set_up),
            clean_up: duration(environment.clean_up),
            owner: environment.owner.clone(),
            lead_times: environment
                .lead_times
                .iter()
                .copied()
                .map(duration)
                .collect(),
            hidden: environment.hidden,
        }
    }
}

impl From<&berth_core::Team> for Team {
    fn from(team: &berth_core::Team) -> Self {
        let colour = berth_core::team::PALETTE
            .get(usize::from(team.colour))
            .copied()
            .unwrap_or_default();
        Self {
            id: team.id.to_string(),
            name: team.name.clone(),
            code: team.code.clone(),
            colour: colour.to_owned(),
            mine: team.mine,
        }
    }
}
