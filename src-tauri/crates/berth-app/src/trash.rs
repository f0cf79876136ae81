//! Bookings that were deleted, and how one comes back.

use berth_core::Timestamp;
use berth_store::{Reader, Trashed};

use crate::booking::{Candidate, name, outcome, put_back_into_series};
use crate::wire::{BookingRef, Outcome, TrashItem};
use crate::{Berth, Error, Result};

/// Complains where what a deleted booking was of is gone too.
fn must_fit(reader: &Reader<'_>, number: i64) -> Result<()> {
    let trash = reader.trash()?;
    let Some(one) = trash.iter().find(|one| one.id == number) else {
        return Ok(());
    };
    let there = |known: bool, what: &str| match known {
        true => Ok(()),
        false => Err(Error::input(
            format!("The {what} of this booking was removed too, so it cannot come back."),
            format!("Undo the removal of the {what}, or go back to a backup of before it."),
        )),
    };
    let environments = reader.environments()?;
    let teams = reader.teams()?;
    there(
        environments
            .iter()
            .any(|known| known.id == one.booking.environment),
        "environment",
    )?;
    there(
        teams.iter().any(|known| known.id == one.booking.team),
        "team",
    )
}

impl Berth {
    /// What was deleted in the last 30 days and is not there again, the latest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn trash(&mut self, now: Timestamp) -> Result<Vec<TrashItem>> {
        let phrasing = self.phrasing(now)?;
        self.read(|reader| {
            let teams = reader.teams()?;
            let item = |one: Trashed| {
                let team = teams.iter().find(|team| team.id == one.booking.team);
                TrashItem {
                    id: one.id.to_string(),
                    uid: one.booking.uid.clone(),
                    // Its environment may be gone too.
                    words: name(reader, &one.booking, phrasing)
                        .unwrap_or_else(|_| crate::phrase::quoted(&one.booking.title)),
                    title: one.booking.title.clone(),
                    team: team.map_or_else(String::new, |team| team.name.clone()),
                    series: one.booking.recurrence.is_some(),
                    deleted_at: one.at.millis(),
                    deleted: phrasing.moment(one.at),
                    deleted_by: one.who,
                }
            };
            Ok(reader.trash()?.into_iter().map(item).collect())
        })
    }

    /// Brings a deleted booking back as it was, a series with its changed occurrences.
    ///
    /// # Errors
    /// With code `not-found` when it is not in the trash, or there again.
    pub fn undelete(&mut self, id: &str, now: Timestamp) -> Result<Outcome> {
        let phrasing = self.phrasing(now)?;
        let number = id.trim().parse::<i64>().ok();
        let missing = || {
            Error::not_found(
                format!("There is no deleted booking {id}."),
                "`berth list --trash` shows those of the last 30 days.",
            )
        };
        let number = number.ok_or_else(missing)?;
        let done = self.write(now, |writer| {
            must_fit(writer, number)?;
            let rows = writer.bring_back(number)?;
            let first = rows.first().copied().ok_or_else(missing)?;
            let booking = writer.booking(first)?.ok_or_else(missing)?;
            put_back_into_series(writer, &booking, now)?;
            let title = format!("Brought back {}", name(writer, &booking, phrasing)?);
            let reference = BookingRef::new(first, None);
            let conflicts = Candidate::stored(writer, booking)?.conflicts(writer, phrasing)?;
            Ok(((reference, conflicts), title))
        })?;
        Ok(outcome(done))
    }
}
