//! What can be said of a booking beside its place and time: the same options for `book` and `edit`.

use std::str::FromStr;

use berth_app::wire::{self, BookingInput};
use clap::ValueEnum;

use crate::time::Length;

/// Options that are left as they are where nothing is said.
#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct Details {
    /// One line that says what for.
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// Anything else worth knowing.
    #[arg(long, value_name = "TEXT")]
    notes: Option<String>,
    /// What it is for [default: test].
    #[arg(long, value_enum)]
    kind: Option<Kind>,
    /// Share the environment and take so many units; `all` takes the whole of it [default: all].
    #[arg(long, value_name = "N")]
    units: Option<Units>,
    /// Time needed before, such as 30m [default: the environment's].
    #[arg(long, value_name = "DURATION")]
    set_up: Option<Length>,
    /// Time needed after, such as 1h [default: the environment's].
    #[arg(long, value_name = "DURATION")]
    clean_up: Option<Length>,
    /// Repeat by an iCalendar rule such as FREQ=WEEKLY;BYDAY=TU; `never` ends that.
    #[arg(long, value_name = "RRULE")]
    repeat: Option<String>,
    /// Bookings of one plan never conflict with each other; `none` takes it out.
    #[arg(long, value_name = "ID")]
    plan: Option<String>,
    /// How long before the start to tell the team, such as 10m or 1h,10m; or `never`, or `default`
    /// [default: the environment's].
    #[arg(long, value_name = "DURATIONS")]
    lead: Option<Leads>,
}

/// What a booking is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    /// Something is rolled out.
    Deploy,
    /// Something is tried.
    Test,
    /// The environment itself is worked on.
    Maintenance,
    /// Somebody keeps an eye on it.
    Watch,
}

/// A number, or `all`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Units(Option<u32>);

/// Minutes, in the order in which they were written; `None` follows the environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Leads(pub(crate) Option<Vec<u32>>);

impl FromStr for Units {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.trim().to_lowercase().as_str() {
            "all" => Ok(Self(None)),
            number => match number.parse() {
                Ok(units) if units > 0 => Ok(Self(Some(units))),
                _ => Err("write a number from 1, or all".into()),
            },
        }
    }
}

impl FromStr for Leads {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.trim().to_lowercase().as_str() {
            "never" => Ok(Self(Some(Vec::new()))),
            "default" => Ok(Self(None)),
            list => {
                let minutes = |one: &str| one.parse().map(Length::total_minutes);
                list.split(',')
                    .map(minutes)
                    .collect::<Result<_, _>>()
                    .map(|leads| Self(Some(leads)))
            }
        }
    }
}

impl Details {
    /// Writes what was said over `input`.
    pub(crate) fn fill(&self, input: &mut BookingInput) {
        set(&mut input.title, self.title.clone());
        set(&mut input.notes, self.notes.clone());
        set(&mut input.kind, self.kind.map(Into::into));
        set(&mut input.units, self.units.map(|units| units.0));
        set(
            &mut input.set_up,
            self.set_up.map(|length| Some(length.total_minutes())),
        );
        set(
            &mut input.clean_up,
            self.clean_up.map(|length| Some(length.total_minutes())),
        );
        set(
            &mut input.repeat,
            self.repeat.as_deref().map(|text| unless(text, "never")),
        );
        set(
            &mut input.plan,
            self.plan.as_deref().map(|text| unless(text, "none")),
        );
        set(
            &mut input.lead_times,
            self.lead.clone().map(|leads| leads.0),
        );
    }
}

/// Replaces a value where there is a new one.
pub(crate) fn set<T>(value: &mut T, new: Option<T>) {
    if let Some(new) = new {
        *value = new;
    }
}

/// The rule without `RRULE:`, as calendars write it; the plan.
fn unless(text: &str, none: &str) -> Option<String> {
    let text = text.trim();
    let text = text.strip_prefix("RRULE:").unwrap_or(text);
    (!text.is_empty() && !text.eq_ignore_ascii_case(none)).then(|| text.to_owned())
}

impl From<Kind> for wire::Kind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Deploy => Self::Deploy,
            Kind::Test => Self::Test,
            Kind::Maintenance => Self::Maintenance,
            Kind::Watch => Self::Watch,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Leads, Units};

    #[test]
    fn lead_times_and_units() {
        for (text, expected) in [
            ("10m", Some(Some(vec![10]))),
            ("1h,10m", Some(Some(vec![60, 10]))),
            ("never", Some(Some(vec![]))),
            ("default", Some(None)),
            ("soon", None),
            ("", None),
        ] {
            assert_eq!(
                text.parse::<Leads>().ok().map(|leads| leads.0),
                expected,
                "{text}"
            );
        }
        for (text, expected) in [
            ("all", Some(None)),
            ("2", Some(Some(2))),
            ("0", None),
            ("-1", None),
        ] {
            assert_eq!(
                text.parse::<Units>().ok().map(|units| units.0),
                expected,
                "{text}"
            );
        }
    }
}
