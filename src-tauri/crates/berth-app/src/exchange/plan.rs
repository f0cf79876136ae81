//! What an import would do, event by event. The preview shows it, and the import carries it out.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use berth_core::words::Phrasing;
use berth_core::{
    Booking, BookingId, CalendarId, Environment, EnvironmentId, Recurrence, Status, TeamId,
    Timestamp, When,
};
use berth_ical::{Event, Keeper, WriteOptions};
use berth_store::{Calendar, Reader};
use chrono::{NaiveDateTime, TimeDelta};
use chrono_tz::Tz;

use super::compare::{Names, News, compare};
use super::decide::{Decided, Decider};
use super::gone::{Before, is_of_file};
use super::product::product;
use super::row::{Change, Known, Row, Taken, booking};
use super::{Source, time};
use crate::Result;
use crate::wire::{
    ImportAction, ImportCounts, ImportInput, ImportIssue, ImportItem, ImportPreview,
};

/// What an import would do.
pub(super) struct Plan {
    pub(super) preview: ImportPreview,
    /// What to write, in the order of the file; teams that are added have negative ids.
    pub(super) rows: Vec<Row>,
    /// The rows to remove: what is gone from the calendar.
    pub(super) removed: Vec<BookingId>,
    /// How many bookings that are; a series is one.
    pub(super) gone: usize,
    /// How many of the rows to remove are changes of a series that were taken back.
    pub(super) reverted: usize,
    /// Teams to add, with the ids that `rows` name them by.
    pub(super) teams: Vec<berth_core::Team>,
    /// The calendar's row as it should be.
    pub(super) calendar: Calendar,
}

/// Which events a preview lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    /// All of them.
    All,
    /// Those that are not taken.
    Skipped,
}

/// Plans the import of a calendar.
pub(super) fn plan(
    reader: &Reader<'_>,
    source: &Source,
    input: &ImportInput,
    phrasing: Phrasing,
    listed: Listed,
) -> Result<Plan> {
    let environments = reader.environments()?;
    let calendar = calendar(reader, source, input)?;
    let events = &source.calendar.events;
    let before = Before::new(reader, calendar.id, events)?;
    let mut planner = Planner {
        reader,
        before: &before,
        source,
        keeper: Keeper::new(&source.document),
        phrasing,
        environments: environments.iter().map(|one| (one.id, one)).collect(),
        places: names(&environments),
        decider: Decider {
            input,
            environments: &environments,
            teams: reader.teams()?,
            name: source.calendar.name.as_deref(),
            rule: Some(&calendar),
            places: HashMap::new(),
        },
        rows: Vec::with_capacity(events.len()),
        removed: Vec::new(),
        gone: 0,
        reverted: 0,
        older: HashSet::new(),
        counts: ImportCounts::default(),
    };
    let mut items = Vec::new();
    for (index, event) in events.iter().enumerate() {
        items.extend(planner.item(index, event, listed)?);
    }
    let missing = before.gone(reader, source, &environments, phrasing.now)?;
    for rows in missing.bookings {
        items.extend(planner.gone(rows));
    }
    for (change, series) in missing.changes {
        items.extend(planner.taken_back(change, series));
    }
    let Planner {
        decider,
        rows,
        counts,
        removed,
        gone,
        reverted,
        ..
    } = planner;
    let needed: HashSet<TeamId> = rows.iter().map(|row| row.change.team()).collect();
    let added = decider.added().filter(|team| needed.contains(&team.id));
    let teams: Vec<_> = added.cloned().collect();
    let preview = preview(source, &calendar, items, counts, &teams);
    Ok(Plan {
        preview,
        rows,
        removed,
        gone,
        reverted,
        teams,
        calendar,
    })
}

fn preview(
    source: &Source,
    calendar: &Calendar,
    items: Vec<ImportItem>,
    counts: ImportCounts,
    teams: &[berth_core::Team],
) -> ImportPreview {
    let found = &source.calendar;
    let free = found.events.iter().filter(|one| one.is_free_all_day());
    ImportPreview {
        file: source.file.clone(),
        calendar: calendar.name.clone(),
        product: product(&found.product),
        items,
        counts,
        issues: found.issues.iter().map(issue).collect(),
        free_all_day: count(free.count()),
        floating: count(found.floating),
        floating_zone: found.floating_zone.name().into(),
        new_teams: teams.iter().map(|team| team.name.clone()).collect(),
    }
}

