//! Adding, changing, removing environments.

use berth_core::booking::LONGEST_BUFFER;
use berth_core::time::Tz;
use berth_core::{EnvironmentId, Timestamp};
use chrono::TimeDelta;

use crate::wire::{Environment, Outcome};
use crate::{Berth, Error, Result, history};

/// An environment with the defaults: exclusive, no buffers, told ten minutes before.
pub(crate) fn new_environment(name: &str, zone: Tz) -> berth_core::Environment {
    berth_core::Environment {
        id: EnvironmentId(0),
        name: name.into(),
        aliases: Vec::new(),
        capacity: 1,
        zone,
        set_up: TimeDelta::zero(),
        clean_up: TimeDelta::zero(),
        owner: String::new(),
        lead_times: vec![TimeDelta::minutes(10)],
        hidden: false,
    }
}

impl Berth {
    /// Adds an environment (empty id) or changes it.
    ///
    /// # Errors
    /// With code `input` when a value cannot be, or the name is taken.
    pub fn save_environment(
        &mut self,
        environment: &Environment,
        now: Timestamp,
    ) -> Result<Outcome> {
        let wanted = check(environment)?;
        let done = self.write(now, |writer| {
            let known = writer.environments()?;
            let same_name = |other: &&berth_core::Environment| {
                other.id != wanted.id && other.name.to_lowercase() == wanted.name.to_lowercase()
            };
            if let Some(other) = known.iter().find(same_name) {
                let message = format!("There is an environment “{}” already.", other.name);
                return Err(Error::input(message, "Choose another name."));
            }
            if wanted.id.0 == 0 {
                writer.put_environment(&wanted)?;
                return Ok(((), format!("Added environment {}", wanted.name)));
            }
            let before = known
                .iter()
                .find(|other| other.id == wanted.id)
                .ok_or_else(gone)?;
            if *before != wanted {
                writer.put_environment(&wanted)?;
            }
            Ok(((), title(before, &wanted)))
        })?;
        Ok(history::outcome(done.operation))
    }

    /// Removes an environment that has no bookings.
    ///
    /// # Errors
    /// With code `input` while there are bookings on it.
    pub fn remove_environment(&mut self, id: &str, now: Timestamp) -> Result<Outcome> {
        let id = EnvironmentId(super::environment::row(id)?);
        let done = self.write(now, |writer| {
            let known = writer.environments()?;
            let environment = known.iter().find(|one| one.id == id).ok_or_else(gone)?;
            let name = &environment.name;
            writer.remove_environment(id).map_err(|error| match error {
                berth_store::StoreError::Constraint { .. } => Error::input(
                    format!("There are bookings on {name}."),
                    "Hide it instead, or delete its bookings first.",
                ),
                other => other.into(),
            })?;
            Ok(((), format!("Removed environment {name}")))
        })?;
        Ok(history::outcome(done.operation))
    }
}

fn title(before: &berth_core::Environment, after: &berth_core::Environment) -> String {
    if before.name != after.name {
        format!("Renamed {} to {}", before.name, after.name)
    } else if before.hidden != after.hidden {
        format!(
            "{} {}",
            if after.hidden { "Hid" } else { "Showed" },
            after.name
        )
    } else {
        format!("Changed environment {}", after.name)
    }
}

fn check(environment: &Environment) -> Result<berth_core::Environment> {
    let name = environment.name.trim();
    if name.is_empty() || name.chars().any(char::is_control) {
        return Err(Error::input(
            "An environment needs a name.",
            "Write one, such as “integration”.",
        ));
    }
    if environment.capacity == 0 {
        return Err(Error::input(
            "The capacity is at least 1.",
            "Write how many can share it at a time.",
        ));
    }
    let zone = environment.zone.parse().map_err(|_| {
        let message = format!("“{}” is not a time zone.", environment.zone);
        Error::input(message, "Write a name such as Europe/Berlin or UTC.")
    })?;
    let aliases = environment
        .aliases
        .iter()
        .map(|alias| alias.trim().to_owned());
    Ok(berth_core::Environment {
        id: EnvironmentId(if environment.id.is_empty() {
            0
        } else {
            row(&environment.id)?
        }),
        name: name.into(),
        aliases: aliases.filter(|alias| !alias.is_empty()).collect(),
        capacity: environment.capacity,
        zone,
        set_up: buffer(environment.set_up)?,
        clean_up: buffer(environment.clean_up)?,
        owner: environment.owner.trim().into(),
        lead_times: environment
            .lead_times
            .iter()
            .map(|&lead| TimeDelta::minutes(lead.into()))
            .collect(),
        hidden: environment.hidden,
    })
}

/// Minutes of set-up or clean-up.
fn buffer(minutes: u32) -> Result<TimeDelta> {
    let buffer = TimeDelta::minutes(minutes.into());
    if buffer > LONGEST_BUFFER {
        let message = "Set-up and clean-up are at most 7 days each.";
        return Err(Error::input(
            message,
            "Book a longer preparation as a booking of its own.",
        ));
    }
    Ok(buffer)
}

/// An id as it comes from outside.
pub(crate) fn row(id: &str) -> Result<i64> {
    id.parse().ok().filter(|id| *id > 0).ok_or_else(|| {
        Error::not_found(
            format!("There is nothing with the id “{id}”."),
            "Reload and choose it again.",
        )
    })
}

fn gone() -> Error {
    Error::not_found(
        "The environment does not exist any more.",
        "Reload, or undo its removal.",
    )
}
