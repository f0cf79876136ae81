//! The display that the window is shown on. Knows nothing of Berth.

use std::env::var_os;

use crate::failure::Failure;

/// Reaches the display, as the window system would a moment later: where it cannot, it ends the
/// program with a stack trace instead of a sentence.
pub(crate) fn reach() -> Result<(), Failure> {
    gtk::init().map_err(|_| match named() {
        Some(display) => Failure::DeafDisplay(display),
        None => Failure::NoDisplay,
    })
}

/// What the environment calls the display; the Wayland one is tried first.
fn named() -> Option<String> {
    let names = ["WAYLAND_DISPLAY", "DISPLAY"];
    let mut values = names.into_iter().filter_map(var_os);
    let value = values.find(|value| !value.is_empty())?;
    Some(value.to_string_lossy().into_owned())
}
