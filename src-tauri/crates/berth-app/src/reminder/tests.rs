//! Tests of the reminders.
