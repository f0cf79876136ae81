//! Import and export of calendars.
