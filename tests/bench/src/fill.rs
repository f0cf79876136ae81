//! Databases of a known size: bookings in four environments over five years, a few of which
//! overlap, and weeks that hold exactly as many as a figure asks for.

use std::path::Path;

use berth_app::{Berth, OpenOptions};
use berth_core::{
    Booking, BookingId, Environment, EnvironmentId, Kind, Recurrence, Rule, Status, Team, TeamId,
    Timestamp, Transparency, When,
};
use berth_store::{Store, StoreError, Writer};
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use chrono_tz::America::New_York;
use chrono_tz::Europe::Berlin;

/// The first moment of all these databases.
pub(crate) const FIRST: NaiveDateTime = monday(2022, 1, 3);
/// A week in their middle; figures that show a week show this one.
pub(crate) const SHOWN: NaiveDateTime = monday(2024, 6, 3);
const YEARS: TimeDelta = TimeDelta::days(5 * 365);
const ENVIRONMENTS: [&str; 4] = ["staging", "production", "integration", "performance"];
const TEAMS: usize = 8;

const fn monday(year: i32, month: u32, day: u32) -> NaiveDateTime {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(date) => match date.and_hms_opt(0, 0, 0) {
            Some(time) => time,
            None => panic!("midnight exists"),
        },
        None => panic!("the date exists"),
    }
}

/// The instant of a wall time in these databases.
pub(crate) fn instant(wall: NaiveDateTime) -> Timestamp {
    berth_core::time::localise(wall, Berlin)
}

/// The range of all bookings.
pub(crate) fn everything() -> (Timestamp, Timestamp) {
    let day = TimeDelta::days(2);
    (instant(FIRST - day), instant(FIRST + YEARS + day))
}

/// How a database is filled.
#[derive(Clone, Copy)]
pub(crate) struct Plan {
    /// Bookings in all.
    pub(crate) total: usize,
    /// Bookings in each of the two weeks from [`SHOWN`], on the first two environments; none
    /// leaves these weeks like any other.
    pub(crate) shown: Option<usize>,
}

/// Fills the data folder.
pub(crate) fn fill(folder: &Path, plan: Plan) -> Result<(), StoreError> {
    let options = OpenOptions {
        folder: folder.to_owned(),
        demo: false,
        who: "bench".into(),
        zone: Berlin,
    };
    let opened = Berth::open(options, instant(FIRST));
    drop(opened.expect("a new data folder opens"));
    let mut store = Store::open(folder)?.store;
    store.write_unrecorded(|writer| {
        let environments = put_environments(writer)?;
        let teams = put_teams(writer)?;
        for index in 0..plan.total {
            let (environment, start, length) = place(plan, index);
            let team = teams[index % TEAMS];
            let booking = booking(index, environments[environment], team, start, length);
            writer.put_booking(&booking)?;
        }
        Ok(())
    })
}

/// Books over each booking of the first team in the shown weeks: as many conflicts.
pub(crate) fn collide(folder: &Path, plan: Plan) -> Result<(), StoreError> {
    let mut store = Store::open(folder)?.store;
    store.write_unrecorded(|writer| {
        let environments = put_environments(writer)?;
        let other = writer.teams()?.into_iter().find(|team| !team.mine);
        let other = other.map_or(TeamId(0), |team| team.id);
        let shown = 2 * plan.shown.unwrap_or(0);
        for index in (0..shown).step_by(TEAMS) {
            let (environment, start, length) = place(plan, index);
            let over = booking(
                plan.total + index,
                environments[environment],
                other,
                start,
                length,
            );
            writer.put_booking(&over)?;
        }
        Ok(())
    })
}

/// Fills the data folder with weekly series from the first week on, some of which meet, and some
/// only in the weeks when the clocks of Berlin and New York disagree.
pub(crate) fn series(folder: &Path, count: usize) -> Result<(), StoreError> {
    fill(
        folder,
        Plan {
            total: 0,
            shown: None,
        },
    )?;
    let mut store = Store::open(folder)?.store;
    store.write_unrecorded(|writer| {
        let environments = put_environments(writer)?;
        let teams: Vec<TeamId> = writer.teams()?.into_iter().map(|team| team.id).collect();
        for index in 0..count {
            let nth = i64::try_from(index).unwrap_or(0);
            let zone = if index % 3 == 0 { New_York } else { Berlin };
            let start = FIRST + TimeDelta::days(nth % 5) + TimeDelta::minutes(15 * (nth * 7 % 88));
            let length = TimeDelta::minutes(15 + 15 * (nth % 3));
            let environment = environments[index % environments.len()];
            let single = booking(index, environment, teams[index % TEAMS], start, length);
            let weekly = Booking {
                when: When::Timed {
                    start,
                    end: start + length,
                    zone,
                },
                recurrence: Some(Recurrence {
                    rule: Rule::parse("FREQ=WEEKLY").ok(),
                    ..Recurrence::default()
                }),
                ..single
            };
            writer.put_booking(&weekly)?;
        }
        Ok(())
    })
}

