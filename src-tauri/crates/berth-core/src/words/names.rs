//! What things are called: rules know numbers, readers know names.

use crate::{EnvironmentId, Kind, TeamId};

use super::list_words;

/// Looks names up for words about conflicts, slots and proposals.
#[derive(Clone, Copy)]
pub struct Names<'a> {
    /// An environment's name.
    pub environment: &'a dyn Fn(EnvironmentId) -> &'a str,
    /// A team's name.
    pub team: &'a dyn Fn(TeamId) -> &'a str,
    /// The title of the window with this number in a [`crate::window::Schedule`]; may be empty.
    pub window: &'a dyn Fn(u32) -> &'a str,
}

/// More names than this are counted, not listed.
const MOST: usize = 4;

impl Names<'_> {
    /// `Infra, Perf and QA`, each team once; of many some, and how many others.
    pub(crate) fn teams(&self, teams: &[TeamId]) -> String {
        some_of(
            distinct(teams)
                .map(|team| (self.team)(team).to_owned())
                .collect(),
        )
    }

    /// `Infra's and Perf's`.
    pub(crate) fn teams_possessive(&self, teams: &[TeamId]) -> String {
        some_of(
            distinct(teams)
                .map(|team| format!("{}'s", (self.team)(team)))
                .collect(),
        )
    }

    /// ` "quarter end"`, ` "quarter end" and "fair"`, or nothing where no window has a title.
    pub(crate) fn titles(&self, windows: &[u32]) -> String {
        let titles: Vec<String> = windows
            .iter()
            .map(|&window| (self.window)(window))
            .filter(|title| !title.is_empty())
            .map(|title| format!("\"{title}\""))
            .collect();
        if titles.is_empty() {
            String::new()
        } else {
            format!(" {}", some_of(titles))
        }
    }
}

/// What bookings of a kind are called: `deployments`.
#[must_use]
pub fn kind_words(kind: Kind) -> &'static str {
    match kind {
        Kind::Deploy => "deployments",
        Kind::Test => "tests",
        Kind::Maintenance => "maintenance",
        Kind::Watch => "watches",
    }
}

fn distinct(teams: &[TeamId]) -> impl Iterator<Item = TeamId> {
    let first = |&(at, team): &(usize, &TeamId)| !teams[..at].contains(team);
    teams
        .iter()
        .enumerate()
        .filter(first)
        .map(|(_, team)| *team)
}

/// `A, B, C and 3 others`.
pub(crate) fn some_of(mut names: Vec<String>) -> String {
    if names.len() > MOST {
        let others = names.len() - (MOST - 1);
        names.truncate(MOST - 1);
        names.push(format!("{others} others"));
    }
    list_words(&names)
}
