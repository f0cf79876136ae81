//! What every command works with: the open data, the time, and how to answer.

use berth_app::wire::{Notice, NoticeLevel};
use berth_app::{Berth, Check, Error, Filter, OpenOptions, Result, Slot, common_zone};
use berth_core::time::{Tz, localise};
use berth_core::words::{Language, Phrasing};
use berth_core::{Environment, EnvironmentId, Team, TeamId, Timestamp};
use chrono::{NaiveDate, NaiveTime};
use serde::Serialize;

use crate::answer::{Answer, Ended, Failure};
use crate::arguments::Global;
use crate::time::{Moment, Present};
use crate::{names, print, style::Style};

/// An open data folder at one moment.
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) berth: Berth,
    pub(crate) now: Timestamp,
    pub(crate) style: Style,
    pub(crate) environments: Vec<Environment>,
    pub(crate) teams: Vec<Team>,
    /// How times are said to this person.
    pub(crate) phrasing: Phrasing,
    /// The weekday weeks begin on: 0 is Sunday.
    pub(crate) first_day: u8,
    json: bool,
}

/// What a command makes of data that are not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Nothing {
    /// Nothing is booked: said, and answered.
    IsAnAnswer,
    /// Whoever relies on the answer must not take a wrong folder for a free week.
    IsRefused,
}

/// Where the data is: what the options say, else what this machine says.
pub(crate) fn place(global: &Global) -> Result<OpenOptions> {
    Ok(OpenOptions {
        demo: global.demo,
        ..OpenOptions::here(global.data_dir.clone())?
    })
}

/// The time it is: what `--now` says, else what the clock showed.
pub(crate) fn present(global: &Global, clock: Timestamp, zone: Tz) -> Result<Timestamp> {
    let Some(text) = &global.now else {
        return Ok(clock);
    };
    Ok(Present { now: clock, zone }.read(text)?.start(zone))
}

impl Session {
    /// Opens the data folder to work with it; begins a new one where there is none.
    ///
    /// # Errors
    /// With exit 4 when the folder cannot be used, 3 when `--now` is no time.
    pub(crate) fn open(global: &Global, clock: Timestamp) -> std::result::Result<Self, Failure> {
        let options = place(global).map_err(Failure::database)?;
        let now = present(global, clock, options.zone)?;
        let berth = Berth::open(options, now).map_err(Failure::database)?;
        Self::over(berth, global, now)
    }

    /// Opens the data folder to look at it, and changes nothing there.
    ///
    /// # Errors
    /// As [`Session::open`], and where there are no data and that is no answer.
    pub(crate) fn open_to_read(
        global: &Global,
        clock: Timestamp,
        nothing: Nothing,
    ) -> std::result::Result<Self, Failure> {
        Self::open_checked(global, clock, nothing, Check::Usual)
    }

    /// [`Session::open_to_read`], checked as thoroughly as the question deserves.
    pub(crate) fn open_checked(
        global: &Global,
        clock: Timestamp,
        nothing: Nothing,
        check: Check,
    ) -> std::result::Result<Self, Failure> {
        let options = place(global).map_err(Failure::database)?;
        let now = present(global, clock, options.zone)?;
        let berth = Berth::open_to_read(options.clone(), check).map_err(Failure::database)?;
        let berth = match (berth, nothing) {
            (Some(berth), _) => berth,
            (None, Nothing::IsAnAnswer) => {
                print::aside(&format!(
                    "nothing is booked yet: there is no database in {}",
                    options.folder.display()
                ));
                Berth::of_nothing(options)?
            }
            (None, Nothing::IsRefused) => {
                let folder = options.folder.display();
                return Err(Failure::database(Error::database(
                    format!("There is no database in {folder}, so there is nothing to go by."),
                    "Name the folder with --data-dir DIR, or book something first.",
                )));
            }
        };
        Self::over(berth, global, now)
    }

    /// Answers, and says if rows had to be left out of the answer because they cannot be read. Then it
    /// is not given at all where somebody relies on it.
    ///
    /// # Errors
    /// Those of `run`; with exit 4 where something was left out.
    pub(crate) fn answer_from(
        mut self,
        nothing: Nothing,
        run: impl FnOnce(&mut Self) -> Ended,
    ) -> Ended {
        let ended = run(&mut self);
        let unread = self.berth.unread();
        if unread.is_empty() {
            return ended;
        }
        let error = Error::database(
            format!(
                "Damaged, and left out of the answer: {}.",
                unread.join(", ")
            ),
            "Run `berth doctor --repair`: it looks for them in the backups.",
        );
        match (ended, nothing) {
            (Ok(answer), Nothing::IsAnAnswer) => Err(Failure::incomplete(error, answer)),
            (Ok(_), Nothing::IsRefused) => Err(Failure::database(error)),
            // What was left out may be why it failed.
            (Err(_), _) => Err(Failure::database(error)),
        }
    }

    /// Looks after the file when the answer is given: makes the backup of the day where it is missing.
    pub(crate) fn finish(mut self) {
        if self.berth.needs_care(self.now)
            && let Err(error) = self.berth.daily_care(self.now)
        {
            let message = format!("The backup of today was not made. {}", error.message);
            print::notice(&Notice {
                level: NoticeLevel::Warning,
                message,
                hint: error.hint,
            });
        }
        self.berth.close();
    }

