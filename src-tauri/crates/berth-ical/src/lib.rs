//! iCalendar text to and from the domain (RFC 5545).
//!
//! Reading has two steps. [`parse`] turns the bytes of a file into a [`Document`], a tree that keeps
//! everything; it knows nothing of bookings. [`read`] looks at that tree and gives [`Event`]s in the
//! words of the domain, with zones resolved and series put together, and a list of what was wrong.
//! Which environment and which team an event belongs to is for the caller to decide.
//!
//! Writing is one step: [`write`](fn@write) for a file, [`Files`] where there is much to write or a file
//! may not be too large.
//!
//! The crate does no I/O, knows no clock and no database.

mod document;
mod head;
mod issue;
mod limits;
mod near;
mod read;
mod text;
mod trailer;
mod value;
mod words;
mod write;
mod zone;

pub use document::{Component, ComponentId, Content, Document, Property, parse};
pub use head::Param;
pub use issue::{Issue, IssueKind};
pub use limits::{Limits, Refusal};
pub use near::near;
pub use read::{
    Calendar, Context, Edge, Event, Mark, Occurrence, Occurrences, TimeKind, occurrences, read,
    sequence_of, until_as_required,
};
pub use write::tree::round_trip;
pub use write::{Exported, File, Files, Keeper, WriteOptions, write};
