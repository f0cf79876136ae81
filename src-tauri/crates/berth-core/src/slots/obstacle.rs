//! What a search ends at when there is no slot.

use chrono::TimeDelta;

use super::{Daily, Length};
use crate::{EnvironmentId, Kind, TeamId, TimeRange, Timestamp};

/// Why there is no slot: what took the last of those that were left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Obstacle {
    /// More units are wanted than the environment has.
    TooManyUnits {
        /// Where.
        environment: EnvironmentId,
        /// How many are wanted.
        wanted: u32,
        /// How many there are.
        capacity: u32,
    },
    /// The range is shorter than the slot.
    TooShort {
        /// How long the slot is.
        length: Length,
        /// The range.
        range: TimeRange,
    },
    /// The hours and days that were asked for leave no stretch that is long enough.
    Hours {
        /// How long the slot is.
        length: Length,
        /// The hours and days.
        within: Daily,
    },
    /// The allow windows leave no stretch that is long enough.
    NotAllowed {
        /// Where.
        environment: EnvironmentId,
        /// What for.
        kind: Kind,
        /// The allow windows, by number.
        windows: Vec<u32>,
        /// The longest stretch that they leave, if any.
        longest: Option<TimeRange>,
    },
    /// Freezes leave no stretch that is long enough.
    Frozen {
        /// Where.
        environment: EnvironmentId,
        /// The freezes, by number.
        windows: Vec<u32>,
        /// The longest stretch that they leave, if any.
        longest: Option<TimeRange>,
    },
    /// A team that takes part holds something else, wherever.
    TeamBusy {
        /// Which team.
        team: TeamId,
        /// The longest stretch that it has time in, if any.
        longest: Option<TimeRange>,
    },
    /// Others hold the environment.
    Held {
        /// Where.
        environment: EnvironmentId,
        /// By whom, in the order of the holds, each team once.
        by: Vec<TeamId>,
        /// When the last of them is done with its clean-up.
        until: Timestamp,
        /// The longest stretch that they leave, if any.
        longest: Option<TimeRange>,
    },
    /// Each environment has time, but not the same.
    NeverTogether {
        /// Where.
        environments: Vec<EnvironmentId>,
    },
    /// Whatever is free is too close to a deployment.
    TooClose {
        /// The distance that was asked for.
        apart: TimeDelta,
        /// One of those that are too close.
        team: TeamId,
        /// When that is.
        range: TimeRange,
    },
}
