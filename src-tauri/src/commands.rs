//! What the window can ask for: adapters of a few lines around the use cases. Their names are those
//! of `build.rs`, of the capabilities, and of `ui/src/lib/backend.ts`.

use std::path::PathBuf;

use berth_app::wire::{
    self, Backup, BookingDetail, BookingInput, BookingRef, DesktopReport, Environment, ExportInput,
    ExportResult, First, Forecast, Found, GoBack, ImportInput, ImportPreview, ImportResult, Move,
    NowNext, Operation, Outcome, Preview, QuickAdd, QuickInput, Reminder, Scope, Settings,
    SlotAnswer, SlotQuery, Startup, Team, TrashItem, ViewState, Week, WeekQuery,
};
use berth_app::{Answer, Berth, Error, Filter, Result, Timestamp};
use chrono::TimeDelta;
use tauri::ipc::Invoke;
use tauri::{AppHandle, Manager, State, WebviewWindow, Wry};
use tauri_plugin_autostart::ManagerExt;
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder};

use crate::notify::{self, Card, Notifier, Refusal};
use crate::outbox;
use crate::shell::{self, Shell};
use crate::window;

#[cfg(test)]
mod tests;

/// All of them.
pub(crate) fn handler() -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
    tauri::generate_handler![
        startup,
        week,
        now_next,
        show_booking,
        preview_booking,
        preview_move,
        quick_add,
        search,
        save_view,
        book,
        edit_booking,
        move_booking,
        cancel_booking,
        delete_booking,
        forecast,
        find_slots,
        proposals,
        apply_proposal,
        accept_conflict,
        undo,
        redo,
        history,
        backups,
        preview_go_back,
        go_back,
        trash,
        undelete,
        save_environment,
        remove_environment,
        save_team,
        remove_team,
        save_window,
        remove_window,
        choose_windows,
        preview_windows,
        import_windows,
        save_settings,
        choose_import,
        preview_import,
        apply_import,
        preview_export,
        export_bookings,
        autostart,
        set_autostart,
        send_test_reminder,
        reminders,
        answer_reminder,
        snooze_all,
        follow_booking,
        open_link,
        print,
    ]
}

/// Writes, and tells everybody.
fn write<T>(app: &AppHandle, act: impl FnOnce(&mut Berth, Timestamp) -> Result<T>) -> Result<T> {
    let done = app.state::<Shell>().with(|berth, now| {
        // What others did before is news; what is done here is not.
        look_for_news(berth, false, now);
        let done = act(berth, now)?;
        look_for_news(berth, true, now);
        Ok(done)
    })?;
    app.state::<Shell>().note_change();
    shell::changed(app);
    Ok(done)
}

fn look_for_news(berth: &mut Berth, known: bool, now: Timestamp) {
    if let Err(error) = berth.look_for_news(known, now) {
        tracing::debug!("no news: {error}");
    }
}

#[tauri::command(async)]
fn startup(app: AppHandle, shell: State<'_, Shell>) -> Result<Startup> {
    shell.asked.ring();
    shell.try_again();
    let startup = startup_here(&shell)?;
    // The page listens before it asks for this: what has waited for it can be told.
    for message in shell.outbox.listen() {
        outbox::emit(&app, &message);
    }
    Ok(startup)
}

fn startup_here(shell: &Shell) -> Result<Startup> {
    let startup = shell.with(|berth, now| berth.startup(now))?;
    Ok(Startup {
        locale: shell.locale.tag.clone(),
        language: shell.language.clone(),
        locale_first_day: shell.locale.first_day,
        locale_hour12: shell.locale.hour12,
        ..startup
    })
}

/// The first screen, looked up while the webview is still starting.
pub(crate) fn first(shell: &Shell) -> Result<First> {
    let startup = startup_here(shell)?;
    let (week, now_next) = shell.with(|berth, now| {
        let week = berth.week(&startup.first_week(), now)?;
        Ok((week, berth.now_next(now)?))
    })?;
    Ok(First {
        startup,
        week,
        now_next,
    })
}

#[tauri::command(async)]
fn week(shell: State<'_, Shell>, query: WeekQuery) -> Result<Week> {
    shell.with(|berth, now| berth.week(&query, now))
}

#[tauri::command(async)]
fn now_next(shell: State<'_, Shell>) -> Result<Vec<NowNext>> {
    shell.with(Berth::now_next)
}

#[tauri::command(async)]
fn show_booking(shell: State<'_, Shell>, reference: BookingRef) -> Result<BookingDetail> {
    shell.with(|berth, now| berth.show_booking(&reference, now))
}

