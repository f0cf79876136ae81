//! The desktop shell of Berth: one window, a tray icon, reminders. It adapts the use cases of
//! `berth-app` to the desktop and decides nothing about bookings itself.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod ahead;
mod arguments;
mod care;
mod clock;
mod commands;
#[cfg(target_os = "linux")]
mod display;
#[cfg(target_os = "linux")]
mod drawing;
mod failure;
mod fault;
mod instance;
mod link;
mod locale;
mod logging;
mod notify;
mod outbox;
mod reminders;
#[cfg(target_os = "linux")]
mod rest;
#[cfg(target_os = "linux")]
mod session_bus;
mod shell;
#[cfg(target_os = "linux")]
mod signals;
mod tray;
mod watch;
mod window;

use std::process::ExitCode;
use std::thread;
use std::time::Duration;

use arguments::Arguments;
use failure::Failure;
use shell::Shell;
use tauri::{App, Manager};

/// What works behind the window leaves the processor to the first week so long, at most.
const FIRST_WEEK: Duration = Duration::from_secs(2);

fn main() -> ExitCode {
    let ended = run(Arguments::read());
    ended.map_or_else(|failure| failure.report(), |()| ExitCode::SUCCESS)
}

/// From the command line to the end of the app; an error where it does not begin.
fn run(arguments: Arguments) -> Result<(), Failure> {
    #[cfg(target_os = "linux")]
    {
        if arguments.quit {
            return instance::quit(&arguments);
        }
        drawing::suit_the_machine();
        display::reach()?;
    }
    let _log = logging::start(arguments.log_dir().as_deref());
    let built = tauri::Builder::default()
        .plugin(instance::only_one(&arguments))
        .plugin(tauri_plugin_dialog::init())
        .plugin(
            tauri_plugin_autostart::Builder::new()
                .arg("--hidden")
                .app_name("Berth")
                .build(),
        )
        .plugin(window::remember_place(&arguments))
        .invoke_handler(commands::handler())
        .setup(move |app| {
            set_up(app, &arguments);
            Ok(())
        })
        .on_window_event(window::on_event)
        .on_menu_event(tray::on_menu)
        .on_tray_icon_event(tray::on_click)
        .build(tauri::generate_context!());
    match built {
        Ok(app) => app.run(window::on_run_event),
        Err(error) => {
            instance::wait_for_the_one_that_ends(&error);
            tracing::error!("cannot start: {error}");
            return Err(error.into());
        }
    }
    Ok(())
}

/// What begins once it is known that no other Berth has these data.
fn set_up(app: &App, arguments: &Arguments) {
    let handle = app.handle();
    if arguments.quit {
        // Another Berth with these data would have been asked, and this one ended, by now.
        let _ = Failure::NoneRuns.report();
        handle.exit(1);
        return;
    }
    app.manage(Shell::open(arguments));
    notify::start(handle);
    #[cfg(target_os = "linux")]
    signals::end_well(handle);
    window::start(handle, arguments);
    fault::heartbeat(handle);
    let wait = if arguments.hidden {
        Duration::ZERO
    } else {
        FIRST_WEEK
    };
    let handle = handle.clone();
    thread::spawn(move || {
        handle.state::<Shell>().asked.wait(&mut 0, wait);
        tray::start(&handle);
        reminders::start(&handle);
        watch::start(&handle);
        ahead::start(&handle);
        care::start(&handle);
    });
}