/// The row of the calendar, with the choice for its undecided events remembered.
fn calendar(reader: &Reader<'_>, source: &Source, input: &ImportInput) -> Result<Calendar> {
    // What follows the last dot of a host and its digest is one word more.
    let extension = |text: &str| text.chars().all(char::is_alphanumeric);
    let stem = match source.file.rsplit_once('.') {
        Some((stem, end)) if extension(end) => stem,
        _ => source.file.as_str(),
    };
    let name = source
        .calendar
        .name
        .clone()
        .unwrap_or_else(|| stem.to_owned());
    let known = reader
        .calendars()?
        .into_iter()
        .find(|one| one.name.to_lowercase() == name.to_lowercase());
    let known = known.unwrap_or(Calendar {
        id: CalendarId(0),
        name,
        environment: None,
        team: None,
    });
    let chosen = |choices: &std::collections::BTreeMap<String, String>| {
        choices.get("*")?.parse::<i64>().ok()
    };
    Ok(Calendar {
        environment: chosen(&input.environments)
            .map(EnvironmentId)
            .or(known.environment),
        team: chosen(&input.teams).map(TeamId).or(known.team),
        ..known
    })
}

struct Planner<'a, 'c> {
    reader: &'a Reader<'c>,
    before: &'a Before,
    source: &'a Source,
    keeper: Keeper<'a>,
    phrasing: Phrasing,
    environments: HashMap<EnvironmentId, &'a Environment>,
    /// Names and aliases of all environments.
    places: Vec<&'a str>,
    decider: Decider<'a>,
    rows: Vec<Row>,
    /// As in [`Plan`].
    removed: Vec<BookingId>,
    gone: usize,
    reverted: usize,
    /// UIDs of series of which Berth has a newer version: nothing the file says of them counts.
    older: HashSet<&'a str>,
    counts: ImportCounts,
}

