//! reminder
