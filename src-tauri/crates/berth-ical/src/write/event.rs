//! A booking as a VEVENT.

use berth_core::{Booking, Kind, Status, Timestamp, Transparency, When};
use chrono::{NaiveDateTime, TimeDelta};
use chrono_tz::Tz;

use super::form::Form;
use super::page::Page;
use super::source::Source;
use super::{Exported, WriteOptions, tree};
use crate::trailer;
use crate::value::{duration, moment, text};
use crate::words;

/// How the times of a booking are written.
pub(super) struct Forms {
    /// Start and end.
    pub(super) when: Form,
    /// The RECURRENCE-ID of a changed occurrence, and the zone its wall time is in.
    pub(super) original: Option<(Form, Tz)>,
}

/// Writes a booking. `cancelled` are starts of its series that are called off.
pub(super) fn write(
    page: &mut Page,
    exported: &Exported<'_>,
    forms: &Forms,
    cancelled: &[NaiveDateTime],
    source: &Source<'_>,
    options: &WriteOptions<'_>,
) {
    let booking = exported.booking;
    page.line("BEGIN:VEVENT");
    identity(page, booking);
    times(page, exported, forms);
    recurrence(page, booking, forms.when, cancelled);
    texts(page, exported, source, options);
    state(page, booking, source);
    own(page, exported, forms.when);
    source.rest(page, booking);
    page.line("END:VEVENT");
}

fn identity(page: &mut Page, booking: &Booking) {
    page.put(format_args!("UID:{}", text::escape_uid(&booking.uid)));
    page.put(format_args!("DTSTAMP:{}", utc(booking.modified)));
    page.put(format_args!("SEQUENCE:{}", booking.sequence));
    page.put(format_args!("CREATED:{}", utc(booking.created)));
    page.put(format_args!("LAST-MODIFIED:{}", utc(booking.modified)));
}

fn utc(at: Timestamp) -> String {
    format!("{}Z", moment::local(at.wall(Tz::UTC)))
}

fn times(page: &mut Page, exported: &Exported<'_>, forms: &Forms) {
    let when = exported.booking.when;
    let zone = when.zone(exported.zone);
    page.put(format_args!(
        "DTSTART{}",
        forms.when.property(when.start(), zone)
    ));
    // RFC 5545, 3.8.2.2: an end has to be later than the start; without one there is no length.
    if when.end() != when.start() {
        page.put(format_args!(
            "DTEND{}",
            forms.when.property(when.end(), zone)
        ));
    }
    if let (Some(id), Some((form, zone))) = (exported.booking.recurrence_id, forms.original) {
        page.put(format_args!("RECURRENCE-ID{}", form.property(id, zone)));
    }
}

fn recurrence(page: &mut Page, booking: &Booking, form: Form, cancelled: &[NaiveDateTime]) {
    let Some(recurrence) = &booking.recurrence else {
        return;
    };
    let zone = booking.when.zone(Tz::UTC);
    if let Some(rule) = &recurrence.rule {
        let rule = crate::read::until_as_required(rule, booking.when, zone);
        page.put(format_args!("RRULE:{rule}"));
    }
    // One date a property: Outlook reads no further than the first of a list.
    for added in &recurrence.added {
        page.put(format_args!("RDATE{}", form.property(*added, zone)));
    }
    for excluded in recurrence.excluded.iter().chain(cancelled) {
        page.put(format_args!("EXDATE{}", form.property(*excluded, zone)));
    }
}

fn texts(
    page: &mut Page,
    exported: &Exported<'_>,
    source: &Source<'_>,
    options: &WriteOptions<'_>,
) {
    let booking = exported.booking;
    let params = source.params("SUMMARY", |text| text == booking.title);
    page.put(format_args!(
        "SUMMARY{params}:{}",
        text::escape(&booking.title)
    ));
    let params = source.params("DESCRIPTION", |text| {
        trailer::without(text.to_owned()) == booking.notes
    });
    let description = trailer::with(&booking.notes, &words::line(exported));
    page.put(format_args!(
        "DESCRIPTION{params}:{}",
        text::escape(&description)
    ));
    match source.place(exported, options) {
        Some(place) => tree::property(page, place),
        None => page.put(format_args!(
            "LOCATION:{}",
            text::escape(exported.environment)
        )),
    }
    let mut categories = vec![text::escape(exported.team)];
    categories.extend(source.categories(exported, options));
    page.put(format_args!("CATEGORIES:{}", categories.join(",")));
}

fn state(page: &mut Page, booking: &Booking, source: &Source<'_>) {
    page.line(match booking.status {
        Status::Tentative => "STATUS:TENTATIVE",
        Status::Confirmed => "STATUS:CONFIRMED",
        Status::Cancelled => "STATUS:CANCELLED",
    });
    let (transparency, busy) = match (booking.transparency, booking.status) {
        (Transparency::Transparent, _) => ("TRANSPARENT", "FREE"),
        (Transparency::Opaque, Status::Tentative) => ("OPAQUE", "TENTATIVE"),
        (Transparency::Opaque, _) => ("OPAQUE", "BUSY"),
    };
    page.put(format_args!("TRANSP:{transparency}"));
    page.put(format_args!("X-MICROSOFT-CDO-BUSYSTATUS:{busy}"));
    if source.has("X-MICROSOFT-CDO-ALLDAYEVENT") {
        let all_day = if booking.when.is_all_day() {
            "TRUE"
        } else {
            "FALSE"
        };
        page.put(format_args!("X-MICROSOFT-CDO-ALLDAYEVENT:{all_day}"));
    }
}

fn own(page: &mut Page, exported: &Exported<'_>, form: Form) {
    let booking = exported.booking;
    page.put(format_args!(
        "X-BERTH-ENVIRONMENT:{}",
        text::escape(exported.environment)
    ));
    page.put(format_args!("X-BERTH-KIND:{}", kind(booking.kind)));
    if let Some(units) = booking.units {
        page.put(format_args!("X-BERTH-UNITS:{units}"));
    }
    page.put(format_args!(
        "X-BERTH-SETUP:{}",
        duration::format(booking.set_up)
    ));
    page.put(format_args!(
        "X-BERTH-CLEANUP:{}",
        duration::format(booking.clean_up)
    ));
    if let Some(plan) = &booking.plan {
        page.put(format_args!("X-BERTH-PLAN:{}", text::escape(plan)));
    }
    if let Some(times) = &booking.lead_times {
        page.put(format_args!("X-BERTH-LEAD-TIMES:{}", lead_times(times)));
    }
    if let (Form::Utc, When::Timed { zone, .. }) = (form, booking.when)
        && zone != Tz::UTC
    {
        page.put(format_args!("X-BERTH-TZID:{}", zone.name()));
    }
}

fn kind(kind: Kind) -> &'static str {
    words::KINDS
        .into_iter()
        .find(|(_, known)| *known == kind)
        .map_or("TEST", |(name, _)| name)
}

fn lead_times(times: &[TimeDelta]) -> String {
    if times.is_empty() {
        return words::NEVER.into();
    }
    times
        .iter()
        .map(|time| duration::format(*time))
        .collect::<Vec<_>>()
        .join(",")
}
