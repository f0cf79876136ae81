//! `berth env`

use berth_app::wire;
use berth_core::Environment;
use berth_core::words::duration_words;
use chrono::TimeDelta;
use clap::Subcommand;

use super::{told, undoable};
use crate::answer::Ended;
use crate::details::{Leads, set};
use crate::json;
use crate::session::Session;
use crate::style::plain;
use crate::table::table;
use crate::time::Length;

/// Environments: what can be booked.
#[derive(Debug, Subcommand)]
pub(crate) enum Env {
    /// List them.
    List,
    /// Add one.
    Add {
        /// What people call it.
        name: String,
        #[command(flatten)]
        traits: Traits,
    },
    /// Change one; what is not named stays as it is.
    Edit {
        /// Its name, or another name it is known by.
        environment: String,
        /// What to call it from now on.
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
        #[command(flatten)]
        traits: Traits,
        /// Leave it out of the week.
        #[arg(long, conflicts_with = "show")]
        hide: bool,
        /// Take it into the week again.
        #[arg(long)]
        show: bool,
    },
    /// Remove one that has no bookings.
    Remove {
        /// Its name.
        environment: String,
    },
}

/// What an environment is like.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Traits {
    /// How many can share it at a time [default: 1].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    capacity: Option<u32>,
    /// Its time zone, such as Europe/Berlin [default: yours].
    #[arg(long, value_name = "IANA")]
    zone: Option<String>,
    /// Time that a booking needs before, such as 30m.
    #[arg(long, value_name = "DURATION")]
    set_up: Option<Length>,
    /// Time that a booking needs after, such as 1h.
    #[arg(long, value_name = "DURATION")]
    clean_up: Option<Length>,
    /// Whom to ask when bookings conflict.
    #[arg(long, value_name = "TEXT")]
    owner: Option<String>,
    /// Another name under which calendars know it; may be repeated, and replaces those it had.
    #[arg(long, value_name = "NAME")]
    alias: Vec<String>,
    /// How long before a slot its team is told, such as 10m or 1h,10m; or `never` [default: 10m].
    #[arg(long, value_name = "DURATIONS")]
    lead: Option<Leads>,
}

impl Env {
    pub(crate) fn run(&self, session: &mut Session) -> Ended {
        match self {
            Self::List => Ok(session.answer(&listed(session), || text(session))?),
            Self::Add { name, traits } => {
                let mut wanted = new(name, session);
                traits.fill(&mut wanted);
                save(session, &wanted)
            }
            Self::Edit {
                environment,
                name,
                traits,
                hide,
                show,
            } => {
                let mut wanted: wire::Environment = session.environment(environment)?.into();
                set(&mut wanted.name, name.clone());
                set(&mut wanted.hidden, (*hide || *show).then_some(*hide));
                traits.fill(&mut wanted);
                save(session, &wanted)
            }
            Self::Remove { environment } => {
                let id = session.environment(environment)?.id.to_string();
                let outcome = session.berth.remove_environment(&id, session.now)?;
                undoable(session, &outcome)
            }
        }
    }
}

impl Traits {
    fn fill(&self, environment: &mut wire::Environment) {
        set(&mut environment.capacity, self.capacity);
        set(&mut environment.zone, self.zone.clone());
        set(
            &mut environment.set_up,
            self.set_up.map(Length::total_minutes),
        );
        set(
            &mut environment.clean_up,
            self.clean_up.map(Length::total_minutes),
        );
        set(&mut environment.owner, self.owner.clone());
        set(
            &mut environment.aliases,
            Some(self.alias.clone()).filter(|aliases| !aliases.is_empty()),
        );
        set(
            &mut environment.lead_times,
            self.lead.clone().map(|leads| leads.0.unwrap_or(vec![10])),
        );
    }
}

/// As the first environments are: exclusive, no buffers, told ten minutes before.
fn new(name: &str, session: &Session) -> wire::Environment {
    wire::Environment {
        id: String::new(),
        name: name.into(),
        aliases: Vec::new(),
        capacity: 1,
        zone: session.phrasing.zone.name().into(),
        set_up: 0,
        clean_up: 0,
        owner: String::new(),
        lead_times: vec![10],
        hidden: false,
    }
}

fn save(session: &mut Session, wanted: &wire::Environment) -> Ended {
    let outcome = session.berth.save_environment(wanted, session.now)?;
    session.environments = session.berth.environments()?;
    let saved = json::Environment::from(session.environment(&wanted.name)?);
    Ok(session.answer(&saved, || told(session, &outcome))?)
}

fn listed(session: &Session) -> Vec<json::Environment> {
    session.environments.iter().map(Into::into).collect()
}

fn text(session: &Session) -> String {
    let heads = [
        "NAME", "CAPACITY", "ZONE", "SET-UP", "CLEAN-UP", "OWNER", "ALSO",
    ];
    let mut rows = vec![heads.iter().map(|head| session.style.bold(head)).collect()];
    rows.extend(session.environments.iter().map(|one| row(session, one)));
    table(&rows)
}

fn row(session: &Session, environment: &Environment) -> Vec<String> {
    let length = |length: TimeDelta| {
        if length.is_zero() {
            "-".into()
        } else {
            duration_words(length)
        }
    };
    let hidden = if environment.hidden {
        session.style.dim(" (hidden)")
    } else {
        String::new()
    };
    let owner = if environment.owner.is_empty() {
        "-".into()
    } else {
        plain(&environment.owner)
    };
    vec![
        plain(&environment.name) + &hidden,
        environment.capacity.to_string(),
        environment.zone.name().to_owned(),
        length(environment.set_up),
        length(environment.clean_up),
        owner,
        plain(&environment.aliases.join(", ")),
    ]
}
