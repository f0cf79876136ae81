//! One Berth for each data directory. A second start shows the window of the first, or has it open
//! the preview of a file; it never books anything.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::Path;
#[cfg(target_os = "linux")]
use std::time::{Duration, Instant};

use tauri::AppHandle;
use tauri::plugin::TauriPlugin;

use crate::arguments::Arguments;
#[cfg(target_os = "linux")]
use crate::failure::Failure;
#[cfg(target_os = "linux")]
use crate::session_bus;
use crate::window;

/// Ends a second process for the same data after it has handed its arguments over.
pub(crate) fn only_one(arguments: &Arguments) -> TauriPlugin<tauri::Wry> {
    tauri_plugin_single_instance::Builder::new()
        .dbus_id(name(arguments))
        .callback(|app, words, folder| {
            answer(app, &Arguments::of_another(words, Path::new(&folder)))
        })
        .build()
}

/// What a second start asks for.
fn answer(app: &AppHandle, asked: &Arguments) {
    if asked.quit {
        app.exit(0);
        return;
    }
    if let Some(file) = &asked.file {
        window::open_import(app, file);
    }
    if !asked.hidden {
        window::open(app);
    }
}

/// The name under which the first process is found: another one for other data, so that the sample
/// week or a test can run beside the real thing.
fn name(arguments: &Arguments) -> String {
    let base = "org.berth.desktop";
    if arguments.demo {
        return format!("{base}.demo");
    }
    let Some(folder) = &arguments.data_dir else {
        return base.to_owned();
    };
    let mut hasher = DefaultHasher::new();
    std::path::absolute(folder)
        .unwrap_or_else(|_| folder.clone())
        .hash(&mut hasher);
    format!("{base}.data{:016x}", hasher.finish())
}

/// Asks the Berth that runs with these data to end, and waits until it has. Needs no display.
#[cfg(target_os = "linux")]
pub(crate) fn quit(arguments: &Arguments) -> Result<(), Failure> {
    let bus_name = format!("{}.SingleInstance", name(arguments));
    if !session_bus::is_there() {
        return Err(Failure::NoBus);
    }
    if !session_bus::is_running(&bus_name) {
        return Err(Failure::NoneRuns);
    }
    // It may be gone before it has answered, so what counts is that it ends.
    if let Err(error) = zbus::block_on(hand_over(&bus_name, &["berth-desktop", "--quit"])) {
        tracing::info!("no answer to --quit: {error}");
    }
    let begun = Instant::now();
    while session_bus::is_running(&bus_name) {
        if begun.elapsed() > TO_END {
            return Err(Failure::GoesOn);
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok(())
}

/// So long a running Berth may take to end when it is asked to.
#[cfg(target_os = "linux")]
const TO_END: Duration = Duration::from_secs(5);

/// What the plugin does with the words of a second start, for one that has no window system yet.
#[cfg(target_os = "linux")]
async fn hand_over(bus_name: &str, words: &[&str]) -> zbus::Result<()> {
    let path = format!("/{}", bus_name.replace('.', "/").replace('-', "_"));
    let folder = std::env::current_dir().unwrap_or_default();
    let arguments = (words, folder.to_string_lossy());
    let bus = session_bus::connect().await?;
    bus.call_method(
        Some(bus_name),
        path.as_str(),
        Some("org.SingleInstance.DBus"),
        "ExecuteCallback",
        &arguments,
    )
    .await?;
    Ok(())
}

/// Counts the starts that met an instance which was just ending.
#[cfg(unix)]
const ATTEMPT: &str = "BERTH_ATTEMPT";

/// An instance that is just ending still has the name on the bus and no longer answers. Begins
/// again a moment later then, at most ten times; returns where that is not why the start failed.
#[cfg(unix)]
pub(crate) fn wait_for_the_one_that_ends(error: &tauri::Error) {
    use std::os::unix::process::CommandExt;
    let attempt = std::env::var(ATTEMPT)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(0_u32);
    let ending =
        matches!(error, tauri::Error::PluginInitialization(name, _) if name == "single-instance");
    let Ok(program) = std::env::current_exe() else {
        return;
    };
    if !ending || attempt >= 10 {
        return;
    }
    std::thread::sleep(std::time::Duration::from_millis(300));
    let mut again = std::process::Command::new(program);
    again
        .args(std::env::args_os().skip(1))
        .env(ATTEMPT, (attempt + 1).to_string());
    tracing::warn!("cannot begin again: {}", again.exec());
}

/// Elsewhere an instance that ends takes its lock with it.
#[cfg(not(unix))]
pub(crate) fn wait_for_the_one_that_ends(_error: &tauri::Error) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_data_is_another_program() {
        let with = |folder: &str| Arguments {
            data_dir: Some(folder.into()),
            ..Arguments::default()
        };
        let demo = Arguments {
            demo: true,
            ..Arguments::default()
        };
        let names = [
            name(&Arguments::default()),
            name(&demo),
            name(&with("/tmp/one")),
            name(&with("/tmp/two")),
        ];
        for (index, one) in names.iter().enumerate() {
            assert!(!names[..index].contains(one), "{one}");
            assert!(
                one.split('.')
                    .all(|part| part.starts_with(|c: char| c.is_ascii_alphabetic())),
                "{one}"
            );
        }
        assert_eq!(name(&with("/tmp/one")), name(&with("/tmp/./one")));
    }
}
