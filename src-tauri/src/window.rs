//! The one window: shown, hidden in the tray, brought back, and kept on Berth's own pages.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError, TryLockError};
use std::thread;
use std::time::Duration;

use berth_app::wire::{First, Theme};
use chrono::TimeDelta;
use tauri::plugin::TauriPlugin;
use tauri::utils::config::WindowConfig;
use tauri::webview::{NewWindowResponse, PageLoadEvent};
use tauri::window::Color;
use tauri::{
    AppHandle, DragDropEvent, Manager, RunEvent, Url, WebviewUrl, WebviewWindow,
    WebviewWindowBuilder, Window, WindowEvent,
};
use tauri_plugin_dialog::{DialogExt, MessageDialogButtons, MessageDialogResult};
use tauri_plugin_window_state::{AppHandleExt, StateFlags};

use crate::arguments::Arguments;
use crate::commands;
use crate::outbox::{self, Message};
#[cfg(target_os = "linux")]
use crate::rest;
use crate::shell::Shell;
use crate::tray;

/// Its label in the configuration.
pub(crate) const LABEL: &str = "main";

/// A window in the tray is kept for so long, as it was left; then its memory is given back.
const KEPT: Duration = Duration::from_secs(60);

/// A panel has so long to appear after a hidden start.
const PANEL_SECONDS: u32 = 30;

/// What is remembered of the window.
const REMEMBERED: StateFlags = StateFlags::SIZE
    .union(StateFlags::POSITION)
    .union(StateFlags::MAXIMIZED);

/// Reminders due within this are worth a question before Berth ends.
const SOON: TimeDelta = TimeDelta::hours(24);

/// Counts how often the window was shown, so that a window that came back is not taken away.
static SHOWN: AtomicU64 = AtomicU64::new(0);

/// Remembers the window's place and size beside the data; not in the demo, which keeps nothing.
pub(crate) fn remember_place(arguments: &Arguments) -> TauriPlugin<tauri::Wry> {
    let file = arguments
        .folder()
        .filter(|_| !arguments.demo)
        .map(|folder| folder.join("window.json"));
    let keep = file.is_some();
    let builder = tauri_plugin_window_state::Builder::new()
        .with_state_flags(REMEMBERED)
        .with_filter(move |_| keep);
    match file {
        Some(file) => builder.with_filename(file.to_string_lossy()).build(),
        None => builder.build(),
    }
}

/// The window of the start: with the file it was started with, or hidden where there is a tray.
pub(crate) fn start(app: &AppHandle, arguments: &Arguments) {
    match &arguments.file {
        Some(file) => open_import(app, file),
        None if arguments.hidden => open_without_tray(app),
        None => open(app),
    }
}

/// At the start of a session the panel with the tray may come a little later than Berth does.
fn open_without_tray(app: &AppHandle) {
    let app = app.clone();
    thread::spawn(move || {
        for _ in 0..PANEL_SECONDS {
            if app.state::<Shell>().has_tray() {
                return;
            }
            thread::sleep(Duration::from_secs(1));
        }
        open(&app);
    });
}

/// Shows the window, in front, and makes it where there is none.
pub(crate) fn open(app: &AppHandle) {
    // One at a time, and not on the thread of the event loop, which making a window waits for.
    static OPENING: Mutex<()> = Mutex::new(());
    SHOWN.fetch_add(1, Ordering::SeqCst);
    let app = app.clone();
    thread::spawn(move || {
        let _alone = OPENING.lock().unwrap_or_else(PoisonError::into_inner);
        let opened = match app.get_webview_window(LABEL) {
            Some(window) => bring_forward(&window),
            None => create(&app),
        };
        if let Err(error) = opened {
            tracing::error!("the window cannot be shown: {error}");
        }
    });
}

/// Shows the window with the preview of a calendar file.
pub(crate) fn open_import(app: &AppHandle, file: &Path) {
    let file = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    app.state::<Shell>().offer(&file);
    outbox::tell(
        app,
        Message::OpenImport(file.to_string_lossy().into_owned()),
    );
    open(app);
}

