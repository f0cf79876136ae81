//! The use cases of Berth, shared by the window and the command line.

pub mod error;
pub mod wire;

pub use error::{Code, Error};
