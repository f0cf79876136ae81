//! `berth team`

use berth_app::{Error, Result, wire};
use berth_core::team::PALETTE;
use clap::Subcommand;

use super::{told, undoable};
use crate::answer::Ended;
use crate::details::set;
use crate::json;
use crate::session::Session;
use crate::style::plain;
use crate::table::table;

/// Teams: who books.
#[derive(Debug, Subcommand)]
pub(crate) enum Team {
    /// List them.
    List,
    /// Add one.
    Add {
        /// Its name.
        name: String,
        #[command(flatten)]
        traits: Traits,
        /// It is yours: you are reminded of its slots.
        #[arg(long)]
        mine: bool,
    },
    /// Change one; what is not named stays as it is.
    Edit {
        /// Its name or code.
        team: String,
        /// What to call it from now on.
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
        #[command(flatten)]
        traits: Traits,
        /// It is yours.
        #[arg(long, conflicts_with = "not_mine")]
        mine: bool,
        /// It is not yours.
        #[arg(long)]
        not_mine: bool,
    },
    /// Remove one that has no bookings.
    Remove {
        /// Its name or code.
        team: String,
    },
}

/// How a team is shown.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Traits {
    /// Two or three letters [default: from the name].
    #[arg(long, value_name = "ABC")]
    code: Option<String>,
    /// One of the ten team colours, such as #0072B2 [default: the first that is free].
    #[arg(long, value_name = "#HEX")]
    colour: Option<String>,
}

impl Team {
    pub(crate) fn run(&self, session: &mut Session) -> Ended {
        match self {
            Self::List => {
                let all: Vec<json::Team> = session.teams.iter().map(Into::into).collect();
                Ok(session.answer(&all, || text(session))?)
            }
            Self::Add { name, traits, mine } => {
                // A colour outside the palette lets Berth choose.
                let mut wanted = wire::Team {
                    id: String::new(),
                    name: name.clone(),
                    code: String::new(),
                    colour: u8::MAX,
                    mine: *mine,
                };
                traits.fill(&mut wanted)?;
                save(session, &wanted)
            }
            Self::Edit {
                team,
                name,
                traits,
                mine,
                not_mine,
            } => {
                let mut wanted: wire::Team = session.team(team)?.into();
                set(&mut wanted.name, name.clone());
                set(&mut wanted.mine, (*mine || *not_mine).then_some(*mine));
                traits.fill(&mut wanted)?;
                save(session, &wanted)
            }
            Self::Remove { team } => {
                let id = session.team(team)?.id.to_string();
                let outcome = session.berth.remove_team(&id, session.now)?;
                undoable(session, &outcome)
            }
        }
    }
}

impl Traits {
    fn fill(&self, team: &mut wire::Team) -> Result<()> {
        set(&mut team.code, self.code.clone());
        set(
            &mut team.colour,
            self.colour.as_deref().map(colour).transpose()?,
        );
        Ok(())
    }
}

/// The place of a colour in the palette.
fn colour(text: &str) -> Result<u8> {
    let wanted = text.trim().trim_start_matches('#');
    let at = PALETTE
        .iter()
        .position(|known| known.trim_start_matches('#').eq_ignore_ascii_case(wanted));
    at.and_then(|at| u8::try_from(at).ok()).ok_or_else(|| {
        let hint = format!(
            "Choose one of {}: people with colour blindness can tell them apart.",
            PALETTE.join(", ")
        );
        Error::input(format!("“{text}” is not one of the team colours."), hint)
    })
}

fn save(session: &mut Session, wanted: &wire::Team) -> Ended {
    let outcome = session.berth.save_team(wanted, session.now)?;
    session.teams = session.berth.teams()?;
    let saved = json::Team::from(session.team(&wanted.name)?);
    Ok(session.answer(&saved, || told(session, &outcome))?)
}

fn text(session: &Session) -> String {
    if session.teams.is_empty() {
        return "There is no team yet: `berth team add NAME --mine` adds yours.\n".into();
    }
    let heads = ["NAME", "CODE", "COLOUR", "MINE"];
    let mut rows = vec![heads.iter().map(|head| session.style.bold(head)).collect()];
    rows.extend(session.teams.iter().map(row));
    table(&rows)
}

fn row(team: &berth_core::Team) -> Vec<String> {
    let colour = PALETTE
        .get(usize::from(team.colour))
        .copied()
        .unwrap_or_default();
    let mine = if team.mine { "yes" } else { "" };
    vec![
        plain(&team.name),
        plain(&team.code),
        colour.to_owned(),
        mine.to_owned(),
    ]
}
