//! Changing a booking, one occurrence of a series, or a whole series.

use berth_core::time::Tz;
use berth_core::{Booking, Timestamp, When};
use berth_store::{Reader, Writer};
use chrono::{NaiveDateTime, TimeDelta};

use super::draft::{Choices, refused};
use super::outcome::{Candidate, name, outcome};
use super::split::{self, Split};
use super::{environment_zone, is_one_of_series, load, series, touched};
use crate::wire::{BookingInput, BookingRef, Outcome, Problem, Scope};
use crate::{Berth, Error, Result};

/// A change that has been thought through but not written.
pub(crate) struct Edit {
    /// The row as it will be.
    pub(crate) booking: Booking,
    /// Its series as it was, when its occurrences move: the overrides have to follow.
    moved: Option<(NaiveDateTime, When)>,
    /// The occurrence that leaves its series and gets a row of its own.
    pub(crate) leaves: Option<(berth_core::BookingId, Timestamp)>,
    /// The series that it is parted from.
    split: Option<Split>,
}

impl Edit {
    /// A booking that replaces nothing but itself.
    pub(crate) fn of(booking: Booking) -> Self {
        Self {
            booking,
            moved: None,
            leaves: None,
            split: None,
        }
    }

    /// Of a series that is parted: the row of the first part, and the changed occurrences that go
    /// with the rest, by the starts that it will give them.
    pub(crate) fn parted(&self) -> Option<(berth_core::BookingId, Vec<NaiveDateTime>)> {
        let split = self.split.as_ref()?;
        let ids = split.moving.iter().filter_map(|one| one.recurrence_id);
        Some((split.head.id, ids.map(|id| id + self.delta()).collect()))
    }

    /// By how much wall time the occurrences move.
    fn delta(&self) -> TimeDelta {
        self.moved
            .map_or_else(TimeDelta::zero, |(shown, to)| to.start() - shown)
    }
}

/// Why an edit cannot be made.
pub(crate) enum Refusal {
    /// The form has problems.
    Problems(Vec<Problem>),
    /// Something else.
    Error(Error),
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

impl From<berth_store::StoreError> for Refusal {
    fn from(error: berth_store::StoreError) -> Self {
        Self::Error(error.into())
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Problems(problems) => refused(&problems),
            Refusal::Error(error) => error,
        }
    }
}

impl Berth {
    /// Changes a booking to what the form says. In a series `scope` says whether only the occurrence
    /// named changes, or all of them; the form's times are those of the occurrence named.
    ///
    /// # Errors
    /// With code `input` when the form has problems, `not-found` when the booking is gone.
    pub fn edit_booking(
        &mut self,
        reference: &BookingRef,
        scope: Scope,
        input: &BookingInput,
        now: Timestamp,
    ) -> Result<Outcome> {
        self.apply(now, "Changed", |reader| {
            edited(reader, reference, scope, input)
        })
    }

    /// Writes an edit, unless it changes nothing.
    pub(crate) fn apply(
        &mut self,
        now: Timestamp,
        verb: &str,
        make: impl FnOnce(&Reader<'_>) -> std::result::Result<Edit, Refusal>,
    ) -> Result<Outcome> {
        let phrasing = self.phrasing(now)?;
        let done = self.write(now, |writer| {
            let edit = make(writer)?;
            let booking = write(writer, edit, now)?;
            let title = format!("{verb} {}", name(writer, &booking, phrasing)?);
            let zone = environment_zone(writer, &booking)?;
            let original = crate::conflict::original_start(&booking, zone);
            let reference = BookingRef::new(booking.id, original);
            let conflicts = Candidate::stored(writer, booking)?.conflicts(writer, phrasing)?;
            Ok(((reference, conflicts), title))
        })?;
        Ok(outcome(done))
    }
}

/// What the form makes of a booking.
pub(crate) fn edited(
    reader: &Reader<'_>,
    reference: &BookingRef,
    scope: Scope,
    input: &BookingInput,
) -> std::result::Result<Edit, Refusal> {
    let choices = Choices::read(reader)?;
    let base = Base::find(reader, reference, scope)?;
    let filled = choices
        .fill(input, base.booking.clone())
        .map_err(Refusal::Problems)?;
    Ok(base.changed_to(filled)?)
}

/// What is to be changed: a row, or an occurrence about to get one.
pub(crate) struct Base {
    /// As it is; of a whole series with the times of the occurrence named.
    pub(crate) booking: Booking,
    /// The master, and the occurrence of it that the person looked at.
    whole: Option<(Booking, NaiveDateTime)>,
    leaves: Option<(berth_core::BookingId, Timestamp)>,
    /// The series parted, where only this and what follows is meant; the master is the rest then.
    split: Option<Split>,
}

impl Base {
    pub(crate) fn find(reader: &Reader<'_>, reference: &BookingRef, scope: Scope) -> Result<Self> {
        let (booking, zone) = load(reader, reference)?;
        if is_one_of_series(&booking, reference, scope) {
            return Self::one(reader, booking, zone, reference);
        }
        let master = series::master(reader, booking.clone())?;
        if master.recurrence.is_none() {
            return Ok(Self {
                booking: master,
                whole: None,
                leaves: None,
                split: None,
            });
        }
        let original = match (booking.recurrence_id, reference.occurrence()) {
            (Some(original), _) => original,
            (None, Some(at)) => series::wall_of(&master, zone, at)?,
            (None, None) => master.when.start(),
        };
        // The person changed the times they saw: those of an override, or what the series gives.
        let shown = if booking.recurrence_id.is_some() {
            booking.when
        } else {
            master.when.starting(original)
        };
        let booking = Booking {
            when: shown,
            ..master.clone()
        };
        let split = match (scope, reference.occurrence()) {
            (Scope::Following, Some(_)) => split::split(reader, &master, original, zone)?,
            _ => None,
        };
        let rest = split.as_ref().map_or(master, |split| split.tail.clone());
        Ok(Self {
            booking,
            whole: Some((rest, shown.start())),
            leaves: None,
            split,
        })
    }