#[tauri::command(async)]
fn preview_booking(
    shell: State<'_, Shell>,
    reference: Option<BookingRef>,
    scope: Scope,
    input: BookingInput,
) -> Result<Preview> {
    shell.with(|berth, now| berth.preview_booking(reference.as_ref(), scope, &input, now))
}

#[tauri::command(async)]
fn preview_move(shell: State<'_, Shell>, to: Move) -> Result<Preview> {
    shell.with(|berth, now| berth.preview_move(&to, now))
}

#[tauri::command(async)]
fn quick_add(shell: State<'_, Shell>, quick: QuickInput) -> Result<QuickAdd> {
    shell.with(|berth, now| berth.quick_add(&quick, now))
}

#[tauri::command(async)]
fn search(shell: State<'_, Shell>, text: String) -> Result<Vec<Found>> {
    shell.with(|berth, now| berth.search(&text, now))
}

/// Nobody else is told: it is how this one window looks.
#[tauri::command(async)]
fn save_view(shell: State<'_, Shell>, view: ViewState) -> Result<()> {
    shell.with(|berth, _| berth.save_view(&view))
}

#[tauri::command(async)]
fn book(app: AppHandle, input: BookingInput) -> Result<Outcome> {
    write(&app, |berth, now| berth.book(&input, now))
}

#[tauri::command(async)]
fn edit_booking(
    app: AppHandle,
    reference: BookingRef,
    scope: Scope,
    input: BookingInput,
) -> Result<Outcome> {
    write(&app, |berth, now| {
        berth.edit_booking(&reference, scope, &input, now)
    })
}

#[tauri::command(async)]
fn move_booking(app: AppHandle, to: Move) -> Result<Outcome> {
    write(&app, |berth, now| berth.move_booking(&to, now))
}

#[tauri::command(async)]
fn cancel_booking(app: AppHandle, reference: BookingRef, scope: Scope) -> Result<Outcome> {
    write(&app, |berth, now| {
        berth.cancel_booking(&reference, scope, now)
    })
}

#[tauri::command(async)]
fn delete_booking(app: AppHandle, reference: BookingRef, scope: Scope) -> Result<Outcome> {
    write(&app, |berth, now| {
        berth.delete_booking(&reference, scope, now)
    })
}

/// The conflicts of the next 26 weeks.
#[tauri::command(async)]
fn forecast(shell: State<'_, Shell>) -> Result<Forecast> {
    shell.with(|berth, now| {
        let to = berth_app::forecast_end(now, berth.zone()?);
        berth.forecast(now, to, &Filter::default(), now)
    })
}

#[tauri::command(async)]
fn find_slots(shell: State<'_, Shell>, query: SlotQuery) -> Result<SlotAnswer> {
    shell.with(|berth, now| berth.find_slots(&query, now))
}

#[tauri::command(async)]
fn proposals(shell: State<'_, Shell>, id: String, at: i64) -> Result<Vec<wire::Proposal>> {
    shell.with(|berth, now| berth.proposals(&id, at, now))
}

#[tauri::command(async)]
fn apply_proposal(
    app: AppHandle,
    id: String,
    at: i64,
    key: String,
    reason: String,
) -> Result<Outcome> {
    write(&app, |berth, now| {
        berth.apply_proposal(&id, at, &key, &reason, now)
    })
}

#[tauri::command(async)]
fn accept_conflict(app: AppHandle, id: String, reason: String) -> Result<Outcome> {
    write(&app, |berth, now| berth.accept_conflict(&id, &reason, now))
}

#[tauri::command(async)]
fn undo(app: AppHandle) -> Result<Outcome> {
    write(&app, Berth::undo)
}

#[tauri::command(async)]
fn redo(app: AppHandle) -> Result<Outcome> {
    write(&app, Berth::redo)
}

#[tauri::command(async)]
fn history(shell: State<'_, Shell>) -> Result<Vec<Operation>> {
    shell.with(|berth, _| berth.history())
}

#[tauri::command(async)]
fn backups(shell: State<'_, Shell>) -> Result<Vec<Backup>> {
    shell.with(|berth, _| Ok(berth.backups()))
}

/// Of those that [`backups`] lists: the page names no other file.
fn is_listed(shell: &Shell, name: &str) -> Result<()> {
    let all = shell.with(|berth, _| Ok(berth.backups()))?;
    if all.iter().any(|one| one.name == name) {
        return Ok(());
    }
    let hint = "Open the list again and choose another.";
    Err(Error::not_found("This backup is not there any more.", hint))
}

