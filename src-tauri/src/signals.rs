//! Ends the program as "Quit" does when the system asks for it: at a logout, at a shutdown, from a
//! terminal. A program that is just cut off leaves its last writes in the log beside the file.

use tauri::AppHandle;

/// SIGINT and SIGTERM.
const SIGNALS: [i32; 2] = [2, 15];

/// From now on.
pub(crate) fn end_well(app: &AppHandle) {
    for signal in SIGNALS {
        let app = app.clone();
        glib::source::unix_signal_add(signal, move || {
            tracing::info!(signal, "asked to end");
            app.exit(0);
            glib::ControlFlow::Continue
        });
    }
}
