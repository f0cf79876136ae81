//! `berth may`

use berth_app::wire::{Notice, NoticeLevel};
use berth_app::{Berth, CalendarSource, Check, Error, OfCalendar, Question, Result, Verdict};
use berth_core::time::Tz;
use berth_core::words::list_words;
use berth_core::{EnvironmentId, TeamId, TimeRange, Timestamp};
use chrono::TimeDelta;
use serde::Serialize;

use super::import::{larger, read};
use crate::answer::{Answer, Ended, NO, YES};
use crate::arguments::Global;
use crate::details::Kind;
use crate::json;
use crate::print;
use crate::session::{Nothing, Session, place, present};
use crate::style::plain;
use crate::time::{Length, Present};

/// Says whether a team may use an environment: exit 0 is yes, exit 1 is no. What it would meet
/// there decides: an error is a no, a warning is a yes that says so. A booking of the team itself
/// is a yes.
#[derive(Debug, clap::Args)]
pub(crate) struct May {
    /// The environment.
    env: String,
    /// The team that asks [default: yours].
    #[arg(long, value_name = "TEAM")]
    team: Option<String>,
    /// What for: freezes and allow windows are about kinds.
    #[arg(long, value_enum, default_value_t = Kind::Deploy)]
    kind: Kind,
    /// When [default: now].
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    at: Option<String>,
    /// For how long, such as 30m or 4h [default: a minute].
    #[arg(long = "for", value_name = "DURATION")]
    length: Option<Length>,
    /// Share the environment and take so many units, instead of all of it.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    units: Option<u32>,
    /// A warning is a no as well: tentative bookings, and set-up and clean-up of others.
    #[arg(long)]
    strict: bool,
    /// Ask this calendar file, or the one at this address (http or https, loaded with curl, 20
    /// seconds), or - for standard input, instead of the database. Events that name another place do
    /// not count; those that name none do.
    #[arg(long, value_name = "FILE|URL")]
    from_ics: Option<String>,
    /// With --from-ics: take files over 10 MiB or 20,000 entries too.
    #[arg(long, requires = "from_ics")]
    large: bool,
}

/// The answer.
#[derive(Debug, Serialize)]
struct Said {
    allowed: bool,
    reason: String,
    /// Null when nobody holds it.
    holder: Option<String>,
    /// Null when that is more than four weeks away.
    until: Option<String>,
    conflicts: Vec<json::Conflict>,
}

impl May {
    pub(crate) fn run(&self, global: &Global, clock: Timestamp) -> Ended {
        let Some(file) = &self.from_ics else {
            let nothing = Nothing::IsRefused;
            // The rows that the answer rests on are compared with their sums as they are read.
            let session = Session::open_checked(global, clock, nothing, Check::Pages)?;
            return session.answer_from(nothing, |session| {
                let environment = session.environment(&self.env)?;
                let (id, zone) = (environment.id, environment.zone);
                let team = session.team_or_mine(self.team.as_deref())?.id;
                let range = self.range(session.now, zone)?;
                self.ask(session, id, team, range)
            });
        };
        let options = place(global)?;
        let (now, zone) = (present(global, clock, options.zone)?, options.zone);
        let range = self.range(now, zone)?;
        let of = self.calendar(options, file, range, now)?;
        let (environment, team) = (of.environment, of.team);
        self.ask(
            &mut Session::over(of.berth, global, now)?,
            environment,
            team,
            range,
        )
    }

    fn calendar(
        &self,
        options: berth_app::OpenOptions,
        file: &str,
        range: TimeRange,
        now: Timestamp,
    ) -> Result<OfCalendar> {
        let team = self.team.as_deref().ok_or_else(|| {
            Error::input(
                "Which team asks?",
                "Name it with --team: a file does not know yours.",
            )
        })?;
        let (bytes, name) = read(file, self.large)?;
        let source = CalendarSource {
            bytes,
            name: name.clone(),
            large: self.large,
            range,
        };
        let of = Berth::of_calendar(options, source, &self.env, team, now).map_err(larger)?;
        self.notice(&of, &name);
        Ok(of)
    }

    /// What was in the file and did not count, where that may be a mistake.
    fn notice(&self, of: &OfCalendar, file: &str) {
        let say = |message: String, hint: String| {
            let level = NoticeLevel::Warning;
            print::notice(&Notice {
                level,
                message,
                hint,
            });
        };
        if of.unread > 0 {
            let entries = if of.unread == 1 { "entry" } else { "entries" };
            let message = format!(
                "{file}: {} {entries} could not be read, and not counted.",
                of.unread
            );
            say(
                message,
                "`berth ical check FILE` says what is wrong with them.".into(),
            );
        }
        if of.about == 0 && !of.elsewhere.is_empty() {
            let places = list_words(&of.elsewhere.iter().take(5).cloned().collect::<Vec<_>>());
            let message = format!("{file}: nothing in it is about {}.", self.env);
            say(
                message,
                format!("It names {places}; check the name of the environment."),
            );
        }
    }

    fn ask(
        &self,
        session: &mut Session,
        environment: EnvironmentId,
        team: TeamId,
        range: TimeRange,
    ) -> Ended {
        let question = Question {
            environment,
            team,
            kind: berth_app::wire::Kind::from(self.kind).into(),
            range,
            units: self.units,
            strict: self.strict,
        };
        let verdict = session.berth.may(&question, session.now)?;
        let said = Said {
            allowed: verdict.allowed,
            reason: verdict.reason.clone(),
            holder: verdict.holder.clone(),
            until: verdict.until.map(|until| until.to_string()),
            conflicts: session.json_conflicts(&verdict.conflicts),
        };
        let answer = session.answer(&said, || text(session, &verdict))?;
        Ok(Answer {
            exit: if verdict.allowed { YES } else { NO },
            ..answer
        })
    }

    fn range(&self, now: Timestamp, zone: Tz) -> Result<TimeRange> {
        let at = match &self.at {
            Some(at) => Present { now, zone }.read(at)?.start(zone),
            None => now,
        };
        let end = match self.length {
            Some(length) if length.days == 0 => at + TimeDelta::minutes(length.minutes),
            Some(length) => length.after(at.wall(zone), zone),
            None => at + TimeDelta::minutes(1),
        };
        TimeRange::new(at, end).ok_or_else(|| {
            Error::input(
                "That is no time at all.",
                "Name a longer one with --for, such as 30m.",
            )
        })
    }
}

fn text(session: &Session, verdict: &Verdict) -> String {
    let word = match (verdict.allowed, verdict.warned) {
        (false, _) => session.style.red("no:"),
        (true, false) => session.style.green("yes:"),
        (true, true) => session.style.yellow("yes, but"),
    };
    format!("{word} {}\n{}", plain(&verdict.reason), session.zone_note())
}
