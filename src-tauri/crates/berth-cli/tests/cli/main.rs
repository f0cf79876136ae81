//! The command line as scripts and people use it: the real binary, real files, several processes.

mod berth;
mod bookings;
mod data;
mod exchange;
mod golden;
mod setup;
mod shapes;
mod vectors;