#[tauri::command(async)]
fn preview_go_back(shell: State<'_, Shell>, name: String) -> Result<GoBack> {
    is_listed(&shell, &name)?;
    shell.with(|berth, now| berth.preview_go_back(&name, now))
}

#[tauri::command(async)]
fn go_back(app: AppHandle, name: String) -> Result<Outcome> {
    is_listed(&app.state::<Shell>(), &name)?;
    write(&app, |berth, now| berth.go_back(&name, now))
}

#[tauri::command(async)]
fn trash(shell: State<'_, Shell>) -> Result<Vec<TrashItem>> {
    shell.with(Berth::trash)
}

#[tauri::command(async)]
fn undelete(app: AppHandle, id: String) -> Result<Outcome> {
    write(&app, |berth, now| berth.undelete(&id, now))
}

#[tauri::command(async)]
fn save_environment(app: AppHandle, environment: Environment) -> Result<Outcome> {
    write(&app, |berth, now| berth.save_environment(&environment, now))
}

#[tauri::command(async)]
fn remove_environment(app: AppHandle, id: String) -> Result<Outcome> {
    write(&app, |berth, now| berth.remove_environment(&id, now))
}

#[tauri::command(async)]
fn save_team(app: AppHandle, team: Team) -> Result<Outcome> {
    write(&app, |berth, now| berth.save_team(&team, now))
}

#[tauri::command(async)]
fn remove_team(app: AppHandle, id: String) -> Result<Outcome> {
    write(&app, |berth, now| berth.remove_team(&id, now))
}

#[tauri::command(async)]
fn save_window(app: AppHandle, window: wire::Window) -> Result<Outcome> {
    write(&app, |berth, now| berth.save_window(&window, now))
}

#[tauri::command(async)]
fn preview_windows(
    shell: State<'_, Shell>,
    input: wire::WindowImport,
) -> Result<wire::WindowImportPreview> {
    shell.must_be_offered(&input.path)?;
    shell.with(|berth, now| berth.preview_window_file(&input, now))
}

#[tauri::command(async)]
fn import_windows(
    app: AppHandle,
    shell: State<'_, Shell>,
    input: wire::WindowImport,
) -> Result<Outcome> {
    shell.must_be_offered(&input.path)?;
    write(&app, |berth, now| berth.import_window_file(&input, now))
}

#[tauri::command(async)]
fn remove_window(app: AppHandle, id: String) -> Result<Outcome> {
    write(&app, |berth, now| berth.remove_window(&id, now))
}

#[tauri::command(async)]
fn save_settings(app: AppHandle, settings: Settings) -> Result<()> {
    write(&app, |berth, _| berth.save_settings(&settings))
}

#[tauri::command]
async fn choose_import(app: AppHandle) -> Result<Option<String>> {
    let say = &app.state::<Shell>().words().questions;
    let dialog = dialog(&app, "iCalendar", &CALENDARS).set_title(say.import);
    chosen(&app, dialog).await
}

#[tauri::command]
async fn choose_windows(app: AppHandle) -> Result<Option<String>> {
    let say = &app.state::<Shell>().words().questions;
    let kinds = ["ics", "json", "yaml", "yml"];
    let dialog = dialog(&app, "iCalendar, JSON, YAML", &kinds).set_title(say.import_windows);
    chosen(&app, dialog).await
}

/// The file that the person chooses; from then on it may be read.
async fn chosen(app: &AppHandle, dialog: FileDialogBuilder<Wry>) -> Result<Option<String>> {
    let chosen = ask(move || dialog.blocking_pick_file()).await?;
    if let Some(file) = &chosen {
        app.state::<Shell>().offer(file);
    }
    Ok(chosen.map(|file| file.to_string_lossy().into_owned()))
}

#[tauri::command(async)]
fn preview_import(shell: State<'_, Shell>, input: ImportInput) -> Result<ImportPreview> {
    shell.must_be_offered(&input.path)?;
    shell.with(|berth, now| berth.preview_import(&input, now))
}

#[tauri::command(async)]
fn apply_import(
    app: AppHandle,
    shell: State<'_, Shell>,
    input: ImportInput,
) -> Result<ImportResult> {
    shell.must_be_offered(&input.path)?;
    write(&app, |berth, now| berth.apply_import(&input, now))
}

#[tauri::command(async)]
fn preview_export(shell: State<'_, Shell>, input: ExportInput) -> Result<ExportResult> {
    shell.with(|berth, now| berth.preview_export(&input, now))
}

