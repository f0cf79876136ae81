//! Environments, teams, settings, and what a window needs to start.

mod environment;
mod settings;
mod team;

pub(crate) use environment::{new_environment, row};
pub(crate) use settings::read_settings;
pub(crate) use team::new_team;

use berth_core::Timestamp;

use crate::wire::{Environment, Startup, Team, View, ViewState, WeekQuery};
use crate::{Berth, Result};

impl Berth {
    /// What a window needs before it can draw anything. The locale is the shell's to know.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn startup(&mut self, _now: Timestamp) -> Result<Startup> {
        let settings = self.settings()?;
        let view = self.view()?;
        let teams = self.teams()?;
        Ok(Startup {
            needs_team: !teams.iter().any(|team| team.mine),
            demo: self.options.demo,
            date: self.options.demo.then(|| crate::demo::FIRST_DAY.into()),
            locale_first_day: 1,
            locale_hour12: settings.hour12.unwrap_or(false),
            locale: "en-GB".into(),
            language: "en".into(),
            settings,
            view,
            notices: self.notices.clone(),
            data_dir: self.options.folder.display().to_string(),
            version: env!("CARGO_PKG_VERSION").into(),
        })
    }
}

impl Startup {
    /// The days that a window shows first.
    #[must_use]
    pub fn first_week(&self) -> WeekQuery {
        WeekQuery {
            date: self.date.clone().or_else(|| self.view.date.clone()),
            first_day: self.settings.first_day.unwrap_or(self.locale_first_day),
            days: self.view.shown_days(),
        }
    }
}

impl ViewState {
    /// How many days it asks for, as `daysOf` of the page.
    fn shown_days(&self) -> u8 {
        let chosen = |usual| if self.days == 0 { usual } else { self.days };
        match self.view {
            View::Day => 1,
            View::Days => chosen(3),
            View::Timeline => chosen(14),
            View::Month => 42,
            _ => 7,
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
            zone: environment.zone.name().into(),
            set_up: minutes(environment.set_up),
            clean_up: minutes(environment.clean_up),
            owner: environment.owner.clone(),
            lead_times: environment
                .lead_times
                .iter()
                .copied()
                .map(minutes)
                .collect(),
            hidden: environment.hidden,
        }
    }
}

impl From<&berth_core::Team> for Team {
    fn from(team: &berth_core::Team) -> Self {
        Self {
            id: team.id.to_string(),
            name: team.name.clone(),
            code: team.code.clone(),
            colour: team.colour,
            mine: team.mine,
        }
    }
}

/// A duration in whole minutes, as it crosses to the window.
pub(crate) fn minutes(delta: chrono::TimeDelta) -> u32 {
    u32::try_from(delta.num_minutes()).unwrap_or(0)
}