    /// Works with a Berth that is open already.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(crate) fn over(
        mut berth: Berth,
        global: &Global,
        now: Timestamp,
    ) -> std::result::Result<Self, Failure> {
        berth.follow_environments()?;
        let startup = berth.startup(now)?;
        for notice in startup
            .notices
            .iter()
            .filter(|one| one.level == NoticeLevel::Error)
        {
            print::notice(notice);
        }
        let zone = berth.zone()?;
        // The sample week is looked at on its Monday morning.
        let date = startup
            .date
            .filter(|_| global.now.is_none())
            .and_then(|date| date.parse().ok());
        let now = date.map_or(now, |date| morning(date, zone));
        Ok(Self {
            now,
            style: Style::new(global.color),
            environments: berth.environments()?,
            teams: berth.teams()?,
            phrasing: Phrasing {
                zone,
                now,
                hour12: startup.settings.hour12.unwrap_or(false),
                language: Language::English,
            },
            first_day: startup.settings.first_day.unwrap_or(1),
            json: global.json,
            berth,
        })
    }

    /// Answers with JSON or with text, whichever was asked for.
    ///
    /// # Errors
    /// When the value has no JSON.
    pub(crate) fn answer(
        &self,
        json: &impl Serialize,
        text: impl FnOnce() -> String,
    ) -> Result<Answer> {
        Ok(Answer::done(if self.json {
            to_json(json)?
        } else {
            text()
        }))
    }

    /// Whether JSON was asked for.
    pub(crate) fn wants_json(&self) -> bool {
        self.json
    }

    /// Reads a time; words like `tomorrow` are of `zone`.
    pub(crate) fn read(&self, text: &str, zone: Tz) -> Result<Moment> {
        self.present(zone).read(text)
    }

    /// Reads the end of what begins at `start`; see [`Present::read_end`].
    pub(crate) fn read_end(&self, text: &str, start: Timestamp, zone: Tz) -> Result<Moment> {
        self.present(zone).read_end(text, start)
    }

    fn present(&self, zone: Tz) -> Present {
        Present {
            now: self.now,
            zone,
        }
    }

    /// The range from `--from` to `--to`; where they are not given, from `begins`, and to what `ends`
    /// says of its start.
    ///
    /// # Errors
    /// With code `input` for what is no time, and for a range that ends before it begins.
    pub(crate) fn range(
        &self,
        (from, to): (Option<&str>, Option<&str>),
        zone: Tz,
        begins: Timestamp,
        ends: impl FnOnce(Timestamp) -> Timestamp,
    ) -> Result<(Timestamp, Timestamp)> {
        let from = match from {
            Some(text) => self.read(text, zone)?.start(zone),
            None => begins,
        };
        let to = match to {
            Some(text) => self.read_end(text, from, zone)?.end(zone),
            None => ends(from),
        };
        if from < to {
            return Ok((from, to));
        }
        let message = format!("The range ends at {to}, not after it begins at {from}.");
        Err(Error::input(message, "Name a later end with --to."))
    }

    pub(crate) fn environment(&self, name: &str) -> Result<&Environment> {
        names::environment(&self.environments, name)
    }

    pub(crate) fn team(&self, name: &str) -> Result<&Team> {
        names::team(&self.teams, name)
    }

    /// The team that was named, else the only one that is mine.
    pub(crate) fn team_or_mine(&self, name: Option<&str>) -> Result<&Team> {
        let Some(name) = name else {
            let mine: Vec<&Team> = self.teams.iter().filter(|team| team.mine).collect();
            return match mine.as_slice() {
                [team] => Ok(team),
                _ => Err(Error::input(
                    "Which team books?",
                    "Name it with --team, or say once which is yours: `berth team add NAME --mine`.",
                )),
            };
        };
        self.team(name)
    }

    /// The filter that names mean.
    pub(crate) fn filter(&self, environments: &[String], teams: &[String]) -> Result<Filter> {
        let environment = |name: &String| self.environment(name).map(|one| one.id);
        let team = |name: &String| self.team(name).map(|one| one.id);
        Ok(Filter {
            environments: environments
                .iter()
                .map(environment)
                .collect::<Result<Vec<EnvironmentId>>>()?,
            teams: teams.iter().map(team).collect::<Result<Vec<TeamId>>>()?,
            cancelled: false,
        })
    }

    /// The zone in which times about these environments are read: theirs, when they agree.
    pub(crate) fn zone_of(&self, filter: &Filter) -> Tz {
        let wanted = |one: &&Environment| {
            filter.environments.is_empty() || filter.environments.contains(&one.id)
        };
        common_zone(self.environments.iter().filter(wanted)).unwrap_or(self.phrasing.zone)
    }

    /// Which zone the times of a text are in, where that is not plain because an environment or this
    /// machine has another.
    pub(crate) fn zone_note(&self) -> String {
        let zone = self.phrasing.zone;
        let machine = self.berth.options().zone;
        if zone == machine && self.environments.iter().all(|one| one.zone == zone) {
            return String::new();
        }
        self.style.dim(&format!("Times are in {zone}.")) + "\n"
    }

    /// The environment of a slot; every booking has one.
    pub(crate) fn environment_of(&self, slot: &Slot) -> Option<&Environment> {
        self.environments
            .iter()
            .find(|one| one.id == slot.booking.environment)
    }

    /// The name of a team.
    pub(crate) fn team_name(&self, id: TeamId) -> &str {
        self.teams
            .iter()
            .find(|one| one.id == id)
            .map_or("", |one| &one.name)
    }
}

/// Indented, for people look at it too; one line break at the end.
pub(crate) fn to_json(value: &impl Serialize) -> Result<String> {
    let text = serde_json::to_string_pretty(value).map_err(|error| {
        Error::input(
            format!("This has no JSON: {error}."),
            "Ask for text, without --json.",
        )
    })?;
    Ok(text + "\n")
}

fn morning(date: NaiveDate, zone: Tz) -> Timestamp {
    localise(
        date.and_time(NaiveTime::from_hms_opt(8, 0, 0).unwrap_or_default()),
        zone,
    )
}