impl<'a> Planner<'a, '_> {
    /// Plans one event; `None` where it is not listed.
    fn item(
        &mut self,
        index: usize,
        event: &'a Event,
        listed: Listed,
    ) -> Result<Option<ImportItem>> {
        let key = key(event);
        let environment = self.decider.environment(event, &key);
        let left_out = self.decider.input.leave_out.iter().any(|one| *one == key);
        // A team is only added for an event that is taken.
        let team = if left_out || event.when.is_err() {
            None
        } else {
            self.decider.team(event, &key)
        };
        let (action, reason) = if left_out {
            (ImportAction::Skip, "You left it out.".into())
        } else {
            self.action(index, event, environment.as_ref(), team.as_ref())?
        };
        self.count(action);
        if listed == Listed::Skipped && action != ImportAction::Skip {
            return Ok(None);
        }
        let zone = environment
            .as_ref()
            .and_then(|one| self.environments.get(&one.value))
            .map(|one| one.zone);
        Ok(Some(self.shown(
            event,
            key.into_owned(),
            zone,
            (action, reason),
            environment,
            team,
        )))
    }

    /// A booking, or a series with its changed occurrences, that the calendar has no more.
    fn gone(&mut self, rows: &[Booking]) -> Option<ImportItem> {
        let row = rows.first()?;
        let key = row.uid.clone();
        let (action, reason) = if self.decider.input.leave_out.contains(&key) {
            (
                ImportAction::Skip,
                "You left it out; it is gone from the calendar.",
            )
        } else {
            self.removed.extend(rows.iter().map(|row| row.id));
            self.gone += 1;
            (ImportAction::Cancel, "It is gone from the calendar.")
        };
        Some(self.missing(row, key, action, reason.into()))
    }

    /// A changed occurrence of a series that the calendar has without that change.
    fn taken_back(&mut self, change: &Booking, series: &Event) -> Option<ImportItem> {
        let (original, home) = (change.recurrence_id?, *series.when.as_ref().ok()?);
        let left_out = &self.decider.input.leave_out;
        if self.older.contains(series.uid.as_str()) || left_out.contains(&series.uid) {
            return None;
        }
        let zone = self.zone_of(change);
        let recurrence = series.recurrence.as_ref();
        let recurs = recurrence.is_some_and(|one| occurs(one, home, zone, original));
        let key = format!("{} {original}", change.uid);
        let (action, reason) = match (left_out.contains(&key), recurs) {
            (true, _) => (
                ImportAction::Skip,
                "You left it out; the calendar has this change no more.".to_owned(),
            ),
            (false, true) => {
                let (.., text) = time(self.phrasing, home.starting(original), zone);
                let reason = format!(
                    "The calendar has this change no more: it is {text} again, as its series says."
                );
                (ImportAction::Update, reason)
            }
            (false, false) => (
                ImportAction::Cancel,
                "It is gone from the calendar.".to_owned(),
            ),
        };
        if action != ImportAction::Skip {
            self.removed.push(change.id);
            self.gone += usize::from(!recurs);
            self.reverted += usize::from(recurs);
        }
        Some(self.missing(change, key, action, reason))
    }

    fn zone_of(&self, row: &Booking) -> Tz {
        self.environments
            .get(&row.environment)
            .map_or(self.phrasing.zone, |one| one.zone)
    }

    /// A row that the calendar has no more.
    fn missing(
        &mut self,
        row: &Booking,
        key: String,
        action: ImportAction,
        reason: String,
    ) -> ImportItem {
        self.count(action);
        let zone = self.zone_of(row);
        let (start, end, text) = time(self.phrasing, row.when, zone);
        let rule = row.recurrence.as_ref().and_then(|one| one.rule.as_ref());
        let team = self.decider.teams.iter().find(|team| team.id == row.team);
        ImportItem {
            key,
            uid: row.uid.clone(),
            line: 0,
            title: row.title.clone(),
            start: Some(start.millis()),
            end: Some(end.millis()),
            time: text,
            repeat_words: rule.map(|rule| rule.words_in(row.when.start(), row.when.zone(zone))),
            action,
            reason,
            environment_id: Some(row.environment.to_string()),
            environment_by: String::new(),
            team: team.map(|team| team.name.clone()),
            team_by: String::new(),
        }
    }

    /// What happens to the event; it gets a row when there is something to write.
    fn action(
        &mut self,
        index: usize,
        event: &'a Event,
        environment: Option<&Decided<EnvironmentId>>,
        team: Option<&Decided<TeamId>>,
    ) -> Result<(ImportAction, String)> {
        let skip = |reason: &str| Ok((ImportAction::Skip, reason.to_owned()));
        let when = match &event.when {
            Ok(when) => *when,
            Err(reason) => return self.without_time(index, event, reason),
        };
        let Some(environment) = environment.and_then(|one| self.environments.get(&one.value))
        else {
            return skip("It does not say which environment: choose one.");
        };
        let Some(team) = team else {
            return skip("It does not say which team: choose one.");
        };
        let uid = self.before.uid(event);
        let mut taken = Taken {
            environment: environment.id,
            team: team.value,
            uid: (uid != event.uid).then(|| uid.into()),
            known: None,
        };
        let Some(stored) = self.reader.booking_by_uid(uid, event.recurrence_id)? else {
            if event.status == Status::Cancelled && event.recurrence_id.is_none() {
                return skip("It was called off, and Berth did not know it.");
            }
            if self.lost_its_date(uid, event, environment.zone)? {
                let reason = "Berth has a newer version of its series.";
                return Ok((ImportAction::Unchanged, reason.into()));
            }
            self.take(index, Change::Take(taken));
            return Ok((ImportAction::Add, String::new()));
        };
        // A choice for the undecided is no news about a booking that has its place.
        if team.by == "chosen" || team.by == "rule" {
            taken.team = stored.team;
        }
        taken.known = Some(Box::new(Known::from(&stored)));
        let (texts, now) = ((&self.source.document, &self.keeper), self.phrasing.now);
        let incoming = booking(event.clone(), when, texts, environment, taken.clone(), now);
        let stamp = event.modified.or(event.stamp);
        match self.news(&stored, &incoming, stamp) {
            News::Same => Ok((ImportAction::Unchanged, String::new())),
            News::Older => {
                self.older
                    .extend(event.recurrence.as_ref().map(|_| event.uid.as_str()));
                Ok((ImportAction::Unchanged, "Berth has a newer version.".into()))
            }
            news => {
                self.take(index, Change::Take(taken));
                let action = if news == News::CallsOff {
                    ImportAction::Cancel
                } else {
                    ImportAction::Update
                };
                Ok((action, String::new()))
            }
        }
    }

    /// Whether an event changes a date that its series has no more since the series was moved, cut or
    /// left out there here: the change was made to that series, or went with it.
    fn lost_its_date(&self, uid: &str, event: &Event, zone: Tz) -> Result<bool> {
        let Some(original) = event.recurrence_id else {
            return Ok(false);
        };
        let series = self.reader.booking_by_uid(uid, None)?;
        Ok(series.is_some_and(|series| {
            let recurrence = series.recurrence.as_ref();
            !is_of_file(&series)
                && recurrence.is_some_and(|one| !occurs(one, series.when, zone, original))
        }))
    }

    /// What an event says of a booking that is known.
    fn news(&self, stored: &Booking, incoming: &Booking, stamp: Option<Timestamp>) -> News {
        let teams: Vec<&str> = self
            .decider
            .teams
            .iter()
            .map(|one| one.name.as_str())
            .collect();
        let team = self
            .decider
            .teams
            .iter()
            .find(|one| one.id == incoming.team);
        let environment = self.environments.get(&incoming.environment);
        let names = Names {
            environment: environment.map_or("", |one| one.name.as_str()),
            team: team.map_or("", |one| one.name.as_str()),
            options: WriteOptions {
                cancelled: true,
                environments: &self.places,
                teams: &teams,
                ..WriteOptions::default()
            },
        };
        compare(stored, incoming, stamp, &names)
    }

    fn take(&mut self, event: usize, change: Change) {
        self.rows.push(Row { event, change });
    }

    /// An event without a usable time: a cancellation needs none to be understood.
    fn without_time(
        &mut self,
        index: usize,
        event: &Event,
        reason: &str,
    ) -> Result<(ImportAction, String)> {
        let stored = self
            .reader
            .booking_by_uid(&event.uid, event.recurrence_id)?;
        let Some(stored) = stored.filter(|_| event.status == Status::Cancelled) else {
            return Ok((ImportAction::Skip, super::sentence(reason)));
        };
        let stamp = event.modified.or(event.stamp);
        let called_off = Booking {
            status: Status::Cancelled,
            sequence: event.sequence,
            modified: stamp.unwrap_or(self.phrasing.now),
            ..stored.clone()
        };
        match self.news(&stored, &called_off, stamp) {
            News::Same => Ok((ImportAction::Unchanged, String::new())),
            News::Older => Ok((ImportAction::Unchanged, "Berth has a newer version.".into())),
            News::CallsOff | News::Newer => {
                self.take(index, Change::CallOff(Box::new(called_off)));
                Ok((ImportAction::Cancel, String::new()))
            }
        }
    }

    fn count(&mut self, action: ImportAction) {
        let counts = &mut self.counts;
        match action {
            ImportAction::Add => counts.added += 1,
            ImportAction::Update => counts.updated += 1,
            ImportAction::Unchanged => counts.unchanged += 1,
            ImportAction::Cancel => counts.cancelled += 1,
            ImportAction::Skip => counts.skipped += 1,
        }
    }

    fn shown(
        &self,
        event: &Event,
        key: String,
        zone: Option<Tz>,
        (action, reason): (ImportAction, String),
        environment: Option<Decided<EnvironmentId>>,
        team: Option<Decided<TeamId>>,
    ) -> ImportItem {
        let when = event.when.as_ref().ok();
        let when = when.map(|&when| time(self.phrasing, when, zone.unwrap_or(self.phrasing.zone)));
        let rule = event.recurrence.as_ref().and_then(|one| one.rule.as_ref());
        let start = event
            .when
            .as_ref()
            .map(|when| when.start())
            .unwrap_or_default();
        let environment_zone = zone.unwrap_or(self.phrasing.zone);
        let repeats_in = event
            .when
            .as_ref()
            .map_or(environment_zone, |when| when.zone(environment_zone));
        let team_name = team.as_ref().and_then(|one| {
            self.decider
                .teams
                .iter()
                .find(|team| team.id == one.value)
                .map(|team| team.name.clone())
        });
        ImportItem {
            key,
            uid: event.uid.clone(),
            line: event.line,
            title: event.title.clone(),
            start: when.as_ref().map(|(start, ..)| start.millis()),
            end: when.as_ref().map(|(_, end, _)| end.millis()),
            time: when.map(|(.., text)| text).unwrap_or_default(),
            repeat_words: rule.map(|rule| rule.words_in(start, repeats_in)),
            action,
            reason,
            environment_id: environment.as_ref().map(|one| one.value.to_string()),
            environment_by: environment.map(|one| one.by.to_owned()).unwrap_or_default(),
            team: team_name,
            team_by: team.map(|one| one.by.to_owned()).unwrap_or_default(),
        }
    }
}

