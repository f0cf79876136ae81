//! berth-ical