/// Which environment, from when, how long.
fn place(plan: Plan, index: usize) -> (usize, NaiveDateTime, TimeDelta) {
    if let Some(shown) = plan.shown.filter(|shown| index < 2 * shown) {
        return place_shown(shown, index);
    }
    let environment = index % ENVIRONMENTS.len();
    let each = plan.total / ENVIRONMENTS.len() + 1;
    let spacing = YEARS / i32::try_from(each).unwrap_or(i32::MAX);
    let nth = i32::try_from(index / ENVIRONMENTS.len()).unwrap_or(i32::MAX);
    let mut start = FIRST + spacing * nth;
    if plan.shown.is_some() && start + spacing > SHOWN && start < SHOWN + TimeDelta::weeks(2) {
        // The shown weeks are kept free for their own bookings.
        start -= TimeDelta::weeks(3);
    }
    // Every hundredth runs into the next one.
    let length = if nth % 100 == 0 {
        spacing * 3 / 2
    } else {
        spacing * 3 / 4
    };
    (environment, start, whole_seconds(length))
}

/// Spread over the days of two weeks and two environments, from 06:00 on, one after the other.
fn place_shown(shown: usize, index: usize) -> (usize, NaiveDateTime, TimeDelta) {
    let (week, nth) = (index / shown, index % shown);
    let (column, row) = (nth % 14, nth / 14);
    let rows = i32::try_from(shown / 14 + 1).unwrap_or(1);
    let spacing = whole_seconds(TimeDelta::hours(16) / rows);
    let day = TimeDelta::days(i64::try_from(week * 7 + column / 2).unwrap_or(0));
    let start = SHOWN + day + TimeDelta::hours(6) + spacing * i32::try_from(row).unwrap_or(0);
    (column % 2, start, whole_seconds(spacing * 3 / 4))
}

fn whole_seconds(time: TimeDelta) -> TimeDelta {
    TimeDelta::seconds(time.num_seconds().max(60))
}

fn put_environments(writer: &mut Writer<'_>) -> Result<Vec<EnvironmentId>, StoreError> {
    let there = writer.environments()?;
    let put = |name: &&str| match there.iter().find(|one| one.name == **name) {
        Some(one) => Ok(one.id),
        None => writer.put_environment(&environment(name)),
    };
    ENVIRONMENTS.iter().map(put).collect()
}

fn environment(name: &str) -> Environment {
    Environment {
        id: EnvironmentId(0),
        name: name.to_owned(),
        aliases: Vec::new(),
        capacity: 1,
        zone: Berlin,
        set_up: TimeDelta::zero(),
        clean_up: TimeDelta::zero(),
        owner: String::new(),
        lead_times: Vec::new(),
        // The window shows staging and production, as on a first start.
        hidden: true,
    }
}

fn put_teams(writer: &mut Writer<'_>) -> Result<Vec<TeamId>, StoreError> {
    let team = |index: usize| Team {
        id: TeamId(0),
        name: format!("Team {index}"),
        code: format!("T{index}"),
        colour: u8::try_from(index).unwrap_or(0),
        mine: index == 0,
    };
    (0..TEAMS)
        .map(|index| writer.put_team(&team(index)))
        .collect()
}

fn booking(
    index: usize,
    environment: EnvironmentId,
    team: TeamId,
    start: NaiveDateTime,
    length: TimeDelta,
) -> Booking {
    Booking {
        id: BookingId(0),
        uid: format!("{index}@bench.example"),
        recurrence_id: None,
        environment,
        team,
        when: When::Timed {
            start,
            end: start + length,
            zone: Berlin,
        },
        recurrence: None,
        title: format!("release candidate {index}"),
        notes: String::new(),
        status: if index.is_multiple_of(7) {
            Status::Tentative
        } else {
            Status::Confirmed
        },
        transparency: Transparency::Opaque,
        units: None,
        set_up: TimeDelta::zero(),
        clean_up: TimeDelta::zero(),
        kind: Kind::Test,
        plan: None,
        lead_times: None,
        sequence: 0,
        created: instant(FIRST),
        modified: instant(FIRST),
        calendar: None,
        source: None,
    }
}