fn bring_forward(window: &WebviewWindow) -> tauri::Result<()> {
    window.show()?;
    window.unminimize()?;
    window.set_focus()
}

/// Makes the window. It becomes visible while its page begins: a page that is seen is painted with
/// its first frame. Until then it has the page's own colour, so that nothing flashes.
fn create(app: &AppHandle) -> tauri::Result<()> {
    let windows = &app.config().app.windows;
    let config = windows
        .iter()
        .find(|window| window.label == LABEL)
        .ok_or(tauri::Error::WindowNotFound)?;
    // The page loads the words of one language before it draws, so it is told which.
    let shell = app.state::<Shell>();
    let first = commands::first(&shell).ok();
    let settings = first.as_ref().map(|first| &first.startup.settings);
    let theme = settings.map_or(Theme::System, |set| set.theme);
    let chosen = settings.and_then(|set| set.language.as_ref());
    let language = chosen.unwrap_or(&shell.language);
    let config = WindowConfig {
        url: WebviewUrl::App(format!("index.html#{language}").into()),
        ..config.clone()
    };
    let window = WebviewWindowBuilder::from_config(app, &config)?
        .initialization_script(first_screen(first.as_ref()))
        .on_navigation(is_own_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_page_load(|window, load| {
            let _ = match load.event() {
                PageLoadEvent::Started => window.show(),
                PageLoadEvent::Finished => bring_forward(&window),
            };
        })
        .build()?;
    let dark = match theme {
        Theme::System => window.theme()? == tauri::Theme::Dark,
        chosen => chosen == Theme::Dark,
    };
    window.set_background_color(Some(surface(dark)))
}

/// `--surface` of `tokens.css`.
fn surface(dark: bool) -> Color {
    if dark {
        Color(0x16, 0x18, 0x1d, 0xff)
    } else {
        Color(0xff, 0xff, 0xff, 0xff)
    }
}

/// What the page draws first, so that it need not ask. Where there is nothing to draw, it asks and
/// is told why.
fn first_screen(first: Option<&First>) -> String {
    let first = first.and_then(|first| serde_json::to_string(first).ok());
    first.map_or_else(String::new, |json| format!("window.__BERTH__ = {json};"))
}

/// Whether the webview may go there: only to the pages that are part of the program.
fn is_own_page(url: &Url) -> bool {
    let embedded = match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        "http" | "https" => url.host_str() == Some("tauri.localhost"),
        _ => false,
    };
    let served = tauri::is_dev() && url.host_str() == Some("localhost");
    if !(embedded || served) {
        tracing::warn!(scheme = url.scheme(), "refused to leave the window's page");
    }
    embedded || served
}

/// Closing leaves Berth in the tray; files can be dropped.
pub(crate) fn on_event(window: &Window, event: &WindowEvent) {
    let app = window.app_handle();
    match event {
        WindowEvent::CloseRequested { api, .. } => {
            api.prevent_close();
            let app = app.clone();
            // Asking the desktop may take a moment, which the event loop does not have.
            thread::spawn(move || close(&app));
        }
        WindowEvent::Destroyed => app.state::<Shell>().outbox.stop_listening(),
        WindowEvent::DragDrop(DragDropEvent::Enter { .. }) => {
            outbox::tell(app, Message::DropTarget(true))
        }
        WindowEvent::DragDrop(DragDropEvent::Leave) => {
            outbox::tell(app, Message::DropTarget(false))
        }
        WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }) => {
            outbox::tell(app, Message::DropTarget(false));
            if let Some(file) = paths.first() {
                open_import(app, file);
            }
        }
        _ => {}
    }
}

fn close(app: &AppHandle) {
    let shell = app.state::<Shell>();
    if !shell.has_data() {
        app.exit(0);
    } else if shell.has_tray() && tray::is_shown() {
        hide(app);
    } else {
        ask_what_closing_means(app);
    }
}

