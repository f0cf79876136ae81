//! The geometry of the week that needs a calendar: days in their real length, the piece of a
//! booking in each day, and which pieces stand side by side.
//!
//! Minutes and counts only. Nothing here knows of pixels, environments or colours; a caller lays
//! out each column for itself.

mod bars;
mod days;
mod lanes;
mod pieces;

pub use bars::bars;
pub use days::{ClockChange, Day, HourMark, days, iso_week, week_start};
pub use lanes::{Fold, Layout, Place, lanes};
pub use pieces::{Piece, pieces};
