//! What a form or a drag would do, before anything is written.

use std::collections::HashSet;
use std::sync::Arc;

use berth_core::words::{Phrasing, duration_words};
use berth_core::{Booking, Timestamp};
use berth_store::Reader;

use super::draft::{Choices, blank};
use super::edit::{Edit, Refusal, edited};
use super::environment_zone;
use super::move_to::{environment, moved};
use super::outcome::Candidate;
use super::wall::timed;
use crate::wire::{BookingInput, BookingRef, Move, Preview, Scope};
use crate::{Berth, Result, setup};

impl Berth {
    /// What saving the form would do. `reference` is null for a new booking.
    ///
    /// # Errors
    /// With code `not-found` when the booking that is edited is gone. Problems of the form are part
    /// of the preview.
    pub fn preview_booking(
        &mut self,
        reference: Option<&BookingRef>,
        scope: Scope,
        input: &BookingInput,
        now: Timestamp,
    ) -> Result<Preview> {
        let phrasing = self.phrasing(now)?;
        self.read(|reader| {
            let edit = match reference {
                Some(reference) => edited(reader, reference, scope, input),
                None => new(reader, input, now),
            };
            preview(reader, edit, phrasing)
        })
    }

    /// What dropping a drag here would do: the times and the conflicts.
    ///
    /// # Errors
    /// With code `not-found` when the booking or the environment is gone.
    pub fn preview_move(&mut self, to: &Move, now: Timestamp) -> Result<Preview> {
        let phrasing = self.phrasing(now)?;
        self.read(|reader| {
            let edit = match to.reference {
                Some(_) => moved(reader, to),
                None => drawn(reader, to, now),
            };
            preview(reader, edit, phrasing)
        })
    }
}

fn new(
    reader: &Reader<'_>,
    input: &BookingInput,
    now: Timestamp,
) -> std::result::Result<Edit, Refusal> {
    let booking = Choices::read(reader)?
        .fill(input, blank(now))
        .map_err(Refusal::Problems)?;
    Ok(Edit::of(booking))
}

/// A new booking that is being drawn on the grid.
fn drawn(reader: &Reader<'_>, to: &Move, now: Timestamp) -> std::result::Result<Edit, Refusal> {
    let (id, zone) = environment(reader, &to.environment_id)?;
    let (start, end) = (
        Timestamp::from_millis(to.start),
        Timestamp::from_millis(to.end),
    );
    let team = to
        .team_id
        .as_deref()
        .map(setup::row)
        .transpose()?
        .unwrap_or_default();
    let blank = blank(now);
    Ok(Edit::of(Booking {
        environment: id,
        team: berth_core::TeamId(team),
        when: timed(start, end, &blank, zone),
        ..blank
    }))
}

fn preview(
    reader: &Reader<'_>,
    edit: std::result::Result<Edit, Refusal>,
    phrasing: Phrasing,
) -> Result<Preview> {
    let edit = match edit {
        Ok(edit) => edit,
        Err(Refusal::Problems(problems)) => {
            return Ok(Preview {
                start: None,
                end: None,
                duration: None,
                repeat_words: None,
                conflicts: Vec::new(),
                problems,
            });
        }
        Err(Refusal::Error(error)) => return Err(error),
    };
    let booking = edit.booking.clone();
    let zone = environment_zone(reader, &booking)?;
    let (start, end) = booking.when.instants(zone);
    let repeat_words = super::show::repeat_words(&booking, zone);
    let conflicts = candidate(reader, edit)?.conflicts(reader, phrasing)?;
    Ok(Preview {
        start: Some(start.millis()),
        end: Some(end.millis()),
        duration: Some(duration_words(end - start)),
        repeat_words,
        conflicts,
        problems: Vec::new(),
    })
}

fn candidate(reader: &Reader<'_>, edit: Edit) -> Result<Candidate> {
    let parted = edit.parted();
    let booking = edit.booking;
    if let Some((head, overridden)) = parted {
        let replaces = HashSet::from([head]);
        return Ok(Candidate {
            booking: Arc::new(booking),
            overridden,
            replaces,
            occurrence: None,
        });
    }
    let (replaced, occurrence) = match edit.leaves {
        Some((series, at)) => (series, Some(at)),
        None => (booking.id, None),
    };
    let overridden = if booking.recurrence.is_some() {
        reader.series(booking.clone())?.overridden
    } else {
        Vec::new()
    };
    let replaces = HashSet::from([replaced]);
    Ok(Candidate {
        booking: Arc::new(booking),
        overridden,
        replaces,
        occurrence,
    })
}