    fn one(
        reader: &Reader<'_>,
        booking: Booking,
        zone: Tz,
        reference: &BookingRef,
    ) -> Result<Self> {
        if booking.recurrence_id.is_some() {
            return Ok(Self {
                booking,
                whole: None,
                leaves: None,
                split: None,
            });
        }
        let at = reference.occurrence().unwrap_or_default();
        let original = series::wall_of(&booking, zone, at)?;
        let leaves = Some((booking.id, at));
        let booking = series::override_of(reader, &booking, original)?;
        Ok(Self {
            booking,
            whole: None,
            leaves,
            split: None,
        })
    }

    /// The edit that makes `filled` of it.
    pub(crate) fn changed_to(self, filled: Booking) -> Result<Edit> {
        let Some((master, shown)) = self.whole else {
            return Ok(Edit {
                leaves: self.leaves,
                ..Edit::of(filled)
            });
        };
        let shifted = series::shifted(&master, shown, filled.when)?;
        // A rule that the person wrote anew is taken as written; an old one moves with the days.
        let rule = |booking: &Booking| booking.recurrence.as_ref().and_then(|one| one.rule.clone());
        let recurrence = match (filled.recurrence, shifted.recurrence) {
            (Some(new), moved) if new.rule == rule(&self.booking) => moved,
            (Some(new), Some(moved)) => Some(berth_core::Recurrence {
                rule: new.rule,
                ..moved
            }),
            (new, _) => new,
        };
        let moved = (filled.when.start() != shown).then_some((shown, filled.when));
        let booking = Booking {
            when: shifted.when,
            recurrence,
            ..filled
        };
        let Some(split) = self.split else {
            return Ok(Edit {
                booking,
                moved,
                leaves: None,
                split: None,
            });
        };
        // The rest has no row yet, and nothing was changed that keeps a series together.
        let (uid, id) = (split.tail.uid.clone(), split.tail.id);
        let rest = Booking {
            id,
            uid,
            sequence: split.tail.sequence,
            calendar: split.tail.calendar,
            ..booking
        };
        if rest == split.tail {
            return Ok(Edit::of(split.whole));
        }
        Ok(Edit {
            booking: rest,
            moved,
            leaves: None,
            split: Some(split),
        })
    }
}

/// Carries an edit out; returns the row as it is then.
pub(crate) fn write(writer: &mut Writer<'_>, edit: Edit, now: Timestamp) -> Result<Booking> {
    let delta = edit.delta();
    let Edit {
        booking,
        moved,
        split,
        ..
    } = edit;
    let unchanged = booking.id.0 != 0
        && writer
            .booking(booking.id)?
            .is_some_and(|stored| stored == booking);
    if unchanged {
        return Ok(booking);
    }
    let overrides = writer
        .bookings_of(&booking.uid)?
        .into_iter()
        .filter(|one| one.recurrence_id.is_some());
    if let Some(split) = split {
        split.write(writer, &booking.uid, delta, now)?;
    } else if moved.is_some() {
        for one in overrides.collect::<Vec<_>>() {
            let recurrence_id = one.recurrence_id.map(|original| original + delta);
            writer.put_booking(&touched(
                Booking {
                    recurrence_id,
                    ..one
                },
                now,
            ))?;
        }
    }
    let booking = touched(booking, now);
    let id = writer.put_booking(&booking)?;
    Ok(Booking { id, ..booking })
}
