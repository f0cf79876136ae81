//! The types that cross to the window: plain data, serde and TypeScript, converted at the door.
//!
//! Instants are epoch milliseconds (whole seconds, so below 2^53), wall times are local ISO text
//! without a zone (`2026-09-17T09:00`), days are `2026-09-17`, ids are strings, durations are
//! minutes. The TypeScript in `ui/src/lib/bindings/` is generated from here.

/// Derives what every wire type has.
macro_rules! wire {
    ($($item:item)*) => { $(
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
        #[serde(rename_all = "camelCase")]
        #[ts(export)]
        $item
    )* };
}

mod backup;
mod booking;
mod conflict;
mod exchange;
mod forecast;
mod reminder;
mod setup;
mod slot;
mod week;
mod window;

pub use backup::*;
pub use booking::*;
pub use conflict::*;
pub use exchange::*;
pub use forecast::*;
pub use reminder::*;
pub use setup::*;
pub use slot::*;
pub use week::*;
pub use window::*;
