//! Adding, changing, removing teams.

use berth_core::team::{PALETTE, code_for};
use berth_core::{TeamId, Timestamp};

use super::environment::row;
use crate::wire::{Outcome, Team};
use crate::{Berth, Error, Result, history};

impl Berth {
    /// Adds a team (empty id) or changes it. An empty code is made from the name; a new team takes
    /// the first colour that no other has.
    ///
    /// # Errors
    /// With code `input` when the name is empty or taken.
    pub fn save_team(&mut self, team: &Team, now: Timestamp) -> Result<Outcome> {
        let mut wanted = check(team)?;
        let done = self.write(now, |writer| {
            let known = writer.teams()?;
            let same = |other: &&berth_core::Team| {
                other.id != wanted.id && other.name.to_lowercase() == wanted.name.to_lowercase()
            };
            if let Some(other) = known.iter().find(same) {
                let message = format!("There is a team “{}” already.", other.name);
                return Err(Error::input(
                    message,
                    "Choose another name, or edit that team.",
                ));
            }
            if wanted.id.0 == 0 {
                if usize::from(wanted.colour) >= PALETTE.len() {
                    wanted.colour = free_colour(&known);
                }
                writer.put_team(&wanted)?;
                return Ok(((), format!("Added team {}", wanted.name)));
            }
            let before = known
                .iter()
                .find(|other| other.id == wanted.id)
                .ok_or_else(gone)?;
            if usize::from(wanted.colour) >= PALETTE.len() {
                wanted.colour = before.colour;
            }
            if *before != wanted {
                writer.put_team(&wanted)?;
            }
            Ok(((), format!("Changed team {}", wanted.name)))
        })?;
        Ok(history::outcome(done.operation))
    }

    /// Removes a team that has no bookings.
    ///
    /// # Errors
    /// With code `input` while it has bookings.
    pub fn remove_team(&mut self, id: &str, now: Timestamp) -> Result<Outcome> {
        let id = TeamId(row(id)?);
        let done = self.write(now, |writer| {
            let known = writer.teams()?;
            let name = &known.iter().find(|one| one.id == id).ok_or_else(gone)?.name;
            writer.remove_team(id).map_err(|error| match error {
                berth_store::StoreError::Constraint { .. } => Error::input(
                    format!("{name} still has bookings."),
                    "Delete them first, or give them to another team.",
                ),
                other => other.into(),
            })?;
            Ok(((), format!("Removed team {name}")))
        })?;
        Ok(history::outcome(done.operation))
    }
}

/// The first colour of the palette that the fewest teams have.
pub(crate) fn free_colour(known: &[berth_core::Team]) -> u8 {
    let count = |colour: &u8| known.iter().filter(|team| team.colour == *colour).count();
    (0..).take(PALETTE.len()).min_by_key(count).unwrap_or(0)
}

/// A team that an import names and nobody knows yet.
pub(crate) fn new_team(name: &str, known: &[berth_core::Team]) -> berth_core::Team {
    berth_core::Team {
        id: TeamId(0),
        name: name.trim().into(),
        code: code_for(name),
        colour: free_colour(known),
        mine: false,
    }
}

fn check(team: &Team) -> Result<berth_core::Team> {
    let name = team.name.trim();
    if name.is_empty() || name.chars().any(char::is_control) {
        return Err(Error::input(
            "A team needs a name.",
            "Write one, such as “Infra”.",
        ));
    }
    let code = team.code.trim().to_uppercase();
    if code.chars().count() > 3 {
        return Err(Error::input(
            "A team's code has two or three letters.",
            "Shorten it.",
        ));
    }
    Ok(berth_core::Team {
        id: TeamId(if team.id.is_empty() {
            0
        } else {
            row(&team.id)?
        }),
        name: name.into(),
        code: if code.is_empty() {
            code_for(name)
        } else {
            code
        },
        colour: team.colour,
        mine: team.mine,
    })
}

fn gone() -> Error {
    Error::not_found(
        "The team does not exist any more.",
        "Reload, or undo its removal.",
    )
}
