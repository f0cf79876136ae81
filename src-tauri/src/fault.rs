//! Points at which a test has the program killed, as a power failure would. Part of the program
//! only with the feature `faults`.

/// Ends the process here without any clean-up when `BERTH_FAULTS` says so: `shown=0.02` is once in
/// fifty times.
#[cfg(feature = "faults")]
pub(crate) fn point(name: &str) {
    let Ok(wanted) = std::env::var("BERTH_FAULTS") else {
        return;
    };
    let chance = wanted
        .split(',')
        .filter_map(|one| one.split_once('='))
        .find(|(point, _)| *point == name)
        .and_then(|(_, chance)| chance.parse::<f64>().ok());
    if chance.is_some_and(|chance| dice() < chance) {
        let me = std::process::id().to_string();
        let _ = std::process::Command::new("kill")
            .args(["-KILL", &me])
            .status();
        std::thread::sleep(std::time::Duration::from_secs(60));
    }
}

/// A number in `[0, 1)` that nobody can foresee.
#[cfg(feature = "faults")]
fn dice() -> f64 {
    use std::hash::{BuildHasher, Hasher, RandomState};
    let bits = RandomState::new().build_hasher().finish() >> 11;
    bits as f64 / (1_u64 << 53) as f64
}

/// Does nothing.
#[cfg(not(feature = "faults"))]
pub(crate) fn point(_name: &str) {}

/// Measures for how long the thread of the window is blocked at most, and keeps it in the file
/// that `BERTH_HEARTBEAT` names, in milliseconds.
#[cfg(feature = "faults")]
pub(crate) fn heartbeat(app: &tauri::AppHandle) {
    use std::time::{Duration, Instant};
    const BEAT: Duration = Duration::from_millis(5);
    let Some(file) = std::env::var_os("BERTH_HEARTBEAT") else {
        return;
    };
    let app = app.clone();
    std::thread::spawn(move || {
        // A window that is just being made has nothing to be blocked in yet.
        std::thread::sleep(Duration::from_secs(2));
        let mut worst = Duration::ZERO;
        loop {
            let (beat, heard) = std::sync::mpsc::channel();
            let start = Instant::now();
            let sent = app.run_on_main_thread(move || {
                let _ = beat.send(Instant::now());
            });
            let Some(end) = sent.ok().and_then(|()| heard.recv().ok()) else {
                return;
            };
            if end - start > worst {
                worst = end - start;
                let _ = std::fs::write(&file, format!("{}", worst.as_millis()));
            }
            std::thread::sleep(BEAT);
        }
    });
}

/// Does nothing.
#[cfg(not(feature = "faults"))]
pub(crate) fn heartbeat(_app: &tauri::AppHandle) {}