/// What environments are called in a file: by their names and aliases.
pub(super) fn names(environments: &[Environment]) -> Vec<&str> {
    let names = environments
        .iter()
        .flat_map(|one| std::iter::once(&one.name).chain(&one.aliases));
    names.map(String::as_str).collect()
}

/// Whether a series has an occurrence that starts then.
fn occurs(recurrence: &Recurrence, when: When, zone: Tz, at: NaiveDateTime) -> bool {
    let next = at + TimeDelta::seconds(1);
    let found = recurrence.expand(when.start(), when.zone(zone), at, next, 1);
    !found.starts.is_empty()
}

/// Names an event of a file, and no other of it: the same when the file is read again.
fn key(event: &Event) -> Cow<'_, str> {
    if event.when.is_err() {
        // Several of these may have one UID, as neither is known to be a version of the other.
        return Cow::Owned(format!("{} in line {}", event.uid, event.line));
    }
    match event.recurrence_id {
        None => Cow::Borrowed(&event.uid),
        Some(wall) => Cow::Owned(format!("{} {wall}", event.uid)),
    }
}

fn issue(issue: &berth_ical::Issue) -> ImportIssue {
    ImportIssue {
        line: issue.line,
        kind: issue.kind.name().into(),
        text: issue.text.clone(),
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
