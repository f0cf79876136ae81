//! Which zone a TZID means.
//!
//! In this order: the name of an IANA zone; a Windows name; a name behind a prefix, such as
//! `/mozilla.org/20050126_1/Europe/Paris`; what the file's own VTIMEZONE says it is called elsewhere;
//! that VTIMEZONE, interpreted. Where a name is known, IANA's rules win over the file's.

mod names;
mod observance;
mod resemble;
mod windows;

use std::collections::HashMap;
use std::rc::Rc;

use berth_core::Timestamp;
use berth_core::time::localise;
use chrono::{Datelike, NaiveDateTime};
use chrono_tz::Tz;

use crate::document::{Component, Document};
pub(crate) use names::by_name;
pub(crate) use observance::Observances;

#[cfg(test)]
mod tests;

/// What makes instants of the wall times of a property.
#[derive(Debug, Clone)]
pub(crate) enum Clock {
    /// A zone that everybody knows.
    Zone(Tz),
    /// Rules of the file that no zone follows, and the zone that comes nearest, which a series has
    /// to take.
    Own(Rc<Observances>, Option<Tz>),
}

impl Clock {
    /// The instant at which it shows `wall`.
    pub(crate) fn instant(&self, wall: NaiveDateTime) -> Timestamp {
        match self {
            Self::Zone(zone) => localise(wall, *zone),
            Self::Own(rules, _) => {
                localise(wall, Tz::UTC) - chrono::TimeDelta::seconds(rules.offset(wall).into())
            }
        }
    }

    /// What it shows at an instant.
    pub(crate) fn wall(&self, at: Timestamp) -> NaiveDateTime {
        let Self::Own(rules, _) = self else {
            return at.wall(self.zone());
        };
        // The rules know the offset of a wall time; the second guess is near enough to the truth.
        let utc = at.wall(Tz::UTC);
        let shown = |offset: i32| utc + chrono::TimeDelta::seconds(offset.into());
        let first = shown(rules.offset(utc));
        let second = shown(rules.offset(first));
        if self.instant(second) == at {
            second
        } else {
            first
        }
    }

    fn zone(&self) -> Tz {
        match self {
            Self::Zone(zone) => *zone,
            Self::Own(_, near) => near.unwrap_or(Tz::UTC),
        }
    }
}

/// What was found for a TZID.
#[derive(Debug)]
pub(crate) struct Found {
    /// What to read times with; `None` where nothing is known of the name.
    pub(crate) clock: Option<Clock>,
    /// What the person should know about it, the first time it is looked up.
    pub(crate) remark: Option<String>,
}

/// So many VTIMEZONEs of one file are interpreted; real files have a few.
const INTERPRETED: usize = 32;

/// The zones of a file, each looked up once.
pub(crate) struct Zones<'d> {
    document: &'d Document,
    /// The zone for times without one; the first to be tried for rules without a name.
    home: Tz,
    known: HashMap<String, Option<Clock>>,
    /// The file's VTIMEZONEs by TZID.
    own: Option<HashMap<String, Component<'d>>>,
    interpreted: usize,
    /// Whether a VTIMEZONE of the file counts although its name is known, or its rules are those of
    /// a zone.
    believes_file: bool,
}

impl<'d> Zones<'d> {
    pub(crate) fn new(document: &'d Document, home: Tz) -> Self {
        Self {
            document,
            home,
            known: HashMap::new(),
            own: None,
            interpreted: 0,
            believes_file: false,
        }
    }

    /// From now on a VTIMEZONE means what it says (RFC 5545, 3.6.5), unless its TZID is the very
    /// name of an IANA zone.
    pub(crate) fn believe_file(&mut self) {
        self.believes_file = true;
    }

    /// What a TZID means for an event near `wall`.
    pub(crate) fn find(&mut self, tzid: &str, wall: NaiveDateTime) -> Found {
        if let Some(clock) = self.known.get(tzid) {
            return Found {
                clock: clock.clone(),
                remark: None,
            };
        }
        let found = self.look_up(tzid, wall);
        self.known.insert(tzid.to_owned(), found.clock.clone());
        found
    }

