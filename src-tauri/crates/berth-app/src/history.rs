//! Undo, redo, and what was done.

use berth_core::Timestamp;
use berth_store::Store;

use crate::wire::{Operation, Outcome};
use crate::{Berth, Error, Result};

impl Berth {
    fn undone(
        &mut self,
        act: impl FnOnce(&mut Store) -> berth_store::Result<Option<berth_store::Operation>>,
    ) -> Result<Option<berth_store::Operation>> {
        let result = act(self.writable()?).map_err(Error::from);
        self.noted(result)
    }

    /// Takes the last operation back; the outcome names it.
    ///
    /// # Errors
    /// With code `not-found` when there is nothing to undo.
    pub fn undo(&mut self, _now: Timestamp) -> Result<Outcome> {
        let operation = self.undone(Store::undo)?;
        operation.map(|one| outcome(Some(one))).ok_or_else(|| {
            Error::not_found(
                "There is nothing to undo.",
                "Everything before this was undone or is too old.",
            )
        })
    }

    /// Brings back the operation that was undone last; the outcome names it.
    ///
    /// # Errors
    /// With code `not-found` when there is nothing to redo.
    pub fn redo(&mut self, _now: Timestamp) -> Result<Outcome> {
        let operation = self.undone(Store::redo)?;
        operation.map(|one| outcome(Some(one))).ok_or_else(|| {
            Error::not_found(
                "There is nothing to redo.",
                "Redo works until something new is done.",
            )
        })
    }

    /// The last two hundred operations, newest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn history(&mut self) -> Result<Vec<Operation>> {
        self.read(|reader| Ok(reader.history(200)?.into_iter().map(Into::into).collect()))
    }
}

/// The outcome of an operation on something else than a booking.
pub(crate) fn outcome(operation: Option<berth_store::Operation>) -> Outcome {
    Outcome {
        operation: operation.map(Into::into),
        booking: None,
        conflicts: Vec::new(),
    }
}

impl From<berth_store::Operation> for Operation {
    fn from(operation: berth_store::Operation) -> Self {
        Self {
            id: operation.id.0.to_string(),
            at: operation.at.millis(),
            who: operation.who,
            title: operation.title,
            undone: operation.undone,
        }
    }
}