/// Hides the window, and gives its memory back unless it is wanted again soon.
fn hide(app: &AppHandle) {
    let Some(window) = app.get_webview_window(LABEL) else {
        return;
    };
    if let Err(error) = window.hide() {
        tracing::warn!("the window cannot be hidden: {error}");
    }
    let (shown, app) = (SHOWN.load(Ordering::SeqCst), app.clone());
    thread::spawn(move || {
        thread::sleep(KEPT);
        if SHOWN.load(Ordering::SeqCst) == shown
            && let Some(window) = app.get_webview_window(LABEL)
        {
            let _ = app.save_window_state(REMEMBERED);
            let _ = window.destroy();
            #[cfg(target_os = "linux")]
            rest::begin_anew(&app);
        }
    });
}

/// Without a tray, a hidden window could not be found again, and a closed one would take the
/// reminders with it: so the person decides.
fn ask_what_closing_means(app: &AppHandle) {
    let say = &app.state::<Shell>().words().questions;
    let (keep, quit) = (say.keep_running, say.yes_quit);
    let buttons =
        MessageDialogButtons::YesNoCancelCustom(keep.into(), quit.into(), say.cancel.into());
    let mut question = app
        .dialog()
        .message(say.close_without_tray)
        .title(say.close)
        .buttons(buttons);
    let window = app.get_webview_window(LABEL);
    if let Some(window) = &window {
        question = question.parent(window);
    }
    match question.blocking_show_with_result() {
        MessageDialogResult::Custom(answer) if answer == keep => {
            let _ = window.map(|window| window.minimize());
        }
        MessageDialogResult::Custom(answer) if answer == quit => app.exit(0),
        _ => {}
    }
}

/// Ends Berth; first it says so when reminders would be missed. Who asks again while that question
/// is open has been asked.
pub(crate) fn quit(app: &AppHandle) {
    static ASKING: Mutex<()> = Mutex::new(());
    let app = app.clone();
    thread::spawn(move || {
        let alone = ASKING.try_lock();
        if matches!(alone, Err(TryLockError::WouldBlock)) {
            return;
        }
        let ahead = app
            .state::<Shell>()
            .with(|berth, now| berth.reminders_before(now + SOON, now));
        let missed = ahead.unwrap_or(0);
        if missed == 0 || confirmed(&app, missed) {
            app.exit(0);
        }
    });
}

fn confirmed(app: &AppHandle, missed: usize) -> bool {
    let say = &app.state::<Shell>().words().questions;
    let (keep, quit) = (say.keep_running, say.yes_quit);
    let buttons = MessageDialogButtons::OkCancelCustom(quit.into(), keep.into());
    let text = (say.quit_missing)(missed);
    let question = app.dialog().message(text).title(say.quit);
    question.buttons(buttons).blocking_show()
}

/// Closing the last window to give its memory back does not end the program.
///
/// Whoever copies the file once Berth has ended finds everything in it.
pub(crate) fn on_run_event(app: &AppHandle, event: RunEvent) {
    if let RunEvent::Exit = event
        && let Some(shell) = app.try_state::<Shell>()
    {
        shell.put_everything_into_the_file();
    }
    if let RunEvent::ExitRequested {
        code: None, api, ..
    } = event
        && app.state::<Shell>().has_data()
    {
        api.prevent_exit();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stays_on_its_own_pages() {
        for (url, own) in [
            ("tauri://localhost/", true),
            ("tauri://localhost/index.html#week", true),
            ("http://tauri.localhost/", true),
            ("https://tauri.localhost/", true),
            ("tauri://evil.example/", false),
            ("https://example.org/", false),
            ("https://tauri.localhost.example.org/", false),
            ("file:///etc/passwd", false),
            ("data:text/html,<h1>hello</h1>", false),
            ("javascript:alert(1)", false),
            ("about:blank", false),
        ] {
            assert_eq!(is_own_page(&Url::parse(url).unwrap()), own, "{url}");
        }
    }
}