    fn look_up(&mut self, tzid: &str, wall: NaiveDateTime) -> Found {
        let own = self.own_zone(tzid);
        if let (true, Some(component), None) = (self.believes_file, own, names::iana(tzid)) {
            self.interpreted += 1;
            let rules = Observances::read(component).filter(|_| self.interpreted <= INTERPRETED);
            if let Some(rules) = rules {
                let clock = Some(Clock::Own(Rc::new(rules), None));
                return Found {
                    clock,
                    remark: None,
                };
            }
        }
        if let Some(zone) = by_name(tzid).or_else(|| alias(own?)) {
            return Found {
                clock: Some(Clock::Zone(zone)),
                remark: None,
            };
        }
        self.interpreted += usize::from(own.is_some());
        match own
            .filter(|_| self.interpreted <= INTERPRETED)
            .and_then(Observances::read)
        {
            Some(rules) => interpret(rules, self.home, wall),
            None => self.only(wall),
        }
    }

    /// What a name means that nothing is known of: Exchange calls the one zone that a file describes
    /// "Customized Time Zone" in its events.
    fn only(&mut self, wall: NaiveDateTime) -> Found {
        let described = self.described();
        let names: Vec<String> = described.keys().cloned().collect();
        let mut zones: Vec<(String, Tz)> = Vec::new();
        for name in names {
            match by_name(&name) {
                Some(Tz::UTC) => {}
                Some(zone) if zones.iter().any(|known| known.1 == zone) => {}
                Some(zone) => zones.push((name, zone)),
                None => return unknown(),
            }
        }
        match zones.as_slice() {
            [(name, _)] => {
                let Found { clock, .. } = self.look_up(name, wall);
                let remark =
                    format!("it is not described; {name}, the one zone of the file, was taken");
                Found {
                    clock,
                    remark: Some(remark),
                }
            }
            _ => unknown(),
        }
    }

    fn own_zone(&mut self, tzid: &str) -> Option<Component<'d>> {
        self.described().get(tzid.trim()).copied()
    }

    fn described(&mut self) -> &HashMap<String, Component<'d>> {
        let document = self.document;
        self.own.get_or_insert_with(|| described(document))
    }
}

fn unknown() -> Found {
    Found {
        clock: None,
        remark: Some("it is not known".into()),
    }
}

/// The VTIMEZONEs of a file by TZID.
pub(crate) fn described(document: &Document) -> HashMap<String, Component<'_>> {
    let calendars = std::iter::once(document.root()).chain(document.root().children());
    let zones = calendars
        .flat_map(Component::children)
        .filter(|component| component.is("VTIMEZONE"));
    let named = zones.filter_map(|zone| {
        let tzid = zone.property("TZID")?;
        // A parameter knows no escapes, so the name there is either form.
        let plain = (tzid.text().trim().to_owned(), zone);
        Some([plain, (tzid.value().trim().to_owned(), zone)])
    });
    // The first of a name counts, so it is put in last.
    let mut named: Vec<_> = named.flatten().collect();
    named.reverse();
    named.into_iter().collect()
}

/// The name that a VTIMEZONE has elsewhere.
fn alias(zone: Component<'_>) -> Option<Tz> {
    let location = zone
        .property("X-LIC-LOCATION")
        .and_then(|name| by_name(&name.text()));
    location.or_else(|| windows::by_cdo_number(zone.property("X-MICROSOFT-CDO-TZID")?.value()))
}

/// The zone that behaves like these rules around `wall`, else the rules themselves.
fn interpret(rules: Observances, home: Tz, wall: NaiveDateTime) -> Found {
    let (zone, exact) = resemble::zone_like(&rules, home, wall.year());
    let (clock, remark) = match zone {
        Some(zone) if exact => (
            Clock::Zone(zone),
            format!("its own rules are those of {zone}, which was taken"),
        ),
        Some(zone) => {
            let remark = format!(
                "its own rules are nearly those of {zone}; single events were converted exactly, series took {zone}"
            );
            (Clock::Own(Rc::new(rules), Some(zone)), remark)
        }
        None => {
            let remark = "no zone has its rules; single events were converted by them, series repeat at the offset of their start".into();
            (Clock::Own(Rc::new(rules), None), remark)
        }
    };
    Found {
        clock: Some(clock),
        remark: Some(remark),
    }
}

/// The zone that always has this offset, where it is one of whole hours; UTC for others.
pub(crate) fn fixed(seconds: i32) -> Tz {
    // The sign of these names is that of POSIX: Etc/GMT-1 is one hour east.
    let name = format!("Etc/GMT{:+}", -(seconds / 3600));
    let zone = (seconds != 0 && seconds % 3600 == 0)
        .then(|| name.parse().ok())
        .flatten();
    zone.unwrap_or(Tz::UTC)
}
