//! Bookings that share a UID, written together.

use std::borrow::Cow;
use std::collections::HashMap;

use berth_core::{Booking, Status, When};
use chrono::{Datelike, NaiveDateTime};
use chrono_tz::Tz;

use super::event::{self, Forms};
use super::form::Form;
use super::page::Page;
use super::source::{Described, Source, Sources};
use super::{Exported, WriteOptions};

/// A single booking, or a series with its changed occurrences, as text.
#[derive(Debug)]
pub(super) struct Group {
    /// Its VEVENTs.
    pub(super) text: String,
    /// The zones its times name, each with its name here and the year it is needed for.
    pub(super) zones: Vec<(Cow<'static, str>, Described, i32)>,
}

/// The groups of the bookings that belong into the file.
pub(super) fn groups(bookings: &[Exported<'_>], options: &WriteOptions<'_>) -> Vec<Group> {
    let mut order: Vec<Vec<&Exported<'_>>> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::with_capacity(bookings.len());
    for exported in bookings {
        let index = *known.entry(&exported.booking.uid).or_insert(order.len());
        match order.get_mut(index) {
            Some(group) => group.push(exported),
            None => order.push(vec![exported]),
        }
    }
    let wanted = |exported: &&Exported<'_>| {
        options.cancelled || exported.booking.status != Status::Cancelled
    };
    let wanted = order.into_iter().filter_map(|mut group| {
        let cancelled = cancelled_starts(&group, options);
        group.retain(wanted);
        group.sort_by_key(|exported| exported.booking.recurrence_id);
        (!group.is_empty()).then_some((group, cancelled))
    });
    let wanted: Vec<_> = wanted.collect();
    wanted
        .chunks(READ_TOGETHER)
        .flat_map(|groups| write_all(groups, options))
        .collect()
}

/// So many groups have their sources read together.
const READ_TOGETHER: usize = 256;

type Members<'e> = (Vec<&'e Exported<'e>>, Vec<NaiveDateTime>);

fn write_all(groups: &[Members<'_>], options: &WriteOptions<'_>) -> Vec<Group> {
    let bookings = groups.iter().flat_map(|(group, _)| group);
    let sources = Sources::of(bookings.map(|exported| exported.booking));
    let mut first = 0;
    let write = |(group, cancelled): &Members<'_>| {
        let from = first;
        first += group.len();
        write(group, cancelled, |nth| sources.get(from + nth), options)
    };
    groups.iter().map(write).collect()
}

/// Starts of the series whose changed occurrence is called off and does not go into the file: the
/// series would show them as if nothing had happened.
fn cancelled_starts(group: &[&Exported<'_>], options: &WriteOptions<'_>) -> Vec<NaiveDateTime> {
    if options.cancelled {
        return Vec::new();
    }
    let cancelled = group
        .iter()
        .filter(|exported| exported.booking.status == Status::Cancelled);
    cancelled
        .filter_map(|exported| exported.booking.recurrence_id)
        .collect()
}

fn write<'d>(
    group: &[&Exported<'_>],
    cancelled: &[NaiveDateTime],
    source: impl Fn(usize) -> Source<'d>,
    options: &WriteOptions<'_>,
) -> Group {
    let mut page = Page::folded();
    let mut zones = Vec::new();
    let master = group
        .iter()
        .map(|exported| exported.booking)
        .find(|booking| booking.recurrence_id.is_none());
    let is_series = group.len() > 1;
    for (nth, exported) in group.iter().enumerate() {
        let booking = exported.booking;
        let source = source(nth);
        let forms = Forms {
            when: form(booking, is_series || source.keeps_rule(booking)),
            original: booking
                .recurrence_id
                .map(|id| original(booking, master, id, exported.zone)),
        };
        let named = [
            forms.when.zone(),
            forms.original.and_then(|(form, _)| form.zone()),
        ];
        let year = booking.when.start().year();
        let named = named.into_iter().flatten();
        zones.extend(named.map(|zone| (Cow::Borrowed(zone.name()), Described::Known(zone), year)));
        let foreign = source.zones(booking).into_iter();
        zones.extend(foreign.map(|(name, zone)| (Cow::Owned(name), zone, year)));
        event::write(&mut page, exported, &forms, cancelled, &source, options);
    }
    Group {
        text: page.finish(),
        zones,
    }
}

fn form(booking: &Booking, in_series: bool) -> Form {
    if in_series || booking.recurrence.is_some() || booking.recurrence_id.is_some() {
        Form::of_series(booking.when)
    } else {
        Form::of_single(booking.when)
    }
}

/// How the RECURRENCE-ID of a change is written, and the zone it is in: as in its series.
fn original(
    change: &Booking,
    master: Option<&Booking>,
    id: NaiveDateTime,
    environment: Tz,
) -> (Form, Tz) {
    let form = match master {
        Some(master) => Form::of_series(master.when),
        None => Form::of_stray(change.when, id, environment),
    };
    let zone = match (form, master.map_or(change.when, |master| master.when)) {
        (Form::Zoned(zone), _) | (_, When::Timed { zone, .. }) => zone,
        _ => environment,
    };
    (form, zone)
}