#[tauri::command]
async fn export_bookings(app: AppHandle, input: ExportInput) -> Result<Option<ExportResult>> {
    let say = &app.state::<Shell>().words().questions;
    let dialog = dialog(&app, "iCalendar", &CALENDARS)
        .set_title(say.export)
        .set_file_name("berth.ics");
    let Some(file) = ask(move || dialog.blocking_save_file()).await? else {
        return Ok(None);
    };
    let app = app.clone();
    let written = tauri::async_runtime::spawn_blocking(move || {
        app.state::<Shell>()
            .with(|berth, now| berth.export_bookings(&input, &file, now))
    });
    written.await.map_err(|error| desktop(&error))?.map(Some)
}

#[tauri::command(async)]
fn autostart(app: AppHandle) -> Result<bool> {
    app.autolaunch()
        .is_enabled()
        .map_err(|error| desktop(&error))
}

#[tauri::command(async)]
fn set_autostart(app: AppHandle, on: bool) -> Result<()> {
    let autostart = app.autolaunch();
    let set = if on {
        autostart.enable()
    } else {
        autostart.disable()
    };
    set.map_err(|error| desktop(&error))
}

#[tauri::command(async)]
fn send_test_reminder(
    shell: State<'_, Shell>,
    notifier: State<'_, Notifier>,
) -> Result<DesktopReport> {
    let language = shell.with(|berth, _| berth.language())?;
    let words = language.words();
    let say = &words.desktop;
    let card = Card {
        tag: "test".into(),
        tags: Vec::new(),
        summary: say.test.into(),
        body: say.test_text.into(),
        booking: None,
        start: None,
    };
    let refused = |reason: Refusal| {
        let message = (say.refused)(&reason.in_words(words));
        Error::file(message, say.refused_hint)
    };
    notifier.show(&card).map_err(refused)?;
    Ok(notify::report(language))
}

#[tauri::command(async)]
fn reminders(shell: State<'_, Shell>) -> Result<Vec<Reminder>> {
    shell.with(Berth::waiting_reminders)
}

/// `minutes` puts it off by so long, 0 until the slot starts; null says it was seen.
#[tauri::command(async)]
fn answer_reminder(app: AppHandle, tags: Vec<String>, minutes: Option<u32>) -> Result<()> {
    let answer = match minutes {
        None => Answer::Dismiss,
        Some(0) => Answer::AtStart,
        Some(minutes) => Answer::Later(TimeDelta::minutes(minutes.into())),
    };
    app.state::<Shell>()
        .with(|berth, now| berth.answer_reminders(&tags, answer, now))?;
    for tag in &tags {
        app.state::<Notifier>().withdraw(tag);
    }
    shell::changed(&app);
    Ok(())
}

#[tauri::command(async)]
fn snooze_all(app: AppHandle) -> Result<()> {
    let shell = app.state::<Shell>();
    shell.with(|berth, now| berth.pause_reminders(true, now))?;
    shell::changed(&app);
    Ok(())
}

#[tauri::command(async)]
fn follow_booking(app: AppHandle, reference: BookingRef, on: bool) -> Result<()> {
    app.state::<Shell>()
        .with(|berth, _| berth.follow_booking(&reference, on))?;
    shell::changed(&app);
    Ok(())
}

/// What calendars are called.
const CALENDARS: [&str; 4] = ["ics", "ical", "ifb", "icalendar"];

fn dialog(app: &AppHandle, name: &str, kinds: &[&str]) -> FileDialogBuilder<Wry> {
    let dialog = app.dialog().file().add_filter(name, kinds);
    match app.get_webview_window(window::LABEL) {
        Some(window) => dialog.set_parent(&window),
        None => dialog,
    }
}

/// Waits for an answer of the person without holding a thread that commands need.
async fn ask(
    dialog: impl FnOnce() -> Option<tauri_plugin_dialog::FilePath> + Send + 'static,
) -> Result<Option<PathBuf>> {
    let chosen = tauri::async_runtime::spawn_blocking(dialog)
        .await
        .map_err(|error| desktop(&error))?;
    chosen
        .map(|file| file.into_path().map_err(|error| desktop(&error)))
        .transpose()
}

fn desktop(error: &dyn std::fmt::Display) -> Error {
    let hint = "Try again; `berth doctor` says what works on this desktop.";
    Error::file(format!("The desktop refused: {error}."), hint)
}

#[tauri::command(async)]
fn open_link(address: &str) -> Result<()> {
    crate::link::open(address)
}

/// Shows the dialog of the system for printing what the window shows.
#[tauri::command(async)]
fn print(window: WebviewWindow) -> Result<()> {
    window.print().map_err(|error| desktop(&error))
}
