//! Notices what others wrote to the database: the command line, or another machine's clock.

use std::thread;
use std::time::Duration;

use tauri::{AppHandle, Manager};

use crate::shell::{self, Shell};

/// Half of the second within which a change is to be seen.
const EVERY: Duration = Duration::from_millis(500);

/// Watches from now on.
pub(crate) fn start(app: &AppHandle) {
    let app = app.clone();
    thread::spawn(move || {
        loop {
            thread::sleep(EVERY);
            match app
                .state::<Shell>()
                .with(|berth, _| berth.changed_elsewhere())
            {
                Ok(true) => shell::changed(&app),
                Ok(false) => {}
                Err(error) => tracing::debug!("not watched: {error}"),
            }
        }
    });
}
